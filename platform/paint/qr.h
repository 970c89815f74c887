// QR codes that are read back before anyone is asked to scan them.
//
// The trap: the four quiet modules around the code are part of the mask but carry no ink; lay the mask on
// white, and show it pixel for pixel: a scaled code no longer is what was checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/paint/mask.h"

namespace sala::paint {

constexpr int kQrQuietModules = 4;
constexpr int kQrPxPerModuleMin = 6;  // under this, reading from half a metre fails (measured)

// How much may be covered or damaged: M about 15 %, Q about 25 %.
enum class QrLevel { kM, kQ };

class QrCode {
  public:
    QrCode(int modules, std::vector<std::uint8_t> dark) : modules_(modules), dark_(std::move(dark)) {}

    // Modules along one side, without the quiet margin.
    int modules() const { return modules_; }
    // REQUIRES: 0 <= x, y < modules().
    bool dark(int x, int y) const {
        return dark_[static_cast<std::size_t>(y) * static_cast<std::size_t>(modules_) +
                     static_cast<std::size_t>(x)] != 0;
    }

  private:
    int modules_;
    std::vector<std::uint8_t> dark_;
};

// The smallest version that holds `text`, byte for byte. Refuses: QR-TOO-LONG, QR-EMPTY (nothing, or a NUL
// inside).
Result<QrCode> make_qr(std::string_view text, QrLevel level);

// The largest whole number of pixels per module at which the code and its margin fit a square of `box_px`.
// Refuses: QR-TOO-SMALL (under kQrPxPerModuleMin), and what make_qr refuses.
Result<int> qr_px_per_module(std::string_view text, QrLevel level, int box_px);

// Each side (modules + 2 * kQrQuietModules) * px_per_module, dark modules 255. REQUIRES: 1 <= px_per_module
// <= 40.
Mask draw_qr(const QrCode& code, int px_per_module);

// What a scanner reads from the mask as black on white, if it holds exactly one readable code.
std::optional<std::string> decode_qr(const Mask& mask);

// Drawn, decoded again and equal. Refuses: QR-UNREADABLE, QR-TOO-SMALL, and what make_qr refuses.
Result<Mask> draw_checked_qr(std::string_view text, QrLevel level, int px_per_module);

}  // namespace sala::paint
