// Sole owner of a file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace sala {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int get() const { return number_; }
    bool open() const { return number_ >= 0; }

    // The caller closes it from now on.
    int release() { return std::exchange(number_, -1); }

    // False: the file system tells only now that a write failed (NFS, FUSE).
    bool close() { return ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;  // -1: none
};

}  // namespace sala
