// What the kiosk found about itself, and squares for the finger to try the touch panel on.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

const record::Phrase& kind_phrase(TestFinding::Kind kind) {
    switch (kind) {
        case TestFinding::Kind::kFaces:
            return phrases::kTestFaces;
        case TestFinding::Kind::kCode:
            return phrases::kTestCode;
        case TestFinding::Kind::kDisk:
            return phrases::kTestDisk;
        case TestFinding::Kind::kClock:
            return phrases::kTestClock;
        case TestFinding::Kind::kStore:
            return phrases::kTestStore;
        case TestFinding::Kind::kDisplay:
            return phrases::kTestDisplay;
        case TestFinding::Kind::kBoard:
            return phrases::kTestBoard;
        case TestFinding::Kind::kConfig:
            return phrases::kTestConfig;
        case TestFinding::Kind::kPrinter:
            return phrases::kTestPrinter;
    }
    return phrases::kSelfTest;
}

void draw_finding(Ui& ui, const Rect& row, const TestFinding& finding) {
    const float icon = std::min(44.0F, row.h - 16);
    const Rgba colour = finding.good ? ui.palette().good : ui.palette().bad;
    ui.icon(finding.good ? Icon::kCheck : Icon::kAlert, {row.x, row.centre_y() - icon / 2, icon, icon},
            colour);
    const Rect words = row.after_x(icon, 24);
    const float name = std::floor(words.w * 0.22F);
    const std::string& what = ui.say(kind_phrase(finding.kind));
    // A file's line and an error's code are read out to somebody, so their digits stay as they are.
    std::string found = ui.language() == record::Language::kThai ? finding.thai : finding.english;
    if (ui.language() == record::Language::kThai && finding.kind != TestFinding::Kind::kConfig) {
        found = record::thai_digits(found);
    }
    ui.note(fmt::format("test.finding.{}", static_cast<int>(finding.kind)), row,
            (finding.good ? "+ " : "- ") + found);
    ui.text(words.left(name), what,
            {.size = ui.type(theme::kSmall),
             .bold = true,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 20,
             .one_line = 22});
    ui.text(words.after_x(name, 20), found,
            {.size = ui.type(theme::kSmall), .valign = Valign::kMiddle, .line_height = 1.3, .min = 15});
}

std::optional<Event> draw_cells(Ui& ui, const Rect& area, const SelfTest& test) {
    const bool tall = ui.grid().portrait;
    const std::size_t per_row = tall ? 3 : 2;
    std::optional<Event> event;
    const auto lines = rows(ui.grid(), area, kTouchCells / per_row);
    for (std::size_t cell = 0; cell < kTouchCells; ++cell) {
        const Rect place = columns(ui.grid(), lines[cell / per_row], per_row)[cell % per_row];
        const bool felt = test.touched[cell];
        const Touch touch = ui.touch(ids::test_cell(cell), place, std::to_string(cell + 1));
        ui.framed(place, 16, theme::kHairline, ui.palette().navy,
                  felt            ? ui.palette().navy
                  : touch.pressed ? ui.palette().pressed
                                  : ui.palette().card);
        if (felt) {
            const float side = std::min(56.0F, place.h * 0.6F);
            ui.icon(Icon::kCheck, {place.centre_x() - side / 2, place.centre_y() - side / 2, side, side},
                    ui.palette().on_navy);
        }
        if (touch.tapped) event = CellTouched{cell};
    }
    return event;
}

}  // namespace

std::optional<Event> draw_self_test(Ui& ui, const View& view, const SelfTest& test) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const bool tall = ui.grid().portrait;
    const float title = draw_title(ui, body, ui.say(phrases::kSelfTest), {});
    const Rect rest = body.after_y(title, 8);
    const Rect card = tall ? rest.top(rest.h * 0.6F) : rest.left(std::floor(rest.w * 0.62F));
    const Rect touch_area = tall ? rest.after_y(card.h, theme::kGap) : rest.after_x(card.w, theme::kGap);
    draw_card(ui, card);
    const Rect inside{card.x + 28, card.y + 14, card.w - 56, card.h - 28};
    if (test.findings.empty()) {
        ui.text(inside, ui.say(phrases::kTesting),
                {.size = theme::kBody1,
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle});
    } else {
        std::vector<TestFinding> findings = test.findings;
        if (test.printer) findings.push_back(*test.printer);
        const float row = std::min(120.0F, inside.h / static_cast<float>(findings.size()));
        for (std::size_t i = 0; i < findings.size(); ++i) {
            draw_finding(ui, {inside.x, inside.y + row * static_cast<float>(i), inside.w, row}, findings[i]);
        }
    }
    ui.text(touch_area.top(56), ui.say(phrases::kTestHow),
            {.size = ui.type(theme::kSmall),
             .colour = ui.palette().muted,
             .valign = Valign::kMiddle,
             .min = 22,
             .one_line = 22});
    std::optional<Event> event = draw_cells(ui, touch_area.after_y(56, 8), test);
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
