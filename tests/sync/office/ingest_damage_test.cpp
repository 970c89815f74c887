// A bundle damaged in any byte or cut anywhere is refused, and the tables stay the same.
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

class DamagedBundle : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        LogBuilder log;
        enrol_kiosk(log);
        ASSERT_TRUE(take(log.bundle()));
        log.open_day(20270115);
        log.ticket("clerk", "birth");
        log.cast(1);
        log.close_day();
        ASSERT_TRUE(log.rules_kept());
        bytes_ = log.bundle(3, log.size(), log.checkpoint(3).bytes());
    }
    std::string bytes_;
};

constexpr unsigned char kFlips[] = {0x01, 0x20, 0x80};

TEST_P(DamagedBundle, IsRefusedWhicheverByteIsFlipped) {
    for (std::size_t at = 0; at < bytes_.size(); ++at) {
        for (const unsigned char flip : kFlips) {
            std::string damaged = bytes_;
            damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ flip);
            const auto opened = ledger::open_bundle(damaged);
            ASSERT_FALSE(opened) << "byte " << at << " flipped by " << int{flip};
            ASSERT_TRUE(opened.error().code.starts_with("BUNDLE-")) << opened.error().line();
        }
    }
}

TEST_P(DamagedBundle, LeavesTheTablesAsTheyWere) {
    const std::string before = dump(url_);
    for (std::size_t at = 0; at < bytes_.size(); at += 7) {
        std::string damaged = bytes_;
        damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ kFlips[at % 3]);
        ASSERT_FALSE(take(damaged)) << "byte " << at;
    }
    EXPECT_EQ(dump(url_), before);
    EXPECT_TRUE(take(bytes_)) << "the undamaged one is accepted";
}

TEST_P(DamagedBundle, IsRefusedWhereverItIsCut) {
    const std::string before = dump(url_);
    for (std::size_t size = 0; size < bytes_.size(); ++size) {
        const Result<Receipt> receipt = take(bytes_.substr(0, size));
        ASSERT_FALSE(receipt) << "cut at " << size;
        ASSERT_EQ(receipt.error().code, "BUNDLE-CUT") << "cut at " << size;
    }
    EXPECT_EQ(dump(url_), before);
}

TEST_P(DamagedBundle, IsRefusedWithAnythingBehindItsEnd) {
    EXPECT_EQ(refusal(bytes_ + "\n"), "BUNDLE-DAMAGED");
    EXPECT_EQ(refusal(bytes_ + bytes_), "BUNDLE-DAMAGED");
    EXPECT_EQ(refusal("an ordinary letter\n"), "BUNDLE-NOT-A-BUNDLE");
}

// Lines that are each well formed and signed by the kiosk's own key, but do not add up.
class LyingLog : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        enrol_kiosk(log_);
        log_.open_day(20270115);
    }
    // The code with which the log is refused; the good part of it is accepted on its own.
    std::string lie(ledger::Happening happening) {
        EXPECT_TRUE(log_.rules_kept());
        const std::uint64_t good = log_.size();
        log_.add(std::move(happening));
        const std::string code = refusal(log_.bundle());
        EXPECT_EQ(refusal(log_.bundle(0, good)), "");
        return code;
    }
    LogBuilder log_;
};

ledger::Sealed envelope(std::vector<std::uint64_t> faces, int k = 5) {
    ledger::ItemCounts item{"face", std::move(faces)};
    return {"face.1", "walk_up", "/", {20270115}, k, item.total(), {item}};
}

TEST_P(LyingLog, IsRefusedWhenTheCloseMiscountsItsLines) {
    log_.cast(2);
    EXPECT_EQ(
        lie(ledger::DayClosed{20270115,
                              {{"boot", 1}, {"cast", 1}, {"config", 1}, {"day_opened", 1}, {"log_start", 1}},
                              {{"face.1", 2}}}),
        "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenTheCloseHidesARatingThatWaits) {
    log_.cast(2);
    EXPECT_EQ(
        lie(ledger::DayClosed{20270115,
                              {{"boot", 1}, {"cast", 2}, {"config", 1}, {"day_opened", 1}, {"log_start", 1}},
                              {{"face.1", 1}}}),
        "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenAnEnvelopeHoldsTooFew) {
    log_.cast(4);
    EXPECT_EQ(lie(envelope({0, 0, 0, 0, 0, 4}, 4)), "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenMoreIsSealedThanWasCast) {
    log_.cast(5);
    EXPECT_EQ(lie(envelope({0, 0, 0, 0, 0, 6})), "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenTheCountsOfAnEnvelopeAreNotItsRaters) {
    log_.cast(6);
    ledger::Sealed sealed = envelope({0, 0, 0, 0, 0, 5});
    sealed.n = 6;
    EXPECT_EQ(lie(sealed), "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenAnEnvelopeHasNotTheItemsOfItsForm) {
    log_.cast(6);
    ledger::Sealed twice = envelope({0, 0, 0, 0, 0, 6});
    twice.items.push_back(twice.items.front());
    EXPECT_EQ(lie(twice), "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedWhenATicketIsServedTwice) {
    const std::uint64_t ticket = log_.ticket("clerk", "birth");
    log_.serve(ticket);
    EXPECT_EQ(lie(ledger::TicketServed{{}, ticket, "officer"}), "LOG-RULE");
}

TEST_P(LyingLog, IsRefusedInItsNextBundleToo) {
    const std::uint64_t ticket = log_.ticket("clerk", "birth");
    log_.serve(ticket);
    const std::uint64_t taken = log_.size();
    ASSERT_TRUE(take(log_.bundle()));
    log_.serve(ticket);
    EXPECT_EQ(refusal(log_.bundle(taken, log_.size())), "LOG-RULE") << "the state was kept with the head";
}

SALA_ON_BOTH_ENGINES(DamagedBundle);
SALA_ON_BOTH_ENGINES(LyingLog);

}  // namespace
}  // namespace sala::office
