// One log ends and the next one begins: a planned change of the device's key, and a kiosk that takes the
// place of one whose state was lost.
//
// The old log's last line names the next key, the new log's first line the old one's checkpoint; FORMAT.md,
// section 9. The trap: what waits for an envelope cannot go along, for a log seals only what was cast in it.
#pragma once

#include "kiosk/store/exporter.h"

namespace sala::kiosk {

struct Rotation {
    std::string ended;  // device codes
    std::string next;
    std::uint64_t uncounted = 0;  // ratings that waited, and are never counted
};

// Ends the log. Where the store was, a new one begins at the next Opening::kBoot, under a new key, with the
// PIN and what else was set; the ended log lies in ended_folder() until the end of time, and export_to() and
// send_lines() bring what the office lacks of it. `leave_waiting`: also where ratings wait, which are erased
// and never counted; not where they would fill an envelope, which a month's gathering may. Refuses:
// ROTATE-DAY-OPEN, ROTATE-RATINGS-WAIT, ROTATE-ENVELOPE-WAITS, STORE-ENDED, what folder and database do;
// what is refused, or was cut off, leaves the old log as it was or is finished by DataFolder::lock().
Result<Rotation> rotate(Store store, bool leave_waiting);

// Before the first boot: the log will begin in the place of `device_code`'s, of which nothing is left.
// Refuses: REPLACE-CODE (no code), REPLACE-BEGUN (a log has begun here).
Result<void> replace_lost(const DataFolder& folder, const std::string& device_code);

// Inside this room only: the next log has all that it needs, and waits for the end of this one.
bool next_is_ready(const std::filesystem::path& data);

// Inside this room only: what the first line shall say; nothing where no log is replaced.
Result<std::optional<ledger::Replaces>> replaces_setting(sqlite::Database& database,
                                                         const std::string& domain);

// The ended logs of this data folder that the office does not have whole, one after another; each store is
// the calling thread's own. The first error of `visit` ends it.
Result<void> each_ended(const OnStore& on_store, const std::function<Result<void>(Result<Store>)>& visit);

// STORE-ENDED.
Error log_ended();

}  // namespace sala::kiosk
