// `sala-office serve --forward`: passes what the office has taken in upward, to the province's own
// `sala-office serve`: the same evidence bytes, without what is sealed to the office.
//
// Nothing is queued: a worker walks what the database holds, device by device, from what the province has, so
// a province that was away, or has lost its database, gets everything. Its cosigned note is kept as
// NOTES/CODE.note, which an auditor passes to `audit --witness`. The trap: a note is never replaced by one of
// fewer lines, for it may be the only proof that lines were there.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "sync/courier/courier.h"
#include "sync/courier/schedule.h"
#include "sync/office/report_db.h"

namespace sala::office {

struct ForwardSettings {
    std::string db;               // URL of the report database
    std::filesystem::path notes;  // folder of the province's notes; made where there is none
    courier::Road province;
    std::string office;                           // domain: each office begins at a second of its own
    std::uint64_t seed = 0;                       // of the dice, different from start to start
    std::function<std::int64_t()> now_ms;         // monotonic; any thread
    std::function<void(const std::string&)> log;  // one line without LF; any thread; must not throw
};

class Forwarder {
  public:
    // Looks at once, and then whenever it is nudged and every quarter of an hour.
    explicit Forwarder(ForwardSettings settings);

    // Stops what is under way; within about a second.
    ~Forwarder();
    Forwarder(const Forwarder&) = delete;
    Forwarder& operator=(const Forwarder&) = delete;

    // Any thread, and never waits. Something was taken in, or the clock was changed under us.
    void nudge();

  private:
    // Of one device, in memory: the database and the notes have what must last.
    struct Standing {
        std::optional<std::uint64_t> at;  // up to where the province has it; nothing: not known yet
        std::string refused;              // code with which the province refused the next bundle
        std::int64_t refused_until_ms = 0;
    };
    // Why a round ended early.
    struct Failed {
        Error error;
        std::int64_t wait_ms = 0;
    };
    void work();
    void settle(const std::optional<Failed>& failed);
    std::optional<Failed> forward_all();
    std::optional<Failed> forward_device(ReportDb& database, const OfficeRow& office,
                                         const DeviceRow& device);
    Result<void> keep_note(const ledger::Bundle& bundle, const courier::Delivered& delivered, Standing& at);
    std::uint64_t noted_size(const std::string& device) const;

    const ForwardSettings settings_;
    std::map<std::string, Standing> standings_;  // of the worker only, as is the next
    std::string begin_after_;                    // device at which the last round failed
    std::string last_failure_;                   // code, told once
    std::mutex mutex_;                           // of what follows
    std::condition_variable changed_;
    courier::Schedule schedule_;
    std::uint64_t nudges_ = 0;
    std::int64_t next_look_ms_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;  // last: it uses the rest
};

}  // namespace sala::office
