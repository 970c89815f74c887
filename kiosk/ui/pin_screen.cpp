// The PIN: ten digits to tap, six dots, and why it was refused. No digit that was typed is ever drawn.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct PinPlaces {
    Rect title, dots, message, pad;
};

PinPlaces pin_places(const Grid& grid) {
    const Rect& body = grid.body;
    if (grid.portrait) {
        const float pad = std::min(880.0F, body.h - 480);
        return {body.top(180),
                body.after_y(180, 16).top(90),
                body.after_y(286, 16).top(150),
                {body.x + 100, body.bottom() - pad, body.w - 200, pad}};
    }
    const Rect left = body.left(std::floor(body.w * 0.46F));
    const Rect right = body.after_x(left.w, 60);
    return {left.top(std::floor(left.h * 0.34F)), left.after_y(left.h * 0.38F, 0).top(90),
            left.after_y(left.h * 0.38F + 90, 24).top(std::floor(left.h * 0.34F)), right};
}

std::string duration_text(Ui& ui, std::int64_t wait_ms) {
    const std::int64_t seconds = (wait_ms + 999) / 1000;
    const auto n = static_cast<std::uint64_t>(seconds > 90 ? (seconds + 59) / 60 : seconds);
    return fmt::format(fmt::runtime(ui.say(seconds > 90 ? phrases::kMinutes : phrases::kSeconds)),
                       ui.digits(n));
}

std::string refusal_text(Ui& ui, const PinRefusal& refusal) {
    using Why = PinRefusal::Why;
    switch (refusal.why) {
        case Why::kWrong:
            return refusal.tries_left > 0
                       ? ui.say(phrases::kPinWrong) + "\n" +
                             fmt::format(fmt::runtime(ui.say(phrases::kPinTriesLeft)),
                                         ui.digits(static_cast<std::uint64_t>(refusal.tries_left)))
                       : ui.say(phrases::kPinWrong);
        case Why::kWait:
            return fmt::format(fmt::runtime(ui.say(phrases::kPinWait)), duration_text(ui, refusal.wait_ms));
        case Why::kNotSet:
            return ui.say(phrases::kPinNotSet);
        case Why::kWeak:
            return ui.say(phrases::kPinWeak);
        case Why::kDiffers:
            return ui.say(phrases::kPinDiffers);
        case Why::kFailed:
            return refusal.reason.code + " • " +
                   (ui.language() == record::Language::kThai ? refusal.reason.thai : refusal.reason.english);
    }
    return {};
}

void draw_dots(Ui& ui, const Rect& area, std::size_t typed) {
    constexpr float kDot = 44, kGap = 36;
    const float left = area.centre_x() - (kPinDigits * kDot + (kPinDigits - 1) * kGap) / 2;
    for (std::size_t i = 0; i < kPinDigits; ++i) {
        const Rect dot{std::round(left + static_cast<float>(i) * (kDot + kGap)), area.centre_y() - kDot / 2,
                       kDot, kDot};
        if (i < typed) {
            ui.rounded(dot, kDot / 2, ui.palette().navy);
        } else {
            ui.ring(dot, 4, ui.palette().navy);
        }
    }
}

bool digit_key(Ui& ui, int digit, const Rect& key) {
    const std::string caption = std::to_string(digit);
    const Touch touch = ui.touch(ids::pin_digit(digit), key, caption);
    draw_card(ui, key, touch.pressed);
    ui.text(key, caption,
            {.size = 68,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.0,
             .digits_face = true});
    return touch.tapped;
}

std::optional<Event> draw_pad(Ui& ui, const Rect& area) {
    std::optional<Event> event;
    const auto lines = rows(ui.grid(), area, 4);
    for (int line = 0; line < 4; ++line) {
        const auto keys = columns(ui.grid(), lines[static_cast<std::size_t>(line)], 3);
        for (int column = 0; column < 3; ++column) {
            const Rect& key = keys[static_cast<std::size_t>(column)];
            if (line == 3 && column == 0) continue;
            if (line == 3 && column == 2) {
                const Touch touch = ui.touch(ids::kPinErase, key, ui.say(phrases::kErase));
                draw_card(ui, key, touch.pressed);
                const float side = std::min(84.0F, key.h * 0.56F);
                ui.icon(Icon::kErase, {key.centre_x() - side / 2, key.centre_y() - side / 2, side, side},
                        ui.palette().navy);
                if (touch.tapped) event = PinEraseTapped{};
                continue;
            }
            const int digit = line == 3 ? 0 : line * 3 + column + 1;
            if (digit_key(ui, digit, key)) event = PinDigitTapped{digit};
        }
    }
    return event;
}

std::optional<Event> draw_pin(Ui& ui, const View& view, const record::Phrase& title,
                              const record::Phrase& how, std::size_t typed,
                              const std::optional<PinRefusal>& refusal) {
    const PinPlaces places = pin_places(ui.grid());
    draw_header(ui, view);
    const float half = std::floor(places.title.h * 0.58F);
    ui.text(places.title.top(half), ui.say(title),
            {.size = theme::kTitle,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kBottom,
             .line_height = 1.3});
    ui.text(places.title.after_y(half, 0), ui.say(how),
            {.size = ui.type(theme::kBody1),
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .min = theme::kBody1});
    draw_dots(ui, places.dots, typed);
    if (refusal) {
        const std::string why = refusal_text(ui, *refusal);
        ui.note(ids::kPinMessage, places.message, why);
        ui.text(places.message, why,
                {.size = ui.type(theme::kBody1),
                 .bold = true,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .min = 26});
    }
    std::optional<Event> event = draw_pad(ui, places.pad);
    if (auto tapped = draw_strip(ui, ids::kPinBack)) event = tapped;
    return event;
}

}  // namespace

std::optional<Event> draw_entering_pin(Ui& ui, const View& view, const EnteringPin& entering) {
    return draw_pin(ui, view, phrases::kPin, phrases::kPinHow, entering.digits.size(), entering.refusal);
}

std::optional<Event> draw_changing_pin(Ui& ui, const View& view, const ChangingPin& changing) {
    return draw_pin(ui, view, phrases::kNewPin,
                    changing.first.empty() ? phrases::kNewPinHow : phrases::kNewPinAgain,
                    changing.digits.size(), changing.refusal);
}

}  // namespace sala::kiosk
