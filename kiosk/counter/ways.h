// Inside this room only: what the server answers to each request.
//
//   GET  /  /board  and what they load     pages, scripts, style, /loma.ttf and /loma-bold.ttf
//   GET  /office                           names of divisions, services, counters; reasons
//   GET  /board-events                     server-sent events of the hall
//   GET  /voice/SEQ.wav                    a call of the last ones, spoken
//   POST /sign-in      counter, pin        the session's cookie, and its token
//   GET  /session                          counter and token again, after the page was loaded anew
//   GET  /counter-events                   server-sent events of the session's counter
//   POST /order        see order_request.h
//   POST /sign-out
//
// Refusals are {"code","th","en"}: 400 not understood, 401 no session, 403 not from our page or a wrong PIN,
// 409 the queue says no, 421 asked for by another name, 429 too often, 503 the store cannot. Any thread.
#pragma once

#include "kiosk/counter/broadcast.h"
#include "kiosk/counter/counter_server.h"
#include "kiosk/counter/form.h"
#include "kiosk/counter/peer_limit.h"
#include "kiosk/counter/sessions.h"
#include "kiosk/counter/voice.h"
#include "platform/http/server.h"

namespace sala::kiosk {

class Ways {
  public:
    explicit Ways(CounterSetup setup);

    http::Response answer(const http::Request& request);

    const std::vector<Error>& voice_problems() const { return voice_.problems(); }

  private:
    struct SignedIn {
        const record::Counter* counter;
        std::string secret;
    };

    http::Response get(const http::Request& request);
    http::Response post(const http::Request& request);
    http::Response voice(std::string_view path) const;
    http::Response stream(const std::string& counter, const std::string& peer);
    http::Response sign_in(const http::Request& request, const Form& form);
    http::Response order(const SignedIn& who, const Form& form);

    bool is_own_host(const http::Request& request) const;
    std::optional<SignedIn> signed_in(const http::Request& request);
    std::string render(const std::string& counter, const queue::Hall& hall) const;
    queue::Moment now(const queue::Hall& hall) const;

    CounterSetup setup_;
    const std::string own_address_;  // as a browser writes it: IPv6 in brackets
    Voice voice_;
    std::string font_, bold_font_;
    PeerLimit requests_, sign_ins_;
    Sessions sessions_;
    std::mutex pins_mutex_;
    Broadcast broadcast_;  // last: its thread uses what stands above
};

}  // namespace sala::kiosk
