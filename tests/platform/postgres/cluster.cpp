#include "tests/platform/postgres/cluster.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "platform/base/descriptor.h"
#include "platform/postgres/database.h"

namespace sala::postgres {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
constexpr int kTriesMax = 600;
constexpr auto kPause = std::chrono::milliseconds(50);

// The user that the server runs as; nobody: the test's own.
const passwd* server_user() { return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr; }

// Starts a program as the server's user, its words in `log`; it gets SIGINT when this process ends.
pid_t spawn(const std::vector<std::string>& words, const fs::path& log) {
    const passwd* user = server_user();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (user != nullptr && (::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGINT);  // after setuid, which forgets it
    if (::getppid() != parent) ::_exit(126);
    if (std::freopen(log.c_str(), "a", stdout) == nullptr || ::dup2(1, 2) < 0) ::_exit(126);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

bool run(const std::vector<std::string>& words, const fs::path& log) {
    int status = 0;
    const pid_t child = spawn(words, log);
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

int free_port() {
    const Descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(probe.get(), any, size) != 0 || ::getsockname(probe.get(), any, &size) != 0) return 0;
    return ntohs(address.sin_port);
}

}  // namespace

std::unique_ptr<Cluster> Cluster::start(int connections_max) {
    std::unique_ptr<Cluster> cluster(new Cluster);
    cluster->connections_max_ = connections_max;
    if (!cluster->make()) {
        std::fputs("the PostgreSQL cluster of the test did not start; its log:\n", stderr);
        const int shown = std::system(fmt::format("cat '{}'/log >&2", cluster->folder_.string()).c_str());
        if (shown != 0) std::fputs("there is none\n", stderr);
        return {};
    }
    return cluster;
}

Cluster* Cluster::shared() {
    static const std::unique_ptr<Cluster> cluster = start();
    return cluster.get();
}

bool Cluster::make() {
    std::string place = (fs::temp_directory_path() / "sala_postgres.XXXXXX").string();
    if (::mkdtemp(place.data()) == nullptr) return false;
    folder_ = place;
    if (const passwd* user = server_user(); user != nullptr) {
        if (::chown(place.c_str(), user->pw_uid, user->pw_gid) != 0) return false;
        fs::permissions(folder_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    }
    const std::string data = (folder_ / "data").string(), log = (folder_ / "log").string();
    const std::string key = data + "/server.key", certificate = data + "/server.crt";
    port_ = free_port();
    return run({std::string(kPrograms) + "initdb", "-D", data, "-U", "owner", "--auth-local=trust",
                "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"},
               log) &&
           run({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-subj", "/CN=localhost", "-days", "2", "-keyout", key, "-out", certificate},
               log) &&
           start_again();
}

bool Cluster::start_again() {
    const std::string data = (folder_ / "data").string();
    process_ = spawn({std::string(kPrograms) + "postgres", "-D", data, "-k", folder_.string(), "-p",
                      fmt::format("{}", port_), "-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-c",
                      "ssl_min_protocol_version=TLSv1.3", "-c",
                      fmt::format("max_connections={}", connections_max_), "-c", "log_min_messages=fatal"},
                     folder_ / "log");
    for (int i = 0; i < kTriesMax && process_ > 0; ++i) {
        if (open(url())) return true;
        if (::waitpid(process_, nullptr, WNOHANG) != 0) break;
        std::this_thread::sleep_for(kPause);
    }
    return false;
}

void Cluster::kill() {
    // Every process of it: those it has begun are its own children and end with their master.
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

Cluster::~Cluster() {
    if (process_ > 0) kill();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::string Cluster::url(const std::string& database, const std::string& user) const {
    return fmt::format("postgresql://{}@/{}?host={}&port={}", user, database, folder_.string(), port_);
}

std::string Cluster::tls_url(const std::string& user, const std::string& password,
                             const std::string& database) const {
    return fmt::format("postgresql://{}:{}@127.0.0.1:{}/{}?sslmode=require", user, password, port_, database);
}

}  // namespace sala::postgres
