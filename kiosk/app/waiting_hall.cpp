#include "kiosk/app/waiting_hall.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/app/counter_page.h"
#include "platform/base/files.h"
#include "platform/linux/sdl_speaker.h"

namespace sala::kiosk {
namespace {

void say(const Error& error) { fmt::print(stderr, "sala-kiosk: {}\n", error.line()); }

std::unique_ptr<Calling> start_calling(const WaitingHallSetup& hall, DeskHub& desks, BoardFeed& feed) {
    const record::BoardSettings& board = hall.office.board;
    if (!board.voice && !hall.has_board) return nullptr;
    CallingSetup setup{hall.office, hall.clock, desks.part(), nullptr, {}, {}, {}};
    if (board.voice) {
        setup.speaker = make_sdl_speaker();
        setup.voice = installed_voice(assets_folder() / "voice" / "th", hall.office);
        // The counter page says the same of the same clips.
        if (!hall.office.counter_page) std::ranges::for_each(setup.voice.problems(), say);
    }
    setup.show = [&feed](const queue::Call& call, bool announcing) { feed.set_call(call, announcing); };
    setup.changed = [&feed](HallShared now) { feed.set_hall(std::move(now)); };
    return std::make_unique<Calling>(std::move(setup));
}

std::vector<std::string> devices_of(const WaitingHallSetup& hall) {
    std::vector<std::string> devices;
    for (const record::NumberPad& pad : hall.office.number_pads) {
        const std::filesystem::path path = pad.device;
        devices.push_back(hall.pads.empty() ? pad.device : (hall.pads / path.filename()).string());
    }
    return devices;
}

}  // namespace

WaitingHall::WaitingHall(const WaitingHallSetup& setup)
    : desks_(setup.desk),
      page_desk_(desks_.part()),
      feed_(setup.desk.hall(), setup.wake),
      calling_(start_calling(setup, desks_, feed_)) {
    if (setup.office.number_pads.empty()) return;
    pad_desk_ = std::make_unique<PadDesk>(setup.office, setup.clock, setup.desk,
                                          [post = setup.post](const std::string& place) {
                                              if (auto event = service_finished(place))
                                                  post(*std::move(event));
                                          });
    const auto pressed = [this, &office = setup.office](std::size_t pad, PadKey key) {
        const Result<void> done = pad_desk_->press(pad, key);
        if (!done)
            fmt::print(stderr, "sala-kiosk: {}: {}\n", office.number_pads[pad].counter, done.error().line());
    };
    const auto changed = [](std::size_t, const std::optional<Error>& problem) {
        if (problem) say(*problem);
    };
    pads_ = std::make_unique<NumberPads>(devices_of(setup), NumberPads::Listener{pressed, changed});
}

}  // namespace sala::kiosk
