// The HTTPS road's end at the office: a request with a bundle in, ingest()'s answer out.
//
// The same ingest() as for files; sync/ledger/answer.h has the words of the answer. The trap: a client may be
// cut after the commit and come again with the same bytes, or with others while this is at work; ingest()
// counts once, and nothing here may remember anything of a request.
#pragma once

#include <functional>
#include <memory>

#include "platform/http/server.h"
#include "sync/office/keys.h"
#include "sync/office/quarantine.h"
#include "sync/office/report_db.h"

namespace sala::office {

// Report databases for as many threads as ask at once, each its own; one that failed is not used again.
class ReportDbPool {
  public:
    explicit ReportDbPool(std::string url) : url_(std::move(url)) {}

    // Any thread. Refuses what ReportDb::open() does.
    Result<ReportDb> take();
    void give_back(ReportDb database);

  private:
    static constexpr std::size_t kKeptMax = 16;
    const std::string url_;
    std::mutex mutex_;
    std::vector<ReportDb> free_;
};

struct GatewaySettings {
    std::string db;  // URL of the report database
    OfficeKey key;
    std::filesystem::path quarantine;
    std::function<std::uint64_t()> now_s;         // seconds since 1970 UTC; any thread
    std::function<void(const std::string&)> log;  // one line without LF; any thread; must not throw
    QuarantineLimits quarantine_limits = {};
    std::function<void()> taken_in = {};  // called after new lines were; any thread; must not throw nor wait
};

class Gateway {
  public:
    explicit Gateway(GatewaySettings settings);

    // POST /bundle. Any thread. Answers 200; 409 BUNDLE-GAP and BUNDLE-FORK, with what is held; 403 where the
    // sender is not one of ours; 422 for every other bundle that is refused; 503 with Retry-After where the
    // database cannot take it now; 404 and 405 for other requests.
    http::Response answer(const http::Request& request);

  private:
    http::Response take(const http::Request& request, std::string& said);
    http::Response refuse(const http::Request& request, ReportDb* database, const Error& error,
                          std::string& said);

    GatewaySettings settings_;
    std::string vkey_;
    ReportDbPool databases_;
    Quarantine quarantine_;
};

// What a gateway allows: a kiosk's bundle in a minute over a poor line, and no client in another's way for
// longer than that.
http::ServerSettings gateway_limits();

}  // namespace sala::office
