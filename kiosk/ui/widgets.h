// What screens are made of: header, bottom strip, cards, buttons, tiles and faces.
#pragma once

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

// Seal, name of the office, clock and date.
void draw_header(Ui& ui, const View& view);

// Always in the same place, within reach of a wheelchair: back at the left (where `back_id` names it),
// language at the right. `note` stands at the left where there is no back button.
std::optional<Event> draw_strip(Ui& ui, std::string_view back_id, std::string_view note = {});

// White, with the hairline.
void draw_card(Ui& ui, const Rect& rect, bool pressed = false);

// The heavy navy block. True in the frame of a tap.
bool heavy_button(Ui& ui, std::string_view id, const Rect& rect, std::string_view caption);

// White with a navy edge, an icon before its caption.
bool quiet_button(Ui& ui, std::string_view id, const Rect& rect, Icon icon, std::string_view caption);

// A large choice: a badge (a letter, or nothing) and a name of any length.
bool tile(Ui& ui, std::string_view id, const Rect& rect, std::string_view badge, std::string_view name);

// Outline, number and word; all of it is the target.
bool face_button(Ui& ui, int score, const Rect& rect);

// Equal tiles for 1..12 choices: one column up to six, two above.
std::vector<Rect> tile_places(const Rect& area, std::size_t count);

// The visitor's proof, small: "หลักฐานการนับ ๑๒๓ • ABCD EFGH IJKL MNOP".
void draw_head(Ui& ui, std::string_view id, const Rect& rect, const ShortHead& head);

}  // namespace sala::kiosk
