// What an officer may ask of a kiosk that is off, and what is refused.
#include "kiosk/app/commands.h"

#include "kiosk/app/line_server.h"
#include "platform/base/files.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class CommandsTest : public StoreFixture {
  protected:
    // What `run` leaves in the data folder besides the store's own files.
    void keep_config() {
        const auto config = read_file(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml", 1 << 20);
        ASSERT_TRUE(write_file_durably(kept_config_path(data()), *config).ok());
    }
};

TEST_F(CommandsTest, CloseAndExportWorkWhileTheKioskIsOff) {
    for (int i = 0; i < 5; ++i) rate(5);
    for (int i = 0; i < 2; ++i) ticket(division(1).id, division(1).services[0].id);
    keep_config();
    store_.reset();
    const Outcome closed = run_close(data());
    EXPECT_EQ(closed.exit_code, 0);
    EXPECT_NE(closed.text.find("of open tickets 2 counted as served, 0 were cancelled, 0 are carried"),
              std::string::npos)
        << closed.text;
    const Outcome exported = run_export(data(), stick());
    EXPECT_EQ(exported.exit_code, 0) << exported.text;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(stick()), {}), 1);
    const Outcome status = run_status(data(), true);
    EXPECT_EQ(status.exit_code, 0);
    EXPECT_NE(status.text.find("\"envelopes\":1"), std::string::npos) << status.text;
}

TEST_F(CommandsTest, AConfigurationIsCheckedWithoutTouchingAnything) {
    const std::filesystem::path demo = std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml";
    EXPECT_EQ(run_check_config(demo).exit_code, 0);
    const auto broken = root_ / "broken.toml";
    ASSERT_TRUE(write_file_durably(broken, "[office]\nid = \"A B\"\nnmae = \"x\"\n").ok());
    const Outcome refused = run_check_config(broken);
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_NE(refused.text.find("broken.toml:2: CONFIG-ID: "), std::string::npos) << refused.text;
    EXPECT_NE(refused.text.find("broken.toml:3: CONFIG-KEY-UNKNOWN: "), std::string::npos) << refused.text;
    EXPECT_FALSE(std::filesystem::exists(data()));
}

// The PIN that `new-pin` prints.
std::string printed_pin(const Outcome& outcome) {
    const std::string said = "new PIN is ";
    const auto at = outcome.text.find(said);
    EXPECT_NE(at, std::string::npos) << outcome.text;
    return at == std::string::npos ? "" : outcome.text.substr(at + said.size(), 6);
}

// As "ROLE COUNTER DID", in their order.
std::vector<std::string> officer_lines(Store& store) {
    std::vector<std::string> told;
    const auto lines = read_lines(store.database(), 0, store.position().tree.size());
    for (const std::string& text : *lines) {
        const Result<ledger::Line> line = ledger::parse_line(text);
        if (const auto* officer = std::get_if<ledger::Officer>(&line->happening))
            told.push_back(officer->role + " " + officer->counter + " " + officer->did);
    }
    return told;
}

TEST_F(CommandsTest, ANewPinIsMadeBeforeTheFirstRunAndAnotherAfterIt) {
    const Outcome first = run_new_pin(data());
    ASSERT_EQ(first.exit_code, 0) << first.text;
    const std::string pin = printed_pin(first);
    EXPECT_TRUE(run_status(data(), true).text.starts_with("STORE-EMPTY: "))
        << "no code that could be enrolled";
    EXPECT_EQ(store().pin().check(store().database(), pin)->kind, PinAnswer::Kind::kRight)
        << "the first run goes on with the PIN that was made before it";
    EXPECT_TRUE(officer_lines(store()).empty()) << "there was no journal yet";
    keep_config();
    store_.reset();
    const std::string other = printed_pin(run_new_pin(data()));
    EXPECT_EQ(officer_lines(store()), std::vector<std::string>{"desk  new_pin"});
    EXPECT_EQ(store().pin().check(store().database(), other)->kind, PinAnswer::Kind::kRight);
    EXPECT_EQ(store().pin().check(store().database(), pin)->kind, PinAnswer::Kind::kWrong);
}

TEST_F(CommandsTest, TheRunningKioskIsAskedForANewPin) {
    const auto socket = LineServer::start(
        socket_path(store().data()),
        [this](const std::string& request, const auto&) { return answer_request(store(), request); });
    ASSERT_TRUE(socket.ok());
    const std::string pin = printed_pin(run_new_pin(data()));
    EXPECT_EQ(store().pin().check(store().database(), pin)->kind, PinAnswer::Kind::kRight);
    EXPECT_EQ(officer_lines(store()), std::vector<std::string>{"desk  new_pin"});
}

TEST_F(CommandsTest, NoNewPinIsMadeWhereTheJournalIsLost) {
    rate(5);
    store_.reset();
    std::filesystem::remove(database_path(data()));
    const Outcome refused = run_new_pin(data());
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_TRUE(refused.text.starts_with("DB-NOT-FOUND: ")) << refused.text;
    EXPECT_FALSE(std::filesystem::exists(database_path(data())));
}

TEST_F(CommandsTest, AKioskThatIsOffChangesItsKeyAndSaysHowToEnrolIt) {
    rate(5);
    const std::string old = ledger::device_code(store().key().public_key());
    ASSERT_TRUE(store().close_day().ok());
    keep_config();
    EXPECT_TRUE(run_rotate(data(), true).text.starts_with("DATA-IN-USE: "));
    store_.reset();
    EXPECT_TRUE(run_rotate(data(), false).text.starts_with("ROTATE-RATINGS-WAIT: "));
    const Outcome rotated = run_rotate(data(), true);
    EXPECT_EQ(rotated.exit_code, 0) << rotated.text;
    const std::string code = ledger::device_code(store().key().public_key());
    EXPECT_NE(rotated.text.find(fmt::format("--device {} --name ... --replaces {}", code, old)),
              std::string::npos)
        << rotated.text;
}

TEST_F(CommandsTest, AFreshFolderBeginsInThePlaceOfALostKiosk) {
    const std::string lost = ledger::device_code(crypto::SigningKey::generate().public_key());
    EXPECT_TRUE(run_replace(data(), "x").text.starts_with("REPLACE-CODE: "));
    EXPECT_EQ(run_replace(data(), lost).exit_code, 0);
    EXPECT_EQ(lines_of<ledger::LogStart>().at(0).replaces->origin, ledger::log_origin(office_.domain, lost));
    store_.reset();
    EXPECT_TRUE(run_replace(data(), lost).text.starts_with("REPLACE-BEGUN: "));
}

TEST_F(CommandsTest, RefusalsCarryACodeAndExitThree) {
    EXPECT_EQ(run_status(root_ / "nowhere", false).exit_code, 3);
    EXPECT_EQ(run_close(root_ / "nowhere").exit_code, 3);
    EXPECT_FALSE(std::filesystem::exists(root_ / "nowhere")) << "a refused command makes nothing";
    rate(5);
    keep_config();
    const Outcome in_use = run_close(data());  // the fixture's store holds the lock and answers no socket
    EXPECT_EQ(in_use.exit_code, 3);
    EXPECT_TRUE(in_use.text.starts_with("DATA-IN-USE: ")) << in_use.text;
    store_.reset();
    const Outcome no_stick = run_export(data(), root_ / "no-stick");
    EXPECT_EQ(no_stick.exit_code, 3);
    EXPECT_TRUE(no_stick.text.starts_with("EXPORT-NO-FOLDER: ")) << no_stick.text;
}

}  // namespace
}  // namespace sala::kiosk
