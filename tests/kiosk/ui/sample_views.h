// Every screen in every state worth looking at, for the tests and the gallery.
#pragma once

#include <string>
#include <vector>

#include "kiosk/flow/state.h"
#include "sync/record/office.h"

namespace sala::kiosk::sample {

// The demo office of assets/demo, complete with its EIT campaign.
record::Office demo_office();

// As many divisions and services as are allowed, each name of 80 letters.
record::Office crowded_office();

record::Office office_without_eit();

struct Scene {
    std::string name;
    const record::Office* office;
    State state;
    record::LocalTime now;
};

// Thai and English. The offices must outlive the scenes.
struct Offices {
    record::Office demo = demo_office();
    record::Office crowded = crowded_office();
    record::Office without_eit = office_without_eit();
};
std::vector<Scene> scenes(const Offices& offices);

}  // namespace sala::kiosk::sample
