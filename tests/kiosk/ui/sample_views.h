// Every screen in every state worth looking at, for the tests and the gallery.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "kiosk/flow/state.h"
#include "kiosk/ui/view.h"
#include "sync/record/office.h"

namespace sala::kiosk::sample {

// The demo office of assets/demo, complete with its EIT campaign.
record::Office demo_office();

// As many divisions and services as are allowed, each name of 80 letters.
record::Office crowded_office();

record::Office office_without_eit();
record::Office office_with_printer();

// The displays Sala is made for: a 21.5-inch column, a 15.6-inch panel and a 10.1-inch tablet.
struct SampleDisplay {
    std::string name;
    int width, height;
    double diagonal_mm;
    double px_per_mm() const;
};
inline void PrintTo(const SampleDisplay& display, std::ostream* out) { *out << display.name; }
const std::vector<SampleDisplay>& displays();

// The waiting room's board in the middle of a morning: each counter with a number, every series with people.
BoardShown busy_board(const record::Office& office);

struct Scene {
    std::string name;
    const record::Office* office;
    State state;
    record::LocalTime now;
    // Of "officer_day_config" only.
    bool config_refused() const { return name.find("_config_") != std::string::npos; }
};

// Thai and English. The offices must outlive the scenes.
struct Offices {
    record::Office demo = demo_office();
    record::Office crowded = crowded_office();
    record::Office without_eit = office_without_eit();
    record::Office with_printer = office_with_printer();
};
std::vector<Scene> scenes(const Offices& offices);

}  // namespace sala::kiosk::sample
