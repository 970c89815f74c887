// An office whose gateway stands behind a real port of this machine.
#pragma once

#include <mutex>

#include "platform/http/server.h"
#include "sync/courier/courier.h"
#include "sync/office/gateway.h"
#include "sync/office/gateway_identity.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {

class GatewayTest : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        start_gateway();
    }
    void start_gateway() {
        gateway_ = std::make_unique<Gateway>(GatewaySettings{
            .db = place_.ingest_url,
            .key = *keys_of(*ReportDb::open(url_, Access::kRead)->office(), keys_),
            .quarantine = keys_ / "quarantine",
            .now_s = [] { return kNow_s; },
            .log =
                [this](const std::string& line) {
                    const std::lock_guard lock(mutex_);
                    log_.push_back(line);
                },
            .quarantine_limits = {3, 1 << 20},
        });
    }
    void TearDown() override {
        server_.reset();
        OfficeTest::TearDown();
    }

    http::Response ask(std::string body, std::string method = "POST", std::string path = "/bundle") {
        http::Request request;
        request.method = std::move(method);
        request.path = std::move(path);
        request.body = std::move(body);
        request.peer = "127.0.0.1";
        return gateway_->answer(request);
    }

    courier::Road listen(http::ServerSettings limits = gateway_limits()) {
        const Result<http::Identity> identity = gateway_identity(keys_);
        EXPECT_TRUE(identity) << (identity ? "" : identity.error().line());
        limits.identity = *identity;
        auto started = http::Server::start(
            std::move(limits), [this](const http::Request& request) { return gateway_->answer(request); });
        EXPECT_TRUE(started) << (started ? "" : started.error().line());
        server_ = *std::move(started);
        return {fmt::format("https://127.0.0.1:{}", server_->port()),
                *http::pin_of(identity->certificate_pem)};
    }

    static courier::Verdict send(const courier::Road& road, std::string bundle) {
        return courier::deliver(road, std::move(bundle), [](std::size_t) { return true; });
    }

    std::uint64_t held(const LogBuilder& log) { return database_->head("banmai", log.code())->tree.size(); }

    std::size_t quarantined(const std::string& room) const {
        std::size_t bundles = 0;
        std::error_code none;
        for (const auto& file : std::filesystem::directory_iterator(keys_ / "quarantine" / room, none))
            bundles += file.path().extension() == ".bundle";
        return bundles;
    }

    std::mutex mutex_;
    std::vector<std::string> log_;
    std::unique_ptr<Gateway> gateway_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace sala::office
