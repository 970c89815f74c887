// One line of the journal: what happened, as the exact bytes that are stored and hashed.
//
// FORMAT.md gives the bytes. There is one spelling for every line: parse_line() refuses any text that
// write_line() does not produce, so keys out of order, twice or unknown, spaces, escapes and numbers spelt
// otherwise are all refused by comparing. Fields of a line are public for ever: nothing that says who rated
// what may be added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/result.h"
#include "platform/crypto/crypto.h"
#include "sync/ledger/ticket_lines.h"

namespace sala::ledger {

inline constexpr int kLineVersion = 2;  // the largest that we read; a line has the least that can say it
inline constexpr std::size_t kLineBytesMax = 16 * 1024;
inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;

// When a line was written. Order is by `seq` alone; the times are the machine's word.
struct Stamp {
    std::uint64_t seq = 0;
    std::int64_t utc_ms = 0;
    std::int64_t mono_ms = 0;
    std::string boot;  // 32 hex digits
    bool clock_trusted =
        true;  // false: the wall clock was implausible, or stood behind an earlier trusted line
    friend bool operator==(const Stamp&, const Stamp&) = default;
};

// The log that this one goes on from. Its last checkpoint where the kiosk had it; size 0 where its state was
// lost.
struct Replaces {
    std::string origin;
    std::uint64_t size = 0;
    crypto::Hash root{};
    friend bool operator==(const Replaces&, const Replaces&) = default;
};
struct LogStart {
    std::string office;  // the office's id
    std::string origin;
    crypto::PublicKey key{};
    std::optional<Replaces> replaces;  // version 2
    friend bool operator==(const LogStart&, const LogStart&) = default;
};
struct Boot {
    std::int64_t dark_since = 0;  // utc of the line before, ms
    std::uint64_t waiting = 0;    // ratings cast and not yet sealed
    std::string version;          // of the program
    friend bool operator==(const Boot&, const Boot&) = default;
};
struct Alive {
    friend bool operator==(const Alive&, const Alive&) = default;
};
struct DayOpened {
    int day = 0;  // yyyymmdd, CE, local
    int k = 5;
    int k_counter = 10;
    std::string wait = "day";                  // "month" in version 2, then with the auditor's key
    std::string rule;                          // version of the rule that chooses a rating's class
    std::vector<std::string> pages;            // form pages that may be cast until the next day_opened
    std::optional<crypto::PublicKey> auditor;  // X25519: to whom the openings of `bound` are sealed
    friend bool operator==(const DayOpened&, const DayOpened&) = default;
};
struct Cast {
    std::string page;
    friend bool operator==(const Cast&, const Cast&) = default;
};
struct ItemCounts {
    std::string item;
    std::vector<std::uint64_t> counts;  // index: the value; 0 is "no answer"
    std::uint64_t total() const;
    friend bool operator==(const ItemCounts&, const ItemCounts&) = default;
};
// An envelope: the counts of at least k raters, and all that is ever told of them.
struct Sealed {
    std::string page;
    std::string ballot_class;
    std::string place;      // "/", "/division", "/division/service", "/division/service/counter"
    std::vector<int> days;  // on which these ratings were cast
    int k = 0;              // the least number of raters that was required
    std::uint64_t n = 0;    // raters
    std::vector<ItemCounts> items;
    friend bool operator==(const Sealed&, const Sealed&) = default;
};
struct KindCount {
    std::string kind;
    std::uint64_t n = 0;
    friend bool operator==(const KindCount&, const KindCount&) = default;
};
struct PageCount {
    std::string page;
    std::uint64_t n = 0;
    friend bool operator==(const PageCount&, const PageCount&) = default;
};
struct DayClosed {
    int day = 0;
    std::vector<KindCount>
        lines;  // lines since the close before, by kind, in alphabetical order; this one not among them
    std::vector<PageCount> waiting;  // ratings cast and in no envelope yet, in alphabetical order of the page
    std::uint64_t eit_shown = 0;     // times a visitor opened the EIT code
    std::vector<std::string> texts;  // commitments of texts, base64, ascending; always empty in version 1
    friend bool operator==(const DayClosed&, const DayClosed&) = default;
};
struct ConfigRead {
    crypto::Hash sha256{};  // of office.toml as read
    friend bool operator==(const ConfigRead&, const ConfigRead&) = default;
};
struct ClockChanged {
    std::int64_t from_ms = 0;  // what the clock should have shown
    std::int64_t to_ms = 0;    // what it showed
    friend bool operator==(const ClockChanged&, const ClockChanged&) = default;
};
struct Cosigned {
    std::uint64_t size = 0;
    crypto::Hash root{};
    std::string by;            // name of the cosigner
    std::uint64_t time_s = 0;  // the cosignature's own time
    friend bool operator==(const Cosigned&, const Cosigned&) = default;
};

// Version 2. What the ballot box still holds at a close that did not open it, bound without being told.
struct Bound {
    int day = 0;
    crypto::Hash commitment{};  // of an Opening (opening.h)
    friend bool operator==(const Bound&, const Bound&) = default;
};
// Version 2. The last line of its log: the device goes on under another key.
struct LogEnd {
    crypto::PublicKey next{};
    friend bool operator==(const LogEnd&, const LogEnd&) = default;
};
// Version 2. A PIN was given rightly, or replaced. Nobody's name: a PIN belongs to a place.
struct Officer {
    std::string role;     // "desk": the kiosk's own page, or "counter"
    std::string counter;  // with "counter" its id, else empty
    std::string did;      // "entered" or "new_pin"
    friend bool operator==(const Officer&, const Officer&) = default;
};

using Happening =
    std::variant<LogStart, Boot, Alive, DayOpened, TicketIssued, TicketServed, Cast, Sealed, DayClosed,
                 ConfigRead, ClockChanged, Cosigned, Bound, LogEnd, Officer, WalkIn, TicketCalled,
                 TicketRecalled, TicketMissed, TicketReturned, TicketParked, TicketTransferred, ServiceDone,
                 TicketCancelled, TicketDelayed, TicketCarried, PrintFailed, TicketReprinted>;

struct Line {
    Stamp stamp;
    Happening happening;
    friend bool operator==(const Line&, const Line&) = default;
};

// "log_start", "boot", "alive", "day_opened", "ticket_issued", "ticket_served", "cast", "sealed",
// "day_closed", "config", "clock", "cosigned", "bound", "log_end", "officer", "walk_in", "ticket_called", ...
const char* kind_of(const Happening& happening);

// 2 for what version 1 cannot say, else 1.
int version_of(const Happening& happening);

// Without the LF that ends it in a bundle.
std::string write_line(const Line& line);

// Refuses LINE-NEWER-FORMAT (a version above ours) and LINE-MALFORMED. Any thread.
Result<Line> parse_line(std::string_view text);

}  // namespace sala::ledger
