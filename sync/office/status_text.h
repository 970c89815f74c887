// What is held, for people and for scripts. Equal data gives equal bytes: neither tells when it was made.
#pragma once

#include "sync/office/report_db.h"

namespace sala::office {

// One line of JSON, ended by LF.
std::string status_json(const Status& status);

std::string status_text(const Status& status);

}  // namespace sala::office
