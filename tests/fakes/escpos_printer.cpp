#include "tests/fakes/escpos_printer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <termios.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace sala {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr int kCrawlMs = 1'000;

void close_and_forget(int& file) {
    if (file >= 0) ::close(file);
    file = -1;
}

}  // namespace

EscposPrinter::EscposPrinter() : device_(false), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    put_plug_back();
    place_ = fmt::format("127.0.0.1:{}", port_);
    thread_ = std::thread([this] { serve(); });
}

EscposPrinter::EscposPrinter(const std::filesystem::path& path)
    : device_(true), place_(path.string()), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    put_plug_back();
    thread_ = std::thread([this] { serve(); });
}

EscposPrinter::~EscposPrinter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ::eventfd_write(wake_.get(), 1);
    thread_.join();
    close_line();
}

// Under the lock, or before the thread.
void EscposPrinter::open_line() {
    if (device_) {
        line_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
        std::array<char, 64> name{};
        ASSERT_TRUE(line_ >= 0 && ::grantpt(line_) == 0 && ::unlockpt(line_) == 0 &&
                    ::ptsname_r(line_, name.data(), name.size()) == 0);
        slave_ = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        termios plain{};
        ASSERT_EQ(::tcgetattr(slave_, &plain), 0);
        ::cfmakeraw(&plain);
        ASSERT_EQ(::tcsetattr(slave_, TCSANOW, &plain), 0);
        std::filesystem::create_symlink(name.data(), place_);
        return;
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port_);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here), 0);
    ASSERT_EQ(::listen(listener_, 4), 0);
    socklen_t size = sizeof here;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
}

void EscposPrinter::close_line() {
    if (device_) std::filesystem::remove(place_);
    const linger reset{1, 0};
    if (!device_ && line_ >= 0) ::setsockopt(line_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close_and_forget(line_);
    close_and_forget(slave_);
    close_and_forget(listener_);
    plugged_ = false;
}

void EscposPrinter::put_plug_back() {
    const std::lock_guard lock(mutex_);
    if (plugged_) return;
    open_line();
    plugged_ = true;
    ::eventfd_write(wake_.get(), 1);
}

void EscposPrinter::set(const PrinterFaults& faults) {
    const std::lock_guard lock(mutex_);
    machine_.set(faults);
    hang_at_.reset();
    crawl_at_.reset();
    ::eventfd_write(wake_.get(), 1);
}
void EscposPrinter::pull_plug_after(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    pull_at_ = came_ + bytes;
}
void EscposPrinter::crawl_after(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    crawl_at_ = came_ + bytes;
}
void EscposPrinter::hang_after(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    hang_at_ = came_ + bytes;
}

std::vector<Raster> EscposPrinter::papers() {
    const std::lock_guard lock(mutex_);
    return machine_.papers();
}
Raster EscposPrinter::hanging() {
    const std::lock_guard lock(mutex_);
    return machine_.hanging();
}
std::vector<std::string> EscposPrinter::heard() {
    const std::lock_guard lock(mutex_);
    return machine_.heard();
}
bool EscposPrinter::wait_for_papers(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return machine_.papers().size() >= count; });
}
bool EscposPrinter::wait_for_bytes(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return came_ >= count; });
}

void EscposPrinter::serve() {
    while (serve_once()) {
    }
}

bool EscposPrinter::serve_once() {
    std::array<pollfd, 3> files{};
    int wait_ms = -1;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return false;
        const bool hangs = (hang_at_ && came_ >= *hang_at_) || machine_.full();
        const bool crawls = crawl_at_ && came_ >= *crawl_at_;
        if (crawls) wait_ms = kCrawlMs;
        files = {pollfd{wake_.get(), POLLIN, 0}, pollfd{hangs || crawls ? -1 : line_, POLLIN, 0},
                 pollfd{listener_, POLLIN, 0}};
    }
    const int found = ::poll(files.data(), files.size(), wait_ms);
    eventfd_t woken = 0;
    ::eventfd_read(wake_.get(), &woken);
    const std::lock_guard lock(mutex_);
    if (files[2].revents != 0 && plugged_) {
        // What came over the line before is taken first, as a printer does.
        for (std::size_t before = came_ + 1; before != came_ && line_ >= 0 && !crawl_at_;) {
            before = came_;
            read_some();
        }
        if (!plugged_) return true;
        close_and_forget(line_);
        line_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    } else if (files[1].revents != 0 || (found == 0 && wait_ms > 0)) {
        read_some();
    }
    changed_.notify_all();
    return true;
}

void EscposPrinter::read_some() {
    // A byte at a time, so that a fault comes exactly where the test has put it.
    for (int i = 0; i < 4096 && plugged_ && !machine_.full(); ++i) {
        if (hang_at_ && came_ >= *hang_at_) return;
        std::uint8_t byte = 0;
        const ssize_t got = ::read(line_, &byte, 1);
        if (got == 0 && !device_) return close_and_forget(line_);
        if (got != 1) {
            if (errno != EAGAIN && !device_) close_and_forget(line_);
            return;
        }
        ++came_;
        const std::string answer = machine_.take(byte);
        // Nobody may be there any more to hear it.
        [[maybe_unused]] const ssize_t said = device_
                                                  ? ::write(line_, answer.data(), answer.size())
                                                  : ::send(line_, answer.data(), answer.size(), MSG_NOSIGNAL);
        if (pull_at_ && came_ >= *pull_at_) {
            pull_at_.reset();
            return close_line();
        }
        if (crawl_at_ && came_ >= *crawl_at_) return;
    }
}

}  // namespace sala
