#include "kiosk/counter/ways.h"

#include <algorithm>
#include <charconv>

#include "kiosk/counter/hall_json.h"
#include "kiosk/counter/json_text.h"
#include "kiosk/counter/order_request.h"
#include "kiosk/counter/pages.h"
#include "platform/base/files.h"
#include "platform/crypto/password.h"

namespace sala::kiosk {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view kCookie = "__Host-sala";
constexpr std::size_t kFontBytesMax = std::size_t{512} << 10;

std::string file_or_nothing(const std::filesystem::path& path) {
    Result<std::string> bytes = read_file(path, kFontBytesMax);
    return bytes ? *std::move(bytes) : std::string();
}

// Nothing from elsewhere runs, is shown, or shows this; nothing is kept. `default-src 'none'` also forbids
// what is not named.
void add_safety(http::Headers& headers) {
    headers.add(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
        "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("Referrer-Policy", "no-referrer");
    headers.add("Cross-Origin-Opener-Policy", "same-origin");
    headers.add("Cross-Origin-Resource-Policy", "same-origin");
    headers.add("Cache-Control", "no-store");
}

Response json(std::string body, int status = 200) {
    return {status, "application/json; charset=utf-8", std::move(body), {}, nullptr};
}

Response file(std::string_view type, std::string_view bytes) {
    return {200, std::string(type), std::string(bytes), {}, nullptr};
}

Response refuse(int status, const Error& error) { return json(error_json(error), status); }

Response not_found() { return refuse(404, {"COUNTER-NOT-FOUND", "ไม่มีหน้านี้", "there is no such page"}); }

Response not_understood() {
    return refuse(400, {"COUNTER-BAD-REQUEST", "คำสั่งจากหน้าเว็บไม่ถูกต้อง จึงไม่ได้ทำรายการ โปรดเปิดหน้าเว็บใหม่",
                        "the page sent what is no request, so nothing was done; load the page again"});
}

Response not_signed_in() {
    return refuse(401, {"COUNTER-NO-SESSION", "ยังไม่ได้เข้าใช้งาน หรือหมดเวลาใช้งานแล้ว โปรดใส่รหัส PIN ของช่องบริการ",
                        "nobody is signed in here, or the session has ended; enter the counter's PIN"});
}

Response too_often() {
    Response response = refuse(429, {"COUNTER-TOO-OFTEN", "เครื่องนี้ส่งคำขอถี่เกินไป โปรดรอสักครู่แล้วลองใหม่",
                                     "this computer asks too often; wait a moment and try again"});
    response.headers.add("Retry-After", "30");
    return response;
}

Response from_elsewhere() {
    return refuse(403, {"COUNTER-NOT-OUR-PAGE", "คำสั่งนี้ไม่ได้มาจากหน้าเรียกคิว จึงไม่ได้ทำรายการ",
                        "this order does not come from the counter page, so nothing was done"});
}

// Browsers write the Origin themselves; no page can.
bool is_from_own_page(const Request& request) {
    const auto origin = request.headers.find("Origin");
    const auto host = request.headers.find("Host");
    const auto site = request.headers.find("Sec-Fetch-Site");
    return origin && host && *origin == "https://" + std::string(*host) &&
           site.value_or("same-origin") == "same-origin";
}

Response wrong_pin(const PinVerdict& verdict) {
    switch (verdict.kind) {
        case PinVerdict::Kind::kWait: {
            const std::int64_t seconds = (verdict.wait_ms + 999) / 1000;
            Response response = refuse(
                403, {"COUNTER-PIN-WAIT", fmt::format("ใส่รหัสผิดหลายครั้ง โปรดรอ {} วินาที แล้วลองใหม่", seconds),
                      fmt::format("several wrong PINs; wait {} seconds and try again", seconds)});
            response.headers.add("Retry-After", std::to_string(seconds));
            return response;
        }
        case PinVerdict::Kind::kNotSet:
            return refuse(403, {"COUNTER-PIN-NOT-SET", "ช่องบริการนี้ยังไม่ได้ตั้งรหัส PIN โปรดแจ้งผู้ดูแลระบบ",
                                "this counter has no PIN yet; ask the administrator to set one"});
        default:
            return refuse(403, {"COUNTER-PIN-WRONG",
                                fmt::format("รหัส PIN ไม่ถูกต้อง ลองได้อีก {} ครั้งก่อนต้องรอ", verdict.tries_left),
                                fmt::format("wrong PIN; {} more tries before a wait", verdict.tries_left)});
    }
}

Response session_answer(const std::string& counter, const std::string& secret) {
    return json(JsonText()
                    .open('{')
                    .key("counter")
                    .text(counter)
                    .key("token")
                    .text(Sessions::token_of(secret))
                    .close('}')
                    .take());
}

std::string cookie_with(std::string_view value, std::int64_t seconds) {
    return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", kCookie, value,
                       seconds);
}

}  // namespace

