#include "sync/office/schema.h"

#include <fmt/format.h>

namespace sala::office {
namespace {

// Days are yyyymmdd, times UTC, in the unit of their names. What ingest writes is only ever inserted.

constexpr const char* kCatalogue = R"sql(
CREATE TABLE office (
  office_id TEXT NOT NULL PRIMARY KEY,
  domain TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  vkey TEXT NOT NULL,
  profile BLOB NOT NULL
) STRICT;
CREATE TABLE division (
  office_id TEXT NOT NULL REFERENCES office,
  division_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, division_id)
) STRICT;
CREATE TABLE service (
  office_id TEXT NOT NULL,
  division_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, division_id, service_id),
  FOREIGN KEY (office_id, division_id) REFERENCES division
) STRICT;
CREATE TABLE counter (
  office_id TEXT NOT NULL REFERENCES office,
  counter_id TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, counter_id)
) STRICT;
CREATE TABLE device (
  office_id TEXT NOT NULL REFERENCES office,
  device_code TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code)
) STRICT;
)sql";

// The evidence. A device's head is its row with the largest to_size; held_size is the head that a row was
// added to, so of two writers who saw the same head one is refused. `state` is the log's at to_size
// (LogState), and empty in rows that version 1 wrote and that were no head. What is long stands last: SQLite
// reads a row from its beginning.
constexpr const char* kBundle = R"sql(
CREATE TABLE bundle (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  to_size INTEGER NOT NULL,
  held_size INTEGER NOT NULL,
  from_size INTEGER NOT NULL,
  last_closed INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  cosigned TEXT NOT NULL,
  state TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (office_id, device_code, to_size),
  UNIQUE (office_id, device_code, held_size),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
)sql";

// What came behind the evidence and is sealed to others. It is no part of the proof: an office may erase it.
constexpr const char* kAttachments = R"sql(
CREATE TABLE attachment (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  commitment BLOB NOT NULL,
  to_size INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (office_id, device_code, commitment),
  FOREIGN KEY (office_id, device_code, to_size) REFERENCES bundle
) STRICT;
)sql";

// What the bundles say, so that reports need not read them. They are computed from bundle.bytes alone.
constexpr const char* kTickets = R"sql(
CREATE TABLE ticket (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  day INTEGER NOT NULL,
  division_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, seq)
) STRICT;
CREATE INDEX ticket_by_day ON ticket (office_id, day, division_id, service_id);
CREATE TABLE ticket_served (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  ticket_seq INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  served_by TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, ticket_seq),
  FOREIGN KEY (office_id, device_code, ticket_seq) REFERENCES ticket
) STRICT;
)sql";
constexpr const char* kEnvelopes = R"sql(
CREATE TABLE envelope (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  page TEXT NOT NULL,
  ballot_class TEXT NOT NULL,
  place TEXT NOT NULL,
  day_first INTEGER NOT NULL,
  day_last INTEGER NOT NULL,
  k INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, seq)
) STRICT;
CREATE INDEX envelope_by_day ON envelope (office_id, day_last);
CREATE TABLE envelope_count (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  item TEXT NOT NULL,
  value INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, seq, item, value),
  FOREIGN KEY (office_id, device_code, seq) REFERENCES envelope
) STRICT;
)sql";

// Of the new lines of the bundle that ends at to_size; what version 1 counted stands under its last one.
constexpr const char* kCasts = R"sql(
CREATE TABLE cast_count (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  to_size INTEGER NOT NULL,
  day INTEGER NOT NULL,
  page TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, to_size, day, page)
) STRICT;
)sql";

// What the audit says for ever: the other sides of forks, what went wrong, who took whose place.
constexpr const char* kForEver = R"sql(
CREATE TABLE fork_bundle (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  received_s INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (office_id, device_code, sha256)
) STRICT;
CREATE TABLE incident (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  at_s INTEGER NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, at_s, code)
) STRICT;
CREATE TABLE replacement (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  replaces_code TEXT NOT NULL,
  at_s INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code)
) STRICT;
)sql";

// Version 1 kept heads apart, every line a second time, one count of casts per day, and who replaced a
// device without a time. It let one device replace several: each stands as an incident too.
constexpr const char* kFrom1 = R"sql(
INSERT INTO bundle (office_id, device_code, to_size, held_size, from_size, last_closed, frontier, cosigned,
  state, bytes)
  SELECT b.office_id, b.device_code, b.to_size, COALESCE((SELECT MAX(p.to_size) FROM bundle_1 p
    WHERE p.office_id = b.office_id AND p.device_code = b.device_code AND p.to_size < b.to_size), 0),
    b.from_size, COALESCE(h.last_closed, 0), b.frontier,
    b.cosigned, COALESCE(h.state, ''), b.bytes
  FROM bundle_1 b LEFT JOIN head h
  ON h.office_id = b.office_id AND h.device_code = b.device_code AND h.size = b.to_size;
INSERT INTO cast_count (office_id, device_code, to_size, day, page, n)
  SELECT c.office_id, c.device_code, h.size, c.day, c.page, c.n FROM cast_count_1 c JOIN head h
  ON h.office_id = c.office_id AND h.device_code = c.device_code;
INSERT INTO replacement (office_id, device_code, replaces_code, at_s)
  SELECT office_id, replaced_by, MIN(device_code), 0 FROM device WHERE replaced_by <> ''
  GROUP BY office_id, replaced_by;
INSERT INTO incident (office_id, device_code, at_s, code, detail)
  SELECT office_id, device_code, 0, 'DEVICE-REPLACED', replaced_by FROM device WHERE replaced_by <> '';
DROP TABLE bundle_1;
DROP TABLE cast_count_1;
DROP TABLE head;
DROP TABLE line;
ALTER TABLE device DROP COLUMN replaced_by;
)sql";

}  // namespace

std::string schema() {
    return fmt::format("{}{}{}{}{}{}{}", kCatalogue, kBundle, kAttachments, kTickets, kCasts, kEnvelopes,
                       kForEver);
}

std::string migration(int) {
    return fmt::format(
        "ALTER TABLE bundle RENAME TO bundle_1; ALTER TABLE cast_count RENAME TO cast_count_1;{}{}{}{}{}",
        kBundle, kAttachments, kCasts, kForEver, kFrom1);
}

}  // namespace sala::office
