// The other side of every durable figure: 4 KiB after 4 KiB into a file whose blocks are there and were
// written before, each made durable. The trap: it must lie on the disk in question.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <vector>

#include "tests/bench/bench_tools.h"

namespace sala::bench {

class BareFile {
  public:
    explicit BareFile(const std::filesystem::path& path)
        : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
        const std::vector<char> zeros(kBytes);
        if (file_ < 0 || posix_fallocate(file_, 0, kBytes) != 0 ||
            pwrite(file_, zeros.data(), kBytes, 0) != kBytes || fsync(file_) != 0) {
            give_up("the bare file could not be prepared");
        }
    }
    BareFile(const BareFile&) = delete;
    BareFile& operator=(const BareFile&) = delete;
    ~BareFile() { ::close(file_); }

    void write_block() {
        block_.fill(static_cast<char>(++n_));
        const off_t at = static_cast<off_t>(n_ % (kBytes / kBlock)) * kBlock;
        if (pwrite(file_, block_.data(), kBlock, at) != kBlock || fdatasync(file_) != 0) {
            give_up("the bare file could not be written");
        }
    }

  private:
    static constexpr int kBlock = 4096;
    static constexpr int kBytes = 1024 * kBlock;
    int file_;
    int n_ = 0;
    std::array<char, kBlock> block_{};
};

template <typename Deed>
double per_second(int times, Deed deed) {
    const double begun = now_ms();
    for (int i = 0; i < times; ++i) deed();
    return times * 1000.0 / (now_ms() - begun);
}

}  // namespace sala::bench
