// What every visitor in the hall may see: who is called where, the last calls, how many wait.
//
// Plain values, the same for the page in a browser and for the kiosk's second display. Pure.
#pragma once

#include "kiosk/queue/hall.h"
#include "sync/record/office.h"

namespace sala::queue {

struct Board {
    // A counter and the number that is with it.
    struct Serving {
        std::string counter, number;
        std::string delay;  // id of the reason given why it takes long; empty: none
        friend bool operator==(const Serving&, const Serving&) = default;
    };
    struct Waiting {
        std::string division;
        std::size_t count = 0;
        friend bool operator==(const Waiting&, const Waiting&) = default;
    };
    std::vector<Serving> now;      // in the profile's order of counters
    std::vector<Call> calls;       // oldest first, those that have a number and a counter of the profile
    std::vector<Waiting> waiting;  // every division
    friend bool operator==(const Board&, const Board&) = default;
};

Board board_of(const record::Office& office, const Hall& hall);

}  // namespace sala::queue
