// Where places gather for a month: what is sealed when, what is bound meanwhile, and for whom it can be
// opened.
#include <algorithm>
#include <fstream>

#include "kiosk/store/month.h"
#include "platform/base/files.h"
#include "sync/ledger/opening.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

using namespace std::chrono;

TEST(Month, ClosesOnTheLastDateOnWhichTheOfficeOpens) {
    const record::OpeningHours hours;  // Monday to Friday
    EXPECT_FALSE(closes_its_month(2027y / January / 28, hours));
    EXPECT_TRUE(closes_its_month(2027y / January / 29, hours)) << "a Friday; the 31st is a Sunday";
    EXPECT_TRUE(closes_its_month(2027y / January / 31, hours));
    EXPECT_TRUE(closes_its_month(2028y / February / 29, hours));
    EXPECT_FALSE(closes_its_month(2028y / February / 28, hours));
    record::OpeningHours never;
    std::ranges::fill(never.days, false);
    EXPECT_TRUE(closes_its_month(2027y / January / 1, never));
}

class StoreMonthTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        office_.secrecy.month_auditor = auditor_.public_key();
    }
    std::string service(std::size_t division_at) const {
        return "/" + division(division_at).id + "/" + division(division_at).services[0].id;
    }
    void rate_at(const std::string& place, std::initializer_list<int> scores) {
        for (const int score : scores) {
            rate_at_once(score, {place, true});
            clock_.pass_ms(15'000);
        }
    }
    void next_day(int days = 1) { clock_.pass_ms(days * 24 * kHourMs); }
    void close() { ASSERT_TRUE(store().close_day().ok()); }
    // What the auditor reads of the nth close.
    std::string opened(std::size_t at) {
        auto rows = store().database().prepare("SELECT seq, commitment, sealed FROM attachment ORDER BY seq");
        EXPECT_TRUE(rows.ok());
        for (std::size_t i = 0; i <= at; ++i) EXPECT_TRUE(*rows->step());
        const auto bound = lines_of<ledger::Bound>().at(at);
        EXPECT_EQ(text_of(rows->blob(1)), text_of(bound.commitment));
        const auto text = ledger::open_opening(auditor_, rows->blob(2), bound.commitment);
        EXPECT_TRUE(text.ok());
        return text ? *text : "";
    }

    crypto::BoxKey auditor_ = crypto::BoxKey::generate();
};

TEST_F(StoreMonthTest, APlaceGathersUntilTheMonthsLastClose) {
    rate_at(service(0), {5, 4, 3});
    rate_at(service(1), {1});
    close();
    EXPECT_TRUE(lines_of<ledger::Sealed>().empty());
    EXPECT_EQ(store().position().state.waiting_total(), 4u);
    next_day(3);  // Monday the 18th
    reopen();
    rate_at(service(0), {5, 5});
    close();
    EXPECT_TRUE(lines_of<ledger::Sealed>().empty()) << "five have gathered, but the month has not closed";
    next_day(11);  // Friday the 29th, the month's last opening day
    rate_at(service(1), {2});
    close();
    const auto sealed = lines_of<ledger::Sealed>();
    ASSERT_EQ(sealed.size(), 1u);
    EXPECT_EQ(sealed[0].place, service(0));
    EXPECT_EQ(sealed[0].days, (std::vector<int>{20270115, 20270118}));
    EXPECT_EQ(sealed[0].items[0].counts, (std::vector<std::uint64_t>{0, 0, 0, 1, 1, 3}));
    EXPECT_EQ(store().position().state.waiting_total(), 2u);
    EXPECT_EQ(lines_of<ledger::Bound>().size(), 3u);
}

TEST_F(StoreMonthTest, AMonthWithoutItsLastCloseIsSealedBeforeTheNextOneCasts) {
    rate_at(service(0), {5, 4, 3, 2});
    rate_at("/" + division(0).id, {1});
    close();
    next_day(31);  // in February
    rate_at(service(0), {5});
    const auto all = lines();
    std::vector<std::string> kinds;
    for (const ledger::Line& line : all) kinds.emplace_back(ledger::kind_of(line.happening));
    const auto sealed = std::ranges::find(kinds, "sealed");
    ASSERT_NE(sealed, kinds.end());
    EXPECT_EQ(*(sealed - 1), "day_opened");
    EXPECT_EQ(*(sealed + 1), "cast");
    const auto envelope = lines_of<ledger::Sealed>().at(0);
    EXPECT_EQ(envelope.place, "/" + division(0).id);
    EXPECT_EQ(envelope.days, std::vector<int>{20270115});
    EXPECT_EQ(store().position().state.waiting_total(), 1u);
}

