#include "kiosk/store/cosigned_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "kiosk/store/on_store.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kNotesMax = 1000;

struct TakenNote {
    ledger::Note note;
    ledger::Cosigned line;
};

Error refused(const std::string& name, const char* code, const char* thai, const char* english) {
    return {code, fmt::format("ไม่รับหลักฐานตอบรับ {}: {}", plain_name(name), thai),
            fmt::format("the cosigned note {} was not taken in: {}", plain_name(name), english)};
}

// The key that the office's answers must carry. `beside`: office.vkey of the stick, empty where there is
// none.
Result<ledger::VerifierKey> office_key(Store& store, const std::string& beside) {
    std::string text = store.office().office_key;
    if (text.empty()) {
        const Result<std::string> pinned = read_setting(store.database(), "office_key");
        if (!pinned) return pinned.error();
        text = *pinned;
    }
    if (text.empty()) text = beside.substr(0, beside.find('\n'));
    Result<ledger::VerifierKey> key = ledger::parse_verifier_key(text);
    if (!key) return key;
    if (key->type != ledger::KeyType::kCosignature ||
        key->name != ledger::office_key_name(store.office().domain)) {
        return Error{"NOTE-BAD-KEY", "กุญแจไม่ใช่กุญแจตอบรับของสำนักงานนี้",
                     "the key is not this office's cosigning key"};
    }
    return key;
}

Result<TakenNote> judge(Store& store, const std::string& name, const std::string& bytes,
                        const ledger::VerifierKey& office) {
    const ledger::LogState& state = store.position().state;
    Result<ledger::Note> note = ledger::parse_note(bytes);
    if (!note) return note.error();
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->origin != state.start.origin) {
        return refused(name, "NOTE-OTHER-DEVICE", "เป็นของตู้บริการอื่น", "it is another kiosk's");
    }
    const ledger::VerifierKey device{state.start.origin, ledger::KeyType::kEd25519, state.start.key};
    std::uint64_t time_s = 0;
    if (ledger::check_note(*note, device) != ledger::NoteCheck::kValid ||
        ledger::check_note(*note, office, &time_s) != ledger::NoteCheck::kValid ||
        time_s > static_cast<std::uint64_t>(ledger::kIntegerMax)) {
        return refused(name, "NOTE-BAD-SIGNATURE", "ลายเซ็นไม่ถูกต้อง โปรดให้สำนักงานนำเข้าไฟล์ใหม่",
                       "a signature does not verify; let the office import the bundle again");
    }
    if (checkpoint->size > state.next_seq) {
        return refused(name, "NOTE-AHEAD", "สำนักงานมีข้อมูลมากกว่าตู้นี้ ข้อมูลในตู้อาจถูกย้อนกลับ โปรดแจ้งผู้ดูแลระบบ",
                       "the office holds more than this kiosk; its data may have been rolled back: call the "
                       "administrator");
    }
    const Result<ledger::Frontier> ours = tree_at(store.database(), checkpoint->size);
    if (!ours) return ours.error();
    if (ours->root() != checkpoint->root) {
        return refused(name, "NOTE-OTHER-HISTORY", "ข้อมูลของสำนักงานไม่ตรงกับตู้นี้ โปรดแจ้งผู้ตรวจสอบ",
                       "the office holds another history of this kiosk; tell the auditor");
    }
    return TakenNote{*std::move(note), {checkpoint->size, checkpoint->root, office.name, time_s}};
}

Result<bool> keep(Store& store, const TakenNote& newest, const ledger::VerifierKey& office) {
    const Result<void> kept = store.change([&](Draft& draft) -> Result<void> {
        // Behind its end a log has no line, not even for this.
        if (!draft.state().ended) {
            if (auto seq = draft.append(newest.line); !seq) return seq.error();
        }
        if (Result<void> key = write_setting(store.database(), "office_key", office.text()); !key) return key;
        // The office has these lines and what came with them; nothing sealed to others stays here for longer.
        auto sent = store.database().prepare("DELETE FROM attachment WHERE seq < ?");
        if (!sent) return sent.error();
        if (Result<void> gone = sent->bind(static_cast<std::int64_t>(newest.line.size)).run(); !gone)
            return gone;
        return write_setting(store.database(), "cosigned", newest.note.bytes());
    });
    if (!kept) return kept.error();
    return true;
}

