// Number pads of their own (USB, or on a radio receiver), read past the window system.
//
// Each is taken for the kiosk alone (EVIOCGRAB), so that what is typed on it reaches no window and no
// console. One that is unplugged is looked for again. The trap: who reads /dev/input must belong to the group
// `input`; without it a pad is as good as absent, and PAD-FORBIDDEN says so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"

namespace sala {

// The keys that every number pad has.
enum class PadKey {
    kDigit0,
    kDigit1,
    kDigit2,
    kDigit3,
    kDigit4,
    kDigit5,
    kDigit6,
    kDigit7,
    kDigit8,
    kDigit9,
    kEnter,
    kPlus,
    kMinus,
    kTimes,
    kDivide,
    kPoint,
};

// A device's bytes as the keys that went down; what comes in pieces is kept until it is whole. A key that is
// held counts once.
class PadDecoder {
  public:
    std::vector<PadKey> take(std::string_view bytes);
    void reset() { rest_.clear(); }

  private:
    std::string rest_;
};

class NumberPads {
  public:
    static constexpr int kLookAgainMs = 1'000;

    struct Listener {
        std::function<void(std::size_t pad, PadKey key)> pressed;
        // PAD-ABSENT, PAD-FORBIDDEN, once each time that it begins; nothing: it is read again.
        std::function<void(std::size_t pad, const std::optional<Error>& problem)> changed;
    };

    // Both are called on a thread of its own. A pad is known by its place in `devices`.
    NumberPads(std::vector<std::string> devices, Listener listener);
    ~NumberPads();
    NumberPads(const NumberPads&) = delete;
    NumberPads& operator=(const NumberPads&) = delete;

  private:
    struct Pad {
        explicit Pad(std::string path) : device(std::move(path)) {}
        std::string device;
        std::optional<Descriptor> file;  // none: it is looked for
        PadDecoder decoder;
        std::string problem;  // the code that was told last
    };

    void run();
    void open(std::size_t index);
    void read_from(std::size_t index);
    void tell(std::size_t index, const std::optional<Error>& problem);

    std::vector<Pad> pads_;
    Listener listener_;
    Descriptor end_;  // an eventfd: readable, it ends the thread
    std::thread thread_;
};

}  // namespace sala
