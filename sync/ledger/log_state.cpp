#include "sync/ledger/log_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "sync/ledger/line_values.h"
#include "sync/ledger/place.h"

namespace sala::ledger {
namespace {

// Each rule says what is wrong, or nothing. The state is not touched here, and the line's own values are
// right.
class Rules {
  public:
    Rules(const LogState& state, const Stamp& stamp) : state_(state), stamp_(stamp) {}

    const char* operator()(const LogStart&) const {
        return stamp_.seq == 0 ? nullptr : "log_start stands only at the beginning";
    }
    const char* operator()(const Boot& line) const {
        if (line.dark_since != state_.last_utc_ms) return "boot misstates when the kiosk was last alive";
        if (line.waiting != state_.waiting_total()) return "boot misstates the ratings that wait";
        return nullptr;
    }
    const char* operator()(const Alive&) const { return nullptr; }
    const char* operator()(const ConfigRead&) const { return nullptr; }
    const char* operator()(const ClockChanged&) const { return nullptr; }
    const char* operator()(const Cosigned& line) const {
        return line.size <= stamp_.seq ? nullptr : "a cosignature is for more lines than there were";
    }
    const char* operator()(const DayOpened&) const {
        return state_.open_day == 0 ? nullptr : "a day was opened while another was open";
    }
    const char* operator()(const TicketIssued& line) const {
        if (state_.open_day == 0 || line.day != state_.open_day) return "a ticket was issued outside its day";
        return nullptr;
    }
    const char* operator()(const WalkIn& line) const {
        if (state_.open_day == 0 || line.day != state_.open_day) return "somebody walked in outside the day";
        return nullptr;
    }
    const char* operator()(const Cast& line) const {
        if (state_.open_day == 0) return "a rating was cast while no day was open";
        const auto& pages = state_.rules.pages;
        if (std::find(pages.begin(), pages.end(), line.page) == pages.end())
            return "a rating was cast on no page of the day";
        return nullptr;
    }
    const char* operator()(const Sealed& line) const {
        if (state_.open_day == 0) return "an envelope was sealed while no day was open";
        const int k = place_depth(line.place) == kPlaceDepthMax ? state_.rules.k_counter : state_.rules.k;
        if (line.k < k) return "an envelope holds too few";
        const auto waiting = state_.waiting.find(line.page);
        const bool cast = waiting != state_.waiting.end() && waiting->second >= line.n;
        return cast ? nullptr : "more ratings were sealed than cast";
    }
    const char* operator()(const DayClosed& line) const {
        if (state_.open_day == 0 || line.day != state_.open_day) return "a day was closed that was not open";
        if (line.lines != state_.kind_counts()) return "the close miscounts its lines";
        if (line.waiting != state_.waiting_counts()) return "the close misstates the ratings that wait";
        const bool binds = state_.rules.wait == "month";
        return binds == state_.bound() ? nullptr : "what waits for the month's end is not bound";
    }
    const char* operator()(const Bound& line) const {
        if (state_.open_day == 0 || line.day != state_.open_day)
            return "what waits was bound outside its day";
        return state_.rules.wait == "month" ? nullptr : "nothing waits for the month's end";
    }
    const char* operator()(const LogEnd& line) const {
        if (!state_.open_tickets.empty()) return "the log ends while a ticket is carried";
        if (state_.open_day != 0) return "the log ends while a day is open";
        return line.next != state_.start.key ? nullptr : "the log ends to go on under its own key";
    }
    const char* operator()(const Officer&) const { return nullptr; }
    // What is said of a ticket is a matter of OpenTickets, but no ticket moves while no day is open.
    const char* operator()(const auto&) const {
        return state_.open_day == 0 ? "a ticket moved while no day was open" : nullptr;
    }

  private:
    const LogState& state_;
    const Stamp& stamp_;
};

class Take {
  public:
    explicit Take(LogState& state) : state_(state) {}
    void operator()(const LogStart& line) { state_.start = line; }
    void operator()(const DayOpened& line) {
        state_.rules = line;
        state_.open_day = line.day;
    }
    void operator()(const Cast& line) { ++state_.waiting[line.page]; }
    void operator()(const Sealed& line) {
        const auto waiting = state_.waiting.find(line.page);
        waiting->second -= line.n;
        if (waiting->second == 0) state_.waiting.erase(waiting);
    }
    void operator()(const DayClosed&) {
        state_.open_day = 0;
        state_.lines_since_close.clear();
    }
    void operator()(const LogEnd&) { state_.ended = true; }
    void operator()(const auto&) {}

