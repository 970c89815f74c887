// A real server, and what it refuses.
#include "platform/postgres/database.h"

#include <gtest/gtest.h>

#include "tests/platform/postgres/cluster.h"

namespace sala::postgres {
namespace {

class PostgresTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { cluster_ = Cluster::start(); }
    static void TearDownTestSuite() { cluster_.reset(); }
    void SetUp() override {
        ASSERT_TRUE(cluster_);
        auto opened = open(cluster_->url());
        ASSERT_TRUE(opened) << opened.error().line();
        owner_ = *std::move(opened);
        ASSERT_TRUE(
            owner_->execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
                            "CREATE TABLE thing (id BIGINT PRIMARY KEY)"));
    }
    static std::string code_of(const std::string& url) {
        const auto opened = open(url);
        return opened ? "opened" : opened.error().code;
    }
    static Result<void> insert(sql::Database& database, std::int64_t id) {
        auto statement = database.prepare("INSERT INTO thing (id) VALUES (?)");
        return statement->bind(id).run();
    }

    static std::unique_ptr<Cluster> cluster_;
    std::unique_ptr<sql::Database> owner_;
};
std::unique_ptr<Cluster> PostgresTest::cluster_;

TEST_F(PostgresTest, ARoleThatMayOnlyInsertAndSelectDoesNothingElseOverTls) {
    ASSERT_TRUE(
        owner_->execute("CREATE ROLE ingest LOGIN PASSWORD 'right';"
                        "GRANT USAGE ON SCHEMA public TO ingest;"
                        "GRANT INSERT, SELECT ON thing TO ingest"));
    auto ingest = open(cluster_->tls_url("ingest", "right"));
    ASSERT_TRUE(ingest) << ingest.error().line();
    EXPECT_TRUE(insert(**ingest, 1));
    for (const char* sql : {"DELETE FROM thing", "UPDATE thing SET id = 2", "TRUNCATE thing",
                            "DROP TABLE thing", "CREATE TABLE other (id BIGINT)"}) {
        auto statement = (*ingest)->prepare(sql);
        const Result<void> done = statement->run();
        ASSERT_FALSE(done) << sql;
        EXPECT_EQ(done.error().code, "DB-FORBIDDEN") << sql;
    }
    ingest = open(cluster_->url());
    ASSERT_TRUE(owner_->execute("DROP OWNED BY ingest; DROP ROLE ingest"));
}

TEST_F(PostgresTest, WhoIsNotLetInIsToldSoAndHisPasswordIsNot) {
    const auto wrong = open(cluster_->tls_url("owner", "tiger-7"));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "DB-REFUSED");
    EXPECT_EQ(wrong.error().line().find("tiger-7"), std::string::npos);
    EXPECT_EQ(code_of(cluster_->url("nowhere")), "DB-REFUSED");
    for (const char* malformed : {"postgresql://a:tiger-7@[::1/x", "postgresql://a:tiger-7@h/x?nonsense=1",
                                  "postgresql://a:tiger-7@h:port/x", "office.db", ""}) {
        const auto opened = open(malformed);
        ASSERT_FALSE(opened) << malformed;
        EXPECT_TRUE(opened.error().code == "DB-BAD-URL" || opened.error().code == "DB-UNREACHABLE")
            << malformed;
        EXPECT_EQ(opened.error().line().find("tiger-7"), std::string::npos) << opened.error().line();
    }
}

TEST_F(PostgresTest, NobodyAtTheAddressIsNotTakenForARefusal) {
    EXPECT_EQ(code_of("postgresql://owner@127.0.0.1:1/postgres"), "DB-UNREACHABLE");
    EXPECT_EQ(code_of("postgresql://owner@/postgres?host=/nonexistent"), "DB-UNREACHABLE");
}

TEST_F(PostgresTest, AServerWithoutRoomIsBusyAndHasRoomAgain) {
    std::vector<std::unique_ptr<sql::Database>> crowd;
    std::string refusal;
    for (int i = 0; i < 40 && refusal.empty(); ++i) {
        auto one = open(cluster_->url());
        if (one) {
            crowd.push_back(*std::move(one));
        } else {
            refusal = one.error().code;
        }
    }
    EXPECT_EQ(refusal, "DB-BUSY");
    EXPECT_GE(crowd.size(), 10u);
    crowd.clear();
    // The server notices a moment later that they are gone.
    std::string code;
    for (int i = 0; i < 1000 && code != "opened"; ++i) code = code_of(cluster_->url());
    EXPECT_EQ(code, "opened");
}

TEST_F(PostgresTest, AReadOnlyServerSaysSo) {
    ASSERT_TRUE(owner_->execute("SET default_transaction_read_only = on"));
    const Result<void> done = insert(*owner_, 1);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "DB-READ-ONLY");
}

TEST_F(PostgresTest, AServerKilledInATransactionLosesItAndNothingElse) {
    ASSERT_TRUE(insert(*owner_, 1));
    {
        auto transaction = sql::Transaction::begin(*owner_, sql::Isolation::kWriting);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE(insert(*owner_, 2));
        cluster_->kill();
        const Result<void> commit = transaction->commit();
        ASSERT_FALSE(commit);
        EXPECT_EQ(commit.error().code, "DB-UNREACHABLE") << commit.error().line();
    }
    EXPECT_EQ(insert(*owner_, 3).error().code, "DB-UNREACHABLE");
    EXPECT_EQ(code_of(cluster_->url()), "DB-UNREACHABLE");
    ASSERT_TRUE(cluster_->start_again());
    auto again = open(cluster_->url());
    ASSERT_TRUE(again);
    auto query = (*again)->prepare("SELECT COUNT(*), MAX(id) FROM thing");
    ASSERT_TRUE(*query->step());
    EXPECT_EQ(query->integer(0), 1);
    EXPECT_EQ(query->integer(1), 1);
}

}  // namespace
}  // namespace sala::postgres
