#include "tests/fakes/cups_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "platform/base/descriptor.h"

namespace sala {
namespace {

constexpr int kLooksMax = 3'000;  // half a minute
constexpr const char* kCupsd = "/usr/sbin/cupsd";

void write(const std::filesystem::path& path, const std::string& text, unsigned mode) {
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
}

// A socket's file is there before anybody listens behind it.
bool takes_calls(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return false;
    path.copy(address.sun_path, path.size());
    const Descriptor call(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return ::connect(call.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

void CupsServer::write_files(const std::string& printer, const std::vector<std::string>& lines) const {
    namespace fs = std::filesystem;
    for (const char* name : {"", "bin", "bin/backend", "spool", "spool/tmp", "cache", "state"}) {
        fs::create_directories(folder_ / name);
        ::chmod((folder_ / name).c_str(), 0755);
    }
    fs::copy_file(fs::path(SALA_SOURCE_DIR) / "tests/fakes/cups_backend", folder_ / "bin/backend/double");
    ::chmod((folder_ / "bin/backend/double").c_str(), 0755);
    fs::create_directory_symlink("/usr/lib/cups/daemon", folder_ / "bin/daemon");
    write(folder_ / "cupsd.conf",
          fmt::format("Listen {}\nBrowsing No\nWebInterface No\nLogLevel debug\nPreserveJobHistory Yes\n"
                      "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
                      "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n",
                      socket()),
          0644);
    std::string files = fmt::format(
        "ServerRoot {0}\nServerBin {0}/bin\nRequestRoot {0}/spool\nTempDir {0}/spool/tmp\nCacheDir "
        "{0}/cache\n"
        "StateDir {0}/state\nErrorLog {0}/log\nAccessLog {0}/access\nPageLog {0}/pages\nSandboxing relaxed\n",
        folder_.string());
    if (::geteuid() == 0) files += "User nobody\nGroup nogroup\n";
    write(folder_ / "cups-files.conf", files, 0644);
    std::string queue =
        "<Printer TICKET>\nUUID urn:uuid:11111111-2222-3333-4444-555555555555\nDeviceURI double://" +
        printer + "\nAccepting Yes\nShared No\nErrorPolicy abort-job\nOpPolicy default\n";
    for (const std::string& line : lines) queue += line + "\n";
    write(folder_ / "printers.conf", queue + "</Printer>\n", 0600);
}

CupsServer::CupsServer(const std::string& printer, const std::vector<std::string>& lines) {
    std::string name = (std::filesystem::temp_directory_path() / "sala-cups-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        ADD_FAILURE() << name;
        return;
    }
    folder_ = name;
    write_files(printer, lines);
    const std::string config = (folder_ / "cupsd.conf").string(),
                      files = (folder_ / "cups-files.conf").string();
    std::array<const char*, 7> words = {kCupsd, "-f", "-c", config.c_str(), "-s", files.c_str(), nullptr};
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // a test that is killed leaves no server behind
        ::execv(kCupsd, const_cast<char* const*>(words.data()));
        ::_exit(127);
    }
    for (int looks = 0; looks < kLooksMax && process_ > 0; ++looks) {
        if (takes_calls(socket())) return;
        if (::waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << kCupsd << " did not start\n" << log();
}

CupsServer::~CupsServer() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::string CupsServer::log() const {
    std::ostringstream text;
    text << std::ifstream(folder_ / "log").rdbuf();
    return text.str();
}

}  // namespace sala
