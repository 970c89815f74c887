// The engines a report database runs on, each with an empty place for one database that goes with it.
//
// On PostgreSQL the place is a database of its own in the program's private cluster; `ingest_url` is that of
// a role which owns nothing there.
#pragma once

#include <gtest/gtest.h>

#include "platform/postgres/database.h"
#include "sync/office/backend.h"
#include "tests/platform/postgres/cluster.h"
#include "tests/sync/office/temporary_folder.h"

namespace sala::office {

enum class Engine { kSqlite, kPostgres, kPostgresTls };

inline std::string name_of(Engine engine) {
    return engine == Engine::kSqlite ? "Sqlite" : engine == Engine::kPostgres ? "Postgres" : "PostgresTls";
}

// All tests of a suite on a file and on a server over its Unix socket.
#define SALA_ON_BOTH_ENGINES(Suite)                                                        \
    INSTANTIATE_TEST_SUITE_P(, Suite, testing::Values(Engine::kSqlite, Engine::kPostgres), \
                             [](const auto& each) { return name_of(each.param); })

// As sync/README.md tells the administrator to make them.
inline constexpr const char* kOwnerRole = "sala_owner";
inline constexpr const char* kIngestRole = "sala_ingest";

class Place {
  public:
    explicit Place(Engine engine) : server_(engine != Engine::kSqlite) {
        if (!server_) {
            url = ingest_url = folder_.path() / "office.db";
            return;
        }
        postgres::Cluster* cluster = postgres::Cluster::shared();
        if (cluster == nullptr) return;  // opening it will fail
        static int count = 0;
        name_ = fmt::format("office_{}", count++);
        if (count == 1) {
            on_server("ALTER SYSTEM SET fsync = off");  // databases come and go here by the dozen
            on_server("SELECT pg_reload_conf()");
            on_server(fmt::format("CREATE ROLE {} LOGIN PASSWORD 'right'", kIngestRole));
            on_server(fmt::format("CREATE ROLE {0} LOGIN; GRANT pg_signal_backend TO {0}", kOwnerRole));
        }
        on_server(fmt::format("CREATE DATABASE {} OWNER {}", name_, kOwnerRole));
        url = cluster->url(name_, kOwnerRole);
        ingest_url = engine == Engine::kPostgres ? cluster->url(name_, kIngestRole)
                                                 : cluster->tls_url(kIngestRole, "right", name_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        if (!name_.empty()) on_server(fmt::format("DROP DATABASE {} WITH (FORCE)", name_));
    }
    bool on_a_server() const { return server_; }

    // The database cannot be reached, until it is brought back.
    void take_away() {
        if (!server_) return std::filesystem::rename(url, url + ".away");
        on_server(fmt::format("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name_));
        on_server(fmt::format("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
                              name_));
    }
    void bring_back() {
        if (!server_) return std::filesystem::rename(url + ".away", url);
        on_server(fmt::format("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true", name_));
    }

    std::string url;         // as the owner
    std::string ingest_url;  // as the role that may insert and read, once it was granted that

  private:
    static void on_server(const std::string& sql) {
        auto owner = postgres::open(postgres::Cluster::shared()->url());
        ASSERT_TRUE(owner) << owner.error().line();
        const Result<void> done = (*owner)->execute(sql.c_str());
        EXPECT_TRUE(done) << done.error().line();
    }

    TemporaryFolder folder_;
    bool server_;
    std::string name_;
};

// The first column of a query's rows.
inline std::vector<std::string> column(sql::Database& database, const std::string& sql) {
    std::vector<std::string> values;
    auto query = database.prepare(sql);
    EXPECT_TRUE(query) << sql;
    while (query) {
        const Result<bool> row = query->step();
        EXPECT_TRUE(row) << sql << ": " << row.error().line();
        if (!row || !*row) break;
        values.emplace_back(query->text(0));
    }
    return values;
}

inline std::vector<std::string> tables_of(sql::Database& database, bool server) {
    return column(database, server
                                ? "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                                  "current_schema()::regnamespace ORDER BY 1"
                                : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
}

// Every row of every table but `left_out`, in order.
inline std::string dump(const std::string& url, const std::vector<std::string>& left_out = {}) {
    auto database = connect(url, Access::kRead);
    if (!database) return database.error().line();
    std::string out;
    for (const std::string& table : tables_of(**database, is_server(url))) {
        if (std::find(left_out.begin(), left_out.end(), table) != left_out.end()) continue;
        std::string row = "CAST(t AS TEXT)";
        if (!is_server(url)) {
            row.clear();
            for (const std::string& name :
                 column(**database, fmt::format("SELECT name FROM pragma_table_info('{}')", table))) {
                row += fmt::format("{}quote({})", row.empty() ? "" : " || ',' || ", name);
            }
        }
        out += table + "\n";
        for (const std::string& line :
             column(**database, fmt::format("SELECT {} FROM {} t ORDER BY 1", row, table))) {
            out += "  " + line + "\n";
        }
    }
    return out;
}

}  // namespace sala::office
