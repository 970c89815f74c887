// What screens are made of: header, bottom strip, cards, buttons, tiles, faces, tables and pages that only
// tell.
#pragma once

#include <span>

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

// Seal, name of the office, clock and date. The seal is the officer's corner: whoever rests a finger on it
// long enough is asked for the PIN.
std::optional<Event> draw_header(Ui& ui, const View& view);

// Always in the same place, within reach of a wheelchair: back at the left (where `back_id` names it),
// contrast and language at the right. `note` stands at the left where there is no back button.
std::optional<Event> draw_strip(Ui& ui, std::string_view back_id, std::string_view note = {});
// The officer's strip: a way out that is no way back.
std::optional<Event> draw_exit_strip(Ui& ui);

// White, with the hairline.
void draw_card(Ui& ui, const Rect& rect, bool pressed = false);

// The heavy navy block. True in the frame of a tap.
bool heavy_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption);

// White with a navy edge, an icon before its caption.
bool quiet_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption);

// White with a navy edge: a caption and, where there is any, a line under it that says more.
bool more_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption,
                 std::string_view more);

// The same standing: icon above caption.
bool tool_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption);

// A large choice: a badge (a letter, or nothing) and a name of any length. All tiles of a list are set in one
// size: the largest at which each name fits.
struct Tile {
    std::string id, badge, name;
};
std::optional<std::size_t> draw_tiles(Ui& ui, const Rect& area, std::span<const Tile> tiles);

// Outline, number and word; all of it is the target.
bool face_button(Ui& ui, int score, const Rect& rect);

// Equal tiles for 1..12 choices, none lower than a finger needs while that is possible.
std::vector<Rect> tile_places(const Grid& grid, const Rect& area, std::size_t count);

// `count` parts of equal width (or height) with the grid's gap between them.
std::vector<Rect> columns(const Grid& grid, const Rect& area, std::size_t count);
std::vector<Rect> rows(const Grid& grid, const Rect& area, std::size_t count);

// The visitor's proof, small: "หลักฐานการนับ ๑๒๓ • ABCD EFGH IJKL MNOP".
void draw_head(Ui& ui, std::string_view id, const Rect& rect, const ShortHead& head);

// Title and, under it, what to do; the height they take.
float draw_title(Ui& ui, const Rect& area, std::string_view title, std::string_view how);

// A page that tells one thing: a sign, a large word, a sentence.
struct Message {
    Icon sign;
    Rgba sign_colour;
    std::string title, text, small;
    float sign_shown = 1;
};
void draw_message(Ui& ui, const Rect& area, const Message& message);

// 0 to 100.
void draw_progress(Ui& ui, const Rect& rect, int percent);

}  // namespace sala::kiosk
