// Sending by itself, with the clock in the test's hand and a real gateway; and what the officer is told.
#include "kiosk/app/courier_thread.h"

#include "kiosk/app/store_thread.h"
#include "tests/kiosk/app/event_box.h"
#include "tests/kiosk/store/store_fixture.h"
#include "tests/platform/http/peers.h"
#include "tests/sync/office/office_server.h"

namespace sala::kiosk {
namespace {

class CourierThreadTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        server_.emplace(root_ / "office", office_);
        office_.sync = server_->road();
        server_->enrol_device(ledger::device_code(store().key().public_key()));
    }
    void TearDown() override {
        thread_.reset();
        StoreFixture::TearDown();
        server_.reset();
    }
    void start() {
        store();
        thread_.emplace(
            *std::move(store_), [this](const Event& event) { mailbox_.post(event); }, DeskSettings{},
            &clock_);
        store_.reset();
    }
    // What was closed is there after at most `minutes` of the test's clock.
    bool arrives_within(int minutes, std::int64_t ratings) {
        for (int second = 0; second < minutes * 60; second += 5) {
            clock_.pass_ms(5'000);
            thread_->nudge();
            for (int looks = 0; looks < 20; ++looks) {
                if (server_->figures().ratings_cast == ratings) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
        return false;
    }

    EventBox mailbox_;
    std::optional<office::OfficeServer> server_;
    std::optional<StoreThread> thread_;
};

TEST_F(CourierThreadTest, AClosedDayGoesByItselfWithinAMinute) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    EXPECT_FALSE(arrives_within(1, 5)) << "the day is open";
    EXPECT_EQ(server_->requests(), 0);
    thread_->perform(CloseDay{});
    mailbox_.wait_for<DayWasClosed>();
    EXPECT_TRUE(arrives_within(5, 5));
}

TEST_F(CourierThreadTest, AnOfficeThatWasDownGetsItWhenItIsBack) {
    for (int i = 0; i < 5; ++i) rate(5);
    server_->stop();
    start();
    thread_->perform(CloseDay{});
    mailbox_.wait_for<DayWasClosed>();
    EXPECT_FALSE(arrives_within(3, 5));
    server_->start();
    EXPECT_TRUE(arrives_within(90, 5));
}

TEST_F(CourierThreadTest, ACloseThatWasMissedGoesAtTheNextStart) {
    for (int i = 0; i < 5; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    start();
    EXPECT_TRUE(arrives_within(5, 5));
}

TEST_F(CourierThreadTest, TheOfficersWishIsAnsweredOnce) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    thread_->perform(SendLines{});
    const SendFinished finished = mailbox_.wait_for<SendFinished>();
    EXPECT_GT(finished.report.lines, 5u);
    EXPECT_EQ(finished.report.cosigned_size, finished.report.lines);
    bool progress = false;
    for (const Event& event : mailbox_.all()) progress |= std::holds_alternative<SendProgressed>(event);
    EXPECT_TRUE(progress);
    EXPECT_TRUE(std::holds_alternative<SendFinished>(mailbox_.all().back()));
    thread_->perform(SendLines{});
    EXPECT_EQ(mailbox_.wait_for<SendFinished>().report.lines, 0u);
    server_->stop();
    thread_->perform(StoreRating{1});
    mailbox_.wait_for<RatingStored>();
    thread_->perform(SendLines{});
    EXPECT_EQ(mailbox_.wait_for<SendFailed>().reason.code, "HTTP-NO-ANSWER");
}

TEST_F(CourierThreadTest, WithoutARoadTheOfficerIsToldSo) {
    store_.reset();
    office_.sync.reset();
    start();
    thread_->perform(SendLines{});
    EXPECT_EQ(mailbox_.wait_for<SendFailed>().reason.code, "SEND-NO-ROAD");
}

// The office takes the connection and says nothing more: visitors are served, and the end does not wait.
TEST_F(CourierThreadTest, ASilentOfficeHoldsUpNoVisitorAndNoEnd) {
    std::promise<void> there, over;
    http::Peer silent([&](Descriptor) {
        there.set_value();
        over.get_future().wait();
    });
    store_.reset();
    office_.sync = server_->road(silent.port());
    rate(5);
    start();
    thread_->perform(SendLines{});
    there.get_future().wait();
    thread_->perform(StoreRating{5});
    mailbox_.wait_for<RatingStored>();
    thread_.reset();
    over.set_value();
    for (const Event& event : mailbox_.all()) {
        EXPECT_FALSE(std::holds_alternative<SendFinished>(event) ||
                     std::holds_alternative<SendFailed>(event));
    }
}

}  // namespace
}  // namespace sala::kiosk
