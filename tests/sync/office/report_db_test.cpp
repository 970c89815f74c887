// What the database promises to those who build on it, on both engines and once over TLS.
#include "sync/office/report_db.h"

#include "sync/report/period.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

class OnReportDb : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        log_.whole_day(20270115);
        day_ = log_.size();
        log_.whole_day(20270118, 9);
        enrol_kiosk(log_);
    }
    // Another history under the same key.
    static std::string fork(std::uint64_t raters) {
        LogBuilder other;
        other.whole_day(20270115, raters);
        return other.bundle();
    }
    std::vector<std::string> forks() { return *database_->forks("banmai", log_.code()); }
    std::vector<Incident> incidents() { return *database_->incidents("banmai"); }
    Result<void> note(const Incident& incident) {
        auto transaction = database_->begin();
        Result<void> done = database_->note_incident("banmai", incident);
        if (done) done = transaction->commit();
        return done;
    }

    LogBuilder log_;
    std::uint64_t day_ = 0;
};

TEST_P(OnReportDb, TellsLinesAndTreesOutOfTheBundlesThatHoldThem) {
    ASSERT_TRUE(take(log_.bundle(0, 5)));
    ASSERT_TRUE(take(log_.bundle(2, day_)));
    ASSERT_TRUE(take(log_.bundle(day_ - 3, log_.size())));
    for (std::uint64_t size = 0; size <= log_.size(); ++size) {
        const auto tree = database_->tree_at("banmai", log_.code(), size);
        ASSERT_TRUE(tree) << tree.error().line();
        EXPECT_EQ(*tree, log_.tree(size)) << size;
    }
    const auto opened = ledger::open_bundle(log_.bundle());
    const auto lines = database_->lines("banmai", log_.code(), 3, log_.size() - 1);
    ASSERT_TRUE(lines) << lines.error().line();
    ASSERT_EQ(lines->size(), log_.size() - 4);
    const std::string whole = log_.bundle();
    for (const std::string& line : *lines) EXPECT_NE(whole.find("\n" + line + "\n"), std::string::npos);
}

TEST_P(OnReportDb, HandsOutEveryBundleInTheOrderOfTheLog) {
    const std::string bundles[] = {log_.bundle(0, 5), log_.bundle(2, day_), log_.bundle(day_, log_.size())};
    std::string told, expected;
    for (const std::string& bundle : bundles) {
        const auto opened = ledger::open_bundle(bundle);
        const auto receipt = take(bundle);
        ASSERT_TRUE(receipt);
        expected += fmt::format("{} {} {}{}", opened->from(), opened->to(), bundle, receipt->cosigned);
    }
    const BundleVisitor tell = [&](auto from, auto to, auto bytes, auto cosigned) {
        told += fmt::format("{} {} {}{}", from, to, bytes, cosigned);
        return Result<void>();
    };
    ASSERT_TRUE(database_->each_bundle("banmai", log_.code(), tell));
    EXPECT_EQ(told, expected);

    int seen = 0;
    const BundleVisitor stop = [&](auto, auto, auto, auto) {
        return ++seen, Result<void>(Error{"STOP", "", ""});
    };
    EXPECT_EQ(database_->each_bundle("banmai", log_.code(), stop).error().code, "STOP");
    EXPECT_EQ(seen, 1);
    EXPECT_TRUE(database_->each_bundle("banmai", std::string(26, 'Z'), stop)) << "nothing is held of it";
}

TEST_P(OnReportDb, KeepsTheOtherSideOfAForkOnce) {
    ASSERT_TRUE(take(log_.bundle()));
    EXPECT_TRUE(forks().empty());
    EXPECT_EQ(refusal(fork(8)), "BUNDLE-FORK");
    EXPECT_EQ(refusal(fork(8)), "BUNDLE-FORK");
    EXPECT_EQ(forks(), std::vector<std::string>{fork(8)});
    EXPECT_EQ(ingest(*database_, *key_, fork(9), kNow_s + 60).error().code, "BUNDLE-FORK");
    EXPECT_EQ(forks(), (std::vector<std::string>{fork(8), fork(9)}));
    const auto noted = incidents();
    ASSERT_EQ(noted.size(), 1u) << "both part from what is held at the same line";
    EXPECT_EQ(noted[0], (Incident{log_.code(), kNow_s, "BUNDLE-FORK", "at line 16"}));
    EXPECT_EQ(*database_->forks("banmai", std::string(26, 'Z')), std::vector<std::string>());
    EXPECT_EQ(refusal(log_.bundle()), "") << "the side that is held goes on";
}

