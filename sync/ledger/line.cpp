#include "sync/ledger/line.h"

#include <type_traits>

#include "platform/base/overload.h"
#include "sync/ledger/line_fields.h"

namespace sala::ledger {
namespace {

namespace dom = simdjson::dom;

using fields::FieldReader;
using fields::FieldWriter;

// ---- the fields of each kind, in their order: once, for writing and for reading ----

template <typename Io>
void io(Io& fields, typename Io::template Of<LogStart>& line) {
    fields.text("office", line.office);
    fields.text("origin", line.origin);
    fields.base64("key", line.key);
    if (!line.replaces) return;
    fields.text("replaces", line.replaces->origin);
    fields.number("size", line.replaces->size);
    fields.base64("root", line.replaces->root);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Boot>& line) {
    fields.number("dark_since", line.dark_since);
    fields.number("waiting", line.waiting);
    fields.text("version", line.version);
}

template <typename Io>
void io(Io&, typename Io::template Of<Alive>&) {}

template <typename Io>
void io(Io& fields, typename Io::template Of<DayOpened>& line) {
    fields.number("day", line.day);
    fields.number("k", line.k);
    fields.number("k_counter", line.k_counter);
    fields.text("wait", line.wait);
    if (line.auditor) fields.base64("auditor", *line.auditor);
    fields.text("rule", line.rule);
    fields.texts("pages", line.pages);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketIssued>& line) {
    fields.base64("salt", line.salt);
    fields.number("day", line.day);
    fields.text("division", line.division);
    fields.text("service", line.service);
    fields.text("number", line.number);
    if (!line.route) return;
    fields.text("lane", line.route->lane);
    fields.texts("then", line.route->then);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<WalkIn>& line) {
    fields.base64("salt", line.salt);
    fields.number("day", line.day);
    fields.text("division", line.division);
    fields.text("service", line.service);
    fields.text("counter", line.counter);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketServed>& line) {
    fields.base64("salt", line.salt);
    fields.number("ticket", line.ticket);
    fields.text("by", line.by);
    if (line.counter) fields.text("counter", *line.counter);
}

// All others about a ticket that is there begin alike.
template <typename Io, typename Ticket>
void io_ticket(Io& fields, Ticket& line) {
    fields.base64("salt", line.salt);
    fields.number("ticket", line.ticket);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketCalled>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
    fields.text("how", line.how);
    fields.text("reason", line.reason);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketRecalled>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketMissed>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketReturned>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketParked>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
    fields.text("reason", line.reason);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketTransferred>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
    fields.text("division", line.division);
    fields.text("service", line.service);
    fields.text("reason", line.reason);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<ServiceDone>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketCancelled>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
    fields.text("reason", line.reason);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketDelayed>& line) {
    io_ticket(fields, line);
    fields.text("counter", line.counter);
    fields.text("reason", line.reason);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketCarried>& line) {
    io_ticket(fields, line);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<PrintFailed>& line) {
    io_ticket(fields, line);
    fields.text("why", line.why);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketReprinted>& line) {
    io_ticket(fields, line);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Cast>& line) {
    fields.text("page", line.page);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Sealed>& line) {
    fields.text("page", line.page);
    fields.text("class", line.ballot_class);
    fields.text("place", line.place);
    fields.numbers("days", line.days);
    fields.number("k", line.k);
    fields.number("n", line.n);
    fields.objects("items", line.items, [](auto& inner, auto& item) {
        inner.text("item", item.item);
        inner.numbers("counts", item.counts);
    });
}

template <typename Io>
void io(Io& fields, typename Io::template Of<DayClosed>& line) {
    fields.number("day", line.day);
    fields.objects("lines", line.lines, [](auto& inner, auto& count) {
        inner.text("kind", count.kind);
        inner.number("n", count.n);
    });
    fields.objects("waiting", line.waiting, [](auto& inner, auto& count) {
        inner.text("page", count.page);
        inner.number("n", count.n);
    });
    fields.number("eit_shown", line.eit_shown);
    fields.texts("texts", line.texts);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<ConfigRead>& line) {
    fields.base64("sha256", line.sha256);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<ClockChanged>& line) {
    fields.number("from", line.from_ms);
    fields.number("to", line.to_ms);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Cosigned>& line) {
    fields.number("size", line.size);
    fields.base64("root", line.root);
    fields.text("by", line.by);
    fields.number("time", line.time_s);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Bound>& line) {
    fields.number("day", line.day);
    fields.base64("commitment", line.commitment);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<LogEnd>& line) {
    fields.base64("next", line.next);
}

template <typename Io>
void io(Io& fields, typename Io::template Of<Officer>& line) {
    fields.text("role", line.role);
    fields.text("counter", line.counter);
    fields.text("did", line.did);
}

// The kinds, in the order of Happening.
constexpr const char* kKinds[] = {"log_start",      "boot",
                                  "alive",          "day_opened",
                                  "ticket_issued",  "ticket_served",
                                  "cast",           "sealed",
                                  "day_closed",     "config",
                                  "clock",          "cosigned",
                                  "bound",          "log_end",
                                  "officer",        "walk_in",
                                  "ticket_called",  "ticket_recalled",
                                  "ticket_missed",  "ticket_returned",
                                  "ticket_parked",  "ticket_transferred",
                                  "service_done",   "ticket_cancelled",
                                  "ticket_delayed", "ticket_carried",
                                  "print_failed",   "ticket_reprinted"};
static_assert(std::size(kKinds) == std::variant_size_v<Happening>);
constexpr std::size_t kFirstOfVersion2 = 12;
static_assert(std::is_same_v<std::variant_alternative_t<kFirstOfVersion2, Happening>, Bound>);

template <std::size_t I = 0>
bool make_kind(std::string_view kind, Happening& happening) {
    if constexpr (I < std::variant_size_v<Happening>) {
        if (kind == kKinds[I]) {
            happening.emplace<I>();
            return true;
        }
        return make_kind<I + 1>(kind, happening);
    }
    return false;
}

// What only version 2 has stands empty until it is read. A log_start is made anew: with -O2, g++ 12 takes
// the emptiness of the optional in it for something that nobody set.
void expect_version_2(Happening& happening) {
    if (std::holds_alternative<LogStart>(happening)) happening.emplace<LogStart>().replaces.emplace();
    if (auto* opened = std::get_if<DayOpened>(&happening)) opened->auditor.emplace();
    if (auto* issued = std::get_if<TicketIssued>(&happening)) issued->route.emplace();
    if (auto* served = std::get_if<TicketServed>(&happening)) served->counter.emplace();
}

Error malformed() {
    return {"LINE-MALFORMED", "บรรทัดของบันทึกเหตุการณ์ผิดรูปแบบ ข้อมูลอาจเสียหายหรือถูกแก้ไข",
            "a line of the journal is not in its format; the data may be damaged or changed"};
}

}  // namespace

std::uint64_t ItemCounts::total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    return sum;
}

