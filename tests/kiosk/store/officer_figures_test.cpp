// The officer's figures are what the lines add up to, line by line.
#include "kiosk/store/officer_figures.h"

#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class OfficerFiguresTest : public StoreFixture {
  protected:
    DayFigures read() {
        const auto figures = read_day_figures(store());
        EXPECT_TRUE(figures.ok()) << (figures ? "" : figures.error().line());
        return figures ? *figures : DayFigures{};
    }
    void close() { ASSERT_TRUE(store().close_day().ok()); }
    // Counted line by line, the slow way.
    std::uint64_t counted(std::string_view kind, int day) {
        auto statement =
            store().database().prepare("SELECT COUNT(*) FROM journal WHERE kind = ? AND (? = 0 OR day = ?)");
        statement->bind(kind).bind(std::int64_t{day}).bind(std::int64_t{day});
        EXPECT_TRUE(*statement->step());
        return static_cast<std::uint64_t>(statement->integer(0));
    }
};

TEST_F(OfficerFiguresTest, BeforeTheFirstDayThereIsNothingButLines) {
    const DayFigures figures = read();
    EXPECT_EQ(figures.day, 0);
    EXPECT_FALSE(figures.day_open);
    EXPECT_EQ(figures.tickets + figures.ratings_cast + figures.ratings_waiting, 0u);
    EXPECT_TRUE(figures.envelopes.empty());
    EXPECT_EQ(figures.unsent_lines, store().position().tree.size());
    EXPECT_EQ(figures.unsent_since, kFridayMorning);
    EXPECT_TRUE(figures.checkpoint.empty());
}

TEST_F(OfficerFiguresTest, TicketsStandByDivisionAndAreServedByTheClose) {
    ticket(division(1).id, division(1).services[0].id);
    ticket(division(1).id, division(1).services[0].id);
    ticket(division(0).id, division(0).services[0].id);
    DayFigures figures = read();
    EXPECT_TRUE(figures.day_open);
    EXPECT_EQ(figures.day, 20270115);
    EXPECT_EQ(figures.tickets, 3u);
    ASSERT_EQ(figures.divisions.size(), 2u);
    for (const DivisionCount& count : figures.divisions) {
        EXPECT_EQ(count.tickets, count.division == division(1).id ? 2u : 1u);
        EXPECT_EQ(count.served, 0u);
    }
    close();
    figures = read();
    EXPECT_FALSE(figures.day_open);
    for (const DivisionCount& count : figures.divisions) EXPECT_EQ(count.served, count.tickets);
    EXPECT_FALSE(figures.checkpoint.empty());

    // Opened again on its date: what is new is open, what was is served.
    ticket(division(1).id, division(1).services[0].id);
    figures = read();
    EXPECT_EQ(figures.tickets, 4u);
    for (const DivisionCount& count : figures.divisions) {
        EXPECT_EQ(count.tickets - count.served, count.division == division(1).id ? 1u : 0u);
    }
}

TEST_F(OfficerFiguresTest, AFaceIsShownOnlyOnceAnEnvelopeHoldsIt) {
    for (int i = 0; i < 4; ++i) rate(5);
    close();
    EXPECT_TRUE(read().envelopes.empty());
    EXPECT_EQ(read().ratings_waiting, 4u);
    rate(1);
    EXPECT_TRUE(read().envelopes.empty()) << "five, but not closed";
    close();
    const DayFigures figures = read();
    ASSERT_EQ(figures.envelopes.size(), 1u);
    EXPECT_EQ(figures.envelopes[0].n, 5u);
    EXPECT_EQ(figures.envelopes[0].items.at(0).counts, (std::vector<std::uint64_t>{0, 1, 0, 0, 0, 4}));
    EXPECT_EQ(figures.ratings_waiting, 0u);
    EXPECT_EQ(figures.ratings_cast, 5u) << "both closes of the day";

    // The next close has nothing to seal: its envelopes are none, not the last ones again.
    rate(3);
    close();
    EXPECT_TRUE(read().envelopes.empty());
}

TEST_F(OfficerFiguresTest, EveryFigureOfEveryDayIsWhatItsLinesAddUpTo) {
    for (int day = 0; day < 6; ++day) {
        for (int i = 0; i <= day; ++i) rate(1 + i % 5);
        ticket(division(0).id, division(0).services[0].id);
        if (day % 2 == 0) close();
        if (day == 3) clock_.set_wall(clock_.wall_ms() - 48 * kHourMs);  // set right: the date goes back
        const int today = store().position().state.rules.day;
        const DayFigures figures = read();
        EXPECT_EQ(figures.ratings_cast, counted("cast", today)) << day;
        EXPECT_EQ(figures.tickets, counted("ticket_issued", today)) << day;
        const auto status = read_figures(data());
        ASSERT_TRUE(status.ok());
        EXPECT_EQ(status->ratings_cast, counted("cast", 0)) << day;
        EXPECT_EQ(status->ratings, counted("cast", today)) << day;
        EXPECT_EQ(status->tickets_issued, counted("ticket_issued", 0)) << day;
        EXPECT_EQ(status->envelopes, counted("sealed", 0)) << day;
        EXPECT_EQ(status->root_letters, figures.head.root_letters);
        EXPECT_EQ(status->unsent_lines, figures.unsent_lines);
        clock_.pass_minutes(24 * 60);
    }
}

TEST_F(OfficerFiguresTest, StatusTellsSinceWhenLinesWaitForTheOffice) {
    rate(5);
    const auto status = read_figures(data());
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(status->unsent_since, "2027-01-15T03:00:00Z");
    EXPECT_NE(status->json().find("\"unsent_since\":\"2027-01-15T03:00:00Z\""), std::string::npos);
    EXPECT_NE(status->text().find("since 2027-01-15T03:00:00Z"), std::string::npos);
    Figures none = *status;
    none.unsent_since.clear();
    EXPECT_NE(none.json().find("\"unsent_since\":null"), std::string::npos);
}

}  // namespace
}  // namespace sala::kiosk
