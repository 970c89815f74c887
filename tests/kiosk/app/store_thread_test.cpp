// What the store did comes back as an event, in order, and a disk that fails is said and recovers.
#include "kiosk/app/store_thread.h"

#include <future>
#include <set>

#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

// Collects events from the worker; wait_for() blocks until there are enough of them.
class Events {
  public:
    void post(Event event) {
        {
            const std::lock_guard lock(mutex_);
            events_.push_back(std::move(event));
        }
        changed_.notify_all();
    }
    std::vector<Event> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(
            changed_.wait_for(lock, std::chrono::seconds(30), [&] { return events_.size() >= count; }));
        return events_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
};

class StoreThreadTest : public StoreFixture {
  protected:
    void start() {
        store();
        thread_.emplace(*std::move(store_), [this](Event event) { events_.post(std::move(event)); });
        store_.reset();
    }
    Events events_;
    std::optional<StoreThread> thread_;
};

TEST_F(StoreThreadTest, AnswersEachEffectWithItsEvent) {
    start();
    thread_->perform(StoreRating{5});
    thread_->perform(IssueTicket{{{division(1).id, division(1).services[0].id}}});
    thread_->perform(NoteEitShown{});
    const auto events = events_.wait_for(3);
    ASSERT_TRUE(std::holds_alternative<RatingStored>(events[0]));
    ASSERT_TRUE(std::holds_alternative<TicketIssued>(events[1]));
    EXPECT_EQ(std::get<TicketIssued>(events[1]).ticket.number, fmt::format("{}001", division(1).prefix));
    EXPECT_GT(std::get<TicketIssued>(events[1]).ticket.head.tree_size,
              std::get<RatingStored>(events[0]).head.tree_size);
    EXPECT_TRUE(std::holds_alternative<EitShownNoted>(events[2]));
}

TEST_F(StoreThreadTest, WhatFailsIsSaidAndTheNextSuccessIsARecovery) {
    start();
    thread_->ask([](Store& broken) {
        EXPECT_TRUE(broken.database().execute("ALTER TABLE visit RENAME TO gone").ok());
        return std::string();
    });
    thread_->perform(StoreRating{5});
    auto events = events_.wait_for(1);
    ASSERT_TRUE(std::holds_alternative<SaveFailed>(events[0]));
    EXPECT_EQ(std::get<SaveFailed>(events[0]).reason.code, "DB-FAILED");
    thread_->ask([](Store& mended) {
        EXPECT_TRUE(mended.database().execute("ALTER TABLE gone RENAME TO visit").ok());
        return std::string();
    });
    thread_->nudge();
    events = events_.wait_for(2);
    EXPECT_TRUE(std::holds_alternative<StoreRecovered>(events[1]));
}

TEST_F(StoreThreadTest, FinishesWhatWasGivenBeforeItEnds) {
    start();
    for (int i = 0; i < 20; ++i) thread_->perform(StoreRating{3});
    thread_.reset();
    EXPECT_EQ(read_figures(data())->ratings_cast, 20u);
}

TEST_F(StoreThreadTest, AJobTooManyIsSaidAndHealsWhenThereIsRoomAgain) {
    start();
    std::promise<void> entered, go;
    std::thread slow([&] {
        thread_->ask([&](Store&) {
            entered.set_value();
            go.get_future().wait();
            return std::string();
        });
    });
    entered.get_future().wait();
    for (std::size_t i = 0; i < kJobsMax; ++i) thread_->perform(NoteEitShown{});
    thread_->perform(StoreRating{5});
    const auto refused = events_.wait_for(1);
    ASSERT_TRUE(std::holds_alternative<SaveFailed>(refused[0]));
    EXPECT_EQ(std::get<SaveFailed>(refused[0]).reason.code, "STORE-BUSY");
    go.set_value();
    slow.join();
    EXPECT_TRUE(std::holds_alternative<StoreRecovered>(events_.wait_for(kJobsMax + 2).back()));
}

