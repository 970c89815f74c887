// One request on its way through the server, from its first line to the last byte of its reply.
#pragma once

#include <microhttpd.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include "platform/http/deadlines.h"
#include "platform/http/server.h"

namespace sala::http {

struct Exchange {
    enum class Stage { kHeaders, kBody, kAnswered };

    Stage stage = Stage::kHeaders;
    Request request;
    std::size_t body_expected = 0;
    Deadlines::Watch* watch = nullptr;  // until the connection ends; only the daemon's thread looks at it
    Deadlines::Clock::time_point deadline;
    Response response;               // of kAnswered
    std::shared_ptr<Stream> stream;  // that was admitted: it must outlive the reply that reads from it
};

// Method, headers and peer. The path and the query are there since the request's first line was read.
void read_head(MHD_Connection* connection, const char* method, Request& request);

// What Content-Length says, 0 where there is none; nothing if the body comes without a length or with a wrong
// one.
std::optional<std::size_t> body_length(const Request& request);

// `seconds` > 0 becomes Retry-After.
Response refusal(int status, std::string_view sentence, int seconds = 0);

// Hands the reply to libmicrohttpd, which closes the connection after it.
MHD_Result queue_reply(MHD_Connection* connection, Response response);

// The same with a body that `read` gives piece by piece from response.stream, which the caller keeps.
MHD_Result queue_stream(MHD_Connection* connection, Response response, MHD_ContentReaderCallback read);

}  // namespace sala::http
