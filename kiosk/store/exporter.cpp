#include "kiosk/store/exporter.h"

#include <fmt/format.h>

#include "kiosk/store/bundle_source.h"
#include "kiosk/store/cosigned_notes.h"
#include "kiosk/store/on_store.h"
#include "kiosk/store/rotation.h"
#include "sync/ledger/answer.h"

namespace sala::kiosk {
namespace {

struct WrittenFile {
    std::string name;
    std::size_t bytes = 0;
    crypto::Hash hash{};
};

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

Result<std::vector<WrittenFile>> write_bundles(BundleSource& source, const RemovableFolder& folder,
                                               Meter& meter) {
    std::vector<WrittenFile> files;
    const std::uint64_t lines = source.to() - source.from();
    if (!meter.at(ExportStep::kWriting, 0, std::max<std::uint64_t>(lines, 1))) return stick_stopped();
    while (!source.at_end()) {
        const Result<BundlePiece> piece = source.next();
        if (!piece) return piece.error();
        const std::string name = fmt::format("{}-{}-{}.bundle", source.device(), piece->begin, piece->end);
        const Result<void> written = folder.write(name, piece->bytes, [&](std::size_t done) {
            const std::uint64_t count = piece->end - piece->begin;
            return meter.at(ExportStep::kWriting,
                            piece->begin - source.from() + count * done / piece->bytes.size(), lines);
        });
        if (!written) return written.error();
        files.push_back({name, piece->bytes.size(), crypto::sha256(bytes_of(piece->bytes))});
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

// The size that an office which lost lines says it holds, where that is less than it cosigned; the file that
// says so. The trap: an old answer on the stick would send the same lines for ever, so it goes once it is
// met.
struct AskedAgain {
    std::string file;
    std::optional<std::uint64_t> from;
};

Result<AskedAgain> asked_again(const OnStore& on_store, const RemovableFolder& stick) {
    struct Own {
        std::string origin;
        std::uint64_t cosigned;
    };
    const auto own = ask_store<Own>(on_store, [](Store& store) -> Result<Own> {
        const Result<std::uint64_t> size = cosigned_size(store.database());
        if (!size) return size.error();
        return Own{store.position().state.start.origin, *size};
    });
    if (!own) return own.error();
    AskedAgain asked{ledger::held_answer_name(own->origin.substr(own->origin.rfind('/') + 1)), {}};
    const Result<std::string> text =
        stick.read_back(asked.file, ledger::kHeldAnswerBytesMax, [](std::size_t) { return true; });
    const auto answer = text ? ledger::parse_held_answer(*text) : std::nullopt;
    if (answer && answer->origin == own->origin && answer->held < own->cosigned) asked.from = answer->held;
    return asked;
}

// Of one log: its notes in, its lines out.
Result<Export> export_log(const OnStore& on_store, const RemovableFolder& stick,
                          const ExportProgress& progress) {
    Export done;
    if (Result<void> taken = take_notes(on_store, stick, done, progress); !taken) return taken.error();
    const Result<AskedAgain> asked = asked_again(on_store, stick);
    if (!asked) return asked.error();
    Result<BundleSource> source =
        asked->from ? BundleSource::open_at(on_store, *asked->from) : BundleSource::open(on_store);
    if (!source) return source.error();
    done.from = source->from();
    Meter meter(progress);
    const Result<std::vector<WrittenFile>> files = write_bundles(*source, stick, meter);
    if (!files) return files.error();
    if (Result<void> verified = read_back(stick, *files, meter); !verified) return verified.error();
    if (asked->from) stick.remove(asked->file);
    for (const WrittenFile& file : *files) done.files.push_back(stick.path() / file.name);
    done.to = source->to();
    return done;
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
    Result<Export> done = export_log(on_store, *stick, progress);
    if (!done) return done;
    const Result<void> ended = each_ended(on_store, [&](Result<Store> store) -> Result<void> {
        if (!store) {
            done->refused_notes.push_back(store.error());
            return {};
        }
        Result<Export> more = export_log(directly_on(*store), *stick, progress);
        if (!more) return more.error();
        done->files.insert(done->files.end(), more->files.begin(), more->files.end());
        done->refused_notes.insert(done->refused_notes.end(), more->refused_notes.begin(),
                                   more->refused_notes.end());
        return {};
    });
    if (!ended) return ended.error();
    return done;
}

Result<Export> export_to(Store& store, const std::filesystem::path& folder) {
    return export_to(directly_on(store), folder, [](ExportStep, int) { return true; });
}

}  // namespace sala::kiosk
