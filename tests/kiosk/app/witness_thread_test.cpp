// At each `alive` and after the close, each witness once, with the clock in the test's hand.
#include "kiosk/app/witness_thread.h"

#include "kiosk/app/store_thread.h"
#include "tests/kiosk/app/event_box.h"
#include "tests/kiosk/store/store_fixture.h"
#include "tests/platform/http/peers.h"
#include "tests/sync/office/witness_server.h"

namespace sala::kiosk {
namespace {

class WitnessThreadTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        for (const char* name : {"a.example", "b.example"}) {
            witnesses_.push_back(std::make_unique<office::WitnessServer>(root_ / name, name));
            office_.witnesses.push_back(witnesses_.back()->road());
        }
        const ledger::LogStart& log = store().position().state.start;
        for (const auto& witness : witnesses_)
            witness->vouch_for({log.origin, ledger::KeyType::kEd25519, log.key});
    }
    void TearDown() override {
        thread_.reset();
        StoreFixture::TearDown();
    }
    void start() {
        store();
        thread_.emplace(
            *std::move(store_), [this](const Event& event) { mailbox_.post(event); }, DeskSettings{},
            &clock_);
        store_.reset();
    }
    // How many lines there are of a kind; of `cosigned`, by whom.
    std::uint64_t lines_like(const std::string& text) {
        std::uint64_t found = 0;
        thread_->run([&](Store& store) {
            const auto lines = read_lines(store.database(), 0, 100'000);
            for (const std::string& line : *lines) found += line.find(text) != std::string::npos;
        });
        return found;
    }
    std::uint64_t cosigned(int who) { return lines_like(who == 0 ? R"("by":"a.)" : R"("by":"b.)"); }
    bool becomes(const std::function<bool()>& so, int minutes) {
        for (int second = 0; second < minutes * 60; second += 10) {
            clock_.pass_ms(10'000);
            thread_->nudge();
            for (int looks = 0; looks < 10; ++looks) {
                if (so()) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
        return false;
    }

    EventBox mailbox_;
    std::vector<std::unique_ptr<office::WitnessServer>> witnesses_;
    std::optional<StoreThread> thread_;
};

TEST_F(WitnessThreadTest, EachAliveBringsOneLineOfEachWitnessAtMost) {
    start();
    EXPECT_FALSE(becomes([&] { return cosigned(0) + cosigned(1) > 0; }, 10)) << "no `alive` yet";
    for (std::uint64_t round = 1; round <= 3; ++round) {
        ASSERT_TRUE(becomes([&] { return cosigned(0) >= round && cosigned(1) >= round; }, 40)) << round;
    }
    // Their own lines call for no other, however long the kiosk stands.
    becomes([] { return false; }, 60);
    const std::uint64_t of_a = cosigned(0), of_b = cosigned(1), alives = lines_like(R"("kind":"alive")");
    EXPECT_LE(of_a, alives);
    EXPECT_LE(of_b, alives);
    EXPECT_GE(alives, 4u);
}

TEST_F(WitnessThreadTest, ACloseIsShownToThemToo) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    thread_->perform(CloseDay{});
    mailbox_.wait_for<DayWasClosed>();
    EXPECT_TRUE(becomes([&] { return cosigned(0) == 1 && cosigned(1) == 1; }, 5));
    EXPECT_EQ(lines_like(R"("kind":"alive")"), 0u);
}

TEST_F(WitnessThreadTest, OneThatIsAwayKeepsNoOtherFromVouching) {
    witnesses_[0]->stop();
    start();
    ASSERT_TRUE(becomes([&] { return cosigned(1) > 0; }, 40));
    EXPECT_EQ(cosigned(0), 0u);
    witnesses_[0]->start();
    EXPECT_TRUE(becomes([&] { return cosigned(0) > 0; }, 40));
}

// A witness takes the connection and says nothing more: visitors are served, and the end does not wait.
TEST_F(WitnessThreadTest, ASilentWitnessHoldsUpNoVisitorAndNoEnd) {
    std::promise<void> over;
    const std::shared_future<void> end = over.get_future().share();
    std::atomic<bool> came = false;
    http::Peer silent([&](Descriptor) {
        came = true;
        end.wait();
    });
    store_.reset();
    office_.witnesses = {witnesses_[0]->road(silent.port())};
    rate(5);
    start();
    thread_->perform(CloseDay{});
    mailbox_.wait_for<DayWasClosed>();
    ASSERT_TRUE(becomes([&] { return came.load(); }, 5));
    thread_->perform(StoreRating{5});
    mailbox_.wait_for<RatingStored>();
    thread_.reset();
    over.set_value();
}

}  // namespace
}  // namespace sala::kiosk
