// A PostgreSQL server of the test's own: a private cluster in a new folder, on a Unix socket and on loopback
// TLS, which ends with the test program however that ends.
//
// The server refuses to run as root, so a test that is root runs it as the user `postgres` that the package
// makes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace sala::postgres {

class Cluster {
  public:
    // Null where it did not start; why stands on stderr.
    static std::unique_ptr<Cluster> start(int connections_max = 20);

    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    ~Cluster();

    // One for the whole test program, started at its first use. Null where it did not start.
    static Cluster* shared();

    // Over the socket.
    std::string url(const std::string& database = "postgres", const std::string& user = "owner") const;
    // As anybody, over TLS on loopback.
    std::string tls_url(const std::string& user, const std::string& password,
                        const std::string& database = "postgres") const;
    int port() const { return port_; }

    // Ends it at once, as a power cut would, and lets it start again on the same data.
    void kill();
    bool start_again();

  private:
    Cluster() = default;
    bool make();

    std::filesystem::path folder_;
    int connections_max_ = 0;
    int port_ = 0;
    int process_ = 0;
};

}  // namespace sala::postgres
