#include "tests/faults/disk_model.h"

#include <algorithm>
#include <fstream>

namespace sala::faults {
namespace {

constexpr std::uint64_t kSector = 512;

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

void Disk::change(std::string& bytes, const Change& change) {
    if (change.truncates) {
        bytes.resize(change.offset);
        return;
    }
    bytes.resize(std::max(bytes.size(), change.offset + change.bytes.size()));
    bytes.replace(change.offset, change.bytes.size(), change.bytes);
}

std::string Disk::tear(const File& file, Kept kept, std::mt19937& random) {
    std::string bytes = file.synced;
    const auto coin = [&] { return (random() & 1) != 0; };
    std::string whole = file.synced;
    for (const Change& one : file.pending) {
        change(whole, one);
        if (kept == Kept::kNone) continue;
        if (kept == Kept::kLate) {
            // Near the beginning, where what was there before would still be believed.
            const std::uint64_t from = random() % (std::min<std::uint64_t>(one.bytes.size(), 65'536) + 1);
            const std::uint64_t at = (one.offset + from) / kSector * kSector;
            if (at > one.offset) change(bytes, {false, at, one.bytes.substr(at - one.offset)});
            continue;
        }
        if (one.truncates || kept != Kept::kTorn) {
            if (kept == Kept::kAll || coin()) change(bytes, one);
            continue;
        }
        for (std::uint64_t at = one.offset, end = at + one.bytes.size(); at < end;) {
            const std::uint64_t next = std::min(end, (at / kSector + 1) * kSector);
            if (coin()) change(bytes, {false, at, one.bytes.substr(at - one.offset, next - at)});
            at = next;
        }
    }
    // The length may be on the disk before what it promises.
    if (kept == Kept::kTorn && whole.size() > bytes.size() && coin()) bytes.resize(whole.size());
    return bytes;
}

void Disk::rename(Names& names, const Op& op) {
    switch (op.kind) {
        case Op::kCreate:
        case Op::kFolder:
            names[op.path] = op.kind == Op::kFolder ? kFolder : op.file;
            break;
        case Op::kRename:
            names.erase(op.path);
            names[op.to] = op.file;
            break;
        default:
            names.erase(op.path);
    }
}

void Disk::apply(const Op& op) {
    switch (op.kind) {
        case Op::kWrite:
        case Op::kTruncate:
            files_[op.file].pending.push_back({op.kind == Op::kTruncate, op.offset, op.bytes});
            break;
        case Op::kSync:
        case Op::kSyncLost: {
            File& file = files_[op.file];
            const Kept kept = op.kind == Op::kSync ? Kept::kAll : lost_syncs_;
            file.synced = tear(file, kept, lost_random_);
            file.pending.clear();
            break;
        }
        case Op::kSyncFolder: {
            const auto inside = [&](const Op& name) { return folder_of(name.path) == op.path; };
            for (const Op& name : pending_names_) {
                if (inside(name)) rename(synced_names_, name);
            }
            std::erase_if(pending_names_, inside);
            break;
        }
        case Op::kAck:
            break;
        default:
            pending_names_.push_back(op);
    }
}

void Disk::leave(const std::filesystem::path& root, const Loss& loss, unsigned seed) const {
    std::mt19937 random(seed);
    Names names = synced_names_;
    std::size_t kept = loss.names == Kept::kNone ? 0 : pending_names_.size();
    if (loss.names == Kept::kSome) kept = random() % (kept + 1);
    for (std::size_t i = 0; i < kept; ++i) rename(names, pending_names_[i]);
    for (const auto& [path, file] : names) {  // a folder stands before what is in it
        if (!std::filesystem::is_directory(root / folder_of(path))) continue;
        if (file == kFolder) {
            std::filesystem::create_directory(root / path);
            std::filesystem::permissions(root / path, std::filesystem::perms::owner_all);
            continue;
        }
        const auto found = files_.find(file);
        const std::string bytes = found == files_.end() ? "" : tear(found->second, loss.data, random);
        std::ofstream(root / path, std::ios::binary) << bytes;
        std::filesystem::permissions(root / path, std::filesystem::perms(0600));
    }
}

}  // namespace sala::faults
