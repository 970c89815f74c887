// Goal: whatever a ticket says can be read from its dots, and what cannot be set is refused, not spoilt.
#include "kiosk/paper/ticket_paper.h"

#include "platform/paint/qr.h"
#include "tests/kiosk/paper/sample_tickets.h"

namespace sala::kiosk {
namespace {

class TicketPaperTest : public ::testing::TestWithParam<PaperWidth> {
  protected:
    static const paint::TextEngine& text() {
        static const paint::TextEngine engine = paint::TextEngine::open().value();
        return engine;
    }
    static Result<Raster> draw(const TicketPaper& ticket) {
        return draw_ticket_paper(ticket, GetParam(), text());
    }
    static const TicketPaper& usual() { return sample::tickets().front().paper; }
    static int black_in_columns(const Raster& raster, int from, int to) {
        int black = 0;
        for (int y = 0; y < raster.height; ++y) {
            for (int x = from; x < to; ++x) black += raster.black(x, y) ? 1 : 0;
        }
        return black;
    }
};

INSTANTIATE_TEST_SUITE_P(Width, TicketPaperTest, ::testing::Values(PaperWidth::k58mm, PaperWidth::k80mm),
                         [](const auto& width) { return width.param == PaperWidth::k58mm ? "58" : "80"; });

TEST_P(TicketPaperTest, IsAsWideAsThePaperAndAsLongAsAHand) {
    for (const auto& ticket : sample::tickets()) {
        const Result<Raster> raster = draw(ticket.paper);
        ASSERT_TRUE(raster) << ticket.name << raster.error().line();
        EXPECT_EQ(raster->width, dots_across(GetParam()));
        EXPECT_EQ(raster->bits.size(), raster->row_bytes() * static_cast<std::size_t>(raster->height));
        EXPECT_GE(raster->height, 60 * 8) << ticket.name;
        EXPECT_LE(raster->height, 130 * 8) << ticket.name;
        // Nothing is cut off at the edges of the paper.
        EXPECT_EQ(black_in_columns(*raster, 0, 2), 0) << ticket.name;
        EXPECT_EQ(black_in_columns(*raster, raster->width - 2, raster->width), 0) << ticket.name;
    }
}

TEST_P(TicketPaperTest, ItsCodeIsReadFromTheWholeTicket) {
    for (const auto& ticket : sample::tickets()) {
        const auto read = paint::decode_qr(sample::mask_of(*draw(ticket.paper)));
        if (ticket.paper.follow.empty()) {
            EXPECT_FALSE(read) << ticket.name;
        } else {
            EXPECT_EQ(read, ticket.paper.follow) << ticket.name;
        }
    }
}

TEST_P(TicketPaperTest, EqualTicketsHaveEqualDotsAndOthersHaveNot) {
    const Raster usual_dots = *draw(usual());
    EXPECT_EQ(*draw(usual()), usual_dots);
    const std::function<void(TicketPaper&)> changes[] = {
        [](TicketPaper& t) { t.number = "B008"; },
        [](TicketPaper& t) { t.priority = true; },
        [](TicketPaper& t) { t.office.thai += "ก"; },
        [](TicketPaper& t) { t.division.thai += "ก"; },
        [](TicketPaper& t) { t.service.thai += "ก"; },
        [](TicketPaper& t) { t.service.english += "x"; },
        [](TicketPaper& t) { t.taken.minute_of_day += 1; },
        [](TicketPaper& t) { t.ahead = 4; },
        [](TicketPaper& t) { t.ahead.reset(); },
        [](TicketPaper& t) { t.wait->to = 25; },
        [](TicketPaper& t) { t.wait.reset(); },
        [](TicketPaper& t) { t.missed_rule.thai += "ก"; },
        [](TicketPaper& t) { t.follow += "x"; },
        [](TicketPaper& t) { t.head += "X"; },
        [](TicketPaper& t) { t.head.clear(); },
    };
    int which = 0;
    for (const auto& change : changes) {
        TicketPaper other = usual();
        change(other);
        EXPECT_FALSE(*draw(other) == usual_dots) << which;
        ++which;
    }
}

TEST_P(TicketPaperTest, WhatIsNotKnownTakesNoPaper) {
    TicketPaper ticket = usual();
    const int whole = draw(ticket)->height;
    ticket.wait.reset();
    const int without_wait = draw(ticket)->height;
    ticket.ahead.reset();
    const int without_both = draw(ticket)->height;
    EXPECT_LT(without_wait, whole);
    EXPECT_LT(without_both, without_wait - 40);
}

TEST_P(TicketPaperTest, WhatCannotBeReadIsRefused) {
    const auto refused = [](const std::function<void(TicketPaper&)>& change) {
        TicketPaper ticket = usual();
        change(ticket);
        const Result<Raster> raster = draw(ticket);
        return raster ? std::string() : raster.error().code;
    };
    EXPECT_EQ(refused([](TicketPaper& t) { t.follow = std::string(400, 'x'); }), "QR-TOO-SMALL");
    EXPECT_EQ(refused([](TicketPaper& t) { t.follow = std::string(4'000, 'x'); }), "QR-TOO-LONG");
    EXPECT_EQ(refused([](TicketPaper& t) { t.service.thai = "\xF3\xB0\x80\x80"; }), "PAPER-LETTERS");
    EXPECT_EQ(refused([](TicketPaper& t) { t.service.thai = "\xFF"; }), "PAPER-LETTERS");
    EXPECT_EQ(refused([](TicketPaper& t) {
                  for (int i = 0; i < 40; ++i) t.service.thai += "ชำระภาษีที่ดินและสิ่งปลูกสร้าง ";
              }),
              "PAPER-LETTERS");
    EXPECT_EQ(refused([](TicketPaper&) {}), "");
}

TEST_P(TicketPaperTest, ANumberOfAnyLengthFitsItsLine) {
    for (const char* number : {"A1", "W999", "WW9999", "M99999"}) {
        TicketPaper ticket = usual();
        ticket.number = number;
        EXPECT_TRUE(draw(ticket)) << number;
    }
}

}  // namespace
}  // namespace sala::kiosk
