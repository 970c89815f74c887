// A thread for what takes seconds: a stick, the self-test. One job at a time, in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace sala::kiosk {

class Worker {
  public:
    static constexpr std::size_t kJobsMax = 2;

    Worker() : thread_([this] { work(); }) {}

    // Asks the job under way to end, drops those that wait.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Any thread. False: kJobsMax jobs wait already.
    bool give(std::function<void()> job);

    // For jobs: asked again and again, so that none outlives the program by more than one step.
    bool stopping() const { return stopping_; }

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace sala::kiosk
