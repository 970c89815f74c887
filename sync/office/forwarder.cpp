#include "sync/office/forwarder.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/files.h"
#include "platform/base/overload.h"

namespace sala::office {
namespace {

constexpr std::chrono::milliseconds kWakeEvery{5'000};  // also for a clock that was set without a nudge
constexpr std::int64_t kLookEveryMs = 15 * 60'000;      // what `import` took in beside us
constexpr std::int64_t kRefusedAgainMs = 60 * 60'000;   // the province may have enrolled it meanwhile
constexpr const char* kKeyFile = "province.vkey";

Error in_circles(std::uint64_t held) {
    return {
        "FORWARD-GAP", fmt::format("จังหวัดขอข้อมูลช่วงที่ส่งไปแล้วซ้ำ (ตั้งแต่รายการที่ {}) โปรดแจ้งผู้ดูแลระบบของจังหวัด", held),
        fmt::format("the province asks for lines that it was sent (from {}); call its administrator", held)};
}

Error not_understood() {
    return {"FORWARD-NOT-UNDERSTOOD", "จังหวัดตอบกลับมาไม่ถูกรูปแบบ จะส่งข้อมูลชุดเดิมอีกครั้ง",
            "the province's answer is no cosigned note of that kiosk; the same bundle will be sent again"};
}

std::optional<std::uint64_t> size_of(const std::string& note_bytes) {
    const Result<ledger::Note> note = ledger::parse_note(note_bytes);
    if (!note) return {};
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return {};
    return checkpoint->size;
}

}  // namespace

Forwarder::Forwarder(ForwardSettings settings)
    : settings_(std::move(settings)), schedule_(settings_.office, settings_.seed) {
    thread_ = std::thread([this] { work(); });
}

Forwarder::~Forwarder() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Forwarder::nudge() {
    {
        const std::lock_guard lock(mutex_);
        ++nudges_;
    }
    changed_.notify_one();
}

void Forwarder::work() {
    std::unique_lock lock(mutex_);
    for (std::uint64_t seen = nudges_; !stopping_;) {
        const std::int64_t now = settings_.now_ms();
        // What waits for its time already takes along what comes meanwhile.
        if (!schedule_.due_ms() && (seen != nudges_ || now >= next_look_ms_)) {
            schedule_.begin(now);
            next_look_ms_ = now + kLookEveryMs;
        }
        if (schedule_.due_ms() && *schedule_.due_ms() <= now) {
            seen = nudges_;
            lock.unlock();
            const std::optional<Failed> failed = forward_all();
            lock.lock();
            if (!stopping_) settle(failed);
        } else {
            changed_.wait_for(lock, kWakeEvery);
        }
    }
}

void Forwarder::settle(const std::optional<Failed>& failed) {
    if (!failed) {
        if (!std::exchange(last_failure_, "").empty()) settings_.log("forward: the province answers again");
        return schedule_.end();
    }
    if (last_failure_ != failed->error.code) settings_.log("forward: " + failed->error.line());
    last_failure_ = failed->error.code;
    schedule_.failed(settings_.now_ms(), failed->wait_ms);
}

std::optional<Forwarder::Failed> Forwarder::forward_all() {
    Result<ReportDb> database = ReportDb::open(settings_.db, Access::kRead);
    if (!database) return Failed{database.error()};
    const Result<OfficeRow> office = database->office();
    if (!office) return Failed{office.error()};
    Result<std::vector<DeviceRow>> devices = database->devices(office->id);
    if (!devices) return Failed{devices.error()};
    // Behind the one at which the last round failed: whatever it fails at blocks no other.
    std::ranges::rotate(*devices, std::ranges::upper_bound(*devices, begin_after_, {}, &DeviceRow::code));
    for (const DeviceRow& device : *devices) {
        if (stopping_) return {};
        std::optional<Failed> failed = forward_device(*database, *office, device);
        if (!failed) continue;
        begin_after_ = device.code;
        return failed;
    }
    return {};
}

std::optional<Forwarder::Failed> Forwarder::forward_device(ReportDb& database, const OfficeRow& office,
                                                           const DeviceRow& device) {
    Standing& standing = standings_[device.code];
    if (!standing.at) standing.at = noted_size(device.code);
    if (settings_.now_ms() < standing.refused_until_ms) return {};
    const auto refuse = [&](const Error& error) -> std::optional<Failed> {
        if (standing.refused != error.code)
            settings_.log(fmt::format("forward: {}: {}", device.code, error.line()));
        standing.refused = error.code;
        standing.refused_until_ms = settings_.now_ms() + kRefusedAgainMs;
        return {};
    };
    for (bool went_back = false; !stopping_;) {
        const auto kept = database.next_bundle(office.id, device.code, *standing.at);
        if (!kept) return Failed{kept.error()};
        if (!*kept) return {};
        const Result<ledger::Bundle> bundle = ledger::open_bundle((*kept)->bytes);
        if (!bundle) return refuse(bundle.error());
        const courier::Verdict verdict =
            courier::deliver(settings_.province, (*kept)->bytes, [this](std::size_t) { return !stopping_; });
        if (const auto* delivered = std::get_if<courier::Delivered>(&verdict)) {
            const Result<void> noted = keep_note(*bundle, *delivered, standing);
            if (!noted) return Failed{noted.error()};
            standing.refused.clear();
        } else if (const auto* gap = std::get_if<courier::Gap>(&verdict)) {
            // It has lost its database, or never had the beginning.
            if (went_back || gap->held >= bundle->from()) return refuse(in_circles(gap->held));
            went_back = true;
            standing.at = gap->held;
        } else if (const auto* refused = std::get_if<courier::Refused>(&verdict)) {
            return refuse(refused->error);
        } else if (const auto* later = std::get_if<courier::NotReceived>(&verdict)) {
            return Failed{later->error, std::int64_t{later->wait_s} * 1000};
        } else {
            return Failed{std::get<courier::Unknown>(verdict).error};
        }
    }
    return {};
}

Result<void> Forwarder::keep_note(const ledger::Bundle& bundle, const courier::Delivered& delivered,
                                  Standing& standing) {
    const Result<ledger::Note> note = ledger::parse_note(delivered.cosigned);
    const Result<ledger::VerifierKey> province = ledger::parse_verifier_key(delivered.office_key);
    if (!note || !province || province->type != ledger::KeyType::kCosignature) return not_understood();
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint || checkpoint->origin != bundle.origin || checkpoint->size < bundle.to() ||
        ledger::check_note(*note, bundle.device_key()) != ledger::NoteCheck::kValid ||
        ledger::check_note(*note, *province) != ledger::NoteCheck::kValid) {
        return not_understood();
    }
    if (checkpoint->size > noted_size(bundle.device)) {
        Result<void> done = make_folder_durably(settings_.notes);
        if (done) done = write_file_durably(settings_.notes / kKeyFile, province->text() + "\n");
        if (done) done = write_file_durably(settings_.notes / (bundle.device + ".note"), note->bytes());
        if (!done) return done;
    }
    standing.at = bundle.to();
    settings_.log(fmt::format("forward: {} lines {} to {}, the province holds {}", bundle.device,
                              bundle.from(), bundle.to(), checkpoint->size));
    return {};
}

std::uint64_t Forwarder::noted_size(const std::string& device) const {
    const Result<std::string> bytes = read_file(settings_.notes / (device + ".note"), ledger::kNoteBytesMax);
    return bytes ? size_of(*bytes).value_or(0) : 0;
}

}  // namespace sala::office
