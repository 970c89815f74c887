// The kiosk's own announcements, and the hub from which they hear of calls.
#include "kiosk/app/calling.h"

#include <gtest/gtest.h>

#include "kiosk/app/board_window.h"
#include "kiosk/app/desk_hub.h"
#include "kiosk/counter/chime.h"
#include "tests/fakes/hand_clock.h"
#include "tests/fakes/recording_speaker.h"
#include "tests/kiosk/counter/memory_desk.h"
#include "tests/kiosk/counter/queue_desk_contract.h"

namespace sala::kiosk {
namespace {

class HubMaker {
  public:
    QueueDesk& desk() { return *part_; }
    void issue(const std::string& division, const std::string& service) {
        desk_.issue(division, service, 'A');
    }

  private:
    HandClock clock_{1'800'000'000'000};
    MemoryDesk desk_{clock_};
    DeskHub hub_{desk_};
    std::unique_ptr<QueueDesk> part_ = hub_.part();
};
INSTANTIATE_TYPED_TEST_SUITE_P(Hub, QueueDeskContract, HubMaker);

class CallingTest : public testing::Test {
  protected:
    CallingTest() { office_.counters = {{"counter-2", {"ช่อง 2", "Counter 2"}, "finance"}}; }

    void start(bool with_speaker = true) {
        CallingSetup setup{office_, clock_, hub_.part(), nullptr, {}, {}, {}};
        if (with_speaker) {
            auto speaker = std::make_unique<RecordingSpeaker>(heard_);
            speaker_ = speaker.get();
            setup.speaker = std::move(speaker);
        }
        setup.show = [this](const queue::Call& call, bool announcing) {
            const std::lock_guard lock(mutex_);
            shown_.push_back(call.number + (announcing ? " begins" : " ends"));
            changed_.notify_all();
        };
        calling_.emplace(std::move(setup));
    }
    void call() {
        desk_.issue("finance", "tax", 'B');
        const queue::AtCounter at{"counter-2", "finance"};
        ASSERT_TRUE(desk_.order([&](const queue::Queue& queue, int) {
            const queue::Ticket* present = queue.with(at.counter);
            return call_next(queue, at, present ? std::optional(present->id) : std::nullopt);
        }));
    }
    std::vector<std::string> shown(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(60), [&] { return shown_.size() >= count; });
        return shown_;
    }

    HandClock clock_{1'800'000'000'000};
    MemoryDesk desk_{clock_};
    DeskHub hub_{desk_};
    record::Office office_;
    std::vector<Sound> heard_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> shown_;
    RecordingSpeaker* speaker_ = nullptr;
    std::optional<Calling> calling_;
};

TEST_F(CallingTest, TwoCallsAreHeardOneAfterTheOther) {
    start();
    call();
    EXPECT_EQ(speaker_->begun(1), 1u);
    call();
    call();
    EXPECT_EQ(shown(1), (std::vector<std::string>{"B001 begins"})) << "the first one still sounds";
    speaker_->end(3);
    EXPECT_EQ(shown(6), (std::vector<std::string>{"B001 begins", "B001 ends", "B002 begins", "B002 ends",
                                                  "B003 begins", "B003 ends"}));
    EXPECT_FALSE(speaker_->at_once);
    EXPECT_EQ(heard_, std::vector<Sound>(3, announcement_of({}, {"", {"please"}}))) << "no clips: the chime";
}

TEST_F(CallingTest, AFailingLoudspeakerHoldsUpNoCall) {
    start();
    speaker_->failure = "SPEAKER-NONE";
    speaker_->end(2);
    call();
    call();
    EXPECT_EQ(shown(4).back(), "B002 ends");
}

TEST_F(CallingTest, WithoutALoudspeakerCallsAreShown) {
    start(false);
    call();
    EXPECT_EQ(shown(2), (std::vector<std::string>{"B001 begins", "B001 ends"}));
}

TEST_F(CallingTest, TheEndIsSilentAtOnce) {
    start();
    call();
    call();
    EXPECT_EQ(speaker_->begun(1), 1u);
    calling_.reset();
    EXPECT_EQ(heard_.size(), 1u);
}

TEST_F(CallingTest, OldCallsAreShownAndNotHeard) {
    start();
    call();
    EXPECT_EQ(speaker_->begun(1), 1u);
    call();
    clock_.pass_ms(Announcer::kOldMs + 1);
    speaker_->end();
    EXPECT_EQ(shown(4).back(), "B002 ends");
    EXPECT_EQ(heard_.size(), 1u);
}

TEST_F(CallingTest, TheBoardIsToldOfCallsAndOfTheHall) {
    int woken = 0;
    BoardFeed feed(desk_.hall(), [&] { ++woken; });
    ASSERT_TRUE(feed.take()) << "what it begins with";
    EXPECT_FALSE(feed.take());
    call();
    feed.set_hall(desk_.hall());
    feed.set_call(desk_.hall()->calls().back(), true);
    EXPECT_EQ(woken, 2);
    const auto news = feed.take();
    ASSERT_TRUE(news && news->called);
    EXPECT_EQ(news->called->number, "B001");
    EXPECT_TRUE(news->announcing);
    EXPECT_EQ(news->hall, desk_.hall());
    EXPECT_EQ(BoardFeed(desk_.hall(), [] {}).take()->called->number, "B001") << "a start shows the last call";
}

}  // namespace
}  // namespace sala::kiosk
