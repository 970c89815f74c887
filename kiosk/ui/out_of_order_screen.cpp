// Nothing can be stored, so nothing can be promised: whom to ask, and small what the officer must know.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr float kIconSide = 260;
constexpr Rect kIcon{(theme::kWidth - kIconSide) / 2, 420, kIconSide, kIconSide};
constexpr Rect kWords{theme::kBody.x, kIcon.bottom() + 60, theme::kBody.w, 220};
constexpr Rect kAsk{theme::kBody.x, kWords.bottom() + 24, theme::kBody.w, 130};
constexpr Rect kReason{theme::kBody.x, theme::kBody.bottom() - 300, theme::kBody.w, 300};

}  // namespace

std::optional<Event> draw_out_of_order(Ui& ui, const View& view, const OutOfOrder& broken) {
    const bool thai = ui.language() == record::Language::kThai;
    draw_header(ui, view);
    ui.icon(Icon::kAlert, kIcon, theme::kNavy);
    ui.note(ids::kOutOfOrder, kWords, broken.reason.code);
    ui.text(kWords, ui.say(phrases::kOutOfOrder),
            {.px = 68, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    ui.text(kAsk, ui.say(phrases::kAskOfficer), {.px = 44, .align = Align::kCenter});
    const std::string reason = fmt::format("{} • {}\n{}", ui.say(phrases::kForOfficer), broken.reason.code,
                                           thai ? broken.reason.thai : broken.reason.english);
    ui.text(kReason, reason,
            {.px = theme::kTiny,
             .colour = theme::kMuted,
             .align = Align::kCenter,
             .valign = Valign::kBottom,
             .px_min = 18});
    return draw_strip(ui, {});
}

}  // namespace sala::kiosk
