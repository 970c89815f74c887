// One HTTPS request over a connection of its own, to a server that is known by its key and nothing else.
//
// TLS 1.3; the certificate's dates, name and issuer are not looked at, for a kiosk's clock may be wrong, but
// the key must be the pinned one before a byte of the request leaves. No redirect is followed and no proxy
// used. The trap: where the reply is lost, the server may have done what it was asked; delivery_of() tells
// this from "not received". Any thread; a call blocks until it ends, at the latest after total_ms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "platform/base/result.h"
#include "platform/http/headers.h"

namespace sala::http {

struct Progress {
    std::size_t sent_bytes = 0;  // of the body
    std::size_t received_bytes = 0;
};

struct Call {
    std::string method = "POST";  // upper-case letters; GET and HEAD carry no body
    std::string url;              // https://host[:port]/path, without a user
    std::string pin;              // as pin_of() writes it
    std::string content_type;     // empty: none
    std::string body;
    std::uint32_t connect_ms = 10'000;  // name, TCP and TLS
    std::uint32_t total_ms = 60'000;
    std::size_t reply_bytes_max = std::size_t{1} << 20;
    // Asked about once a second, and more often while bytes flow; false stops the call. Must not throw.
    std::function<bool(const Progress&)> go_on;
};

// Any status is a reply, 503 and 302 too.
struct Reply {
    int status = 0;
    Headers headers;
    std::string body;
};

// HTTP-BAD-CALL, HTTP-NO-ANSWER (no connection, or a silent one), HTTP-NO-TLS (no TLS 1.3: busy, or something
// else stands there), HTTP-WRONG-KEY: not received.
// HTTP-TIMEOUT, HTTP-CUT, HTTP-STOPPED, HTTP-FAULT: not received; with -UNKNOWN behind, the whole request had
// been sent.
// HTTP-REPLY-TOO-LARGE, HTTP-BAD-REPLY: unknown too, for the answer was not understood.
Result<Reply> send(const Call& call);

enum class Delivery {
    kNotReceived,  // the server surely has no complete request
    kUnknown,      // it may have done what was asked: ask again, so that it counts once
};

// Of an error of send().
Delivery delivery_of(const Error& error);

}  // namespace sala::http