  private:
    LogState& state_;
};

template <typename T>
std::string spelt(const T& happening) {
    return write_line({Stamp{}, happening});
}

template <typename T>
bool read_spelt(std::istream& in, T& happening) {
    std::string text;
    if (!std::getline(in, text)) return false;
    const Result<Line> line = parse_line(text);
    const T* read = line ? std::get_if<T>(&line->happening) : nullptr;
    if (read != nullptr) happening = *read;
    return read != nullptr;
}

}  // namespace

Result<void> LogState::take(const Line& line) {
    const char* broken = nullptr;
    if (line.stamp.seq != next_seq) {
        broken = "a line is missing or out of order";
    } else if (ended) {
        broken = "a line stands after the log's end";
    } else if (bound() && !std::holds_alternative<DayClosed>(line.happening)) {
        broken = "something stands between what was bound and its close";
    } else if (line.stamp.seq == 0 && !std::holds_alternative<LogStart>(line.happening)) {
        broken = "the log does not begin with log_start";
    } else if (line.stamp.clock_trusted && line.stamp.utc_ms < trusted_utc_ms) {
        broken = "a clock that stands behind an earlier line is called trusted";
    } else {
        broken = broken_value(line);
        if (broken == nullptr) broken = std::visit(Rules(*this, line.stamp), line.happening);
        if (broken == nullptr) broken = open_tickets.broken(line.happening);
    }
    if (broken != nullptr) {
        return Error{
            "LOG-RULE",
            fmt::format("บันทึกเหตุการณ์บรรทัดที่ {} ขัดกับบรรทัดก่อนหน้า จึงไม่รับ โปรดแจ้งผู้ตรวจสอบ", line.stamp.seq),
            fmt::format("line {} of the journal contradicts the lines before it ({}); nothing was taken in; "
                        "tell the auditor",
                        line.stamp.seq, broken)};
    }
    std::visit(Take(*this), line.happening);
    open_tickets.take(line.stamp.seq, line.happening);
    if (!std::holds_alternative<DayClosed>(line.happening)) ++lines_since_close[kind_of(line.happening)];
    last_utc_ms = line.stamp.utc_ms;
    if (line.stamp.clock_trusted) trusted_utc_ms = line.stamp.utc_ms;
    ++next_seq;
    return {};
}

bool LogState::bound() const { return lines_since_close.contains("bound"); }

std::uint64_t LogState::waiting_total() const {
    std::uint64_t total = 0;
    for (const auto& [page, n] : waiting) total += n;
    return total;
}

std::vector<KindCount> LogState::kind_counts() const {
    std::vector<KindCount> counts;
    for (const auto& [kind, n] : lines_since_close) counts.push_back({kind, n});
    return counts;
}

std::vector<PageCount> LogState::waiting_counts() const {
    std::vector<PageCount> counts;
    for (const auto& [page, n] : waiting) counts.push_back({page, n});
    return counts;
}

std::string LogState::save() const {
    // Texts of before version 2 of the format begin with 1 and go on being read.
    const int told = 1 + (ended ? 1 : 0) + (open_tickets.accounted() ? 2 : 0);
    std::string out = fmt::format("{} {} {} {} {}\n{}", told, next_seq, open_day, last_utc_ms, trusted_utc_ms,
                                  lines_since_close.size());
    for (const auto& [kind, n] : lines_since_close) out += fmt::format(" {} {}", kind, n);
    out += fmt::format("\n{}", waiting.size());
    for (const auto& [page, n] : waiting) out += fmt::format(" {} {}", page, n);
    out += fmt::format("\n{}", open_tickets.size());
    open_tickets.save(out);
    return out + "\n" + spelt(start) + "\n" + spelt(rules) + "\n";
}

std::optional<LogState> LogState::restore(std::string_view text) {
    std::istringstream in{std::string(text)};
    LogState state;
    int told = 0;
    std::size_t count = 0;
    in >> told >> state.next_seq >> state.open_day >> state.last_utc_ms >> state.trusted_utc_ms >> count;
    const auto named = [&](std::map<std::string, std::uint64_t>& counts) {
        for (std::size_t i = 0; i < count && in; ++i) {
            std::string name;
            in >> name;
            in >> counts[name];
        }
        in >> count;
    };
    named(state.lines_since_close);
    named(state.waiting);
    if (!state.open_tickets.restore(in, count, told > 2)) return {};
    in.get();  // the LF
    state.ended = told == 2 || told == 4;
    if (!in || told < 1 || told > 4 || !read_spelt(in, state.start) || !read_spelt(in, state.rules))
        return {};
    // The same text again, or it was not written by save().
    if (state.save() != text) return {};
    return state;
}

}  // namespace sala::ledger
