// A stick in memory, mounted for this process alone: a real file system that fills up, turns read-only and
// goes.
//
// Needs a mount namespace (root, or unprivileged user namespaces). Where there is none the tests fail: a
// stick that was never mounted has proven nothing.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace sala {

class MemoryStick {
  public:
    static constexpr unsigned long kSafe = MS_NODEV | MS_NOEXEC | MS_NOSUID;

    // Once in a process, while it has one thread. False, and a failed test, where the system refuses.
    static bool own_mounts() {
        static const bool owned = [] {
            const uid_t user = ::getuid();
            const gid_t group = ::getgid();
            if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
            if (user != 0) {
                std::ofstream("/proc/self/setgroups") << "deny";
                std::ofstream("/proc/self/uid_map") << fmt::format("{} {} 1\n", user, user);
                std::ofstream("/proc/self/gid_map") << fmt::format("{} {} 1\n", group, group);
            }
            return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        }();
        EXPECT_TRUE(owned) << "no mount namespace: run as root, or allow unprivileged user namespaces";
        return owned;
    }

    MemoryStick(const std::filesystem::path& folder, std::size_t bytes, unsigned long flags = kSafe)
        : folder_(folder), flags_(flags) {
        std::filesystem::create_directories(folder);
        if (!own_mounts()) return;
        const std::string size = fmt::format("size={},mode=0700", bytes);
        plugged_ = ::mount("stick", folder.c_str(), "tmpfs", flags, size.c_str()) == 0;
        EXPECT_TRUE(plugged_) << std::strerror(errno);
    }
    ~MemoryStick() { pull(); }
    MemoryStick(const MemoryStick&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

    void make_read_only() {
        EXPECT_EQ(::mount("stick", folder_.c_str(), "tmpfs", flags_ | MS_REMOUNT | MS_RDONLY, nullptr), 0);
    }
    // Whatever is open on it: what a hand does.
    void pull() {
        if (!plugged_) return;
        plugged_ = false;
        EXPECT_EQ(::umount2(folder_.c_str(), MNT_DETACH), 0);
    }
    // Somebody else's file takes all the room that is left on it. Where the mount was refused, the folder is
    // the machine's own disk or memory, and that is left alone.
    void fill_up() {
        ASSERT_TRUE(plugged_) << "nothing is mounted here to fill";
        const int file = ::open((folder_ / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const std::string page(4096, 'f');
        while (::write(file, page.data(), page.size()) > 0) {
        }
        EXPECT_EQ(errno, ENOSPC);
        ::close(file);
    }

  private:
    std::filesystem::path folder_;
    unsigned long flags_;
    bool plugged_ = false;
};

}  // namespace sala
