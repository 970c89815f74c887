// Calls as the kiosk itself announces them: shown, then a chime and the voice, one after another.
//
// On a thread of its own, which plays; the queue never waits for it. What is announced when is Announcer's.
// The trap: a loudspeaker that cannot be opened is said once in the log, and again when it failed anew;
// calls are shown all the same.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "kiosk/counter/announcer.h"
#include "kiosk/counter/queue_desk.h"
#include "kiosk/counter/voice.h"
#include "platform/clock.h"
#include "platform/speaker.h"
#include "sync/record/office.h"

namespace sala::kiosk {

struct CallingSetup {
    const record::Office& office;
    const Clock& clock;
    std::unique_ptr<QueueDesk> desk;   // whose listener it takes
    std::unique_ptr<Speaker> speaker;  // null: calls are shown, and nothing is heard
    Voice voice;
    // `announcing`: it is being said from now on; else it was said. On the thread here.
    std::function<void(const queue::Call& call, bool announcing)> show;
    // On the store's thread, with each change; must not block.
    std::function<void(HallShared)> changed;
};

class Calling {
  public:
    static constexpr int kShownMs = 2'500, kOldShownMs = 300;  // of a call that is not heard

    // What `setup` refers to must outlive this. REQUIRES: nobody calls before it is there.
    explicit Calling(CallingSetup setup);
    // Silent at once.
    ~Calling();
    Calling(const Calling&) = delete;
    Calling& operator=(const Calling&) = delete;

  private:
    void run();
    void announce(const Announcer::Announcement& next);
    bool play(const queue::Call& call);
    queue::Moment now() const;

    CallingSetup setup_;
    HallShared hall_;  // of the thread here, as announcer_ is
    Announcer announcer_;
    bool silent_ = false;  // the last sound failed

    std::mutex mutex_;
    std::condition_variable woken_;
    HallShared newest_;  // null: none since the thread took it
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace sala::kiosk
