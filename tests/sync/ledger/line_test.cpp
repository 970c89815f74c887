#include "sync/ledger/line.h"

#include <set>

#include "sync/ledger/place.h"
#include "tests/sync/ledger/sample.h"

namespace sala::ledger {
namespace {

std::string code_of(std::string_view text) {
    const Result<Line> line = parse_line(text);
    return line ? "" : line.error().code;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << " in " << text;
    return text.replace(at, from.size(), to);
}

// The line of the goldens that is of this kind.
std::string sample_of(std::string_view kind) {
    for (const Line& line : sample::lines()) {
        if (kind_of(line.happening) == kind) return write_line(line);
    }
    ADD_FAILURE() << kind;
    return "";
}

TEST(Line, IsWrittenAsTheGoldenFileHasItForEveryKind) {
    std::string all;
    std::set<std::string> kinds;
    for (const Line& line : sample::lines()) {
        all += write_line(line) + "\n";
        kinds.insert(kind_of(line.happening));
    }
    EXPECT_EQ(all, sample::golden("lines.jsonl"));
    EXPECT_EQ(kinds.size() + 16, std::variant_size_v<Happening>)
        << "of version 2 are bound, log_end, officer and the queue's";
}

TEST(Line, ReadsBackWhatWasWritten) {
    for (const Line& line : sample::lines()) {
        const Result<Line> read = parse_line(write_line(line));
        ASSERT_TRUE(read) << write_line(line);
        EXPECT_EQ(*read, line);
    }
}

TEST(Line, HoldsEveryTextAndTheLargestNumber) {
    Line line{{1, kIntegerMax, kIntegerMax, "b", true},
              Boot{kIntegerMax, 3, "quote \" back \\ nl \n nul \x01 ก \x7f"}};
    line.stamp.seq = static_cast<std::uint64_t>(kIntegerMax);
    const std::string text = write_line(line);
    EXPECT_NE(text.find(R"("quote \" back \\ nl \n nul \u0001 ก )"), std::string::npos) << text;
    const Result<Line> read = parse_line(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(*read, line);
}

TEST(Line, RefusesEveryOtherSpelling) {
    const std::string cast = sample_of("cast");
    const std::string sealed = sample_of("sealed");
    const std::string boot = sample_of("boot");
    ASSERT_EQ(code_of(cast), "");
    const std::string bad[] = {
        "",
        "null",
        "[]",
        "{}",
        "[" + cast + "]",
        cast + cast,
        cast + "\n",
        cast + " ",
        " " + cast,
        "\xef\xbb\xbf" + cast,
        cast.substr(0, cast.size() - 1),
        replaced(cast, ",\"kind\"", ", \"kind\""),
        replaced(cast, "\"kind\":", "\"kind\": "),
        replaced(cast, "{\"v\":1,\"seq\":7", "{\"seq\":7,\"v\":1"),
        replaced(cast, "\"seq\":7,", "\"seq\":7,\"seq\":7,"),
        replaced(cast, "\"seq\":7,", ""),
        replaced(cast, "\"page\":\"face.1\"", "\"page\":\"face.1\",\"score\":5"),
        replaced(cast, "\"page\":\"face.1\"", "\"page\":\"face.1\",\"page\":\"face.1\""),
        replaced(cast, ",\"page\":\"face.1\"", ""),
        replaced(cast, "\"seq\"", "\"Seq\""),
        replaced(cast, "\"seq\":7", "\"seq\":7.0"),
        replaced(cast, "\"seq\":7", "\"seq\":7e0"),
        replaced(cast, "\"seq\":7", "\"seq\":07"),
        replaced(cast, "\"seq\":7", "\"seq\":-7"),
        replaced(cast, "\"seq\":7", "\"seq\":-0"),
        replaced(cast, "\"seq\":7", "\"seq\":+7"),
        replaced(cast, "\"seq\":7", "\"seq\":\"7\""),
        replaced(cast, "\"seq\":7", "\"seq\":null"),
        replaced(cast, "\"seq\":7", "\"seq\":9007199254740992"),
        replaced(cast, "\"seq\":7", "\"seq\":18446744073709551615"),
        replaced(cast, "\"seq\":7", "\"seq\":99999999999999999999"),
        replaced(cast, "\"v\":1", "\"v\":0"),
        replaced(cast, "\"v\":1", "\"v\":1.0"),
        replaced(cast, "\"v\":1", "\"v\":\"2\""),
        replaced(cast, "true", "1"),
        replaced(cast, "true", "True"),
        replaced(cast, "\"kind\":\"cast\"", "\"kind\":\"void\""),
        replaced(cast, "\"kind\":\"cast\"", "\"kind\":\"Cast\""),
        replaced(cast, "\"kind\":\"cast\"", "\"kind\":\"alive\""),
        replaced(cast, "face.1", "face.\\u0031"),
        replaced(cast, "face.1", "face\\/1"),
        replaced(cast, "face.1", "face.\\ud800"),
        replaced(cast, "face.1", "face\x01"),
        replaced(cast, "face.1", "face\\n\\t"),
        replaced(cast, "face.1", "face.\xff"),
        replaced(cast, "face.1", "face.\xc0\xaf"),
        replaced(cast, "face.1", "face.\xed\xa0\x80"),
        replaced(cast, "\"face.1\"", "'face.1'"),
        replaced(sealed, "\"k\":5", "\"k\":100000000"),
        replaced(sealed, "[20270115]", "[20270115,]"),
        replaced(sealed, "[20270115]", "20270115"),
        replaced(sealed, "[20270115]", "[\"20270115\"]"),
        replaced(sealed, "[0,0,1,0,2,3]", "[0,0,1,0,2,3.0]"),
        replaced(sealed, "{\"item\":\"face\",\"counts\":[0,0,1,0,2,3]}", "[\"face\",[0,0,1,0,2,3]]"),
        replaced(sealed, "\"item\":\"face\",", ""),
        replaced(sealed, "\"counts\"", "\"more\":1,\"counts\""),
        replaced(sample_of("log_start"), "=\"}", "\"}"),
        replaced(sample_of("config"), "\"sha256\":\"", "\"sha256\":\"AAAA"),
        replaced(sample_of("ticket_issued"), "==\"", "=\""),
        replaced(boot, "\"version\":\"0.1.0\"", "\"version\":0"),
    };
    for (const std::string& text : bad) EXPECT_EQ(code_of(text), "LINE-MALFORMED") << text;
}

TEST(Line, RefusesAnyByteOfASampleReplacedByASpace) {
    for (const Line& line : sample::lines()) {
        const std::string text = write_line(line);
        for (std::size_t i = 0; i < text.size(); ++i) {
            std::string changed = text;
            changed[i] = ' ';
            const Result<Line> read = parse_line(changed);
            // Inside a text it may be another line, but never this one.
            if (read) {
                EXPECT_NE(*read, line) << changed;
            }
        }
    }
}

TEST(Line, OfANewerVersionIsToldApart) {
    const std::string cast = sample_of("cast");
    EXPECT_EQ(code_of(replaced(cast, "\"v\":1", "\"v\":3")), "LINE-NEWER-FORMAT");
    EXPECT_EQ(code_of(replaced(cast, "\"v\":1,", "\"v\":3,\"unheard\":[],")), "LINE-NEWER-FORMAT");
    EXPECT_EQ(code_of(replaced(cast, "\"v\":1,", "\"v\": 3,")), "LINE-NEWER-FORMAT");
}

TEST(Line, HasTheLeastVersionThatCanSayIt) {
    for (const Line& line : sample::lines()) {
        const std::string text = write_line(line);
        EXPECT_EQ(text.substr(0, 6), "{\"v\":1");
        EXPECT_EQ(code_of("{\"v\":2" + text.substr(6)), "LINE-MALFORMED") << text;
        EXPECT_EQ(code_of("{\"v\":0" + text.substr(6)), "LINE-MALFORMED") << text;
    }
}

TEST(Line, IsAtMostSixteenKibibytesAndItsListsFourHundredLong) {
    Line line{{1, 2, 3, "b", true}, Boot{0, 0, ""}};
    const std::size_t rest = write_line(line).size();
    std::get<Boot>(line.happening).version.assign(kLineBytesMax - rest, 'a');
    EXPECT_EQ(code_of(write_line(line)), "");
    std::get<Boot>(line.happening).version += 'a';
    EXPECT_EQ(code_of(write_line(line)), "LINE-MALFORMED");

    line.happening = DayOpened{};
    std::get<DayOpened>(line.happening).pages.assign(400, "a");
    EXPECT_EQ(code_of(write_line(line)), "");
    std::get<DayOpened>(line.happening).pages.emplace_back("a");
    EXPECT_EQ(code_of(write_line(line)), "LINE-MALFORMED");
}

TEST(Place, IsAPathOfAtMostThreeIds) {
    for (const char* place : {"/", "/a", "/a-1/b", "/a/b/c", "/abcdefghijklmnopqrstuvwx"}) {
        EXPECT_TRUE(is_place(place)) << place;
    }
    for (const char* place :
         {"", "a", "//", "/a/", "/a//b", "/A", "/a b", "/a/b/c/d", "/abcdefghijklmnopqrstuvwxy", "/ก"}) {
        EXPECT_FALSE(is_place(place)) << place;
    }
    EXPECT_EQ(parent_place("/a/b/c"), "/a/b");
    EXPECT_EQ(parent_place("/a"), "/");
    EXPECT_EQ(place_depth("/"), 0);
    EXPECT_EQ(place_depth("/a/b/c"), 3);
}

}  // namespace
}  // namespace sala::ledger