Ways::Ways(CounterSetup setup)
    : setup_(std::move(setup)),
      own_address_(setup_.listen.address.find(':') == std::string::npos ? setup_.listen.address
                                                                        : "[" + setup_.listen.address + "]"),
      voice_(installed_voice(setup_.voice_folder, setup_.office)),
      font_(file_or_nothing(setup_.font_folder / "Loma.ttf")),
      bold_font_(file_or_nothing(setup_.font_folder / "Loma-Bold.ttf")),
      requests_(*setup_.clock, setup_.limits.requests_at_once, setup_.limits.request_every_ms),
      sign_ins_(*setup_.clock, setup_.limits.sign_ins_at_once, setup_.limits.sign_in_every_ms),
      sessions_(*setup_.clock),
      broadcast_(*setup_.desk, [this](const std::string& counter, const queue::Hall& hall) {
          return render(counter, hall);
      }) {}

Response Ways::answer(const Request& request) {
    Response response =
        !requests_.admits(request.peer) ? too_often()
        : !is_own_host(request)         ? refuse(421, {"COUNTER-OTHER-NAME", "เปิดหน้านี้ด้วยเลข IP ที่ตั้งไว้เท่านั้น",
                                                       "open this page under its own IP address only"})
        : request.method == "GET"       ? get(request)
        : request.method == "POST"
            ? post(request)
            : refuse(405, {"COUNTER-NO-METHOD", "ใช้วิธีนี้ไม่ได้", "only GET and POST are answered"});
    add_safety(response.headers);
    return response;
}

// A name that leads here from elsewhere (DNS rebinding) is none of ours; the port may be another one's, who
// passes connections on.
bool Ways::is_own_host(const Request& request) const {
    const std::string_view host = request.headers.find("Host").value_or("");
    return host.starts_with(own_address_) &&
           (host.size() == own_address_.size() || host[own_address_.size()] == ':');
}

Response Ways::get(const Request& request) {
    const std::string_view path = request.path;
    if (const PageFile* page = page_file(path)) return file(page->type, page->bytes);
    if (path == "/loma.ttf" && !font_.empty()) return file("font/ttf", font_);
    if (path == "/loma-bold.ttf" && !bold_font_.empty()) return file("font/ttf", bold_font_);
    if (path == "/office") return json(office_json(setup_.office, setup_.desk->hall()->queue().ratio()));
    if (path == "/board-events") return stream("", request.peer);
    if (path.starts_with("/voice/")) return voice(path);
    if (path != "/session" && path != "/counter-events") return not_found();
    const std::optional<SignedIn> who = signed_in(request);
    if (!who) return not_signed_in();
    return path == "/session" ? session_answer(who->counter->id, who->secret)
                              : stream(who->counter->id, request.peer);
}

Response Ways::post(const Request& request) {
    if (!is_from_own_page(request)) return from_elsewhere();
    const std::optional<Form> form = parse_form(request.body);
    if (request.headers.find("Content-Type") != "application/x-www-form-urlencoded" || !form) {
        return not_understood();
    }
    if (request.path == "/sign-in") return sign_in(request, *form);
    if (request.path != "/order" && request.path != "/sign-out") return not_found();
    const std::optional<SignedIn> who = signed_in(request);
    if (!who) return not_signed_in();
    const std::string_view token = request.headers.find("X-Sala-Token").value_or("");
    if (!crypto::same_secret(bytes_of(token), bytes_of(Sessions::token_of(who->secret)))) {
        return from_elsewhere();
    }
    if (request.path == "/order") return order(*who, *form);
    sessions_.close(who->secret);
    Response response = json("{}");
    response.headers.add("Set-Cookie", cookie_with("", 0));
    return response;
}

