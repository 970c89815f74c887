// Tickets as they are taken: the shortest and the longest, both lanes, with and without what may be unknown.
#pragma once

#include <string>
#include <vector>

#include "kiosk/paper/ticket_paper.h"
#include "platform/paint/mask.h"

namespace sala::kiosk::sample {

struct SampleTicket {
    std::string name;
    TicketPaper paper;
};
const std::vector<SampleTicket>& tickets();

// The dots as ink, to be decoded or looked at.
paint::Mask mask_of(const Raster& raster);

}  // namespace sala::kiosk::sample
