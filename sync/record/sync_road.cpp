#include "sync/record/sync_road.h"

#include "sync/record/peer_rules.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

}  // namespace

void read_sync(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("sync", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[sync]", root.problems());
    const TomlNode* url = section.need("url", Kind::kText);
    const TomlNode* pin = section.need("pin", Kind::kText);
    if (url != nullptr && !is_gateway_url(url->text)) {
        section.problems().add(url->line, "CONFIG-SYNC-URL", url->text,
                               "ต้องเป็น https://ชื่อหรือเลข IP:พอร์ต ตัวพิมพ์เล็ก ไม่มีอะไรต่อท้าย เช่น "
                               "https://192.168.1.5:8443",
                               "must be https://host:port in lower case and nothing after it, such as "
                               "https://192.168.1.5:8443");
    }
    if (pin != nullptr && !is_pin(pin->text)) {
        section.problems().add(pin->line, "CONFIG-SYNC-PIN", pin->text,
                               "ให้คัดลอกทั้งข้อความที่ sala-office serve แสดง ขึ้นต้นด้วย sha256//",
                               "copy the whole pin that `sala-office serve` shows; it begins with sha256//");
    }
    section.refuse_other_keys();
    if (url != nullptr && pin != nullptr) office.sync = SyncRoad{url->text, pin->text};
}

}  // namespace sala::record
