// The report database: what one office has taken from its kiosks, as an SQLite file or on PostgreSQL.
//
// All of its SQL stands in schema.cpp, backend.cpp (what the engines differ in), report_db.cpp (office,
// devices), report_db_ingest.cpp (what a bundle adds), report_db_evidence.cpp (what the audit reads) and
// report_db_figures.cpp (what reports read). The evidence is `bundle.bytes`; figures are a projection of it.
// Each key is led by office_id, nothing depends on sequences or row numbers, and what ingest writes is only
// ever inserted. The trap: reading a device's head outside the transaction that then adds to it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"
#include "sync/office/backend.h"
#include "sync/office/projected_rows.h"
#include "sync/record/office.h"
#include "sync/report/counts.h"
#include "sync/report/queue.h"

namespace sala::office {

inline constexpr std::int64_t kForksMax = 20;       // kept of one device
inline constexpr std::int64_t kIncidentsMax = 200;  // kept of one device and code

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
    std::int64_t ratings_flagged = 0;  // of those sealed, what the day's rule set apart
    std::int64_t envelopes = 0;
    std::int64_t ratings_counted() const { return ratings_sealed - ratings_flagged; }
    std::int64_t ratings_waiting() const { return ratings_cast - ratings_sealed; }
};

struct DeviceStatus {
    DeviceRow device;
    int last_closed = 0;  // yyyymmdd; 0: none yet
    bool ended = false;   // its log goes on under another key
    Figures figures;
};

// Something that the audit says for ever. Codes are those of errors where there is one.
struct Incident {
    std::string device;  // code; empty: of the office itself
    std::int64_t at_s = 0;
    std::string code;
    std::string detail;
    friend bool operator==(const Incident&, const Incident&) = default;
};

// What is held at one moment.
struct Status {
    OfficeRow office;
    Figures figures;
    std::vector<DeviceStatus> devices;  // by code
    std::vector<Incident> incidents;    // by time
};

// A bundle as it was taken in: the lines [from, to), of which the bundle before may hold the first.
using BundleVisitor = std::function<Result<void>(std::uint64_t from, std::uint64_t to, std::string_view bytes,
                                                 std::string_view cosigned)>;

// The evidence of one of them.
struct KeptBundle {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string bytes;
};

// One connection, one thread. A connection that is lost is made anew by the next begin().
class ReportDb {
  public:
    // A database of an older version is brought up to this one, where it is opened for writing by one who
    // may. Refuses: DB-NOT-FOUND, DB-EMPTY (nothing stands in it), DB-OTHER-PROGRAM (not made by `init`),
    // DB-NEWER (made by a newer version), DB-OLDER (made by an older one, and not to be changed), and what
    // connect() refuses. What is refused is not changed.
    static Result<ReportDb> open(const std::string& url, Access access);

    // Makes the tables where nothing stands yet, else the same as open() for writing.
    static Result<ReportDb> open_or_create(const std::string& url);

    // The office in a database of this or an older version, which is not changed; nothing where none is yet.
    static Result<std::optional<OfficeRow>> office_in(const std::string& url);

    // For writing. DB-BUSY may come from this, from anything in it, or from its commit: try again.
    Result<sql::Transaction> begin();

    // For add(), which takes no harm from other writers: who adds to a head that has moved on is refused
    // DB-CONFLICT. With begin(), kiosks whose rows share a page would be in each other's way.
    Result<sql::Transaction> begin_adding();

    // For several reads of one moment. REQUIRES: no transaction is open; status() and counts() begin their
    // own.
    Result<sql::Transaction> snapshot();

    // The office; DB-EMPTY where init did not finish.
    Result<OfficeRow> office();
    Result<std::optional<OfficeRow>> find_office();

    // Adds the office or updates its names and catalogue. A division or service that is gone keeps its row,
    // so that older reports keep its name.
    Result<void> put_office(const record::Office& office, std::string_view profile, const std::string& vkey);

    // By code.
    Result<std::vector<DeviceRow>> devices(const std::string& office);
    Result<std::optional<DeviceRow>> device(const std::string& office, const std::string& code);
    // Adds it or gives it its name; `replaced_by` is put_replacement()'s.
    Result<void> put_device(const std::string& office, const DeviceRow& device);

    // The code of the device that `code` replaces; empty: none.
    Result<std::string> replaced_by_it(const std::string& office, const std::string& code);
    // For ever; again with the same codes: nothing changes.
    Result<void> put_replacement(const std::string& office, const std::string& code,
                                 const std::string& replaces, std::int64_t at_s);

    // Size 0 where nothing of the device is held.
    Result<Head> head(const std::string& office, const std::string& device);

    // The tree of a device's first `size` lines, recomputed from the nearest bundle's. REQUIRES: size <= what
    // is held.
    Result<ledger::Frontier> tree_at(const std::string& office, const std::string& device,
                                     std::uint64_t size);

