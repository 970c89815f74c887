// The report database: what one office has taken from its kiosks, as an SQLite file.
//
// All of its SQL stands in schema.cpp, report_db.cpp (office, devices), report_db_ingest.cpp (what a bundle
// adds) and report_db_figures.cpp (what reports read). The evidence is `bundle.bytes` and `line.raw`; every
// other table is a projection of them. Each key is led by office_id, nothing depends on sequences or row
// numbers, and the ingest's statements are portable SQL. The trap: reading a device's head outside the
// transaction that then moves it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "platform/sqlite/database.h"
#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"
#include "sync/record/office.h"
#include "sync/report/counts.h"

namespace sala::office {

inline constexpr int kSchemaVersion = 1;
inline constexpr std::int64_t kApplicationId = 0x53614C61;  // "SaLa"

struct OfficeRow {
    std::string id;
    std::string domain;
    std::string name;  // Thai
    std::string vkey;  // verifier key of the office's cosignatures
};

struct DeviceRow {
    std::string code;
    std::string name;
    std::string replaced_by;  // code of its replacement; empty: in use
};

// How far a device's log is held.
struct Head {
    ledger::Frontier tree;
    ledger::LogState state;
    int last_closed = 0;   // yyyymmdd of the last day closed; 0: none yet
    std::string cosigned;  // the note for this size; empty at size 0
};

// A bundle that was accepted: the lines [from, tree.size()) that it brought in.
struct Accepted {
    const ledger::Bundle& bundle;
    std::string_view bytes;
    std::uint64_t held = 0;        // size before
    std::vector<int> day_of_line;  // of each new line: the open day as yyyymmdd, 0 where none is open
    Head head;                     // after
};

struct Figures {
    std::int64_t lines = 0;
    std::int64_t tickets_issued = 0;
    std::int64_t tickets_served = 0;
    std::int64_t ratings_cast = 0;
    std::int64_t ratings_sealed = 0;
    std::int64_t envelopes = 0;
    std::int64_t ratings_waiting() const { return ratings_cast - ratings_sealed; }
};

struct DeviceStatus {
    DeviceRow device;
    int last_closed = 0;  // yyyymmdd; 0: none yet
    Figures figures;
};

// What is held at one moment.
struct Status {
    OfficeRow office;
    Figures figures;
    std::vector<DeviceStatus> devices;  // by code
};

enum class Access { kRead, kWrite };

// One connection, one thread.
class ReportDb {
  public:
    // Refuses: DB-KIND (a postgresql:// URL), DB-NOT-FOUND, DB-OTHER-PROGRAM (not made by `init`), DB-NEWER
    // (made by a newer version), and what Database::open() refuses. A file that is refused is not changed.
    static Result<ReportDb> open(const std::string& url, Access access);

    // Whether there is no file, or one in which nothing stands yet.
    static bool is_blank(const std::string& url);

    // Makes the file where is_blank(), else the same as open() for writing.
    static Result<ReportDb> open_or_create(const std::string& url);

    Result<sqlite::Transaction> begin() { return sqlite::Transaction::begin(database_); }

    // The office; DB-EMPTY where init did not finish.
    Result<OfficeRow> office();
    Result<std::optional<OfficeRow>> find_office();

    // Adds the office or updates its names and catalogue. A division or service that is gone keeps its row,
    // so that older reports keep its name.
    Result<void> put_office(const record::Office& office, std::string_view profile, const std::string& vkey);

    // By code.
    Result<std::vector<DeviceRow>> devices(const std::string& office);
    Result<std::optional<DeviceRow>> device(const std::string& office, const std::string& code);
    Result<void> put_device(const std::string& office, const DeviceRow& device);

    // Size 0 where nothing of the device is held.
    Result<Head> head(const std::string& office, const std::string& device);

    // The tree of a device's first `size` lines, recomputed from the nearest bundle's. REQUIRES: size <= what
    // is held.
    Result<ledger::Frontier> tree_at(const std::string& office, const std::string& device,
                                     std::uint64_t size);

    // Bytes of the lines [from, to). REQUIRES: to <= what is held.
    Result<std::vector<std::string>> lines(const std::string& office, const std::string& device,
                                           std::uint64_t from, std::uint64_t to);

    // The cosigned note that was answered for exactly this size.
    Result<std::optional<std::string>> cosigned_at(const std::string& office, const std::string& device,
                                                   std::uint64_t size);

    // Everything that an accepted bundle adds, and the device's new head. REQUIRES: a transaction is open.
    Result<void> add(const Accepted& accepted);

    Result<Status> status();

    Result<report::CountsReport> counts(const std::string& office, const record::DateRange& period);

  private:
    explicit ReportDb(sqlite::Database database) : database_(std::move(database)) {}
    Result<void> check_version(const std::string& path);
    Result<void> add_lines(const Accepted& accepted);
    Result<std::map<std::string, std::string>> place_names(const std::string& office);
    Result<Figures> figures(const std::string& office, const std::string& device);
    Result<void> read_catalogue(const std::string& office, report::CountsReport& report);
    Result<void> read_tickets(const std::string& office, report::CountsReport& report);
    Result<void> read_envelopes(const std::string& office, report::CountsReport& report);
    Result<void> read_balance(const std::string& office, report::CountsReport& report);

    sqlite::Database database_;
};

}  // namespace sala::office
