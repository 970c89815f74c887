#include "kiosk/ui/notice.h"

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/widget_ids.h"

namespace sala::kiosk {

void draw_notice(Ui& ui, const Rect& place, const NoticeLine& line) {
    const Rgba colour = line.good ? ui.palette().good : ui.palette().bad;
    ui.note(ids::kOfficerNotice, place, line.text);
    ui.framed(place, theme::kRadius, theme::kHairline + 1, colour, ui.palette().card);
    const float icon = std::min(56.0F, place.h - 24);
    ui.icon(line.good ? Icon::kCheck : Icon::kAlert, {place.x + 28, place.centre_y() - icon / 2, icon, icon},
            colour);
    ui.text({place.x + 28 + icon + 24, place.y + 8, place.w - icon - 80, place.h - 16}, line.text,
            {.size = theme::kBody1, .bold = true, .valign = Valign::kMiddle, .line_height = 1.45, .min = 20});
}

NoticeLine notice_line(Ui& ui, const Notice& notice) {
    switch (notice.kind) {
        case Notice::Kind::kDayClosed:
            return {ui.say(phrases::kNoticeClosed)};
        case Notice::Kind::kNoDayOpen:
            return {ui.say(phrases::kNoticeNoDay)};
        case Notice::Kind::kPinChanged:
            return {ui.say(phrases::kNoticePin)};
        case Notice::Kind::kReprinted:
            return {ui.say(phrases::kNoticeReprinted)};
        case Notice::Kind::kFailed:
            break;
    }
    const bool thai = ui.language() == record::Language::kThai;
    return {notice.reason.code + " • " + (thai ? notice.reason.thai : notice.reason.english), false};
}

}  // namespace sala::kiosk
