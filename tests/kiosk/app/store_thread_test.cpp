// What the store did comes back as an event, in order, and a disk that fails is said and recovers.
#include "kiosk/app/store_thread.h"

#include <future>

#include "kiosk/app/commands.h"
#include "platform/base/files.h"
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
    thread_->perform(IssueTicket{division(1).id, division(1).services[0].id});
    thread_->perform(NoteEitShown{});
    const auto events = events_.wait_for(3);
    ASSERT_TRUE(std::holds_alternative<RatingStored>(events[0]));
    ASSERT_TRUE(std::holds_alternative<TicketIssued>(events[1]));
    EXPECT_EQ(std::get<TicketIssued>(events[1]).number, fmt::format("{}001", division(1).prefix));
    EXPECT_GT(std::get<TicketIssued>(events[1]).head.tree_size,
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
    ASSERT_TRUE(std::holds_alternative<StoreFailed>(events[0]));
    EXPECT_EQ(std::get<StoreFailed>(events[0]).reason.code, "DB-FAILED");
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

class CommandsTest : public StoreFixture {
  protected:
    // What `run` leaves in the data folder besides the store's own files.
    void keep_config() {
        const auto config = read_file(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml", 1 << 20);
        ASSERT_TRUE(write_file_durably(kept_config_path(data()), *config).ok());
    }
};

TEST_F(CommandsTest, CloseAndExportWorkWhileTheKioskIsOff) {
    for (int i = 0; i < 5; ++i) rate(5);
    keep_config();
    store_.reset();
    EXPECT_EQ(run_close(data()).exit_code, 0);
    const Outcome exported = run_export(data(), stick());
    EXPECT_EQ(exported.exit_code, 0) << exported.text;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(stick()), {}), 1);
    const Outcome status = run_status(data(), true);
    EXPECT_EQ(status.exit_code, 0);
    EXPECT_NE(status.text.find("\"envelopes\":1"), std::string::npos) << status.text;
}

TEST_F(CommandsTest, RefusalsCarryACodeAndExitThree) {
    EXPECT_EQ(run_status(root_ / "nowhere", false).exit_code, 3);
    EXPECT_EQ(run_close(root_ / "nowhere").exit_code, 3);
    EXPECT_FALSE(std::filesystem::exists(root_ / "nowhere")) << "a refused command makes nothing";
    rate(5);
    keep_config();
    const Outcome in_use = run_close(data());  // the fixture's store holds the lock and answers no socket
    EXPECT_EQ(in_use.exit_code, 3);
    EXPECT_TRUE(in_use.text.starts_with("DATA-IN-USE: ")) << in_use.text;
    store_.reset();
    const Outcome no_stick = run_export(data(), root_ / "no-stick");
    EXPECT_EQ(no_stick.exit_code, 3);
    EXPECT_TRUE(no_stick.text.starts_with("EXPORT-NO-FOLDER: ")) << no_stick.text;
}

}  // namespace
}  // namespace sala::kiosk
