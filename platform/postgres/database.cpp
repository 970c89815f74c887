#include "platform/postgres/database.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "platform/base/handle.h"
#include "platform/postgres/copy.h"
#include "platform/postgres/failure.h"
#include "platform/postgres/parameters.h"

namespace sala::postgres {
namespace {

using Connection = Handle<PGconn, PQfinish>;
using Answer = Handle<PGresult, PQclear>;

constexpr int kServerVersionMin = 15'00'00;
constexpr int kBinary = 1;
constexpr std::size_t kPreparedMax = 256;

// What the URL does not say otherwise.
constexpr std::pair<const char*, const char*> kLimits[] = {
    {"connect_timeout", "10"},
    {"tcp_user_timeout", "30000"},
    {"keepalives_idle", "30"},
    {"keepalives_interval", "10"},
    {"keepalives_count", "3"},
    {"client_encoding", "UTF8"},
    {"fallback_application_name", "sala-office"},
};
constexpr const char* kSession =
    "SET statement_timeout = '60s'; SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = "
    "'60s';"
    "SET synchronous_commit = on; SET bytea_output = 'hex'; SET client_min_messages = warning";

// Plans are kept for the session. One that was made while a table was small would read the whole of it for
// ever after, and lock it against every other writer; what writes finds its rows by their keys.
const char* begin_of(sql::Isolation isolation) {
    switch (isolation) {
        case sql::Isolation::kWriting:
            return "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off";
        case sql::Isolation::kAdding:
            return "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL enable_seqscan = off";
        case sql::Isolation::kSnapshot:
            return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    }
    return "";
}

// int8, int4 or int2 as it comes over the wire.
std::int64_t whole_number(ByteView bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
    switch (bytes.size()) {
        case 8:
            return static_cast<std::int64_t>(value);
        case 4:
            return static_cast<std::int32_t>(value);
        case 2:
            return static_cast<std::int16_t>(value);
        default:
            return 0;
    }
}

class Session {
  public:
    explicit Session(Connection connection) : connection_(std::move(connection)) {}

    Error failed(const PGresult* answer) const { return failure(connection_.get(), answer); }

    Result<void> execute(const char* sql) {
        const Answer answer(PQexec(connection_.get(), sql));
        const ExecStatusType status = PQresultStatus(answer.get());
        const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        return done ? Result<void>() : failed(answer.get());
    }

    // Runs a statement, which the server has parsed before if it ran with parameters of these kinds already.
    Result<Answer> run(const std::string& sql, const Parameters& parameters) {
        const Result<std::string> name = prepared(sql, parameters);
        if (!name) return name.error();
        Answer answer(PQexecPrepared(connection_.get(), name->c_str(), parameters.count(),
                                     parameters.values(), parameters.lengths(), parameters.formats(),
                                     kBinary));
        const ExecStatusType status = PQresultStatus(answer.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failed(answer.get());
        const std::string_view changed = PQcmdTuples(answer.get());
        changes = 0;
        std::from_chars(changed.data(), changed.data() + changed.size(), changes);
        return answer;
    }

    // COPY, which takes a fraction of the time of as many INSERTs.
    Result<void> insert(const sql::Rows& rows) {
        const Answer answer(PQexec(connection_.get(), copy_command(rows).c_str()));
        if (PQresultStatus(answer.get()) != PGRES_COPY_IN) return failed(answer.get());
        // What goes wrong on the way stands in the server's answer to the end of it.
        const bool sent = send_copy(connection_.get(), rows) && PQputCopyEnd(connection_.get(), nullptr) == 1;
        Result<void> done = sent ? Result<void>() : failed(nullptr);
        for (;;) {
            const Answer end(PQgetResult(connection_.get()));
            if (!end) return done;
            const ExecStatusType status = PQresultStatus(end.get());
            if (status != PGRES_COMMAND_OK) done = failed(end.get());
            if (status == PGRES_COPY_IN || PQstatus(connection_.get()) != CONNECTION_OK) return done;
        }
    }

    // A transaction in which something failed answers COMMIT with success, and has rolled back.
    Result<void> commit() {
        const Answer answer(PQexec(connection_.get(), "COMMIT"));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failed(answer.get());
        if (std::string_view(PQcmdStatus(answer.get())) == "COMMIT") return {};
        return Error{"DB-FAILED", "ฐานข้อมูลไม่บันทึกรายการนี้เพราะมีขั้นตอนหนึ่งไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบ",
                     "the database rolled back because one of the steps had failed; call the administrator"};
    }

    std::int64_t changes = 0;

  private:
    Result<std::string> prepared(const std::string& sql, const Parameters& parameters) {
        const std::string key = parameters.kinds() + sql;
        if (const auto known = names_.find(key); known != names_.end()) return known->second;
        if (names_.size() >= kPreparedMax) {
            if (Result<void> done = execute("DEALLOCATE ALL"); !done) return done.error();
            names_.clear();
        }
        const std::string name = fmt::format("s{}", names_.size());
        const Answer answer(
            PQprepare(connection_.get(), name.c_str(), sql.c_str(), parameters.count(), parameters.types()));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failed(answer.get());
        names_.emplace(key, name);
        return name;
    }

    Connection connection_;
    std::map<std::string, std::string> names_;  // kinds of the parameters and SQL -> its name on the server
};

class PostgresStatement final : public sql::Statement::Engine {
  public:
    PostgresStatement(Session& session, std::string sql) : session_(session), sql_(std::move(sql)) {}

