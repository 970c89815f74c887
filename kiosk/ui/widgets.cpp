#include "kiosk/ui/widgets.h"

#include <cmath>

#include "kiosk/flow/ticket_code.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/widget_ids.h"

namespace sala::kiosk {
namespace {

constexpr float kTileHeightMax = 240;
constexpr std::size_t kTilesInOneColumn = 6, kFewTiles = 3;
constexpr std::size_t kColumnsMax = 4;
constexpr float kWideTile = 560;

// `count` parts along a length.
std::vector<Rect> split(const Rect& area, std::size_t count, float gap, bool across) {
    const float n = static_cast<float>(count), length = across ? area.w : area.h;
    const float part = std::floor((length - gap * (n - 1)) / n);
    std::vector<Rect> parts;
    for (std::size_t i = 0; i < count; ++i) {
        const float at = static_cast<float>(i) * (part + gap);
        parts.push_back(across ? Rect{area.x + at, area.y, part, area.h}
                               : Rect{area.x, area.y + at, area.w, part});
    }
    return parts;
}

}  // namespace

std::vector<Rect> columns(const Grid& grid, const Rect& area, std::size_t count) {
    return split(area, count, grid.gap, true);
}
std::vector<Rect> rows(const Grid& grid, const Rect& area, std::size_t count) {
    return split(area, count, grid.gap, false);
}

void draw_card(Ui& ui, const Rect& rect, bool pressed) {
    ui.framed(rect, theme::kRadius, theme::kHairline, ui.palette().rule,
              pressed ? ui.palette().pressed : ui.palette().card);
}

bool heavy_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption) {
    const Touch touch = ui.touch(id, rect, caption);
    ui.rounded(rect, theme::kRadius, touch.pressed ? ui.palette().navy_pressed : ui.palette().navy);
    ui.text(rect.inset(16), caption,
            {.size = ui.type(46),
             .bold = true,
             .colour = ui.palette().on_navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.35,
             .min = theme::kSmall});
    return touch.tapped;
}

bool quiet_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption) {
    constexpr float kIconGap = 18, kSide = 20;
    const float icon_side = std::min(48.0F * ui.grid().type, rect.h - 2 * kSide);
    const Touch touch = ui.touch(id, rect, caption);
    ui.framed(rect, 22, theme::kHairline, ui.palette().navy,
              touch.pressed ? ui.palette().pressed : ui.palette().card);
    // Icon and caption together stand in the middle; a long caption grows smaller, then takes two lines.
    TextLook look{.size = ui.type(theme::kBody1),
                  .bold = true,
                  .colour = ui.palette().navy,
                  .valign = Valign::kMiddle,
                  .line_height = 1.3,
                  .min = theme::kTiny};
    const float room = rect.w - icon_side - kIconGap - 2 * kSide;
    while (look.size > look.min && ui.text_width(caption, look) > room) look.size -= 2;
    const float width = std::min(room, std::ceil(ui.text_width(caption, look)) + 2);
    const float x = std::round(rect.centre_x() - (icon_side + kIconGap + width) / 2);
    ui.icon(icon, {x, std::round(rect.centre_y() - icon_side / 2), icon_side, icon_side}, ui.palette().navy);
    ui.text({x + icon_side + kIconGap, rect.y + 6, width, rect.h - 12}, caption, look);
    return touch.tapped;
}

bool more_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption,
                 std::string_view more) {
    const Touch touch = ui.touch(id, rect, caption);
    ui.framed(rect, 22, theme::kHairline, ui.palette().navy,
              touch.pressed ? ui.palette().pressed : ui.palette().card);
    const Rect inside = rect.inset(12);
    const float first = more.empty() ? inside.h : std::floor(inside.h * 0.5F);
    ui.text(inside.top(first), caption,
            {.size = ui.type(theme::kBody1),
             .bold = true,
             .colour = ui.palette().navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = theme::kTiny});
    if (more.empty()) return touch.tapped;
    ui.text(inside.after_y(first, 0), more,
            {.size = theme::kTiny,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.2,
             .min = 18});
    return touch.tapped;
}

