// Two programs that bring bundles into one database at once, each with a connection and a thread of its own.
#include <thread>

#include "sync/office/status_text.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

class TwoWriters : public OfficeTest {
  protected:
    struct Writer {
        std::vector<std::string> bundles;
        std::uint64_t new_lines = 0;
        std::vector<std::string> refusals;
    };
    void bring(Writer& writer) const {
        auto database = ReportDb::open(place_.ingest_url, Access::kWrite);
        if (!database) return writer.refusals.push_back(database.error().line());
        for (const std::string& bundle : writer.bundles) {
            const Result<Receipt> receipt = ingest(*database, *key_, bundle, kNow_s);
            if (!receipt) return writer.refusals.push_back(receipt.error().line());
            writer.new_lines += receipt->new_lines;
        }
    }
    // What everybody brought, and what refusals there were.
    std::uint64_t all_at_once(std::vector<Writer>& writers) const {
        std::vector<std::thread> threads;
        threads.reserve(writers.size());
        for (Writer& writer : writers) threads.emplace_back([&] { bring(writer); });
        for (std::thread& thread : threads) thread.join();
        std::uint64_t lines = 0;
        for (const Writer& writer : writers) {
            lines += writer.new_lines;
            EXPECT_EQ(writer.refusals, std::vector<std::string>());
        }
        return lines;
    }
    static std::vector<std::string> cut(const LogBuilder& log, std::uint64_t every) {
        std::vector<std::string> bundles;
        for (std::uint64_t at = 0; at < log.size(); at += every)
            bundles.push_back(log.bundle(at, std::min(at + every, log.size())));
        return bundles;
    }
    std::string figures_of_one_who_was_alone(std::span<const LogBuilder> logs) {
        const Place other(GetParam());
        EXPECT_TRUE(init_office(other.url, keys_, sample_office(), "[office]\n"));
        auto database = *ReportDb::open(other.url, Access::kWrite);
        for (const LogBuilder& log : logs) {
            EXPECT_TRUE(enrol(database, log.code(), "โถงหน้า", ""));
            EXPECT_TRUE(ingest(database, *key_, log.bundle(), kNow_s));
        }
        return status_json(*database.status());
    }
    static LogBuilder log_of(std::uint8_t who, int days) {
        LogBuilder log(who);
        for (int day = 0; day < days; ++day) log.whole_day(20270111 + day, 7);
        EXPECT_TRUE(log.rules_kept());
        return log;
    }
};

TEST_P(TwoWriters, BringTheSameKioskAndNothingIsTwiceOrLost) {
    const LogBuilder log = log_of(1, 8);
    enrol_kiosk(log);
    std::vector<Writer> writers = {{cut(log, 4)}, {cut(log, 4)}, {cut(log, 7)}};
    EXPECT_EQ(all_at_once(writers), log.size());
    EXPECT_EQ(status_json(*database_->status()), figures_of_one_who_was_alone({&log, 1}));
    EXPECT_EQ(database_->head("banmai", log.code())->tree, log.tree(log.size()));
    EXPECT_EQ(database_->incidents("banmai")->size(), 0u);
    const Result<Receipt> again = take(log.bundle());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->new_lines, 0u);
}

TEST_P(TwoWriters, BringOneKioskEachAndNobodyIsSentAway) {
    std::vector<LogBuilder> logs;
    std::vector<Writer> writers;
    for (std::uint8_t who = 1; who <= 4; ++who) {
        logs.push_back(log_of(who, 6));
        enrol_kiosk(logs.back());
        writers.push_back({cut(logs.back(), 5)});
    }
    EXPECT_EQ(all_at_once(writers), logs[0].size() * 4);
    EXPECT_EQ(status_json(*database_->status()), figures_of_one_who_was_alone(logs));
}

TEST_P(TwoWriters, KeepAForkOnce) {
    const LogBuilder log = log_of(1, 1);
    LogBuilder other;
    other.whole_day(20270111, 8);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    std::vector<Writer> writers(3, Writer{{other.bundle()}});
    std::vector<std::thread> threads;
    for (Writer& writer : writers) threads.emplace_back([&] { bring(writer); });
    for (std::thread& thread : threads) thread.join();
    for (const Writer& writer : writers) {
        ASSERT_EQ(writer.refusals.size(), 1u);
        EXPECT_TRUE(writer.refusals[0].starts_with("BUNDLE-FORK")) << writer.refusals[0];
    }
    EXPECT_EQ(database_->forks("banmai", log.code())->size(), 1u);
    EXPECT_EQ(database_->incidents("banmai")->size(), 1u);
}

// What ingest hands to add() for the first lines of a log.
Accepted first_of(const ledger::Bundle& bundle) {
    Accepted accepted{bundle, 0, {}, {}};
    for (const ledger::Line& line : bundle.lines) {
        EXPECT_TRUE(accepted.head.state.take(line));
        accepted.day_of_line.push_back(accepted.head.state.open_day);
    }
    accepted.head.tree = bundle.tree;
    return accepted;
}

// The shorter one has neither a ticket nor an end in common with the longer one.
TEST_P(TwoWriters, WhoSawAHeadThatHasMovedOnAddsNothing) {
    if (!place_.on_a_server()) return;  // a file lets nobody else begin
    const LogBuilder log = log_of(1, 1);
    enrol_kiosk(log);
    const std::string early = log.bundle(0, 3), late = log.bundle();
    const auto first = ledger::open_bundle(early), second = ledger::open_bundle(late);
    auto other = *ReportDb::open(place_.ingest_url, Access::kWrite);
    auto mine = database_->begin_adding(), theirs = other.begin_adding();
    ASSERT_EQ(database_->head("banmai", log.code())->tree.size(), 0u);
    ASSERT_EQ(other.head("banmai", log.code())->tree.size(), 0u);
    ASSERT_TRUE(database_->add(first_of(*first)));
    ASSERT_TRUE(mine->commit());
    const Result<void> refused = other.add(first_of(*second));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "DB-CONFLICT") << refused.error().line();
}

SALA_ON_BOTH_ENGINES(TwoWriters);

}  // namespace
}  // namespace sala::office
