#include "kiosk/app/officer_desk.h"

#include "kiosk/app/officer_view.h"
#include "kiosk/app/self_test.h"

namespace sala::kiosk {
namespace {

Error busy() {
    return {"STICK-BUSY", "กำลังทำงานก่อนหน้าอยู่ โปรดรอสักครู่แล้วลองใหม่",
            "what was asked before is still under way; wait a moment and try again"};
}

}  // namespace

OfficerDesk::OfficerDesk(OnStore on_store, std::function<void(Event)> post, std::filesystem::path data,
                         DeskSettings settings)
    : on_store_(std::move(on_store)),
      post_(std::move(post)),
      data_(std::move(data)),
      settings_(std::move(settings)) {
    // A second disk below /mnt that holds our own data is no stick.
    settings_.sticks.never.push_back(data_);
}

void OfficerDesk::write_stick() {
    if (!worker_.give([this] { write_stick_now(); })) post_(StickFailed{busy()});
}

void OfficerDesk::write_stick_now() {
    post_(StickProgressed{StickStep::kLooking, 0});
    const Result<std::filesystem::path> stick = find_stick(settings_.sticks);
    if (!stick) return post_(StickFailed{stick.error()});
    const Result<Export> done = export_to(on_store_, *stick, [this](ExportStep step, int percent) {
        post_(StickProgressed{stick_step(step), percent});
        return !worker_.stopping();
    });
    if (!done) return post_(StickFailed{done.error()});
    post_(StickFinished{stick_report(*done)});
}

void OfficerDesk::run_self_test() {
    const bool given = worker_.give([this] {
        post_(SelfTestFinished{test_everything(on_store_, data_, settings_.config_problems,
                                               [this] { return !worker_.stopping(); })});
    });
    if (!given) post_(OfficerFailed{busy()});
}

}  // namespace sala::kiosk