TEST_P(OnReportDb, FillsNoDiskWithForks) {
    ASSERT_TRUE(take(log_.bundle()));
    for (std::uint64_t raters = 10; raters < 10 + kForksMax + 3; ++raters) {
        EXPECT_EQ(take(fork(raters)).error().code, "BUNDLE-FORK");
    }
    EXPECT_EQ(forks().size(), static_cast<std::size_t>(kForksMax));
}

TEST_P(OnReportDb, KeepsNothingOfASenderItDoesNotKnow) {
    const std::string before = dump(url_);
    LogBuilder stranger(9);
    EXPECT_EQ(refusal(stranger.bundle()), "BUNDLE-NOT-ENROLLED");
    std::string cut = fork(8);
    cut.back() = 'x';
    EXPECT_FALSE(take(cut));
    EXPECT_EQ(dump(url_), before);
}

TEST_P(OnReportDb, NotesAnIncidentOnceWhateverItsTime) {
    const Incident gap{log_.code(), 100, "BUNDLE-GAP", "has 5"};
    ASSERT_TRUE(note(gap));
    ASSERT_TRUE(note({log_.code(), 200, "BUNDLE-GAP", "has 5"}));
    ASSERT_TRUE(note({log_.code(), 50, "BUNDLE-GAP", "has 6"}));
    ASSERT_TRUE(note({"", 60, "DB-RESTORED", "ฐานข้อมูลถูกนำสำเนากลับมา '"}));
    EXPECT_EQ(incidents(), (std::vector<Incident>{{log_.code(), 50, "BUNDLE-GAP", "has 6"},
                                                  {"", 60, "DB-RESTORED", "ฐานข้อมูลถูกนำสำเนากลับมา '"},
                                                  gap}));
    for (std::int64_t i = 0; i < kIncidentsMax + 5; ++i)
        ASSERT_TRUE(note({log_.code(), 1000 + i, "BUNDLE-GAP", fmt::format("has {}", 1000 + i)}));
    EXPECT_EQ(incidents().size(), static_cast<std::size_t>(kIncidentsMax) + 1);
}

TEST_P(OnReportDb, NotesAnOfficeThatCosignedMoreThanItHolds) {
    ledger::Note note = log_.checkpoint(log_.size());
    note.signatures.push_back(ledger::cosign_note(note.text, key_->name, key_->key, kNow_s));
    EXPECT_EQ(refusal(log_.bundle(0, day_, note.bytes())), "BUNDLE-BEHIND");
    EXPECT_EQ(refusal(log_.bundle(0, day_ - 1, note.bytes())), "BUNDLE-BEHIND");
    ASSERT_EQ(incidents().size(), 2u) << "the same things twice";
    EXPECT_EQ(incidents()[1].code, "OFFICE-RESTORED");
    EXPECT_EQ(incidents()[0].detail, fmt::format("the office has cosigned {} lines", log_.size()));
}

TEST_P(OnReportDb, RowsThatNoBundleBroughtAreDamage) {
    const auto owner = *connect(url_, Access::kWrite);
    const std::string plant = fmt::format(
        "INSERT INTO ticket (office_id, device_code, seq, day, division_id, service_id, number) "
        "VALUES ('banmai', '{}', {}, 20270118, 'finance', 'land-tax', 'B001')",
        log_.code(), day_ + 1);
    ASSERT_TRUE(owner->execute(plant.c_str()));
    EXPECT_EQ(refusal(log_.bundle(0, day_)), "");
    EXPECT_EQ(refusal(log_.bundle(day_, log_.size())), "DB-DAMAGED");
}

