// The board on the kiosk's second display: read from six metres, touched by nobody.
//
// Thai, with the title of each part in English too: a number needs no language.
#include <fmt/format.h>

#include <cmath>

#include "kiosk/queue/reasons.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kServingMax = 12, kLastMax = 5, kOneColumnMax = 6;
constexpr int kBothNames = 64;  // the size from which a counter's English name stands beside the Thai one
constexpr double kNumberLine = 0.78;  // nothing of a capital or a digit hangs below its line
constexpr float kFootHeight = 72, kTitleHeight = 64, kAir = 20, kPad = 10;

struct Places {
    Rect call, now, last, waiting, foot;
};

Places places_of(const Grid& grid) {
    const float top = grid.header.h + kAir, left = theme::kMargin;
    const Rect all{left, top, grid.width - 2 * left, grid.height - top - kFootHeight};
    const Rect foot{left, all.bottom(), all.w, kFootHeight};
    if (grid.portrait) {
        const float call = std::round(all.h * 0.36F), now = std::round(all.h * 0.3F);
        const Rect rest = all.after_y(call + kAir + now, kAir);
        const float half = std::round((rest.w - kAir) / 2);
        return {all.top(call), all.after_y(call, kAir).top(now), rest.left(half), rest.after_x(half, kAir),
                foot};
    }
    const Rect wide = all.left(std::round(all.w * 0.59F)), narrow = all.after_x(wide.w, kAir);
    const float call = std::round(all.h * 0.47F), last = std::round(all.h * 0.53F);
    return {wide.top(call), wide.after_y(call, kAir), narrow.top(last), narrow.after_y(last, kAir), foot};
}

std::string counter_name(const View& view, const std::string& id, record::Language language) {
    for (const record::Counter& counter : view.office.counters) {
        if (counter.id == id) return counter.name.in(language);
    }
    return id;
}

// The card with its title in both languages; what is left for the rest.
Rect draw_part(Ui& ui, const Rect& place, const record::Phrase& title) {
    draw_card(ui, place);
    const Rect inner = place.inset(kAir);
    ui.text(inner.top(kTitleHeight), title.thai + "  •  " + title.english,
            {.size = 46,
             .bold = true,
             .colour = ui.palette().muted,
             .line_height = 1.3,
             .min = 26,
             .one_line = 26});
    return inner.after_y(kTitleHeight, 0);
}

// On one line: smaller down to look.min, then cut.
void draw_line(Ui& ui, const Rect& place, const std::string& text, TextLook look) {
    look.one_line = look.min;
    TextLook least = look;
    least.size = look.min;
    if (ui.text_width(text, least) <= place.w) {
        ui.text(place, text, look);
    } else {
        ui.text(place, ui.cut(text, place.w, least), least);
    }
}

TextLook number_look(const Ui& ui, int size, int min) {
    return {.size = size,
            .bold = true,
            .colour = ui.palette().navy,
            .valign = Valign::kMiddle,
            .line_height = kNumberLine,
            .digits_face = true,
            .min = min,
            .one_line = min};
}

