// Data that an earlier version of the program wrote goes on.
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class StoreVersionTest : public StoreFixture {};

// What version 1 of the tables had, put back.
constexpr const char* kBackToVersion1 = R"sql(
DROP INDEX journal_sealed;
DROP TABLE attachment;
DROP TABLE waiting;
CREATE TABLE waiting(page TEXT, class TEXT, n INTEGER NOT NULL, k INTEGER NOT NULL, days TEXT NOT NULL,
                     PRIMARY KEY(page, class)) STRICT, WITHOUT ROWID;
INSERT INTO waiting VALUES('face.1', 'walk_up', 3, 5, '20270115');
PRAGMA user_version=1;
)sql";

TEST_F(StoreVersionTest, DataOfTheFirstVersionGoesOnWithWhatWaitedInIt) {
    for (const int score : {5, 1, 1}) rate(score);
    ASSERT_TRUE(store().close_day().ok());
    ASSERT_TRUE(store().database().execute(kBackToVersion1).ok());
    store_.reset();
    EXPECT_EQ(read_figures(data())->ratings_waiting, 3u) << "who only reads changes nothing";
    clock_.pass_ms(72 * kHourMs);  // Monday
    for (const int score : {4, 4}) rate(score);
    ASSERT_TRUE(store().close_day().ok());
    const auto sealed = lines_of<ledger::Sealed>();
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].days, (std::vector<int>{20270115, 20270118}));
    EXPECT_EQ(sealed[0].items[0].counts, (std::vector<std::uint64_t>{0, 2, 0, 0, 2, 1}));
}

}  // namespace
}  // namespace sala::kiosk
