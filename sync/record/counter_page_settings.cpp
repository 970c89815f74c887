#include "sync/record/counter_page_settings.h"

#include "sync/record/peer_rules.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

}  // namespace

void read_counter_page(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("counter_page", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[counter_page]", root.problems());
    if (const TomlNode* listen = section.need("listen", Kind::kText)) {
        office.counter_page = listening_address(listen->text);
        if (!office.counter_page) {
            section.problems().add(
                listen->line, "CONFIG-COUNTER-PAGE-LISTEN", listen->text,
                "ต้องเป็นเลข IP ของเครื่องนี้ในเครือข่ายสำนักงาน ตามด้วย : และพอร์ต 1024 ถึง 65535 เช่น 192.168.1.10:8445 "
                "(ใช้ 0.0.0.0 หรือชื่อเครื่องไม่ได้)",
                "must be this machine's own IP address in the office network, a colon and a port from 1024 "
                "to "
                "65535, such as 192.168.1.10:8445 or [fd00::10]:8445; neither 0.0.0.0 nor a name");
        }
    }
    section.refuse_other_keys();
}

}  // namespace sala::record