// White on navy while the number is being said; navy on white after.
void draw_call(Ui& ui, const View& view, const BoardShown& shown, const Rect& place) {
    const theme::Palette& colours = ui.palette();
    const bool live = shown.announcing;
    if (live) {
        ui.rounded(place, theme::kRadius, colours.navy);
    } else {
        draw_card(ui, place);
    }
    const Rect inner = place.inset(kAir);
    const record::Phrase& title = shown.called ? phrases::kCalling : phrases::kNobodyCalled;
    const TextLook title_look{.size = 64,
                              .bold = true,
                              .colour = live ? colours.gold : colours.muted,
                              .align = Align::kCenter,
                              .valign = Valign::kMiddle,
                              .line_height = 1.3,
                              .min = 30,
                              .one_line = 30};
    const float title_height = std::round(inner.h * 0.2F), name_height = std::round(inner.h * 0.26F);
    ui.text(inner.top(title_height), title.thai + "  •  " + title.english, title_look);
    const Rect number = inner.after_y(title_height, 0).top(inner.h - title_height - name_height);
    const Rect name = inner.after_y(inner.h - name_height, 0);
    TextLook big = number_look(ui, 400, 120);
    big.align = Align::kCenter;
    if (live) big.colour = colours.on_navy;
    ui.text({number.x, number.y + kPad, number.w, number.h}, shown.called ? shown.called->number : "–", big);
    std::string said = shown.called ? shown.called->number : title.thai;
    if (shown.called) {
        const std::string thai = counter_name(view, shown.called->counter, record::Language::kThai);
        const std::string english = counter_name(view, shown.called->counter, record::Language::kEnglish);
        const TextLook look{.size = 110,
                            .bold = true,
                            .colour = live ? colours.on_navy : colours.ink,
                            .align = Align::kCenter,
                            .valign = Valign::kMiddle,
                            .line_height = 1.3,
                            .min = 44};
        TextLook both_look = look;
        both_look.size = kBothNames;
        const std::string both = thai + "  •  " + english;
        const bool both_fit = thai != english && ui.text_width(both, both_look) <= name.w;
        draw_line(ui, name, both_fit ? both : thai, look);
        said += " " + thai;
    }
    ui.note(ids::kBoardCall, place, said);
}

// Those called last, where more counters serve than fit; in the profile's order.
std::vector<queue::Board::Serving> fitting(const queue::Board& board) {
    std::vector<queue::Board::Serving> fit = board.now;
    const auto last_seq = [&](const queue::Board::Serving& serving) {
        std::uint64_t seq = 0;
        for (const queue::Call& call : board.calls) {
            if (call.counter == serving.counter) seq = call.seq;
        }
        return seq;
    };
    while (fit.size() > kServingMax) fit.erase(std::ranges::min_element(fit, {}, last_seq));
    return fit;
}

void draw_now(Ui& ui, const View& view, const BoardShown& shown, const Rect& place) {
    const Rect inner = draw_part(ui, place, phrases::kServing);
    const std::vector<queue::Board::Serving> serving = fitting(shown.board);
    if (serving.empty()) {
        ui.text(inner, ui.say(phrases::kNobodyServed),
                {.size = 56,
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .min = 30});
        return;
    }
    const std::size_t across = serving.size() <= 2 ? serving.size() : serving.size() <= 6 ? 3 : 4;
    const std::size_t down = (serving.size() + across - 1) / across;
    const float w =
        std::floor((inner.w - kAir * static_cast<float>(across - 1)) / static_cast<float>(across));
    const float h = std::floor((inner.h - kAir * static_cast<float>(down - 1)) / static_cast<float>(down));
    for (std::size_t i = 0; i < serving.size(); ++i) {
        const Rect cell{inner.x + static_cast<float>(i % across) * (w + kAir),
                        inner.y + static_cast<float>(i / across) * (h + kAir), w, h};
        const std::string name = counter_name(view, serving[i].counter, record::Language::kThai);
        ui.note(ids::board_now(serving[i].counter), cell, serving[i].number + " " + name);
        ui.rounded(cell, theme::kRadius, ui.palette().paper_deep);
        TextLook number = number_look(ui, 150, 30);
        number.align = Align::kCenter;
        const float number_height = std::round(h * 0.6F);
        ui.text({cell.x, cell.y + kPad, cell.w, number_height}, serving[i].number, number);
        const Rect below = cell.after_y(number_height, kPad);
        draw_line(ui, {cell.x + kPad, below.y, cell.w - 2 * kPad, below.h}, name,
                  {.size = 60,
                   .bold = true,
                   .align = Align::kCenter,
                   .valign = Valign::kMiddle,
                   .line_height = 1.1,
                   .min = 24});
    }
}

