// What a service asks of the visitor, as the public service guide must say it: its name, steps, time,
// channel, fee and papers; from here the ticket is taken.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kPapersInOneColumn = 4;

struct GuidePlaces {
    Rect title, steps, facts, papers, actions;
};

GuidePlaces guide_places(const Grid& grid, std::size_t steps, std::size_t papers) {
    GuidePlaces places;
    Rect body = grid.body;
    const float button = std::max(grid.touch, grid.portrait ? 150.0F : 120.0F);
    places.actions = {body.x, body.bottom() - button, body.w, button};
    places.title = body.top(grid.portrait ? 160 : 104);
    body = body.after_y(places.title.h, 8);
    body.h = places.actions.y - theme::kGap - body.y;
    if (grid.portrait) {
        // Room by what there is to say: a step is a line, and so is a paper.
        const float facts = std::max(230.0F, std::floor(body.h * 0.2F));
        const float rest = body.h - facts - 2 * theme::kGap;
        const std::size_t lines = papers > kPapersInOneColumn ? (papers + 1) / 2 : papers;
        const float share = static_cast<float>(steps + 1) / static_cast<float>(steps + lines + 2);
        places.steps = body.top(std::floor(rest * std::clamp(share, 0.3F, 0.7F)));
        places.facts = body.after_y(places.steps.h, theme::kGap).top(facts);
        places.papers = {body.x, places.facts.bottom() + theme::kGap, body.w, rest - places.steps.h};
        return places;
    }
    places.steps = body.left(std::floor(body.w * 0.5F));
    const Rect right = body.after_x(places.steps.w, theme::kGap);
    places.facts = right.top(std::floor(right.h * 0.44F));
    places.papers = right.after_y(places.facts.h, theme::kGap);
    return places;
}

TextLook line_look(const Ui& ui) {
    return {.size = ui.type(ui.grid().portrait ? 40 : 34),
            .valign = Valign::kMiddle,
            .line_height = 1.3,
            .min = 20};
}

// A card's caption; where its content begins.
Rect captioned(Ui& ui, const Rect& card, const record::Phrase& caption) {
    draw_card(ui, card);
    const Rect inside = card.inset(22);
    ui.text(inside.top(44), ui.say(caption),
            {.size = theme::kSmall, .bold = true, .colour = ui.palette().muted, .min = theme::kTiny});
    return inside.after_y(44, 4);
}

// The flow chart: one numbered box a step, each leading to the next.
void draw_steps(Ui& ui, const Rect& card, const std::vector<record::Phrase>& steps) {
    const Rect area = captioned(ui, card, phrases::kSteps);
    const float h = std::floor(area.h / static_cast<float>(steps.size()));
    const float side = std::floor(std::min(h - 10, 60.0F));
    TextLook look = line_look(ui);
    // Many steps: each stays on a line of its own, with air to the next.
    look.size = std::min(look.size, static_cast<int>(h * 0.6F));
    look.min = std::min(look.min, look.size);
    if (h < 60) look.one_line = 14;
    const auto text_place = [&](std::size_t i) {
        const float y = area.y + h * static_cast<float>(i);
        return Rect{area.x + side + 24, y, area.w - side - 24, h};
    };
    for (std::size_t i = 0; i < steps.size(); ++i)
        look.size = std::min(look.size, ui.text_size(text_place(i), ui.say(steps[i]), look));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Rect place = text_place(i);
        const Rect box{area.x, std::round(place.centre_y() - side / 2), side, side};
        if (i + 1 < steps.size())
            ui.fill({std::round(box.centre_x() - 2), box.bottom(), 4, h - side}, ui.palette().navy);
        ui.rounded(box, 12, ui.palette().navy);
        ui.text(box, ui.digits(i + 1),
                {.size = static_cast<int>(side * 0.55F),
                 .bold = true,
                 .colour = ui.palette().on_navy,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.2});
        ui.text(place, ui.say(steps[i]), look);
    }
}

