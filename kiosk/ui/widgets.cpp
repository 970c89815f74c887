#include "kiosk/ui/widgets.h"

#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/widget_ids.h"

namespace sala::kiosk {
namespace {

constexpr float kSealSide = 104;
constexpr float kClockWidth = 300;
constexpr float kTileHeightMax = 212;
constexpr std::size_t kTilesInOneColumn = 6;
constexpr float kStripButtonWidth = 300;

}  // namespace

void draw_header(Ui& ui, const View& view) {
    ui.fill(theme::kHeader, theme::kNavy);
    ui.fill({0, theme::kHeader.h - 4, theme::kWidth, 4}, theme::kGold);

    const float middle = (theme::kHeader.h - 4) / 2;
    const Rect seal{theme::kMargin, middle - kSealSide / 2, kSealSide, kSealSide};
    ui.ring(seal, 5, theme::kGold);
    ui.text(seal.inset(15), view.office.initials,
            {.px = 44,
             .colour = theme::kGold,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = 16,
             .px_one_line = 16});

    const Rect clock{theme::kWidth - theme::kMargin - kClockWidth, 34, kClockWidth, 76};
    const Rect date{clock.x, clock.bottom() + 2, clock.w, 44};
    const std::string clock_text = record::clock_text(view.now.minute_of_day, view.state.language);
    const std::string date_text = record::short_date_text(view.now.date, view.state.language);
    ui.note(ids::kHeaderClock, clock, clock_text);
    ui.note(ids::kHeaderDate, date, date_text);
    ui.text(clock, clock_text,
            {.px = 58,
             .bold = true,
             .colour = theme::kWhite,
             .align = Align::kRight,
             .valign = Valign::kMiddle,
             .line_height = 1.3});
    ui.text(
        date, date_text,
        {.px = 28, .colour = theme::kWhite, .align = Align::kRight, .valign = Valign::kMiddle, .px_min = 24});

    // Name over welcome; a long name takes two lines and pushes both apart around the middle.
    const float left = seal.right() + 32;
    const TextLook name_look{
        .px = 40, .bold = true, .colour = theme::kWhite, .line_height = 1.4, .px_min = 26, .px_one_line = 33};
    const TextLook welcome_look{
        .px = 28, .colour = theme::kOnNavyMuted, .line_height = 1.4, .px_min = 20, .px_one_line = 20};
    Rect name{left, 0, clock.x - 24 - left, 112};
    Rect welcome{left, 0, name.w, 44};
    const std::string& office_name = ui.say(view.office.name);
    const float name_height = ui.text_height(name, office_name, name_look);
    name.y = std::round(middle - (name_height + welcome.h) / 2);
    welcome.y = name.y + name_height;
    ui.text(name, office_name, name_look);
    ui.text(welcome, ui.say(phrases::kWelcome), welcome_look);
}

std::optional<Event> draw_strip(Ui& ui, std::string_view back_id, std::string_view note) {
    ui.fill(theme::kStrip, theme::kPaperDeep);
    ui.fill({0, theme::kStrip.y, theme::kWidth, theme::kHairline}, theme::kRule);
    const float y = theme::kStrip.y + theme::kHairline +
                    std::round((theme::kStrip.h - theme::kHairline - theme::kStripButtonHeight) / 2);
    const Rect language{theme::kWidth - theme::kMargin - kStripButtonWidth, y, kStripButtonWidth,
                        theme::kStripButtonHeight};
    const Rect back{theme::kMargin, y, kStripButtonWidth, theme::kStripButtonHeight};

    std::optional<Event> event;
    if (!back_id.empty() && quiet_button(ui, back_id, back, Icon::kBack, ui.say(phrases::kBack))) {
        event = BackTapped{};
    }
    if (back_id.empty() && !note.empty()) {
        ui.text({theme::kMargin, y, language.x - 2 * theme::kMargin, theme::kStripButtonHeight}, note,
                {.px = theme::kTiny, .colour = theme::kMuted, .valign = Valign::kMiddle});
    }
    if (quiet_button(ui, ids::kHomeLanguage, language, Icon::kGlobe, ui.say(phrases::kOtherLanguage))) {
        event = LanguageTapped{};
    }
    return event;
}

void draw_card(Ui& ui, const Rect& rect, bool pressed) {
    ui.framed(rect, theme::kRadius, theme::kHairline, theme::kRule,
              pressed ? theme::kPressed : theme::kWhite);
}

bool heavy_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption) {
    const Touch touch = ui.touch(id, rect, caption);
    ui.rounded(rect, theme::kRadius, touch.pressed ? theme::kNavyPressed : theme::kNavy);
    ui.text(rect.inset(24), caption,
            {.px = theme::kHeading,
             .bold = true,
             .colour = theme::kWhite,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = theme::kSmall});
    return touch.tapped;
}

