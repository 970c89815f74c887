// The numbers that `sala-kiosk status` and the officer may see. Never a face: those exist only in envelopes.
#pragma once

#include "kiosk/store/officer_figures.h"
#include "sync/figures/queue_figures.h"

namespace sala::kiosk {

struct Figures {
    std::string office;
    std::string device_code;
    std::string vkey;  // verifier key of the kiosk's log, as a witness writes it into its `logs`
    int day = 0;       // the open day, else the last one; 0: none yet
    bool day_open = false;
    std::uint64_t tickets = 0;  // issued on `day`
    std::uint64_t tickets_served = 0;
    figures::QueueFigures queue;     // of `day`
    std::uint64_t ratings = 0;       // cast on `day`
    std::uint64_t ratings_cast = 0;  // ever; = sealed + waiting
    std::uint64_t ratings_sealed = 0;
    ClassFigures classes;  // the sealed ones: raw is ratings_sealed
    std::uint64_t ratings_waiting = 0;
    std::uint64_t tickets_issued = 0;  // ever
    std::uint64_t envelopes = 0;
    std::uint64_t lines = 0;
    std::uint64_t unsent_lines = 0;  // not yet cosigned by the office
    std::string unsent_since;        // UTC of the oldest of them, 2027-01-15T03:00:00Z; empty: none
    std::uint64_t cosigned_size = 0;
    std::string last_checkpoint;  // the newest checkpoint's note, whole; empty before the first
    std::string root_letters;     // of the tree as it is now

    std::string json() const;  // one line; equal data gives equal bytes
    std::string text() const;  // the same for a person, Thai first
};

// Any process, also while the kiosk runs. Refuses DB-NOT-FOUND or STORE-EMPTY before the first run.
Result<Figures> read_figures(const std::filesystem::path& data);

}  // namespace sala::kiosk
