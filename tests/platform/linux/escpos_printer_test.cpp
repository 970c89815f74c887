// Goal: whatever a printer does, the fate of a ticket is told rightly and within its time, and no ticket
// comes out twice. Both roads, against a printer with a buffer, a plug and a roll of its own.
#include "platform/linux/escpos_printer.h"

#include <atomic>
#include <random>

#include "platform/linux/escpos.h"
#include "tests/fakes/escpos_printer.h"

namespace sala {
namespace {

using Fate = Printout::Fate;
constexpr int kLong_ms = 30'000;  // no test passes by waiting so long
constexpr int kShort_ms = 1'000;  // what a test waits for silence; ample for what has to happen before it
// What the first ticket's line takes before its dots: questions, a fresh beginning, questions again.
const std::size_t kBeforeTicket = escpos_fresh().size() + 24;

class EscposPrinterTest : public ::testing::TestWithParam<EscposRoad::Kind> {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "sala-printer-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        if (GetParam() == EscposRoad::Kind::kTcp)
            machine_ = std::make_unique<EscposPrinter>();
        else
            machine_ = std::make_unique<EscposPrinter>(folder_ / "lp0");
        std::mt19937 random(1);
        ticket_ = {384, 200, {}};
        ticket_.bits.resize(ticket_.row_bytes() * 200);
        for (std::uint8_t& byte : ticket_.bits) byte = static_cast<std::uint8_t>(random() | 0x80);
        open();
    }
    void TearDown() override {
        printer_.reset();
        machine_.reset();
        std::filesystem::remove_all(folder_);
    }
    // Waits for answers are long where one comes, and short where the test knows that none will.
    void open(bool answers = true, EscposPatience patience = {.answer_ms = kLong_ms, .done_ms = kLong_ms}) {
        printer_ = make_escpos_printer({GetParam(), machine_->place(), answers}, patience);
    }
    void open_impatient() { open(true, {.answer_ms = kShort_ms, .done_ms = kShort_ms, .look_ms = 20}); }
    Printout print(int within_ms = kLong_ms) { return printer_->print(ticket_, within_ms); }

    // The ticket, once and whole, as the last paper.
    void expect_one_whole_ticket() {
        int whole = 0;
        for (const Raster& paper : machine_->papers()) whole += paper == ticket_;
        EXPECT_EQ(whole, 1);
        EXPECT_EQ(machine_->papers().back(), ticket_);
        for (const std::string& command : machine_->heard())
            EXPECT_FALSE(command.starts_with("text")) << command;
    }
    // Nothing came, and nothing is still on its way.
    void expect_nothing_printed() {
        EXPECT_TRUE(machine_->papers().empty());
        EXPECT_EQ(machine_->hanging().height, 0);
    }
    void expect_refused(const Printout& printout, PrinterState state, std::string_view code) {
        EXPECT_EQ(printout.fate, Fate::kNotPrinted);
        EXPECT_EQ(printout.state, state);
        ASSERT_TRUE(printout.error);
        EXPECT_EQ(printout.error.value().code, code);
        EXPECT_FALSE(printout.error->thai.empty());
    }

    std::filesystem::path folder_;
    std::unique_ptr<EscposPrinter> machine_;
    std::unique_ptr<Printer> printer_;
    Raster ticket_;
};

INSTANTIATE_TEST_SUITE_P(Road, EscposPrinterTest,
                         ::testing::Values(EscposRoad::Kind::kDevice, EscposRoad::Kind::kTcp),
                         [](const auto& road) {
                             return road.param == EscposRoad::Kind::kTcp ? "Tcp" : "Device";
                         });

TEST_P(EscposPrinterTest, PrintsATicketAndHearsThatItIsDone) {
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kReady);
    const Printout printout = print();
    EXPECT_EQ(printout.fate, Fate::kPrinted);
    EXPECT_EQ(printout.state, PrinterState::kReady);
    EXPECT_FALSE(printout.error);
    expect_one_whole_ticket();
}

TEST_P(EscposPrinterTest, PrintsEachTicketOnAPaperOfItsOwn) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(print().fate, Fate::kPrinted);
    ASSERT_EQ(machine_->papers().size(), 5u);
    for (const Raster& paper : machine_->papers()) EXPECT_EQ(paper, ticket_);
}

