// Setting the office up: its database and keys, and the kiosks that may send.
#pragma once

#include "sync/office/keys.h"
#include "sync/office/report_db.h"

namespace sala::office {

// Seconds since 1970 UTC, by the machine's clock.
std::uint64_t unix_now_s();

// Makes keys and database for the office, or updates its names and catalogue where both are there. `profile`
// is office.toml as read. Refuses DB-OTHER-OFFICE (the database is another office's, or the office's domain
// changed, under which its signatures stand), KEYS-OTHER (the keys are not those the database was made with),
// KEYS-NAME (no name for a key, or not that of the keys), and what ReportDb and make_keys() refuse.
// `cosigner`: the key name under which a province cosigns what this office forwards to it; empty: the
// office's own, or the one it began with.
Result<OfficeRow> init_office(const std::string& url, const std::filesystem::path& keys,
                              const record::Office& office, std::string_view profile,
                              const std::string& cosigner = "");

// The keys that belong to the database. Refuses KEYS-OTHER and what load_keys() refuses.
Result<OfficeKey> keys_of(const OfficeRow& office, const std::filesystem::path& folder);

// Lets a kiosk send; `replaces` is the code of the one whose place it takes from `now_s` on, or empty. Again
// with the same code: the name is updated. Refuses DEVICE-CODE, DEVICE-NAME, DEVICE-UNKNOWN (nothing to
// replace), DEVICE-REPLACED (by another one already, or it is itself replaced, or replaces another one).
Result<void> enrol(ReportDb& database, const std::string& code, const std::string& name,
                   const std::string& replaces, std::uint64_t now_s = unix_now_s());

}  // namespace sala::office
