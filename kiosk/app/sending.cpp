#include "kiosk/app/sending.h"

#include "kiosk/store/bundle_source.h"
#include "kiosk/store/cosigned_notes.h"
#include "kiosk/store/officer_figures.h"
#include "kiosk/store/on_store.h"
#include "kiosk/store/rotation.h"
#include "platform/base/overload.h"
#include "sync/courier/courier.h"

namespace sala::kiosk {
namespace {

NotSent failed(const Error& error) { return {error, error.code == "STORE-BUSY"}; }

Error in_circles() {
    return {"SEND-GAP", "สำนักงานขอข้อมูลช่วงเดิมซ้ำ โปรดแจ้งผู้ดูแลระบบของสำนักงาน ข้อมูลในตู้ยังอยู่ครบ",
            "the office asks for lines that it was sent; call its administrator, nothing is lost"};
}

Result<courier::Road> road_of(Store& store) {
    const std::optional<record::SyncRoad>& road = store.office().sync;
    if (!road) return no_road();
    return courier::Road{road->url, road->pin};
}

// One send, from the first bundle to the last answer.
class Sending {
  public:
    Sending(const OnStore& on_store, courier::Road road, const SendProgress& progress)
        : on_store_(on_store), road_(std::move(road)), progress_(progress) {}

    SendOutcome run() {
        Result<BundleSource> source = BundleSource::open(on_store_);
        if (!source) return failed(source.error());
        if (source->only_answers()) return Sent{0, source->from()};
        source_.emplace(*std::move(source));
        while (!source_->at_end()) {
            if (std::optional<NotSent> stopped = send_next()) return *std::move(stopped);
        }
        return Sent{source_->to() - source_->from(), cosigned_size_};
    }

  private:
    std::optional<NotSent> send_next() {
        Result<BundlePiece> piece = source_->next();
        if (!piece) return failed(piece.error());
        const std::uint64_t begin = piece->begin, count = piece->end - piece->begin;
        const std::size_t bytes = piece->bytes.size();
        const std::uint64_t from = source_->from(), whole = source_->to() - from;
        const courier::Verdict verdict =
            courier::deliver(road_, std::move(piece->bytes), [&](std::size_t sent) {
                const std::uint64_t done = begin - from + count * std::min(sent, bytes) / bytes;
                return progress_(static_cast<int>(done * 100 / whole));
            });
        return std::visit(
            Overload{
                [&](const courier::Delivered& delivered) { return take(delivered); },
                [&](const courier::Gap& gap) { return go_back(gap, begin); },
                [](const courier::Refused& refused) -> std::optional<NotSent> {
                    return NotSent{refused.error, false};
                },
                [](const courier::NotReceived& not_received) -> std::optional<NotSent> {
                    return NotSent{not_received.error, true, std::int64_t{not_received.wait_s} * 1000};
                },
                [](const courier::Unknown& unknown) -> std::optional<NotSent> {
                    return NotSent{unknown.error, true};
                },
            },
            verdict);
    }

    std::optional<NotSent> take(const courier::Delivered& delivered) {
        const Result<std::uint64_t> taken = take_note(on_store_, delivered.cosigned, delivered.office_key);
        if (!taken) return failed(taken.error());
        cosigned_size_ = *taken;
        return {};
    }

    // The office has less than it cosigned once: its database was lost and brought back.
    std::optional<NotSent> go_back(const courier::Gap& gap, std::uint64_t begin) {
        if (went_back_ || gap.held >= begin) return NotSent{in_circles(), false};
        went_back_ = true;
        Result<BundleSource> source = BundleSource::open_at(on_store_, gap.held);
        if (!source) return failed(source.error());
        source_.emplace(*std::move(source));
        return {};
    }

    OnStore on_store_;
    courier::Road road_;
    const SendProgress& progress_;
    std::optional<BundleSource> source_;
    std::uint64_t cosigned_size_ = 0;
    bool went_back_ = false;
};

}  // namespace

Error no_road() {
    return {"SEND-NO-ROAD", "ไฟล์ตั้งค่าไม่มีส่วน [sync] ตู้นี้ส่งข้อมูลทาง USB โปรดให้ผู้ดูแลระบบเพิ่มก่อนส่งทางเครือข่าย",
            "the configuration has no [sync]: this kiosk sends by USB; let the administrator add one first"};
}

SendOutcome send_lines(const OnStore& on_store, const SendProgress& progress) {
    Result<courier::Road> road = ask_store<courier::Road>(on_store, road_of);
    if (!road) return failed(road.error());
    SendOutcome outcome = Sending(on_store, *road, progress).run();
    if (std::holds_alternative<NotSent>(outcome)) return outcome;
    std::optional<NotSent> stopped;
    const Result<void> ended = each_ended(on_store, [&](Result<Store> store) -> Result<void> {
        if (!store) return store.error();
        const SendOutcome more = Sending(directly_on(*store), *road, progress).run();
        if (const auto* sent = std::get_if<Sent>(&more)) std::get<Sent>(outcome).lines += sent->lines;
        if (const auto* not_sent = std::get_if<NotSent>(&more)) {
            stopped = *not_sent;
            return not_sent->error;
        }
        return {};
    });
    if (stopped) return *stopped;
    if (!ended) return failed(ended.error());
    return outcome;
}

Result<bool> close_is_unsent(Store& store) {
    const Result<std::uint64_t> cosigned = cosigned_size(store.database());
    if (!cosigned) return cosigned.error();
    const Result<std::optional<std::uint64_t>> close = last_close(store.database());
    if (!close) return close.error();
    return *close && **close >= *cosigned;
}

}  // namespace sala::kiosk
