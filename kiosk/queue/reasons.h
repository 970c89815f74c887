// The reasons that an officer may give: those of the office's reports, by which they are read.
#pragma once

#include "sync/record/ticket_reasons.h"

namespace sala::queue {

using record::find_reason;
using record::Reason;
using record::reasons_of_delay;
using record::reasons_to_cancel;
using record::reasons_to_choose;
using record::reasons_to_park;
using record::reasons_to_transfer;

}  // namespace sala::queue
