#include "platform/http/client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "platform/base/handle.h"
#include "platform/http/client_errors.h"
#include "platform/http/identity.h"

namespace sala::http {
namespace {

using Curl = Handle<CURL, curl_easy_cleanup>;
using HeaderList = Handle<curl_slist, curl_slist_free_all>;

constexpr std::size_t kReplyHeadersMax = std::size_t{64} << 10;
// Above this much the server is asked first whether it wants the body: its 413 would be lost in the cut that
// follows while we still send.
constexpr std::size_t kAskFirstBytes = std::size_t{64} << 10;
constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// What libcurl's callbacks see of a call under way.
struct Transfer {
    const Call& call;
    Reply reply;
    std::size_t taken = 0;  // bytes of the body that libcurl has taken to send
    std::size_t header_bytes = 0;
    bool too_large = false;
};

std::size_t give_body(char* room, std::size_t one, std::size_t size, void* transfer) {
    auto* self = static_cast<Transfer*>(transfer);
    const std::string& body = self->call.body;
    const std::size_t count = std::min(one * size, body.size() - self->taken);
    std::copy_n(body.data() + self->taken, count, room);
    self->taken += count;
    return count;
}

std::size_t take_body(char* data, std::size_t one, std::size_t size, void* transfer) {
    auto* self = static_cast<Transfer*>(transfer);
    if (one * size > self->call.reply_bytes_max - self->reply.body.size()) {
        self->too_large = true;
        return 0;
    }
    self->reply.body.append(data, one * size);
    return one * size;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::size_t take_header(char* data, std::size_t one, std::size_t size, void* transfer) {
    auto* self = static_cast<Transfer*>(transfer);
    const std::string_view line(data, one * size);
    self->header_bytes += line.size();
    if (self->header_bytes > kReplyHeadersMax) {
        self->too_large = true;
        return 0;
    }
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        self->reply.headers = {};  // those before were of an interim answer, such as "100 Continue"
    } else if (colon != line.npos) {
        self->reply.headers.add(std::string(line.substr(0, colon)),
                                std::string(trimmed(line.substr(colon + 1))));
    }
    return line.size();
}

int ask_to_go_on(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* self = static_cast<const Transfer*>(transfer);
    if (!self->call.go_on) return 0;
    return self->call.go_on({self->taken, self->reply.body.size()}) ? 0 : 1;
}

bool is_fit(const Call& call) {
    const bool bodyless = call.method == "GET" || call.method == "HEAD";
    return !call.method.empty() && call.method.find_first_not_of(kCapitals) == call.method.npos &&
           call.url.starts_with("https://") && is_pin(call.pin) && call.connect_ms > 0 && call.total_ms > 0 &&
           call.content_type.find_first_of("\r\n") == call.content_type.npos &&
           (!bodyless || call.body.empty());
}

HeaderList headers_of(const Call& call) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer == nullptr) return;
        static_cast<void>(list.release());
        list.reset(longer);
    };
    // An empty type keeps libcurl from calling a body a form.
    add(call.content_type.empty() ? "Content-Type:" : "Content-Type: " + call.content_type);
    add(call.body.size() > kAskFirstBytes ? "Expect: 100-continue" : "Expect:");
    return list;
}

// Sets options and remembers whether all were taken.
class Options {
  public:
    explicit Options(CURL* curl) : curl_(curl) {}
    template <typename Value>
    void set(CURLoption option, Value value) {
        fit_ &= curl_easy_setopt(curl_, option, value) == CURLE_OK;
    }
    bool fit() const { return fit_; }

  private:
    CURL* curl_;
    bool fit_ = true;
};

