// kill -9 at every step of sending over HTTPS: of the kiosk before each call that changes its disk, and of
// the office's gateway before each of its own; and each of the gateway's calls fails once.
#include <fmt/format.h>

#include "tests/faults/gateway_here.h"
#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

constexpr std::size_t kSetUpActs = 3;  // until the kiosk is enrolled
constexpr int kDays = 2;
constexpr long kFailingCalls = 250;  // of a start and two sends

// A kiosk and an office over HTTPS. The office stays where it is whoever dies.
class OnTheRoad {
  public:
    explicit OnTheRoad(const Playground& playground)
        : root_(playground.fresh()), office_(demo_office()), player_(root_, office_) {
        player_.send_to(player_.office_db(), over_https());
        for (std::size_t act = 0; act < kSetUpActs; ++act) {
            Result<Ack> ack = player_.perform(act);
            EXPECT_TRUE(ack) << ack.error().line();
            if (ack) acks.push_back(*std::move(ack));
        }
        player_.shut();
    }

    // False: it died before it listened.
    bool start_gateway(const Plan& plan) {
        gateway_.reset();
        gateway_.emplace(player_.office_db(), player_.keys(), root_, plan, port_);
        if (!gateway_->road()) return false;
        port_ = gateway_->port();
        office_.sync = gateway_->road();
        return true;
    }

    Player& player() { return player_; }
    GatewayProcess& gateway() { return *gateway_; }

    // The rest of the script in a process that is killed at this step of the send of `day`.
    bool killed_while_sending(const Plan& plan, int day) {
        const std::size_t send = acts_of(day + 1) - 2;
        const Run run = in_child([&](const Say& say) {
            Player player(root_, office_, kSetUpActs);
            player.send_to(player_.office_db(), over_https());
            watch(player.data(), {});
            for (std::size_t act = kSetUpActs; act < acts_of(kDays); ++act) {
                if (act == send) replan(plan);
                const Result<Ack> ack = player.perform(act);
                if (act == send) replan({});
                if (!ack) {
                    std::fputs((ack.error().line() + "\n").c_str(), stderr);
                    return 3;
                }
                say(*ack);
            }
            return 0;
        });
        acks.insert(acks.end(), run.acks.begin(), run.acks.end());
        return run.killed;
    }

    std::vector<Ack> acks;

  private:
    std::filesystem::path root_;
    record::Office office_;
    Player player_;
    std::uint16_t port_ = 0;
    std::optional<GatewayProcess> gateway_;
};

void kill_the_kiosk(Fault fault) {
    const Playground playground;
    long cases = 0;
    for (int day = 0; day < kDays; ++day) {
        for (long n = 1;; ++n, ++cases) {
            OnTheRoad road(playground);
            ASSERT_TRUE(road.start_gateway({}));
            const bool killed = road.killed_while_sending({fault, n, 0}, day);
            Player& player = road.player();
            std::vector<std::string> problems = judge(player, road.acks, road.acks.size());
            if (problems.empty()) problems = finish(player, road.acks, acts_of(kDays));
            if (!report(fmt::format("day {}, killed at step {}", day, n), problems)) return;
            if (!killed) {
                EXPECT_EQ(road.acks.size(), acts_of(kDays));
                EXPECT_GT(n, 5) << "a send without steps proves nothing";
                break;
            }
        }
    }
    fmt::print("{} steps of sending\n", cases);
}

TEST(SendFaults, TheKioskIsKilledAtEveryStepOfSending) { kill_the_kiosk(Fault::kKill); }

TEST(SendFaults, TheKioskIsKilledInTheMiddleOfEveryWriteOfSending) { kill_the_kiosk(Fault::kTornKill); }

// The kiosk goes on; where the office died, or says that it cannot, it keeps everything and sends again.
// Whether the fault was met.
bool office_fails(const Plan& plan, const Playground& playground, std::vector<std::string>& problems) {
    OnTheRoad road(playground);
    bool met = !road.start_gateway(plan);
    EXPECT_TRUE(!met || road.start_gateway({}));
    Player& player = road.player();
    while (road.acks.size() < acts_of(kDays)) {
        const std::size_t act = road.acks.size();
        const Result<Ack> ack = player.perform(act);
        if (ack) {
            road.acks.push_back(*ack);
            continue;
        }
        if (met) return problems.push_back("refused without a fault: " + ack.error().line()), true;
        met = true;
        if (const std::string flaw = dishonest(ack.error()); !flaw.empty()) problems.push_back(flaw);
        for (std::string& problem : judge(player, road.acks, act)) problems.push_back(std::move(problem));
        if (!problems.empty()) return true;
        player.shut();
        const bool kill = plan.fault != Fault::kFailOnce;
        if (road.gateway().is_dead(kill) != kill) problems.push_back("the gateway is not as it should be");
        EXPECT_TRUE(!kill || road.start_gateway({}));
    }
    if (problems.empty()) problems = finish(player, road.acks, acts_of(kDays));
    return met;
}

void kill_the_office(Fault fault, long step) {
    const Playground playground;
    long n = 1;
    for (;; n += thorough() ? 1 : step) {
        std::vector<std::string> problems;
        const bool killed = office_fails({fault, n, 0}, playground, problems);
        if (!report(fmt::format("the office killed at step {}", n), problems)) return;
        if (!killed) break;
    }
    fmt::print("{} steps of taking in\n", n - 1);
    EXPECT_GT(n, 30) << "a gateway without steps proves nothing";
}

TEST(SendFaults, TheOfficeIsKilledAtEveryStepOfTakingIn) { kill_the_office(Fault::kKill, 3); }

TEST(SendFaults, TheOfficeIsKilledInTheMiddleOfEveryWrite) { kill_the_office(Fault::kTornKill, 5); }

TEST(SendFaults, ACallOfTheOfficeFailsAndTheKioskSendsAgain) {
    const Playground playground;
    int told = 0;
    for (long n = 1; n <= kFailingCalls; n += thorough() ? 1 : 9) {
        std::vector<std::string> problems;
        told += office_fails({Fault::kFailOnce, n, EIO}, playground, problems);
        if (!report(fmt::format("call {} of the office fails", n), problems)) return;
    }
    fmt::print("{} calls, the kiosk was told of {}\n", kFailingCalls, told);
    EXPECT_GT(told, 3) << "no call that the gateway needs";
}

}  // namespace
}  // namespace sala::faults
