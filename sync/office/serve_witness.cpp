#include "sync/office/serve_witness.h"

#include <fmt/format.h>

#include "sync/office/administration.h"
#include "sync/office/serving.h"

namespace sala::office {
namespace {

constexpr std::string_view kAddPath = "/add-checkpoint";
constexpr std::string_view kHeldPath = "/held/";
constexpr int kNotFound = 404, kWrongMethod = 405;

http::Response wrong_method(const char* allowed) {
    http::Response response;
    response.status = kWrongMethod;
    response.body = fmt::format("this address takes {} only\n", allowed);
    response.headers.add("Allow", allowed);
    return response;
}

std::string ready_text(const witness::Witness& witness, const std::filesystem::path& keys,
                       const std::string& address, const std::string& pin) {
    return fmt::format(
        "พยานพร้อมที่ {0} รับรองบันทึก {1} ชุด ใส่สี่บรรทัดนี้ใน office.toml ของตู้บริการ "
        "(ready on {0}, vouching for {1} logs; these four lines belong into the kiosk's office.toml)\n"
        "[[witness]]\n"
        "url = \"https://{0}\"\n"
        "pin = \"{2}\"\n"
        "vkey = \"{3}\"\n"
        "เพิ่มตู้บริการ: เขียน vkey ที่ sala-kiosk status แสดง เป็นหนึ่งบรรทัดใน {4} แล้วเปิดใหม่ "
        "(to add a kiosk, write the vkey that its sala-kiosk status shows as a line of {4}, then start "
        "again)\n",
        address, witness.logs(), pin, witness.verifier().text(), (keys / "logs").string());
}

}  // namespace

http::ServerSettings witness_limits() {
    http::ServerSettings limits;
    limits.body_bytes_max = ledger::kWitnessRequestBytesMax;
    limits.bodies_bytes_max = std::size_t{16} << 20;
    limits.workers = 2;
    return limits;
}

http::Response answer_witness(witness::Witness& witness, const http::Request& request, std::uint64_t now_s) {
    const bool add = request.path == kAddPath;
    if (!add && !request.path.starts_with(kHeldPath)) {
        http::Response response;
        response.status = kNotFound;
        response.body = "there is nothing at this address\n";
        return response;
    }
    const char* method = add ? "POST" : "GET";
    if (request.method != method) return wrong_method(method);
    witness::Answer answer = add ? witness.add_checkpoint(request.body, now_s)
                                 : witness.held(request.path.substr(kHeldPath.size()));
    http::Response response;
    response.status = answer.status;
    response.content_type = std::move(answer.content_type);
    response.body = std::move(answer.body);
    return response;
}

Result<void> serve_witness(const WitnessSettings& settings) {
    const sigset_t stop = block_stop_signals();
    const Result<std::unique_ptr<witness::Witness>> opened =
        witness::Witness::open(settings.keys, settings.name);
    if (!opened) return opened.error();
    witness::Witness& witness = **opened;
    const auto handler = [&witness](const http::Request& request) {
        http::Response response = answer_witness(witness, request, unix_now_s());
        // The path is the client's own word; it does not go into the log.
        say(stderr,
            fmt::format("{} {} {} bytes: {}\n", request.peer, request.path == kAddPath ? kAddPath : "(other)",
                        request.body.size(), response.status));
        return response;
    };
    return serve_until_stopped(stop, {.listen = settings.listen,
                                      .keys = settings.keys,
                                      .limits = witness_limits(),
                                      .handler = handler,
                                      .ready = [&](const std::string& address, const std::string& pin) {
                                          return ready_text(witness, settings.keys, address, pin);
                                      }});
}

}  // namespace sala::office
