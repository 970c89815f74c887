#include "sync/office/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/office/retry.h"

namespace sala::office {
namespace {

// One bundle on its way in, and what there is to remember of a refusal.
struct Arrival {
    const ledger::Bundle& bundle;
    std::uint64_t now_s = 0;
    std::string detail;                                  // of an incident
    std::optional<ledger::Checkpoint> signed_once = {};  // by this office, as the bundle shows
    bool restored = false;                               // fewer lines are held than it signed
    std::optional<std::uint64_t> conflict_at = {};       // lines held when a row was there before us
};

Error fork(Arrival& arrival, const std::string& where) {
    const ledger::Bundle& bundle = arrival.bundle;
    arrival.detail = where;
    return {"BUNDLE-FORK",
            fmt::format("ข้อมูลของตู้บริการ {} ขัดกับที่สำนักงานเก็บไว้แล้ว จึงไม่รับ (เครื่องถูกสำเนาหรือกู้ภาพเก่า) "
                        "โปรดหยุดใช้ตู้นี้ เก็บไฟล์นี้ไว้และแจ้งผู้ตรวจสอบ",
                        bundle.device),
            fmt::format(
                "what device {} sends contradicts what the office holds of it ({}): it was cloned, or an old "
                "image of it was brought back; nothing was taken in; stop this kiosk, keep this file and "
                "tell the auditor",
                bundle.device, where)};
}

Error contradiction() {
    return {
        "DB-DAMAGED", "ตารางในฐานข้อมูลขัดแย้งกันเอง จึงไม่บันทึก โปรดแจ้งผู้ดูแลระบบ",
        "the tables of the database contradict one another; nothing was recorded; call the administrator"};
}

// A log that takes another's place says so itself.
Error not_enrolled(const ledger::Bundle& bundle) {
    const auto* start = std::get_if<ledger::LogStart>(&bundle.lines.front().happening);
    std::string replaces;
    if (start != nullptr && start->replaces) {
        const std::string& origin = start->replaces->origin;
        replaces = " --replaces " + origin.substr(origin.rfind('/') + 1);
    }
    return {"BUNDLE-NOT-ENROLLED",
            fmt::format("ตู้บริการ {} ยังไม่ได้ลงทะเบียน โปรดเทียบรหัสกับที่ติดบนตู้ แล้วสั่ง sala-office enrol --device {}{}",
                        bundle.device, bundle.device, replaces),
            fmt::format("device {} is not enrolled; compare the code with the one on its case, then run "
                        "sala-office enrol --device {}{}",
                        bundle.device, bundle.device, replaces)};
}

Result<void> check_sender(ReportDb& database, const OfficeRow& office, const ledger::Bundle& bundle) {
    if (bundle.office != office.id || bundle.origin != ledger::log_origin(office.domain, bundle.device)) {
        return Error{
            "BUNDLE-OTHER-OFFICE",
            fmt::format("ไฟล์นี้เป็นของหน่วยงานอื่น ({}) ไม่ใช่ {} จึงไม่รับ โปรดส่งให้หน่วยงานนั้น", bundle.office,
                        office.id),
            fmt::format(
                "the bundle belongs to another office ({}, {}), not to {} of {}; hand it to that office",
                bundle.office, bundle.origin, office.id, office.domain)};
    }
    const Result<std::optional<DeviceRow>> device = database.device(office.id, bundle.device);
    if (!device) return device.error();
    if (!*device) {
        return not_enrolled(bundle);
    }
    return {};
}

Error gap(const Arrival& arrival, std::uint64_t held) {
    const ledger::Bundle& bundle = arrival.bundle;
    if (arrival.restored) {
        return {"BUNDLE-GAP",
                fmt::format("สำนักงานเคยรับรองข้อมูลของตู้บริการ {} ถึงรายการที่ {} แต่ฐานข้อมูลมีเพียง {} (กู้จากสำเนาเก่า) "
                            "ไม่มีข้อมูลหาย โปรดนำแฟลชไดรฟ์กลับไปส่งออกที่ตู้บริการอีกครั้งแล้วนำเข้า",
                            bundle.device, arrival.signed_once->size, held),
                fmt::format("the office has cosigned {} lines of device {} and its database holds {}: it was "
                            "brought back from an older copy; nothing is lost, take the stick back to the "
                            "kiosk, export once more and import",
                            arrival.signed_once->size, bundle.device, held)};
    }
    return {"BUNDLE-GAP",
            fmt::format("ข้อมูลของตู้บริการ {} ขาดช่วง: สำนักงานมีถึงรายการที่ {} แต่ไฟล์นี้เริ่มที่ {} "
                        "โปรดนำเข้าไฟล์ก่อนหน้าก่อน",
                        bundle.device, held, bundle.from()),
            fmt::format("lines of device {} are missing: the office has {}, this bundle begins at {}; import "
                        "the earlier bundle first",
                        bundle.device, held, bundle.from())};
}

// Whether the bundle agrees with what is held, line by line.
Result<void> check_continuity(ReportDb& database, Arrival& arrival, const Head& head) {
    const ledger::Bundle& bundle = arrival.bundle;
    const std::uint64_t held = head.tree.size();
    if (bundle.from() > held) return gap(arrival, held);
    const Result<ledger::Frontier> tree = bundle.from() == held
                                              ? Result<ledger::Frontier>(head.tree)
                                              : database.tree_at(bundle.office, bundle.device, bundle.from());
    if (!tree) return tree.error();
    if (*tree != bundle.frontier) return fork(arrival, fmt::format("before line {}", bundle.from()));
    const Result<std::vector<std::string>> ours =
        database.lines(bundle.office, bundle.device, bundle.from(), std::min(held, bundle.to()));
    if (!ours) return ours.error();
    for (std::size_t i = 0; i < ours->size(); ++i) {
        if ((*ours)[i] != bundle.raw[i]) return fork(arrival, fmt::format("at line {}", bundle.from() + i));
    }
    return {};
}

// The office's own cosignature, which the kiosk sends back.
Result<void> read_own_word(const OfficeKey& key, Arrival& arrival) {
    const ledger::Bundle& bundle = arrival.bundle;
    if (bundle.cosigned.empty()) return {};
    const Result<ledger::Note> note = ledger::parse_note(bundle.cosigned);
    if (!note) return note.error();
    const ledger::NoteCheck own = ledger::check_note(*note, key.verifier());
    if (own == ledger::NoteCheck::kAbsent) return {};
    if (own == ledger::NoteCheck::kForged) {
        return Error{
            "BUNDLE-FORGED-NOTE",
            fmt::format("ไฟล์ของตู้บริการ {} มีลายเซ็นของสำนักงานที่ไม่จริง จึงไม่รับ โปรดเก็บไฟล์นี้ไว้และแจ้งผู้ตรวจสอบ",
                        bundle.device),
            fmt::format(
                "the bundle of device {} carries a forged signature of this office; nothing was taken in; "
                "keep this file and tell the auditor",
                bundle.device)};
    }
    const Result<ledger::Checkpoint> signed_once = ledger::parse_checkpoint(note->text);
    if (!signed_once) return signed_once.error();
    arrival.signed_once = *signed_once;
    return {};
}

// It binds an office that has lost its database: what it signed once must lie in this bundle's history, and
// no smaller tree is cosigned after it.
Result<void> check_own_word(ReportDb& database, Arrival& arrival, const Head& head) {
    const ledger::Bundle& bundle = arrival.bundle;
    const std::optional<ledger::Checkpoint>& signed_once = arrival.signed_once;
    if (!signed_once) return {};
    if (signed_once->size > bundle.to()) {
        arrival.detail = fmt::format("the office has cosigned {} lines", signed_once->size);
        return Error{
            "BUNDLE-BEHIND",
            fmt::format("สำนักงานเคยรับรองข้อมูลของตู้บริการ {} ถึงรายการที่ {} แล้ว แต่ไฟล์นี้มีถึง {} "
                        "โปรดส่งออกจากตู้บริการใหม่",
                        bundle.device, signed_once->size, bundle.to()),
            fmt::format("the office has cosigned {} lines of device {}, this bundle ends at {}; export again "
                        "from the kiosk",
                        signed_once->size, bundle.device, bundle.to())};
    }
    ledger::Frontier tree;
    if (signed_once->size <= head.tree.size()) {
        Result<ledger::Frontier> ours = database.tree_at(bundle.office, bundle.device, signed_once->size);
        if (!ours) return ours.error();
        tree = *std::move(ours);
    } else {
        tree = bundle.frontier;
        for (std::size_t i = 0; tree.size() < signed_once->size; ++i)
            tree.append(ledger::leaf_hash(bundle.raw[i]));
    }
    if (tree.root() == signed_once->root) return {};
    return fork(arrival, fmt::format("the office cosigned another tree of {} lines", signed_once->size));
}

// Moves the head over the bundle's new lines, one by one.
Result<void> take_lines(const ledger::Bundle& bundle, Accepted& accepted) {
    Head& head = accepted.head;
    for (std::size_t i = accepted.held - bundle.from(); i < bundle.lines.size(); ++i) {
        const ledger::Line& line = bundle.lines[i];
        if (Result<void> taken = head.state.take(line); !taken) return taken;
        if (const auto* closed = std::get_if<ledger::DayClosed>(&line.happening))
            head.last_closed = closed->day;
        accepted.day_of_line.push_back(head.state.open_day);
    }
    head.tree = bundle.tree;
    return {};
}

// Once for each size that was signed and is not held.
Result<void> note_restored(ReportDb& database, const Arrival& arrival) {
    const ledger::Bundle& bundle = arrival.bundle;
    return database.note_incident(
        bundle.office, {bundle.device, static_cast<std::int64_t>(arrival.now_s), "OFFICE-RESTORED",
                        fmt::format("{} lines of it had been cosigned", arrival.signed_once->size)});
}

Result<Receipt> take_in(ReportDb& database, const OfficeKey& key, Arrival& arrival) {
    const ledger::Bundle& bundle = arrival.bundle;
    Result<sql::Transaction> transaction = database.begin_adding();
    if (!transaction) return transaction.error();
    const Result<OfficeRow> office = database.office();
    if (!office) return office.error();
    if (Result<void> known = check_sender(database, *office, bundle); !known) return known.error();
    const Result<Head> head = database.head(bundle.office, bundle.device);
    if (!head) return head.error();
    const std::uint64_t held = head->tree.size();
    // What came byte by byte before was compared then.
    const Result<bool> same = bundle.to() <= held ? database.holds(bundle) : false;
    if (!same) return same.error();
    if (!*same) {
        if (Result<void> read = read_own_word(key, arrival); !read) return read.error();
        arrival.restored = arrival.signed_once && arrival.signed_once->size > held;
        if (Result<void> agrees = check_continuity(database, arrival, *head); !agrees) return agrees.error();
        if (Result<void> agrees = check_own_word(database, arrival, *head); !agrees) return agrees.error();
    }
    Receipt receipt{bundle.device, bundle.from(), bundle.to(), 0, head->cosigned};
    if (bundle.to() <= held) {
        const auto answered = database.cosigned_at(bundle.office, bundle.device, bundle.to());
        if (!answered) return answered.error();
        if (*answered) receipt.cosigned = **answered;
        return receipt;
    }
    Accepted accepted{bundle, held, {}, *head};
    if (Result<void> taken = take_lines(bundle, accepted); !taken) return taken.error();
    ledger::Note note = bundle.checkpoint;
    note.signatures.push_back(ledger::cosign_note(note.text, key.name, key.key, arrival.now_s));
    accepted.head.cosigned = note.bytes();
    Result<void> done = database.add(accepted);
    if (done && arrival.restored) done = note_restored(database, arrival);
    if (done) done = transaction->commit();
    if (!done && done.error().code == "DB-CONFLICT") {
        // Somebody was first, and then more is held the next time; or nobody was, and rows stand in the
        // tables that no bundle brought.
        if (arrival.conflict_at == held) return contradiction();
        arrival.conflict_at = held;
    }
    if (!done) return done.error();
    receipt.new_lines = bundle.to() - held;
    receipt.cosigned = accepted.head.cosigned;
    return receipt;
}

// What must not be forgotten of a refusal, in a transaction of its own.
Result<void> remember(ReportDb& database, const Arrival& arrival, const std::string& code) {
    const auto now_s = static_cast<std::int64_t>(arrival.now_s);
    const ledger::Bundle& bundle = arrival.bundle;
    Result<sql::Transaction> transaction = database.begin();
    if (!transaction) return transaction.error();
    if (code == "BUNDLE-FORK") {
        Result<void> kept = database.keep_fork(bundle.office, bundle.device, bundle.evidence, now_s);
        if (!kept) return kept;
    }
    if (arrival.restored) {
        if (Result<void> noted = note_restored(database, arrival); !noted) return noted;
    }
    if (code != "BUNDLE-GAP") {
        Result<void> noted =
            database.note_incident(bundle.office, {bundle.device, now_s, code, arrival.detail});
        if (!noted) return noted;
    }
    return transaction->commit();
}

}  // namespace

Result<Receipt> ingest(ReportDb& database, const OfficeKey& key, std::string_view bytes,
                       std::uint64_t now_s) {
    const Result<ledger::Bundle> opened = ledger::open_bundle(bytes);
    if (!opened) return opened.error();
    Arrival arrival{*opened, now_s, {}};
    Result<Receipt> receipt = with_retries([&] { return take_in(database, key, arrival); });
    if (receipt) return receipt;
    const std::string& code = receipt.error().code;
    const bool restored_gap = code == "BUNDLE-GAP" && arrival.restored;
    if (code != "BUNDLE-FORK" && code != "BUNDLE-BEHIND" && !restored_gap) return receipt;
    const Result<void> kept = with_retries([&] { return remember(database, arrival, code); });
    if (!kept) return kept.error();
    return receipt;
}

std::optional<ledger::HeldAnswer> held_of(ReportDb& database, std::string_view bytes) {
    const Result<ledger::Bundle> bundle = ledger::open_bundle(bytes);
    if (!bundle) return {};
    const Result<Head> head = database.head(bundle->office, bundle->device);
    if (!head) return {};
    return ledger::HeldAnswer{bundle->origin, head->tree.size()};
}

}  // namespace sala::office
