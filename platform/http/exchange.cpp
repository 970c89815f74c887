#include "platform/http/exchange.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <memory>

#include "platform/base/handle.h"

namespace sala::http {
namespace {

constexpr std::size_t kStreamBlockBytes = 4096;

using Reply = Handle<MHD_Response, MHD_destroy_response>;

MHD_Result add_header(void* headers, MHD_ValueKind, const char* name, const char* value) {
    static_cast<Headers*>(headers)->add(name, value != nullptr ? value : "");
    return MHD_YES;
}

std::string peer_of(MHD_Connection* connection) {
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr) return {};
    const sockaddr* address = info->client_addr;
    const socklen_t size = address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    std::array<char, NI_MAXHOST> text{};
    const int failed = ::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    return failed == 0 ? text.data() : "";
}

void free_body(void* body) { delete static_cast<std::string*>(body); }

// The body moves to where libmicrohttpd keeps it until it is sent.
Reply reply_with(std::string text) {
    auto body = std::make_unique<std::string>(std::move(text));
    Reply reply(MHD_create_response_from_buffer_with_free_callback_cls(body->size(), body->data(), free_body,
                                                                       body.get()));
    if (reply) static_cast<void>(body.release());
    return reply;
}

bool add_headers(MHD_Response* reply, const Response& response) {
    bool added = MHD_add_response_header(reply, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
    if (!response.content_type.empty()) {
        added &= MHD_add_response_header(reply, MHD_HTTP_HEADER_CONTENT_TYPE,
                                         response.content_type.c_str()) == MHD_YES;
    }
    for (const auto& [name, value] : response.headers) {
        added &= MHD_add_response_header(reply, name.c_str(), value.c_str()) == MHD_YES;
    }
    return added;
}

}  // namespace

void read_head(MHD_Connection* connection, const char* method, Request& request) {
    request.method = method;
    request.peer = peer_of(connection);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, &request.headers);
}

std::optional<std::size_t> body_length(const Request& request) {
    if (request.headers.find(MHD_HTTP_HEADER_TRANSFER_ENCODING)) return {};
    const std::string_view text = request.headers.find(MHD_HTTP_HEADER_CONTENT_LENGTH).value_or("0");
    std::size_t length = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return length;
}

Response refusal(int status, std::string_view sentence, int seconds) {
    Response response;
    response.status = status;
    response.body = fmt::format("{}\n", sentence);
    if (seconds > 0) response.headers.add(MHD_HTTP_HEADER_RETRY_AFTER, std::to_string(seconds));
    return response;
}

MHD_Result queue_reply(MHD_Connection* connection, Response response) {
    Reply reply = reply_with(std::move(response.body));
    if (!reply) return MHD_NO;
    int status = response.status;
    if (status < 200 || status > 599 || !add_headers(reply.get(), response)) {
        reply = reply_with("The reply of this server could not be written.\n");
        if (!reply || !add_headers(reply.get(), {})) return MHD_NO;
        status = MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
    return MHD_queue_response(connection, static_cast<unsigned>(status), reply.get());
}

MHD_Result queue_stream(MHD_Connection* connection, Response response, MHD_ContentReaderCallback read) {
    const Reply reply(MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlockBytes, read,
                                                        response.stream.get(), nullptr));
    if (!reply || !add_headers(reply.get(), response)) return MHD_NO;
    return MHD_queue_response(connection, static_cast<unsigned>(response.status), reply.get());
}

}  // namespace sala::http
