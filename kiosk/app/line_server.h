// A Unix socket that answers lines: how a command asks the running kiosk, and how a test looks at its screen.
//
// One thread, one connection at a time, each request one line, each answer one text that ends in LF. The
// socket file has mode 0600. The trap: the handler runs on the server's thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "platform/base/result.h"

namespace sala::kiosk {

inline constexpr std::size_t kRequestBytesMax = 4096;
inline constexpr std::size_t kAnswerBytesMax = std::size_t{1} << 20;

class LineServer {
  public:
    // For answers that take long: true once nobody waits for this one any more.
    using Gone = std::function<bool()>;
    using Handler = std::function<std::string(const std::string& request, const Gone& gone)>;

    // Replaces a socket file that a killed program left behind. Refuses SOCKET-FAILED. The caller holds the
    // lock of the folder, so that no living program is robbed of its socket.
    static Result<std::unique_ptr<LineServer>> start(const std::filesystem::path& path, Handler handler);

    // Stops the thread and removes the file.
    ~LineServer();

  private:
    struct Parts;
    explicit LineServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// Sends one line to a socket and reads the answer to its end. Refuses SOCKET-NOBODY (nobody listens there)
// and SOCKET-FAILED (no answer in time, or a broken one).
Result<std::string> ask_socket(const std::filesystem::path& path, const std::string& request,
                               std::chrono::seconds timeout);

}  // namespace sala::kiosk
