#include "tests/faults/runs.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace sala::faults {
namespace {

int play(const std::filesystem::path& root, const Plan& plan, std::size_t acts, const Say& say) {
    Player player(root, demo_office());
    watch(root, plan);
    for (std::size_t act = 0; act < acts; ++act) {
        const Result<Ack> ack = player.perform(act);
        if (!ack) {
            std::fputs((ack.error().line() + "\n").c_str(), stderr);
            return 3;
        }
        say(*ack);
    }
    return 0;
}

}  // namespace

bool thorough() {
    const char* wanted = std::getenv("SALA_FAULTS");
    return wanted != nullptr && std::string_view(wanted) == "long";
}

bool report(const std::string& which, const std::vector<std::string>& problems) {
    static int findings = 0;
    for (const std::string& problem : problems) ADD_FAILURE() << which << ": " << problem;
    findings += problems.empty() ? 0 : 1;
    return findings < kFindingsMax;
}

Run in_child(const std::function<int(const Say&)>& play) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        ::_exit(play([&](const Ack& ack) {
            const std::string line = ack.line();
            if (::write(ends[1], line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(4);
        }));
    }
    ::close(ends[1]);
    std::string said;
    char some[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], some, sizeof some)) > 0;)
        said.append(some, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    Run run;
    run.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    EXPECT_TRUE(run.killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << "status " << status;
    for (std::size_t at = 0; at < said.size();) {
        const std::size_t end = said.find('\n', at);
        if (end == std::string::npos) break;
        if (auto ack = Ack::parse(std::string_view(said).substr(at, end - at))) run.acks.push_back(*ack);
        at = end + 1;
    }
    return run;
}

Run play_in_child(const std::filesystem::path& root, const Plan& plan, std::size_t acts) {
    return in_child([&](const Say& say) { return play(root, plan, acts, say); });
}

}  // namespace sala::faults
