#include "sync/audit/log_walk.h"

#include <gtest/gtest.h>

#include "tests/sync/office/log_builder.h"

namespace sala::audit {
namespace {

LogOwner owner_of(const office::LogBuilder& log) { return {"banmai", log.code(), log.origin()}; }

// Two days in two bundles.
class LogWalkTest : public testing::Test {
  protected:
    void SetUp() override {
        log_.whole_day(20270115);
        middle_ = log_.size();
        log_.whole_day(20270116);
    }
    std::optional<Facts> take(LogWalk& walk, const std::string& bytes) {
        const Result<ledger::Bundle> opened = ledger::open_bundle(bytes);
        EXPECT_TRUE(opened) << opened.error().line();
        return opened ? walk.take(*opened) : std::nullopt;
    }
    static std::vector<std::string> breaks(const LogWalk& walk) {
        std::vector<std::string> codes;
        for (const Finding& finding : walk.findings()) {
            if (finding.weight == Weight::kBreak) codes.push_back(finding.what.code);
        }
        return codes;
    }
    office::LogBuilder log_;
    std::uint64_t middle_ = 0;
};

TEST_F(LogWalkTest, TellsWhatTheTablesMustHold) {
    LogWalk walk(owner_of(log_), {});
    const std::string first = log_.bundle(0, middle_), second = log_.bundle(middle_, log_.size());
    const auto facts = take(walk, first);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->from, 0U);
    EXPECT_EQ(facts->to, middle_);
    EXPECT_EQ(facts->tickets.size(), 3U);
    EXPECT_EQ(facts->served.size(), 2U);
    ASSERT_EQ(facts->envelopes.size(), 1U);
    EXPECT_EQ(facts->envelopes.front().sealed.n, 7U);
    EXPECT_EQ(facts->casts,
              (std::map<std::pair<int, std::string>, std::uint64_t>{{{20270115, "face.1"}, 7}}));
    ASSERT_TRUE(take(walk, second));
    EXPECT_EQ(walk.tree(), log_.tree(log_.size()));
    EXPECT_EQ(walk.cast_total(), 14U);
    EXPECT_EQ(walk.last_closed(), 20270116);
    walk.finish(1'800'100'000'000);
    EXPECT_TRUE(breaks(walk).empty());
}

TEST_F(LogWalkTest, CountsTheLinesOfAnOverlapOnce) {
    LogWalk walk(owner_of(log_), {});
    const std::string first = log_.bundle(0, middle_), both = log_.bundle(0, log_.size());
    ASSERT_TRUE(take(walk, first));
    const auto facts = take(walk, both);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->from, middle_);
    EXPECT_EQ(facts->tickets.size(), 3U);
}

TEST_F(LogWalkTest, NamesTheLinesThatAreMissing) {
    LogWalk walk(owner_of(log_), {});
    const std::string first = log_.bundle(0, middle_), later = log_.bundle(middle_ + 3, log_.size());
    ASSERT_TRUE(take(walk, first));
    EXPECT_FALSE(take(walk, later));
    ASSERT_EQ(breaks(walk), std::vector<std::string>{"AUDIT-MISSING-LINES"});
    EXPECT_EQ(walk.findings().back().first, middle_);
    EXPECT_EQ(walk.findings().back().end, middle_ + 3);
}

TEST_F(LogWalkTest, SeesAnotherHistoryBehindTheSameKey) {
    office::LogBuilder other;
    other.whole_day(20270115, 9);
    other.whole_day(20270116, 9);
    LogWalk walk(owner_of(log_), {});
    const std::string first = log_.bundle(0, middle_), foreign = other.bundle(middle_, other.size());
    ASSERT_TRUE(take(walk, first));
    EXPECT_FALSE(take(walk, foreign));
    EXPECT_EQ(breaks(walk), std::vector<std::string>{"AUDIT-NOT-CONTINUED"});
}

TEST_F(LogWalkTest, SeesTheBundleOfAnotherKiosk) {
    office::LogBuilder other(7);
    other.whole_day(20270115);
    LogWalk walk(owner_of(log_), {});
    const std::string foreign = other.bundle();
    EXPECT_FALSE(take(walk, foreign));
    EXPECT_EQ(breaks(walk), std::vector<std::string>{"AUDIT-OTHER-LOG"});
}

TEST_F(LogWalkTest, NamesTheLineThatBreaksARule) {
    const std::uint64_t seq = log_.add(ledger::TicketServed{{}, 5, "officer"});
    ASSERT_FALSE(log_.rules_kept());
    LogWalk walk(owner_of(log_), {});
    const std::string bytes = log_.bundle();
    EXPECT_FALSE(take(walk, bytes));
    ASSERT_EQ(breaks(walk), std::vector<std::string>{"LOG-RULE"});
    EXPECT_EQ(walk.findings().back().first, seq);
}

TEST_F(LogWalkTest, KnowsTheRootsThatItWasAskedFor) {
    LogWalk walk(owner_of(log_), {5, 7, 1'000});
    const std::string bytes = log_.bundle();
    ASSERT_TRUE(take(walk, bytes));
    EXPECT_EQ(walk.roots().at(5), log_.tree(5).root());
    EXPECT_EQ(walk.roots().at(7), log_.tree(7).root());
    EXPECT_EQ(walk.roots().at(log_.size()), log_.tree(log_.size()).root());
    EXPECT_FALSE(walk.roots().contains(1'000));
}

TEST_F(LogWalkTest, HoldsCosignaturesThatTheLogTellsOfToTheTree) {
    log_.add(ledger::Cosigned{9, log_.tree(9).root(), "news.example/witness", 1'800'000'000});
    const std::uint64_t seq = log_.add(ledger::Cosigned{9, log_.tree(8).root(), "news.example/witness", 1});
    LogWalk walk(owner_of(log_), {});
    const std::string bytes = log_.bundle();
    ASSERT_TRUE(take(walk, bytes));
    walk.finish(1'800'100'000'000);
    ASSERT_EQ(breaks(walk), std::vector<std::string>{"AUDIT-COSIGNED-OTHER"});
    EXPECT_EQ(walk.findings().back().first, seq);
}

TEST_F(LogWalkTest, RemarksADayThatWasNotClosed) {
    log_.open_day(20270117);
    LogWalk walk(owner_of(log_), {});
    const std::string bytes = log_.bundle();
    ASSERT_TRUE(take(walk, bytes));
    walk.finish(1'800'600'000'000);
    ASSERT_FALSE(walk.findings().empty());
    EXPECT_EQ(walk.findings().back().what.code, "AUDIT-NOT-CLOSED");
    EXPECT_TRUE(breaks(walk).empty());
}

}  // namespace
}  // namespace sala::audit
