#include "kiosk/store/pin.h"

#include <algorithm>
#include <charconv>

#include "kiosk/store/pin_rules.h"
#include "kiosk/store/store.h"
#include "platform/crypto/password.h"

namespace sala::kiosk {
namespace {

// Names of settings; a counter's have its id behind a dot.
std::string of_hash(const std::string& counter) {
    return counter.empty() ? "pin_hash" : "pin_hash." + counter;
}
std::string of_wrong_tries(const std::string& counter) {
    return counter.empty() ? "pin_wrong_tries" : "pin_wrong_tries." + counter;
}
constexpr std::int64_t kWrongTriesMax = 1'000;  // the wait grows no longer well before

Error unknown() {
    return {
        "PIN-UNKNOWN",
        "ตรวจรหัส PIN ไม่ได้ หน่วยความจำไม่พอหรือข้อมูลเสียหาย โปรดให้ผู้ดูแลระบบออกรหัสใหม่ด้วย sala-kiosk new-pin",
        "the PIN cannot be checked: memory is short or its record is damaged; let the administrator make a "
        "new one with `sala-kiosk new-pin`"};
}

// What cannot be read as a number has been tampered with: the longest wait.
Result<std::int64_t> wrong_tries(sqlite::Database& database, const std::string& counter) {
    const Result<std::string> text = read_setting(database, of_wrong_tries(counter));
    if (!text) return text.error();
    if (text->empty()) return 0;
    std::int64_t tries = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), tries);
    const bool good = error == std::errc() && end == text->data() + text->size() && tries >= 0;
    return good ? std::min(tries, kWrongTriesMax) : kWrongTriesMax;
}

// On disk when it answers: WAL, synchronous=FULL.
Result<void> keep_wrong_tries(sqlite::Database& database, const std::string& counter, std::int64_t tries) {
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(database);
    if (!transaction) return transaction.error();
    Result<void> written = write_setting(database, of_wrong_tries(counter), fmt::format("{}", tries));
    return written ? transaction->commit() : written;
}

}  // namespace

std::int64_t pin_wait_ms(std::int64_t wrong) {
    std::int64_t wait = wrong >= PinLock::kFreeTries ? PinLock::kFirstWaitMs : 0;
    for (std::int64_t i = PinLock::kFreeTries; i < wrong && wait < PinLock::kLongestWaitMs; ++i) wait *= 2;
    return std::min(wait, PinLock::kLongestWaitMs);
}

Result<PinTry> PinLock::begin(sqlite::Database& database) {
    Result<std::string> hash = read_setting(database, of_hash(counter_));
    if (!hash) return hash.error();
    if (hash->empty()) return PinTry{PinAnswer{PinAnswer::Kind::kNotSet}, {}, 0};
    const Result<std::int64_t> before = wrong_tries(database, counter_);
    if (!before) return before.error();
    const std::int64_t waited = std::max<std::int64_t>(clock_->monotonic_ms() - wait_from_ms_, 0);
    const std::int64_t owed = pin_wait_ms(*before) - waited;
    if (owed > 0) return PinTry{PinAnswer{PinAnswer::Kind::kWait, 0, owed}, {}, 0};

    const std::int64_t wrong = std::min(*before + 1, kWrongTriesMax);
    if (Result<void> kept = keep_wrong_tries(database, counter_, wrong); !kept) return kept.error();
    return PinTry{{}, *std::move(hash), wrong};
}

Result<PinAnswer> PinLock::end(sqlite::Database& database, const PinTry& one, crypto::PasswordCheck found) {
    wait_from_ms_ = clock_->monotonic_ms();
    if (found == crypto::PasswordCheck::kUnknown) return unknown();
    if (found == crypto::PasswordCheck::kRight) {
        if (Result<void> kept = keep_wrong_tries(database, counter_, 0); !kept) return kept.error();
        return PinAnswer{PinAnswer::Kind::kRight};
    }
    if (const std::int64_t wait = pin_wait_ms(one.wrong); wait > 0) {
        return PinAnswer{PinAnswer::Kind::kWait, 0, wait};
    }
    return PinAnswer{PinAnswer::Kind::kWrong, static_cast<int>(kFreeTries - one.wrong)};
}

Result<PinAnswer> PinLock::check(sqlite::Database& database, std::string_view pin) {
    const Result<PinTry> one = begin(database);
    if (!one) return one.error();
    if (one->answer) return *one->answer;
    return end(database, *one, crypto::check_password(one->hash, pin));
}

Result<std::string> PinLock::hash(std::string_view pin) {
    if (!is_pin(pin)) {
        return Error{"PIN-FORM", "รหัส PIN ต้องเป็นตัวเลข 6 หลัก", "a PIN is six digits"};
    }
    if (is_weak_pin(pin)) {
        return Error{
            "PIN-WEAK", "รหัส PIN นี้เดาง่าย โปรดเลือกเลขอื่นที่ไม่เรียง ไม่ซ้ำ และไม่ใช่วันที่หรือปี",
            "this PIN is easily guessed; choose digits that neither run nor repeat and are no date or year"};
    }
    const std::optional<std::string> hash = crypto::hash_password(pin);
    if (!hash) return unknown();
    return *hash;
}

Result<void> PinLock::keep(sqlite::Database& database, const std::string& hash, const std::string& counter) {
    Result<void> written = write_setting(database, of_hash(counter), hash);
    return written ? write_setting(database, of_wrong_tries(counter), "0") : written;
}

Result<void> PinLock::set(sqlite::Database& database, std::string_view pin, const std::string& counter) {
    const Result<std::string> hashed = hash(pin);
    if (!hashed) return hashed.error();
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(database);
    if (!transaction) return transaction.error();
    Result<void> written = keep(database, *hashed, counter);
    return written ? transaction->commit() : written;
}

Result<std::string> PinLock::set_random(sqlite::Database& database, const std::string& counter) {
    std::string pin = random_pin();
    if (Result<void> done = set(database, pin, counter); !done) return done.error();
    return pin;
}

Result<bool> PinLock::is_set(sqlite::Database& database) {
    const Result<std::string> hash = read_setting(database, of_hash({}));
    if (!hash) return hash.error();
    return !hash->empty();
}

}  // namespace sala::kiosk
