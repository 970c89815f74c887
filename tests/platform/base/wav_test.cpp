#include "platform/base/wav.h"

#include <gtest/gtest.h>

namespace sala {
namespace {

const Sound kOne{22'050, {1, -1, 32'767, -32'768}};
const Sound kTwo{22'050, {7}};

TEST(Wav, ReadsWhatItWrote) {
    for (const Sound& sound : {kOne, kTwo, Sound{48'000, {}}}) {
        const Result<Sound> again = read_wav(write_wav(sound));
        ASSERT_TRUE(again) << again.error().line();
        EXPECT_EQ(*again, sound);
    }
}

// Byte for byte as the specification has it.
TEST(Wav, IsWrittenAsOthersReadIt) {
    const std::string expected(
        "RIFF\x26\0\0\0WAVEfmt "
        "\x10\0\0\0\x01\0\x01\0\x22\x56\0\0\x44\xAC\0\0\x02\0\x10\0data\x02\0\0\0\x07\0",
        46);
    EXPECT_EQ(write_wav(kTwo), expected);
}

TEST(Wav, OtherChunksArePassedOver) {
    std::string bytes = write_wav(kTwo);
    bytes.insert(12, std::string("LIST\x03\0\0\0abc\0", 12));  // odd, so padded
    EXPECT_EQ(read_wav(bytes).value(), kTwo);
    EXPECT_EQ(read_wav(write_wav(kTwo) + "trailing").value(), kTwo);
}

TEST(Wav, EveryPrefixAndEveryOtherFormatIsRefused) {
    const std::string good = write_wav(kOne);
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_FALSE(read_wav(good.substr(0, size))) << size;
    }
    struct Change {
        std::size_t at;
        char to;
    };
    // Another kind of coding, two channels, rates of 86 and over 5 million, 8 bits.
    for (const auto& [at, to] : {Change{20, 3}, {22, 2}, {25, 0}, {26, 0x50}, {34, 8}, {0, 'r'}, {8, 'A'}}) {
        std::string wrong = good;
        wrong[at] = to;
        const Result<Sound> read = read_wav(wrong);
        ASSERT_FALSE(read) << at;
        EXPECT_EQ(read.error().code, "WAV-BAD");
    }
}

TEST(Wav, JoinsSampleAfterSample) {
    const std::vector<const Sound*> parts = {&kOne, &kTwo, &kOne};
    const Sound joined = join(parts).value();
    EXPECT_EQ(joined.samples, (std::vector<std::int16_t>{1, -1, 32'767, -32'768, 7, 1, -1, 32'767, -32'768}));
    EXPECT_EQ(joined.samples_per_second, 22'050u);
}

TEST(Wav, DoesNotJoinDifferentRates) {
    const Sound other{16'000, {1}};
    const std::vector<const Sound*> parts = {&kOne, &other};
    EXPECT_EQ(join(parts).error().code, "WAV-MIXED");
}

}  // namespace
}  // namespace sala
