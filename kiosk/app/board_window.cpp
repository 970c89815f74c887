#include "kiosk/app/board_window.h"

namespace sala::kiosk {

BoardFeed::BoardFeed(HallShared hall, std::function<void()> wake)
    : wake_(std::move(wake)), news_{std::move(hall), std::nullopt, false} {
    const auto& calls = news_.hall->calls();
    if (!calls.empty()) news_.called = calls.back();
}

void BoardFeed::change(const std::function<void(News&)>& how) {
    {
        const std::lock_guard lock(mutex_);
        how(news_);
        is_new_ = true;
    }
    wake_();
}

void BoardFeed::set_hall(HallShared hall) {
    change([&](News& news) { news.hall = std::move(hall); });
}

void BoardFeed::set_call(const queue::Call& call, bool announcing) {
    change([&](News& news) {
        news.called = call;
        news.announcing = announcing;
    });
}

std::optional<BoardFeed::News> BoardFeed::take() {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(is_new_, false)) return std::nullopt;
    return news_;
}

BoardWindow::BoardWindow(const record::Office& office, Window& window, const paint::TextEngine& text)
    : office_(office), window_(window), host_(window, text) {}

void BoardWindow::take_in(const BoardFeed::News& news) {
    shown_ = {board_of(office_, *news.hall), news.called, news.announcing};
    // Nobody is called by the number of yesterday.
    if (!news.announcing && (news.hall->day() == 0 || shown_.board.calls.empty())) shown_.called.reset();
    host_.request_frame();
}

void BoardWindow::run(BoardFeed& feed, const record::LocalTime& now) {
    host_.take(window_.wait(0));
    if (const auto news = feed.take()) take_in(*news);
    if (now.minute_of_day != now_.minute_of_day || now.date != now_.date) host_.request_frame();
    now_ = now;
    if (!host_.wants_frame()) return;
    host_.frame({.office = office_, .state = state_, .now = now_, .board = &shown_});
}

}  // namespace sala::kiosk