TEST_P(OnReportDb, EvidenceThatWasChangedIsDamageAndNoFork) {
    ASSERT_TRUE(take(log_.bundle(0, day_)));
    const auto owner = *connect(url_, Access::kWrite);
    auto change = *owner->prepare("UPDATE bundle SET bytes = ?");
    std::string bytes = log_.bundle(0, day_);
    bytes[bytes.find("land-tax")] = 'b';
    ASSERT_TRUE(change.bind(bytes_of(bytes)).run());
    EXPECT_EQ(refusal(log_.bundle(4, log_.size())), "DB-DAMAGED");
}

TEST_P(OnReportDb, GivesTheSameFiguresToWhoReadsOnly) {
    ASSERT_TRUE(take(log_.bundle()));
    auto reader = ReportDb::open(place_.ingest_url, Access::kRead);
    ASSERT_TRUE(reader) << reader.error().line();
    EXPECT_EQ(reader->status()->figures.ratings_cast, 16);
    EXPECT_EQ(reader->counts("banmai", *report::fiscal_month(2570, 1))->envelopes.size(), 2u);
    const Result<Receipt> refused = ingest(*reader, *key_, fork(8), kNow_s);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "DB-READ-ONLY") << "the fork could not be kept";
}

TEST_P(OnReportDb, AnEmptyPlaceIsNotAnOffice) {
    const Place other(GetParam());
    const std::string code = place_.on_a_server() ? "DB-EMPTY" : "DB-NOT-FOUND";
    EXPECT_EQ(ReportDb::open(other.url, Access::kRead).error().code, code);
    EXPECT_EQ(ReportDb::open(other.url, Access::kWrite).error().code, code);
    EXPECT_FALSE(*ReportDb::office_in(other.url));
    ASSERT_TRUE(ReportDb::open_or_create(other.url));
    EXPECT_EQ(ReportDb::open(other.url, Access::kRead)->office().error().code, "DB-EMPTY");
    ASSERT_TRUE(ReportDb::open_or_create(other.url)) << "again";
}

TEST_P(OnReportDb, TablesOfAnotherProgramAreLeftAlone) {
    const Place other(GetParam());
    {
        const auto database = *connect_or_create(other.url);
        ASSERT_TRUE(database->execute("CREATE TABLE bundle (id INTEGER)"));
    }
    const std::string before = dump(other.url);
    EXPECT_EQ(ReportDb::open_or_create(other.url).error().code, "DB-OTHER-PROGRAM");
    EXPECT_EQ(ReportDb::open(other.url, Access::kRead).error().code, "DB-OTHER-PROGRAM");
    EXPECT_EQ(init_office(other.url, keys_, sample_office(), "").error().code, "DB-OTHER-PROGRAM");
    EXPECT_EQ(dump(other.url), before);
}

INSTANTIATE_TEST_SUITE_P(, OnReportDb,
                         testing::Values(Engine::kSqlite, Engine::kPostgres, Engine::kPostgresTls),
                         [](const auto& each) { return name_of(each.param); });

// The role that `init --grant-to` makes fit for ingest.
class IngestRole : public OfficeTest {
  protected:
    std::string code_of(const std::string& sql) const {
        const Result<void> done = (*connect(place_.ingest_url, Access::kWrite))->execute(sql.c_str());
        return done ? "done" : done.error().code;
    }
};

