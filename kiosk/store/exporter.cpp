#include "kiosk/store/exporter.h"

#include <fmt/format.h>

#include "kiosk/store/cosigned_notes.h"
#include "kiosk/store/on_store.h"

namespace sala::kiosk {
namespace {

// A bundle's size in memory and how long one job keeps the store from a visitor. More lines make more files.
constexpr std::size_t kLinesOfABundle = 10'000;
constexpr std::size_t kBytesOfABundle = std::size_t{8} << 20;
constexpr std::size_t kLinesOfAJob = 500;
static_assert(kLinesOfABundle + kLinesOfAJob <= ledger::kBundleLinesMax);

// Where the export begins and ends, all of one moment.
struct Plan {
    ledger::BundleDraft draft;  // without lines
    std::uint64_t head = 0;
    std::string device;  // code
};

struct WrittenFile {
    std::string name;
    std::size_t bytes = 0;
    crypto::Hash hash{};
};

Result<Plan> make_plan(Store& store) {
    const Result<std::string> cosigned = read_setting(store.database(), "cosigned");
    if (!cosigned) return cosigned.error();
    const Result<std::uint64_t> from = cosigned_size(store.database());
    if (!from) return from.error();
    Result<ledger::Frontier> frontier = tree_at(store.database(), *from);
    if (!frontier) return frontier.error();
    return Plan{{store.office().id, store.office().domain, *std::move(frontier), {}, *cosigned},
                store.position().tree.size(),
                ledger::device_code(store.key().public_key())};
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

// Says only what is new, and remembers that somebody wants to stop.
class Meter {
  public:
    explicit Meter(const ExportProgress& progress) : progress_(progress) {}
    bool at(ExportStep step, std::uint64_t done, std::uint64_t whole) {
        const int percent = whole == 0 ? 100 : static_cast<int>(std::min(done, whole) * 100 / whole);
        if (step == step_ && percent == percent_) return true;
        step_ = step;
        percent_ = percent;
        return progress_(step, percent);
    }

  private:
    const ExportProgress& progress_;
    ExportStep step_ = ExportStep::kTakingNotes;
    int percent_ = -1;
};

Result<bool> read_some(Store& store, const Plan& plan, std::vector<std::string>& lines) {
    const std::uint64_t at = plan.draft.frontier.size() + lines.size();
    const std::size_t room = std::min<std::size_t>(kLinesOfAJob, kLinesOfABundle - lines.size());
    const std::uint64_t wanted = std::min<std::uint64_t>(room, plan.head - at);
    Result<std::vector<std::string>> more = read_lines(store.database(), at, wanted);
    if (!more) return more.error();
    if (more->size() != wanted) {
        return Error{"STORE-DAMAGED", fmt::format("บันทึกของตู้บริการเสียหายหลังบรรทัดที่ {} โปรดแจ้งผู้ดูแลระบบ", at),
                     fmt::format("the kiosk's journal is damaged after line {}; call the administrator", at)};
    }
    for (std::string& line : *more) lines.push_back(std::move(line));
    return true;
}

// The lines of the next bundle, read in short jobs.
Result<void> fill(const OnStore& on_store, Plan& plan) {
    plan.draft.lines.clear();
    for (std::size_t bytes = 0; bytes < kBytesOfABundle && plan.draft.lines.size() < kLinesOfABundle &&
                                plan.draft.frontier.size() + plan.draft.lines.size() < plan.head;) {
        const std::size_t had = plan.draft.lines.size();
        const auto read =
            ask_store<bool>(on_store, [&](Store& store) { return read_some(store, plan, plan.draft.lines); });
        if (!read) return read.error();
        for (std::size_t i = had; i < plan.draft.lines.size(); ++i) bytes += plan.draft.lines[i].size();
    }
    return {};
}

Result<std::vector<WrittenFile>> write_bundles(const OnStore& on_store, const RemovableFolder& folder,
                                               Plan& plan, Meter& meter) {
    std::vector<WrittenFile> files;
    const std::uint64_t from = plan.draft.frontier.size();
    const std::uint64_t lines = plan.head - from;
    if (!meter.at(ExportStep::kWriting, 0, std::max<std::uint64_t>(lines, 1))) return stick_stopped();
    while (plan.draft.frontier.size() < plan.head) {
        if (Result<void> filled = fill(on_store, plan); !filled) return filled.error();
        const std::uint64_t begin = plan.draft.frontier.size();
        const std::uint64_t count = plan.draft.lines.size();
        const Result<std::string> bytes =
            ask_store<std::string>(on_store, [&](Store& store) -> Result<std::string> {
                auto attachments = read_attachments(store, begin, begin + count);
                if (!attachments) return attachments.error();
                plan.draft.attachments = *std::move(attachments);
                return ledger::write_bundle(plan.draft, store.key());
            });
        if (!bytes) return bytes.error();
        const std::string name = fmt::format("{}-{}-{}.bundle", plan.device, begin, begin + count);
        const Result<void> written = folder.write(name, *bytes, [&](std::size_t done) {
            return meter.at(ExportStep::kWriting, begin - from + count * done / bytes->size(), lines);
        });
        if (!written) return written.error();
        files.push_back({name, bytes->size(), crypto::sha256(bytes_of(*bytes))});
        for (const std::string& line : plan.draft.lines) plan.draft.frontier.append(ledger::leaf_hash(line));
    }
    return files;
}

Result<void> read_back(const RemovableFolder& folder, const std::vector<WrittenFile>& files, Meter& meter) {
    std::uint64_t whole = 0, before = 0;
    for (const WrittenFile& file : files) whole += file.bytes;
    if (!meter.at(ExportStep::kReadingBack, 0, whole)) return stick_stopped();
    for (const WrittenFile& file : files) {
        const Result<std::string> back = folder.read_back(file.name, file.bytes, [&](std::size_t done) {
            return meter.at(ExportStep::kReadingBack, before + done, whole);
        });
        if (!back && back.error().code.starts_with("STICK-")) return back.error();
        if (!back || crypto::sha256(bytes_of(*back)) != file.hash || !ledger::open_bundle(*back)) {
            folder.remove(file.name);
            return Error{"EXPORT-READ-BACK",
                         "อ่านไฟล์ที่เพิ่งเขียนกลับมาไม่ตรง แฟลชไดรฟ์อาจเสีย โปรดใช้อันอื่น ข้อมูลในตู้ยังอยู่ครบ",
                         "what was written to the stick does not read back the same; use another one, "
                         "nothing is lost"};
        }
        before += file.bytes;
    }
    return folder.still_there();
}

}  // namespace

OnStore directly_on(Store& store) {
    return [&store](const std::function<void(Store&)>& job) {
        job(store);
        return true;
    };
}

Result<std::uint64_t> cosigned_size(sqlite::Database& database) {
    const Result<std::string> note = read_setting(database, "cosigned");
    if (!note) return note.error();
    if (note->empty()) return 0;
    const Result<ledger::Note> parsed = ledger::parse_note(*note);
    if (!parsed) return parsed.error();
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(parsed->text);
    if (!checkpoint) return checkpoint.error();
    return checkpoint->size;
}

Result<Export> export_to(const OnStore& on_store, const std::filesystem::path& folder,
                         const ExportProgress& progress) {
    const Result<RemovableFolder> stick = RemovableFolder::open(folder);
    if (!stick) return stick.error();
    Export done;
    if (Result<void> taken = take_notes(on_store, *stick, done, progress); !taken) return taken.error();
    Result<Plan> plan = ask_store<Plan>(on_store, make_plan);
    if (!plan) return plan.error();
    done.from = plan->draft.frontier.size();
    Meter meter(progress);
    const Result<std::vector<WrittenFile>> files = write_bundles(on_store, *stick, *plan, meter);
    if (!files) return files.error();
    if (Result<void> verified = read_back(*stick, *files, meter); !verified) return verified.error();
    for (const WrittenFile& file : *files) done.files.push_back(folder / file.name);
    done.to = plan->head;
    return done;
}

Result<Export> export_to(Store& store, const std::filesystem::path& folder) {
    return export_to(directly_on(store), folder, [](ExportStep, int) { return true; });
}

}  // namespace sala::kiosk
