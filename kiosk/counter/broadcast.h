// The open pages: each is told of every change of the hall at once, and that nothing changed now and then.
//
// A change only notes the hall that is newest and wakes the thread here, so the store waits for nobody,
// and of changes that follow closely pages get the last; so does a page that has not taken yet what it got
// before. Each event is the whole state. Limits: kBoardsMax
// boards, of which the address with the most gives one up when they are all taken (as http::Deadlines
// does); kPerCounterMax pages a counter, whose oldest ends for one more.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "kiosk/counter/queue_desk.h"
#include "platform/http/stream.h"

namespace sala::kiosk {

class Broadcast {
  public:
    static constexpr std::size_t kBoardsMax = 40;
    static constexpr std::size_t kPerCounterMax = 3;
    static constexpr int kPaceMs = 25;     // from one event to the next: no eye tells them apart
    static constexpr int kBeatMs = 5'000;  // pages call themselves stale after twelve seconds

    // The JSON of the hall for a counter, or for the boards where that is empty. Called on the thread here
    // and on those that open pages, one at a time.
    using Render = std::function<std::string(const std::string& counter, const queue::Hall& hall)>;

    // Listens to the desk until the end. `desk` must outlive this.
    Broadcast(QueueDesk& desk, Render render);
    Broadcast(const Broadcast&) = delete;
    Broadcast& operator=(const Broadcast&) = delete;
    ~Broadcast();

    // A stream that has the hall as it stands; null where there is no place. `counter` empty: a board. Any
    // thread.
    std::shared_ptr<http::Stream> open(const std::string& counter, const std::string& peer);

  private:
    struct Page {
        std::string counter, peer;
        std::shared_ptr<http::Stream> stream;
        bool late = false;  // there is something newer than what it got last
    };
    using Pages = std::list<Page>;

    void run();
    bool publish(bool is_new);
    void beat();
    bool make_room(const std::string& counter, const std::string& peer);
    static std::string event(std::string_view json);

    QueueDesk& desk_;
    const Render render_;

    std::mutex pages_mutex_;  // also: what a page gets first is not older than what it gets next
    Pages pages_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_new_ = false, stopping_ = false;
    std::thread thread_;
};

}  // namespace sala::kiosk
