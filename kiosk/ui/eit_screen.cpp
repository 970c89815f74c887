// The EIT code as large as the screen allows, for a phone held at arm's length.
#include "kiosk/ui/eit_notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr Rect kTitle{theme::kBody.x, theme::kBody.y + 8, theme::kBody.w, 96};
constexpr Rect kHow{theme::kBody.x, kTitle.bottom() + 4, theme::kBody.w, 124};
constexpr Rect kCard{theme::kBody.x, kHow.bottom() + 28, theme::kBody.w,
                     theme::kBody.bottom() - kHow.bottom() - 28};

void draw_code(Ui& ui, const record::EitCampaign& eit) {
    const float side = kCard.w - 2 * 10;
    const Rect code{kCard.x + 10, kCard.y + 20, side, side};
    const Rect host{kCard.x + theme::kPad, code.bottom() + 24, kCard.w - 2 * theme::kPad, 104};
    ui.qr(code, eit.url);
    ui.note(ids::kEitQr, code, eit.url);
    ui.note(ids::kEitHost, host, eit.host);
    ui.text(host, eit.host,
            {.px = 76,
             .bold = true,
             .colour = theme::kNavy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = theme::kTiny});
    ui.text({host.x, host.bottom(), host.w, 60}, ui.say(phrases::kCheckHost),
            {.px = 34, .colour = theme::kMuted, .align = Align::kCenter, .valign = Valign::kMiddle});
}

}  // namespace

std::optional<Event> draw_eit(Ui& ui, const View& view) {
    draw_header(ui, view);
    ui.text(kTitle, ui.say(phrases::kEitTitleLine),
            {.px = theme::kTitle,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = theme::kLead});
    draw_card(ui, kCard);
    if (const auto notice = eit_notice(view)) {
        constexpr float kIconSide = 200;
        ui.icon(Icon::kCalendar,
                {kCard.centre_x() - kIconSide / 2, kCard.centre_y() - 300, kIconSide, kIconSide},
                theme::kNavy);
        ui.text({kCard.x + theme::kPad, kCard.centre_y() - 40, kCard.w - 2 * theme::kPad, 200}, *notice,
                {.px = theme::kHeading, .align = Align::kCenter, .valign = Valign::kMiddle});
    } else {
        ui.text(kHow, ui.say(phrases::kEitHowLine),
                {.px = 40, .colour = theme::kMuted, .align = Align::kCenter, .valign = Valign::kMiddle});
        draw_code(ui, *view.office.eit);
    }
    return draw_strip(ui, ids::kEitBack);
}

}  // namespace sala::kiosk