void draw_last(Ui& ui, const View& view, const BoardShown& shown, const Rect& place) {
    const Rect inner = draw_part(ui, place, phrases::kLastCalls);
    const std::vector<queue::Call>& calls = shown.board.calls;
    const float h = std::floor(inner.h / static_cast<float>(kLastMax));
    for (std::size_t row = 0; row < std::min(kLastMax, calls.size()); ++row) {
        const queue::Call& call = calls[calls.size() - 1 - row];
        const Rect line{inner.x, inner.y + static_cast<float>(row) * h, inner.w, h};
        const std::string name = counter_name(view, call.counter, record::Language::kThai);
        ui.note(ids::board_last(row), line, call.number + " " + name);
        if (row > 0) ui.fill(line.top(theme::kHairline), ui.palette().rule);
        const float number_width = std::round(line.w * 0.4F);
        ui.text({line.x, line.y + kPad / 2, number_width, line.h}, call.number, number_look(ui, 64, 40));
        draw_line(ui, line.after_x(number_width, kAir), name,
                  {.size = 56, .valign = Valign::kMiddle, .line_height = 1.15, .min = 34});
    }
}

void draw_waiting(Ui& ui, const View& view, const BoardShown& shown, const Rect& place) {
    const Rect inner = draw_part(ui, place, phrases::kPeopleWaiting);
    const std::vector<queue::Board::Waiting>& waiting = shown.board.waiting;
    const std::size_t across = waiting.size() <= kOneColumnMax ? 1 : 2;
    const std::size_t down = std::max<std::size_t>((waiting.size() + across - 1) / across, 4);
    const float w =
        std::floor((inner.w - kAir * static_cast<float>(across - 1)) / static_cast<float>(across));
    const float h = std::floor(inner.h / static_cast<float>(down));
    const int size = static_cast<int>(std::min(h * 0.78F, 72.0F));
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const record::Division* division = view.office.division(waiting[i].division);
        const Rect line{inner.x + static_cast<float>(i / down) * (w + kAir),
                        inner.y + static_cast<float>(i % down) * h, w, h};
        const std::string count = ui.digits(waiting[i].count);
        ui.note(ids::board_waiting(waiting[i].division), line, count);
        const float side = static_cast<float>(size) * 1.1F, counted = static_cast<float>(size) * 1.7F;
        ui.text(line.left(side), std::string(1, division->prefix), number_look(ui, size, 20));
        draw_line(ui, {line.x + side, line.y, line.w - side - counted, line.h}, ui.say(division->name),
                  {.size = std::min(size, 52), .valign = Valign::kMiddle, .line_height = 1.1, .min = 24});
        ui.text(Rect{line.right() - counted, line.y, counted, line.h}, count,
                {.size = size,
                 .bold = true,
                 .align = Align::kRight,
                 .valign = Valign::kMiddle,
                 .line_height = 1.1,
                 .min = 20,
                 .one_line = 20});
    }
}

// Why a counter takes long; where none does, in which order the lanes are called.
void draw_foot(Ui& ui, const View& view, const BoardShown& shown, const Rect& place) {
    std::string text;
    for (const queue::Board::Serving& serving : shown.board.now) {
        const queue::Reason* reason = queue::find_reason(queue::reasons_of_delay(), serving.delay);
        if (reason == nullptr) continue;
        if (!text.empty()) text += "   •   ";
        text += fmt::format(fmt::runtime(ui.say(phrases::kTakesLonger)),
                            counter_name(view, serving.counter, ui.language()), reason->thai);
    }
    const record::QueueSettings& queue = view.office.queue;
    if (text.empty() && !queue.priority_groups.empty()) {
        text = fmt::format(fmt::runtime(ui.say(phrases::kLaneRule)),
                           ui.digits(static_cast<std::uint64_t>(queue.priority_turns)),
                           ui.digits(static_cast<std::uint64_t>(queue.ordinary_turns)));
    }
    if (text.empty()) text = ui.say(phrases::kBoardWelcome);
    ui.note(ids::kBoardFoot, place, text);
    ui.text(place, text,
            {.size = 42,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 24,
             .one_line = 28});
}

}  // namespace

void draw_board(Ui& ui, const View& view, const BoardShown& shown) {
    const Places places = places_of(ui.grid());
    draw_header(ui, view);
    draw_call(ui, view, shown, places.call);
    draw_now(ui, view, shown, places.now);
    draw_last(ui, view, shown, places.last);
    draw_waiting(ui, view, shown, places.waiting);
    draw_foot(ui, view, shown, places.foot);
}

}  // namespace sala::kiosk