TEST_P(IngestRole, TakesNothingAwayAndChangesNothing) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    LogBuilder other;
    other.whole_day(20270115, 8);
    EXPECT_EQ(refusal(other.bundle()), "BUNDLE-FORK");
    const std::string before = dump(url_);
    const auto tables = tables_of(**connect(url_, Access::kRead), true);
    ASSERT_EQ(tables.size(), 16u);
    for (const std::string& table : tables) {
        for (const char* deed :
             {"DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}", "ALTER TABLE {} ADD x BIGINT"}) {
            EXPECT_EQ(code_of(fmt::format(fmt::runtime(deed), table)), "DB-FORBIDDEN")
                << deed << " " << table;
        }
        const std::string first =
            column(**connect(url_, Access::kRead),
                   fmt::format("SELECT attname::text FROM pg_attribute WHERE attrelid = "
                               "'{}'::regclass AND attnum = 1",
                               table))
                .at(0);
        EXPECT_EQ(code_of(fmt::format("UPDATE {0} SET {1} = {1}", table, first)), "DB-FORBIDDEN") << table;
    }
    EXPECT_EQ(code_of("CREATE TABLE thing (id BIGINT)"), "DB-FORBIDDEN");
    EXPECT_EQ(dump(url_), before);
}

TEST_P(IngestRole, DoesNotSetTheOfficeUp) {
    EXPECT_EQ(enrol(*database_, std::string(26, 'A'), "โถงหน้า", "").error().code, "DB-FORBIDDEN");
    EXPECT_EQ(init_office(place_.ingest_url, keys_, sample_office(), "").error().code, "DB-FORBIDDEN");
    EXPECT_TRUE(owner_->devices("banmai")->empty());
}

TEST_P(IngestRole, IsNamedPlainly) {
    for (const char* name : {"", "a b", "a\"; DROP TABLE bundle; --", "A"})
        EXPECT_EQ(owner_->grant_to(name).error().code, "ROLE-NAME") << name;
    EXPECT_EQ(owner_->grant_to("nobody_is_called_so").error().code, "DB-FAILED");
}

// Plans live as long as the connection. One made while a table was small would read all of it for ever after.
TEST_P(IngestRole, FindsItsRowsByTheirKeysHoweverSmallTheTablesWere) {
    LogBuilder log;
    enrol_kiosk(log);
    for (int day = 0; day < 12; ++day) log.whole_day(20270111 + day);
    const auto owner = *connect(url_, Access::kWrite);
    ASSERT_TRUE(owner->execute("VACUUM bundle, ticket, ticket_served, envelope, envelope_count, cast_count"));
    for (std::uint64_t at = 0; at < log.size(); at += 5)
        ASSERT_TRUE(take(log.bundle(at, std::min(at + 5, log.size()))));
    database_.reset();  // which tells the server what it did
    const auto present = [&] {
        return !column(*owner, "SELECT usename::text FROM pg_stat_activity WHERE usename = 'sala_ingest'")
                    .empty();
    };
    for (int i = 0; i < 10'000 && present(); ++i) {
    }
    ASSERT_FALSE(present());
    EXPECT_EQ(column(*owner,
                     "SELECT relname::text FROM pg_stat_user_tables WHERE seq_tup_read > 20 "
                     "AND relname IN ('bundle', 'ticket', 'envelope') ORDER BY 1"),
              std::vector<std::string>());
}

// A server that was restarted between two bundles.
TEST_P(IngestRole, GoesOnAfterItsConnectionWasLost) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle(0, 8)));
    const auto cut = [&] {
        const auto owner = *connect(url_, Access::kWrite);
        static_cast<void>(column(*owner,
                                 "SELECT pg_terminate_backend(pid, 5000)::text FROM pg_stat_activity "
                                 "WHERE usename = 'sala_ingest'"));
    };
    cut();
    const Result<Receipt> receipt = take(log.bundle(8, log.size()));
    ASSERT_TRUE(receipt) << receipt.error().line();
    cut();
    EXPECT_EQ(database_->status()->figures.lines, static_cast<std::int64_t>(log.size()));
}

INSTANTIATE_TEST_SUITE_P(, IngestRole, testing::Values(Engine::kPostgres, Engine::kPostgresTls),
                         [](const auto& each) { return name_of(each.param); });

TEST(AnSqliteFile, HasNoRoles) {
    const Place place(Engine::kSqlite);
    auto database = ReportDb::open_or_create(place.url);
    EXPECT_EQ(database->grant_to("sala_ingest").error().code, "DB-NO-ROLES");
}

}  // namespace
}  // namespace sala::office
