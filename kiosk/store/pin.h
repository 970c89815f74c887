// A PIN, before the officer's page or of a counter: how it is kept, and how long a wrong one makes everybody
// wait who asks for that one.
//
// Five tries are free; each wrong one after them costs 15 s, 30 s, ... doubling up to one hour. Only
// monotonic time counts, so no setting of the clock ends a wait, and a restart begins the wait of the
// present step anew. The trap: a try is counted on disk before its PIN is looked at, so pulling the plug
// gives no free one; where the disk refuses, the PIN is not looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/crypto/password.h"
#include "platform/sqlite/database.h"

namespace sala::kiosk {

struct PinAnswer {
    enum class Kind { kRight, kWrong, kWait, kNotSet };
    Kind kind;
    int tries_left = 0;        // kWrong: free ones
    std::int64_t wait_ms = 0;  // kWait: before the next try is looked at
};

// A try that was counted: its hash is to be compared, or the answer stands already.
struct PinTry {
    std::optional<PinAnswer> answer;
    std::string hash;
    std::int64_t wrong = 0;
};

class PinLock {
  public:
    static constexpr int kFreeTries = 5;
    static constexpr std::int64_t kFirstWaitMs = 15'000;
    static constexpr std::int64_t kLongestWaitMs = 3'600'000;

    // From now on a wait that is still owed runs. `clock` must outlive the lock. `counter`: whose PIN, by its
    // id; empty: the officer's page.
    explicit PinLock(const Clock& clock, std::string counter = {})
        : clock_(&clock), counter_(std::move(counter)), wait_from_ms_(clock.monotonic_ms()) {}

    // During a wait the answer is kWait, whatever the PIN, and no try is counted. A right PIN forgets the
    // wrong ones. Refuses: what the database does, PIN-UNKNOWN (the hash cannot be computed or is none of
    // ours). Takes about 140 ms.
    Result<PinAnswer> check(sqlite::Database& database, std::string_view pin);

    // The same in parts, for who compares the hash (140 ms) on another thread than the database's: begin(),
    // crypto::check_password(), end() with what it found. One at a time.
    Result<PinTry> begin(sqlite::Database& database);
    Result<PinAnswer> end(sqlite::Database& database, const PinTry& one, crypto::PasswordCheck found);

    // A new PIN in place of the old one; wrong tries are forgotten. For where there is no journal yet: else
    // officer_lines.h. Refuses what hash() and the database do.
    static Result<void> set(sqlite::Database& database, std::string_view pin,
                            const std::string& counter = {});

    // The administrator's way back: a random PIN, to be told once.
    static Result<std::string> set_random(sqlite::Database& database, const std::string& counter = {});

    static Result<bool> is_set(sqlite::Database& database);

    // ---- set() in parts: keep() within the caller's transaction ----

    // Takes about 140 ms. Refuses: PIN-FORM (not six digits), PIN-WEAK, PIN-UNKNOWN.
    static Result<std::string> hash(std::string_view pin);
    static Result<void> keep(sqlite::Database& database, const std::string& hash, const std::string& counter);

  private:
    const Clock* clock_;
    std::string counter_;
    std::int64_t wait_from_ms_;
};

// How long after so many wrong tries in a row nothing is looked at.
std::int64_t pin_wait_ms(std::int64_t wrong_tries);

}  // namespace sala::kiosk
