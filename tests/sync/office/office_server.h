// An office that kiosks reach over HTTPS, and that can be down, lose its database and come back.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>

#include "platform/http/server.h"
#include "sync/office/administration.h"
#include "sync/office/gateway.h"
#include "sync/office/gateway_identity.h"

namespace sala::office {

class OfficeServer {
  public:
    // `cosigner`: of a province, its own name.
    OfficeServer(const std::filesystem::path& folder, const record::Office& office,
                 const std::string& cosigner = "")
        : url_(folder / "office.db"), keys_(folder / "keys") {
        std::filesystem::create_directories(folder);
        EXPECT_TRUE(init_office(url_, keys_, office, "[office]\n", cosigner));
        start();
    }

    // Always on the same port.
    void start() {
        Result<ReportDb> database = ReportDb::open(url_, Access::kRead);
        gateway_ =
            std::make_unique<Gateway>(GatewaySettings{.db = url_,
                                                      .key = *keys_of(*database->office(), keys_),
                                                      .quarantine = keys_ / "quarantine",
                                                      .now_s = [] { return std::uint64_t{1'800'007'200}; },
                                                      .log = [this](const std::string&) { ++requests_; }});
        http::ServerSettings limits = gateway_limits();
        limits.identity = *gateway_identity(keys_);
        limits.port = port_;
        auto started = http::Server::start(
            std::move(limits), [this](const http::Request& request) { return gateway_->answer(request); });
        ASSERT_TRUE(started) << started.error().line();
        server_ = *std::move(started);
        port_ = server_->port();
    }
    void stop() {
        server_.reset();
        gateway_.reset();
    }

    void enrol_device(const std::string& code) {
        Result<ReportDb> database = ReportDb::open(url_, Access::kWrite);
        EXPECT_TRUE(enrol(*database, code, "โถงหน้า", ""));
    }

    std::uint16_t port() const { return port_; }
    record::SyncRoad road(std::uint16_t port) const {
        return {fmt::format("https://127.0.0.1:{}", port),
                *http::pin_of(gateway_identity(keys_)->certificate_pem)};
    }
    record::SyncRoad road() const { return road(port_); }

    Figures figures() const { return ReportDb::open(url_, Access::kRead)->status()->figures; }
    int requests() const { return requests_; }
    const std::string& url() const { return url_; }
    const std::filesystem::path& keys() const { return keys_; }

  private:
    std::string url_;
    std::filesystem::path keys_;
    std::uint16_t port_ = 0;
    std::atomic<int> requests_ = 0;
    std::unique_ptr<Gateway> gateway_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace sala::office