    // Bytes of the lines [from, to), out of the bundles that hold them. DB-DAMAGED where one of those does
    // not verify. REQUIRES: to <= what is held.
    Result<std::vector<std::string>> lines(const std::string& office, const std::string& device,
                                           std::uint64_t from, std::uint64_t to);

    // The cosigned note that was answered for exactly this size.
    Result<std::optional<std::string>> cosigned_at(const std::string& office, const std::string& device,
                                                   std::uint64_t size);

    // Whether this very evidence was taken in before, byte by byte.
    Result<bool> holds(const ledger::Bundle& bundle);

    // Everything that an accepted bundle adds, and the device's new head. DB-CONFLICT: rows of it are there
    // already, as somebody else was first, or the tables contradict one another. REQUIRES: a transaction is
    // open.
    Result<void> add(const Accepted& accepted);

    // Every bundle of the device in the order of the log, one in memory at a time. The first error ends it.
    Result<void> each_bundle(const std::string& office, const std::string& device,
                             const BundleVisitor& visit);

    // Every line of the device from its first, each bundle verified again. DB-DAMAGED where one does not, or
    // where lines are missing. Whether they are those that stand elsewhere is the audit's to say. What a fork
    // has beside them is not among them.
    Result<void> each_line(const std::string& office, const std::string& device,
                           const std::function<void(const ledger::Line&)>& visit);

    // The first bundle of the device that goes beyond its first `size` lines; nothing: there is none. It
    // begins at `size` or before.
    Result<std::optional<KeptBundle>> next_bundle(const std::string& office, const std::string& device,
                                                  std::uint64_t size);

    // The first bytes of the log's first bundle: head and first line. They are not verified.
    Result<std::string> beginning(const std::string& office, const std::string& device);

    // Keeps the other side of a fork for ever: each bundle once, at most kForksMax of a device. REQUIRES: a
    // transaction is open.
    Result<void> keep_fork(const std::string& office, const std::string& device, std::string_view bytes,
                           std::int64_t received_s);
    // What came with the evidence and is sealed to others, by commitment. An office may erase any of it.
    Result<std::vector<ledger::Attachment>> attachments(const std::string& office, const std::string& device,
                                                        const std::string& kind);

    // Bytes of those bundles, in the order in which they came. Up to kForksMax * kBundleBytesMax of memory.
    Result<std::vector<std::string>> forks(const std::string& office, const std::string& device);

    // Keeps it for ever, unless the same (device, code, detail) stands already, or kIncidentsMax of the
    // device and code, or one of the same second and code. REQUIRES: a transaction is open.
    Result<void> note_incident(const std::string& office, const Incident& incident);
    // By time.
    Result<std::vector<Incident>> incidents(const std::string& office);

    // See grant_ingest() of backend.h. Only the owner of the tables may.
    Result<void> grant_to(const std::string& role) { return grant_ingest(*database_, url_, role); }

    // Rows that lines [from, to) were projected into, in order; `oldest_ticket`: no ticket before it was open
    // at `from`. For the audit, like the two below.
    Result<std::vector<ProjectedRow>> projected_rows(const std::string& office, const std::string& device,
                                                     std::uint64_t from, std::uint64_t to,
                                                     std::uint64_t oldest_ticket);
    // Ratings cast, by day and page.
    Result<std::map<std::pair<int, std::string>, std::uint64_t>> casts(const std::string& office,
                                                                       const std::string& device);
    // Of every office and device.
    Result<std::uint64_t> projected_rows_total();

    Result<Status> status();

    Result<report::CountsReport> counts(const std::string& office, const record::DateRange& period);

    // office.toml as `init` was given it last.
    Result<std::string> profile(const std::string& office);
    // The catalogue by id and name; standard times are the profile's.
    Result<void> read_queue_names(const std::string& office, report::QueueReport& report);

  private:
    ReportDb(std::string url, Access access, std::unique_ptr<sql::Database> database)
        : url_(std::move(url)), access_(access), database_(std::move(database)) {}
    Result<void> bring_up_to_date();
    Result<sql::Transaction> begin(sql::Isolation isolation);
    Result<std::int64_t> count(std::string_view sql, const std::vector<sql::Rows::Cell>& parameters);
    Result<std::map<std::string, std::string>> place_names(const std::string& office);
    Result<Figures> figures(const std::string& office, const std::string& device);
    Result<void> read_catalogue(const std::string& office, report::CountsReport& report);
    Result<void> read_tickets(const std::string& office, report::CountsReport& report);
    Result<void> read_envelopes(const std::string& office, report::CountsReport& report);
    Result<void> read_casts(const std::string& office, report::CountsReport& report);
    Result<void> read_balance(const std::string& office, report::CountsReport& report);

    std::string url_;
    Access access_;
    std::unique_ptr<sql::Database> database_;
};

}  // namespace sala::office
