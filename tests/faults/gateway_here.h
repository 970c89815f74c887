// An office's gateway on a port of this machine, in this process or in one of its own that may be killed.
#pragma once

#include <memory>
#include <mutex>

#include "platform/http/server.h"
#include "sync/office/gateway.h"
#include "tests/faults/script.h"
#include "tests/faults/system_calls.h"

namespace sala::faults {

class GatewayHere {
  public:
    // Of an office that is there. `port` 0: any.
    static Result<std::unique_ptr<GatewayHere>> start(const std::string& url,
                                                      const std::filesystem::path& keys,
                                                      std::uint16_t port = 0);

    record::SyncRoad road() const { return road_; }
    std::uint16_t port() const { return server_->port(); }
    // What it wrote of the last request.
    std::string last_line();

  private:
    std::mutex mutex_;
    std::string line_;
    record::SyncRoad road_;
    std::unique_ptr<office::Gateway> gateway_;
    std::unique_ptr<http::Server> server_;
};

// Killed with this object. One request at a time while a plan is on: system_calls.h knows one thread.
class GatewayProcess {
  public:
    // REQUIRES: this process has one thread, and no store open, as its lock would be inherited.
    GatewayProcess(const std::string& url, const std::filesystem::path& keys,
                   const std::filesystem::path& watched, const Plan& plan, std::uint16_t port = 0);
    GatewayProcess(const GatewayProcess&) = delete;
    ~GatewayProcess();

    // Nothing where it died before it listened.
    const std::optional<record::SyncRoad>& road() const { return road_; }
    std::uint16_t port() const { return port_; }
    // Whether it has been killed; waits for that a while where `expected`.
    bool is_dead(bool expected);

  private:
    int process_ = 0;
    bool dead_ = false;
    std::uint16_t port_ = 0;
    std::optional<record::SyncRoad> road_;
};

// The HTTPS road as the kiosk goes it, to where its office's [sync] says. Whatever fails, the kiosk must mean
// to send again by itself.
Player::Send over_https();

}  // namespace sala::faults
