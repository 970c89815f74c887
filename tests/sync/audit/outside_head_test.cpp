#include "sync/audit/outside_head.h"

#include <gtest/gtest.h>

#include "tests/sync/office/log_builder.h"

namespace sala::audit {
namespace {

std::string refusal(std::string_view text) {
    const auto heads = read_outside_heads(text, "file");
    return heads ? "" : heads.error().code;
}

TEST(OutsideHead, IsTheWholeNoteOfTheDaysQrCode) {
    office::LogBuilder log;
    log.whole_day(20270115);
    const auto heads = read_outside_heads(log.checkpoint(9).bytes(), "qr.txt");
    ASSERT_TRUE(heads) << heads.error().line();
    ASSERT_EQ(heads->size(), 1U);
    EXPECT_EQ(heads->front().size, 9U);
    EXPECT_EQ(heads->front().checkpoint->root, log.tree(9).root());
    EXPECT_EQ(heads->front().letters, ledger::root_letters(log.tree(9).root()));
    EXPECT_EQ(heads->front().source, "qr.txt");
}

TEST(OutsideHead, IsTheNumberAndLettersOfATicketHoweverTheyAreWritten) {
    for (const char* line : {"19 PUIOJ4WC3VQJ7EWR", "หลักฐาน ๑๙ • PUIO J4WC 3VQJ 7EWR",
                             "Proof 19 • PUIO J4WC 3VQJ 7EWR", "19: PUIO J4WC 3VQJ 7EWR\r"}) {
        const auto heads = read_outside_heads(line, "ticket");
        ASSERT_TRUE(heads) << line << ": " << heads.error().line();
        ASSERT_EQ(heads->size(), 1U) << line;
        EXPECT_EQ(heads->front().size, 19U) << line;
        EXPECT_EQ(heads->front().letters, "PUIOJ4WC3VQJ7EWR") << line;
        EXPECT_FALSE(heads->front().note) << line;
    }
}

TEST(OutsideHead, StandsOneALineWithCommentsBetween) {
    const auto heads =
        read_outside_heads("# from the bin\n19 PUIOJ4WC3VQJ7EWR\n\n20 AAAABBBBCCCCDDDD\n", "tickets");
    ASSERT_TRUE(heads);
    ASSERT_EQ(heads->size(), 2U);
    EXPECT_EQ(heads->back().size, 20U);
}

TEST(OutsideHead, IsRefusedWithItsLineWhereItCannotBeRead) {
    const auto heads = read_outside_heads("19 PUIOJ4WC3VQJ7EWR\n20 SHORT\n", "tickets");
    ASSERT_FALSE(heads);
    EXPECT_EQ(heads.error().code, "OUTSIDE-UNREADABLE");
    EXPECT_NE(heads.error().english.find("line 2"), std::string::npos);
    for (const char* text :
         {"PUIOJ4WC3VQJ7EWR", "19PUIOJ4WC3VQJ7EWR", "19 PUIOJ4WC3VQJ7EW1", "19 PUIOJ4WC3VQJ7EWRA",
          "99999999999999999 PUIOJ4WC3VQJ7EWR", "\xE0\xB9", "hello"}) {
        EXPECT_EQ(refusal(text), "OUTSIDE-UNREADABLE") << text;
    }
}

TEST(OutsideHead, OfANoteThatIsNoCheckpointIsRefused) {
    EXPECT_EQ(refusal("hello\n\n\u2014 name AAAAAAAA\n"), "NOTE-NOT-A-CHECKPOINT");
}

}  // namespace
}  // namespace sala::audit
