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

    // Any thread. StickProgressed for each step and percent, then StickFinished or StickFailed, once.
    void write_stick();

    // Any thread. SelfTestFinished, once.
    void run_self_test();

  private:
    void write_stick_now();

    OnStore on_store_;
    std::function<void(Event)> post_;
    std::filesystem::path data_;
    DeskSettings settings_;
    Worker worker_;  // last: its jobs use the rest
};

}  // namespace sala::kiosk
