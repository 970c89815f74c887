#include "sync/record/queue_settings.h"

#include <fmt/format.h>

#include "sync/record/link_rules.h"

namespace sala::record {
namespace {

using Kind = TomlNode::Kind;

constexpr int kTurnsMax = 9;
constexpr int kGroupLettersMax = 40;

void read_turns(TomlSection& section, std::string_view key, int& turns) {
    const TomlNode* node = section.maybe(key, Kind::kInteger);
    if (node == nullptr) return;
    if (node->integer >= 1 && node->integer <= kTurnsMax) {
        turns = static_cast<int>(node->integer);
        return;
    }
    section.problems().add(
        node->line, "CONFIG-QUEUE-RATIO", node->text,
        fmt::format("{} คือจำนวนคิวที่เรียกติดกันก่อนสลับช่องทาง ต้องเป็น 1 ถึง {}", key, kTurnsMax),
        fmt::format("`{}` is how many of its lane are called in a row: 1 to {}", key, kTurnsMax));
}

void read_groups(TomlSection& section, std::vector<Phrase>& groups) {
    if (section.any("priority_groups") == nullptr) return;
    groups.clear();
    const TomlNode* list = section.maybe("priority_groups", Kind::kList);
    if (list == nullptr) return;
    if (list->items.size() > kPriorityGroupsMax) {
        section.problems().add(
            list->line, "CONFIG-COUNT", fmt::format("{}", list->items.size()),
            fmt::format("priority_groups มีได้ไม่เกิน {} กลุ่ม ถ้าไม่มีช่องทางพิเศษให้เขียน []", kPriorityGroupsMax),
            fmt::format("`priority_groups` holds at most {}; write [] where there is no priority lane",
                        kPriorityGroupsMax));
        return;
    }
    for (const TomlNode& item : list->items) {
        if (const auto group = phrase_of(item, "priority_groups", kGroupLettersMax, section))
            groups.push_back(*group);
    }
}

void read_close(TomlSection& section, std::optional<QueueClose>& at_close) {
    const TomlNode* node = section.maybe("at_close", Kind::kText);
    if (node == nullptr) return;
    if (node->text == "served") at_close = QueueClose::kServed;
    if (node->text == "ended") at_close = QueueClose::kEnded;
    if (node->text == "carried") at_close = QueueClose::kCarried;
    if (at_close) return;
    section.problems().add(
        node->line, "CONFIG-QUEUE-CLOSE", node->text,
        "at_close ใช้ได้เฉพาะ \"served\" (ถือว่าได้รับบริการ) \"ended\" (ผู้ที่ยังรอถือว่ายกเลิก) หรือ \"carried\" "
        "(รอต่อวันทำการถัดไป)",
        "`at_close` allows only \"served\" (who took a ticket counts as served), \"ended\" (who still waits "
        "counts as cancelled) and \"carried\" (who still waits goes on at the next opening)");
}

void read_kiosk(TomlSection& section, std::optional<int>& kiosk) {
    const TomlNode* node = section.maybe("kiosk", Kind::kInteger);
    if (node == nullptr) return;
    if (node->integer >= 1 && node->integer <= kKiosksMax) {
        kiosk = static_cast<int>(node->integer);
        return;
    }
    section.problems().add(
        node->line, "CONFIG-QUEUE-KIOSK", node->text,
        fmt::format("kiosk คือหมายเลขของตู้บริการนี้ในสำนักงาน ต้องเป็น 1 ถึง {} และไม่ซ้ำกับตู้อื่น", kKiosksMax),
        fmt::format("`kiosk` is this kiosk's number in the office, 1 to {}, and no other kiosk's",
                    kKiosksMax));
}

}  // namespace

void read_queue(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("queue", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[queue]", root.problems());
    QueueSettings& queue = office.queue;
    read_turns(section, "priority", queue.priority_turns);
    read_turns(section, "ordinary", queue.ordinary_turns);
    read_groups(section, queue.priority_groups);
    read_close(section, queue.at_close);
    read_kiosk(section, queue.kiosk);
    if (const TomlNode* follow = section.maybe("follow", Kind::kText)) {
        queue.follow = follow->text;
        if (const auto fault = link_fault(follow->text, office.hosts)) {
            section.problems().add(follow->line, "CONFIG-QUEUE-FOLLOW-" + fault->code, follow->text,
                                   fault->thai, fault->english);
        }
    }
    section.refuse_other_keys();
}

}  // namespace sala::record
