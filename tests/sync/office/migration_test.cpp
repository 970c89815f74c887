// A database that version 1 of the schema left: golden/office_v1.sql, on both engines.
#include "sync/office/schema.h"
#include "sync/report/period.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

// SQLite's text of the golden file as PostgreSQL reads it.
std::string for_server(std::string sql) {
    for (std::size_t at = 0; (at = sql.find("X'", at)) != std::string::npos;) sql.replace(at, 2, "'\\x");
    for (std::size_t at = 0; (at = sql.find("PRAGMA")) != std::string::npos;)
        sql.erase(at, sql.find(';', at) + 1 - at);
    return sql;
}

class FromVersion1 : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        const std::string golden =
            *read_file(SALA_SOURCE_DIR "/tests/sync/office/golden/office_v1.sql", 1 << 20);
        {
            const auto database = connect_or_create(place_.url);
            ASSERT_TRUE(database) << database.error().line();
            const std::string sql =
                place_.on_a_server() ? in_words_of(place_.url, for_server(golden)) : golden;
            const Result<void> made = (*database)->execute(sql.c_str());
            ASSERT_TRUE(made) << made.error().line();
            if (place_.on_a_server()) {
                ASSERT_TRUE(stamp_version(**database, place_.url, 1));
            }
        }
        // The key that the golden file's office signs with.
        fs::create_directory(keys_);
        fs::permissions(keys_, fs::perms(0700));
        std::string seed;
        for (int i = 0; i < 32; ++i) seed += "07";
        ASSERT_TRUE(write_file_durably(keys_ / "office.key", seed + "\n", 0600));
        log_.whole_day(20270115);
        day_ = log_.size();
        log_.add(ledger::Cosigned{day_, log_.tree(day_).root(), "banmai.example/sala/office", kNow_s});
        log_.whole_day(20270118, 9);
        log_.open_day(20270119);
        log_.ticket("clerk", "birth");
        log_.cast(2);
        ASSERT_EQ(log_.size(), 40u);
    }
    // Every column of every table, with its type.
    static std::vector<std::string> shape(const std::string& url) {
        const auto database = *connect(url, Access::kRead);
        if (is_server(url)) {
            return column(*database,
                          "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || "
                          "is_nullable || ' ' || ordinal_position FROM information_schema.columns "
                          "WHERE table_schema = current_schema() AND table_name <> 'device' "
                          "ORDER BY 1");
        }
        return column(*database,
                      "SELECT m.name || '.' || p.name || ' ' || p.type || ' ' || p.\"notnull\" || ' ' "
                      "|| p.pk FROM sqlite_master m, pragma_table_info(m.name) p ORDER BY 1");
    }

    TemporaryFolder folder_;
    Place place_{GetParam()};
    fs::path keys_ = folder_.path() / "keys";
    LogBuilder log_;
    std::uint64_t day_ = 0;
};

TEST_P(FromVersion1, IsNotChangedByWhoReadsOnly) {
    const std::string before = dump(place_.url);
    EXPECT_EQ(ReportDb::open(place_.url, Access::kRead).error().code, "DB-OLDER");
    EXPECT_EQ((*ReportDb::office_in(place_.url))->id, "banmai");
    EXPECT_EQ(dump(place_.url), before);
}

TEST_P(FromVersion1, GivesTheSameFigures) {
    auto database = ReportDb::open(place_.url, Access::kWrite);
    ASSERT_TRUE(database) << database.error().line();
    std::string told;
    const Result<Status> status = database->status();
    ASSERT_TRUE(status) << status.error().line();
    for (const DeviceStatus& device : status->devices) {
        const Figures& of = device.figures;
        told += fmt::format("{} {} {}: {} {} {} {} {} {}\n", device.device.name, device.device.replaced_by,
                            device.last_closed, of.lines, of.tickets_issued, of.tickets_served,
                            of.ratings_cast, of.ratings_sealed, of.envelopes);
    }
    EXPECT_EQ(told,
              "ตู้ใหม่  0: 0 0 0 0 0 0\n"
              "โถงหน้า  20270118: 40 7 4 18 16 2\n"
              "ชั้นสอง CCCCCCCCCCCCCCCCCCCCCCCCCC 20270115: 17 3 2 6 6 1\n");
    const auto january = database->counts("banmai", *report::fiscal_month(2570, 1));
    EXPECT_EQ(january->balance.cast, 24);
    EXPECT_EQ(january->balance.waiting, 2);
    EXPECT_EQ(january->envelopes.size(), 3u);
    const auto noted = database->incidents("banmai");
    ASSERT_EQ(noted->size(), 1u);
    EXPECT_EQ(noted->front().code, "DEVICE-REPLACED");
    EXPECT_EQ(*database->tree_at("banmai", log_.code(), 30), log_.tree(30));
}

TEST_P(FromVersion1, GoesOnWhereItStood) {
    ASSERT_TRUE(init_office(place_.url, keys_, sample_office(), "[office]\n")) << "as its owner would";
    auto database = *ReportDb::open(place_.url, Access::kWrite);
    const OfficeKey key = *keys_of(*database.office(), keys_);
    const auto old = ingest(database, key, log_.bundle(0, day_), kNow_s + 99);
    ASSERT_TRUE(old) << old.error().line();
    EXPECT_EQ(old->new_lines, 0u);
    log_.close_day();
    const auto next = ingest(database, key, log_.bundle(35, log_.size()), kNow_s + 100);
    ASSERT_TRUE(next) << next.error().line();
    EXPECT_EQ(next->new_lines, 1u);
    EXPECT_EQ(database.status()->devices.at(1).last_closed, 20270119);
}

TEST_P(FromVersion1, EndsWithTheTablesOfANewOne) {
    ASSERT_TRUE(ReportDb::open(place_.url, Access::kWrite));
    const Place other(GetParam());
    ASSERT_TRUE(ReportDb::open_or_create(other.url));
    EXPECT_EQ(shape(place_.url), shape(other.url));
}

TEST_P(FromVersion1, StaysWhatItWasWhenAStepFails) {
    ASSERT_TRUE((*connect(place_.url, Access::kWrite))->execute("CREATE TABLE replacement (x INTEGER)"));
    const std::string before = dump(place_.url);
    EXPECT_EQ(ReportDb::open(place_.url, Access::kWrite).error().code, "DB-FAILED");
    EXPECT_EQ(dump(place_.url), before);
    ASSERT_TRUE((*connect(place_.url, Access::kWrite))->execute("DROP TABLE replacement"));
    EXPECT_TRUE(ReportDb::open(place_.url, Access::kWrite));
}

SALA_ON_BOTH_ENGINES(FromVersion1);

class OldOnAServer : public testing::TestWithParam<Engine> {};
TEST_P(OldOnAServer, IsForItsOwnerToBringUpToDate) {
    const Place place(GetParam());
    ASSERT_TRUE(ReportDb::open_or_create(place.url));
    const auto owner = *connect(place.url, Access::kWrite);
    ASSERT_TRUE(stamp_version(*owner, place.url, 1));
    ASSERT_TRUE(grant_ingest(*owner, place.url, kIngestRole));
    EXPECT_EQ(ReportDb::open(place.ingest_url, Access::kWrite).error().code, "DB-OLDER");
}
INSTANTIATE_TEST_SUITE_P(, OldOnAServer, testing::Values(Engine::kPostgres),
                         [](const auto& each) { return name_of(each.param); });

}  // namespace
}  // namespace sala::office
