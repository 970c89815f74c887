#include "kiosk/app/pad_desk.h"

#include <algorithm>

#include "kiosk/counter/order_request.h"

namespace sala::kiosk {
namespace {

constexpr int kTriesMax = 3;

// As the counter page names orders; empty: none.
std::string order_named(PadKey key) {
    switch (key) {
        case PadKey::kEnter:
            return "next";
        case PadKey::kPlus:
            return "done";
        case PadKey::kMinus:
            return "no-show";
        case PadKey::kDigit0:
            return "recall";
        default:
            return "";
    }
}

Error nobody() {
    return {"PAD-NOBODY", "ช่องบริการนี้ไม่มีคิวอยู่ จึงไม่ได้ทำรายการ กด Enter เพื่อเรียกคิวถัดไป",
            "nobody is with this counter, so nothing was done; Enter calls the next one"};
}

}  // namespace

PadDesk::PadDesk(const record::Office& office, const Clock& clock, QueueDesk& desk,
                 std::function<void(const std::string& place)> served)
    : office_(office), clock_(clock), desk_(desk), served_(std::move(served)) {}

Result<void> PadDesk::press(std::size_t pad, PadKey key) {
    const std::string what = order_named(key);
    if (what.empty()) return {};
    const std::int64_t now_ms = clock_.monotonic_ms();
    const auto [last, is_first] = last_.try_emplace(pad);
    const bool bounced = !is_first && last->second.key == key && now_ms - last->second.mono_ms < kAgainMs;
    last->second = {key, now_ms};
    if (bounced) return {};
    const auto counter =
        std::ranges::find(office_.counters, office_.number_pads[pad].counter, &record::Counter::id);
    return order(*counter, what);
}

// The hall that is read may be old by an order of another counter: then it is read again.
Result<void> PadDesk::order(const record::Counter& counter, std::string what) {
    for (int tries = 1;; ++tries) {
        const HallShared hall = desk_.hall();
        const queue::Ticket* present = hall->queue().with(counter.id);
        if (present == nullptr && what != "next") return nobody();
        const std::string seen = std::to_string(present == nullptr ? 0 : present->id);
        const Result<OrderRequest> asked = order_of({{"do", what}, {"seen", seen}}, counter, office_);
        if (!asked) return asked.error();
        const Result<void> done = desk_.order(asked->order);
        if (!done && done.error().code == "QUEUE-MOVED-ON" && tries < kTriesMax) continue;
        if (done && served_ && !asked->served->empty()) served_(*asked->served);
        return done;
    }
}

}  // namespace sala::kiosk
