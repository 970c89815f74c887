// A witness behind a real port of this machine, that can be away and come back.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>

#include "platform/base/files.h"
#include "sync/office/gateway_identity.h"
#include "sync/office/serve_witness.h"
#include "sync/record/office.h"

namespace sala::office {

inline constexpr std::uint64_t kWitnessNow_s = 1'800'007'200;

class WitnessServer {
  public:
    WitnessServer(const std::filesystem::path& folder, const std::string& name)
        : folder_(folder), name_(name) {
        EXPECT_EQ(::mkdir(folder.c_str(), 0700), 0);
        start();
    }

    // From now on it knows that log too.
    void vouch_for(const ledger::VerifierKey& log) {
        stop();
        logs_ += log.text() + "\n";
        EXPECT_TRUE(write_file_durably(folder_ / "logs", logs_, 0600));
        start();
    }

    // Always on the same port.
    void start() {
        auto opened = witness::Witness::open(folder_, name_);
        ASSERT_TRUE(opened) << opened.error().line();
        witness_ = *std::move(opened);
        http::ServerSettings limits = witness_limits();
        limits.identity = *gateway_identity(folder_);
        limits.port = port_;
        auto started = http::Server::start(std::move(limits), [this](const http::Request& request) {
            ++requests_;
            return answer_witness(*witness_, request, kWitnessNow_s);
        });
        ASSERT_TRUE(started) << started.error().line();
        server_ = *std::move(started);
        port_ = server_->port();
    }
    void stop() {
        server_.reset();
        witness_.reset();
    }

    record::WitnessRoad road(std::uint16_t port) const {
        return {fmt::format("https://127.0.0.1:{}", port),
                *http::pin_of(gateway_identity(folder_)->certificate_pem), key().text()};
    }
    record::WitnessRoad road() const { return road(port_); }
    std::uint16_t port() const { return port_; }
    ledger::VerifierKey key() const {
        const auto text = read_file(folder_ / "witness.vkey", 1024);
        return *ledger::parse_verifier_key(text->substr(0, text->find('\n')));
    }
    int requests() const { return requests_; }
    // The note as it hands it out; empty: none.
    std::string held(const std::string& origin) {
        witness::Answer answer = witness_->held(origin);
        return answer.status == 200 ? answer.body : "";
    }

  private:
    std::filesystem::path folder_;
    std::string name_, logs_;
    std::uint16_t port_ = 0;
    std::atomic<int> requests_ = 0;
    std::unique_ptr<witness::Witness> witness_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace sala::office
