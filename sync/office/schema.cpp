#include "sync/office/schema.h"

namespace sala::office {

// Types and keys as PostgreSQL has them too (BLOB is its bytea). Days are yyyymmdd, times UTC milliseconds.
const char* const kSchema = R"sql(
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
  replaced_by TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code)
) STRICT;
CREATE TABLE head (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  state TEXT NOT NULL,
  last_closed INTEGER NOT NULL,
  cosigned TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
CREATE TABLE bundle (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  to_size INTEGER NOT NULL,
  from_size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  bytes BLOB NOT NULL,
  cosigned TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, to_size),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
CREATE TABLE line (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  utc_ms INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  clock_trusted INTEGER NOT NULL,
  raw BLOB NOT NULL,
  PRIMARY KEY (office_id, device_code, seq),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
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
CREATE TABLE cast_count (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  day INTEGER NOT NULL,
  page TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, day, page)
) STRICT;
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

}  // namespace sala::office
