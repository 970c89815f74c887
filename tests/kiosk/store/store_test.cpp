// What has been answered is on disk, once; a day opens and closes by itself; counts are all that is left of a
// rating.
#include "kiosk/store/store.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "kiosk/store/schema.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class StoreTest : public StoreFixture {};

TEST_F(StoreTest, BeginsALogWithItsOwnKeyAndTheConfiguration) {
    store();
    const auto all = lines();
    ASSERT_EQ(all.size(), 3u);
    const auto& start = std::get<ledger::LogStart>(all[0].happening);
    EXPECT_EQ(start.office, office_.id);
    EXPECT_EQ(start.origin, office_.domain + "/sala/" + ledger::device_code(store().key().public_key()));
    EXPECT_TRUE(std::holds_alternative<ledger::Boot>(all[1].happening));
    EXPECT_TRUE(std::holds_alternative<ledger::ConfigRead>(all[2].happening));
    struct stat info {};
    ASSERT_EQ(::stat((data() / "device.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat(database_path(data()).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(StoreTest, TheFirstVisitorOpensTheDay) {
    rate(5);
    const auto opened = lines_of<ledger::DayOpened>();
    ASSERT_EQ(opened.size(), 1u);
    EXPECT_EQ(opened[0].day, 20270115);
    EXPECT_EQ(opened[0].k, office_.secrecy.k);
    EXPECT_EQ(lines_of<ledger::Cast>().size(), 1u);
    rate(4);
    EXPECT_EQ(lines_of<ledger::DayOpened>().size(), 1u);
}

TEST_F(StoreTest, TheSameTokenCountsOnceAlsoAfterARestart) {
    const VisitToken visit = token();
    ASSERT_TRUE(store().store_rating(visit, 5).ok());
    ASSERT_TRUE(store().store_rating(visit, 5).ok());
    reopen();
    ASSERT_TRUE(store().store_rating(visit, 5).ok());
    EXPECT_EQ(lines_of<ledger::Cast>().size(), 1u);

    const VisitToken other = token();
    const auto first = store().issue_ticket(other, {division(0).id, division(0).services[0].id});
    reopen();
    const auto again = store().issue_ticket(other, {division(0).id, division(0).services[0].id});
    ASSERT_TRUE(first.ok() && again.ok());
    EXPECT_EQ(first->number, again->number);
    EXPECT_EQ(lines_of<ledger::TicketIssued>().size(), 1u);
}

TEST_F(StoreTest, AReceiptIsTheTreeAfterTheAct) {
    const auto receipt = store().store_rating(token(), 3);
    ASSERT_TRUE(receipt.ok());
    EXPECT_EQ(receipt->tree_size, lines().size());
    ledger::Frontier tree;
    const auto raw = read_lines(store().database(), 0, 1000);
    ASSERT_TRUE(raw.ok());
    for (const std::string& line : *raw) tree.append(ledger::leaf_hash(line));
    EXPECT_EQ(receipt->root_letters, ledger::root_letters(tree.root()));
}

TEST_F(StoreTest, EachDivisionRunsItsOwnSeries) {
    const auto& a = division(0);
    const auto& b = division(1);
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}001", a.prefix));
    EXPECT_EQ(ticket(a.id, a.services[1].id), fmt::format("{}002", a.prefix));
    EXPECT_EQ(ticket(b.id, b.services[0].id), fmt::format("{}001", b.prefix));
    reopen();
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}003", a.prefix));
}

TEST_F(StoreTest, ASeriesGoesOnWhenTheDayIsOpenedAgainAndRestartsTheNextDay) {
    const auto& a = division(0);
    ticket(a.id, a.services[0].id);
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}002", a.prefix));
    clock_.pass_ms(24 * kHourMs);
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}001", a.prefix));
}

TEST_F(StoreTest, RefusesATicketForAServiceThatIsNotThere) {
    const std::uint64_t before = store().position().tree.size();
    for (const auto& [wanted_division, service] :
         {std::pair<std::string, std::string>{"nowhere", "x"}, {division(0).id, "x"}, {"", ""}}) {
        const auto issued = store().issue_ticket(token(), {wanted_division, service});
        ASSERT_FALSE(issued.ok());
        EXPECT_EQ(issued.error().code, "TICKET-NO-SERVICE");
    }
    EXPECT_EQ(store().position().tree.size(), before);
}

TEST_F(StoreTest, RefusesAScoreThatHasNoCell) {
    rate(5);
    const std::uint64_t before = store().position().tree.size();
    for (const int score : {-1, 6, 100}) {
        const auto stored = store().store_rating(token(), score);
        ASSERT_FALSE(stored.ok());
        EXPECT_EQ(stored.error().code, "BALLOT-UNKNOWN");
    }
    EXPECT_EQ(store().position().tree.size(), before);
}