    void bind(std::int64_t number) override { parameters_.add(number); }
    void bind(std::string_view text) override { parameters_.add(text); }
    void bind(ByteView bytes) override { parameters_.add(bytes); }

    Result<bool> step() override {
        if (!answer_) {
            Result<Answer> answer = session_.run(sql_, parameters_);
            parameters_.clear();
            if (!answer) return answer.error();
            answer_ = *std::move(answer);
            row_ = -1;
        }
        if (++row_ < PQntuples(answer_.get())) return true;
        answer_.reset();
        return false;
    }

    std::int64_t integer(int column) const override { return whole_number(blob(column)); }
    std::string_view text(int column) const override { return text_of(blob(column)); }
    ByteView blob(int column) const override {
        return {reinterpret_cast<const std::uint8_t*>(PQgetvalue(answer_.get(), row_, column)),
                static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
    }

  private:
    Session& session_;
    std::string sql_;
    Parameters parameters_;
    Answer answer_;
    int row_ = 0;
};

class PostgresDatabase final : public sql::Database {
  public:
    explicit PostgresDatabase(Connection connection) : session_(std::move(connection)) {}

    Result<void> execute(const char* sql) override { return session_.execute(sql); }

    Result<sql::Statement> prepare(std::string_view sql) override {
        return sql::Statement(std::make_unique<PostgresStatement>(session_, numbered_parameters(sql)));
    }

    Result<void> insert(const sql::Rows& rows) override { return session_.insert(rows); }

    std::int64_t changes() const override { return session_.changes; }

  private:
    Result<void> begin(sql::Isolation isolation) override { return execute(begin_of(isolation)); }
    Result<void> commit() override { return session_.commit(); }
    // A connection that is gone has rolled back already.
    void rollback() override { static_cast<void>(session_.execute("ROLLBACK").ok()); }

    Session session_;
};

}  // namespace

bool is_url(std::string_view text) {
    return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

Result<std::unique_ptr<sql::Database>> open(const std::string& url) {
    // libpq's own words about a URL repeat it, with its password.
    if (!is_url(url) || !Handle<PQconninfoOption, PQconninfoFree>(PQconninfoParse(url.c_str(), nullptr))) {
        return Error{"DB-BAD-URL", "ที่อยู่ฐานข้อมูลใน --db ไม่ถูกรูปแบบ โปรดใช้แบบ postgresql://ผู้ใช้@เครื่อง/ชื่อฐานข้อมูล",
                     "the database address in --db is malformed; write postgresql://user@host/database"};
    }
    // The URL comes last, so that what it says wins.
    std::vector<const char*> names, values;
    for (const auto& [name, value] : kLimits) {
        names.push_back(name);
        values.push_back(value);
    }
    names.push_back("dbname");
    values.push_back(url.c_str());
    names.push_back(nullptr);
    values.push_back(nullptr);
    Connection connection(PQconnectdbParams(names.data(), values.data(), 1));
    if (PQstatus(connection.get()) != CONNECTION_OK) return unreachable(connection.get());
    if (PQserverVersion(connection.get()) < kServerVersionMin) {
        return Error{"DB-OLD", "เซิร์ฟเวอร์ PostgreSQL เก่าเกินไป โปรดใช้รุ่น 15 ขึ้นไป",
                     "the PostgreSQL server is too old; use version 15 or newer"};
    }
    // Its chat (a table that was there already) is nobody's.
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    auto database = std::make_unique<PostgresDatabase>(std::move(connection));
    if (Result<void> set = database->execute(kSession); !set) return set.error();
    return std::unique_ptr<sql::Database>(std::move(database));
}

}  // namespace sala::postgres