// A stick that is gone ends the export; a file that is no note does not.
bool ends_all(const Error& error) { return error.code.starts_with("STICK-"); }

}  // namespace

Result<void> take_notes(const OnStore& on_store, const RemovableFolder& folder, Export& done,
                        const ExportProgress& progress) {
    const auto no_matter = [](std::size_t) { return true; };
    Result<std::vector<std::string>> names = folder.names(".cosigned", RemovableFolder::kEntriesMax);
    if (!names) return names.error();
    if (names->empty()) return {};
    // Names prove nothing, but where there are too many, those that look like our newest are read first.
    const auto code = ask_store<std::string>(
        on_store, [](Store& store) { return ledger::device_code(store.key().public_key()); });
    if (!code) return code.error();
    std::ranges::sort(*names, [&](const std::string& a, const std::string& b) {
        const auto rank = [&](const std::string& name) {
            return std::tuple(name.starts_with(*code), name.size(), std::string_view(name));
        };
        return rank(a) > rank(b);
    });
    if (names->size() > kNotesMax) names->resize(kNotesMax);
    const Result<std::string> beside = folder.read_back("office.vkey", 1024, no_matter);
    const auto office = ask_store<ledger::VerifierKey>(
        on_store, [&](Store& store) { return office_key(store, beside ? *beside : std::string()); });
    if (!office) {
        done.refused_notes.push_back(office.error());
        return {};
    }
    const auto have =
        ask_store<std::uint64_t>(on_store, [](Store& store) { return cosigned_size(store.database()); });
    if (!have) return have.error();
    std::optional<TakenNote> newest;
    for (std::size_t i = 0; i < names->size(); ++i) {
        const std::string& name = (*names)[i];
        const Result<std::string> bytes = folder.read_back(name, ledger::kNoteBytesMax, no_matter);
        // One file that cannot be read is one note less; a stick that is gone is the end.
        if (!bytes && ends_all(bytes.error()) && !folder.still_there()) return bytes.error();
        Result<TakenNote> taken =
            bytes ? ask_store<TakenNote>(on_store,
                                         [&](Store& store) { return judge(store, name, *bytes, *office); })
                  : Result<TakenNote>(bytes.error());
        // Other kiosks' notes on a shared stick are none of this officer's business.
        if (!taken && taken.error().code == "NOTE-OTHER-DEVICE") continue;
        if (!taken) {
            done.refused_notes.push_back(taken.error());
        } else if (taken->line.size > *have && (!newest || taken->line.size > newest->line.size)) {
            newest = *std::move(taken);
        }
        if (!progress(ExportStep::kTakingNotes, static_cast<int>((i + 1) * 100 / names->size()))) {
            return stick_stopped();
        }
    }
    if (!newest) return {};
    const auto kept = ask_store<bool>(on_store, [&](Store& store) { return keep(store, *newest, *office); });
    if (!kept) return kept.error();
    done.cosigned_size = newest->line.size;
    return {};
}

Result<std::uint64_t> take_note(const OnStore& on_store, const std::string& note,
                                const std::string& office_key_said) {
    return ask_store<std::uint64_t>(on_store, [&](Store& store) -> Result<std::uint64_t> {
        const Result<ledger::VerifierKey> office = office_key(store, office_key_said);
        if (!office) return office.error();
        const Result<TakenNote> taken = judge(store, "HTTPS", note, *office);
        if (!taken) return taken.error();
        const Result<std::uint64_t> have = cosigned_size(store.database());
        if (!have) return have.error();
        if (taken->line.size <= *have) return taken->line.size;
        if (const Result<bool> kept = keep(store, *taken, *office); !kept) return kept.error();
        return taken->line.size;
    });
}

}  // namespace sala::kiosk