TEST_F(StoreThreadTest, AVisitorsSaveGetsItsOwnAnswerBesideAnotherJobsFailure) {
    start();
    thread_->ask([](Store& broken) {
        EXPECT_TRUE(broken.database().execute("ALTER TABLE counter RENAME TO gone").ok());
        return std::string();
    });
    thread_->perform(NoteEitShown{});
    thread_->perform(StoreRating{1});
    const auto events = events_.wait_for(3);
    EXPECT_TRUE(std::holds_alternative<StoreFailed>(events[0]));
    EXPECT_TRUE(std::holds_alternative<StoreRecovered>(events[1]));
    EXPECT_TRUE(std::holds_alternative<RatingStored>(events[2]));
}

TEST_F(StoreThreadTest, CountersThatOrderAtOnceNeverGetOneTicket) {
    constexpr int kTickets = 40, kCounters = 8;
    start();
    for (int i = 0; i < kTickets; ++i)
        thread_->perform(IssueTicket{{{division(1).id, division(1).services[0].id}}});
    events_.wait_for(kTickets);
    std::mutex mutex;
    std::vector<queue::TicketId> called;
    std::vector<std::thread> counters;
    for (int c = 0; c < kCounters; ++c) {
        counters.emplace_back([&, c] {
            const queue::AtCounter at{fmt::format("c{}", c), division(1).id};
            std::optional<queue::TicketId> seen;
            for (;;) {
                const Result<void> done = thread_->order(
                    [&](const queue::Queue& queue, int) { return queue::call_next(queue, at, seen); });
                if (!done) return;
                // What was ordered is in the hall that is read after the answer.
                const HallShared hall = thread_->hall();
                const queue::Ticket* ticket = hall->queue().with(at.counter);
                if (ticket == nullptr) return;
                seen = ticket->id;
                const std::lock_guard lock(mutex);
                called.push_back(ticket->id);
            }
        });
    }
    for (std::thread& counter : counters) counter.join();
    EXPECT_EQ(called.size(), static_cast<std::size_t>(kTickets));
    EXPECT_EQ(std::set(called.begin(), called.end()).size(), called.size());
    EXPECT_EQ(thread_->hall()->queue().balance().open, 0u);
}

// What waits while the disk is busy goes into one commit.
TEST_F(StoreThreadTest, AnActThatFailsTakesNothingFromItsNeighbours) {
    start();
    std::promise<void> entered, go;
    std::thread slow([&] {
        thread_->run([&](Store& broken) {
            EXPECT_TRUE(broken.database().execute("ALTER TABLE counter RENAME TO gone").ok());
            entered.set_value();
            go.get_future().wait();
        });
    });
    entered.get_future().wait();
    thread_->perform(NoteEitShown{});  // opens the day, and fails then
    const IssueTicket wanted{{{division(1).id, division(1).services[0].id}}};
    thread_->perform(wanted);
    thread_->perform(wanted);
    go.set_value();
    slow.join();
    const auto events = events_.wait_for(4);
    EXPECT_TRUE(std::holds_alternative<StoreFailed>(events[0]));
    EXPECT_TRUE(std::holds_alternative<StoreRecovered>(events[1]));
    for (const int number : {1, 2}) {
        const auto* issued = std::get_if<TicketIssued>(&events[static_cast<std::size_t>(number + 1)]);
        ASSERT_NE(issued, nullptr);
        EXPECT_EQ(issued->ticket.number, ticket_number(division(1).prefix, number));
    }
    thread_.reset();
    EXPECT_EQ(read_figures(data())->tickets_issued, 2u);
}

TEST_F(StoreThreadTest, TellsOneListenerOfEachChangeInItsOrder) {
    start();
    std::mutex mutex;
    std::vector<std::uint64_t> issued;
    thread_->listen([&](HallShared hall) {
        const std::lock_guard lock(mutex);
        issued.push_back(hall->queue().balance().issued);
    });
    for (int i = 0; i < 5; ++i) thread_->perform(IssueTicket{{{division(1).id, division(1).services[0].id}}});
    events_.wait_for(5);
    // Between the first of these and the second it was told.
    for (int i = 0; i < 2; ++i) thread_->ask([](Store&) { return std::string(); });
    thread_->listen(nullptr);
    const std::lock_guard lock(mutex);
    ASSERT_FALSE(issued.empty());
    EXPECT_TRUE(std::is_sorted(issued.begin(), issued.end()));
    EXPECT_EQ(thread_->hall()->queue().balance().issued, 5u);
}

}  // namespace
}  // namespace sala::kiosk
