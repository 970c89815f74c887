// A loudspeaker that writes down what it is given, and plays as long as the test likes.
#pragma once

#include <condition_variable>
#include <mutex>

#include "platform/speaker.h"

namespace sala {

class RecordingSpeaker final : public Speaker {
  public:
    explicit RecordingSpeaker(std::vector<Sound>& heard) : heard_(heard) {}

    Result<void> play(const Sound& sound) override {
        std::unique_lock lock(mutex_);
        if (playing_) at_once = true;
        playing_ = true;
        heard_.push_back(sound);
        changed_.notify_all();
        changed_.wait(lock, [&] { return ends_ > 0 || cancelled_; });
        playing_ = false;
        if (cancelled_) return Error{"SPEAKER-CANCELLED", "-", "-"};
        --ends_;
        if (!failure.empty()) return Error{failure, "-", "-"};
        return {};
    }
    void cancel() override {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
        changed_.notify_all();
    }

    // Waits until so many sounds have begun; how many had.
    std::size_t begun(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(60), [&] { return heard_.size() >= count; });
        return heard_.size();
    }
    // The sound that plays, or will play next, is over; `count` of them.
    void end(int count = 1) {
        const std::lock_guard lock(mutex_);
        ends_ += count;
        changed_.notify_all();
    }

    std::string failure;   // what play() answers; empty: played
    bool at_once = false;  // two sounds were played at a time

  private:
    std::vector<Sound>& heard_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool playing_ = false, cancelled_ = false;
    int ends_ = 0;
};

}  // namespace sala
