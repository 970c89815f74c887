#include "kiosk/counter/broadcast.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sala::kiosk {

Broadcast::Broadcast(QueueDesk& desk, Render render)
    : desk_(desk), render_(std::move(render)), thread_([this] { run(); }) {
    desk_.listen([this](const HallShared&) {
        {
            const std::lock_guard lock(mutex_);
            is_new_ = true;
        }
        changed_.notify_one();
    });
}

Broadcast::~Broadcast() {
    desk_.listen(nullptr);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
    for (const Page& page : pages_) page.stream->end();
}

std::shared_ptr<http::Stream> Broadcast::open(const std::string& counter, const std::string& peer) {
    const std::lock_guard lock(pages_mutex_);
    if (!make_room(counter, peer)) return nullptr;
    const auto stream = std::make_shared<http::Stream>();
    const HallShared hall = desk_.hall();
    stream->push("retry: 2000\n\n" + event(render_(counter, *hall)));
    pages_.push_back({counter, peer, stream, false});
    return stream;
}

// Whether one more may come; REQUIRES: the lock of the pages.
bool Broadcast::make_room(const std::string& counter, const std::string& peer) {
    std::erase_if(pages_, [](const Page& page) { return page.stream->over(); });
    std::map<std::string_view, std::size_t> crowds;
    std::size_t all = 0;
    for (const Page& page : pages_) {
        if (page.counter != counter) continue;
        ++crowds[page.peer];
        ++all;
    }
    if (all < (counter.empty() ? kBoardsMax : kPerCounterMax)) return true;
    const auto most = std::ranges::max_element(crowds, {}, [](const auto& crowd) { return crowd.second; });
    if (counter.empty() && most->second < crowds[peer] + 2) return false;
    const auto oldest = std::ranges::find_if(pages_, [&](const Page& page) {
        return page.counter == counter && (!counter.empty() || page.peer == most->first);
    });
    oldest->stream->end();
    pages_.erase(oldest);
    return true;
}

void Broadcast::run() {
    std::unique_lock lock(mutex_);
    bool some_are_late = false;
    while (!stopping_) {
        if (!some_are_late)
            changed_.wait_for(lock, std::chrono::milliseconds(kBeatMs),
                              [this] { return is_new_ || stopping_; });
        if (stopping_) return;
        const bool is_new = std::exchange(is_new_, false);
        lock.unlock();
        if (is_new || some_are_late) {
            some_are_late = publish(is_new);
        } else {
            beat();
        }
        lock.lock();
        changed_.wait_for(lock, std::chrono::milliseconds(kPaceMs), [this] { return stopping_; });
    }
}

// Whether some pages are late.
bool Broadcast::publish(bool is_new) {
    const std::lock_guard lock(pages_mutex_);
    std::erase_if(pages_, [](const Page& page) { return page.stream->over(); });
    const HallShared hall = desk_.hall();
    std::map<std::string, std::string> rendered;
    bool some_are_late = false;
    for (Page& page : pages_) {
        page.late |= is_new;
        if (page.late && page.stream->rests()) {
            std::string& text = rendered[page.counter];
            if (text.empty()) text = event(render_(page.counter, *hall));
            page.stream->push(text);
            page.late = false;
        }
        some_are_late |= page.late;
    }
    return some_are_late;
}

void Broadcast::beat() {
    const std::lock_guard lock(pages_mutex_);
    for (const Page& page : pages_) {
        if (page.stream->rests()) page.stream->push("event: beat\ndata: -\n\n");
    }
}

// Server-sent events (WHATWG HTML, 9.2): JSON of ours holds no line break.
std::string Broadcast::event(std::string_view json) {
    std::string text = "data: ";
    text += json;
    text += "\n\n";
    return text;
}

}  // namespace sala::kiosk
