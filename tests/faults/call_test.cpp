// Every system call of the store's way fails once, or from one call on until the disk is mended: refusals are
// honest, what was acknowledged stays, and afterwards the same store works again.
#include <fmt/format.h>

#include <cerrno>
#include <map>

#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

struct Outcome {
    bool struck = false;
    std::string call;
    std::string code;  // of the refusal; empty: the visitor noticed nothing
    std::vector<std::string> problems;
};

// The failed act again, once while the fault lasts and once after.
void take_up_again(Player& player, std::size_t act, std::vector<Ack>& acks, Outcome& outcome) {
    Result<Ack> again = player.perform(act);
    if (!again && !dishonest(again.error()).empty()) outcome.problems.push_back(dishonest(again.error()));
    mend();
    if (!again && player.is_open()) {
        if (const auto problems = judge(player, acks, act); !problems.empty()) {
            outcome.problems = problems;
            return;
        }
        if (const Result<void> probed = player.store().probe(); !probed)
            outcome.problems.push_back("the mended store does not work: " + probed.error().line());
    }
    if (!again) again = player.perform(act);
    if (again) {
        acks.push_back(*again);
    } else {
        outcome.problems.push_back("mended, and still refused: " + again.error().line());
    }
}

Outcome play(const std::filesystem::path& root, const Plan& plan, std::size_t acts) {
    Outcome outcome;
    Player player(root, demo_office());
    std::vector<Ack> acks;
    watch(root, plan);
    while (acks.size() < acts && outcome.problems.empty()) {
        const std::size_t act = acks.size();
        const Result<Ack> ack = player.perform(act);
        if (ack) {
            acks.push_back(*ack);
            continue;
        }
        outcome.code = ack.error().code;
        if (!struck()) outcome.problems.push_back("refused without a fault: " + ack.error().line());
        if (!dishonest(ack.error()).empty()) outcome.problems.push_back(dishonest(ack.error()));
        take_up_again(player, act, acks, outcome);
    }
    outcome.struck = struck();
    outcome.call = struck_call();
    unwatch();
    if (outcome.problems.empty()) outcome.problems = finish(player, acks, acts);
    return outcome;
}

void fail_every_call(Fault fault, int error, long step) {
    const Playground playground;
    const std::size_t acts = acts_of(2);
    std::map<std::string, int> codes;
    long n = 1;
    for (;; n += thorough() ? 1 : step) {
        const Outcome outcome = play(playground.fresh(), {fault, n, error}, acts);
        ++codes[outcome.code.empty() ? "not noticed" : outcome.code];
        const std::string which = fmt::format("call {}, {}", n, outcome.call);
        if (!report(which, outcome.problems)) return;
        if (!outcome.struck) break;
    }
    fmt::print("{} calls;", n - 1);
    for (const auto& [code, times] : codes) fmt::print(" {} {}", code, times);
    fmt::print("\n");
    EXPECT_GT(codes.size(), 1u) << "no call was ever refused";
}

TEST(CallFaults, AnyCallFailsOnce) { fail_every_call(Fault::kFailOnce, EIO, 41); }
TEST(CallFaults, TheDiskDiesAndIsMended) { fail_every_call(Fault::kFailFrom, EIO, 43); }
TEST(CallFaults, TheDiskIsFullFromAnyCallOn) { fail_every_call(Fault::kFailFrom, ENOSPC, 7); }
TEST(CallFaults, TheDiskTurnsReadOnlyAtAnyCall) { fail_every_call(Fault::kFailFrom, EROFS, 7); }

}  // namespace
}  // namespace sala::faults
