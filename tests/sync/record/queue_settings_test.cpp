// [queue] of office.toml.
#include <gtest/gtest.h>

#include <algorithm>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

QueueSettings queue_of(const std::string& more) {
    const LoadedOffice loaded = parse_office(kSmallestOffice + "[queue]\n" + more, "f");
    EXPECT_TRUE(loaded.office) << (loaded.problems.empty() ? "" : loaded.problems[0].text());
    return loaded.office ? loaded.office->queue : QueueSettings{};
}

TEST(QueueSettings, CallOneOfThePriorityLaneThenTwoOthersUnlessTheOfficeSaysOtherwise) {
    const LoadedOffice silent = parse_office(kSmallestOffice, "f");
    ASSERT_TRUE(silent.office);
    EXPECT_EQ(silent.office->queue.priority_turns, 1);
    EXPECT_EQ(silent.office->queue.ordinary_turns, 2);
    ASSERT_EQ(silent.office->queue.priority_groups.size(), 4u);
    EXPECT_EQ(silent.office->queue.priority_groups[0].thai, "ผู้สูงอายุ");
    EXPECT_FALSE(silent.office->queue.at_close);
    EXPECT_FALSE(silent.office->queue.kiosk);
    const QueueSettings said = queue_of(
        "priority = 2\nordinary = 9\npriority_groups = [\"ก\", { th = \"ข\", en = \"b\" }]\n"
        "at_close = \"carried\"\nkiosk = 3\n");
    EXPECT_EQ(said.priority_turns, 2);
    EXPECT_EQ(said.ordinary_turns, 9);
    ASSERT_EQ(said.priority_groups.size(), 2u);
    EXPECT_EQ(said.priority_groups[0].english, "ก");
    EXPECT_EQ(said.priority_groups[1].english, "b");
    EXPECT_EQ(said.at_close, QueueClose::kCarried);
    EXPECT_EQ(said.kiosk, 3);
}

TEST(QueueSettings, HaveNoPriorityLaneWhereNoGroupIsNamed) {
    EXPECT_TRUE(queue_of("priority_groups = []\n").priority_groups.empty());
}

TEST(QueueSettings, NameWhatIsWrong) {
    const int last = static_cast<int>(std::ranges::count(kSmallestOffice, '\n'));
    const auto problems_of = [&](const std::string& more) {
        const LoadedOffice loaded = parse_office(kSmallestOffice + "[queue]\n" + more, "f");
        std::string out;
        for (const Problem& problem : loaded.problems)
            out += fmt::format("{} {};", problem.line - last, problem.code);
        return out;
    };
    EXPECT_EQ(problems_of("priority = 0\n"), "2 CONFIG-QUEUE-RATIO;");
    EXPECT_EQ(problems_of("ordinary = 10\n"), "2 CONFIG-QUEUE-RATIO;");
    EXPECT_EQ(problems_of("priority_groups = \"ก\"\n"), "2 CONFIG-TYPE;");
    EXPECT_EQ(problems_of("priority_groups = [1]\n"), "2 CONFIG-TYPE;");
    EXPECT_EQ(problems_of("priority_groups = [\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]\n"),
              "2 CONFIG-COUNT;");
    EXPECT_EQ(problems_of("at_close = \"lost\"\n"), "2 CONFIG-QUEUE-CLOSE;");
    EXPECT_EQ(problems_of("kiosk = 0\n"), "2 CONFIG-QUEUE-KIOSK;");
    EXPECT_EQ(problems_of("kiosk = 10\n"), "2 CONFIG-QUEUE-KIOSK;");
    EXPECT_EQ(problems_of("follow = \"http://a.example/\"\n").substr(0, 22), "2 CONFIG-QUEUE-FOLLOW-");
    EXPECT_EQ(problems_of("lanes = 2\n"), "2 CONFIG-KEY-UNKNOWN;");
}

}  // namespace
}  // namespace sala::record
