// Thanks, and before it the same screen while the disk works: only the words change.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct ThanksPlaces {
    Rect disc, word, message, head, done;
};

ThanksPlaces thanks_places(const Grid& grid) {
    const Rect& body = grid.body;
    const float done_height = std::max(grid.touch, grid.portrait ? 170.0F : 130.0F);
    if (grid.portrait) {
        const float side = std::min(400.0F, std::floor(body.h * 0.28F));
        const Rect disc{std::round(body.centre_x() - side / 2), body.y + std::floor(body.h * 0.11F), side,
                        side};
        const Rect word{body.x, disc.bottom() + 66, body.w, 170};
        const Rect done{body.x, body.bottom() - done_height, body.w, done_height};
        return {
            disc, word, {body.x, word.bottom() + 8, body.w, 80}, {body.x, done.y - 100, body.w, 60}, done};
    }
    const float side = std::floor(std::min(400.0F, body.h * 0.56F));
    const Rect left = body.left(std::floor(body.w * 0.36F));
    const Rect right = body.after_x(left.w, theme::kGap);
    const Rect done{right.x, body.bottom() - done_height - 12, right.w, done_height};
    const Rect word{right.x, body.y + std::floor((done.y - body.y - 176 - 76 - 66) * 0.5F), right.w, 176};
    const Rect message{right.x, word.bottom(), right.w, 76};
    return {{std::round(left.centre_x() - side / 2), std::round(left.centre_y() - side / 2), side, side},
            word,
            message,
            {right.x, message.bottom() + 6, right.w, 60},
            done};
}

// Never the face that was tapped: the next visitor sees this screen too, and a photograph of the proof
// beneath says that somebody was counted, not how.
void draw_disc(Ui& ui, const Rect& disc, bool stored) {
    if (!stored) return ui.ring(disc, 12, ui.palette().navy);
    ui.rounded(disc, disc.w / 2, ui.palette().navy);
    ui.icon(Icon::kCheck, disc.inset(std::round(disc.w * 0.22F)), ui.palette().on_navy, ui.motion());
}

}  // namespace

std::optional<Event> draw_saving_rating(Ui& ui, const View& view, const SavingRating&) {
    const ThanksPlaces places = thanks_places(ui.grid());
    const std::string& words = ui.say(phrases::kSaving);
    draw_header(ui, view);
    draw_disc(ui, places.disc, false);
    ui.note(ids::kSaving, places.word, words);
    ui.text(places.word, words,
            {.size = theme::kTitle,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle});
    return draw_strip(ui, {});
}

std::optional<Event> draw_thanks(Ui& ui, const View& view, const Thanks& thanks) {
    const ThanksPlaces places = thanks_places(ui.grid());
    draw_header(ui, view);
    draw_disc(ui, places.disc, true);
    ui.text(places.word, ui.say(phrases::kThanks),
            {.size = theme::kHuge, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    ui.text(places.message, ui.say(phrases::kAnswerStored),
            {.size = ui.type(46), .align = Align::kCenter, .valign = Valign::kMiddle, .min = 40});
    draw_head(ui, ids::kThanksHead, places.head, thanks.head);
    std::optional<Event> event;
    if (heavy_button(ui, ids::kThanksDone, places.done, ui.say(phrases::kDone))) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
