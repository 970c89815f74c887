// The hall as the pages get it: JSON of ids, numbers and times, never of persons.
//
// Each text is the whole state, so a browser that missed some is right again with the next one. Ages are in
// milliseconds at `now`; null where no clock tells. Names belong to ids in office_json(), which a page asks
// for once.
#pragma once

#include <string>

#include "kiosk/counter/voice.h"
#include "kiosk/queue/hall.h"
#include "sync/record/office.h"

namespace sala::kiosk {

inline constexpr std::size_t kRowsMax = 200;  // of a list; `waiting_count` says how many there are

// Divisions, services, counters, reasons, opening ratio: what the page and the board need before anything
// happens. All of it is public.
std::string office_json(const record::Office& office, const queue::Ratio& ratio);

// What every visitor in the hall may see: who is called where, the last calls with their words, how many
// wait.
std::string board_json(const record::Office& office, const Voice& voice, const queue::Hall& hall,
                       const queue::Moment& now);

// What one counter works with: who is with it, and its division's lists.
std::string counter_json(const record::Counter& counter, const record::Office& office,
                         const queue::Hall& hall, const queue::Moment& now);

// {"code":...,"th":...,"en":...}
std::string error_json(const Error& error);

}  // namespace sala::kiosk