TEST_F(StoreTest, CloseSealsFiveOrMoreIntoOneEnvelopeAndServesTheTickets) {
    for (const int score : {5, 5, 4, 1, 2, 5}) rate(score);
    ticket(division(0).id, division(0).services[0].id);
    const auto closed = store().close_day();
    ASSERT_TRUE(closed.ok() && closed->has_value());
    EXPECT_EQ((*closed)->envelopes, 1);
    EXPECT_EQ((*closed)->waiting, 0u);
    EXPECT_EQ((*closed)->tickets_served_at_close, 1u);
    const auto sealed = lines_of<ledger::Sealed>();
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].n, 6u);
    EXPECT_EQ(sealed[0].place, "/");
    EXPECT_EQ(sealed[0].ballot_class, ledger::kWalkUp);
    EXPECT_EQ(sealed[0].days, std::vector<int>{20270115});
    EXPECT_EQ(sealed[0].items[0].counts, (std::vector<std::uint64_t>{0, 1, 1, 0, 1, 3}));
    EXPECT_EQ(lines_of<ledger::TicketServed>()[0].by, "close");
}

TEST_F(StoreTest, FewerThanFiveWaitForTheNextCloseAndAreSealedOnce) {
    for (const int score : {5, 1, 1}) rate(score);
    auto closed = store().close_day();
    ASSERT_TRUE(closed.ok() && closed->has_value());
    EXPECT_EQ((*closed)->envelopes, 0);
    EXPECT_EQ((*closed)->waiting, 3u);
    reopen();
    clock_.pass_ms(24 * kHourMs);  // A Saturday: outside opening hours, so these are of another class.
    rate(5);
    clock_.pass_ms(48 * kHourMs);  // Monday
    for (const int score : {4, 4}) rate(score);
    closed = store().close_day();
    ASSERT_TRUE(closed.ok() && closed->has_value());
    const auto sealed = lines_of<ledger::Sealed>();
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].n, 5u);
    EXPECT_EQ(sealed[0].days, (std::vector<int>{20270115, 20270118}));
    EXPECT_EQ(sealed[0].items[0].counts, (std::vector<std::uint64_t>{0, 2, 0, 0, 2, 1}));
    EXPECT_EQ((*closed)->waiting, 1u);  // Saturday's
}

TEST_F(StoreTest, ALowerKNeverOpensWhatWasCastUnderAHigherOne) {
    office_.secrecy.k = 8;
    for (int i = 0; i < 5; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_TRUE(lines_of<ledger::Sealed>().empty());
    office_.secrecy.k = 5;
    reopen();
    rate(1);
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_TRUE(lines_of<ledger::Sealed>().empty());
    rate(1);
    rate(1);
    ASSERT_TRUE(store().close_day().ok());
    const auto sealed = lines_of<ledger::Sealed>();
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].k, 8);
    EXPECT_EQ(sealed[0].n, 8u);
}

TEST_F(StoreTest, SealedPlusWaitingIsCastOverManyDays) {
    std::uint64_t cast = 0;
    unsigned seed = 42;
    const auto random = [&](unsigned below) { return (seed = seed * 1103515245 + 12345) / 65536 % below; };
    for (int day = 0; day < 40; ++day) {
        const unsigned today = random(9);
        for (unsigned i = 0; i < today; ++i) rate(static_cast<int>(random(5)) + 1);
        cast += today;
        if (random(3) == 0) reopen();
        ASSERT_TRUE(store().close_day().ok());
        clock_.pass_ms(24 * kHourMs);
    }
    std::uint64_t sealed = 0;
    for (const ledger::Sealed& envelope : lines_of<ledger::Sealed>()) {
        EXPECT_GE(envelope.n, 5u);
        sealed += envelope.n;
    }
    EXPECT_EQ(sealed + store().position().state.waiting_total(), cast);
}

TEST_F(StoreTest, OutsideOpeningHoursARatingIsKeptApart) {
    clock_.pass_ms(8 * kHourMs);  // 18:00
    for (int i = 0; i < 5; ++i) rate(2);
    ASSERT_TRUE(store().close_day().ok());
    ASSERT_EQ(lines_of<ledger::Sealed>().size(), 1u);
    EXPECT_EQ(lines_of<ledger::Sealed>()[0].ballot_class, ledger::kFlagged);
}