void set_security(Options& options, const Call& call) {
    options.set(CURLOPT_PROTOCOLS_STR, "https");
    options.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    options.set(CURLOPT_PROXY, "");  // also none of the environment's
    options.set(CURLOPT_FOLLOWLOCATION, 0L);
    options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    options.set(CURLOPT_SSL_VERIFYPEER, 0L);
    options.set(CURLOPT_SSL_VERIFYHOST, 0L);
    options.set(CURLOPT_PINNEDPUBLICKEY, call.pin.c_str());
    options.set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

void set_limits(Options& options, const Call& call) {
    options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.connect_ms));
    options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(call.total_ms));
    options.set(CURLOPT_FRESH_CONNECT, 1L);
    options.set(CURLOPT_FORBID_REUSE, 1L);
    options.set(CURLOPT_NOSIGNAL, 1L);
    options.set(CURLOPT_QUICK_EXIT,
                1L);  // a name server that is silent must not hold the call beyond its time
    options.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
}

void set_request(Options& options, const Call& call) {
    options.set(CURLOPT_URL, call.url.c_str());
    if (call.method == "HEAD") {
        options.set(CURLOPT_NOBODY, 1L);
        return;
    }
    if (call.method != "GET") {
        options.set(CURLOPT_POST, 1L);
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    }
    options.set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void set_callbacks(Options& options, Transfer& transfer) {
    options.set(CURLOPT_READFUNCTION, &give_body);
    options.set(CURLOPT_READDATA, &transfer);
    options.set(CURLOPT_WRITEFUNCTION, &take_body);
    options.set(CURLOPT_WRITEDATA, &transfer);
    options.set(CURLOPT_HEADERFUNCTION, &take_header);
    options.set(CURLOPT_HEADERDATA, &transfer);
    options.set(CURLOPT_XFERINFOFUNCTION, &ask_to_go_on);
    options.set(CURLOPT_XFERINFODATA, &transfer);
    options.set(CURLOPT_NOPROGRESS, 0L);
}

bool past(CURL* curl, CURLINFO moment) {
    curl_off_t microseconds = 0;
    return curl_easy_getinfo(curl, moment, &microseconds) == CURLE_OK && microseconds > 0;
}

// Errs to the side of "sent": what libcurl has taken it may not have written yet.
bool all_sent(CURL* curl, const Transfer& transfer) {
    return past(curl, CURLINFO_PRETRANSFER_TIME_T) && transfer.taken == transfer.call.body.size();
}

Failure failure_of(CURLcode code, CURL* curl, const Transfer& transfer) {
    if (transfer.too_large) return Failure::kReplyTooLarge;
    switch (code) {
        case CURLE_URL_MALFORMAT:
        case CURLE_LOGIN_DENIED:
            return Failure::kBadCall;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            return Failure::kNoAnswer;
        case CURLE_OPERATION_TIMEDOUT:
            return past(curl, CURLINFO_APPCONNECT_TIME_T) ? Failure::kTimeout : Failure::kNoAnswer;
        case CURLE_SSL_CONNECT_ERROR:
            return Failure::kNoTls;
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_PEER_FAILED_VERIFICATION:
            return Failure::kWrongKey;
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
            return Failure::kCut;
        case CURLE_ABORTED_BY_CALLBACK:
            return Failure::kStopped;
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, for our own URLs are https
            return Failure::kBadReply;
        default:
            return Failure::kFault;
    }
}

}  // namespace

Result<Reply> send(const Call& call) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!is_fit(call)) return client_error(Failure::kBadCall, false, call.url, "refused before it was tried");
    const Curl curl(ready == CURLE_OK ? curl_easy_init() : nullptr);
    if (!curl) return client_error(Failure::kFault, false, call.url, "libcurl");

    Transfer transfer{call, {}};
    const HeaderList headers = headers_of(call);
    std::array<char, CURL_ERROR_SIZE> detail{};
    Options options(curl.get());
    set_security(options, call);
    set_limits(options, call);
    set_request(options, call);
    set_callbacks(options, transfer);
    options.set(CURLOPT_HTTPHEADER, headers.get());
    options.set(CURLOPT_ERRORBUFFER, detail.data());
    if (!options.fit()) return client_error(Failure::kFault, false, call.url, "libcurl's options");

    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) {
        return client_error(failure_of(code, curl.get(), transfer), all_sent(curl.get(), transfer), call.url,
                            detail[0] != '\0' ? detail.data() : curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    transfer.reply.status = static_cast<int>(status);
    return std::move(transfer.reply);
}

}  // namespace sala::http