void draw_facts(Ui& ui, const Rect& card, const record::Service& service) {
    draw_card(ui, card);
    const std::pair<const record::Phrase*, const record::Phrase*> facts[] = {
        {&phrases::kDuration, &service.duration},
        {&phrases::kFee, &service.fee},
        {&phrases::kChannel, &service.channel}};
    const Rect inside = card.inset(22);
    const float h = std::floor(inside.h / 3), label = std::min(230.0F, inside.w * 0.26F);
    const auto line_of = [&](std::size_t i) {
        return Rect{inside.x, inside.y + h * static_cast<float>(i), inside.w, h};
    };
    TextLook look = line_look(ui);
    for (std::size_t i = 0; i < std::size(facts); ++i)
        look.size =
            std::min(look.size, ui.text_size(line_of(i).after_x(label, 16), ui.say(*facts[i].second), look));
    for (std::size_t i = 0; i < std::size(facts); ++i) {
        const Rect line = line_of(i);
        ui.text(line.left(label), ui.say(*facts[i].first),
                {.size = theme::kSmall,
                 .bold = true,
                 .colour = ui.palette().muted,
                 .valign = Valign::kMiddle,
                 .min = theme::kTiny});
        ui.text(line.after_x(label, 16), ui.say(*facts[i].second), look);
    }
}

void draw_papers(Ui& ui, const Rect& card, const std::vector<record::Phrase>& papers) {
    const Rect area = captioned(ui, card, phrases::kPapers);
    const std::vector<Rect> places = columns(ui.grid(), area, papers.size() > kPapersInOneColumn ? 2 : 1);
    const std::size_t in_each = (papers.size() + places.size() - 1) / places.size();
    std::vector<std::string> lists(places.size());
    for (std::size_t i = 0; i < papers.size(); ++i) {
        std::string& list = lists[i / in_each];
        if (!list.empty()) list += '\n';
        list += (papers.size() > 1 ? "• " : "") + ui.say(papers[i]);
    }
    TextLook look = line_look(ui);
    look.valign = Valign::kTop;
    look.min = 14;
    for (std::size_t i = 0; i < places.size(); ++i)
        look.size = std::min(look.size, ui.text_size(places[i], lists[i], look));
    for (std::size_t i = 0; i < places.size(); ++i) ui.text(places[i], lists[i], look);
}

std::string groups_text(const Ui& ui, const record::QueueSettings& queue) {
    // Upright the button is narrow: two lines, and none of them breaks inside a group's name.
    const auto& groups = queue.priority_groups;
    const std::size_t second_line = ui.grid().portrait ? (groups.size() + 1) / 2 : groups.size();
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i > 0) text += i == second_line ? "\n" : ui.language() == record::Language::kThai ? " " : ", ";
        text += ui.say(groups[i]);
    }
    return text;
}

std::optional<Event> draw_actions(Ui& ui, const Rect& area, const View& view, const ServiceGuide& guide) {
    const bool priority = !view.office.queue.priority_groups.empty();
    const bool more = guide.chosen.size() + 1 < kErrandsMax;
    const std::vector<Rect> places = columns(ui.grid(), area, 1U + (priority ? 1U : 0U) + (more ? 1U : 0U));
    std::size_t next = 0;
    std::optional<Event> event;
    if (more && more_button(ui, ids::kGuideMore, places[next++], ui.say(phrases::kOneMore), {}))
        event = OneMoreTapped{};
    if (priority && more_button(ui, ids::kGuidePriority, places[next++], ui.say(phrases::kPriorityTicket),
                                groups_text(ui, view.office.queue)))
        event = TicketWanted{true};
    if (heavy_button(ui, ids::kGuideTicket, places[next], ui.say(phrases::kTakeTicket)))
        event = TicketWanted{false};
    return event;
}

}  // namespace

std::optional<Event> draw_guide(Ui& ui, const View& view, const ServiceGuide& guide) {
    draw_header(ui, view);
    std::optional<Event> event;
    if (const record::Service* service = view.office.service(guide.errand.division, guide.errand.service)) {
        const GuidePlaces places = guide_places(ui.grid(), service->steps.size(), service->papers.size());
        std::string above = ui.say(view.office.division(guide.errand.division)->name);
        if (!guide.chosen.empty())
            above = fmt::format(fmt::runtime(ui.say(phrases::kChosenBefore)), ui.digits(guide.chosen.size()));
        draw_title(ui, places.title, ui.say(service->name), above);
        draw_steps(ui, places.steps, service->steps);
        draw_facts(ui, places.facts, *service);
        draw_papers(ui, places.papers, service->papers);
        event = draw_actions(ui, places.actions, view, guide);
    }
    if (auto tapped = draw_strip(ui, ids::kGuideBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
