#include "kiosk/app/store_thread.h"

#include <fmt/format.h>

#include <cstdio>

#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::seconds kTickEvery{20};
constexpr std::chrono::seconds kProbeEvery{5};

ShortHead head_of(const Receipt& receipt) { return {receipt.tree_size, receipt.root_letters}; }

}  // namespace

StoreThread::StoreThread(Store store, std::function<void(Event)> post)
    : store_(std::move(store)), post_(std::move(post)), thread_([this] { work(); }) {}

StoreThread::~StoreThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool StoreThread::give(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= kJobsMax || stopping_) return false;
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
}

void StoreThread::perform(const Effect& effect) {
    // One token an act, so that the act counts once however often it is written.
    const auto token = crypto::random_array<16>();
    const bool given = give([this, effect, token](Store& store) {
        const Result<Event> done =
            std::visit(Overload{
                           [&](const StoreRating& rating) -> Result<Event> {
                               const Result<Receipt> receipt = store.store_rating(token, rating.score);
                               if (!receipt) return receipt.error();
                               return Event(RatingStored{head_of(*receipt)});
                           },
                           [&](const IssueTicket& wanted) -> Result<Event> {
                               const Result<TicketReceipt> ticket =
                                   store.issue_ticket(token, wanted.division, wanted.service);
                               if (!ticket) return ticket.error();
                               return Event(TicketIssued{ticket->number, head_of(ticket->receipt)});
                           },
                           [&](const NoteEitShown&) -> Result<Event> {
                               const Result<void> noted = store.note_eit_shown();
                               if (!noted) return noted.error();
                               return Event(EitShownNoted{});
                           },
                           [&](const auto&) -> Result<Event> {
                               return Error{"OFFICER-NOT-YET", "ยังไม่รองรับ", "not served yet"};
                           },
                       },
                       effect);
        if (!done) {
            note_failure(done.error());
            return post_(std::holds_alternative<NoteEitShown>(effect) ? Event(StoreFailed{done.error()})
                                                                      : Event(SaveFailed{done.error()}));
        }
        report_working();
        post_(*done);
    });
    if (!given) {
        post_(SaveFailed{{"STORE-BUSY", "ระบบกำลังบันทึกรายการก่อนหน้า โปรดลองอีกครั้ง",
                          "the kiosk is still recording what came before; try again"}});
        const std::lock_guard lock(mutex_);
        refused_ = true;
        changed_.notify_one();
    }
}

std::string StoreThread::ask(std::function<std::string(Store&)> job) {
    const auto answer = std::make_shared<std::promise<std::string>>();
    std::future<std::string> future = answer->get_future();
    if (!give([job = std::move(job), answer](Store& store) { answer->set_value(job(store)); })) return {};
    return future.get();
}

void StoreThread::nudge() {
    give([this](Store&) { run_tick(); });
}

void StoreThread::run_tick() {
    // A probe is a line of the journal, so a working store is not probed more often than it lives.
    const Result<void> ticked = broken_ ? store_.probe() : store_.tick();
    if (!ticked) {
        note_failure(ticked.error());
        return post_(StoreFailed{ticked.error()});
    }
    report_working();
}

void StoreThread::note_failure(const Error& error) {
    if (!broken_) fmt::print(stderr, "sala-kiosk: {}\n", error.line());
    broken_ = true;
}

void StoreThread::report_working() {
    if (!broken_) return;
    broken_ = false;
    fmt::print(stderr, "sala-kiosk: the store works again\n");
    post_(StoreRecovered{});
}

void StoreThread::work() {
    auto next_tick = std::chrono::steady_clock::now() + kTickEvery;
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, next_tick, [&] { return stopping_ || refused_ || !jobs_.empty(); });
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
            } else if (stopping_) {
                return;
            } else if (refused_) {
                refused_ = false;
                job = [this](Store&) { post_(StoreRecovered{}); };
            }
        }
        if (job) {
            job(store_);
        } else {
            run_tick();
        }
        // After a job too: the next look is never further away than a broken store's visitor should wait.
        const auto now = std::chrono::steady_clock::now();
        if (!job || broken_) next_tick = now + (broken_ ? kProbeEvery : kTickEvery);
    }
}

}  // namespace sala::kiosk
