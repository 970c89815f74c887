// Debian's own cupsd, as a private instance: its files in a temporary folder, its door a socket in there.
//
// Run by root it becomes `nobody` for its backends, so the folder can be entered by everybody; it holds
// nothing but tickets of the tests.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace sala {

class CupsServer {
  public:
    // One queue, TICKET, whose printer is at `printer` ("127.0.0.1:40123"). `lines` go into its entry as
    // printers.conf has them: "State Stopped", "Reason media-empty-error". A failed test where it does not
    // start.
    explicit CupsServer(const std::string& printer, const std::vector<std::string>& lines = {});
    ~CupsServer();
    CupsServer(const CupsServer&) = delete;

    std::string socket() const { return (folder_ / "socket").string(); }
    // What it has logged, for a test that fails.
    std::string log() const;

  private:
    void write_files(const std::string& printer, const std::vector<std::string>& lines) const;

    std::filesystem::path folder_;
    pid_t process_ = -1;
};

}  // namespace sala