const char* kind_of(const Happening& happening) { return kKinds[happening.index()]; }

int version_of(const Happening& happening) {
    const auto second = Overload{
        [](const LogStart& line) { return line.replaces.has_value(); },
        [](const DayOpened& line) { return line.auditor.has_value(); },
        [](const DayClosed& line) { return !line.texts.empty(); },
        [](const TicketIssued& line) { return line.route.has_value(); },
        [](const TicketServed& line) { return line.counter.has_value(); },
        [&](const auto&) { return happening.index() >= kFirstOfVersion2; },
    };
    return std::visit(second, happening) ? 2 : 1;
}

std::string write_line(const Line& line) {
    FieldWriter fields;
    fields.number("v", version_of(line.happening));
    fields.number("seq", line.stamp.seq);
    fields.number("utc", line.stamp.utc_ms);
    fields.number("mono", line.stamp.mono_ms);
    fields.text("boot", line.stamp.boot);
    fields.flag("trusted", line.stamp.clock_trusted);
    fields.text("kind", kind_of(line.happening));
    std::visit([&](const auto& happening) { io(fields, happening); }, line.happening);
    return std::move(fields).finish();
}

Result<Line> parse_line(std::string_view text) {
    if (text.size() > kLineBytesMax) return malformed();
    // One parser a thread: it keeps its buffers from line to line.
    thread_local dom::parser parser;
    dom::object object;
    if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return malformed();
    bool ok = true;
    Line line;
    {
        FieldReader fields(object, ok);
        int version = 0;
        fields.number("v", version);
        if (ok && version > kLineVersion) {
            return Error{"LINE-NEWER-FORMAT", "ข้อมูลนี้มาจากโปรแกรมรุ่นใหม่กว่า โปรดปรับปรุงโปรแกรมเครื่องนี้ก่อน",
                         "this data comes from a newer version of the program; update this one first"};
        }
        std::string kind;
        fields.number("seq", line.stamp.seq);
        fields.number("utc", line.stamp.utc_ms);
        fields.number("mono", line.stamp.mono_ms);
        fields.text("boot", line.stamp.boot);
        fields.flag("trusted", line.stamp.clock_trusted);
        fields.text("kind", kind);
        ok = ok && make_kind(kind, line.happening);
        if (ok && version == 2) expect_version_2(line.happening);
        if (ok) std::visit([&](auto& happening) { io(fields, happening); }, line.happening);
    }
    // One spelling for every line: whatever else differs (spaces, escapes, 1.0 for 1, a version that the line
    // does not need) differs here.
    if (!ok || write_line(line) != text) return malformed();
    return line;
}

}  // namespace sala::ledger
