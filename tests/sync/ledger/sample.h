// Two invented days of one kiosk, with every kind of line: what the golden files hold.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "platform/base/files.h"
#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"

namespace sala::ledger::sample {

inline crypto::SigningKey::Seed seed_from(std::uint8_t first) {
    crypto::SigningKey::Seed seed;
    for (std::uint8_t& byte : seed) byte = first++;
    return seed;
}
inline crypto::SigningKey device_key() { return crypto::SigningKey::from_seed(seed_from(0)); }
inline crypto::SigningKey office_key() { return crypto::SigningKey::from_seed(seed_from(32)); }

inline const std::string kDomain = "banmai.go.th";
inline std::string origin() { return log_origin(kDomain, device_code(device_key().public_key())); }

inline Salt salt_from(std::uint8_t first) {
    Salt salt;
    for (std::uint8_t& byte : salt) byte = first++;
    return salt;
}

class Log {
  public:
    void add(Happening happening) {
        Stamp stamp{lines_.size(), utc_ms_, mono_ms_, "0123456789abcdef0123456789abcdef", trusted_};
        lines_.push_back({stamp, std::move(happening)});
        utc_ms_ += 60'000;
        mono_ms_ += 60'000;
    }
    void trust_clock(bool trusted) { trusted_ = trusted; }
    std::int64_t utc_ms() const { return utc_ms_; }
    std::int64_t last_utc_ms() const { return lines_.back().stamp.utc_ms; }
    std::uint64_t size() const { return lines_.size(); }
    std::vector<Line> lines() && { return std::move(lines_); }

  private:
    std::vector<Line> lines_;
    std::int64_t utc_ms_ = 1'800'000'000'000;  // 2027-01-15 08:00:00 UTC
    std::int64_t mono_ms_ = 12'345;
    bool trusted_ = true;
};

inline void add_first_day(Log& log) {
    log.add(LogStart{"banmai", origin(), device_key().public_key()});
    log.add(Boot{log.last_utc_ms(), 0, "0.1.0"});
    log.add(ConfigRead{crypto::sha256(bytes_of("[office]\n"))});
    log.add(DayOpened{20270115, 5, 10, "day", "hours.1", {"face.1"}});
    log.add(TicketIssued{salt_from(0x10), 20270115, "finance", "land-tax", "B001"});
    log.add(TicketIssued{salt_from(0x20), 20270115, "clerk", "birth-certificate", "A001"});
    log.add(TicketServed{salt_from(0x30), 4, "officer"});
    for (int i = 0; i < 7; ++i) log.add(Cast{"face.1"});
    log.add(Alive{});
    log.trust_clock(false);
    log.add(ClockChanged{log.utc_ms() - 86'400'000, log.utc_ms()});
    log.trust_clock(true);
    log.add(TicketServed{salt_from(0x40), 5, "close"});
    log.add(Sealed{"face.1", kWalkUp, "/", {20270115}, 5, 6, {{"face", {0, 0, 1, 0, 2, 3}}}});
    log.add(DayClosed{20270115,
                      {{"alive", 1},
                       {"boot", 1},
                       {"cast", 7},
                       {"clock", 1},
                       {"config", 1},
                       {"day_opened", 1},
                       {"log_start", 1},
                       {"sealed", 1},
                       {"ticket_issued", 2},
                       {"ticket_served", 2}},
                      {{"face.1", 1}},
                      2,
                      {}});
}

inline constexpr std::uint64_t kFirstDayLines = 19;

inline Frontier tree_of(const std::vector<Line>& lines, std::uint64_t size) {
    Frontier tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(write_line(lines[i])));
    return tree;
}

inline constexpr std::uint64_t kCosignedAt_s = 1'800'001'100;

inline void add_second_day(Log& log, const Hash& first_day_root) {
    log.add(Cosigned{kFirstDayLines, first_day_root, office_key_name(kDomain), kCosignedAt_s});
    log.add(Boot{log.last_utc_ms(), 1, "0.1.0"});
    log.add(DayOpened{20270116, 5, 10, "day", "hours.1", {"face.1"}});
    for (int i = 0; i < 15; ++i) log.add(Cast{"face.1"});
    log.add(Sealed{
        "face.1", kAfterService, "/finance/land-tax/c1", {20270116}, 10, 10, {{"face", {1, 0, 0, 0, 4, 5}}}});
    log.add(Sealed{"face.1", kWalkUp, "/", {20270115, 20270116}, 5, 6, {{"face", {0, 2, 0, 1, 0, 3}}}});
    log.add(DayClosed{
        20270116, {{"boot", 1}, {"cast", 15}, {"cosigned", 1}, {"day_opened", 1}, {"sealed", 2}}, {}, 0, {}});
}

// Every line of the two days.
inline std::vector<Line> lines() {
    Log log;
    add_first_day(log);
    Log first = log;
    add_second_day(log, tree_of(std::move(first).lines(), kFirstDayLines).root());
    return std::move(log).lines();
}

inline std::vector<std::string> written(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
    std::vector<std::string> texts;
    for (std::size_t i = from; i < to; ++i) texts.push_back(write_line(lines[i]));
    return texts;
}

inline std::string first_day_bundle() {
    return write_bundle({"banmai", kDomain, {}, written(lines(), 0, kFirstDayLines), ""}, device_key());
}

// The office's answer to the first day: the kiosk's checkpoint, cosigned.
inline std::string cosigned_first_day() {
    Note note = signed_checkpoint(tree_of(lines(), kFirstDayLines), origin(), device_key());
    note.signatures.push_back(cosign_note(note.text, office_key_name(kDomain), office_key(), kCosignedAt_s));
    return note.bytes();
}

inline std::string second_day_bundle() {
    const std::vector<Line> all = lines();
    return write_bundle({"banmai", kDomain, tree_of(all, kFirstDayLines),
                         written(all, kFirstDayLines, all.size()), cosigned_first_day()},
                        device_key());
}

inline std::string golden(const std::string& name) {
    const auto bytes = read_file(std::string(SALA_SOURCE_DIR "/sync/ledger/golden/") + name, kBundleBytesMax);
    return bytes ? *bytes : "(" + bytes.error().line() + ")";
}

}  // namespace sala::ledger::sample
