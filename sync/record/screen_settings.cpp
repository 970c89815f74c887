#include "sync/record/screen_settings.h"

#include <fmt/format.h>

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

constexpr double kInchesMin = 4, kInchesMax = 100;
constexpr int kAnnouncementLettersMax = 200;

}  // namespace

void read_display(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("display", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[display]", root.problems());
    const TomlNode* inches = section.any("diagonal_inches");
    if (inches != nullptr && inches->kind != Kind::kInteger && inches->kind != Kind::kFraction) {
        section.wrong_type(*inches, "diagonal_inches", "ตัวเลข ไม่มีเครื่องหมาย \"…\" เช่น 21.5",
                           "a number without \"…\", such as 21.5");
    } else if (inches != nullptr && !(inches->number >= kInchesMin && inches->number <= kInchesMax)) {
        section.problems().add(
            inches->line, "CONFIG-DISPLAY-SIZE", inches->text,
            fmt::format("เส้นทแยงมุมของจอต้องเป็น {} ถึง {} นิ้ว เช่น 21.5", kInchesMin, kInchesMax),
            fmt::format("the display's diagonal is {} to {} inches, such as 21.5", kInchesMin, kInchesMax));
    } else if (inches != nullptr) {
        office.display_diagonal_inches = inches->number;
    }
    section.refuse_other_keys();
}

void read_announcements(TomlSection& root, Office& office) {
    for (const TomlNode* table : list_of(root, "announcement", Kind::kTable, 0, kAnnouncementsMax)) {
        TomlSection section(*table, "[[announcement]]", root.problems());
        Announcement announcement;
        announcement.text = need_phrase(section, "text", kAnnouncementLettersMax).value_or(Phrase{});
        announcement.first = maybe_date(section, "first");
        announcement.last = maybe_date(section, "last");
        if (announcement.first && announcement.last && *announcement.last < *announcement.first) {
            section.problems().add(table->line, "CONFIG-ANNOUNCEMENT-DAYS",
                                   iso_date(*announcement.first) + " - " + iso_date(*announcement.last),
                                   "วันเริ่ม (first) ต้องไม่ช้ากว่าวันสุดท้าย (last) มิฉะนั้นจะไม่มีวันใดแสดงประกาศนี้",
                                   "`first` must not be later than `last`, or no day would show it");
        }
        section.refuse_other_keys();
        office.announcements.push_back(std::move(announcement));
    }
}

}  // namespace sala::record