TEST_F(StoreTest, TheDayClosesByItselfAfterHoursWhenNobodyComes) {
    rate(5);
    clock_.pass_ms(6 * kHourMs + kHourMs / 2);  // 16:30
    rate(5);
    clock_.pass_minutes(9);
    ASSERT_TRUE(store().tick().ok());
    EXPECT_TRUE(lines_of<ledger::DayClosed>().empty());
    clock_.pass_minutes(1);
    ASSERT_TRUE(store().tick().ok());
    EXPECT_EQ(lines_of<ledger::DayClosed>().size(), 1u);
    ASSERT_TRUE(store().tick().ok());
    EXPECT_EQ(lines_of<ledger::DayClosed>().size(), 1u);
}

TEST_F(StoreTest, ADayLeftOpenIsClosedAtTheNextBoot) {
    for (int i = 0; i < 5; ++i) rate(4);
    store_.reset();
    clock_.reboot(20 * kHourMs);  // the next morning
    reopen();
    ASSERT_EQ(lines_of<ledger::DayClosed>().size(), 1u);
    EXPECT_EQ(lines_of<ledger::DayClosed>()[0].day, 20270115);
    ASSERT_EQ(lines_of<ledger::Sealed>().size(), 1u);
    const auto boots = lines_of<ledger::Boot>();
    ASSERT_EQ(boots.size(), 2u);
    EXPECT_EQ(boots[1].waiting, 5u);
    EXPECT_EQ(boots[1].dark_since, kFridayMorning + 60'000) << "the fifth rating, a quarter of a minute each";
}

TEST_F(StoreTest, AVisitorOfTheNextDateClosesTheDayBefore) {
    rate(4);
    clock_.pass_ms(24 * kHourMs);
    rate(4);
    const auto opened = lines_of<ledger::DayOpened>();
    ASSERT_EQ(opened.size(), 2u);
    EXPECT_EQ(opened[1].day, 20270116);
    EXPECT_EQ(lines_of<ledger::DayClosed>().size(), 1u);
}

TEST_F(StoreTest, SaysThatItIsAliveEveryFifteenMinutes) {
    store();
    for (int minute = 0; minute < 60; ++minute) {
        clock_.pass_minutes(1);
        ASSERT_TRUE(store().tick().ok());
    }
    EXPECT_EQ(lines_of<ledger::Alive>().size(), 4u);
}

TEST_F(StoreTest, TheCloseCountsItsLinesAndTheEitShowings) {
    ASSERT_TRUE(store().note_eit_shown().ok());
    ASSERT_TRUE(store().note_eit_shown().ok());
    rate(5);
    ASSERT_TRUE(store().close_day().ok());
    const auto closed = lines_of<ledger::DayClosed>();
    ASSERT_EQ(closed.size(), 1u);
    EXPECT_EQ(closed[0].eit_shown, 2u);
    const std::vector<ledger::KindCount> expected = {
        {"boot", 1}, {"cast", 1}, {"config", 1}, {"day_opened", 1}, {"log_start", 1}};
    EXPECT_EQ(closed[0].lines, expected);
    ASSERT_TRUE(store().note_eit_shown().ok());
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_EQ(lines_of<ledger::DayClosed>()[1].eit_shown, 1u);
}

TEST_F(StoreTest, ClosingWithoutAnOpenDayChangesNothing) {
    const std::uint64_t before = store().position().tree.size();
    const auto closed = store().close_day();
    ASSERT_TRUE(closed.ok());
    EXPECT_FALSE(closed->has_value());
    EXPECT_EQ(store().position().tree.size(), before);
}

TEST_F(StoreTest, WhatIsReplayedIsWhatWasLive) {
    for (int day = 0; day < 3; ++day) {
        for (int i = 0; i < 7; ++i) rate(i % 5 + 1);
        ticket(division(2).id, division(2).services[0].id);
        if (day < 2) {
            ASSERT_TRUE(store().close_day().ok());
        }
        const auto replayed = load_position(store().database());
        ASSERT_TRUE(replayed.ok());
        EXPECT_EQ(replayed->state, store().position().state);
        EXPECT_EQ(replayed->tree, store().position().tree);
        clock_.pass_ms(24 * kHourMs);
    }
}

TEST_F(StoreTest, RefusesALineChangedBehindItsBack) {
    rate(5);
    store_.reset();
    {
        auto database = sqlite::Database::open(database_path(data()), sqlite::OpenMode::kExisting);
        ASSERT_TRUE(database.ok());
        EXPECT_FALSE(database->execute("DELETE FROM journal WHERE seq = 2").ok()) << "the guard-rail is gone";
        ASSERT_TRUE(database->execute("DROP TRIGGER journal_loses_no_line").ok());
        ASSERT_TRUE(database->execute("DELETE FROM journal WHERE seq = 2").ok());
    }
    const auto opened = try_open();
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "STORE-DAMAGED");
}

