// Inside this room only: the section of office.toml about over how many raters and how long counts gather.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-SECRECY-K, CONFIG-SECRECY-K-COUNTER, CONFIG-SECRECY-WAIT, CONFIG-SECRECY-AUDIT-KEY.
void read_secrecy(const TomlNode& table, Secrecy& secrecy, ProblemList& problems);

}  // namespace sala::record
