// store_driver storm ROOT ACKS [BREAK_AT]: judges what is left below ROOT by the acknowledgements in the file
// ACKS, then goes on with the next act and the next, without end, one line each.
//
// BREAK_AT: before that act the file system on /dev/vda is told that it is broken (ext4 mounts itself
// read-only).
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/faults/script.h"

namespace {

using namespace sala;
using namespace sala::faults;

void say(const std::string& line) {
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

// Lines up to the first byte 0: the file may be a device.
std::vector<Ack> read_acks(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<Ack> acks;
    for (std::string line; std::getline(file, line) && !line.empty() && line[0] != '\0';) {
        if (const auto ack = Ack::parse(line)) acks.push_back(*ack);
    }
    return acks;
}

[[noreturn]] void wait_for_the_end() {
    for (;;) ::pause();
}

void break_file_system() {
    std::ofstream trigger("/sys/fs/ext4/vda/trigger_fs_error");
    trigger << "1";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4 || std::string_view(argv[1]) != "storm") {
        std::fputs("usage: store_driver storm ROOT ACKS [BREAK_AT]\n", stderr);
        return 2;
    }
    const std::vector<Ack> acks = read_acks(argv[3]);
    std::size_t break_at = ~std::size_t{0};
    if (argc > 4) {
        const std::string_view text = argv[4];
        std::from_chars(text.data(), text.data() + text.size(), break_at);
    }
    Player player(argv[2], demo_office(), acks.size(), acks.empty() ? 0 : 1);
    const std::vector<std::string> problems = judge(player, acks, acks.size());
    for (const std::string& problem : problems) say("problem " + problem);
    say(fmt::format("verdict {} after {}", problems.empty() ? "good" : "bad", acks.size()));
    for (std::size_t act = acks.size();; ++act) {
        if (act == break_at) break_file_system();
        const Result<Ack> ack = player.perform(act);
        if (!ack) {
            say("refused " + ack.error().line());
            wait_for_the_end();
        }
        std::fputs(ack->line().c_str(), stdout);
        std::fflush(stdout);
    }
}
