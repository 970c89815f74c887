#include "kiosk/app/witness_asking.h"

#include "kiosk/store/witness_notes.h"
#include "platform/base/overload.h"
#include "sync/courier/witness_call.h"

namespace sala::kiosk {
namespace {

NotSent failed(const Error& error) { return {error, error.code == "STORE-BUSY"}; }

// The witness answered with a size once more: while it was asked, somebody else with this key was there; or
// it holds another root of just our size.
NotSent conflict(const courier::Holds& holds, const WitnessQuestion& question) {
    if (holds.size != question.old_size) {
        return {{"WITNESS-MOVED", "พยานรับรองบันทึกอื่นของตู้นี้ไประหว่างที่ส่ง ตู้จะส่งใหม่ภายหลัง",
                 "the witness cosigned something else of this kiosk meanwhile; it will be asked again later"},
                true};
    }
    return {courier::other_history(), false};
}

}  // namespace

std::optional<NotSent> ask_for_cosignature(const OnStore& on_store, const record::WitnessRoad& witness,
                                           const std::function<bool()>& go_on) {
    std::optional<std::uint64_t> held;
    for (int asked = 1;; ++asked) {
        const Result<WitnessQuestion> question = question_for(on_store, witness, held);
        if (!question) return failed(question.error());
        const courier::WitnessVerdict verdict =
            courier::ask_witness({witness.url, witness.pin}, question->request, go_on);
        const auto* holds = std::get_if<courier::Holds>(&verdict);
        if (holds != nullptr && asked == 1 && holds->size != question->old_size) {
            held = holds->size;
            continue;
        }
        return std::visit(
            Overload{
                [&](const courier::Vouched& vouched) -> std::optional<NotSent> {
                    const Result<void> taken =
                        take_cosignature(on_store, witness, *question, vouched.signatures);
                    if (!taken) return failed(taken.error());
                    return {};
                },
                [&](const courier::Holds& at) -> std::optional<NotSent> { return conflict(at, *question); },
                [](const courier::WontVouch& wont) -> std::optional<NotSent> {
                    return NotSent{wont.error, false};
                },
                [](const courier::NotVouched& later) -> std::optional<NotSent> {
                    return NotSent{later.error, true, std::int64_t{later.wait_s} * 1000};
                },
            },
            verdict);
    }
}

}  // namespace sala::kiosk