TEST_F(StoreTest, RefusesAKeyThatIsGoneOrAnotherOnesAndAnotherOffice) {
    rate(5);
    store_.reset();
    const std::filesystem::path key = data() / "device.key";
    std::filesystem::rename(key, root_ / "kept");
    EXPECT_EQ(try_open().error().code, "KEY-MISSING");
    std::ofstream(key) << std::string(64, 'a') << "\n";
    EXPECT_EQ(try_open().error().code, "KEY-MISMATCH");
    std::ofstream(key) << "not a key\n";
    EXPECT_EQ(try_open().error().code, "KEY-UNREADABLE");
    std::filesystem::rename(root_ / "kept", key);
    office_.domain = "another.example";
    EXPECT_EQ(try_open().error().code, "OFFICE-MISMATCH");
    office_.id = "another";
    EXPECT_EQ(try_open().error().code, "OFFICE-MISMATCH");
}

TEST_F(StoreTest, OneProgramAtATime) {
    store();
    const auto second = DataFolder::lock(data());
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "DATA-IN-USE");
}

TEST_F(StoreTest, ACommandMakesNoLogAndIsNoBoot) {
    EXPECT_FALSE(try_open(Opening::kCommand).ok());
    rate(5);
    const std::uint64_t before = store().position().tree.size();
    store_.reset();
    const auto command = try_open(Opening::kCommand);
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command->position().tree.size(), before);
}

TEST_F(StoreTest, AStartThatWasCutOffFindsItsKeyAgainAndALostJournalIsNotBegunAnew) {
    rate(5);
    const std::string origin = store().position().state.start.origin;
    store_.reset();
    const std::filesystem::path key = data() / "device.key";
    std::filesystem::rename(key,
                            key.string() + ".new");  // the power went before the key was made the device's
    EXPECT_EQ(reopen().position().state.start.origin, origin);
    EXPECT_TRUE(std::filesystem::exists(key));
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"})
        std::filesystem::remove(database_path(data()).string() + end);
    EXPECT_EQ(try_open().error().code, "STORE-LOST");
}

TEST_F(StoreTest, ADiskThatIsFullRefusesAndLaterGoesOn) {
    rate(5);
    ASSERT_TRUE(store().database().execute("PRAGMA max_page_count = 1").ok());
    // SQLite never shrinks below what is there; the next page is refused.
    Result<Receipt> stored = store().store_rating(token(), 4);
    int more = 0;
    while (stored && more++ < 2000) stored = store().store_rating(token(), 4);
    ASSERT_FALSE(stored.ok());
    EXPECT_EQ(stored.error().code, "DB-FULL");
    const std::uint64_t size = store().position().tree.size();
    ASSERT_TRUE(store().database().execute("PRAGMA max_page_count = 1000000").ok());
    rate(4);
    EXPECT_EQ(store().position().tree.size(), size + 1);
    EXPECT_EQ(load_position(store().database())->state, store().position().state);
}

TEST_F(StoreTest, AKioskThatOnlyLivesStillSetsCheckpointsAndStartsFromThem) {
    const auto checkpoints = [this] {
        auto count = store().database().prepare("SELECT COUNT(*), MAX(size) FROM checkpoint");
        EXPECT_TRUE(*count->step());
        return std::pair(count->integer(0), count->integer(1));
    };
    rate(5);  // an open day and what waits stand in the state that is kept
    for (std::uint64_t i = 0; i < 2 * Store::kReplayedLinesMax + 10; ++i) ASSERT_TRUE(store().probe().ok());
    EXPECT_EQ(checkpoints().first, 2);
    // What stands before the last checkpoint is not even looked at.
    ASSERT_TRUE(store().database().execute("DROP TRIGGER journal_loses_no_line").ok());
    ASSERT_TRUE(store().database().execute("DELETE FROM journal WHERE seq < 1000").ok());
    const std::uint64_t size = store().position().tree.size();
    const auto root = store().position().tree.root();
    store_.reset();
    auto database = open_store_database(data(), sqlite::OpenMode::kReadOnly);
    ASSERT_TRUE(database.ok()) << database.error().line();
    const Result<Position> position = load_position(*database);
    ASSERT_TRUE(position.ok()) << position.error().line();
    EXPECT_EQ(position->tree.size(), size);
    EXPECT_EQ(position->tree.root(), root);
    EXPECT_EQ(position->state.waiting_total(), 1u);
}

}  // namespace
}  // namespace sala::kiosk
