// The contracts, kept by what the other tests here stand on.
#include "tests/kiosk/counter/counter_pins_contract.h"
#include "tests/kiosk/counter/memory_desk.h"
#include "tests/kiosk/counter/memory_pins.h"
#include "tests/kiosk/counter/queue_desk_contract.h"

namespace sala::kiosk {
namespace {

class MemoryDeskMaker {
  public:
    QueueDesk& desk() { return desk_; }
    void issue(const std::string& division, const std::string& service) {
        desk_.issue(division, service, 'A');
    }

  private:
    HandClock clock_{1'800'000'000'000};
    MemoryDesk desk_{clock_};
};

class MemoryPinsMaker {
  public:
    CounterPins& pins() { return pins_; }
    void set(const std::string& counter, const std::string& pin) { pins_.set(counter, pin); }
    HandClock& clock() { return clock_; }

  private:
    HandClock clock_{1'800'000'000'000};
    MemoryPins pins_{clock_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, QueueDeskContract, MemoryDeskMaker);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, CounterPinsContract, MemoryPinsMaker);

}  // namespace
}  // namespace sala::kiosk
