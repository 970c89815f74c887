#include "kiosk/store/exporter.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/files.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kNotesMax = 1000;

struct TakenNote {
    ledger::Note note;
    ledger::Cosigned line;
};

Error refused(const std::filesystem::path& file, const char* code, const char* thai, const char* english) {
    return {code, fmt::format("ไม่รับหลักฐานตอบรับ {}: {}", file.filename().string(), thai),
            fmt::format("the cosigned note {} was not taken in: {}", file.filename().string(), english)};
}

// The key that the office's answers must carry.
Result<ledger::VerifierKey> office_key(Store& store, const std::filesystem::path& folder) {
    std::string text = store.office().office_key;
    if (text.empty()) {
        const Result<std::string> pinned = read_setting(store.database(), "office_key");
        if (!pinned) return pinned.error();
        text = *pinned;
    }
    if (text.empty()) {
        const Result<std::string> beside = read_file(folder / "office.vkey", 1024);
        if (!beside) return beside.error();
        text = beside->substr(0, beside->find('\n'));
    }
    Result<ledger::VerifierKey> key = ledger::parse_verifier_key(text);
    if (!key) return key;
    if (key->type != ledger::KeyType::kCosignature ||
        key->name != ledger::office_key_name(store.office().domain)) {
        return Error{"NOTE-BAD-KEY", "กุญแจไม่ใช่กุญแจตอบรับของสำนักงานนี้",
                     "the key is not this office's cosigning key"};
    }
    return key;
}

Result<TakenNote> read_note(Store& store, const std::filesystem::path& file,
                            const ledger::VerifierKey& office) {
    const ledger::LogState& state = store.position().state;
    const Result<std::string> bytes = read_file(file, ledger::kNoteBytesMax);
    if (!bytes) return bytes.error();
    Result<ledger::Note> note = ledger::parse_note(*bytes);
    if (!note) return note.error();
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->origin != state.start.origin) {
        return refused(file, "NOTE-OTHER-DEVICE", "เป็นของตู้บริการอื่น", "it is another kiosk's");
    }
    const ledger::VerifierKey device{state.start.origin, ledger::KeyType::kEd25519, state.start.key};
    std::uint64_t time_s = 0;
    if (ledger::check_note(*note, device) != ledger::NoteCheck::kValid ||
        ledger::check_note(*note, office, &time_s) != ledger::NoteCheck::kValid ||
        time_s > static_cast<std::uint64_t>(ledger::kIntegerMax)) {
        return refused(file, "NOTE-BAD-SIGNATURE", "ลายเซ็นไม่ถูกต้อง โปรดให้สำนักงานนำเข้าไฟล์ใหม่",
                       "a signature does not verify; let the office import the bundle again");
    }
    if (checkpoint->size > state.next_seq) {
        return refused(file, "NOTE-AHEAD", "สำนักงานมีข้อมูลมากกว่าตู้นี้ ข้อมูลในตู้อาจถูกย้อนกลับ โปรดแจ้งผู้ดูแลระบบ",
                       "the office holds more than this kiosk; its data may have been rolled back: call the "
                       "administrator");
    }
    const Result<ledger::Frontier> ours = tree_at(store.database(), checkpoint->size);
    if (!ours) return ours.error();
    if (ours->root() != checkpoint->root) {
        return refused(file, "NOTE-OTHER-HISTORY", "ข้อมูลของสำนักงานไม่ตรงกับตู้นี้ โปรดแจ้งผู้ตรวจสอบ",
                       "the office holds another history of this kiosk; tell the auditor");
    }
    return TakenNote{*std::move(note), {checkpoint->size, checkpoint->root, office.name, time_s}};
}

// The newest valid note of the folder, if it is newer than what we have.
Result<void> take_notes(Store& store, const std::filesystem::path& folder, Export& done) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == ".cosigned" && files.size() < kNotesMax) files.push_back(at->path());
    }
    std::sort(files.begin(), files.end());
    if (files.empty()) return {};
    const Result<std::uint64_t> have = cosigned_size(store.database());
    if (!have) return have.error();
    const Result<ledger::VerifierKey> office = office_key(store, folder);
    if (!office) {
        done.refused_notes.push_back(office.error());
        return {};
    }
    std::optional<TakenNote> newest;
    for (const std::filesystem::path& file : files) {
        Result<TakenNote> taken = read_note(store, file, *office);
        if (!taken) {
            done.refused_notes.push_back(taken.error());
        } else if (taken->line.size > *have && (!newest || taken->line.size > newest->line.size)) {
            newest = *std::move(taken);
        }
    }
    if (!newest) return {};
    done.cosigned_size = newest->line.size;
    return store.change([&](Draft& draft) -> Result<void> {
        if (auto seq = draft.append(newest->line); !seq) return seq.error();
        if (Result<void> kept = write_setting(store.database(), "office_key", office->text()); !kept)
            return kept;
        return write_setting(store.database(), "cosigned", newest->note.bytes());
    });
}

Result<std::filesystem::path> write_one(Store& store, const std::filesystem::path& folder,
                                        const ledger::BundleDraft& draft) {
    const std::string bytes = ledger::write_bundle(draft, store.key());
    const std::uint64_t from = draft.frontier.size();
    const std::string name = fmt::format("{}-{}-{}.bundle", ledger::device_code(store.key().public_key()),
                                         from, from + draft.lines.size());
    if (Result<void> written = write_file_durably(folder / name, bytes); !written) return written.error();
    const Result<std::string> back = read_file(folder / name, ledger::kBundleBytesMax);
    if (!back || *back != bytes || !ledger::open_bundle(*back)) {
        return Error{
            "EXPORT-READ-BACK", "อ่านไฟล์ที่เพิ่งเขียนกลับมาไม่ตรง แฟลชไดรฟ์อาจเสีย โปรดใช้อันอื่น ข้อมูลในตู้ยังอยู่ครบ",
            "what was written to the stick does not read back the same; use another one, nothing is lost"};
    }
    return folder / name;
}

}  // namespace

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

Result<Export> export_to(Store& store, const std::filesystem::path& folder) {
    Export done;
    if (std::error_code error; !std::filesystem::is_directory(folder, error)) {
        return Error{"EXPORT-NO-FOLDER",
                     fmt::format("ไม่พบโฟลเดอร์ {} โปรดเสียบแฟลชไดรฟ์แล้วลองใหม่", folder.string()),
                     fmt::format("there is no folder {}; plug in the stick and try again", folder.string())};
    }
    if (Result<void> taken = take_notes(store, folder, done); !taken) return taken.error();
    const Result<std::string> cosigned = read_setting(store.database(), "cosigned");
    if (!cosigned) return cosigned.error();
    const Result<std::uint64_t> from = cosigned_size(store.database());
    if (!from) return from.error();
    Result<ledger::Frontier> frontier = tree_at(store.database(), *from);
    if (!frontier) return frontier.error();

    done.from = *from;
    ledger::BundleDraft draft{store.office().id, store.office().domain, *std::move(frontier), {}, *cosigned};
    const std::uint64_t head = store.position().tree.size();
    while (draft.frontier.size() < head) {
        Result<std::vector<std::string>> lines =
            read_lines(store.database(), draft.frontier.size(), ledger::kBundleLinesMax);
        if (!lines) return lines.error();
        draft.lines = *std::move(lines);
        Result<std::filesystem::path> file = write_one(store, folder, draft);
        if (!file) return file.error();
        done.files.push_back(*std::move(file));
        for (const std::string& line : draft.lines) draft.frontier.append(ledger::leaf_hash(line));
    }
    done.to = draft.frontier.size();
    return done;
}

}  // namespace sala::kiosk
