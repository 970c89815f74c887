// The other side of a comparison with PostgreSQL: bare libpq, and what its tables hold, ready to be sent.
#pragma once

#include <libpq-fe.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sala::bench {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

// Gives up where there is no connection, or a statement fails.
Connection connect(const std::string& url);
void run(PGconn* connection, const std::string& sql);
std::string one_value(PGconn* connection, const std::string& sql);

// What a bundle's evidence adds, and what its lines are projected into. `seq`: the line a row comes from,
// as SQL.
struct Table {
    const char* name;
    const char* seq;
};
extern const std::vector<Table> kProjectedTables;
inline constexpr Table kEvidenceTable{"bundle", "to_size - 1"};

// COPY ... TO and FROM STDIN, in one piece. `format`: "binary" or "text".
std::string copy_out(PGconn* connection, const std::string& query, const std::string& format);
void copy_in(PGconn* connection, const std::string& table, const std::string& data,
             const std::string& format);

// By device code: one transaction of plain INSERTs, with as many rows in each as there are, that puts all
// rows of the device into empty tables like these.
std::map<std::string, std::string> transactions_by_device(PGconn* connection);

}  // namespace sala::bench
