// A disk that has only promised what was synced: what a power cut would leave of it.
//
// It is built from the calls that a program made (system_calls.h), so it covers whatever the program wrote,
// through SQLite or not. Data counts as written when its file was synced, a name when its folder was. Names
// are journalled by every file system that may hold the data, so of those not synced some first ones are
// kept; of data any subset may be, down to sectors of 512 bytes.
#pragma once

#include <map>
#include <random>
#include <set>

#include "tests/faults/system_calls.h"

namespace sala::faults {

// kLate: of each write what comes after some sector, while no truncation before it was.
enum class Kept { kNone, kAll, kSome, kTorn, kLate };

// What of the things not yet synced the cut leaves.
struct Loss {
    const char* name;
    Kept data;
    Kept names;
};
inline constexpr Loss kLosses[] = {
    {"nothing kept", Kept::kNone, Kept::kNone}, {"all kept", Kept::kAll, Kept::kAll},
    {"names only", Kept::kNone, Kept::kAll},    {"data only", Kept::kAll, Kept::kNone},
    {"some kept", Kept::kSome, Kept::kSome},    {"torn", Kept::kTorn, Kept::kSome},
    {"ends first", Kept::kLate, Kept::kSome},
};

class Disk {
  public:
    // Of failed syncs, kSome: the disk took some sectors before it failed; kNone: not one.
    explicit Disk(Kept lost_syncs = Kept::kNone) : lost_syncs_(lost_syncs) {}

    void apply(const Op& op);

    // Writes what is left into `root`, which is empty.
    void leave(const std::filesystem::path& root, const Loss& loss, unsigned seed) const;

  private:
    struct Change {
        bool truncates;
        std::uint64_t offset;  // of a truncation the size
        std::string bytes;
    };
    struct File {
        std::string synced;
        std::vector<Change> pending;
    };
    using Names = std::map<std::string, int>;  // of folders kFolder
    static constexpr int kFolder = -1;

    static void change(std::string& bytes, const Change& change);
    static std::string tear(const File& file, Kept kept, std::mt19937& random);
    static void rename(Names& names, const Op& op);

    Kept lost_syncs_;
    std::mt19937 lost_random_{2570};
    std::map<int, File> files_;
    Names synced_names_;
    std::vector<Op> pending_names_;
};

}  // namespace sala::faults
