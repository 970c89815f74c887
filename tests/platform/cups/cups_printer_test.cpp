// Goal: a ticket goes through a real CUPS dot by dot, and one that CUPS could not get rid of in time never
// comes out later.
#include "platform/cups/cups_printer.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <thread>

#include "platform/base/descriptor.h"
#include "platform/cups/reasons.h"
#include "tests/fakes/cups_server.h"
#include "tests/fakes/escpos_printer.h"

namespace sala {
namespace {

using Fate = Printout::Fate;
constexpr int kLong_ms = 60'000;  // no test passes by waiting so long
constexpr int kShort_ms = 4'000;  // ample for what CUPS does before it waits

class CupsPrinterTest : public ::testing::Test {
  protected:
    void start(const std::vector<std::string>& lines = {}) {
        server_.reset();
        server_ = std::make_unique<CupsServer>(machine_.place(), lines);
        printer_ = open();
    }
    std::unique_ptr<Printer> open(const std::string& queue = "TICKET") {
        return make_cups_printer({queue, server_->socket()});
    }
    void TearDown() override {
        if (HasFailure() && server_) std::fputs(server_->log().c_str(), stderr);
    }
    static Raster ticket() {
        Raster raster{384, 100, {}};
        for (int i = 0; i < 48 * 100; ++i) raster.bits.push_back(static_cast<std::uint8_t>(i * 7 | 0x80));
        return raster;
    }

