#include "sync/office/import_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "platform/base/files.h"
#include "sync/record/text_rules.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

// Names on a stick come from outside: nothing in them may steer a terminal.
std::string printable(const std::string& name) {
    std::string out;
    std::string_view rest = name;
    while (!rest.empty()) {
        const std::string_view before = rest;
        const std::optional<char32_t> character = record::take_character(rest);
        if (!character) {
            out += '?';
            rest.remove_prefix(1);
            continue;
        }
        const std::string_view bytes = before.substr(0, before.size() - rest.size());
        out += record::forbidden_character(bytes) ? "?" : bytes;
    }
    return out;
}

Result<std::string> read_bundle(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_symlink(fs::symlink_status(path, ignored))) {
        return Error{"FILE-UNREADABLE", "ไฟล์นี้เป็นลิงก์ จึงไม่อ่าน โปรดระบุไฟล์จริง",
                     "this file is a link, which is not followed; name the file itself"};
    }
    return read_file(path, ledger::kBundleBytesMax);
}

// The folder's bundles in the order in which they continue one another; unreadable ones last, by name.
Result<std::vector<fs::path>> bundles_of(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->path().extension() != ".bundle") continue;
        found.push_back(entry->path());
        if (found.size() > kFolderFilesMax) {
            return Error{"FOLDER-TOO-FULL",
                         fmt::format("โฟลเดอร์มีไฟล์ .bundle เกิน {} ไฟล์ โปรดแยกเป็นหลายโฟลเดอร์", kFolderFilesMax),
                         fmt::format("the folder holds more than {} bundles; split it", kFolderFilesMax)};
        }
    }
    if (failed) {
        return Error{"FILE-UNREADABLE", fmt::format("อ่านโฟลเดอร์ไม่ได้: {}", failed.message()),
                     fmt::format("could not read the folder: {}", failed.message())};
    }
    if (found.empty()) {
        return Error{"FOLDER-EMPTY", "ไม่มีไฟล์ .bundle ในโฟลเดอร์นี้ โปรดส่งออกจากตู้บริการก่อน",
                     "there is no .bundle file in this folder; export from the kiosk first"};
    }
    using Order = std::tuple<bool, std::string, std::uint64_t, std::uint64_t, fs::path>;
    std::vector<Order> order;
    for (const fs::path& path : found) {
        // Opened again when its turn comes: up to a thousand files need not fit into memory at once.
        const Result<std::string> bytes = found.size() > 1 ? read_bundle(path) : std::string();
        const Result<ledger::Bundle> bundle = bytes ? ledger::open_bundle(*bytes) : bytes.error();
        order.push_back(bundle ? Order{false, bundle->device, bundle->from(), bundle->to(), path}
                               : Order{true, "", 0, 0, path});
    }
    std::sort(order.begin(), order.end());
    std::vector<fs::path> sorted;
    for (const Order& entry : order) sorted.push_back(std::get<fs::path>(entry));
    return sorted;
}

Result<void> write_answer(const fs::path& file, const Receipt& receipt, const OfficeKey& key) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const fs::path key_file = folder / "office.vkey";
    const std::string vkey = key.verifier().text() + "\n";
    Result<void> written = write_file_durably(file.string() + ".cosigned", receipt.cosigned, 0644);
    if (written) {
        const Result<std::string> there = read_file(key_file, 1024);
        if (!there || *there != vkey) written = write_file_durably(key_file, vkey, 0644);
    }
    if (written) return {};
    return Error{
        "COSIGNED-NOT-WRITTEN",
        "ข้อมูลเข้าระบบแล้ว แต่เขียนใบรับรองกลับลงแฟลชไดรฟ์ไม่ได้ โปรดตรวจว่าไม่ได้ล็อกห้ามเขียน แล้วนำเข้าอีกครั้ง",
        fmt::format(
            "the data was taken in, but its cosigned note could not be written beside it ({}); unlock "
            "the stick and import again",
            written.error().english)};
}