bool tool_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption) {
    const Touch touch = ui.touch(id, rect, caption);
    ui.framed(rect, 22, theme::kHairline, ui.palette().navy,
              touch.pressed ? ui.palette().pressed : ui.palette().card);
    const float icon_side = std::min(64.0F, std::floor(rect.h * 0.36F));
    const float words = std::floor(rect.h * 0.5F);
    const float top = rect.y + std::round((rect.h - icon_side - words) / 2);
    ui.icon(icon, {std::round(rect.centre_x() - icon_side / 2), top, icon_side, icon_side},
            ui.palette().navy);
    ui.text({rect.x + 12, top + icon_side, rect.w - 24, words}, caption,
            {.size = ui.type(34),
             .bold = true,
             .colour = ui.palette().navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.45,
             .min = 24,
             .one_line = 24});
    return touch.tapped;
}

namespace {

struct TilePlaces {
    Rect badge, name, arrow;  // no width: not there
};

TilePlaces places_in_tile(const Rect& tile, bool with_badge) {
    const bool narrow = tile.w < kWideTile;
    const float pad = narrow ? 24 : 36, arrow = narrow ? 0 : 48;
    TilePlaces places;
    float left = tile.x + pad;
    if (with_badge) {
        const float side = std::min(narrow ? 88.0F : 120.0F, tile.h - 28);
        places.badge = {left, std::round(tile.centre_y() - side / 2), side, side};
        left = places.badge.right() + pad;
    }
    places.arrow = {tile.right() - pad - arrow, std::round(tile.centre_y() - arrow / 2), arrow, arrow};
    const float right = narrow ? tile.right() - pad : places.arrow.x - 16;
    places.name = {left, tile.y + 8, right - left, tile.h - 16};
    return places;
}

TextLook tile_look(const Ui& ui, const Rect& tile) {
    const bool narrow = tile.w < kWideTile;
    return {.size = ui.type(narrow ? 36 : 44),
            .bold = true,
            .valign = Valign::kMiddle,
            .line_height = 1.4,
            .min = 18,
            .one_line = narrow ? 32 : 38};
}

bool draw_tile(Ui& ui, const Tile& tile, const Rect& rect, int size) {
    const Touch touch = ui.touch(tile.id, rect, tile.name);
    draw_card(ui, rect, touch.pressed);
    const TilePlaces places = places_in_tile(rect, !tile.badge.empty());
    if (places.badge.w > 0) {
        ui.rounded(places.badge, places.badge.w / 2, ui.palette().navy);
        ui.text(places.badge, tile.badge,
                {.size = static_cast<int>(places.badge.w * 0.54F),
                 .bold = true,
                 .colour = ui.palette().on_navy,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.0,
                 .digits_face = true});
    }
    if (places.arrow.w > 0) ui.icon(Icon::kForward, places.arrow, ui.palette().navy);
    TextLook look = tile_look(ui, rect);
    look.size = size;
    look.one_line = 0;
    ui.text(places.name, tile.name, look);
    return touch.tapped;
}

}  // namespace

std::optional<std::size_t> draw_tiles(Ui& ui, const Rect& area, std::span<const Tile> tiles) {
    const std::vector<Rect> rects = tile_places(ui.grid(), area, tiles.size());
    int size = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const Rect name = places_in_tile(rects[i], !tiles[i].badge.empty()).name;
        const int fitting = ui.text_size(name, tiles[i].name, tile_look(ui, rects[i]));
        size = i == 0 ? fitting : std::min(size, fitting);
    }
    std::optional<std::size_t> tapped;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (draw_tile(ui, tiles[i], rects[i], size)) tapped = i;
    }
    return tapped;
}

bool face_button(Ui& ui, int score, const Rect& rect) {
    const std::string& word = ui.say(phrases::kScores[score - 1]);
    const Touch touch = ui.touch(ids::rating_face(score), rect, fmt::format("{} {}", score, word));
    ui.face(score, {rect.x, rect.y, rect.w, rect.w}, touch.pressed);
    const Rect below = rect.after_y(rect.w, 8);
    const TextLook look{
        .size = 40, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .line_height = 1.2};
    if (ui.grid().compact) {
        ui.text(below, fmt::format("{} {}", score, word),
                {.size = ui.type(34),
                 .bold = true,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .min = 26});
        return touch.tapped;
    }
    const Rect number = below.top(50);
    ui.text(number, std::to_string(score), look);
    ui.text(below.after_y(number.h, 0), word,
            {.size = ui.type(theme::kBody1),
             .bold = true,
             .align = Align::kCenter,
             .line_height = 1.4,
             .min = 28});
    return touch.tapped;
}

