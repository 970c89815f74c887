// Goal: what is sent prints the picture and nothing else, and no byte is taken for a status that is none.
#include "platform/linux/escpos.h"

#include <random>

#include "tests/fakes/escpos_machine.h"

namespace sala {
namespace {

Raster picture(int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    Raster raster{width, height, {}};
    raster.bits.resize(raster.row_bytes() * static_cast<std::size_t>(height));
    for (std::uint8_t& byte : raster.bits) byte = static_cast<std::uint8_t>(random());
    return raster;
}

std::string whole(const EscposJob& job) {
    std::string all = job.begin;
    for (const std::string& band : job.bands) all += band;
    return all + job.end + job.ask_done;
}

std::string feed(EscposMachine& machine, std::string_view bytes) {
    std::string answers;
    for (const char byte : bytes) answers += machine.take(static_cast<std::uint8_t>(byte));
    return answers;
}

TEST(EscposJob, IsOnePaperWithThePictureOnIt) {
    for (const int width : {384, 576}) {
        for (const int height : {1, kBandRows, kBandRows + 1, 500}) {
            EscposMachine machine;
            Raster raster = picture(width, height, 1);
            for (std::uint8_t& byte : raster.bits) byte |= 0x80;  // never a DLE
            EXPECT_EQ(feed(machine, whole(escpos_job(raster))), std::string(1, '\0'));
            ASSERT_EQ(machine.papers().size(), 1u);
            EXPECT_EQ(machine.papers()[0], raster);
            EXPECT_EQ(machine.hanging().height, 0);
            EXPECT_EQ(machine.heard().front(), "init");
        }
    }
}

// A picture of nothing but commands: the printer must neither answer nor forget, and differ by single dots.
TEST(EscposJob, HoldsNoCommandInItsDots) {
    Raster raster{384, 64, {}};
    const std::string commands = std::string("\x10\x04\x01\x10\x04\x02\x10\x05\x02") + escpos_forget() +
                                 "\x10\x14\x01" + std::string(1, '\0') + "\x10\x10\x04\x04";
    for (int i = 0; i < 48 * 64; ++i)
        raster.bits.push_back(
            static_cast<std::uint8_t>(commands[static_cast<std::size_t>(i) % commands.size()]));
    EscposMachine machine;
    EXPECT_EQ(feed(machine, whole(escpos_job(raster))), std::string(1, '\0'));
    ASSERT_EQ(machine.papers().size(), 1u);
    const Raster& printed = machine.papers()[0];
    ASSERT_EQ(printed.bits.size(), raster.bits.size());
    int changed = 0;
    for (std::size_t i = 0; i < raster.bits.size(); ++i) {
        if (printed.bits[i] == raster.bits[i]) continue;
        ++changed;
        EXPECT_EQ(raster.bits[i], 0x10);
        EXPECT_EQ(printed.bits[i], 0x18);
    }
    EXPECT_GT(changed, 0);
}

TEST(EscposJob, AfterAHalfOneTheNextIsWhole) {
    const Raster raster = picture(576, 100, 7);
    const EscposJob job = escpos_job(raster);
    const std::string bytes = whole(job);
    for (const std::size_t broken_at :
         {std::size_t{1}, std::size_t{12}, job.begin.size() + job.bands[0].size() + 4,
          job.begin.size() + job.bands[0].size() + 500, bytes.size() - 8}) {
        EscposMachine machine;
        feed(machine, std::string_view(bytes).substr(0, broken_at));
        feed(machine, escpos_after_half() + bytes);
        ASSERT_GE(machine.papers().size(), 2u) << broken_at;
        EXPECT_EQ(machine.papers().back().height, raster.height) << broken_at;
        EXPECT_EQ(machine.papers().back().width, raster.width) << broken_at;
    }
}

TEST(EscposJob, IsRefusedForAPictureThatIsNone) {
    const Raster good = picture(384, 10, 1);
    EXPECT_TRUE(printable(good));
    for (const auto& [width, height] : {std::pair{0, 10},
                                        {384, 0},
                                        {kRasterWidthMax + 8, 10},
                                        {384, kRasterHeightMax + 1},
                                        {384, 11},
                                        {-8, 10}}) {
        EXPECT_FALSE(printable({width, height, good.bits})) << width << "x" << height;
    }
}

TEST(PrinterStatus, IsReadAsTheReferenceHasTheBits) {
    using enum PrinterState;
    struct Case {
        StatusKind kind;
        int byte;
        PrinterState state;
    };
    const Case cases[] = {
        {StatusKind::kPrinter, 0x12, kReady},     {StatusKind::kPrinter, 0x16, kReady},  // the drawer's pin
        {StatusKind::kPrinter, 0x1A, kOffline},   {StatusKind::kOffline, 0x12, kReady},
        {StatusKind::kOffline, 0x16, kCoverOpen}, {StatusKind::kOffline, 0x32, kPaperOut},
        {StatusKind::kOffline, 0x52, kFault},     {StatusKind::kOffline, 0x36, kCoverOpen},
        {StatusKind::kError, 0x12, kReady},       {StatusKind::kError, 0x1A, kFault},
        {StatusKind::kError, 0x32, kFault},       {StatusKind::kError, 0x52, kFault},
        {StatusKind::kPaper, 0x12, kReady},       {StatusKind::kPaper, 0x1E, kPaperLow},
        {StatusKind::kPaper, 0x72, kPaperOut},    {StatusKind::kPaper, 0x7E, kPaperOut},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(parse_status(one.kind, static_cast<std::uint8_t>(one.byte)), one.state)
            << static_cast<int>(one.kind) << " " << one.byte;
    }
}

TEST(PrinterStatus, IsNoOtherByte) {
    for (int byte = 0; byte < 256; ++byte) {
        const bool fixed_bits = (byte & 0x93) == 0x12;
        for (int kind = 1; kind <= 4; ++kind) {
            EXPECT_EQ(
                parse_status(static_cast<StatusKind>(kind), static_cast<std::uint8_t>(byte)).has_value(),
                fixed_bits)
                << byte;
        }
        EXPECT_FALSE(fixed_bits && parse_done(static_cast<std::uint8_t>(byte))) << byte;
    }
    EXPECT_EQ(parse_done(0x00), PrinterState::kReady);
    EXPECT_EQ(parse_done(0x03), PrinterState::kPaperLow);
    EXPECT_EQ(parse_done(0x0F), PrinterState::kPaperOut);
    for (const int byte : {0x01, 0x02, 0x04, 0x0B, 0x10, 0x11, 0x13, 0x80, 0xFF})
        EXPECT_FALSE(parse_done(static_cast<std::uint8_t>(byte))) << byte;
}

}  // namespace
}  // namespace sala
