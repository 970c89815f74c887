// After a close no file of the kiosk tells the steps of the day: who rated first, and what.
#include "platform/base/files.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class StoreSecrecyTest : public StoreFixture {
  protected:
    // The log of steps keeps its length; without steps it is all zeros.
    bool log_holds_steps() const {
        const auto bytes = read_file(database_path(data()).string() + "-wal", 64 << 20);
        return bytes.ok() && bytes->find_first_not_of('\0') != std::string::npos;
    }
};

TEST_F(StoreSecrecyTest, AfterCloseNoFileHoldsOneRatersAnswer) {
    // One visitor rates 1, the others 5: after the close nothing but the envelope may tell that there was
    // a 1. The log of steps, which would hold the cells after each rating, is empty.
    for (const int score : {5, 5, 1, 5, 5}) rate(score);
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_FALSE(log_holds_steps());
    auto cells = store().database().prepare("SELECT COUNT(*) FROM cell WHERE n <> zeroblob(8)");
    ASSERT_TRUE(cells.ok() && cells->step().ok());
    EXPECT_EQ(cells->integer(0), 0);
}

TEST_F(StoreSecrecyTest, YesterdaysStepsAreCutAlsoWhenAVisitorClosedTheDay) {
    for (const int score : {5, 4, 1, 3, 2}) rate(score);
    clock_.pass_ms(24 * kHourMs);
    rate(5);
    EXPECT_EQ(lines_of<ledger::Sealed>().size(), 1u);
    EXPECT_FALSE(log_holds_steps());
}

TEST_F(StoreSecrecyTest, AReaderInTheWayOnlyDelaysTheCut) {
    for (const int score : {5, 4, 1, 3, 2}) rate(score);
    auto reader = sqlite::Database::open(database_path(data()), sqlite::OpenMode::kReadOnly);
    ASSERT_TRUE(reader.ok());
    ASSERT_TRUE(reader->execute("BEGIN; SELECT COUNT(*) FROM cell;").ok());
    ASSERT_TRUE(store().database().execute("PRAGMA busy_timeout=10").ok());
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_TRUE(log_holds_steps());
    ASSERT_TRUE(reader->execute("COMMIT").ok());
    ASSERT_TRUE(store().tick().ok());
    EXPECT_FALSE(log_holds_steps());
}

}  // namespace
}  // namespace sala::kiosk
