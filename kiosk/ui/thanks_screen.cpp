// Thanks, and before it the same screen while the disk works: only the words change.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr float kFaceSide = 400;
constexpr Rect kFace{(theme::kWidth - kFaceSide) / 2, 390, kFaceSide, kFaceSide};
constexpr Rect kWord{theme::kBody.x, kFace.bottom() + 76, theme::kBody.w, 170};
constexpr Rect kMessage{theme::kBody.x, kWord.bottom() + 8, theme::kBody.w, 80};
constexpr Rect kDone{theme::kBody.x, theme::kBody.bottom() - 180, theme::kBody.w, 180};
constexpr Rect kHead{theme::kBody.x, kDone.y - 100, theme::kBody.w, 60};

// Never the face that was tapped: the next visitor sees this screen too, and a photograph of the proof
// beneath says that somebody was counted, not how.
void draw_disc(Ui& ui, bool stored) {
    ui.rounded(kFace, kFaceSide / 2, stored ? theme::kNavy : theme::kRule);
    if (stored) ui.icon(Icon::kCheck, kFace.inset(kFaceSide * 0.22F), theme::kWhite);
}

}  // namespace

std::optional<Event> draw_saving_rating(Ui& ui, const View& view, const SavingRating&) {
    const std::string& words = ui.say(phrases::kSaving);
    draw_header(ui, view);
    draw_disc(ui, false);
    ui.note(ids::kSaving, kMessage, words);
    ui.text(kMessage, words,
            {.px = 46, .colour = theme::kMuted, .align = Align::kCenter, .valign = Valign::kMiddle});
    return draw_strip(ui, {});
}

std::optional<Event> draw_thanks(Ui& ui, const View& view, const Thanks& thanks) {
    draw_header(ui, view);
    draw_disc(ui, true);
    ui.text(kWord, ui.say(phrases::kThanks),
            {.px = theme::kHuge, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    ui.text(kMessage, ui.say(phrases::kAnswerStored),
            {.px = 46, .align = Align::kCenter, .valign = Valign::kMiddle});
    draw_head(ui, ids::kThanksHead, kHead, thanks.head);
    std::optional<Event> event;
    if (heavy_button(ui, ids::kThanksDone, kDone, ui.say(phrases::kDone))) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
