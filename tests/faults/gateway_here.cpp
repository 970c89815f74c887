#include "tests/faults/gateway_here.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <thread>

#include "kiosk/app/sending.h"
#include "sync/office/administration.h"
#include "sync/office/gateway_identity.h"

namespace sala::faults {
namespace {

constexpr std::uint64_t kNow_s = 1'800'007'200;
constexpr int kTriesMax = 3000;
constexpr auto kPause = std::chrono::milliseconds(10);

// Listens, says where, and lives on.
[[noreturn]] void be_gateway(const std::string& url, const std::filesystem::path& keys,
                             const std::filesystem::path& watched, const Plan& plan, std::uint16_t port,
                             int out) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    watch(watched, plan);
    const auto gateway = GatewayHere::start(url, keys, port);
    if (!gateway) ::_exit(3);
    const std::string said = fmt::format("{} {}\n", (*gateway)->port(), (*gateway)->road().pin);
    if (::write(out, said.data(), said.size()) != static_cast<ssize_t>(said.size())) ::_exit(1);
    ::close(out);
    for (;;) ::pause();
}

}  // namespace

Result<std::unique_ptr<GatewayHere>> GatewayHere::start(const std::string& url,
                                                        const std::filesystem::path& keys,
                                                        std::uint16_t port) {
    Result<office::ReportDb> database = office::ReportDb::open(url, office::Access::kRead);
    if (!database) return database.error();
    const Result<office::OfficeRow> row = database->office();
    if (!row) return row.error();
    Result<office::OfficeKey> key = office::keys_of(*row, keys);
    if (!key) return key.error();
    auto here = std::make_unique<GatewayHere>();
    here->gateway_ = std::make_unique<office::Gateway>(office::GatewaySettings{
        .db = url,
        .key = *std::move(key),
        .quarantine = keys / "quarantine",
        .now_s = [] { return kNow_s; },
        .log =
            [here = here.get()](const std::string& line) {
                const std::lock_guard lock(here->mutex_);
                here->line_ = line;
            },
    });
    const Result<http::Identity> identity = office::gateway_identity(keys);
    if (!identity) return identity.error();
    http::ServerSettings limits = office::gateway_limits();
    limits.identity = *identity;
    limits.port = port;
    auto started = http::Server::start(
        std::move(limits),
        [gateway = here->gateway_.get()](const auto& request) { return gateway->answer(request); });
    if (!started) return started.error();
    here->server_ = *std::move(started);
    here->road_ = {fmt::format("https://127.0.0.1:{}", here->port()),
                   *http::pin_of(identity->certificate_pem)};
    return here;
}

std::string GatewayHere::last_line() {
    const std::lock_guard lock(mutex_);
    return line_;
}

GatewayProcess::GatewayProcess(const std::string& url, const std::filesystem::path& keys,
                               const std::filesystem::path& watched, const Plan& plan, std::uint16_t port) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    process_ = ::fork();
    if (process_ == 0) {
        ::close(ends[0]);
        be_gateway(url, keys, watched, plan, port, ends[1]);
    }
    ::close(ends[1]);
    std::string said;
    char some[256];
    for (ssize_t got = 0; (got = ::read(ends[0], some, sizeof some)) > 0;)
        said.append(some, static_cast<std::size_t>(got));
    ::close(ends[0]);
    const std::size_t space = said.find(' ');
    if (space == std::string::npos) return;
    std::from_chars(said.data(), said.data() + space, port_);
    road_ = {fmt::format("https://127.0.0.1:{}", port_), said.substr(space + 1, said.size() - space - 2)};
}

bool GatewayProcess::is_dead(bool expected) {
    for (int i = 0; !dead_ && i < kTriesMax; ++i) {
        dead_ = ::waitpid(process_, nullptr, WNOHANG) == process_;
        if (!expected) break;
        if (!dead_) std::this_thread::sleep_for(kPause);
    }
    return dead_;
}

GatewayProcess::~GatewayProcess() {
    if (dead_) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

Player::Send over_https() {
    return [](kiosk::Store& store) -> Result<std::uint64_t> {
        const kiosk::SendOutcome outcome =
            kiosk::send_lines(kiosk::directly_on(store), [](int) { return true; });
        if (const auto* not_sent = std::get_if<kiosk::NotSent>(&outcome)) {
            EXPECT_TRUE(not_sent->again) << "the kiosk would give up: " << not_sent->error.line();
            return not_sent->error;
        }
        return std::get<kiosk::Sent>(outcome).cosigned_size;
    };
}

}  // namespace sala::faults
