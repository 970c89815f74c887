// What the office does not have yet, as bundles, one after another: the same for every road.
//
// Lines are read in short jobs on the store's thread, so that no visitor waits for them, and only those of
// one bundle are in memory. The trap: the journal grows meanwhile; the bundles end where it stood at open().
#pragma once

#include "kiosk/store/exporter.h"

namespace sala::kiosk {

// One bundle: its bytes, and the lines [begin, end) in it.
struct BundlePiece {
    std::string bytes;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

class BundleSource {
  public:
    // From what the office has cosigned last. Refuses STORE-BUSY and what the store does.
    static Result<BundleSource> open(const OnStore& on_store);

    // From `from` instead, for an office that has less than it cosigned once. Refuses SEND-AHEAD where the
    // journal is shorter than that.
    static Result<BundleSource> open_at(const OnStore& on_store, std::uint64_t from);

    const std::string& device() const { return device_; }  // code
    std::uint64_t from() const { return from_; }
    std::uint64_t next_begin() const { return draft_.frontier.size(); }
    std::uint64_t to() const { return to_; }
    bool at_end() const { return next_begin() >= to_; }

    // Nothing stands in [from, to) but what the office answered last time, and witnesses since: a send for it
    // alone would bring forth another such line, for ever.
    bool only_answers() const { return only_answers_; }

    // The next bundle. REQUIRES: !at_end(). Refuses STORE-BUSY, STORE-DAMAGED and what the store does.
    Result<BundlePiece> next();

  private:
    BundleSource(const OnStore& on_store, ledger::BundleDraft draft)
        : on_store_(on_store), draft_(std::move(draft)), from_(draft_.frontier.size()) {}
    static Result<BundleSource> plan(const OnStore& on_store, std::optional<std::uint64_t> from);
    Result<void> fill();

    OnStore on_store_;
    ledger::BundleDraft draft_;  // without lines, but in next(); its cosigned note is cosigned_'s when due
    std::string cosigned_;
    std::uint64_t cosigned_size_ = 0;
    std::string device_;
    std::uint64_t from_ = 0;
    std::uint64_t to_ = 0;
    bool only_answers_ = false;
};

}  // namespace sala::kiosk
