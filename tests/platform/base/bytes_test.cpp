#include "platform/base/bytes.h"

namespace sala {
namespace {

TEST(Hex, ReadsExactlyWhatItWrites) {
    const Bytes bytes = {0x00, 0x01, 0x7f, 0x80, 0xff};
    EXPECT_EQ(to_hex(bytes), "00017f80ff");
    EXPECT_EQ(from_hex("00017f80ff"), bytes);
    EXPECT_EQ(from_hex(""), Bytes{});
    for (const char* text : {"0", "000", "0G", "0x", "FF", "f F", " ff", "ff ", "\xc3\xbf"}) {
        EXPECT_FALSE(from_hex(text)) << text;
    }
}

TEST(Base32, HasTheVectorsOfRfc4648) {
    const struct {
        const char* text;
        const char* letters;
    } vectors[] = {{"", ""},
                   {"f", "MY"},
                   {"fo", "MZXQ"},
                   {"foo", "MZXW6"},
                   {"foob", "MZXW6YQ"},
                   {"fooba", "MZXW6YTB"},
                   {"foobar", "MZXW6YTBOI"}};
    for (const auto& vector : vectors) {
        // Without padding; the letters whose five bits are all there.
        const std::string_view whole =
            std::string_view(vector.letters).substr(0, std::string_view(vector.text).size() * 8 / 5);
        EXPECT_EQ(to_base32(bytes_of(vector.text), whole.size()), whole) << vector.text;
    }
    const Bytes every = {0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf,
                         0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf};
    EXPECT_EQ(to_base32(every, 32), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

TEST(Bytes, OfANumberAreMostSignificantFirst) {
    Bytes bytes = {9};
    append_u64(bytes, 0x0102030405060708);
    EXPECT_EQ(bytes, (Bytes{9, 1, 2, 3, 4, 5, 6, 7, 8}));
}

}  // namespace
}  // namespace sala
