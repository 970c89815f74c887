#include "kiosk/store/figures.h"

#include <fmt/format.h>

#include "kiosk/store/day_queue.h"
#include "kiosk/store/exporter.h"
#include "kiosk/store/officer_figures.h"
#include "kiosk/store/schema.h"
#include "platform/base/json.h"
#include "sync/record/calendar.h"

namespace sala::kiosk {
namespace {

// 2027-01-15T03:00:00Z
std::string utc_text(std::int64_t utc_ms) {
    using namespace std::chrono;
    const sys_seconds at{floor<seconds>(milliseconds(utc_ms))};
    const auto day = floor<days>(at);
    const hh_mm_ss time(at - day);
    return fmt::format("{}T{:02}:{:02}:{:02}Z", record::iso_date(record::Date(day)), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace

Result<Figures> read_figures(const std::filesystem::path& data) {
    Result<sqlite::Database> database = open_store_database(data, sqlite::OpenMode::kReadOnly);
    if (!database) return database.error();
    // One snapshot for all of it, whatever the kiosk writes meanwhile.
    if (Result<void> begun = database->execute("BEGIN"); !begun) return begun.error();
    const Result<Position> position = load_position(*database);
    if (!position) return position.error();
    // A PIN may be made before the first run; there is no device code yet that an office could enrol.
    if (position->tree.size() == 0) {
        return Error{"STORE-EMPTY", "ตู้บริการนี้ยังไม่มีบันทึกใด โปรดเปิดตู้บริการก่อน",
                     "this kiosk has recorded nothing yet; start it first"};
    }
    const ledger::LogState& state = position->state;
    Figures figures;
    figures.office = state.start.office;
    figures.device_code = ledger::device_code(state.start.key);
    figures.vkey = ledger::VerifierKey{state.start.origin, ledger::KeyType::kEd25519, state.start.key}.text();
    figures.day = state.rules.day;
    figures.day_open = state.open_day != 0;
    figures.ratings_waiting = state.waiting_total();
    figures.lines = position->tree.size();
    figures.root_letters = ledger::root_letters(position->tree.root());
    struct Wanted {
        std::uint64_t* figure;
        const char* kind;
        int day;
    };
    const Wanted wanted[] = {
        {&figures.tickets, "ticket_issued", figures.day},
        {&figures.tickets_served, "ticket_served", figures.day},
        {&figures.ratings, "cast", figures.day},
        {&figures.ratings_cast, "cast", 0},
        {&figures.tickets_issued, "ticket_issued", 0},
        {&figures.envelopes, "sealed", 0},
    };
    for (const Wanted& want : wanted) {
        // Day 0 would count every day: before the first day there is nothing to count, and nothing ever was.
        const Result<std::uint64_t> n = count_lines(*database, state, want.kind, want.day);
        if (!n) return n.error();
        *want.figure = *n;
    }
    Result<figures::QueueFigures> queue = read_day_queue(*database, figures.day, figures.lines);
    if (!queue) return queue.error();
    figures.queue = *std::move(queue);
    figures.ratings_sealed = figures.ratings_cast - figures.ratings_waiting;
    const Result<ClassFigures> classes = class_figures(*database);
    if (!classes) return classes.error();
    figures.classes = *classes;
    const Result<std::uint64_t> cosigned = cosigned_size(*database);
    if (!cosigned) return cosigned.error();
    figures.cosigned_size = *cosigned;
    figures.unsent_lines = figures.lines - std::min(figures.cosigned_size, figures.lines);
    const auto since = unsent_since(*database, figures.cosigned_size, figures.lines);
    if (!since) return since.error();
    if (*since) figures.unsent_since = utc_text(**since);
    Result<std::string> checkpoint = newest_checkpoint(*database);
    if (!checkpoint) return checkpoint.error();
    figures.last_checkpoint = *std::move(checkpoint);
    return figures;
}

std::string Figures::json() const {
    return fmt::format(
        "{{\"office\":{},\"device_code\":{},\"vkey\":{},\"day\":{},\"day_open\":{},\"tickets\":{},\"tickets_"
        "served\":{},"
        "\"ratings\":{},\"ratings_cast\":{},\"ratings_sealed\":{},\"ratings_flagged\":{},"
        "\"ratings_counted\":{},\"ratings_waiting\":{},\"tickets_issued\":{},"
        "\"envelopes\":{},"
        "\"lines\":{},\"unsent_lines\":{},\"unsent_since\":{},\"cosigned_size\":{},\"root_letters\":{},"
        "\"last_checkpoint\":{},\"queue\":{}}}"
        "\n",
        json_string(office), json_string(device_code), json_string(vkey), day, day_open, tickets,
        tickets_served, ratings, ratings_cast, ratings_sealed, classes.flagged, classes.counted(),
        ratings_waiting, tickets_issued, envelopes, lines, unsent_lines,
        unsent_since.empty() ? "null" : json_string(unsent_since), cosigned_size, json_string(root_letters),
        json_string(last_checkpoint), queue.json());
}

std::string Figures::text() const {
    const std::optional<record::Date> date = record::date_of(day);
    const std::string day_text = date ? record::iso_date(*date) : "-";
    const char* open_text = day_open ? "เปิดอยู่ / open" : "ปิดแล้ว / closed";
    return fmt::format(
        "รหัสตู้บริการ / device code      {}\n"
        "กุญแจของบันทึก / vkey           {}\n"
        "วัน / day                     {} ({})\n"
        "{}"
        "คำตอบของวัน / ratings          {}\n"
        "คำตอบทั้งหมด / ratings cast     {} = ผนึกแล้ว / sealed {} + รอผนึก / waiting {}\n"
        "ซองคะแนน / envelopes          {}: คำตอบ / raw {} - แยกตามกติกา / flagged {} = นับ / counted {}\n"
        "ยังไม่ถึงสำนักงาน / unsent lines  {}{}\n"
        "หลักฐานล่าสุด / last checkpoint\n{}",
        device_code, vkey, day_text, open_text, queue.text(), ratings, ratings_cast, ratings_sealed,
        ratings_waiting, envelopes, classes.raw, classes.flagged, classes.counted(), unsent_lines,
        unsent_since.empty() ? "" : fmt::format(" (ตั้งแต่ / since {})", unsent_since),
        last_checkpoint.empty() ? "-\n" : last_checkpoint);
}

}  // namespace sala::kiosk
