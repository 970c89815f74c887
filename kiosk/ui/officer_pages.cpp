// The officer's other pages: results in envelopes, the proof to photograph, closing, and a moment's wait.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/table.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr std::string_view kFlagged = "flagged";

std::string place_text(Ui& ui, const View& view, const OfficerEnvelope& envelope) {
    const record::Division* division = view.office.division(envelope.division);
    const record::Service* service = view.office.service(envelope.division, envelope.service);
    std::string text = service                     ? ui.say(service->name)
                       : division                  ? ui.say(division->name)
                       : envelope.division.empty() ? ui.say(phrases::kWholeOffice)
                                                   : envelope.division;
    if (envelope.ballot_class == kFlagged) text += " (" + ui.say(phrases::kSetApart) + ")";
    return text;
}

// Two places behind the point; "—" where nobody gave a face.
std::string mean_text(Ui& ui, const OfficerEnvelope& envelope) {
    std::uint64_t n = 0, sum = 0;
    for (std::size_t face = 1; face < envelope.faces.size(); ++face) {
        n += envelope.faces[face];
        sum += face * envelope.faces[face];
    }
    if (n == 0) return "—";
    const std::string text = fmt::format("{:.2f}", static_cast<double>(sum) / static_cast<double>(n));
    return ui.language() == record::Language::kThai ? record::thai_digits(text) : text;
}

std::string sums_text(Ui& ui, const OfficerFigures& figures) {
    const RatingSums& sums = figures.sealed;
    return fmt::format(fmt::runtime(ui.say(phrases::kEnvelopesSums)), ui.digits(sums.raw),
                       ui.digits(sums.counted()), ui.digits(sums.flagged));
}

Table envelope_table(Ui& ui, const View& view, std::span<const OfficerEnvelope> shown) {
    Table table;
    table.columns = {{ui.say(phrases::kPlace), 0.41F}, {ui.say(phrases::kPeople), 0.1F}};
    for (int score = 5; score >= 1; --score)
        table.columns.push_back({ui.digits(static_cast<std::uint64_t>(score)), 0.07F});
    table.columns.push_back({ui.say(phrases::kMean), 0.13F});
    for (const OfficerEnvelope& envelope : shown) {
        std::vector<std::string> row{place_text(ui, view, envelope), ui.digits(envelope.raters)};
        for (std::size_t score = 5; score >= 1; --score) row.push_back(ui.digits(envelope.faces[score]));
        row.push_back(mean_text(ui, envelope));
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

std::optional<Event> draw_one_moment(Ui& ui, const View& view, const record::Phrase& what) {
    draw_header(ui, view);
    ui.note(ids::kSaving, ui.grid().body, ui.say(what));
    ui.text(ui.grid().body, ui.say(what),
            {.size = ui.type(theme::kHeading),
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle});
    draw_strip(ui, {});
    return {};
}

std::optional<Event> draw_officer_envelopes(Ui& ui, const View& view, const OfficerEnvelopes& page) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const auto& all = page.figures.envelopes;
    const float title =
        draw_title(ui, body, ui.say(phrases::kEnvelopes),
                   all.empty() ? ui.say(phrases::kEnvelopesHow) : sums_text(ui, page.figures));
    const Rect card = body.after_y(title, theme::kGap);
    draw_card(ui, card);
    const Rect inside = card.inset(theme::kPad);
    std::optional<Event> event;
    const float button = ui.grid().touch;
    const std::size_t whole = table_rows(inside.h, {});
    const std::size_t per_page =
        all.size() <= whole ? whole : table_rows(inside.h - button - theme::kGap, {});
    if (all.empty() || per_page == 0) {
        ui.text(inside, ui.say(phrases::kNoEnvelopes),
                {.size = ui.type(theme::kBody1),
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .min = 26});
    } else {
        const std::size_t pages = (all.size() + per_page - 1) / per_page,
                          first = page.page % pages * per_page;
        const std::size_t count = std::min(per_page, all.size() - first);
        const Rect table = pages > 1 ? inside.top(inside.h - button - theme::kGap) : inside;
        draw_table(ui, table, envelope_table(ui, view, std::span(all).subspan(first, count)));
        if (pages > 1 && quiet_button(ui, ids::kOfficerNextPage,
                                      {inside.right() - 380, inside.bottom() - button, 380, button},
                                      Icon::kForward, ui.say(phrases::kNextPage))) {
            event = NextPageTapped{};
        }
    }
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

std::optional<Event> draw_officer_proof(Ui& ui, const View& view, const OfficerProof& proof) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const bool tall = ui.grid().portrait;
    const float side = tall ? std::min(body.w, body.h - 470) : body.h;
    const Rect card = tall ? Rect{std::round(body.centre_x() - side / 2), body.y + 290, side, side}
                           : Rect{body.right() - side, body.y, side, side};
    const Rect words = tall ? body.top(280) : body.left(body.w - side - 56);
    constexpr Align align = Align::kCenter;
    draw_card(ui, card);
    ui.note(ids::kOfficerProofQr, card, proof.figures.checkpoint.empty() ? "-" : proof.figures.checkpoint);
    if (proof.figures.checkpoint.empty() || !ui.qr(card.inset(10), proof.figures.checkpoint)) {
        ui.text(
            card.inset(theme::kPad), ui.say(phrases::kNoProof),
            {.size = ui.type(theme::kBody1), .align = Align::kCenter, .valign = Valign::kMiddle, .min = 26});
    }
    const float title = tall ? 110 : std::floor(words.h * 0.26F);
    ui.text(words.top(title), ui.say(phrases::kProofTitle),
            {.size = theme::kTitle, .bold = true, .align = align, .valign = Valign::kMiddle, .min = 40});
    ui.text(words.after_y(title, 8).top(tall ? 160 : std::floor(words.h * 0.4F)), ui.say(phrases::kProofHow),
            {.size = ui.type(theme::kBody1),
             .colour = ui.palette().muted,
             .align = align,
             .line_height = 1.5,
             .min = 26});
    const Rect foot = tall ? Rect{body.x, card.bottom() + 14, body.w, 150}
                           : Rect{words.x, words.bottom() - std::floor(words.h * 0.28F), words.w,
                                  std::floor(words.h * 0.28F)};
    if (proof.figures.checkpoint.empty()) return draw_strip(ui, ids::kOfficerBack);
    draw_head(ui, ids::kTicketHead, foot.top(foot.h / 2), proof.figures.head);
    ui.text(foot.after_y(foot.h / 2, 0), ui.say(phrases::kDeviceCode) + " " + proof.figures.device_code,
            {.size = theme::kSmall,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 20,
             .one_line = 20});
    return draw_strip(ui, ids::kOfficerBack);
}

std::optional<Event> draw_confirming_close(Ui& ui, const View& view) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float button = std::max(ui.grid().touch, ui.grid().portrait ? 170.0F : 130.0F);
    draw_message(ui, body.top(body.h - button - theme::kGap),
                 {.sign = Icon::kMoon,
                  .sign_colour = ui.palette().navy,
                  .title = ui.say(phrases::kCloseAsk),
                  .text = ui.say(phrases::kCloseTickets[static_cast<int>(view.office.close_rule())]) + "\n" +
                          ui.say(phrases::kCloseLater)});
    std::optional<Event> event;
    if (heavy_button(ui, ids::kOfficerCloseNow, {body.x, body.bottom() - button, body.w, button},
                     ui.say(phrases::kCloseNow))) {
        event = CloseConfirmed{};
    }
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
