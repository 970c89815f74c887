#include "kiosk/store/bundle_source.h"

#include <fmt/format.h>

#include "kiosk/store/on_store.h"

namespace sala::kiosk {
namespace {

// A bundle's size in memory and how long one job keeps the store from a visitor. More lines make more files.
constexpr std::size_t kLinesOfABundle = 10'000;
constexpr std::size_t kBytesOfABundle = std::size_t{8} << 20;
constexpr std::size_t kLinesOfAJob = 500;
static_assert(kLinesOfABundle + kLinesOfAJob <= ledger::kBundleLinesMax);

Error damaged(std::uint64_t at) {
    return {"STORE-DAMAGED", fmt::format("บันทึกของตู้บริการเสียหายหลังบรรทัดที่ {} โปรดแจ้งผู้ดูแลระบบ", at),
            fmt::format("the kiosk's journal is damaged after line {}; call the administrator", at)};
}

Error ahead(std::uint64_t from, std::uint64_t size) {
    return {
        "SEND-AHEAD",
        fmt::format("สำนักงานมีข้อมูลของตู้นี้ถึงรายการที่ {} แต่ในตู้มีถึง {} ข้อมูลในตู้อาจถูกย้อนกลับ โปรดแจ้งผู้ดูแลระบบ", from,
                    size),
        fmt::format("the office holds {} lines of this kiosk, which has {}; its data may have been rolled "
                    "back: call the administrator",
                    from, size)};
}

// A few lines, and all of them the office's own answer or witnesses'.
Result<bool> are_answers_alone(Store& store, std::uint64_t from, std::uint64_t to) {
    if (to - from > 1 + record::kWitnessesMax) return false;
    const Result<std::vector<std::string>> lines = read_lines(store.database(), from, to - from);
    if (!lines) return lines.error();
    for (const std::string& text : *lines) {
        const Result<ledger::Line> line = ledger::parse_line(text);
        if (!line) return line.error();
        if (!std::holds_alternative<ledger::Cosigned>(line->happening)) return false;
    }
    return true;
}

// What is sealed to others and bound by the lines [from, to).
Result<std::vector<ledger::Attachment>> read_attachments(Store& store, std::uint64_t from, std::uint64_t to) {
    auto rows = store.database().prepare(
        "SELECT kind, commitment, sealed FROM attachment WHERE seq >= ? AND seq < ? ORDER BY seq");
    if (!rows) return rows.error();
    rows->bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(to));
    std::vector<ledger::Attachment> attachments;
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return row.error();
        if (!*row) return attachments;
        ledger::Attachment& next = attachments.emplace_back();
        next.kind = std::string(rows->text(0));
        const ByteView commitment = rows->blob(1), sealed = rows->blob(2);
        std::copy_n(commitment.begin(), std::min(commitment.size(), next.commitment.size()),
                    next.commitment.begin());
        next.sealed.assign(sealed.begin(), sealed.end());
    }
}

}  // namespace

Result<BundleSource> BundleSource::open(const OnStore& on_store) { return plan(on_store, {}); }

Result<BundleSource> BundleSource::open_at(const OnStore& on_store, std::uint64_t from) {
    return plan(on_store, from);
}

Result<BundleSource> BundleSource::plan(const OnStore& on_store, std::optional<std::uint64_t> from) {
    return ask_store<BundleSource>(on_store, [&](Store& store) -> Result<BundleSource> {
        const Result<std::string> cosigned = read_setting(store.database(), "cosigned");
        if (!cosigned) return cosigned.error();
        const Result<std::uint64_t> cosigned_to = cosigned_size(store.database());
        if (!cosigned_to) return cosigned_to.error();
        const std::uint64_t begin = from.value_or(*cosigned_to);
        const std::uint64_t head = store.position().tree.size();
        if (begin > head) return ahead(begin, head);
        Result<ledger::Frontier> frontier = tree_at(store.database(), begin);
        if (!frontier) return frontier.error();
        const Result<bool> answers = are_answers_alone(store, begin, head);
        if (!answers) return answers.error();
        BundleSource source(on_store,
                            {store.office().id, store.office().domain, *std::move(frontier), {}, {}, {}});
        source.cosigned_ = *cosigned;
        source.cosigned_size_ = *cosigned_to;
        source.device_ = ledger::device_code(store.key().public_key());
        source.to_ = head;
        source.only_answers_ = *answers;
        return source;
    });
}

// The lines of the next bundle, read in short jobs.
Result<void> BundleSource::fill() {
    const std::uint64_t begin = next_begin();
    std::vector<std::string>& lines = draft_.lines;
    for (std::size_t bytes = 0;
         bytes < kBytesOfABundle && lines.size() < kLinesOfABundle && begin + lines.size() < to_;) {
        const std::uint64_t at = begin + lines.size();
        const std::uint64_t wanted =
            std::min<std::uint64_t>(std::min(kLinesOfAJob, kLinesOfABundle - lines.size()), to_ - at);
        auto more = ask_store<std::vector<std::string>>(
            on_store_, [&](Store& store) { return read_lines(store.database(), at, wanted); });
        if (!more) return more.error();
        if (more->size() != wanted) return damaged(at);
        for (std::string& line : *more) {
            bytes += line.size();
            lines.push_back(std::move(line));
        }
    }
    return {};
}

Result<BundlePiece> BundleSource::next() {
    const std::uint64_t begin = next_begin();
    draft_.lines.clear();
    if (Result<void> filled = fill(); !filled) return filled.error();
    const std::uint64_t end = begin + draft_.lines.size();
    // An office that has lost lines is bound by its own note only where the bundle reaches so far.
    draft_.cosigned = cosigned_size_ <= end ? cosigned_ : std::string();
    Result<std::string> bytes = ask_store<std::string>(on_store_, [&](Store& store) -> Result<std::string> {
        auto attachments = read_attachments(store, begin, end);
        if (!attachments) return attachments.error();
        draft_.attachments = *std::move(attachments);
        return ledger::write_bundle(draft_, store.key());
    });
    if (!bytes) return bytes.error();
    for (const std::string& line : draft_.lines) draft_.frontier.append(ledger::leaf_hash(line));
    draft_.lines.clear();
    return BundlePiece{*std::move(bytes), begin, end};
}

}  // namespace sala::kiosk
