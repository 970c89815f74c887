// A receipt printer on a line of its own: a device file (a pseudo terminal) or a TCP port.
//
// It has what real ones have: its own thread and buffer, a plug that is pulled in the middle of a job and put
// back, a line that crawls. Its inside (escpos_machine.h) goes on while no line is there, as a printer with
// its own power does.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "platform/base/descriptor.h"
#include "tests/fakes/escpos_machine.h"

namespace sala {

class EscposPrinter {
  public:
    // On 127.0.0.1, at a port that the system chooses.
    EscposPrinter();
    // As a device file at `path`, which must not be there.
    explicit EscposPrinter(const std::filesystem::path& path);
    ~EscposPrinter();
    EscposPrinter(const EscposPrinter&) = delete;

    // "127.0.0.1:40123", or the path.
    const std::string& place() const { return place_; }

    void set(const PrinterFaults& faults);
    // Once `bytes` more have come.
    void pull_plug_after(std::size_t bytes);
    // One byte a second, once `bytes` more have come.
    void crawl_after(std::size_t bytes);
    // Takes nothing more, once `bytes` more have come, and says nothing: its processor hangs.
    void hang_after(std::size_t bytes);
    void put_plug_back();

    std::vector<Raster> papers();
    Raster hanging();
    std::vector<std::string> heard();
    // Waits for so many papers, at most half a minute: a test that gets there has failed.
    bool wait_for_papers(std::size_t count);
    // The same for bytes that came, of all lines.
    bool wait_for_bytes(std::size_t count);

  private:
    void open_line();
    void close_line();
    void serve();
    bool serve_once();
    void read_some();

    bool device_;
    std::string place_;
    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    EscposMachine machine_;
    std::size_t came_ = 0;
    std::optional<std::size_t> pull_at_, crawl_at_, hang_at_;
    bool plugged_ = false, stopping_ = false;
    Descriptor wake_;
    int listener_ = -1, line_ = -1, slave_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace sala
