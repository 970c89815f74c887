// Writes the log of an invented kiosk, line by line, with the counts that the rules of the log demand.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"

namespace sala::office {

class LogBuilder {
  public:
    // Another `who` is another kiosk.
    explicit LogBuilder(std::uint16_t who = 1, std::string office = "banmai",
                        std::string domain = "banmai.example", std::optional<ledger::Replaces> replaces = {})
        : key_(crypto::SigningKey::from_seed(seed_of(who))),
          office_(std::move(office)),
          domain_(std::move(domain)) {
        add(ledger::LogStart{office_, origin(), key_.public_key(), std::move(replaces)});
        add(ledger::Boot{state_.last_utc_ms, 0, "0.1.0"});
        add(ledger::ConfigRead{crypto::sha256(bytes_of("[office]\n"))});
    }

    // Goes on from the first lines of `old`; with size 0 as one whose state was lost.
    static LogBuilder in_place_of(const LogBuilder& old, std::uint64_t size, std::uint8_t who = 2) {
        return LogBuilder(who, old.office_, old.domain_,
                          ledger::Replaces{old.origin(), size, old.tree(size).root()});
    }

    std::string code() const { return ledger::device_code(key_.public_key()); }
    std::string origin() const { return ledger::log_origin(domain_, code()); }
    ledger::VerifierKey verifier() const { return {origin(), ledger::KeyType::kEd25519, key_.public_key()}; }
    std::uint64_t size() const { return lines_.size(); }
    const std::string& line(std::uint64_t seq) const { return lines_[seq]; }

    // Adds the line whether or not it keeps the rules: what breaks them is for the office to refuse.
    std::uint64_t add(ledger::Happening happening) {
        const ledger::Line line{{lines_.size(), utc_ms_, utc_ms_ - kStart_ms, std::string(32, 'a'), true},
                                std::move(happening)};
        utc_ms_ += 1000;
        lines_.push_back(ledger::write_line(line));
        rules_kept_ = state_.take(line).ok() && rules_kept_;
        return line.stamp.seq;
    }
    bool rules_kept() const { return rules_kept_; }

    void open_day(int day) { add(ledger::DayOpened{day, 5, 10, "day", "hours.1", {"face.1"}}); }

    std::uint64_t ticket(const std::string& division, const std::string& service) {
        return add(
            ledger::TicketIssued{{}, state_.open_day, division, service, fmt::format("B{:03}", ++tickets_)});
    }
    void serve(std::uint64_t ticket) { add(ledger::TicketServed{{}, ticket, "officer"}); }
    void cast(int count) {
        for (int i = 0; i < count; ++i) add(ledger::Cast{"face.1"});
    }

    // `faces` by value, "no answer" first.
    void seal(const std::string& place, std::vector<int> days, std::vector<std::uint64_t> faces,
              const std::string& ballot_class = "walk_up") {
        ledger::ItemCounts item{"face", std::move(faces)};
        const std::uint64_t n = item.total();
        add(ledger::Sealed{"face.1", ballot_class, place, std::move(days), 5, n, {std::move(item)}});
    }

    void close_day() {
        add(ledger::DayClosed{state_.open_day, state_.kind_counts(), state_.waiting_counts(), 2, {}});
    }

    // A day with three tickets, two of them served, `raters` ratings at the front desk and none left over.
    void whole_day(int day, std::uint64_t raters = 7) {
        open_day(day);
        const std::uint64_t first = ticket("finance", "land-tax");
        serve(first);
        const std::uint64_t second = ticket("finance", "land-tax");
        ticket("clerk", "birth");
        serve(second);
        cast(static_cast<int>(raters));
        seal("/", {day}, {0, 1, 0, 0, 2, raters - 3});
        close_day();
    }

    const ledger::LogState& state() const { return state_; }
    void pass_ms(std::int64_t ms) { utc_ms_ += ms; }

    ledger::Frontier tree(std::uint64_t size) const {
        ledger::Frontier tree;
        for (std::uint64_t i = 0; i < size; ++i) tree.append(ledger::leaf_hash(lines_[i]));
        return tree;
    }

    std::string bundle(std::uint64_t from, std::uint64_t to, const std::string& cosigned = "",
                       const std::vector<ledger::Attachment>& attachments = {}) const {
        const auto at = [&](std::uint64_t i) { return lines_.begin() + static_cast<std::ptrdiff_t>(i); };
        return ledger::write_bundle({office_, domain_, tree(from), {at(from), at(to)}, cosigned, attachments},
                                    key_);
    }
    std::string bundle() const { return bundle(0, size()); }

    ledger::Note checkpoint(std::uint64_t size) const {
        return ledger::signed_checkpoint(tree(size), origin(), key_);
    }

    const crypto::SigningKey& key() const { return key_; }

  private:
    static crypto::SigningKey::Seed seed_of(std::uint16_t who) {
        crypto::SigningKey::Seed seed{};
        seed.fill(static_cast<std::uint8_t>(who));
        seed[0] ^= static_cast<std::uint8_t>(who >> 8);
        return seed;
    }

    static constexpr std::int64_t kStart_ms = 1'799'982'000'000;  // 2027-01-15 10:00 in Thailand
    crypto::SigningKey key_;
    std::string office_;
    std::string domain_;
    ledger::LogState state_;
    std::vector<std::string> lines_;
    std::int64_t utc_ms_ = kStart_ms;
    int tickets_ = 0;
    bool rules_kept_ = true;
};

}  // namespace sala::office
