// An HTTPS server that no client can hold up: TLS 1.3, one request per connection, a limit on everything.
//
// A connection ends `total_deadline_ms` after it was accepted, whatever it does (a stream: as stream.h
// says), so slow and silent clients delay nobody for longer; and those that come back at once keep out
// nobody from another address. The handler gets a request only when its body is complete, and never one
// whose client was cut while it waited. The trap: a handler that was begun runs to its end even if its
// client is gone by then, and the client cannot know; what it does must bear being done again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "platform/base/result.h"
#include "platform/http/headers.h"
#include "platform/http/identity.h"
#include "platform/http/stream.h"

namespace sala::http {

struct Request {
    std::string method;  // as sent: "GET", "POST", ...
    std::string path;    // as sent, not percent-decoded: "/bundle"
    std::string query;   // what follows '?', as sent
    Headers headers;
    std::string body;
    std::string peer;  // the numeric address it came from
};

struct Response {
    int status = 200;  // 200 to 599
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    Headers headers;
    // Where there is one, the reply is what is pushed into it, and no `body`; without a free place: 503.
    std::shared_ptr<Stream> stream = nullptr;
};

// Runs on several threads at once and must not throw.
using Handler = std::function<Response(const Request&)>;

struct ServerSettings {
    std::string address = "localhost";  // an IPv4 or IPv6 literal, or localhost
    std::uint16_t port = 0;             // 0: any free one
    Identity identity;
    std::size_t body_bytes_max = std::size_t{4} << 20;      // of one request: 413
    std::size_t bodies_bytes_max = std::size_t{256} << 20;  // of all requests at once: 503, or cut
    std::uint32_t total_deadline_ms = 15'000;  // accept to last byte, TLS and the wait for a worker included
    std::size_t connections_max = 1'000;       // more are closed at once, see Deadlines::admits()
    std::size_t queue_max = 256;               // complete requests that wait for a worker; more get 503
    std::size_t workers = 4;
    std::size_t streams_max = 0;             // beside the connections
    std::uint32_t stream_write_ms = 15'000;  // within which a stream's reader must have taken what waits
};

class Server {
  public:
    // Raises the process's limit of open files where the connections need it. HTTP-BAD-ADDRESS,
    // HTTP-CANNOT-LISTEN, HTTP-BAD-IDENTITY, HTTP-BAD-SETTINGS, HTTP-TOO-FEW-FILES, HTTP-NO-SERVER.
    static Result<std::unique_ptr<Server>> start(ServerSettings settings, Handler handler);

    // Closes every connection, but waits for the handlers that run. Not from a handler.
    ~Server();

    std::uint16_t port() const;

    class Machine;
    explicit Server(std::unique_ptr<Machine> machine);

  private:
    std::unique_ptr<Machine> machine_;
};

}  // namespace sala::http
