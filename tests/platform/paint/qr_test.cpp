#include "platform/paint/qr.h"

#include <gtest/gtest.h>

namespace sala::paint {
namespace {

const std::string kLink = "https://itas.nacc.go.th/go/eit/demo00";

std::size_t index(const Mask& mask, int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) + static_cast<std::size_t>(x);
}

void paste(const Mask& from, Mask& onto, int left) {
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            onto.alpha[index(onto, left + x, y)] = from.at(x, y);
        }
    }
}

TEST(Qr, ReadsBackTheLinkAtEverySizeAndLevelOfTheScreen) {
    for (const QrLevel level : {QrLevel::kM, QrLevel::kQ}) {
        for (int px = 6; px <= 10; ++px) {
            const auto mask = draw_checked_qr(kLink, level, px);
            ASSERT_TRUE(mask) << mask.error().line();
            EXPECT_EQ(decode_qr(*mask), kLink);
        }
    }
}

TEST(Qr, KeepsCaseAndEveryByte) {
    for (const std::string text : {"HTTPS://EXAMPLE.GO.TH/aBc", "0123456789",
                                   "https://example.go.th/?q=%E0%B8%81&x=1#y", "องค์การบริหารส่วนตำบล"}) {
        const auto mask = draw_checked_qr(text, QrLevel::kM, 6);
        ASSERT_TRUE(mask) << mask.error().line();
        EXPECT_EQ(decode_qr(*mask), text);
    }
}

TEST(Qr, TakesTheSmallestVersionThatHoldsTheText) {
    EXPECT_EQ(make_qr(kLink, QrLevel::kM)->modules(), 29);  // version 3 holds 42 bytes at M, 32 at Q
    EXPECT_EQ(make_qr(kLink, QrLevel::kQ)->modules(), 33);
    EXPECT_EQ(make_qr("a", QrLevel::kM)->modules(), 21);
}

TEST(Qr, DrawsWholeModulesInsideAQuietMargin) {
    const auto code = make_qr(kLink, QrLevel::kM);
    ASSERT_TRUE(code);
    constexpr int kPx = 7;
    const Mask mask = draw_qr(*code, kPx);
    ASSERT_EQ(mask.width, (29 + 8) * kPx);
    ASSERT_EQ(mask.height, mask.width);
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            const int column = x / kPx - kQrQuietModules, row = y / kPx - kQrQuietModules;
            const bool inside = column >= 0 && row >= 0 && column < 29 && row < 29;
            ASSERT_EQ(mask.at(x, y), inside && code->dark(column, row) ? 255 : 0) << x << "," << y;
        }
    }
}

TEST(Qr, ChoosesTheLargestModuleThatFitsTheBox) {
    EXPECT_EQ(*qr_px_per_module(kLink, QrLevel::kM, 37 * 8), 8);
    EXPECT_EQ(*qr_px_per_module(kLink, QrLevel::kM, 37 * 8 - 1), 7);
    EXPECT_EQ(*qr_px_per_module(kLink, QrLevel::kM, 37 * 6), 6);
}

TEST(Qr, RefusesModulesTooSmallToScan) {
    for (const int box : {37 * 6 - 1, 0, -5}) {
        const auto px = qr_px_per_module(kLink, QrLevel::kM, box);
        ASSERT_FALSE(px);
        EXPECT_EQ(px.error().code, "QR-TOO-SMALL");
    }
    EXPECT_EQ(draw_checked_qr(kLink, QrLevel::kM, 5).error().code, "QR-TOO-SMALL");
}

TEST(Qr, RefusesTextThatNoVersionHolds) {
    EXPECT_TRUE(make_qr(std::string(2331, 'x'), QrLevel::kM));
    EXPECT_EQ(make_qr(std::string(2332, 'x'), QrLevel::kM).error().code, "QR-TOO-LONG");
    EXPECT_EQ(qr_px_per_module(std::string(1664, 'x'), QrLevel::kQ, 4000).error().code, "QR-TOO-LONG");
    EXPECT_EQ(make_qr("", QrLevel::kM).error().code, "QR-EMPTY");
    EXPECT_EQ(make_qr(std::string_view("a\0b", 3), QrLevel::kM).error().code, "QR-EMPTY");
}

TEST(Qr, ReadsNothingFromADamagedAnEmptyOrADoublePicture) {
    const Mask mask = *draw_checked_qr(kLink, QrLevel::kM, 6);
    Mask damaged = mask;
    for (int y = 60; y < 160; ++y) {
        for (int x = 60; x < 160; ++x) damaged.alpha[index(damaged, x, y)] = 255;
    }
    EXPECT_EQ(decode_qr(damaged), std::nullopt);
    EXPECT_EQ(decode_qr(Mask{}), std::nullopt);
    EXPECT_EQ(decode_qr(Mask{100, 100, std::vector<std::uint8_t>(10000)}), std::nullopt);

    Mask both{mask.width * 2, mask.height, std::vector<std::uint8_t>(mask.alpha.size() * 2)};
    paste(mask, both, 0);
    EXPECT_EQ(decode_qr(both), kLink);
    paste(*draw_checked_qr("https://itas.nacc.go.th/go/eit/other0", QrLevel::kM, 6), both, mask.width);
    EXPECT_EQ(decode_qr(both), std::nullopt) << "which of two codes was meant?";
}

TEST(Qr, EqualTextGivesEqualPixels) {
    EXPECT_EQ(*draw_checked_qr(kLink, QrLevel::kQ, 8), *draw_checked_qr(kLink, QrLevel::kQ, 8));
}

}  // namespace
}  // namespace sala::paint
