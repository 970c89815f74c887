#include "tests/bench/page_client.h"

#include <fmt/format.h>
#include <netinet/tcp.h>

#include <charconv>

#include "tests/bench/bench_tools.h"

namespace sala::bench {
namespace {

constexpr const char* kCookie = "__Host-sala=";
constexpr std::size_t kSecretLetters = 64;

// What stands behind the first `key`.
std::string after(const std::string& text, const std::string& key, std::size_t letters) {
    const std::size_t at = text.find(key);
    if (at == text.npos) give_up("the counter page's answer has no " + key);
    return text.substr(at + key.size(), letters);
}

}  // namespace

std::unique_ptr<http::Tls> PageClient::send(const std::string& method, const std::string& path,
                                            const std::string& body) const {
    Descriptor socket = http::connect_to(port_, peer_);
    // As browsers do; else a request waits 40 ms for the handshake's last acknowledgement.
    const int at_once = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    auto tls = std::make_unique<http::Tls>(std::move(socket), GNUTLS_CLIENT, http::kTls13);
    const std::string host = fmt::format("127.0.0.1:{}", port_);
    std::string head =
        fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nOrigin: https://{}\r\n", method, path, host, host);
    if (!cookie_.empty())
        head += fmt::format("Cookie: {}{}\r\nX-Sala-Token: {}\r\n", kCookie, cookie_, token_);
    if (method == "POST") {
        head += fmt::format("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                            body.size());
    }
    if (!tls->shake_hands() || !tls->say(head + "\r\n" + body)) give_up("the counter page cannot be reached");
    return tls;
}

void PageClient::sign_in(const std::string& counter, const std::string& pin) {
    const std::string answer = send("POST", "/sign-in", "counter=" + counter + "&pin=" + pin)->hear();
    token_ = after(answer, "\"token\":\"", kSecretLetters);
    cookie_ = after(answer, kCookie, kSecretLetters);
}

int PageClient::order(const std::string& fields) {
    const std::string answer = send("POST", "/order", fields)->hear();
    int status = 0;
    constexpr std::string_view kBegin = "HTTP/1.1 ";
    if (!answer.starts_with(kBegin)) give_up("the counter page did not answer an order");
    std::from_chars(answer.data() + kBegin.size(), answer.data() + answer.size(), status);
    return status;
}

void PageClient::listen(const std::string& path) {
    stream_ = send("GET", path, "");
    heard_.clear();
}

std::optional<std::string> PageClient::next_event() {
    constexpr std::string_view kData = "data: {", kEnd = "\n\n";
    for (;;) {
        const std::size_t end = heard_.find(kEnd);
        if (end == heard_.npos) {
            const std::string more = stream_->hear_some();
            if (more.empty()) return {};
            heard_ += more;
            continue;
        }
        const std::size_t data = heard_.find(kData);
        std::string event;
        if (data < end) event = heard_.substr(data, end - data);
        heard_.erase(0, end + kEnd.size());
        if (!event.empty()) return event;
    }
}

void PageClient::hang_up() {
    if (stream_) ::shutdown(stream_->socket().get(), SHUT_RDWR);
}

std::uint64_t present_in(const std::string& event) {
    constexpr std::string_view kWith = "\"with\":{\"id\":";
    const std::size_t at = event.find(kWith);
    std::uint64_t id = 0;
    if (at != event.npos) std::from_chars(event.data() + at + kWith.size(), event.data() + event.size(), id);
    return id;
}

CallingCounter::CallingCounter(std::uint16_t port, std::uint32_t peer, const std::string& counter,
                               const std::string& pin)
    : page_(port, peer) {
    page_.sign_in(counter, pin);
    page_.listen("/counter-events");
    thread_ = std::thread([this] { read_page(); });
}

CallingCounter::~CallingCounter() {
    leaving_ = true;
    page_.hang_up();
    thread_.join();
}

// A page that was cut because it read too slowly would come back; one of ours never is.
void CallingCounter::read_page() {
    while (const auto event = page_.next_event()) {
        const std::lock_guard lock(mutex_);
        present_ = present_in(*event);
        changed_.notify_all();
    }
    if (leaving_) return;
    std::fputs("the events of a counter's page ended\n", stderr);
    std::_Exit(1);
}

bool CallingCounter::call_next() {
    constexpr int kDone = 200, kQueueSaysNo = 409, kTooOften = 429;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return present_.has_value(); });
    const std::uint64_t before = *present_;
    lock.unlock();
    const int status = page_.order(fmt::format("do=next&seen={}", before));
    if (status == kQueueSaysNo || status == kTooOften) return false;
    if (status != kDone) give_up(fmt::format("a counter's order was answered with {}", status));
    lock.lock();
    changed_.wait(lock, [&] { return *present_ != before; });
    if (*present_ != 0) ++calls_;
    return true;
}

}  // namespace sala::bench
