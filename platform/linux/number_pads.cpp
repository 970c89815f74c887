#include "platform/linux/number_pads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <chrono>
#include <cstring>

namespace sala {
namespace {

constexpr std::size_t kReadBytes = 64 * sizeof(input_event);

// A pad has keys of its own for what a keyboard has beside the letters; cheap ones send those.
std::optional<PadKey> key_of(std::uint16_t code) {
    switch (code) {
        case KEY_KP0:
        case KEY_0:
            return PadKey::kDigit0;
        case KEY_KP1:
        case KEY_1:
            return PadKey::kDigit1;
        case KEY_KP2:
        case KEY_2:
            return PadKey::kDigit2;
        case KEY_KP3:
        case KEY_3:
            return PadKey::kDigit3;
        case KEY_KP4:
        case KEY_4:
            return PadKey::kDigit4;
        case KEY_KP5:
        case KEY_5:
            return PadKey::kDigit5;
        case KEY_KP6:
        case KEY_6:
            return PadKey::kDigit6;
        case KEY_KP7:
        case KEY_7:
            return PadKey::kDigit7;
        case KEY_KP8:
        case KEY_8:
            return PadKey::kDigit8;
        case KEY_KP9:
        case KEY_9:
            return PadKey::kDigit9;
        case KEY_KPENTER:
        case KEY_ENTER:
            return PadKey::kEnter;
        case KEY_KPPLUS:
            return PadKey::kPlus;
        case KEY_KPMINUS:
        case KEY_MINUS:
            return PadKey::kMinus;
        case KEY_KPASTERISK:
            return PadKey::kTimes;
        case KEY_KPSLASH:
        case KEY_SLASH:
            return PadKey::kDivide;
        case KEY_KPDOT:
        case KEY_DOT:
            return PadKey::kPoint;
        default:
            return std::nullopt;
    }
}

Error absent(const std::string& device) {
    return {"PAD-ABSENT", fmt::format("ไม่พบแป้นตัวเลข {} โปรดเสียบแป้นหรือเปลี่ยนถ่าน", device),
            fmt::format("the number pad {} is not there; plug it in, or give it a new battery", device)};
}

Error forbidden(const std::string& device) {
    return {
        "PAD-FORBIDDEN",
        fmt::format("ตู้บริการอ่านแป้นตัวเลข {} ไม่ได้ โปรดให้ผู้ดูแลระบบเพิ่มผู้ใช้ของตู้เข้ากลุ่ม input", device),
        fmt::format("the kiosk may not read the number pad {}; the administrator must add its user to the "
                    "group input",
                    device)};
}

}  // namespace

std::vector<PadKey> PadDecoder::take(std::string_view bytes) {
    constexpr std::int32_t kDown = 1;  // 0 is up, 2 is held
    rest_.append(bytes);
    std::vector<PadKey> keys;
    std::size_t at = 0;
    for (; rest_.size() - at >= sizeof(input_event); at += sizeof(input_event)) {
        input_event event;
        std::memcpy(&event, rest_.data() + at, sizeof event);
        if (event.type != EV_KEY || event.value != kDown) continue;
        if (const auto key = key_of(event.code)) keys.push_back(*key);
    }
    rest_.erase(0, at);
    return keys;
}

NumberPads::NumberPads(std::vector<std::string> devices, Listener listener)
    : listener_(std::move(listener)), end_(::eventfd(0, EFD_CLOEXEC)) {
    for (std::string& device : devices) pads_.emplace_back(std::move(device));
    thread_ = std::thread([this] { run(); });
}

NumberPads::~NumberPads() {
    ::eventfd_write(end_.get(), 1);
    thread_.join();
}

void NumberPads::tell(std::size_t index, const std::optional<Error>& problem) {
    const std::string code = problem ? problem->code : "";
    if (std::exchange(pads_[index].problem, code) != code) listener_.changed(index, problem);
}

void NumberPads::open(std::size_t index) {
    Pad& pad = pads_[index];
    Descriptor file(::open(pad.device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file.open()) {
        const bool may_not = errno == EACCES || errno == EPERM;
        return tell(index, may_not ? forbidden(pad.device) : absent(pad.device));
    }
    // Refused where another program has it already; then it is shared, which does no harm here.
    ::ioctl(file.get(), EVIOCGRAB, 1);
    pad.decoder.reset();
    pad.file.emplace(std::move(file));
    tell(index, std::nullopt);
}

void NumberPads::read_from(std::size_t index) {
    Pad& pad = pads_[index];
    std::array<char, kReadBytes> bytes{};
    const ssize_t count = ::read(pad.file->get(), bytes.data(), bytes.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {  // unplugged
        pad.file.reset();
        return tell(index, absent(pad.device));
    }
    for (const PadKey key : pad.decoder.take({bytes.data(), static_cast<std::size_t>(count)})) {
        listener_.pressed(index, key);
    }
}

void NumberPads::run() {
    using Clock = std::chrono::steady_clock;
    auto look_at = Clock::now();
    for (;;) {
        if (Clock::now() >= look_at) {
            for (std::size_t i = 0; i < pads_.size(); ++i) {
                if (!pads_[i].file) open(i);
            }
            look_at = Clock::now() + std::chrono::milliseconds(kLookAgainMs);
        }
        bool one_is_away = false;
        std::vector<pollfd> files = {{end_.get(), POLLIN, 0}};
        std::vector<std::size_t> whose;
        for (std::size_t i = 0; i < pads_.size(); ++i) {
            one_is_away = one_is_away || !pads_[i].file;
            if (!pads_[i].file) continue;
            files.push_back({pads_[i].file->get(), POLLIN, 0});
            whose.push_back(i);
        }
        const int found = ::poll(files.data(), files.size(), one_is_away ? kLookAgainMs : -1);
        if (found < 0 && errno != EINTR) return;
        if (found <= 0) continue;
        if (files[0].revents != 0) return;
        for (std::size_t i = 0; i < whose.size(); ++i) {
            if (files[i + 1].revents != 0) read_from(whose[i]);
        }
    }
}

}  // namespace sala
