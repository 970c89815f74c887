#include "kiosk/store/rotation.h"

#include <fmt/format.h>

#include <sstream>

#include "kiosk/store/on_store.h"
#include "kiosk/store/schema.h"
#include "kiosk/store/tally_table.h"
#include "platform/base/files.h"

namespace sala::kiosk {
namespace {

constexpr const char* kReady = "ready";        // of next_part(): everything is in it
constexpr const char* kReplaces = "replaces";  // "ORIGIN SIZE ROOT", or the code of a lost device

Error day_open() {
    return {"ROTATE-DAY-OPEN", "ยังไม่ได้ปิดวัน โปรดปิดวัน (sala-kiosk close) แล้วเปลี่ยนกุญแจอีกครั้ง",
            "a day is open; close it (sala-kiosk close), then rotate again"};
}

Error ratings_wait(std::uint64_t n) {
    return {"ROTATE-RATINGS-WAIT",
            fmt::format("มีคะแนน {} คะแนนรอซองอยู่ ถ้าเปลี่ยนกุญแจตอนนี้จะไม่ถูกนับตลอดไป โปรดรอให้ครบซอง "
                        "หรือระบุ --leave-waiting หากยอมรับ",
                        n),
            fmt::format("{} ratings wait for an envelope and would never be counted; rotate when none wait, "
                        "or accept it with --leave-waiting",
                        n)};
}

// Who may give up an envelope's worth of ratings could rotate whenever a month went badly.
Error envelope_waits(std::uint64_t n) {
    return {
        "ROTATE-ENVELOPE-WAITS",
        fmt::format("มีคะแนน {} คะแนนรอปิดเดือน ซึ่งครบพอจะนับเป็นซองได้ จึงทิ้งไม่ได้ โปรดเปลี่ยนกุญแจหลังปิดวันสุดท้ายของเดือน",
                    n),
        fmt::format("{} ratings wait for the month's end and are enough for an envelope, so they cannot be "
                    "left; rotate after the month's last close",
                    n)};
}

// What waits is too little for any envelope, so that nothing is lost which could have been counted now.
Result<void> check_leaving(Store& store) {
    const ledger::LogState& state = store.position().state;
    const auto tallies = read_tallies(store.database(), state.rules.day, state.rules.k);
    if (!tallies) return tallies.error();
    if (ledger::seal(*tallies, state.rules.k, state.rules.k_counter).envelopes.empty()) return {};
    return envelope_waits(state.waiting_total());
}

// Everything that was set goes along, but for what speaks of the old log's lines.
Result<std::vector<std::pair<std::string, std::string>>> settings_to_keep(sqlite::Database& database) {
    auto rows = database.prepare(
        "SELECT name, value FROM setting WHERE name NOT IN ('cosigned', 'config_sha256', 'replaces')");
    if (!rows) return rows.error();
    std::vector<std::pair<std::string, std::string>> settings;
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return row.error();
        if (!*row) return settings;
        settings.emplace_back(rows->text(0), rows->text(1));
    }
}

Result<void> write_next(const std::filesystem::path& folder,
                        std::vector<std::pair<std::string, std::string>> settings,
                        const ledger::Replaces& replaces) {
    {
        Result<sqlite::Database> database = open_store_database(folder, sqlite::OpenMode::kCreate);
        if (!database) return database.error();
        settings.emplace_back(kReplaces,
                              fmt::format("{} {} {}", replaces.origin, replaces.size, to_hex(replaces.root)));
        Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(*database);
        if (!transaction) return transaction.error();
        for (const auto& [name, value] : settings) {
            if (Result<void> written = write_setting(*database, name, value); !written) return written;
        }
        if (Result<void> committed = transaction->commit(); !committed) return committed;
        if (Result<void> whole = database->truncate_log(); !whole) return whole;
    }
    return write_file_durably(folder / kReady, "");
}

// An empty folder with a new key in it. Nothing binds us to what an attempt before may have left.
Result<crypto::SigningKey> prepare(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    const Result<DataFolder> next = DataFolder::lock(folder);
    return next ? next->new_key() : next.error();
}

}  // namespace

bool next_is_ready(const std::filesystem::path& data) {
    std::error_code failed;
    return std::filesystem::exists(next_part(data) / kReady, failed);
}

Error log_ended() {
    return {"STORE-ENDED", "บันทึกในโฟลเดอร์นี้จบแล้ว ตู้บริการใช้กุญแจใหม่ในโฟลเดอร์อื่น โฟลเดอร์นี้ส่งออกได้อย่างเดียว",
            "this log has ended and the kiosk goes on under another key; from here it can only be exported"};
}