    EscposPrinter machine_;
    std::unique_ptr<CupsServer> server_;
    std::unique_ptr<Printer> printer_;
};

TEST_F(CupsPrinterTest, PrintsATicketDotByDot) {
    start();
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kReady);
    for (std::size_t count = 1; count <= 2; ++count) {
        const Printout printout = printer_->print(ticket(), kLong_ms);
        EXPECT_EQ(printout.fate, Fate::kTaken);
        EXPECT_EQ(printout.state, PrinterState::kReady);
        EXPECT_FALSE(printout.error);
        ASSERT_EQ(machine_.papers().size(), count);
        EXPECT_EQ(machine_.papers().back(), ticket());
    }
}

TEST_F(CupsPrinterTest, WhatCupsSaysOfItsPrinterKeepsTheTicketBack) {
    struct Case {
        std::vector<std::string> lines;
        PrinterState state;
        const char* code;
    };
    const Case cases[] = {
        {{"State Idle", "Reason media-empty-error"}, PrinterState::kPaperOut, "PRINTER-PAPER"},
        {{"State Idle", "Reason cover-open-warning"}, PrinterState::kCoverOpen, "PRINTER-COVER"},
        {{"State Stopped"}, PrinterState::kOffline, "PRINTER-OFFLINE"},
    };
    machine_.set({.paper_out = true});
    for (const Case& one : cases) {
        start(one.lines);
        EXPECT_EQ(printer_->state(kLong_ms), one.state) << one.code;
        const Printout printout = printer_->print(ticket(), kShort_ms);
        EXPECT_EQ(printout.fate, Fate::kNotPrinted) << one.code;
        ASSERT_TRUE(printout.error);
        EXPECT_EQ(printout.error.value().code, one.code);
    }
    EXPECT_TRUE(machine_.papers().empty());
}

TEST_F(CupsPrinterTest, NoQueueAndNoCupsAreOffline) {
    start();
    const auto other = open("OTHER");
    EXPECT_EQ(other->state(kLong_ms), PrinterState::kOffline);
    EXPECT_EQ(other->print(ticket(), kLong_ms).fate, Fate::kNotPrinted);
    const auto nobody = make_cups_printer({"TICKET", "/nowhere/cups.sock"});
    EXPECT_EQ(nobody->state(kLong_ms), PrinterState::kOffline);
    EXPECT_EQ(nobody->print(ticket(), kLong_ms).error.value().code, "PRINTER-OFFLINE");
}

TEST_F(CupsPrinterTest, PaperThatIsMissedOnlyAtThePrinterIsToldAndTheTicketNeverComesLater) {
    start();
    machine_.set({.paper_out = true});
    const Printout printout = printer_->print(ticket(), kShort_ms);
    EXPECT_EQ(printout.fate, Fate::kMaybePrinted);
    EXPECT_EQ(printout.state, PrinterState::kPaperOut);
    EXPECT_EQ(printout.error.value().code, "PRINTER-PAPER");
    // Now that CUPS knows it, surely nothing is printed; and the new roll is found without anybody's help.
    const Printout again = printer_->print(ticket(), kShort_ms);
    EXPECT_EQ(again.fate, Fate::kNotPrinted);
    EXPECT_EQ(again.state, PrinterState::kPaperOut);
    machine_.set({});
    EXPECT_EQ(printer_->print(ticket(), kLong_ms).fate, Fate::kTaken);
    int whole = 0;
    for (const Raster& paper : machine_.papers()) whole += paper == ticket();
    EXPECT_EQ(whole, 1);
    EXPECT_EQ(machine_.papers().back(), ticket());
}

TEST_F(CupsPrinterTest, APrinterThatIsAwayEndsTheJob) {
    start();
    machine_.pull_plug_after(3);
    const Printout printout = printer_->print(ticket(), kLong_ms);
    EXPECT_EQ(printout.fate, Fate::kMaybePrinted);
    EXPECT_TRUE(printout.error);
    EXPECT_TRUE(machine_.papers().empty());
}

TEST_F(CupsPrinterTest, ATicketThatOnlyWaitedInTheQueueIsTakenBackForSure) {
    start();
    machine_.hang_after(0);
    std::thread first(
        [&] { EXPECT_EQ(printer_->print(ticket(), kLong_ms).error.value().code, "PRINTER-CANCELLED"); });
    const auto second = open();
    Printout printout;
    // Until the first one is with the printer, the second may get there instead.
    for (int tries = 0; tries < 20; ++tries) {
        printout = second->print(ticket(), kShort_ms);
        if (printout.fate == Fate::kNotPrinted) break;
    }
    EXPECT_EQ(printout.fate, Fate::kNotPrinted);
    ASSERT_TRUE(printout.error);
    EXPECT_EQ(printout.error.value().code, "PRINTER-SLOW");
    printer_->cancel();
    first.join();
    EXPECT_EQ(printer_->state(kLong_ms), PrinterState::kUnknown);
    EXPECT_EQ(printer_->print(ticket(), kLong_ms).error.value().code, "PRINTER-CANCELLED");
    EXPECT_TRUE(machine_.papers().empty());
}

TEST_F(CupsPrinterTest, ACupsThatSaysNothingCostsItsTimeAndNoMore) {
    std::string folder = (std::filesystem::temp_directory_path() / "sala-silent-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const std::string path = folder + "/socket";
    const Descriptor door(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un here{};
    here.sun_family = AF_UNIX;
    path.copy(here.sun_path, sizeof here.sun_path - 1);
    ASSERT_EQ(::bind(door.get(), reinterpret_cast<sockaddr*>(&here), sizeof here), 0);
    ASSERT_EQ(::listen(door.get(), 8), 0);
    const auto printer = make_cups_printer({"TICKET", path});
    EXPECT_EQ(printer->state(kShort_ms), PrinterState::kOffline);
    EXPECT_EQ(printer->print(ticket(), kShort_ms).fate, Fate::kNotPrinted);
    std::thread other([&] { printer->cancel(); });
    EXPECT_EQ(printer->print(ticket(), kLong_ms).error.value().code, "PRINTER-CANCELLED");
    other.join();
    std::filesystem::remove_all(folder);
}

TEST(CupsReasons, AreReadAsTheStandardNamesThem) {
    using enum PrinterState;
    struct Case {
        const char* reason;
        PrinterState state;
    };
    const Case cases[] = {{"none", kReady},
                          {"media-empty-error", kPaperOut},
                          {"media-needed", kPaperOut},
                          {"media-low-warning", kPaperLow},
                          {"cover-open-report", kCoverOpen},
                          {"door-open", kCoverOpen},
                          {"offline-report", kOffline},
                          {"connecting-to-device", kOffline},
                          {"media-jam-error", kFault},
                          {"media-jam-warning", kReady},
                          {"cups-insecure-filter-warning", kReady},
                          {"media-emptyish", kReady},
                          {"", kReady}};
    for (const Case& one : cases) EXPECT_EQ(state_of_reason(one.reason), one.state) << one.reason;
}

}  // namespace
}  // namespace sala
