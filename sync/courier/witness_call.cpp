#include "sync/courier/witness_call.h"

#include <fmt/format.h>

#include <charconv>

#include "sync/courier/courier.h"
#include "sync/ledger/note.h"

namespace sala::courier {
namespace {

constexpr const char* kAddPath = "/add-checkpoint";
constexpr int kOk = 200, kForbidden = 403, kNotFound = 404, kConflict = 409, kInconsistent = 422,
              kTooMany = 429, kServerErrors = 500;

Error not_known() {
    return {"WITNESS-NOT-KNOWN", "พยานไม่รู้จักตู้บริการนี้ โปรดส่ง vkey ที่ sala-kiosk status แสดง ให้พยานเพิ่มในรายการ",
            "the witness does not know this kiosk; give it the vkey that `sala-kiosk status` shows"};
}

WitnessVerdict conflict(const http::Reply& reply) {
    const std::string& text = reply.body;
    std::uint64_t size = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (bad == std::errc() && text == fmt::format("{}\n", size)) return Holds{size};
    return NotVouched{{"WITNESS-NOT-UNDERSTOOD", "พยานตอบกลับมาไม่ถูกรูปแบบ ตู้จะส่งใหม่ภายหลัง",
                       "the witness's answer cannot be read; it will be asked again later"}};
}

}  // namespace

Error other_history() {
    return {"WITNESS-OTHER-HISTORY", "พยานถือประวัติอื่นของตู้นี้ (ตู้ถูกทำสำเนา หรือข้อมูลถูกย้อนกลับ) โปรดแจ้งผู้ตรวจสอบ",
            "the witness holds another history of this kiosk: it was cloned, or its data rolled back; tell "
            "the auditor"};
}

WitnessVerdict witness_verdict_of(const Result<http::Reply>& reply) {
    if (!reply) return NotVouched{reply.error()};
    switch (reply->status) {
        case kOk:
            return Vouched{reply->body};
        case kConflict:
            return conflict(*reply);
        case kForbidden:
        case kNotFound:
            return WontVouch{not_known()};
        case kInconsistent:
            return WontVouch{other_history()};
        default:
            break;
    }
    if (reply->status >= kServerErrors || reply->status == kTooMany) {
        return NotVouched{
            {"WITNESS-BUSY", "ระบบของพยานไม่ว่าง ตู้จะส่งใหม่ภายหลัง",
             fmt::format("the witness is busy (HTTP {}); it will be asked again later", reply->status)},
            asked_wait_s(*reply)};
    }
    return WontVouch{
        {"WITNESS-REFUSED", fmt::format("พยานไม่รับรองบันทึกของตู้นี้ (HTTP {}) โปรดแจ้งผู้ดูแลระบบ", reply->status),
         fmt::format("the witness does not vouch for this kiosk's log (HTTP {}); call the administrator",
                     reply->status)}};
}

WitnessVerdict ask_witness(const WitnessAddress& witness, std::string request,
                           const std::function<bool()>& go_on) {
    http::Call call;
    call.url = witness.url + kAddPath;
    call.pin = witness.pin;
    call.content_type = "text/plain; charset=utf-8";
    call.body = std::move(request);
    call.connect_ms = kConnectMs;
    call.total_ms = kWitnessTotalMs;
    call.reply_bytes_max = ledger::kNoteBytesMax;
    call.go_on = [&go_on](const http::Progress&) { return go_on(); };
    return witness_verdict_of(http::send(call));
}

}  // namespace sala::courier
