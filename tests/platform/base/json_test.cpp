#include "platform/base/json.h"

namespace sala {
namespace {

TEST(JsonString, EscapesOnlyWhatItMust) {
    EXPECT_EQ(json_string(""), R"("")");
    EXPECT_EQ(json_string("a\"b\\c/d"), R"("a\"b\\c/d")");
    EXPECT_EQ(json_string("\n\t\r\x01\x1f"), R"("\n\u0009\u000d\u0001\u001f")");
    EXPECT_EQ(json_string(std::string_view("\0", 1)), R"("\u0000")");
    EXPECT_EQ(json_string("\x7fกำ<>&'"), "\"\x7fกำ<>&'\"");
}

}  // namespace
}  // namespace sala
