// Takes in one bundle: verifies everything before it stores anything, then answers with a cosigned note.
//
// The same routine for every road. Nothing is written unless all of it is: one transaction holds the
// evidence, its projection, the device's new head and the answer. The trap: a bundle that overlaps what is
// held must agree with it line by line, or two histories stand under one key.
#pragma once

#include "sync/ledger/answer.h"
#include "sync/office/keys.h"
#include "sync/office/report_db.h"

namespace sala::office {

struct Receipt {
    std::string device;
    std::uint64_t from = 0;  // of the bundle
    std::uint64_t to = 0;
    std::uint64_t new_lines = 0;  // 0: everything was there already
    std::string cosigned;         // the device's checkpoint with the office's cosignature
};

// Takes `bytes` in at `now_s` (seconds since 1970 UTC, the cosignature's time). Refuses what open_bundle()
// refuses, and BUNDLE-OTHER-OFFICE, BUNDLE-NOT-ENROLLED, BUNDLE-GAP (lines are missing between what is held
// and the bundle), BUNDLE-FORK (it contradicts what is held), BUNDLE-BEHIND (the office has cosigned a larger
// tree already), LOG-RULE (the lines do not add up), and failures of the database. What is refused changes
// nothing.
//
// OFFICE-RESTORED is noted as an incident where the bundle carries a cosignature of this office over more
// lines than are held: the database was brought back from an older copy.
Result<Receipt> ingest(ReportDb& database, const OfficeKey& key, std::string_view bytes, std::uint64_t now_s);

// The lines that are held of the device whose bundle this is; nothing where that cannot be told.
std::optional<ledger::HeldAnswer> held_of(ReportDb& database, std::string_view bytes);

}  // namespace sala::office
