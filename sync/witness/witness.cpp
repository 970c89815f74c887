#include "sync/witness/witness.h"

#include <fmt/format.h>

#include "sync/witness/witness_folder.h"

namespace sala::witness {
namespace {

constexpr const char* kPlain = "text/plain; charset=utf-8";

Answer refused(int status, const Error& error) { return {status, kPlain, error.line() + "\n"}; }

Result<std::optional<ledger::Checkpoint>> held_of(sqlite::Database& database, const std::string& origin) {
    Result<sqlite::Statement> query = database.prepare("SELECT note FROM held WHERE origin = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(origin).step();
    if (!row) return row.error();
    if (!*row) return std::optional<ledger::Checkpoint>();
    const Result<ledger::Note> note = ledger::parse_note(query->text(0));
    if (!note) return note.error();
    Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    return std::optional(*std::move(checkpoint));
}

Result<void> keep(sqlite::Database& database, const ledger::Checkpoint& checkpoint, const std::string& note) {
    Result<sqlite::Statement> put = database.prepare(
        "INSERT INTO held(origin, size, note) VALUES(?, ?, ?) "
        "ON CONFLICT(origin) DO UPDATE SET size = excluded.size, note = excluded.note");
    if (!put) return put.error();
    put->bind(checkpoint.origin).bind(static_cast<std::int64_t>(checkpoint.size));
    return put->bind(note).run();
}

// What is handed out to whoever asks for proof: the log's own signature and ours, and nothing of others.
std::string cosigned(const ledger::Note& asked, const ledger::VerifierKey& log,
                     const ledger::NoteSignature& cosignature) {
    ledger::Note note{asked.text, {}};
    for (const ledger::NoteSignature& signature : asked.signatures) {
        if (signature.name == log.name && signature.key_id == log.id()) note.signatures.push_back(signature);
    }
    note.signatures.push_back(cosignature);
    return note.bytes();
}

Answer said(ledger::Witnessing verdict, const std::optional<ledger::Checkpoint>& held) {
    const int status = static_cast<int>(verdict);
    switch (verdict) {
        case ledger::Witnessing::kNotSigned:
            return {status, kPlain, "the checkpoint is not signed by the key of its log\n"};
        case ledger::Witnessing::kOldIsLarger:
            return {status, kPlain, "the old size is beyond the checkpoint's\n"};
        case ledger::Witnessing::kConflict:
            return {status, "text/x.tlog.size", fmt::format("{}\n", held ? held->size : 0)};
        case ledger::Witnessing::kInconsistent:
            return {status, kPlain, "the proof does not show that the log only grew\n"};
        case ledger::Witnessing::kCosign:
            break;
    }
    return {status, kPlain, ""};
}

}  // namespace

Result<std::unique_ptr<Witness>> Witness::open(const std::filesystem::path& folder, const std::string& name) {
    Result<WitnessKey> own = open_folder(folder, name);
    if (!own) return own.error();
    Result<std::map<std::string, ledger::VerifierKey>> logs = read_logs(folder);
    if (!logs) return logs.error();
    return std::make_unique<Witness>(std::move(own->name), std::move(own->key), std::move(own->database),
                                     *std::move(logs));
}

Result<Answer> Witness::judge_and_keep(const ledger::WitnessRequest& request, const ledger::VerifierKey& log,
                                       std::uint64_t now_s) {
    const std::lock_guard lock(mutex_);
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const Result<std::optional<ledger::Checkpoint>> held = held_of(database_, log.name);
    if (!held) return held.error();
    const ledger::Witnessing verdict = ledger::judge(request, log, *held);
    if (verdict != ledger::Witnessing::kCosign) return said(verdict, *held);
    const std::string& text = request.note.text;
    const ledger::NoteSignature cosignature = ledger::cosign_note(text, name_, key_, now_s);
    const std::string note = cosigned(request.note, log, cosignature);
    if (Result<void> kept = keep(database_, request.checkpoint, note); !kept) return kept.error();
    if (Result<void> done = transaction->commit(); !done) return done.error();
    return Answer{200, kPlain, ledger::Note{text, {cosignature}}.bytes().substr(text.size() + 1)};
}

Answer Witness::add_checkpoint(std::string_view body, std::uint64_t now_s) {
    const Result<ledger::WitnessRequest> request = ledger::parse_witness_request(body);
    if (!request) return refused(400, request.error());
    const auto log = logs_.find(request->checkpoint.origin);
    if (log == logs_.end()) return {404, kPlain, "this witness does not know that log\n"};
    const Result<Answer> answer = judge_and_keep(*request, log->second, now_s);
    return answer ? *answer : refused(500, answer.error());
}

Answer Witness::held(const std::string& origin) {
    const std::lock_guard lock(mutex_);
    Result<sqlite::Statement> query = database_.prepare("SELECT note FROM held WHERE origin = ?");
    if (!query) return refused(500, query.error());
    const Result<bool> row = query->bind(origin).step();
    if (!row) return refused(500, row.error());
    if (!*row) return {404, kPlain, "this witness has cosigned nothing of that log\n"};
    return {200, kPlain, std::string(query->text(0))};
}

}  // namespace sala::witness
