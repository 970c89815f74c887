// The clock is wrong in every way that a battery, a hand or a calendar can make it: no number is given twice,
// the day keeps its name, the journal says so, and the office takes it in.
#include <algorithm>
#include <set>

#include "kiosk/store/exporter.h"
#include "sync/office/administration.h"
#include "sync/office/import_files.h"
#include "tests/fakes/hand_clock.h"
#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

constexpr std::int64_t kMorning = 1'799'982'000'000;  // 2027-01-15 10:00 in Thailand
constexpr std::int64_t kHour = 3'600'000;

struct Wrong {
    const char* name;
    std::int64_t wall_ms;
    int day;  // that a visitor's act then belongs to
};
constexpr Wrong kWrong[] = {
    {"ReadsAnHourLess", kMorning - kHour, 20270115},
    {"ReadsYesterday", kMorning - 24 * kHour, 20270114},
    {"IsBackIn1970", 7'000, 20270115},
    {"StandsBefore1970", -7'000, 20270115},
    {"StandsTheSecondBefore2038Ends", 2'147'483'647'000, 20380119},
    {"IsPast2038", 2'147'483'649'000, 20380119},
    {"IsPast2106", 4'294'967'297'000, 21060207},
    {"TakesTheBuddhistEraForOurs", 18'934'974'000'000, 20270115},  // 2570-01-09 10:00
};

class ClockFaults : public testing::TestWithParam<Wrong> {
  protected:
    ClockFaults() : root_(playground_.fresh()) {}

    void open(bool reboot = false) {
        store_.reset();
        if (reboot) clock_.reboot(0);
        Result<kiosk::DataFolder> folder = kiosk::DataFolder::lock(root_ / "data");
        ASSERT_TRUE(folder) << folder.error().line();
        auto opened = kiosk::Store::open(*std::move(folder), demo_office(),
                                         crypto::sha256(bytes_of("config")), clock_, "faults");
        ASSERT_TRUE(opened) << opened.error().line();
        store_.emplace(*std::move(opened));
    }
    void visit() {
        const record::Division& division = demo_office().divisions.at(0);
        const auto ticket =
            store_->issue_ticket(crypto::random_array<16>(), {division.id, division.services.at(0).id});
        ASSERT_TRUE(ticket) << ticket.error().line();
        const auto rated = store_->store_rating(crypto::random_array<16>(), 3);
        ASSERT_TRUE(rated) << rated.error().line();
        ++visits_;
    }
    std::vector<ledger::Line> lines() {
        std::vector<ledger::Line> all;
        const auto raw = kiosk::read_lines(store_->database(), 0, 100'000);
        for (const std::string& line : *raw) all.push_back(*ledger::parse_line(line));
        return all;
    }
    template <typename T>
    std::vector<T> of() {
        std::vector<T> found;
        for (const ledger::Line& line : lines()) {
            if (const T* happening = std::get_if<T>(&line.happening)) found.push_back(*happening);
        }
        return found;
    }
    // Closed, exported, imported: the office has every line.
    void expect_the_office_takes_it() {
        ASSERT_TRUE(store_->close_day());
        ASSERT_TRUE(kiosk::export_to(*store_, root_ / "stick"));
        const std::string url = root_ / "office.db";
        ASSERT_TRUE(office::init_office(url, root_ / "keys", demo_office(), "[office]\n"));
        auto database = office::ReportDb::open(url, office::Access::kWrite);
        ASSERT_TRUE(database);
        const std::string device = ledger::device_code(store_->key().public_key());
        ASSERT_TRUE(office::enrol(*database, device, "โถงหน้า", ""));
        const auto key = office::keys_of(*database->office(), root_ / "keys");
        const auto now_s = static_cast<std::uint64_t>(kMorning / 1000);
        for (const auto& verdict : office::import_files(*database, *key, {root_ / "stick"}, now_s))
            EXPECT_FALSE(verdict.error) << verdict.line();
        const auto status = database->status();
        ASSERT_TRUE(status);
        EXPECT_EQ(status->figures.lines, static_cast<std::int64_t>(store_->position().tree.size()));
        EXPECT_EQ(status->figures.tickets_issued, visits_);
        EXPECT_EQ(status->figures.ratings_cast, visits_);
    }

    Playground playground_;
    std::filesystem::path root_;
    HandClock clock_{kMorning};
    std::optional<kiosk::Store> store_;
    int visits_ = 0;
};

TEST_P(ClockFaults, NoNumberIsGivenTwiceAndTheOfficeTakesItIn) {
    const Wrong& wrong = GetParam();
    open();
    visit();
    visit();
    clock_.set_wall(wrong.wall_ms);  // under the running program
    visit();
    EXPECT_EQ(store_->position().state.open_day, wrong.day);
    ASSERT_EQ(of<ledger::ClockChanged>().size(), 1u);
    EXPECT_EQ(of<ledger::ClockChanged>()[0].to_ms, std::max<std::int64_t>(wrong.wall_ms, 0));
    open(true);  // a battery that is dead at the start
    visit();
    EXPECT_EQ(store_->position().state.open_day, wrong.day);
    clock_.set_wall(kMorning + kHour);  // somebody sets it right
    visit();
    EXPECT_EQ(store_->position().state.open_day, 20270115);
    open();
    visit();

    std::set<std::pair<int, std::string>> numbers;
    for (const auto& ticket : of<ledger::TicketIssued>()) numbers.emplace(ticket.day, ticket.number);
    EXPECT_EQ(numbers.size(), static_cast<std::size_t>(visits_)) << "a number of a date was given twice";
    for (const auto& [day, number] : numbers) EXPECT_TRUE(day == 20270115 || day == wrong.day) << day;
    for (const ledger::Line& line : lines()) {
        const bool plausible =
            line.stamp.utc_ms > 1'767'225'600'000 && line.stamp.utc_ms < 13'569'465'600'000;
        EXPECT_FALSE(line.stamp.clock_trusted && !plausible) << ledger::write_line(line);
    }
    expect_the_office_takes_it();
}

INSTANTIATE_TEST_SUITE_P(When, ClockFaults, testing::ValuesIn(kWrong),
                         [](const auto& wrong) { return std::string(wrong.param.name); });

}  // namespace
}  // namespace sala::faults
