#include "sync/ledger/line.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <type_traits>

#include "platform/base/json.h"

namespace sala::ledger {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kListMax = 400;
constexpr std::size_t kUsualLineBytes = 320;

// ---- writing ----

class FieldWriter {
  public:
    template <typename T>
    using Of = const T;

    void number(const char* name, std::int64_t value) {
        begin(name);
        out_ += fmt::format_int(value).str();
    }
    void number(const char* name, std::uint64_t value) { number(name, static_cast<std::int64_t>(value)); }
    void number(const char* name, int value) { number(name, std::int64_t{value}); }
    void flag(const char* name, bool value) {
        begin(name);
        out_ += value ? "true" : "false";
    }
    void text(const char* name, std::string_view value) {
        begin(name);
        append_json_string(out_, value);
    }
    void base64(const char* name, ByteView value) { text(name, crypto::to_base64(value)); }

    // A list, each element written by `write`.
    template <typename List, typename Write>
    void list(const char* name, const List& values, Write write) {
        begin(name);
        out_ += '[';
        bool first = true;
        for (const auto& value : values) {
            if (!first) out_ += ',';
            first = false;
            write(value);
        }
        out_ += ']';
    }
    void texts(const char* name, const std::vector<std::string>& values) {
        list(name, values, [&](const std::string& value) { append_json_string(out_, value); });
    }
    template <typename Number>
    void numbers(const char* name, const std::vector<Number>& values) {
        list(name, values, [&](Number value) { out_ += fmt::format_int(value).str(); });
    }
    // A list of objects; `io` names the fields of one.
    template <typename List, typename Io>
    void objects(const char* name, const List& values, Io io) {
        list(name, values, [&](const auto& value) {
            out_ += '{';
            first_ = true;
            io(*this, value);
            out_ += '}';
            first_ = false;
        });
    }

    std::string finish() && { return std::move(out_) + '}'; }

  private:
    void begin(const char* name) {
        if (!first_) out_ += ',';
        first_ = false;
        append_json_string(out_, name);
        out_ += ':';
    }
    static std::string begun() {
        std::string out;
        out.reserve(kUsualLineBytes);
        return out += '{';
    }
    std::string out_ = begun();
    bool first_ = true;
};

// ---- reading ----

// Takes the fields of an object in order. The first thing that does not fit makes ok() false for good.
class FieldReader {
  public:
    template <typename T>
    using Of = T;

    FieldReader(dom::object object, bool& ok) : at_(object.begin()), end_(object.end()), ok_(ok) {}
    ~FieldReader() { ok_ = ok_ && at_ == end_; }

    void number(const char* name, std::int64_t& value) {
        if (next(name)) integer(element_, value);
    }
    void number(const char* name, std::uint64_t& value) {
        std::int64_t read = 0;
        number(name, read);
        value = static_cast<std::uint64_t>(read);
    }
    void number(const char* name, int& value) {
        std::int64_t read = 0;
        number(name, read);
        ok_ = ok_ && read <= 99'999'999;
        if (ok_) value = static_cast<int>(read);
    }
    void flag(const char* name, bool& value) {
        if (next(name)) ok_ = element_.get(value) == simdjson::SUCCESS;
    }
    void text(const char* name, std::string& value) {
        if (next(name)) string(element_, value);
    }
    template <std::size_t N>
    void base64(const char* name, std::array<std::uint8_t, N>& value) {
        std::string spelt;
        text(name, spelt);
        const auto bytes = crypto::array_from_base64<N>(spelt);
        ok_ = ok_ && bytes.has_value();
        if (ok_) value = *bytes;
    }
    template <typename List, typename Read>
    void list(const char* name, List& values, Read read) {
        dom::array array;
        if (!next(name)) return;
        ok_ = element_.get(array) == simdjson::SUCCESS && array.size() <= kListMax;
        if (!ok_) return;
        for (const dom::element element : array) {
            values.emplace_back();
            read(element, values.back());
            if (!ok_) return;
        }
    }
    void texts(const char* name, std::vector<std::string>& values) {
        list(name, values, [&](dom::element element, std::string& value) { string(element, value); });
    }
    template <typename Number>
    void numbers(const char* name, std::vector<Number>& values) {
        list(name, values, [&](dom::element element, Number& value) {
            std::int64_t read = 0;
            integer(element, read);
            ok_ = ok_ && (sizeof(Number) > 4 || read <= 99'999'999);
            value = static_cast<Number>(read);
        });
    }
    template <typename List, typename Io>
    void objects(const char* name, List& values, Io io) {
        list(name, values, [&](dom::element element, auto& value) {
            dom::object inner;
            ok_ = ok_ && element.get(inner) == simdjson::SUCCESS;
            if (!ok_) return;
            FieldReader reader(inner, ok_);
            io(reader, value);
        });
    }

  private:
    bool next(std::string_view name) {
        ok_ = ok_ && at_ != end_;
        if (!ok_) return false;
        ok_ = at_.key() == name;
        element_ = at_.value();
        ++at_;
        return ok_;
    }
    void integer(dom::element element, std::int64_t& value) {
        ok_ = ok_ && element.get(value) == simdjson::SUCCESS && value >= 0 && value <= kIntegerMax;
    }
    void string(dom::element element, std::string& value) {
        std::string_view view;
        ok_ = ok_ && element.get(view) == simdjson::SUCCESS;
        if (ok_) value = view;
    }

    dom::object::iterator at_, end_;
    dom::element element_;
    bool& ok_;
};

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
}

template <typename Io>
void io(Io& fields, typename Io::template Of<TicketServed>& line) {
    fields.base64("salt", line.salt);
    fields.number("ticket", line.ticket);
    fields.text("by", line.by);
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

// The kinds, in the order of Happening.
constexpr const char* kKinds[] = {"log_start",     "boot",     "alive",  "day_opened", "ticket_issued",
                                  "ticket_served", "cast",     "sealed", "day_closed", "config",
                                  "clock",         "cosigned", "bound",  "log_end"};
static_assert(std::size(kKinds) == std::variant_size_v<Happening>);

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
    const auto* start = std::get_if<LogStart>(&happening);
    const auto* opened = std::get_if<DayOpened>(&happening);
    const auto* closed = std::get_if<DayClosed>(&happening);
    const bool second = std::holds_alternative<Bound>(happening) ||
                        std::holds_alternative<LogEnd>(happening) || (start != nullptr && start->replaces) ||
                        (opened != nullptr && opened->auditor) ||
                        (closed != nullptr && !closed->texts.empty());
    return second ? 2 : 1;
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