TEST_P(EscposPrinterTest, SaysWhyItCannotPrintAndPrintsNothing) {
    machine_->set({.paper_out = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kPaperOut);
    expect_refused(print(), PrinterState::kPaperOut, "PRINTER-PAPER");
    machine_->set({.cover_open = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kCoverOpen);
    expect_refused(print(), PrinterState::kCoverOpen, "PRINTER-COVER");
    machine_->set({.cutter_stuck = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kFault);
    expect_refused(print(), PrinterState::kFault, "PRINTER-FAULT");
    machine_->set({.garbage_status = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kUnknown);
    expect_refused(print(), PrinterState::kUnknown, "PRINTER-UNCLEAR");
    expect_nothing_printed();

    machine_->set({.paper_low = true});
    const Printout printout = print();
    EXPECT_EQ(printout.fate, Fate::kPrinted);
    EXPECT_EQ(printout.state, PrinterState::kPaperLow);
    expect_one_whole_ticket();
}

TEST_P(EscposPrinterTest, NoPrinterIsOffline) {
    machine_->pull_plug_after(1);
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kOffline);
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kOffline);
    expect_refused(print(), PrinterState::kOffline, "PRINTER-OFFLINE");
    machine_->put_plug_back();
    EXPECT_EQ(print().fate, Fate::kPrinted);
    expect_one_whole_ticket();
}

TEST_P(EscposPrinterTest, OneThatShouldAnswerAndIsSilentIsOffline) {
    open_impatient();
    machine_->set({.silent = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kOffline);
    expect_refused(print(), PrinterState::kOffline, "PRINTER-OFFLINE");
    expect_nothing_printed();
}

TEST_P(EscposPrinterTest, OneThatCannotAnswerPrintsWithoutAWord) {
    open(false);
    machine_->set({.silent = true});
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kUnknown);
    const Printout printout = print();
    EXPECT_EQ(printout.fate, Fate::kTaken);
    EXPECT_EQ(printout.state, PrinterState::kUnknown);
    ASSERT_TRUE(machine_->wait_for_papers(1));
    expect_one_whole_ticket();
    for (const std::string& command : machine_->heard()) EXPECT_NE(command, "done?");
}

TEST_P(EscposPrinterTest, OneThatDoesNotKnowTheLastQuestionHasTakenTheTicket) {
    open(true, {.answer_ms = kLong_ms, .done_ms = kShort_ms, .look_ms = 20});
    machine_->set({.knows_done = false});
    const Printout printout = print();
    EXPECT_EQ(printout.fate, Fate::kTaken);
    EXPECT_EQ(printout.state, PrinterState::kReady);
    expect_one_whole_ticket();
}

TEST_P(EscposPrinterTest, PaperThatEndsInATicketIsNoticedAndTheRestIsForgotten) {
    for (const int rows : {1, 40, 150, 200}) {
        const std::size_t before = machine_->papers().size();
        machine_->set({.paper_ends_after_rows = rows});
        const Printout printout = print();
        EXPECT_EQ(printout.fate, Fate::kMaybePrinted) << rows;
        EXPECT_EQ(printout.state, PrinterState::kPaperOut) << rows;
        ASSERT_TRUE(printout.error);
        EXPECT_EQ(printout.error.value().code, "PRINTER-PAPER");
        expect_refused(print(), PrinterState::kPaperOut, "PRINTER-PAPER");

        machine_->set({});  // a new roll: the half ticket falls off, the next one is whole
        EXPECT_EQ(print().fate, Fate::kPrinted) << rows;
        ASSERT_EQ(machine_->papers().size(), before + 2) << rows;
        EXPECT_EQ(machine_->papers()[before].height, rows);
        EXPECT_EQ(machine_->papers()[before + 1], ticket_) << rows;
    }
}

TEST_P(EscposPrinterTest, APlugThatIsPulledAnywhereLeavesNoTicketTwice) {
    const EscposJob job = escpos_job(ticket_);
    std::size_t bytes = job.begin.size() + job.end.size() + job.ask_done.size() + 12;
    for (const std::string& band : job.bands) bytes += band.size() + 3;
    for (std::size_t at = 1; at < bytes; at += bytes / 23) {
        SCOPED_TRACE(at);
        const std::size_t before = machine_->papers().size();
        machine_->pull_plug_after(at);
        const Printout printout = print();
        EXPECT_FALSE(printout.good());
        EXPECT_EQ(printout.state, PrinterState::kOffline);
        const bool no_dot_yet = at < 12 + job.begin.size();
        EXPECT_TRUE(!no_dot_yet || printout.fate == Fate::kNotPrinted);
        EXPECT_TRUE(machine_->hanging().height == 0 || printout.fate == Fate::kMaybePrinted);
        EXPECT_EQ(machine_->papers().size(), before);

        machine_->put_plug_back();
        EXPECT_EQ(print().fate, Fate::kPrinted);
        const std::vector<Raster> papers = machine_->papers();
        EXPECT_EQ(papers.back(), ticket_);
        int whole = 0;
        for (std::size_t i = before; i < papers.size(); ++i) whole += papers[i] == ticket_;
        EXPECT_EQ(whole, 1);
        EXPECT_LE(papers.size(), before + 2);
    }
    for (const std::string& command : machine_->heard()) EXPECT_FALSE(command.starts_with("text")) << command;
}

TEST_P(EscposPrinterTest, AProgramThatEndedInATicketSpoilsNoneOfTheNextProgram) {
    for (const bool in_order : {false, true}) {
        open(true, {.answer_ms = in_order ? kShort_ms : kLong_ms, .done_ms = kLong_ms});
        machine_->set({.in_order = in_order});
        machine_->pull_plug_after(kBeforeTicket + 3'500);
        EXPECT_EQ(print().fate, Fate::kMaybePrinted);
        machine_->put_plug_back();
        open(true, {.answer_ms = in_order ? kShort_ms : kLong_ms, .done_ms = kLong_ms});
        EXPECT_EQ(print().fate, Fate::kPrinted);
        const Raster paper = machine_->papers().back();
        ASSERT_GT(paper.height, ticket_.height);  // the half one hangs on it
        const auto rest = static_cast<std::ptrdiff_t>(paper.bits.size() - ticket_.bits.size());
        EXPECT_TRUE(std::equal(ticket_.bits.begin(), ticket_.bits.end(), paper.bits.begin() + rest));
    }
}

TEST_P(EscposPrinterTest, OneThatAnswersOnlyInOrderIsFoundAgainAfterAHalfTicket) {
    open(true, {.answer_ms = kShort_ms, .done_ms = kLong_ms});
    machine_->set({.in_order = true});
    machine_->pull_plug_after(kBeforeTicket + 3'000);
    EXPECT_EQ(print().fate, Fate::kMaybePrinted);
    machine_->put_plug_back();
    EXPECT_EQ(print().fate, Fate::kPrinted);
    EXPECT_EQ(machine_->papers().back(), ticket_);
}

TEST_P(EscposPrinterTest, GarbageInTheMiddleEndsTheTicketInDoubt) {
    open(true, {.answer_ms = kLong_ms, .done_ms = kShort_ms, .look_ms = 20});
    machine_->hang_after(kBeforeTicket + 2'000);
    std::thread officer([&] {
        EXPECT_TRUE(machine_->wait_for_bytes(kBeforeTicket + 2'000));
        machine_->set({.garbage_status = true});
    });
    const Printout printout = print();
    officer.join();
    EXPECT_EQ(printout.fate, Fate::kMaybePrinted);
    EXPECT_EQ(printout.error.value().code, "PRINTER-UNCLEAR");
}

TEST_P(EscposPrinterTest, ASlowOneCostsItsTimeAndNoMore) {
    machine_->crawl_after(kBeforeTicket + 1'500);
    const Printout in_doubt = print(kShort_ms);
    EXPECT_EQ(in_doubt.fate, Fate::kMaybePrinted);
    EXPECT_EQ(in_doubt.error.value().code, "PRINTER-SLOW");
    open_impatient();
    machine_->crawl_after(0);
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kOffline);
    EXPECT_TRUE(machine_->papers().empty());
}

TEST_P(EscposPrinterTest, ACancelEndsWhatIsUnderWayAndAllThatFollows) {
    machine_->hang_after(kBeforeTicket + 1'000);
    std::thread other([&] {
        EXPECT_TRUE(machine_->wait_for_bytes(kBeforeTicket + 1'000));
        printer_->cancel();
    });
    const Printout printout = print();
    other.join();
    EXPECT_EQ(printout.fate, Fate::kMaybePrinted);
    EXPECT_EQ(printout.error.value().code, "PRINTER-CANCELLED");
    expect_refused(print(), PrinterState::kUnknown, "PRINTER-CANCELLED");
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kUnknown);
}

// Over TCP the system's own buffer takes a ticket whole, which is what kTaken says.
TEST(EscposRoads, ADeviceThatStopsTakingBytesCostsItsTimeAndNoMore) {
    std::string folder = (std::filesystem::temp_directory_path() / "sala-printer-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    {
        EscposPrinter machine(folder + "/lp0");
        machine.hang_after(kBeforeTicket + 1'000);
        Raster long_ticket{384, 2'000, {}};
        long_ticket.bits.resize(long_ticket.row_bytes() * 2'000, 0xAA);
        const auto printer = make_escpos_printer({EscposRoad::Kind::kDevice, machine.place(), false});
        const Printout printout = printer->print(long_ticket, kShort_ms);
        EXPECT_EQ(printout.fate, Fate::kMaybePrinted);
        EXPECT_EQ(printout.error.value().code, "PRINTER-SLOW");
    }
    std::filesystem::remove_all(folder);
}

TEST(EscposRoads, AFileOrANameIsNoPrinter) {
    std::string name = (std::filesystem::temp_directory_path() / "sala-file-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    ASSERT_GE(file, 0);
    ASSERT_EQ(::write(file, "kept", 4), 4);
    const Raster ticket{8, 1, {0xFF}};
    for (const EscposRoad& road :
         {EscposRoad{EscposRoad::Kind::kDevice, name}, EscposRoad{EscposRoad::Kind::kDevice, "/nowhere/lp0"},
          EscposRoad{EscposRoad::Kind::kTcp, "localhost:9100"},
          EscposRoad{EscposRoad::Kind::kTcp, "127.0.0.1"}, EscposRoad{EscposRoad::Kind::kTcp, ""}}) {
        const auto printer = make_escpos_printer(road);
        EXPECT_EQ(printer->state(kLong_ms), PrinterState::kOffline) << road.place;
        const Printout printout = printer->print(ticket, kLong_ms);
        EXPECT_EQ(printout.fate, Fate::kNotPrinted) << road.place;
        EXPECT_EQ(printout.error.value().code, "PRINTER-OFFLINE");
    }
    std::array<char, 8> left{};
    EXPECT_EQ(::pread(file, left.data(), left.size(), 0), 4);
    ::close(file);
    std::filesystem::remove(name);
}

}  // namespace
}  // namespace sala
