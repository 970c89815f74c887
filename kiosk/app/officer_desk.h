// What an officer asks for that takes seconds: the copy onto a stick and the self-test, each on a worker,
// so that neither a frame nor a visitor's save waits for it.
#pragma once

#include "kiosk/app/worker.h"
#include "kiosk/flow/state.h"
#include "kiosk/store/exporter.h"
#include "platform/linux/sticks.h"

namespace sala::kiosk {

struct DeskSettings {
    StickPlaces sticks;                            // stick_places_below(DIR) for tests
    std::vector<record::Problem> config_problems;  // of the file given, where the kept copy is in force
};

class OfficerDesk {
  public:
    // `post` is called on the worker. `on_store` must be answered until this object is gone.
    OfficerDesk(OnStore on_store, std::function<void(Event)> post, std::filesystem::path data,
                DeskSettings settings);

    // Any thread. StickProgressed for each step and percent, then StickFinished or StickFailed, once. What
    // was asked before, and perhaps hangs, is stopped as soon as it can be, and not answered any more.
    void write_stick();

    // Any thread. SelfTestFinished, once; what was asked before is not answered any more.
    void run_self_test();

  private:
    using Ask = std::uint64_t;  // numbered from 1
    void write_stick_now(Ask ask);
    bool is_wanted(Ask ask) const { return ask == asked_ && !worker_.stopping(); }
    void answer(Ask ask, Event event);

    OnStore on_store_;
    std::function<void(Event)> post_;
    std::filesystem::path data_;
    DeskSettings settings_;
    std::atomic<Ask> asked_ = 0;
    Worker worker_;  // last: its jobs use the rest
};

}  // namespace sala::kiosk
