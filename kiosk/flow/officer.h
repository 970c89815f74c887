// What an officer may see at the kiosk: numbers of things, and faces only where an envelope holds them.
//
// Plain values, so that screens and react() need no store. Nothing here can be edited or deleted by anybody.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "sync/record/calendar.h"

namespace sala::kiosk {

// Proof, small enough for a ticket, that something was counted: it never says what.
struct ShortHead {
    std::uint64_t tree_size = 0;
    std::string root_letters;  // 16 base32 letters of the root
    friend bool operator==(const ShortHead&, const ShortHead&) = default;
};

struct DivisionFigures {
    std::string division;  // id
    std::uint64_t tickets = 0;
    std::uint64_t served = 0;
};

// An open ticket that printing failed of.
struct Unprinted {
    std::uint64_t ticket = 0;
    std::string number;
    std::string division, service;  // ids; for which it waits
};

// One envelope of the last close.
struct OfficerEnvelope {
    std::string division;  // id; empty: the whole office
    std::string service;   // id; empty: the whole division
    std::string ballot_class;
    record::Date first_day, last_day;
    std::uint64_t raters = 0;
    std::array<std::uint64_t, 6> faces{};  // index: the value; 0 is "no answer"
};

// Ratings in envelopes, always side by side: what the rule set apart is shown beside what counts.
struct RatingSums {
    std::uint64_t raw = 0;
    std::uint64_t flagged = 0;
    std::uint64_t counted() const { return raw - flagged; }
};

struct OfficerFigures {
    std::optional<record::Date> day;  // the open day, else the last one; none before the first
    bool day_open = false;
    std::vector<DivisionFigures> divisions;  // those of `day` with a ticket
    std::uint64_t tickets = 0;
    std::vector<Unprinted> unprinted;   // oldest first
    std::uint64_t ratings_cast = 0;     // on `day`
    std::uint64_t ratings_waiting = 0;  // ever cast, in no envelope yet
    std::vector<OfficerEnvelope> envelopes;
    RatingSums sealed;                            // in these
    std::uint64_t unsent_lines = 0;               // not yet cosigned by the office
    std::optional<std::int64_t> unsent_since_ms;  // UTC, of the oldest of them
    std::string checkpoint;  // the newest checkpoint's note, whole; empty before the first
    ShortHead head;          // of the tree as it is now
    std::string device_code;
};

// What was written to the stick.
struct StickReport {
    std::uint64_t lines = 0;           // 0: the office already has everything
    std::uint64_t cosigned_size = 0;   // of the newest cosigned note taken in now; 0: none
    std::vector<Error> refused_notes;  // notes that lay there and were not taken in
};

// What was sent over the network.
struct SendReport {
    std::uint64_t lines = 0;          // 0: the office already has everything
    std::uint64_t cosigned_size = 0;  // up to where the office has them
};

enum class StickStep { kLooking, kWriting, kReadingBack, kTakingNotes };

// One row of the self-test. `thai` and `english` say what was found.
struct TestFinding {
    enum class Kind { kFaces, kCode, kDisk, kClock, kStore, kDisplay, kBoard, kConfig, kPrinter };
    Kind kind;
    bool good = false;
    std::string thai, english;
};

}  // namespace sala::kiosk