TEST_F(StoreMonthTest, ARemainderOfAnEarlierMonthOpensNothingOfThisOne) {
    rate_at("/", {5, 1});
    close();
    next_day(31);
    rate_at(service(0), {1, 2, 3, 4, 5});
    close();
    next_day();
    rate_at(service(0), {5});
    EXPECT_TRUE(lines_of<ledger::Sealed>().empty());
    EXPECT_EQ(store().position().state.waiting_total(), 8u);
}

TEST_F(StoreMonthTest, TheAuditorReadsWhatWasBoundAndNobodyElseDoes) {
    rate_at(service(0), {5, 5, 2});
    close();
    EXPECT_EQ(opened(0), fmt::format("sala opening 1\norigin {}\nday 20270115\n"
                                     "face.1 after_service {} 5 20270115\n face 0,0,1,0,0,2\n",
                                     store().position().state.start.origin, service(0)));
    auto row = store().database().prepare("SELECT commitment, sealed FROM attachment");
    ASSERT_TRUE(row.ok() && *row->step());
    const auto other = ledger::open_opening(crypto::BoxKey::generate(), row->blob(1),
                                            lines_of<ledger::Bound>()[0].commitment);
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, "OPENING-OTHER-KEY");
    const auto wrong = ledger::open_opening(auditor_, row->blob(1), crypto::Hash{});
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().code, "OPENING-NOT-BOUND");
    const auto closed = lines().back();
    EXPECT_TRUE(std::holds_alternative<ledger::DayClosed>(closed.happening));
}

TEST_F(StoreMonthTest, WhatAKioskOfVersionOneWroteGoesOnInTheSameLog) {
    office_.secrecy.month_auditor.reset();
    rate_at(service(0), {5, 4});
    close();
    const auto first = lines_of<ledger::DayOpened>().at(0);
    EXPECT_EQ(first.wait, "day");
    store_.reset();
    office_.secrecy.month_auditor = auditor_.public_key();
    next_day(3);
    rate_at(service(0), {3, 2, 1});
    close();
    EXPECT_EQ(lines_of<ledger::DayOpened>().at(1).wait, "month");
    EXPECT_EQ(store().position().state.waiting_total(), 5u);
    reopen();
    EXPECT_EQ(store().position().state.waiting_total(), 5u);
    EXPECT_EQ(export_to(store(), stick())->files.size(), 1u);
}

TEST_F(StoreMonthTest, OpeningsTravelWithTheLinesThatBindThemAndGoWhenTheOfficeHasThem) {
    rate_at(service(0), {5, 5, 2});
    close();
    const auto done = export_to(store(), stick());
    ASSERT_TRUE(done.ok() && done->files.size() == 1) << done.error().line();
    const auto bytes = read_file(done->files[0], 1 << 20);
    const auto bundle = ledger::open_bundle(*bytes);
    ASSERT_TRUE(bundle.ok());
    ASSERT_EQ(bundle->attachments.size(), 1u);
    const auto& sent = bundle->attachments[0];
    EXPECT_EQ(sent.commitment, lines_of<ledger::Bound>()[0].commitment);
    EXPECT_TRUE(ledger::open_opening(auditor_, sent.sealed, sent.commitment).ok());

    const crypto::SigningKey office = crypto::SigningKey::generate();
    const std::string name = ledger::office_key_name(office_.domain);
    ledger::Note note = bundle->checkpoint;
    note.signatures.push_back(ledger::cosign_note(note.text, name, office, 1'800'000'000));
    std::ofstream(stick() / "office.vkey")
        << ledger::VerifierKey{name, ledger::KeyType::kCosignature, office.public_key()}.text() << "\n";
    std::ofstream(stick() / "x.cosigned") << note.bytes();
    const auto again = export_to(store(), stick());
    ASSERT_TRUE(again.ok() && again->cosigned_size == bundle->to());
    auto left = store().database().prepare("SELECT COUNT(*) FROM attachment");
    ASSERT_TRUE(left.ok() && *left->step());
    EXPECT_EQ(left->integer(0), 0);
}

}  // namespace
}  // namespace sala::kiosk
