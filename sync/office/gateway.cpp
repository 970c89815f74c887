#include "sync/office/gateway.h"

#include <fmt/format.h>

#include "sync/ledger/answer.h"
#include "sync/office/import_files.h"
#include "sync/office/ingest.h"

namespace sala::office {
namespace {

constexpr int kOk = 200, kForbidden = 403, kNotFound = 404, kWrongMethod = 405, kConflict = 409,
              kRefused = 422, kUnavailable = 503;
constexpr int kBusySeconds = 5, kBrokenSeconds = 60;

bool is_fault(const Error& error) { return error.code.starts_with("DB-") || exit_code(error) == 1; }

int status_of(const Error& error) {
    if (is_fault(error)) return kUnavailable;
    if (error.code == "BUNDLE-GAP" || error.code == "BUNDLE-FORK") return kConflict;
    if (error.code == "BUNDLE-NOT-ENROLLED" || error.code == "BUNDLE-OTHER-OFFICE") return kForbidden;
    return kRefused;
}

http::Response refusal(int status, const ledger::Refusal& what) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json; charset=utf-8";
    response.body = ledger::refusal_json(what);
    return response;
}

}  // namespace

http::ServerSettings gateway_limits() {
    http::ServerSettings limits;
    limits.body_bytes_max = ledger::kBundleBytesMax;
    limits.bodies_bytes_max = 4 * ledger::kBundleBytesMax;
    limits.total_deadline_ms = 60'000;
    limits.connections_max = 1'000;
    limits.queue_max = 1'000;
    limits.workers = 4;
    return limits;
}

Result<ReportDb> ReportDbPool::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            ReportDb database = std::move(free_.back());
            free_.pop_back();
            return database;
        }
    }
    return ReportDb::open(url_, Access::kWrite);
}

void ReportDbPool::give_back(ReportDb database) {
    const std::lock_guard lock(mutex_);
    if (free_.size() < kKeptMax) free_.push_back(std::move(database));
}

Gateway::Gateway(GatewaySettings settings)
    : settings_(std::move(settings)),
      vkey_(settings_.key.verifier().text()),
      databases_(settings_.db),
      quarantine_(settings_.quarantine, settings_.quarantine_limits) {}

http::Response Gateway::answer(const http::Request& request) {
    std::string said;
    http::Response response;
    if (request.path != ledger::kBundlePath) {
        response = refusal(kNotFound, {{"GATEWAY-NO-SUCH-PAGE", "ที่อยู่นี้ไม่มี ตู้บริการส่งข้อมูลไปที่ /bundle เท่านั้น",
                                        "there is nothing at this address; kiosks send to /bundle"},
                                       {}});
    } else if (request.method != "POST") {
        response = refusal(kWrongMethod, {{"GATEWAY-POST-ONLY", "ที่อยู่นี้รับข้อมูลด้วยวิธี POST เท่านั้น",
                                           "this address takes bundles by POST only"},
                                          {}});
        response.headers.add("Allow", "POST");
    } else {
        response = take(request, said);
    }
    // The path is the client's own word; it does not go into the log.
    settings_.log(fmt::format("{} {} {} bytes: {}{}{}", request.peer,
                              request.path == ledger::kBundlePath ? ledger::kBundlePath : "(other)",
                              request.body.size(), response.status, said.empty() ? "" : " ", said));
    return response;
}

http::Response Gateway::take(const http::Request& request, std::string& said) {
    Result<ReportDb> database = databases_.take();
    if (!database) return refuse(request, nullptr, database.error(), said);
    const Result<Receipt> receipt = ingest(*database, settings_.key, request.body, settings_.now_s());
    if (!receipt) {
        http::Response response = refuse(request, &*database, receipt.error(), said);
        // A busy database is sound; one that failed is opened anew.
        if (!is_fault(receipt.error()) || receipt.error().code == "DB-BUSY")
            databases_.give_back(*std::move(database));
        return response;
    }
    databases_.give_back(*std::move(database));
    if (receipt->new_lines > 0 && settings_.taken_in) settings_.taken_in();
    const char* verdict = receipt->new_lines > 0 ? ledger::kAccepted : ledger::kAlreadyHad;
    said = fmt::format("{} {} lines {} to {}, {} new", verdict, receipt->device, receipt->from, receipt->to,
                       receipt->new_lines);
    http::Response response;
    response.status = kOk;
    response.body = receipt->cosigned;
    response.headers.add(ledger::kVerdictHeader, verdict);
    response.headers.add(ledger::kOfficeKeyHeader, vkey_);
    return response;
}

http::Response Gateway::refuse(const http::Request& request, ReportDb* database, const Error& error,
                               std::string& said) {
    const int status = status_of(error);
    said = error.code;
    ledger::Refusal what{error, {}};
    if (status == kConflict && database != nullptr) {
        if (const auto held = held_of(*database, request.body)) what.held = held->held;
    }
    http::Response response = refusal(status, what);
    if (status == kUnavailable) {
        said = error.line();
        response.headers.add("Retry-After",
                             std::to_string(error.code == "DB-BUSY" ? kBusySeconds : kBrokenSeconds));
    } else if (Quarantine::wants(error)) {
        const Result<void> kept = quarantine_.keep(
            request.body, error, fmt::format("from {} at {} s", request.peer, settings_.now_s()));
        said += kept ? ", kept in quarantine" : ", " + kept.error().line();
    }
    return response;
}

}  // namespace sala::office
