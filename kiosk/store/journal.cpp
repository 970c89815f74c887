#include "kiosk/store/journal.h"

#include <fmt/format.h>

namespace sala::kiosk {
namespace {

std::string packed(const ledger::Frontier& tree) {
    std::string bytes;
    for (const ledger::Hash& hash : tree.hashes()) bytes += text_of(hash);
    return bytes;
}

std::optional<ledger::Frontier> unpacked(std::uint64_t size, ByteView bytes) {
    std::vector<ledger::Hash> hashes(bytes.size() / 32);
    if (hashes.size() * 32 != bytes.size()) return {};
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * 32), 32, hashes[i].begin());
    }
    return ledger::Frontier::restore(size, std::move(hashes));
}

int day_of(const ledger::Happening& happening, int open_day) {
    if (const auto* opened = std::get_if<ledger::DayOpened>(&happening)) return opened->day;
    return open_day;
}

}  // namespace

Error damaged_at(std::uint64_t seq) {
    return {"STORE-DAMAGED", fmt::format("บันทึกของตู้บริการเสียหายที่บรรทัด {} โปรดแจ้งผู้ดูแลระบบ อย่าลบไฟล์ใด", seq),
            fmt::format(
                "the kiosk's journal is damaged at line {}; call the administrator and delete nothing", seq)};
}

Result<Position> checkpoint_before(sqlite::Database& database, std::uint64_t size) {
    auto statement = database.prepare(
        "SELECT size, frontier, state, note FROM checkpoint WHERE size <= ? ORDER BY size DESC LIMIT 1");
    if (!statement) return statement.error();
    const Result<bool> row = statement->bind(static_cast<std::int64_t>(size)).step();
    if (!row) return row.error();
    if (!*row) return Position{};
    const auto at = static_cast<std::uint64_t>(statement->integer(0));
    std::optional<ledger::Frontier> tree = unpacked(at, statement->blob(1));
    std::optional<ledger::LogState> state = ledger::LogState::restore(statement->text(2));
    const Result<ledger::Note> note = ledger::parse_note(statement->text(3));
    if (!tree || !state || !note || state->next_seq != at) return damaged_at(at);
    const ledger::VerifierKey key{state->start.origin, ledger::KeyType::kEd25519, state->start.key};
    const ledger::Checkpoint said{state->start.origin, at, tree->root()};
    if (note->text != said.text() || check_note(*note, key) != ledger::NoteCheck::kValid)
        return damaged_at(at);
    return Position{*std::move(state), *std::move(tree)};
}

Result<void> each_line(sqlite::Database& database, std::uint64_t seq, std::uint64_t end,
                       const std::function<Result<void>(std::string_view)>& take) {
    auto statement =
        database.prepare("SELECT seq, line FROM journal WHERE seq >= ? AND seq < ? ORDER BY seq");
    if (!statement) return statement.error();
    statement->bind(static_cast<std::int64_t>(seq)).bind(static_cast<std::int64_t>(end));
    for (;; ++seq) {
        const Result<bool> row = statement->step();
        if (!row) return row.error();
        if (!*row) return {};
        if (static_cast<std::uint64_t>(statement->integer(0)) != seq) return damaged_at(seq);
        if (Result<void> taken = take(text_of(statement->blob(1))); !taken) return taken;
    }
}

Result<Position> load_position(sqlite::Database& database) {
    constexpr auto kEnd = static_cast<std::uint64_t>(ledger::kIntegerMax);
    Result<Position> position = checkpoint_before(database, kEnd);
    if (!position) return position;
    const Result<void> replayed =
        each_line(database, position->tree.size(), kEnd, [&](std::string_view text) -> Result<void> {
            const Result<ledger::Line> line = ledger::parse_line(text);
            if (!line || !position->state.take(*line)) return damaged_at(position->tree.size());
            position->tree.append(ledger::leaf_hash(text));
            return {};
        });
    if (!replayed) return replayed.error();
    return position;
}

Result<ledger::Frontier> tree_at(sqlite::Database& database, std::uint64_t size) {
    Result<Position> position = checkpoint_before(database, size);
    if (!position) return position.error();
    ledger::Frontier& tree = position->tree;
    const Result<void> replayed =
        each_line(database, tree.size(), size, [&](std::string_view text) -> Result<void> {
            tree.append(ledger::leaf_hash(text));
            return {};
        });
    if (!replayed) return replayed.error();
    if (tree.size() != size) return damaged_at(tree.size());
    return tree;
}

Result<std::vector<std::string>> read_lines(sqlite::Database& database, std::uint64_t seq,
                                            std::size_t lines_max) {
    std::vector<std::string> lines;
    const Result<void> read =
        each_line(database, seq, seq + lines_max, [&](std::string_view text) -> Result<void> {
            lines.emplace_back(text);
            return {};
        });
    if (!read) return read.error();
    return lines;
}

Result<std::uint64_t> Draft::append(ledger::Happening happening) {
    stamp_.seq = position_->tree.size();
    const int day = day_of(happening, position_->state.open_day);
    ledger::Line line{stamp_, std::move(happening)};
    if (Result<void> taken = position_->state.take(line); !taken) return taken.error();
    const std::string text = ledger::write_line(line);
    auto insert = database_->prepare("INSERT INTO journal(seq, kind, day, line) VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    const Result<void> written = insert->bind(static_cast<std::int64_t>(stamp_.seq))
                                     .bind(std::string_view(ledger::kind_of(line.happening)))
                                     .bind(std::int64_t{day})
                                     .bind(bytes_of(text))
                                     .run();
    if (!written) return written.error();
    position_->tree.append(ledger::leaf_hash(text));
    lines_.push_back(std::move(line));
    return stamp_.seq;
}

Result<void> Draft::checkpoint(const crypto::SigningKey& key) {
    const ledger::Note note = ledger::signed_checkpoint(position_->tree, position_->state.start.origin, key);
    auto insert = database_->prepare(
        "INSERT INTO checkpoint(size, frontier, state, note) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    return insert->bind(static_cast<std::int64_t>(position_->tree.size()))
        .bind(bytes_of(packed(position_->tree)))
        .bind(position_->state.save())
        .bind(note.bytes())
        .run();
}

}  // namespace sala::kiosk
