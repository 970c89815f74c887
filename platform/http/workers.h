// A few threads and a short queue before them. A full queue refuses: nobody waits for a place in it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sala::http {

class Workers {
  public:
    // Called once with true on a thread of the pool, or with false when the pool stops before its turn.
    using Job = std::function<void(bool its_turn)>;

    // At most `waiting_max` jobs wait while `threads` are at work.
    Workers(std::size_t threads, std::size_t waiting_max);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers() { stop(); }

    // False: the queue is full or the pool has stopped, and the job was not taken.
    bool offer(Job job);

    // Waits for the jobs at work and hands the waiting ones back. Not from a job.
    void stop();

  private:
    void run();

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace sala::http
