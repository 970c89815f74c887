// kill -9 at every step of store, close, export and import: before each call that changes the disk, and in
// the middle of each that writes.
#include <fmt/format.h>

#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

// The short version takes each `step`-th.
void kill_at_every_step(Fault fault, long step) {
    const Playground playground;
    const std::size_t acts = acts_of(2);
    long n = 1;
    for (;; n += thorough() ? 1 : step) {
        const auto root = playground.fresh();
        const Run run = play_in_child(root, {fault, n, 0}, acts);
        if (!run.killed) {
            EXPECT_EQ(run.acks.size(), acts);
            break;
        }
        Player player(root, demo_office(), run.acks.size());
        const std::string which = fmt::format("killed at step {}, in act {} ({})", n, run.acks.size(),
                                              name_of(act_at(run.acks.size()).kind));
        std::vector<std::string> problems = judge(player, run.acks, run.acks.size());
        if (problems.empty()) problems = finish(player, run.acks, acts);
        if (!report(which, problems)) return;
    }
    fmt::print("{} steps, {} acts\n", n - 1, acts);
    EXPECT_GT(n, 300) << "a script without steps proves nothing";
}

TEST(KillFaults, BeforeEveryStepNothingAcknowledgedIsLostAndNothingCountsTwice) {
    kill_at_every_step(Fault::kKill, 5);
}

TEST(KillFaults, InTheMiddleOfEveryWriteToo) { kill_at_every_step(Fault::kTornKill, 9); }

}  // namespace
}  // namespace sala::faults
