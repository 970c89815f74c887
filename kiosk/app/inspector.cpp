#ifdef SALA_INSPECT

#include "kiosk/app/inspector.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "platform/base/json.h"

namespace sala::kiosk {
namespace {

std::string screen_json(const State& state, std::uint64_t frames) {
    std::string json =
        fmt::format("{{\"screen\":{},\"language\":{},\"frames\":{}", json_string(screen_name(state.screen)),
                    state.language == record::Language::kThai ? "\"th\"" : "\"en\"", frames);
    const auto add_head = [&](const ShortHead& head) {
        json += fmt::format(",\"tree_size\":{},\"root_letters\":{}", head.tree_size,
                            json_string(head.root_letters));
    };
    if (const auto* thanks = std::get_if<Thanks>(&state.screen)) add_head(thanks->head);
    if (const auto* ticket = std::get_if<TicketShown>(&state.screen)) {
        json += fmt::format(",\"number\":{}", json_string(ticket->ticket.number));
        add_head(ticket->ticket.head);
    }
    if (const auto* broken = std::get_if<OutOfOrder>(&state.screen)) {
        json += fmt::format(",\"code\":{}", json_string(broken->reason.code));
    }
    return json + "}\n";
}

std::string widgets_json(std::span<const WidgetInfo> widgets) {
    std::string json = "[";
    for (const WidgetInfo& widget : widgets) {
        if (json.size() > 1) json += ',';
        json += fmt::format("{{\"id\":{},\"rect\":[{},{},{},{}],\"text\":{},\"enabled\":{}}}",
                            json_string(widget.id), std::lround(widget.rect.x), std::lround(widget.rect.y),
                            std::lround(widget.rect.w), std::lround(widget.rect.h), json_string(widget.text),
                            widget.enabled);
    }
    return json + "]\n";
}

}  // namespace

Inspector::Inspector(ManualClock* clock, std::function<void()> clock_set)
    : clock_(clock), clock_set_(std::move(clock_set)) {}

void Inspector::show(const State& state, std::span<const WidgetInfo> widgets, std::uint64_t frames) {
    std::string screen = screen_json(state, frames);
    std::string list = widgets_json(widgets);
    const std::lock_guard lock(mutex_);
    screen_ = std::move(screen);
    widgets_ = std::move(list);
}

void Inspector::show_board(std::span<const WidgetInfo> widgets, std::uint64_t frames) {
    const std::lock_guard lock(mutex_);
    if (frames == board_frames_) return;
    board_frames_ = frames;
    std::string list = widgets_json(widgets);
    list.pop_back();
    board_ = fmt::format("{{\"frames\":{},\"widgets\":{}}}\n", frames, list);
}

std::string Inspector::set_clock(const std::string& text) {
    std::int64_t utc_ms = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), utc_ms);
    if (clock_ == nullptr || error != std::errc() || end != text.data() + text.size()) {
        return "{\"error\":\"clock <utc ms>, in a kiosk started with --clock\"}\n";
    }
    clock_->set(utc_ms);
    clock_set_();
    return "{\"ok\":true}\n";
}

Inspector::~Inspector() { end_crowd(); }

std::uint64_t Inspector::end_crowd() {
    crowd_ends_ = true;
    for (std::thread& one : crowd_) one.join();
    crowd_.clear();
    return crowd_took_.exchange(0);
}

std::string Inspector::set_crowd_size(const std::string& text) {
    constexpr int kCrowdMax = 50;
    int threads = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
    if (!take_ticket_ || error != std::errc() || end != text.data() + text.size() || threads < 0 ||
        threads > kCrowdMax) {
        return "{\"error\":\"crowd <threads>, at most 50\"}\n";
    }
    const std::uint64_t took = end_crowd();
    crowd_ends_ = false;
    for (int i = 0; i < threads; ++i) {
        crowd_.emplace_back([this] {
            while (!crowd_ends_) crowd_took_ += take_ticket_() ? 1 : 0;
        });
    }
    return fmt::format("{{\"took\":{}}}\n", took);
}

std::string Inspector::answer(const std::string& request) {
    constexpr std::string_view kClock = "clock ", kCrowd = "crowd ";
    if (request.starts_with(kCrowd)) return set_crowd_size(request.substr(kCrowd.size()));
    if (request.starts_with(kClock)) return set_clock(request.substr(kClock.size()));
    const std::lock_guard lock(mutex_);
    if (request == "screen") return screen_;
    if (request == "widgets") return widgets_;
    if (request == "board") return board_;
    return "{\"error\":\"screen, widgets, board, clock <utc ms> or crowd <threads>\"}\n";
}

}  // namespace sala::kiosk

#endif
