// A kiosk's queue in a process of its own, without a screen: the real store on a real disk, its thread and
// its counter page. What measures it is another process, so that memory is the kiosk's alone.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace sala::bench {

inline constexpr const char* kCounterPin = "739105";  // of every counter
inline constexpr int kIssuers = 50;

class QueueHall {
  public:
    // Begins the process; REQUIRES: no thread runs yet. `data` is the kiosk's data folder with what is in it,
    // `bare` a file on the same disk, `office` an office.toml with [counter_page].
    QueueHall(const std::filesystem::path& data, const std::filesystem::path& bare,
              const std::filesystem::path& office);
    QueueHall(const QueueHall&) = delete;
    QueueHall& operator=(const QueueHall&) = delete;
    ~QueueHall();

    // The answers are one line each; a line that begins with "error" is given up on.
    //   port            of the counter page
    //   tickets N       issues so many, over all divisions in turn
    //   issue N         kIssuers threads issue N in all: "TICKETS_PER_SECOND WAIT_MS..." of each ticket
    //   bare N          N bare writes: per second
    //   check           ends the kiosk and reads its journal again: "TICKETS CALLS", both right
    std::string ask(std::string_view line);

    // Anonymous memory and what it alone has of files.
    double pss_mb() const;

  private:
    pid_t pid_ = 0;
    int to_ = -1, from_ = -1;
    std::string heard_;
};

}  // namespace sala::bench
