// The store's own thread: no frame ever waits for the disk.
//
// Jobs run in the order in which they were given; what they did comes back as an event. What visitors and
// counters do while others wait for the disk shares one commit with its neighbours, and is answered after it:
// the more there are, the more go into one. The store also keeps its own time here: `alive`, the close after
// hours, and the look whether a broken disk has recovered.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "kiosk/app/courier_thread.h"
#include "kiosk/app/officer_desk.h"
#include "kiosk/app/witness_thread.h"
#include "kiosk/counter/queue_desk.h"
#include "kiosk/flow/state.h"
#include "kiosk/store/store.h"

namespace sala::kiosk {

inline constexpr std::size_t kJobsMax = 64;

class StoreThread final : public QueueDesk {
  public:
    // `post` is called for each event, on this thread, the officer desk's worker or the courier's. `clock` is
    // the courier's and the witnesses'; null: it sends only when it is asked, and no witness is.
    StoreThread(Store store, std::function<void(Event)> post, DeskSettings desk = {},
                const Clock* clock = nullptr);

    // Stops what desk and courier have under way, then finishes the jobs already given.
    ~StoreThread() override;
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    // Any thread. Every effect is answered by an event; a job too many by its failure (STORE-BUSY).
    void perform(const Effect& effect);

    // Any thread but this one: runs `job` here and waits until it is done. False: a job too many, or the end.
    bool run(const std::function<void(Store&)>& job);

    // Any thread but this one: one act of the store, which may share its commit with its neighbours; waits
    // until it is on disk. It must bear being done again, as nothing of it is kept where a neighbour fails.
    // Refuses what the act does, what the commit does, STORE-BUSY.
    Result<void> act(const std::function<Result<void>(Store&)>& deed);

    // The same, as who exports asks for it.
    OnStore on_store() {
        return [this](const std::function<void(Store&)>& job) { return run(job); };
    }

    // Any thread but this one: runs `job` and waits for its answer.
    std::string ask(std::function<std::string(Store&)> job);

    // ---- QueueDesk: what is ordered is in hall() when it is answered ----
    Result<void> order(const QueueOrder& order) override;
    HallShared hall() const override;
    void listen(std::function<void(HallShared)> changed) override;

    // The clock was changed under us: look again now what is due.
    void nudge();

  private:
    struct Job {
        std::function<void(Store&)> run;
        // Of an act: told, after the commit that it shares, whether it was kept. Else the job goes alone.
        std::function<void(const Result<void>& kept)> answer;
    };
    using Jobs = std::vector<Job>;

    bool give(Job job);
    void work();
    Jobs take_jobs();
    void run_together(const Jobs& acts);
    void settle(const Result<void>& done);
    void start_roads(const Clock* clock);
    void look_for_news();
    void run_tick();
    void note_failure(const Error& error);
    void report_working();
    void publish_hall();

    Store store_;
    std::function<void(Event)> post_;
    bool broken_ = false;  // of the worker only
    int open_day_ = 0;     // the same
    std::int64_t alive_ms_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    bool refused_ = false;  // a job was one too many: say so when there is room again
    mutable std::mutex hall_mutex_;
    HallShared hall_;
    std::uint64_t hall_size_ = 0;  // the worker's: the journal's at the last publishing
    std::mutex listener_mutex_;    // held while it is called
    std::function<void(HallShared)> listener_;
    std::thread thread_;
    std::unique_ptr<OfficerDesk> desk_;
    std::mutex roads_mutex_;                    // of the pointers: the worker tells of closes while this ends
    std::unique_ptr<CourierThread> courier_;    // none: office.toml names no road
    std::unique_ptr<WitnessThread> witnesses_;  // none: it names no witness
};

}  // namespace sala::kiosk