std::vector<Rect> tile_places(const Grid& grid, const Rect& area, std::size_t count) {
    if (count == 0) return {};
    const auto height = [&](std::size_t per_row) {
        const float lines = static_cast<float>((count + per_row - 1) / per_row);
        return std::floor((area.h - grid.gap * (lines - 1)) / lines);
    };
    // Upright one column, lying one for few names: what can be read down is found sooner.
    std::size_t per_row = grid.portrait ? (count > kTilesInOneColumn ? 2U : 1U)
                                        : (count > kTilesInOneColumn ? 3U
                                           : count > kFewTiles       ? 2U
                                                                     : 1U);
    while (per_row < kColumnsMax && height(per_row) < grid.touch) ++per_row;
    const float h = std::min(kTileHeightMax * grid.type, height(per_row));
    const float n = static_cast<float>(per_row);
    const float w = std::floor((area.w - grid.gap * (n - 1)) / n);
    std::vector<Rect> places;
    for (std::size_t i = 0; i < count; ++i) {
        const float column = static_cast<float>(i % per_row), row = static_cast<float>(i / per_row);
        places.push_back({area.x + column * (w + grid.gap), area.y + row * (h + grid.gap), w, h});
    }
    return places;
}

void draw_head(Ui& ui, std::string_view id, const Rect& rect, const ShortHead& head) {
    const std::string letters = spaced_letters(head.root_letters);
    const std::string text =
        fmt::format("{} {} • {}", ui.say(phrases::kProof), ui.digits(head.tree_size), letters);
    ui.note(id, rect, text);
    ui.text(rect, text,
            {.size = theme::kSmall,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 20});
}

float draw_title(Ui& ui, const Rect& area, std::string_view title, std::string_view how) {
    const bool tall = ui.grid().portrait;
    const TextLook title_look{.size = ui.type(tall ? theme::kTitle : 54),
                              .bold = true,
                              .valign = Valign::kMiddle,
                              .line_height = 1.35,
                              .min = 22,
                              .one_line = 40};
    const TextLook how_look{.size = ui.type(theme::kBody1),
                            .colour = ui.palette().muted,
                            .valign = Valign::kMiddle,
                            .line_height = 1.3,
                            .min = 20,
                            .one_line = tall ? 20 : 0};
    if (how.empty() || tall) {
        const Rect place = area.top(96);
        ui.text(place, title, title_look);
        if (how.empty()) return place.h;
        ui.text(area.after_y(place.h, 0).top(60), how, how_look);
        return place.h + 60;
    }
    // Beside each other, where height is dear.
    const float how_width = std::min(area.w * 0.4F, ui.text_width(how, how_look) + 8);
    ui.text({area.x, area.y, area.w - how_width - 40, 84}, title, title_look);
    TextLook right = how_look;
    right.align = Align::kRight;
    ui.text({area.right() - how_width, area.y, how_width, 84}, how, right);
    return 84;
}

void draw_message(Ui& ui, const Rect& area, const Message& message) {
    const bool tall = ui.grid().portrait;
    const float side = std::min(tall ? 260.0F : 200.0F, std::floor(area.h * 0.3F));
    const TextLook text_look{
        .size = ui.type(theme::kLead), .align = Align::kCenter, .line_height = 1.5, .min = 30};
    const Rect words{area.x, area.y, area.w, std::floor(area.h * 0.3F)};
    const float text_height = ui.text_height(words, message.text, text_look);
    const float small_height = message.small.empty() ? 0 : 120;
    const float title_height = static_cast<float>(ui.type(64)) * 1.6F;
    const float whole = side + 40 + title_height + 16 + text_height;
    float y = area.y + std::max(0.0F, std::floor((area.h - small_height - whole) * 0.42F));
    ui.icon(message.sign, {std::round(area.centre_x() - side / 2), y, side, side}, message.sign_colour,
            message.sign_shown);
    y += side + 40;
    ui.text(
        {area.x, y, area.w, title_height}, message.title,
        {.size = ui.type(64), .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .min = 36});
    y += title_height + 16;
    ui.text({area.x, y, area.w, words.h}, message.text, text_look);
    if (!message.small.empty()) {
        ui.text({area.x, area.bottom() - small_height, area.w, small_height}, message.small,
                {.size = theme::kTiny,
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .valign = Valign::kBottom,
                 .min = 18});
    }
}

void draw_progress(Ui& ui, const Rect& rect, int percent) {
    ui.rounded(rect, rect.h / 2, ui.palette().rule);
    const float width = rect.w * static_cast<float>(std::clamp(percent, 0, 100)) / 100;
    if (width >= rect.h) ui.rounded(rect.left(width), rect.h / 2, ui.palette().good);
}

}  // namespace sala::kiosk
