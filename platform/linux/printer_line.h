// Inside this room, and for tests: the line to a printer, bytes both ways, each wait with its end.
//
// A printer's line is used for one call and closed: whoever pulled a plug finds a new line at the next call.
// The trap: a device file (usblp) takes bytes before the printer has them, and closing it throws them away;
// drain() first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"

namespace sala {

// A moment after which nothing is waited for.
class Deadline {
  public:
    explicit Deadline(int within_ms)
        : at_(std::chrono::steady_clock::now() + std::chrono::milliseconds(within_ms)) {}

    // Never negative.
    int left_ms() const;
    bool over() const { return left_ms() == 0; }
    // This one, or one `within_ms` from now, whichever is earlier.
    Deadline at_most(int within_ms) const;

  private:
    std::chrono::steady_clock::time_point at_;
};

// Why a call on a line went no further.
enum class LineEnd { kGone, kLate, kCancelled };

class PrinterLine {
  public:
    // `cancel`: a descriptor that becomes readable when all waits are to end; lives longer than the line.

    // A character device, such as /dev/usb/lp0; `reads`: the printer answers. Refuses: PRINTER-OFFLINE, with
    // what the system said.
    static Result<PrinterLine> open_device(const std::string& path, bool reads, int cancel);

    // "192.168.1.50:9100" or "[fd00::50]:9100"; nothing is looked up. Refuses: PRINTER-OFFLINE,
    // PRINTER-CANCELLED.
    static Result<PrinterLine> connect_tcp(const std::string& address, int cancel, const Deadline& deadline);

    // All of it; nothing: done. What was taken before an end counts in taken().
    std::optional<LineEnd> write(std::string_view bytes, const Deadline& deadline);
    std::size_t taken() const { return taken_; }

    std::variant<std::uint8_t, LineEnd> read_byte(const Deadline& deadline);

    // Answers that somebody else's question left behind, at most 4 KiB.
    void drop_old_answers();

    // Until the other side has everything, as far as the system knows.
    std::optional<LineEnd> drain(const Deadline& deadline);

  private:
    PrinterLine(Descriptor file, bool socket, int cancel)
        : file_(std::move(file)), socket_(socket), cancel_(cancel) {}
    std::optional<LineEnd> wait(short events, const Deadline& deadline);

    Descriptor file_;
    bool socket_;
    int cancel_;
    std::size_t taken_ = 0;
};

}  // namespace sala
