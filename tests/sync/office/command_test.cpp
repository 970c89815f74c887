// The program itself: its exit codes are what scripts rely on.
#include <fstream>

#include "tests/platform/paint/pdf_reader.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

class Command : public testing::TestWithParam<Engine> {
  protected:
    // Runs sala-office, which stands beside this test; its output is kept. DB stands for the database.
    int run(std::string arguments) {
        const std::size_t db = arguments.find("--db DB");
        if (db != std::string::npos) arguments.replace(db, 7, fmt::format("--db '{}'", place_.url));
        const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "sala-office";
        const std::string line =
            fmt::format("cd '{}' && '{}' {} 2>&1", folder_.path().string(), program.string(), arguments);
        FILE* pipe = ::popen(line.c_str(), "r");
        output_.clear();
        char buffer[4096];
        while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe))
            output_.append(buffer, got);
        const int status = ::pclose(pipe);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void write(const std::string& name, const std::string& bytes) {
        std::ofstream(folder_.path() / name, std::ios::binary) << bytes;
    }
    std::string text(const std::string& name) {
        const auto bytes = read_file(folder_.path() / name, 1 << 20);
        return bytes ? *bytes : "";
    }
    int init(const std::string& more = "") {
        return run(fmt::format("init --db DB --keys keys --office '{}/assets/demo/office.toml' {}",
                               SALA_SOURCE_DIR, more));
    }

    TemporaryFolder folder_;
    Place place_{GetParam()};
    std::string output_;
};

TEST_P(Command, WrongUseIsTwo) {
    EXPECT_EQ(run(""), 2);
    EXPECT_EQ(run("frobnicate"), 2);
    EXPECT_EQ(run("status"), 2);
    EXPECT_EQ(run("report counts --db DB --year 2570 --round 6 --month 1 --to x.csv"), 2);
    EXPECT_EQ(run("report counts --db DB --year 2570 --round 3 --to x.csv"), 2);
    EXPECT_EQ(run("report counts --db DB --year 2027 --to x.csv"), 2);
    EXPECT_EQ(run("report counts --db DB --year 2570 --digits roman --to x.pdf"), 2);
    EXPECT_EQ(run("report counts --db DB --year 2570 --to x.odt"), 2);
    EXPECT_NE(output_.find("REPORT-FORMAT"), std::string::npos) << output_;
    EXPECT_EQ(run("report counts --db DB --year 2570 --to x.json"), 2);
    EXPECT_NE(output_.find("REPORT-FORMAT"), std::string::npos) << output_;
    EXPECT_EQ(run("report horoscope --db DB --year 2570 --to x.csv"), 2);
    EXPECT_NE(output_.find("REPORT-KIND"), std::string::npos) << output_;
    EXPECT_EQ(run("--help"), 0);
}

TEST_P(Command, RefusalIsThreeWithItsCode) {
    EXPECT_EQ(run("status --db nothing.db"), 3);
    EXPECT_NE(output_.find("DB-NOT-FOUND"), std::string::npos) << output_;
    write("office.toml", "[office\n");
    EXPECT_EQ(run("init --db DB --keys keys --office office.toml"), 3);
    EXPECT_FALSE(*ReportDb::office_in(place_.url));
    EXPECT_FALSE(fs::exists(folder_.path() / "keys"));
    EXPECT_EQ(run("status --db 'postgresql://me:tiger-7@127.0.0.1:1/d'"), 1) << "a fault, no refusal";
    EXPECT_NE(output_.find("DB-UNREACHABLE"), std::string::npos) << output_;
    EXPECT_EQ(output_.find("tiger-7"), std::string::npos) << output_;
}

