// The PIN's lock: waits that nothing shortens, and a count that the plug does not forget.
#include "kiosk/store/pin.h"

#include <fstream>
#include <set>

#include "kiosk/store/pin_rules.h"
#include "kiosk/store/schema.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

using Kind = PinAnswer::Kind;
constexpr const char* kRight = "493027";
constexpr const char* kWrong = "730594";

TEST(PinRules, RefuseWhatAHandOrACalendarMakes) {
    for (const char* weak :
         {"000000", "555555", "123456", "654321", "012345", "890123", "246802", "135791", "121212",
          "123123", "979797", "123321", "112233", "998877", "111222", "100000", "232323", "147258",
          "159753", "789456", "456123", "963852", "321654", "150170", "311299", "701231", "123170",
          "257000", "002570", "256893", "197463", "002027", "292513", "142536", "290200"}) {
        EXPECT_TRUE(is_weak_pin(weak)) << weak;
    }
    for (const char* good : {kRight, kWrong, "839164", "608371", "940586", "327804"}) {
        EXPECT_FALSE(is_weak_pin(good)) << good;
    }
    for (const char* no_pin : {"", "12345", "1234567", "12345a", "๑๒", "-12345", "49302 "}) {
        EXPECT_FALSE(is_pin(no_pin)) << no_pin;
    }
}

TEST(PinRules, LeaveMostPinsFreeAndMakeRandomOnesOfThem) {
    int weak = 0;
    for (int i = 0; i < 1'000'000; ++i) weak += is_weak_pin(fmt::format("{:06}", i)) ? 1 : 0;
    EXPECT_LT(weak, 200'000);
    EXPECT_GT(weak, 50'000);
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string pin = random_pin();
        EXPECT_TRUE(is_pin(pin) && !is_weak_pin(pin)) << pin;
        seen.insert(pin);
    }
    EXPECT_GT(seen.size(), 190u);
}

TEST(PinRules, WaitsDoubleFromFifteenSecondsToAnHour) {
    std::vector<std::int64_t> seconds;
    for (int wrong = 0; wrong <= 15; ++wrong) seconds.push_back(pin_wait_ms(wrong) / 1000);
    EXPECT_EQ(seconds, (std::vector<std::int64_t>{0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3600,
                                                  3600, 3600}));
    EXPECT_EQ(pin_wait_ms(1'000'000), PinLock::kLongestWaitMs);
}

class PinLockTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        ASSERT_TRUE(PinLock::set(store().database(), kRight).ok());
    }
    PinAnswer attempt(const char* pin) {
        const auto answer = store().pin().check(store().database(), pin);
        EXPECT_TRUE(answer.ok()) << (answer ? "" : answer.error().line());
        return answer ? *answer : PinAnswer{Kind::kNotSet};
    }
    void use_up_free_tries() {
        for (int left = 4; left >= 1; --left) {
            const PinAnswer answer = attempt(kWrong);
            EXPECT_EQ(answer.kind, Kind::kWrong);
            EXPECT_EQ(answer.tries_left, left);
        }
        const PinAnswer fifth = attempt(kWrong);
        EXPECT_EQ(fifth.kind, Kind::kWait);
        EXPECT_EQ(fifth.wait_ms, 15'000);
    }
};

