#include "tests/bench/postgres_side.h"

#include <fmt/format.h>

#include "tests/bench/bench_tools.h"

namespace sala::bench {
namespace {

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Answer ask(PGconn* connection, const std::string& sql) {
    Answer answer(PQexec(connection, sql.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN &&
        status != PGRES_COPY_OUT) {
        give_up(fmt::format("{}: {}", sql.substr(0, 200), PQerrorMessage(connection)));
    }
    return answer;
}

// Reads what follows the end of a COPY.
void finish_copy(PGconn* connection) {
    for (;;) {
        const Answer answer(PQgetResult(connection), &PQclear);
        if (!answer) return;
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) give_up(PQerrorMessage(connection));
    }
}

}  // namespace

const std::vector<Table> kProjectedTables = {{"ticket", "seq"},
                                             {"ticket_served", "seq"},
                                             {"cast_count", "to_size - 1"},
                                             {"envelope", "seq"},
                                             {"envelope_count", "seq"}};

Connection connect(const std::string& url) {
    Connection connection(PQconnectdb(url.c_str()), &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK) give_up(PQerrorMessage(connection.get()));
    return connection;
}

void run(PGconn* connection, const std::string& sql) { ask(connection, sql); }

std::string one_value(PGconn* connection, const std::string& sql) {
    const Answer answer = ask(connection, sql);
    return PQntuples(answer.get()) == 1 ? PQgetvalue(answer.get(), 0, 0) : "";
}

std::string copy_out(PGconn* connection, const std::string& query, const std::string& format) {
    ask(connection, fmt::format("COPY ({}) TO STDOUT (FORMAT {})", query, format));
    std::string data;
    char* row = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(connection, &row, 0)) > 0) {
        data.append(row, static_cast<std::size_t>(size));
        PQfreemem(row);
    }
    finish_copy(connection);
    return data;
}

void copy_in(PGconn* connection, const std::string& table, const std::string& data,
             const std::string& format) {
    ask(connection, fmt::format("COPY {} FROM STDIN (FORMAT {})", table, format));
    if (PQputCopyData(connection, data.data(), static_cast<int>(data.size())) != 1 ||
        PQputCopyEnd(connection, nullptr) != 1) {
        give_up(PQerrorMessage(connection));
    }
    finish_copy(connection);
}

std::map<std::string, std::string> transactions_by_device(PGconn* connection) {
    std::vector<Table> tables = kProjectedTables;
    tables.push_back(kEvidenceTable);
    std::map<std::string, std::string> transactions;
    for (const Table& table : tables) {
        const std::string quoted = one_value(
            connection, fmt::format("SELECT string_agg('quote_nullable(' || attname || ')', ',' ORDER BY "
                                    "attnum) FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > "
                                    "0 AND NOT attisdropped",
                                    table.name));
        const Answer rows = ask(
            connection, fmt::format("SELECT device_code, string_agg('(' || concat_ws(',', {}) || ')', ',') "
                                    "FROM {} GROUP BY device_code",
                                    quoted, table.name));
        for (int i = 0; i < PQntuples(rows.get()); ++i) {
            std::string& sql = transactions[PQgetvalue(rows.get(), i, 0)];
            if (sql.empty()) sql = "BEGIN;";
            sql += fmt::format("INSERT INTO {} VALUES {};", table.name, PQgetvalue(rows.get(), i, 1));
        }
    }
    for (auto& [device, sql] : transactions) sql += "COMMIT";
    return transactions;
}

}  // namespace sala::bench
