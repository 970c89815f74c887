// The power goes at every sync and after every answer; what was not synced is gone, there, or torn.
#include <fmt/format.h>

#include <cerrno>

#include "tests/faults/disk_model.h"
#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

// Plays the whole script and writes down what it did; a failed act is done again, as a visitor would.
std::vector<Op> record(const std::filesystem::path& root, const Plan& plan, std::size_t acts) {
    std::vector<Op> trace;
    Player player(root, demo_office());
    watch(root, plan, &trace);
    bool again = false;
    for (std::size_t act = 0; act < acts;) {
        const Result<Ack> ack = player.perform(act);
        if (ack) {
            trace.push_back({Op::kAck, -1, 0, ack->line(), "", ""});
            ++act;
        } else if (std::exchange(again, true)) {
            ADD_FAILURE() << "refused twice: " << ack.error().line();
            break;
        }
    }
    player.shut();
    unwatch();
    return trace;
}

// Leaves `disk` as the cut does, starts the machine again and judges.
bool cut(const Playground& playground, const Disk& disk, const std::vector<Ack>& acks, std::size_t acts,
         const Loss& loss, unsigned seed, const std::string& where) {
    const auto root = playground.fresh();
    disk.leave(root, loss, seed);
    Player player(root, demo_office(), acks.size(), 1);
    const auto in_flight = acks.size() < acts ? std::optional(acks.size()) : std::nullopt;
    std::vector<std::string> problems = judge(player, acks, in_flight);
    if (problems.empty()) problems = finish(player, acks, acts);
    return report(fmt::format("{}, {} (seed {})", where, loss.name, seed), problems);
}

TEST(PowerFaults, AtEverySyncAndAfterEveryAnswer) {
    const Playground playground;
    const std::size_t acts = acts_of(2);
    const std::vector<Op> trace = record(playground.fresh(), {}, acts);
    Disk disk;
    std::vector<Ack> acks;
    int looks = 0, cuts = 0, images = 0;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Op& op = trace[i];
        const bool sync = op.kind == Op::kSync || op.kind == Op::kSyncFolder;
        if (op.kind == Op::kAck) acks.push_back(*Ack::parse(op.bytes));
        // A log that was cut and filled again: the old one must not shine through.
        const bool refilled =
            sync && i >= 2 && trace[i - 1].kind == Op::kWrite &&
            (trace[i - 2].kind == Op::kTruncate ||
             (trace[i - 2].kind == Op::kSync && i >= 3 && trace[i - 3].kind == Op::kTruncate));
        const bool look = (sync || op.kind == Op::kAck) && (thorough() || refilled || looks++ % 2 == 0);
        if (look) {
            ++cuts;
            const std::string where =
                fmt::format("power cut before {} of {} calls, in act {} ({} {})", i, trace.size(),
                            acks.size(), name_of(act_at(acks.size()).kind), op.path);
            for (const Loss& loss : kLosses) {
                const bool random = loss.names == Kept::kSome;
                for (unsigned seed = 1; seed <= (random && (thorough() || refilled) ? 8 : 1); ++seed) {
                    ++images;
                    if (!cut(playground, disk, acks, acts, loss, seed + static_cast<unsigned>(i), where))
                        return;
                }
            }
        }
        disk.apply(op);
    }
    fmt::print("{} cuts, {} images\n", cuts, images);
    EXPECT_GT(cuts, thorough() ? 150 : 75);
}

// A sync that failed has lost what it should have written, and no later sync says so.
TEST(PowerFaults, AfterAFailedSyncWhatIsAcknowledgedIsOnTheDisk) {
    const Playground playground;
    const std::size_t acts = acts_of(2);
    int failed = 0, images = 0;
    for (long n = 1;; n += thorough() ? 1 : 2) {
        std::vector<Op> trace = record(playground.fresh(), {Fault::kFailSync, n, EIO}, acts);
        if (!struck()) break;
        ++failed;
        Disk disk(n % 4 < 2 ? Kept::kNone : Kept::kTorn);
        std::vector<Ack> acks;
        int since = -1;
        for (std::size_t i = 0; i < trace.size(); ++i) {
            disk.apply(trace[i]);
            if (trace[i].kind == Op::kSyncLost) since = 0;
            if (trace[i].kind != Op::kAck) continue;
            acks.push_back(*Ack::parse(trace[i].bytes));
            const bool look = since >= 0 && (++since <= 2 || acks.size() == acts || thorough());
            if (!look) continue;
            ++images;
            const std::string where =
                fmt::format("sync {} failed ({}), power cut after act {}", n, struck_call(), acks.size() - 1);
            if (!cut(playground, disk, acks, acts, kLosses[0], 1, where)) return;
        }
    }
    fmt::print("{} failed syncs, {} images\n", failed, images);
    EXPECT_GT(failed, 50);
}

}  // namespace
}  // namespace sala::faults