TEST_P(Command, ADayGoesFromTheStickIntoTheReport) {
    ASSERT_EQ(init(), 0) << output_;
    ASSERT_EQ(init(place_.on_a_server() ? "--grant-to sala_ingest" : ""), 0) << output_;
    const auto office = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office;
    ASSERT_TRUE(office);
    LogBuilder log(1, office->id, office->domain);
    log.whole_day(20270115);
    const std::uint64_t day = log.size();
    log.whole_day(20270118);
    LogBuilder other(1, office->id, office->domain);
    other.whole_day(20270115, 9);
    write("1.bundle", log.bundle(0, day));
    write("2.bundle", log.bundle(day, log.size()));
    write("fork", other.bundle());
    write("cut", log.bundle().substr(0, 400));

    EXPECT_EQ(run("import --db DB --keys keys 1.bundle"), 3) << "not enrolled yet";
    ASSERT_EQ(run("enrol --db DB --name Hall --device " + log.code()), 0) << output_;
    ASSERT_EQ(run("enrol --db DB --name Hall --device " + log.code()), 0) << output_;
    EXPECT_EQ(run("import --db DB --keys keys 2.bundle"), 4) << output_;
    EXPECT_EQ(run("import --db DB --keys keys 1.bundle"), 0) << output_;
    EXPECT_EQ(run("import --db DB --keys keys 1.bundle"), 0) << output_;
    EXPECT_EQ(run("import --db DB --keys keys fork"), 5) << output_;
    EXPECT_EQ(run("import --db DB --keys keys cut"), 3) << output_;
    EXPECT_EQ(run("import --db DB --keys keys cut fork 2.bundle"), 5) << output_;
    EXPECT_EQ(std::count(output_.begin(), output_.end(), '\n'), 3) << "one line a file: " << output_;
    EXPECT_TRUE(ledger::parse_note(text("2.bundle.cosigned")));

    ASSERT_EQ(run("status --json --db DB"), 0);
    EXPECT_NE(output_.find(R"("ratings_cast":14,"ratings_sealed":14,"ratings_flagged":0,)"
                           R"("ratings_counted":14,"ratings_waiting":0,"envelopes":2)"),
              std::string::npos)
        << output_;
    ASSERT_EQ(run("report counts --db DB --year 2570 --round 6 --to x.csv"), 0) << output_;
    ASSERT_EQ(run("report counts --db DB --year 2570 --month 1 --to y.csv"), 0) << output_;
    ASSERT_EQ(run("report counts --db DB --year 2570 --to z.csv"), 0) << output_;
    EXPECT_NE(text("y.csv").find("ซองคะแนน,2027-01-15,2027-01-15,"), std::string::npos) << text("y.csv");
    ASSERT_EQ(run("report queue --db DB --year 2570 --month 1 --to q.csv"), 0) << output_;
    ASSERT_EQ(run("report queue --db DB --year 2570 --month 1 --to q.json"), 0) << output_;
    ASSERT_EQ(run("report queue --db DB --year 2570 --round 6 --digits arabic --to q.pdf"), 0) << output_;
    EXPECT_NE(text("q.csv").find("ทั้งหน่วยงาน,,,,0,6,0,0,4,"), std::string::npos) << text("q.csv");
    EXPECT_NE(text("q.json").find(R"("queue":{"days":2,"days_without_calls":2,)"), std::string::npos);
    EXPECT_NE(paint::joined(paint::pdf_text(text("q.pdf"))).find("มีการออกบัตรคิว6ใบให้บริการแล้ว4ราย"),
              std::string::npos);
    EXPECT_EQ(run("report counts --db DB --year 2570 --to nowhere/x.csv"), 1) << output_;
    ASSERT_EQ(run("report counts --db DB --year 2570 --to thai.pdf"), 0) << output_;
    ASSERT_EQ(run("report counts --db DB --year 2570 --digits arabic --to arabic.pdf"), 0) << output_;
    EXPECT_NE(paint::pdf_text(text("thai.pdf")).find("ประจำปีงบประมาณ พ.ศ. ๒๕๗๐"), std::string::npos);
    EXPECT_NE(paint::pdf_text(text("arabic.pdf")).find("ประจำปีงบประมาณ พ.ศ. 2570"), std::string::npos);
}

TEST_P(Command, ImportsAsARoleThatMayOnlyInsertAndRead) {
    if (!place_.on_a_server()) {
        EXPECT_EQ(init("--grant-to sala_ingest"), 3);
        EXPECT_NE(output_.find("DB-NO-ROLES"), std::string::npos) << output_;
        return;
    }
    ASSERT_EQ(init("--grant-to sala_ingest"), 0) << output_;
    const auto office = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office;
    LogBuilder log(1, office->id, office->domain);
    log.whole_day(20270115);
    write("1.bundle", log.bundle());
    ASSERT_EQ(run("enrol --db DB --name Hall --device " + log.code()), 0) << output_;
    const std::string role = fmt::format(" --db '{}'", place_.ingest_url);
    EXPECT_EQ(run("import --keys keys 1.bundle" + role), 0) << output_;
    EXPECT_EQ(run("report counts --year 2570 --to x.csv" + role), 0) << output_;
    EXPECT_EQ(run("report queue --year 2570 --to x.csv" + role), 0) << output_;
    EXPECT_EQ(run("enrol --name Hall --device " + log.code() + role), 3) << output_;
    EXPECT_NE(output_.find("DB-FORBIDDEN"), std::string::npos) << output_;
}

SALA_ON_BOTH_ENGINES(Command);

}  // namespace
}  // namespace sala::office