Result<Rotation> rotate(Store store, bool leave_waiting) {
    const ledger::LogState& state = store.position().state;
    if (state.ended) return log_ended();
    if (state.open_day != 0) return day_open();
    const std::uint64_t waiting = state.waiting_total();
    if (waiting > 0) {
        if (Result<void> few = check_leaving(store); !few) return few.error();
        if (!leave_waiting) return ratings_wait(waiting);
    }
    if (Result<void> ended = store.end_carried(); !ended) return ended.error();
    const std::filesystem::path part = next_part(store.data());
    const Result<crypto::SigningKey> key = prepare(part);
    if (!key) return key.error();
    const auto settings = settings_to_keep(store.database());
    if (!settings) return settings.error();
    const Rotation rotation{ledger::device_code(store.key().public_key()),
                            ledger::device_code(key->public_key()), store.position().state.waiting_total()};
    const Result<void> ended = store.change([&](Draft& draft) -> Result<void> {
        if (auto seq = draft.append(ledger::LogEnd{key->public_key()}); !seq) return seq.error();
        if (Result<void> root = draft.checkpoint(store.key()); !root) return root;
        // What is never counted need not lie there to be read.
        if (Result<void> erased = empty_cells(store.database(), {}); !erased) return erased;
        const ledger::Frontier& tree = draft.position().tree;
        // Before the commit: where the log has ended, all that the next one needs is there.
        return write_next(part, *settings, {draft.state().start.origin, tree.size(), tree.root()});
    });
    if (!ended) return ended.error();
    const DataFolder folder = Store::leave(std::move(store));
    if (Result<void> turned = folder.turn_over(); !turned) return turned.error();
    return rotation;
}

Result<void> replace_lost(const DataFolder& folder, const std::string& device_code) {
    if (!ledger::is_device_code(device_code)) {
        return Error{"REPLACE-CODE", "รหัสตู้บริการต้องเป็นอักษร A-Z หรือเลข 2-7 รวม 26 ตัว โปรดดูรหัสที่ติดบนตู้เดิม",
                     "a device code is 26 letters A-Z or digits 2-7; read it from the old kiosk's case"};
    }
    const Result<std::optional<crypto::SigningKey>> key = folder.key();
    if (!key) return key.error();
    Result<sqlite::Database> database =
        open_store_database(folder.path(), *key ? sqlite::OpenMode::kExisting : sqlite::OpenMode::kCreate);
    if (!database) return database.error();
    const Result<Position> position = load_position(*database);
    if (!position) return position.error();
    if (position->tree.size() > 0) {
        return Error{"REPLACE-BEGUN", "โฟลเดอร์นี้มีบันทึกแล้ว ตู้ทดแทนต้องเริ่มในโฟลเดอร์ข้อมูลใหม่ที่ว่าง",
                     "a log has begun here; what replaces a lost one begins in a new, empty data folder"};
    }
    return write_setting(*database, kReplaces, device_code);
}

Result<std::optional<ledger::Replaces>> replaces_setting(sqlite::Database& database,
                                                         const std::string& domain) {
    const Result<std::string> text = read_setting(database, kReplaces);
    if (!text) return text.error();
    if (text->empty()) return std::optional<ledger::Replaces>();
    if (ledger::is_device_code(*text)) {
        return std::optional(
            ledger::Replaces{ledger::log_origin(domain, *text), 0, ledger::Frontier().root()});
    }
    std::istringstream in(*text);
    ledger::Replaces replaces;
    std::string root;
    in >> replaces.origin >> replaces.size >> root;
    const std::optional<Bytes> bytes = from_hex(root);
    if (!in || !bytes || bytes->size() != replaces.root.size()) return damaged_at(0);
    std::copy(bytes->begin(), bytes->end(), replaces.root.begin());
    return std::optional(replaces);
}

Result<void> each_ended(const OnStore& on_store, const std::function<Result<void>(Result<Store>)>& visit) {
    struct Beside {
        std::vector<std::filesystem::path> folders;
        const record::Office* office;
        const Clock* clock;
    };
    const auto beside = ask_store<Beside>(on_store, [](Store& store) {
        return Beside{ended_folders(store.data()), &store.office(), &store.clock()};
    });
    if (!beside) return beside.error();
    for (const std::filesystem::path& folder : beside->folders) {
        Result<DataFolder> locked = DataFolder::lock(folder);
        Result<Store> store = locked ? Store::open(*std::move(locked), *beside->office, {}, *beside->clock,
                                                   "", Opening::kCommand)
                                     : Result<Store>(locked.error());
        if (store) {
            const Result<std::uint64_t> cosigned = cosigned_size(store->database());
            if (cosigned && *cosigned == store->position().tree.size()) continue;
        }
        if (Result<void> done = visit(std::move(store)); !done) return done;
    }
    return {};
}

}  // namespace sala::kiosk
