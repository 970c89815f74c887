// Goal: each ticket gets exactly one word, the right one, whatever the printer does and whenever all ends.
#include "kiosk/paper/printing.h"

#include "platform/linux/escpos.h"
#include "platform/linux/escpos_printer.h"
#include "platform/paint/qr.h"
#include "tests/fakes/escpos_printer.h"
#include "tests/kiosk/paper/sample_tickets.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::seconds kPatience{60};  // a test that gets there has failed

// What the first ticket's line takes before its dots: questions, a fresh beginning, questions again.
const std::size_t kBeforeTicket = escpos_fresh().size() + 24;

class PrintingTest : public ::testing::Test {
  protected:
    void start(int within_ms = 60'000) {
        const PrintingSettings settings{
            .width = PaperWidth::k58mm, .print_within_ms = within_ms, .ask_within_ms = 60'000};
        printing_ = std::make_unique<Printing>(
            make_escpos_printer({EscposRoad::Kind::kTcp, machine_.place()}, {60'000, 60'000, 50}), settings,
            Printing::Listener{[this](const PrintOutcome& outcome) {
                                   const std::lock_guard lock(mutex_);
                                   outcomes_.push_back(outcome);
                                   changed_.notify_all();
                               },
                               [this](PrinterState state) {
                                   const std::lock_guard lock(mutex_);
                                   states_.push_back(state);
                                   changed_.notify_all();
                               }});
    }
    void print(std::uint64_t ticket) { printing_->print({ticket, sample::tickets().front().paper}); }
    std::vector<PrintOutcome> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return outcomes_.size() >= count; }));
        return outcomes_;
    }
    std::vector<PrinterState> wait_for_states(std::size_t count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return states_.size() >= count; }));
        return states_;
    }

    EscposPrinter machine_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<PrintOutcome> outcomes_;
    std::vector<PrinterState> states_;
    std::unique_ptr<Printing> printing_;  // last: it tells until it is gone
};

TEST_F(PrintingTest, PrintsTicketsInTheirOrderAndSaysSo) {
    start();
    for (std::uint64_t ticket = 1; ticket <= 3; ++ticket) print(ticket);
    const auto outcomes = wait_for(3);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(outcomes[i].ticket, i + 1);
        EXPECT_TRUE(outcomes[i].printed());
        EXPECT_TRUE(outcomes[i].confirmed);
        EXPECT_FALSE(outcomes[i].maybe);
        EXPECT_FALSE(outcomes[i].error);
    }
    ASSERT_EQ(machine_.papers().size(), 3u);
    EXPECT_EQ(paint::decode_qr(sample::mask_of(machine_.papers()[2])),
              sample::tickets().front().paper.follow);
}

TEST_F(PrintingTest, SaysWhyThereIsNoPaper) {
    struct Case {
        PrinterFaults faults;
        const char* why;
    };
    const Case cases[] = {{{.paper_out = true}, "paper"},
                          {{.cover_open = true}, "cover"},
                          {{.cutter_stuck = true}, "failed"},
                          {{.garbage_status = true}, "failed"}};
    start();
    std::uint64_t ticket = 0;
    for (const Case& one : cases) {
        machine_.set(one.faults);
        print(++ticket);
        const PrintOutcome outcome = wait_for(ticket).back();
        EXPECT_EQ(outcome.why, one.why);
        EXPECT_FALSE(outcome.maybe) << one.why;
        EXPECT_TRUE(outcome.error) << one.why;
    }
    machine_.set({});
    machine_.pull_plug_after(1);
    print(++ticket);
    EXPECT_EQ(wait_for(ticket).back().why, "offline");
    machine_.put_plug_back();
    print(++ticket);
    EXPECT_TRUE(wait_for(ticket).back().printed());
    EXPECT_EQ(machine_.papers().size(), 1u);
}

TEST_F(PrintingTest, ATicketThatBrokeOffIsToldAsDoubtfulAndNotTriedAgain) {
    start();
    machine_.set({.paper_ends_after_rows = 100});
    print(7);
    const PrintOutcome outcome = wait_for(1).back();
    EXPECT_EQ(outcome.why, "paper");
    EXPECT_TRUE(outcome.maybe);
    machine_.set({});
    printing_->ask_state();
    EXPECT_EQ(wait_for_states(1).back(), PrinterState::kReady);
    EXPECT_TRUE(machine_.papers().empty());
    EXPECT_EQ(wait_for(1).size(), 1u);
}

