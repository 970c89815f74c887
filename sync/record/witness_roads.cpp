#include "sync/record/witness_roads.h"

#include <algorithm>

#include "sync/record/peer_rules.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

// Says what is wrong with the key, if anything is.
void check_key(const TomlNode& vkey, ProblemList& problems, const Office& office) {
    const std::string_view name = key_name(vkey.text);
    if (!is_cosigner_key(vkey.text)) {
        problems.add(
            vkey.line, "CONFIG-WITNESS-VKEY", vkey.text,
            "ให้คัดลอกทั้งบรรทัด vkey ที่ sala-office witness แสดง หรือที่พยานประกาศไว้",
            "copy the whole vkey that `sala-office witness` shows, or that the witness has published");
    } else if (name.starts_with(office.domain + "/sala/")) {
        problems.add(vkey.line, "CONFIG-WITNESS-OWN", std::string(name),
                     "สำนักงานเป็นพยานให้ตู้ของตนเองไม่ได้ ให้ใช้กุญแจของผู้อื่นนอกสำนักงาน",
                     "an office is no witness of its own kiosk; name the key of somebody outside it");
    } else if (std::ranges::any_of(office.witnesses,
                                   [&](const WitnessRoad& other) { return key_name(other.vkey) == name; })) {
        problems.add(vkey.line, "CONFIG-WITNESS-TWICE", std::string(name),
                     "พยานชื่อนี้มีอยู่แล้ว พยานหนึ่งรายใส่ได้ครั้งเดียว",
                     "a witness of this name stands here already; each may be named once");
    }
}

}  // namespace

void read_witnesses(TomlSection& root, Office& office) {
    for (const TomlNode* table : list_of(root, "witness", Kind::kTable, 0, kWitnessesMax)) {
        TomlSection section(*table, "[[witness]]", root.problems());
        const TomlNode* url = section.need("url", Kind::kText);
        const TomlNode* pin = section.need("pin", Kind::kText);
        const TomlNode* vkey = section.need("vkey", Kind::kText);
        if (url != nullptr && !is_service_url(url->text)) {
            section.problems().add(url->line, "CONFIG-WITNESS-URL", url->text,
                                   "ต้องเป็น https://ชื่อหรือเลข IP:พอร์ต ตัวพิมพ์เล็ก อาจมีพาธต่อท้าย ไม่ลงท้ายด้วย / เช่น "
                                   "https://witness.example:8444",
                                   "must be https://host:port in lower case, with a path if the witness has "
                                   "one and no slash at the end, such as https://witness.example:8444");
        }
        if (pin != nullptr && !is_pin(pin->text)) {
            section.problems().add(pin->line, "CONFIG-WITNESS-PIN", pin->text,
                                   "ให้คัดลอกทั้งข้อความที่ sala-office witness แสดง ขึ้นต้นด้วย sha256//",
                                   "copy the whole pin that `sala-office witness` shows; it begins with "
                                   "sha256//");
        }
        if (vkey != nullptr) check_key(*vkey, section.problems(), office);
        section.refuse_other_keys();
        if (url != nullptr && pin != nullptr && vkey != nullptr)
            office.witnesses.push_back({url->text, pin->text, vkey->text});
    }
}

}  // namespace sala::record