TEST_F(PinLockTest, FiveTriesAreFreeThenEvenTheRightPinWaits) {
    use_up_free_tries();
    clock_.pass_ms(14'999);
    EXPECT_EQ(attempt(kRight).kind, Kind::kWait);
    EXPECT_EQ(attempt(kRight).wait_ms, 1) << "an attempt during the wait neither counts nor prolongs it";
    clock_.pass_ms(1);
    const PinAnswer sixth = attempt(kWrong);
    EXPECT_EQ(sixth.kind, Kind::kWait);
    EXPECT_EQ(sixth.wait_ms, 30'000);
    clock_.pass_ms(30'000);
    EXPECT_EQ(attempt(kRight).kind, Kind::kRight);
    EXPECT_EQ(attempt(kWrong).tries_left, 4) << "a right PIN forgets the wrong ones";
}

TEST_F(PinLockTest, ARestartInTheMiddleOfAWaitBeginsItAnew) {
    use_up_free_tries();
    clock_.pass_ms(10'000);
    reopen();
    PinAnswer answer = attempt(kRight);
    EXPECT_EQ(answer.kind, Kind::kWait);
    EXPECT_EQ(answer.wait_ms, 15'000);
    clock_.reboot(24 * kHourMs);  // a day with the plug pulled
    reopen();
    answer = attempt(kRight);
    EXPECT_EQ(answer.kind, Kind::kWait);
    EXPECT_EQ(answer.wait_ms, 15'000);
    clock_.pass_ms(15'000);
    EXPECT_EQ(attempt(kRight).kind, Kind::kRight);
}

TEST_F(PinLockTest, SettingTheClockShortensAndProlongsNothing) {
    use_up_free_tries();
    clock_.set_wall(kFridayMorning + 24 * kHourMs);
    EXPECT_EQ(attempt(kRight).wait_ms, 15'000);
    clock_.set_wall(kFridayMorning - 24 * kHourMs);
    EXPECT_EQ(attempt(kRight).wait_ms, 15'000);
    clock_.pass_ms(15'000);
    EXPECT_EQ(attempt(kRight).kind, Kind::kRight);
}

TEST_F(PinLockTest, ARestartGivesNoFreeTry) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(attempt(kWrong).tries_left, 4 - i);
        reopen();
    }
    EXPECT_EQ(attempt(kWrong).kind, Kind::kWait);
}

// The plug is pulled while the PIN is being looked at: what another program reads from the file then is
// what a restart would find.
TEST_F(PinLockTest, ATryIsOnDiskBeforeItsPinIsLookedAt) {
    // A hash that cannot be verified stands for a machine that died in the middle of it.
    ASSERT_TRUE(write_setting(store().database(), "pin_hash", "$argon2id$v=19$m=65536,t=3,p=1$x$y").ok());
    for (int i = 1; i <= 3; ++i) {
        const auto cut = store().pin().check(store().database(), kRight);
        ASSERT_FALSE(cut.ok());
        EXPECT_EQ(cut.error().code, "PIN-UNKNOWN");
        auto beside = open_store_database(data(), sqlite::OpenMode::kReadOnly);
        EXPECT_EQ(*read_setting(*beside, "pin_wrong_tries"), fmt::format("{}", i));
    }
}

TEST_F(PinLockTest, WhereTheTryCannotBeCountedThePinIsNotLookedAt) {
    ASSERT_TRUE(store().database().execute("PRAGMA query_only=ON").ok());
    const auto answer = store().pin().check(store().database(), kRight);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, "DB-READ-ONLY");
}

TEST_F(PinLockTest, ACountThatIsNoNumberWaitsLongest) {
    ASSERT_TRUE(write_setting(store().database(), "pin_wrong_tries", "-7").ok());
    EXPECT_EQ(attempt(kRight).wait_ms, PinLock::kLongestWaitMs);
}

TEST_F(PinLockTest, WeakPinsAreRefusedAndChangeNothing) {
    const auto weak = PinLock::set(store().database(), "123456");
    ASSERT_FALSE(weak.ok());
    EXPECT_EQ(weak.error().code, "PIN-WEAK");
    EXPECT_EQ(PinLock::set(store().database(), "12").error().code, "PIN-FORM");
    EXPECT_EQ(attempt(kRight).kind, Kind::kRight);
}

TEST_F(PinLockTest, ANewRandomPinReplacesTheOldOneAndEndsTheWait) {
    use_up_free_tries();
    const auto pin = PinLock::set_random(store().database());
    ASSERT_TRUE(pin.ok());
    EXPECT_EQ(attempt(pin->c_str()).kind, Kind::kRight);
    EXPECT_EQ(attempt(kRight).kind, Kind::kWrong);
}

TEST_F(PinLockTest, WithoutAPinNothingOpens) {
    ASSERT_TRUE(store().database().execute("DELETE FROM setting WHERE name = 'pin_hash'").ok());
    EXPECT_EQ(attempt("").kind, Kind::kNotSet);
    EXPECT_FALSE(*PinLock::is_set(store().database()));
}

TEST_F(PinLockTest, ThePinStandsNowhereInTheFiles) {
    store().close_day().ok();
    for (const auto& entry : std::filesystem::directory_iterator(data())) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        EXPECT_EQ(bytes.find(kRight), std::string::npos) << entry.path();
    }
}

}  // namespace
}  // namespace sala::kiosk
