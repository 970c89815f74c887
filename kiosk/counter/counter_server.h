// The page from which counters call tickets, and the board of the waiting room, over HTTPS.
//
// Officers sign in with a counter and its PIN; the board needs nothing, as it shows what the hall sees. An
// order needs the cookie of a session, its token in a header that no other site can make a browser send,
// and an Origin that is the page's own. What is read stands in ways.h. The trap: who installs the
// authority of platform/http/authority.h trusts one address, so the page works under the address of
// office.toml only.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "kiosk/counter/counter_pins.h"
#include "kiosk/counter/queue_desk.h"
#include "platform/clock.h"
#include "platform/http/identity.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// How much is too much; tests that press many buttons at once from one address have limits of their own.
struct CounterLimits {
    int requests_at_once = 120;  // of one address, and then one more every
    std::int64_t request_every_ms = 50;
    int sign_ins_at_once = 10;  // of one address, right or wrong, and then one more every
    std::int64_t sign_in_every_ms = 30'000;
};

struct CounterSetup {
    record::Office office;
    record::ListenAt listen;  // port 0: any free one
    http::Identity identity;
    QueueDesk* desk = nullptr;  // these three must outlive the server
    CounterPins* pins = nullptr;
    const Clock* clock = nullptr;
    std::filesystem::path voice_folder;  // assets/voice/th; a folder that is not there: no recorded voice
    std::filesystem::path font_folder;   // with Loma.ttf and Loma-Bold.ttf; else the browser's own face
    // Called after a service was ended as served, with its place "/division/service" and nothing else. On a
    // thread of the server; must not wait.
    std::function<void(const std::string& place)> on_served;
    CounterLimits limits;
};

class CounterServer {
  public:
    // Takes the desk's one listener. Refuses what http::Server::start() does.
    static Result<std::unique_ptr<CounterServer>> start(CounterSetup setup);

    // Waits for the orders that are under way. Not from on_served.
    ~CounterServer();

    std::uint16_t port() const;

    // Clips of the voice that an installed folder lacks or that cannot be read: for the log. None where
    // there is no folder.
    const std::vector<Error>& voice_problems() const;

    class Machine;
    explicit CounterServer(std::unique_ptr<Machine> machine);

  private:
    std::unique_ptr<Machine> machine_;
};

}  // namespace sala::kiosk