TEST_F(PrintingTest, TellsTheStateOfThePrinter) {
    start();
    for (const auto& [faults, state] : {std::pair{PrinterFaults{}, PrinterState::kReady},
                                        {PrinterFaults{.paper_low = true}, PrinterState::kPaperLow},
                                        {PrinterFaults{.paper_out = true}, PrinterState::kPaperOut}}) {
        machine_.set(faults);
        const std::size_t before = wait_for_states(0).size();
        printing_->ask_state();
        EXPECT_EQ(wait_for_states(before + 1).back(), state);
    }
}

TEST_F(PrintingTest, AQueueThatIsFullAnswersAtOnce) {
    start();
    machine_.hang_after(kBeforeTicket + 1'000);
    print(1);
    ASSERT_TRUE(machine_.wait_for_bytes(kBeforeTicket + 1'000));  // with the printer, so it waits no longer
    for (std::uint64_t ticket = 2; ticket <= 1 + Printing::kJobsMax; ++ticket) print(ticket);
    EXPECT_TRUE(wait_for(0).empty());
    print(100);
    const PrintOutcome outcome = wait_for(1).back();
    EXPECT_EQ(outcome.ticket, 100u);
    EXPECT_EQ(outcome.why, "failed");
    EXPECT_EQ(outcome.error.value().code, "PRINTER-BUSY");
    EXPECT_FALSE(outcome.maybe);
}

TEST_F(PrintingTest, TheEndLeavesNoTicketWithoutItsOneWord) {
    start();
    machine_.hang_after(kBeforeTicket + 1'000);
    for (std::uint64_t ticket = 1; ticket <= 4; ++ticket) print(ticket);
    ASSERT_TRUE(machine_.wait_for_bytes(kBeforeTicket + 1'000));
    printing_.reset();
    ASSERT_EQ(outcomes_.size(), 4u);
    for (std::uint64_t ticket = 1; ticket <= 4; ++ticket) {
        const PrintOutcome& outcome = outcomes_[ticket - 1];
        EXPECT_EQ(outcome.ticket, ticket);
        EXPECT_EQ(outcome.why, "failed");
        EXPECT_EQ(outcome.maybe, ticket == 1);
        EXPECT_EQ(outcome.error.value().code, "PRINTER-CANCELLED");
    }
}

TEST_F(PrintingTest, AHangingPrinterCostsItsTimeAndTheNextTicketIsTriedAnew) {
    start(2'000);
    machine_.hang_after(kBeforeTicket + 1'000);
    print(1);
    const PrintOutcome slow = wait_for(1).back();
    EXPECT_EQ(slow.why, "failed");
    EXPECT_TRUE(slow.maybe);
    EXPECT_EQ(slow.error.value().code, "PRINTER-SLOW");
    machine_.set({});
    printing_.reset();
    start();
    print(2);
    EXPECT_TRUE(wait_for(2).back().printed());
}

TEST_F(PrintingTest, ATicketThatCannotBeDrawnIsNotSent) {
    start();
    PrintJob job{5, sample::tickets().front().paper};
    job.paper.follow = std::string(4'000, 'x');
    printing_->print(job);
    const PrintOutcome outcome = wait_for(1).back();
    EXPECT_EQ(outcome.why, "failed");
    EXPECT_EQ(outcome.error.value().code, "QR-TOO-LONG");
    EXPECT_FALSE(outcome.maybe);
    EXPECT_FALSE(machine_.wait_for_bytes(0) && !machine_.heard().empty());
}

TEST(PrinterOfAnOffice, IsMadeForEachRoad) {
    using Road = record::PrinterSettings::Road;
    EscposPrinter machine;
    EXPECT_EQ(make_printer({Road::kTcp, machine.place(), 58, true})->state(30'000), PrinterState::kReady);
    EXPECT_EQ(make_printer({Road::kTcp, machine.place(), 58, false})->state(30'000), PrinterState::kUnknown);
    EXPECT_EQ(make_printer({Road::kUsb, "/dev/sala-no-printer", 80, true})->state(30'000),
              PrinterState::kOffline);
    EXPECT_EQ(make_printer({Road::kCups, "sala-no-queue", 80, true})->state(30'000), PrinterState::kOffline);
}

}  // namespace
}  // namespace sala::kiosk