Response Ways::stream(const std::string& counter, const std::string& peer) {
    Response response{200, "text/event-stream", "", {}, broadcast_.open(counter, peer)};
    if (response.stream) return response;
    response = refuse(503, {"COUNTER-FULL", "มีจอเปิดอยู่เต็มจำนวนแล้ว โปรดปิดจอที่ไม่ใช้",
                            "as many boards are open as there may be; close one that is not needed"});
    response.headers.add("Retry-After", "30");
    return response;
}

Response Ways::voice(std::string_view path) const {
    constexpr std::string_view kBegin = "/voice/", kEnd = ".wav";
    std::uint64_t seq = 0;
    const char* const first = path.data() + kBegin.size();
    const auto [end, bad] = std::from_chars(first, path.data() + path.size(), seq);
    if (bad != std::errc() || std::string_view(end, path.data() + path.size()) != kEnd) return not_found();
    const HallShared hall = setup_.desk->hall();
    const auto call = std::ranges::find(hall->calls(), seq, &queue::Call::seq);
    if (call == hall->calls().end()) return not_found();
    const auto counter = std::ranges::find(setup_.office.counters, call->counter, &record::Counter::id);
    if (counter == setup_.office.counters.end()) return not_found();
    const Saying saying = saying_of(call->number, *counter);
    return voice_.can_say(saying) ? file("audio/wav", voice_.speak(saying)) : not_found();
}

Response Ways::sign_in(const Request& request, const Form& form) {
    const auto counter = form.find("counter");
    const auto pin = form.find("pin");
    if (form.size() != 2 || counter == form.end() || pin == form.end()) return not_understood();
    if (std::ranges::find(setup_.office.counters, counter->second, &record::Counter::id) ==
        setup_.office.counters.end()) {
        return not_understood();
    }
    if (!sign_ins_.admits(request.peer)) return too_often();
    const Result<PinVerdict> verdict = [&] {
        const std::lock_guard lock(pins_mutex_);
        return setup_.pins->check(counter->second, pin->second);
    }();
    if (!verdict) return refuse(503, verdict.error());
    if (verdict->kind != PinVerdict::Kind::kRight) return wrong_pin(*verdict);
    if (const auto before = signed_in(request)) sessions_.close(before->secret);
    const std::string secret = sessions_.open(counter->second);
    Response response = session_answer(counter->second, secret);
    response.headers.add("Set-Cookie", cookie_with(secret, Sessions::kSessionMs / 1000));
    return response;
}

Response Ways::order(const SignedIn& who, const Form& form) {
    const Result<OrderRequest> asked = order_of(form, *who.counter, setup_.office);
    if (!asked) return refuse(400, asked.error());
    const Result<void> done = setup_.desk->order(asked->order);
    if (!done) {
        const bool by_queue =
            done.error().code.starts_with("QUEUE-") || done.error().code.starts_with("COUNTER-");
        return refuse(by_queue ? 409 : 503, done.error());
    }
    if (!asked->served->empty() && setup_.on_served) setup_.on_served(*asked->served);
    return json("{}");
}

std::optional<Ways::SignedIn> Ways::signed_in(const Request& request) {
    const auto secret = cookie_of(request.headers.find("Cookie").value_or(""), kCookie);
    const std::optional<std::string> counter = secret ? sessions_.counter_of(*secret) : std::nullopt;
    if (!counter) return {};
    const auto found = std::ranges::find(setup_.office.counters, *counter, &record::Counter::id);
    return SignedIn{&*found, std::string(*secret)};
}

std::string Ways::render(const std::string& counter, const queue::Hall& hall) const {
    if (counter.empty()) return board_json(setup_.office, voice_, hall, now(hall));
    const auto found = std::ranges::find(setup_.office.counters, counter, &record::Counter::id);
    return counter_json(*found, setup_.office, hall, now(hall));
}

// Whether the wall clock may be believed is known by the journal's last line.
queue::Moment Ways::now(const queue::Hall& hall) const {
    return {setup_.clock->wall_ms(), setup_.clock->monotonic_ms(), setup_.clock->boot_id(),
            hall.as_of().clock_trusted};
}

}  // namespace sala::kiosk