// The way back of a gap: the kiosk's next export begins there. Where it cannot be written, the sentence
// stands without it.
void write_held(ReportDb& database, const fs::path& file, const std::string& bytes) {
    const std::optional<ledger::HeldAnswer> held = held_of(database, bytes);
    if (!held) return;
    const std::string code = held->origin.substr(held->origin.rfind('/') + 1);
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    (void)write_file_durably(folder / ledger::held_answer_name(code), ledger::held_answer_text(*held), 0644);
}

FileVerdict import_one(ReportDb& database, const OfficeKey& key, const fs::path& file, std::uint64_t now_s) {
    FileVerdict verdict{file, {}, {}};
    const Result<std::string> bytes = read_bundle(file);
    if (!bytes) {
        verdict.error = bytes.error();
        return verdict;
    }
    Result<Receipt> receipt = ingest(database, key, *bytes, now_s);
    if (!receipt) {
        verdict.error = receipt.error();
        if (verdict.error->code == "BUNDLE-GAP") write_held(database, file, *bytes);
        return verdict;
    }
    verdict.receipt = *std::move(receipt);
    if (Result<void> written = write_answer(file, *verdict.receipt, key); !written)
        verdict.error = written.error();
    return verdict;
}

}  // namespace

int exit_code(const Error& error) {
    if (error.code == "BUNDLE-GAP") return 4;
    if (error.code == "BUNDLE-FORK") return 5;
    static constexpr std::string_view kFaults[] = {
        "DB-FULL", "DB-READ-ONLY",   "DB-BUSY",         "DB-DAMAGED",   "DB-FAILED",      "DB-UNREACHABLE",
        "DB-OPEN", "DB-NOT-DURABLE", "FILE-UNWRITABLE", "KEYS-DAMAGED", "KEYS-UNWRITABLE"};
    return std::find(std::begin(kFaults), std::end(kFaults), error.code) != std::end(kFaults) ? 1 : 3;
}

int FileVerdict::exit_code() const { return receipt || !error ? 0 : office::exit_code(*error); }

std::string FileVerdict::line() const {
    std::string line = file.string() + ": ";
    if (receipt && receipt->new_lines > 0) {
        line +=
            fmt::format("รับแล้ว {} รายการ ถึงรายการที่ {} ของตู้ {} (accepted: {} lines, up to {}, of device {})",
                        receipt->new_lines, receipt->to, receipt->device, receipt->new_lines, receipt->to,
                        receipt->device);
    } else if (receipt) {
        line += fmt::format("มีอยู่แล้ว ถึงรายการที่ {} ของตู้ {} (already had: up to {}, of device {})", receipt->to,
                            receipt->device, receipt->to, receipt->device);
    }
    if (error) line += (receipt ? " " : "") + error->line();
    return printable(line);  // errors quote names too
}

std::vector<FileVerdict> import_files(ReportDb& database, const OfficeKey& key,
                                      const std::vector<fs::path>& paths, std::uint64_t now_s) {
    std::vector<FileVerdict> verdicts;
    for (const fs::path& path : paths) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored)) {
            verdicts.push_back(import_one(database, key, path, now_s));
            continue;
        }
        const Result<std::vector<fs::path>> bundles = bundles_of(path);
        if (!bundles) verdicts.push_back({path, {}, bundles.error()});
        if (!bundles) continue;
        for (const fs::path& bundle : *bundles) verdicts.push_back(import_one(database, key, bundle, now_s));
    }
    return verdicts;
}

int worst_exit_code(const std::vector<FileVerdict>& verdicts) {
    for (const int code : {1, 5, 4, 3}) {
        const auto has_code = [&](const FileVerdict& verdict) { return verdict.exit_code() == code; };
        if (std::any_of(verdicts.begin(), verdicts.end(), has_code)) return code;
    }
    return 0;
}

}  // namespace sala::office
