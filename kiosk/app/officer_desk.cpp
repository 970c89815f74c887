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

void OfficerDesk::answer(Ask ask, Event event) {
    if (ask == asked_) post_(std::move(event));
}

void OfficerDesk::write_stick() {
    const Ask ask = ++asked_;
    if (!worker_.give([this, ask] { write_stick_now(ask); })) post_(StickFailed{busy()});
}

void OfficerDesk::write_stick_now(Ask ask) {
    answer(ask, StickProgressed{StickStep::kLooking, 0});
    const Result<std::filesystem::path> stick = find_stick(settings_.sticks);
    if (!stick) return answer(ask, StickFailed{stick.error()});
    const Result<Export> done = export_to(on_store_, *stick, [this, ask](ExportStep step, int percent) {
        answer(ask, StickProgressed{stick_step(step), percent});
        return is_wanted(ask);
    });
    if (!done) return answer(ask, StickFailed{done.error()});
    answer(ask, StickFinished{stick_report(*done)});
}

void OfficerDesk::run_self_test() {
    const Ask ask = ++asked_;
    const bool given = worker_.give([this, ask] {
        answer(ask, SelfTestFinished{test_everything(on_store_, data_, settings_.config_problems,
                                                     [this, ask] { return is_wanted(ask); })});
    });
    if (!given) post_(OfficerFailed{busy()});
}

}  // namespace sala::kiosk
