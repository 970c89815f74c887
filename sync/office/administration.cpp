#include "sync/office/administration.h"

#include <fmt/format.h>

#include <chrono>

#include "sync/record/text_rules.h"

namespace sala::office {

std::uint64_t unix_now_s() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

namespace {

constexpr std::size_t kDeviceNameBytesMax = 200;

Error keys_other(const std::filesystem::path& folder) {
    return {"KEYS-OTHER",
            fmt::format("กุญแจใน {} ไม่ใช่กุญแจที่ใช้สร้างฐานข้อมูลนี้ โปรดระบุโฟลเดอร์กุญแจเดิม", folder.string()),
            fmt::format(
                "the keys in {} are not those this database was made with; name the folder that holds them",
                folder.string())};
}

std::string name_in(const std::string& vkey) { return vkey.substr(0, vkey.find('+')); }

// Whether this database is the office's, or may become it; the name under which it cosigns.
Result<std::string> check_database(const std::string& url, const std::filesystem::path& keys,
                                   const record::Office& office, const std::string& cosigner) {
    const std::string name = cosigner.empty() ? ledger::office_key_name(office.domain) : cosigner;
    if (!ledger::is_key_name(name)) {
        return Error{"KEYS-NAME", "--cosigner เป็นชื่ออักษรอังกฤษ ไม่มีช่องว่างหรือ + เช่น rayong.go.th/sala/province",
                     "--cosigner is a name in ASCII without spaces or plus, such as "
                     "rayong.go.th/sala/province"};
    }
    const Result<std::optional<OfficeRow>> row = ReportDb::office_in(url);
    if (!row) return row.error();
    if (!*row) return name;
    if ((*row)->id != office.id || (*row)->domain != office.domain) {
        return Error{
            "DB-OTHER-OFFICE",
            fmt::format("ฐานข้อมูลใน --db เป็นของหน่วยงาน {} ({}) ไม่ใช่ {} ({}) โปรดระบุฐานข้อมูลอื่น", (*row)->id,
                        (*row)->domain, office.id, office.domain),
            fmt::format("the database in --db belongs to office {} ({}), not to {} ({}); name another one",
                        (*row)->id, (*row)->domain, office.id, office.domain)};
    }
    const Result<OfficeKey> matching = keys_of(**row, keys);
    if (!matching) return matching.error();
    if (!cosigner.empty() && matching->name != cosigner) return keys_other(keys);
    return matching->name;
}

}  // namespace

Result<OfficeKey> keys_of(const OfficeRow& office, const std::filesystem::path& folder) {
    Result<OfficeKey> key = load_keys(folder, name_in(office.vkey));
    if (key && key->verifier().text() != office.vkey) return keys_other(folder);
    return key;
}

Result<OfficeRow> init_office(const std::string& url, const std::filesystem::path& keys,
                              const record::Office& office, std::string_view profile,
                              const std::string& cosigner) {
    // Everything is asked before anything is made.
    const Result<std::string> name = check_database(url, keys, office, cosigner);
    if (!name) return name.error();
    const Result<OfficeKey> key = make_keys(keys, *name);
    if (!key) return key.error();
    Result<ReportDb> database = ReportDb::open_or_create(url);
    if (!database) return database.error();
    Result<sql::Transaction> transaction = database->begin();
    if (!transaction) return transaction.error();
    if (Result<void> done = database->put_office(office, profile, key->verifier().text()); !done)
        return done.error();
    Result<OfficeRow> row = database->office();
    if (row && row->vkey != key->verifier().text()) return keys_other(keys);
    if (!row) return row;
    if (Result<void> done = transaction->commit(); !done) return done.error();
    return row;
}

Result<void> enrol(ReportDb& database, const std::string& code, const std::string& name,
                   const std::string& replaces, std::uint64_t now_s) {
    if (!ledger::is_device_code(code) || (!replaces.empty() && !ledger::is_device_code(replaces))) {
        return Error{"DEVICE-CODE", "รหัสตู้บริการต้องเป็นอักษร A-Z หรือเลข 2-7 รวม 26 ตัว โปรดดูรหัสที่ติดบนตู้",
                     "a device code is 26 letters A-Z or digits 2-7; read it from the kiosk's case"};
    }
    if (name.empty() || name.size() > kDeviceNameBytesMax || record::line_of_bad_utf8(name) != 0 ||
        record::forbidden_character(name)) {
        return Error{"DEVICE-NAME", "ชื่อตู้บริการต้องเป็นข้อความบรรทัดเดียวไม่เกิน 200 ไบต์",
                     "a device's name is one line of text of 1 to 200 bytes"};
    }
    Result<sql::Transaction> transaction = database.begin();
    if (!transaction) return transaction.error();
    const Result<OfficeRow> office = database.office();
    if (!office) return office.error();
    const Result<std::optional<DeviceRow>> there = database.device(office->id, code);
    if (!there) return there.error();
    const DeviceRow device{code, name, *there ? (*there)->replaced_by : ""};

    if (!replaces.empty()) {
        const Result<std::optional<DeviceRow>> old = database.device(office->id, replaces);
        if (!old) return old.error();
        if (!*old || replaces == code) {
            return Error{"DEVICE-UNKNOWN", fmt::format("ไม่มีตู้บริการ {} ที่จะถูกแทนที่ โปรดตรวจรหัส", replaces),
                         fmt::format("there is no device {} to replace; check the code", replaces)};
        }
        const Result<std::string> other = database.replaced_by_it(office->id, code);
        if (!other) return other.error();
        const std::string& replaced_by = (*old)->replaced_by;
        if (!device.replaced_by.empty() || (!replaced_by.empty() && replaced_by != code) ||
            (!other->empty() && *other != replaces)) {
            return Error{"DEVICE-REPLACED", "ตู้บริการนี้ถูกแทนที่ด้วยตู้อื่นหรือแทนที่ตู้อื่นไปแล้ว โปรดตรวจรหัสด้วยคำสั่ง status",
                         "one of these devices has been replaced by another one, or replaces another one, "
                         "already; check the codes with the status command"};
        }
    }
    if (Result<void> done = database.put_device(office->id, device); !done) return done;
    if (!replaces.empty()) {
        Result<void> done =
            database.put_replacement(office->id, code, replaces, static_cast<std::int64_t>(now_s));
        if (!done) return done;
    }
    return transaction->commit();
}

}  // namespace sala::office
