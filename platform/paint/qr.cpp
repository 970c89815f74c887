#include "platform/paint/qr.h"

#include <qrencode.h>
#include <zbar.h>

#include <algorithm>
#include <cassert>
#include <cerrno>

#include "platform/base/handle.h"

namespace sala::paint {
namespace {

constexpr int kPxPerModuleMax = 40;

int side_modules(const QrCode& code) { return code.modules() + 2 * kQrQuietModules; }

Error too_small(int px) {
    return {
        "QR-TOO-SMALL",
        fmt::format("คิวอาร์โค้ดจะเล็กเกินไป ({} พิกเซลต่อช่อง ต้องไม่น้อยกว่า {}) โปรดใช้ลิงก์ที่สั้นลง", px,
                    kQrPxPerModuleMin),
        fmt::format(
            "the QR code would be too small to scan ({} pixels per module, at least {} are needed); use a "
            "shorter link",
            px, kQrPxPerModuleMin)};
}

}  // namespace

Result<QrCode> make_qr(std::string_view text, QrLevel level) {
    if (text.empty() || text.find('\0') != std::string_view::npos) {
        return Error{"QR-EMPTY", "ไม่มีข้อความที่จะทำเป็นคิวอาร์โค้ด โปรดตรวจลิงก์",
                     "there is no text to make a QR code of; check the link"};
    }
    const QRecLevel correction = level == QrLevel::kQ ? QR_ECLEVEL_Q : QR_ECLEVEL_M;
    const std::string terminated(text);
    const Handle<QRcode, QRcode_free> code(QRcode_encodeString8bit(terminated.c_str(), 0, correction));
    if (code == nullptr) {
        return Error{"QR-TOO-LONG",
                     fmt::format("ข้อความยาว {} ไบต์ เกินกว่าคิวอาร์โค้ดจะบรรจุได้ โปรดใช้ลิงก์ที่สั้นลง", text.size()),
                     fmt::format("{} bytes are more than a QR code holds; use a shorter link", text.size())};
    }
    const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    std::vector<std::uint8_t> dark(code->data, code->data + count);
    for (std::uint8_t& module : dark) module &= 1;  // the other bits say what a module is for
    return QrCode(code->width, std::move(dark));
}

Result<int> qr_px_per_module(std::string_view text, QrLevel level, int box_px) {
    const auto code = make_qr(text, level);
    if (!code) return code.error();
    const int px = std::min(std::max(box_px, 0) / side_modules(*code), kPxPerModuleMax);
    if (px < kQrPxPerModuleMin) return too_small(px);
    return px;
}

Mask draw_qr(const QrCode& code, int px_per_module) {
    const int px = std::clamp(px_per_module, 1, kPxPerModuleMax);
    const int side = side_modules(code) * px;
    const auto pixels = static_cast<std::size_t>(side);
    Mask mask{side, side, std::vector<std::uint8_t>(pixels * pixels)};
    for (int y = 0; y < code.modules() * px; ++y) {
        const std::size_t row = static_cast<std::size_t>(y + kQrQuietModules * px) * pixels;
        for (int x = 0; x < code.modules() * px; ++x) {
            if (!code.dark(x / px, y / px)) continue;
            mask.alpha[row + static_cast<std::size_t>(x + kQrQuietModules * px)] = 255;
        }
    }
    return mask;
}

std::optional<std::string> decode_qr(const Mask& mask) {
    if (mask.width <= 0 || mask.height <= 0) return {};
    std::vector<std::uint8_t> gray(mask.alpha.size());
    std::ranges::transform(mask.alpha, gray.begin(),
                           [](std::uint8_t alpha) { return static_cast<std::uint8_t>(255 - alpha); });
    // The C calls, as those of C++ throw.
    const Handle<zbar::zbar_image_scanner_t, zbar::zbar_image_scanner_destroy> scanner(
        zbar::zbar_image_scanner_create());
    zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
    zbar::zbar_image_scanner_set_config(scanner.get(), zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_BINARY, 1);
    const Handle<zbar::zbar_image_t, zbar::zbar_image_destroy> image(zbar::zbar_image_create());
    zbar::zbar_image_set_format(image.get(), 'Y' | '8' << 8 | '0' << 16 | '0' << 24);
    zbar::zbar_image_set_size(image.get(), static_cast<unsigned>(mask.width),
                              static_cast<unsigned>(mask.height));
    zbar::zbar_image_set_data(image.get(), gray.data(), gray.size(), nullptr);
    if (zbar::zbar_scan_image(scanner.get(), image.get()) != 1) return {};
    const zbar::zbar_symbol_t* symbol = zbar::zbar_image_first_symbol(image.get());
    return std::string(zbar::zbar_symbol_get_data(symbol), zbar::zbar_symbol_get_data_length(symbol));
}

Result<Mask> draw_checked_qr(std::string_view text, QrLevel level, int px_per_module) {
    const auto code = make_qr(text, level);
    if (!code) return code.error();
    if (px_per_module < kQrPxPerModuleMin) return too_small(px_per_module);
    Mask mask = draw_qr(*code, px_per_module);
    if (decode_qr(mask) != text) {
        return Error{
            "QR-UNREADABLE", "คิวอาร์โค้ดที่วาดแล้วอ่านกลับไม่ตรงกับลิงก์ จึงไม่นำมาแสดง โปรดตรวจลิงก์",
            "the QR code was drawn but does not read back as the link, so it is not shown; check the link"};
    }
    return mask;
}

}  // namespace sala::paint