bool quiet_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption) {
    constexpr float kIconSide = 44, kIconGap = 18;
    const Touch touch = ui.touch(id, rect, caption);
    ui.framed(rect, 22, theme::kHairline, theme::kNavy, touch.pressed ? theme::kPressed : theme::kWhite);
    const TextLook look{.px = 34, .bold = true, .colour = theme::kNavy, .valign = Valign::kMiddle};
    // Icon and caption together stand in the middle.
    const float width = ui.text_width(caption, look);
    const float x = std::round(rect.centre_x() - (kIconSide + kIconGap + width) / 2);
    ui.icon(icon, {x, std::round(rect.centre_y() - kIconSide / 2), kIconSide, kIconSide}, theme::kNavy);
    ui.text({x + kIconSide + kIconGap, rect.y, width, rect.h}, caption, look);
    return touch.tapped;
}

bool tile(Ui& ui, std::string_view id, const Rect& rect, std::string_view badge, std::string_view name) {
    const bool narrow = rect.w < theme::kWidth / 2;
    const float pad = narrow ? 24 : 36;
    const Touch touch = ui.touch(id, rect, name);
    draw_card(ui, rect, touch.pressed);
    float left = rect.x + pad;
    if (!badge.empty()) {
        const float side = narrow ? 88 : 120;
        const Rect disc{left, std::round(rect.centre_y() - side / 2), side, side};
        ui.rounded(disc, side / 2, theme::kNavy);
        ui.text(disc, badge,
                {.px = narrow ? 48 : 64,
                 .bold = true,
                 .colour = theme::kWhite,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.0,
                 .digits_face = true});
        left = disc.right() + pad;
    }
    const float arrow_side = narrow ? 0 : 48;
    if (!narrow) {
        ui.icon(Icon::kForward,
                {rect.right() - pad - arrow_side, std::round(rect.centre_y() - arrow_side / 2), arrow_side,
                 arrow_side},
                theme::kNavy);
    }
    const float right = narrow ? rect.right() - pad : rect.right() - pad - arrow_side - 16;
    ui.text({left, rect.y + 12, right - left, rect.h - 24}, name,
            {.px = narrow ? 36 : 46,
             .bold = true,
             .valign = Valign::kMiddle,
             .line_height = 1.4,
             .px_min = 24,
             .px_one_line = narrow ? 32 : 40});
    return touch.tapped;
}

bool face_button(Ui& ui, int score, const Rect& rect) {
    const std::string& word = ui.say(phrases::kScores[score - 1]);
    const Touch touch = ui.touch(ids::rating_face(score), rect, fmt::format("{} {}", score, word));
    ui.face(score, {rect.x, rect.y, rect.w, rect.w}, touch.pressed);
    const Rect number{rect.x, rect.y + rect.w + 12, rect.w, 52};
    ui.text(number, std::to_string(score),
            {.px = 40, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .line_height = 1.2});
    ui.text({rect.x, number.bottom(), rect.w, rect.bottom() - number.bottom()}, word,
            {.px = 31, .bold = true, .align = Align::kCenter, .line_height = 1.4, .px_min = 28});
    return touch.tapped;
}

std::vector<Rect> tile_places(const Rect& area, std::size_t count) {
    const std::size_t columns = count > kTilesInOneColumn ? 2 : 1;
    const std::size_t rows = (count + columns - 1) / columns;
    const float gap = theme::kTouchGapMin;
    const float w =
        std::floor((area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    const float h = std::min(
        kTileHeightMax, std::floor((area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows)));
    std::vector<Rect> places;
    for (std::size_t i = 0; i < count; ++i) {
        const float column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
        places.push_back({area.x + column * (w + gap), area.y + row * (h + gap), w, h});
    }
    return places;
}

void draw_head(Ui& ui, std::string_view id, const Rect& rect, const ShortHead& head) {
    std::string size = std::to_string(head.tree_size);
    if (ui.language() == record::Language::kThai) size = record::thai_digits(size);
    std::string letters;
    for (std::size_t i = 0; i < head.root_letters.size(); ++i) {
        if (i > 0 && i % 4 == 0) letters += ' ';
        letters += head.root_letters[i];
    }
    const std::string text = fmt::format("{} {} • {}", ui.say(phrases::kProof), size, letters);
    ui.note(id, rect, text);
    ui.text(rect, text,
            {.px = theme::kSmall,
             .colour = theme::kMuted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = 24});
}

}  // namespace sala::kiosk
