// `sala-office` as a process of its own: it stands beside the test that runs it.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace sala::office {

class OfficeProcess {
  public:
    // Waits until it has printed `until`, or has ended.
    OfficeProcess(std::vector<std::string> words, const std::string& until) {
        const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        words.insert(words.begin(), (here / "sala-office").string());
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        int out[2];
        EXPECT_EQ(::pipe(out), 0);
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(out[1], 1);
            ::dup2(out[1], 2);
            ::close(out[0]);
            ::close(out[1]);
            ::execv(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(out[1]);
        out_ = out[0];
        char letter = 0;
        while (said_.find(until) == std::string::npos && ::read(out_, &letter, 1) == 1) said_ += letter;
    }
    OfficeProcess(const OfficeProcess&) = delete;
    OfficeProcess& operator=(const OfficeProcess&) = delete;
    ~OfficeProcess() {
        end();
        ::close(out_);
    }

    // Asks it to end; the exit code.
    int end() {
        if (process_ == 0) return -1;
        int status = 0;
        ::kill(process_, SIGTERM);
        ::waitpid(std::exchange(process_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    const std::string& said() const { return said_; }

    // What stands behind `name = "` in what it printed.
    std::string printed(const std::string& name) const {
        const std::size_t begin = said_.find(name + " = \"");
        if (begin == std::string::npos) return "";
        const std::size_t from = begin + name.size() + 4;
        return said_.substr(from, said_.find('"', from) - from);
    }

  private:
    pid_t process_ = 0;
    int out_ = -1;
    std::string said_;
};

}  // namespace sala::office
