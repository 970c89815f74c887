#include "sync/courier/courier.h"

#include <fmt/format.h>

#include <charconv>

#include "sync/ledger/answer.h"
#include "sync/ledger/note.h"

namespace sala::courier {
namespace {

constexpr std::size_t kReplyBytesMax = 64 * 1024;
constexpr int kOk = 200, kConflict = 409, kServerErrors = 500;
constexpr std::uint32_t kWaitMaxS = 3600;

Verdict taken_in(const http::Reply& reply) {
    if (!ledger::parse_note(reply.body)) {
        return Unknown{{"SEND-NOT-UNDERSTOOD", "สำนักงานตอบกลับมาไม่ถูกรูปแบบ ตู้จะส่งข้อมูลชุดเดิมอีกครั้ง",
                        "the office's answer cannot be read; the same records will be sent again"}};
    }
    return Delivered{reply.body, std::string(reply.headers.find(ledger::kOfficeKeyHeader).value_or("")),
                     reply.headers.find(ledger::kVerdictHeader) == ledger::kAlreadyHad};
}

// The server under the gateway, or another program altogether.
Verdict without_words(const http::Reply& reply) {
    if (reply.status >= kServerErrors) {
        return NotReceived{
            {"SEND-BUSY", "ระบบรับข้อมูลของสำนักงานไม่ว่าง ตู้จะส่งใหม่ภายหลัง ข้อมูลในตู้ยังอยู่ครบ",
             fmt::format("the office's gateway is busy (HTTP {}); it will be sent later, nothing is lost",
                         reply.status)},
            asked_wait_s(reply)};
    }
    return Refused{
        {"SEND-NO-GATEWAY",
         fmt::format("ที่อยู่ใน [sync] ไม่ใช่ระบบรับข้อมูลของศาลา (HTTP {}) โปรดให้ผู้ดูแลระบบตรวจ url", reply.status),
         fmt::format("what stands at the address in [sync] is no gateway of Sala (HTTP {}); let "
                     "the administrator check `url`",
                     reply.status)}};
}

}  // namespace

std::uint32_t asked_wait_s(const http::Reply& reply) {
    const std::string_view text = reply.headers.find("Retry-After").value_or("");
    std::uint32_t seconds = 0;
    const auto [last, bad] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (bad != std::errc() || last != text.data() + text.size()) return 0;
    return std::min(seconds, kWaitMaxS);
}

Verdict verdict_of(const Result<http::Reply>& reply) {
    if (!reply && http::delivery_of(reply.error()) == http::Delivery::kUnknown) return Unknown{reply.error()};
    if (!reply) return NotReceived{reply.error()};
    if (reply->status == kOk) return taken_in(*reply);
    std::optional<ledger::Refusal> refusal = ledger::parse_refusal(reply->body);
    if (!refusal) return without_words(*reply);
    if (reply->status >= kServerErrors) return NotReceived{std::move(refusal->error), asked_wait_s(*reply)};
    if (reply->status == kConflict && refusal->error.code == "BUNDLE-GAP" && refusal->held) {
        return Gap{*refusal->held, std::move(refusal->error)};
    }
    return Refused{std::move(refusal->error)};
}

Verdict deliver(const Road& road, std::string bundle, const GoOn& go_on) {
    http::Call call;
    call.url = road.url + ledger::kBundlePath;
    call.pin = road.pin;
    call.content_type = ledger::kBundleContentType;
    call.body = std::move(bundle);
    call.connect_ms = kConnectMs;
    call.total_ms = kTotalMs;
    call.reply_bytes_max = kReplyBytesMax;
    call.go_on = [&go_on](const http::Progress& at) { return go_on(at.sent_bytes); };
    return verdict_of(http::send(call));
}

}  // namespace sala::courier
