// The counter page of a running kiosk: its PINs in the store, its certificate in the data folder, its server.
//
// `counter.key` and `counter.crt` (0600) are the server's, `counter-authority.crt` is what office PCs install
// once, from a stick (`sala-kiosk counter-certificate`). All three are made anew when office.toml names
// another address; what was installed before is worth nothing then, and the log says so.
#pragma once

#include "kiosk/counter/counter_server.h"
#include "kiosk/flow/state.h"
#include "kiosk/store/on_store.h"

namespace sala::kiosk {

// PINs of counters, kept as the officer's is. A hash is computed on the asking thread, so that no visitor
// waits for it.
class StorePins final : public CounterPins {
  public:
    StorePins(OnStore on_store, const Clock& clock, const std::vector<record::Counter>& counters);

    // One at a time.
    Result<PinVerdict> check(const std::string& counter, const std::string& pin) override;

  private:
    OnStore on_store_;
    std::map<std::string, PinLock> locks_;  // by counter
};

// ServiceFinished of "/division/service".
std::optional<Event> service_finished(const std::string& place);

class CounterPage {
  public:
    // REQUIRES: office.counter_page. All must outlive the page. `post` gets ServiceFinished. Refuses what the
    // server and the files do.
    static Result<std::unique_ptr<CounterPage>> start(const record::Office& office,
                                                      const std::filesystem::path& data, QueueDesk& desk,
                                                      OnStore on_store, const Clock& clock,
                                                      std::function<void(Event)> post);

    std::uint16_t port() const { return server_->port(); }

  private:
    explicit CounterPage(StorePins pins) : pins_(std::move(pins)) {}

    StorePins pins_;
    std::unique_ptr<CounterServer> server_;
};

// Writes the authority's certificate of this kiosk's counter page to `to`, and makes it where there is none
// for this address; the file's path. Refuses COUNTER-PAGE-OFF and what the files do.
Result<std::filesystem::path> write_authority(const record::Office& office, const std::filesystem::path& data,
                                              const std::filesystem::path& to);

}  // namespace sala::kiosk
