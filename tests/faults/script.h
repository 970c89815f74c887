// What a kiosk and its office do in a few days, act by act, so that any act can be cut off and taken up
// again.
//
// Act n is the same in every run: its visitor's token, its face, its time. What perform() has answered is
// acknowledged; a line of it can be kept by whoever outlives this process. The trap: the act after the last
// acknowledged one is unknown, done or not, and may be done again.
#pragma once

#include <filesystem>
#include <optional>

#include "kiosk/store/exporter.h"
#include "kiosk/store/store.h"
#include "tests/fakes/hand_clock.h"

namespace sala::faults {

struct Act {
    enum Kind {
        kOpen,     // the first start
        kInit,     // the office's keys and database
        kEnrol,    // the kiosk may send
        kRate,     // value: the face, 1..5
        kTicket,   // value: the division's index
        kEit,      // a visitor opens the EIT code
        kAlive,    // a quarter of an hour is over
        kRestart,  // the program ends well and begins anew
        kClose,
        kExport,  // onto the stick
        kIngest,  // at the office, all that lies on the stick
        kNote,    // the stick comes back
    };
    Kind kind;
    int value = 0;
};

// The first three set up, then the days follow without end.
Act act_at(std::size_t index);
std::size_t acts_of(int days);
const char* name_of(Act::Kind kind);

// What perform() acknowledged.
struct Ack {
    std::size_t act = 0;
    std::uint64_t size = 0;  // the kiosk's tree after it
    std::string letters;     // its root's
    std::string said;        // the ticket's number; the size that was exported, ingested or cosigned

    std::string line() const;
    static std::optional<Ack> parse(std::string_view line);
};

// Everything lies below one folder: data/, stick/, office.db, keys/.
class Player {
  public:
    // `office` must outlive it. `reboots`: how often the machine has started before.
    Player(std::filesystem::path root, const record::Office& office, std::size_t next_act = 0,
           int reboots = 0);

    // Does an act; opens the store first where it is not open. Refuses what the part of Sala does.
    Result<Ack> perform(std::size_t index);

    Result<void> open();
    void shut() { store_.reset(); }
    kiosk::Store& store() { return *store_; }
    bool is_open() const { return store_.has_value(); }

    // The office's database is at `url`, and `send` takes the place of the stick: kExport does nothing,
    // kIngest sends and says the size that came back cosigned.
    using Send = std::function<Result<std::uint64_t>(kiosk::Store&)>;
    void send_to(std::string url, Send send);
    bool sends() const { return static_cast<bool>(send_); }

    // Everything that lies on the stick, into an office of its own; the lines that it then has.
    Result<std::uint64_t> ingest(const std::string& office_name);

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path data() const { return root_ / "data"; }
    std::filesystem::path stick() const { return root_ / "stick"; }
    std::filesystem::path keys() const { return root_ / "office.keys"; }
    std::string office_db(const std::string& name = "office") const {
        return url_.empty() ? (root_ / (name + ".db")).string() : url_;
    }

  private:
    void pass_to(std::size_t index);
    Result<std::string> do_act(const Act& act, const kiosk::VisitToken& token);
    Result<void> init(const std::string& office_name);
    Result<void> enrol(const std::string& office_name);

    std::filesystem::path root_;
    const record::Office* office_;
    std::string url_;
    Send send_;
    HandClock clock_;
    std::int64_t passed_ms_ = 0;
    std::optional<kiosk::Store> store_;
};

// What is wrong with the world after `acks`; empty: nothing. Of `in_flight`, the act that nobody answered,
// either may be true. The player's store is opened where it is not.
std::vector<std::string> judge(Player& player, const std::vector<Ack>& acks,
                               std::optional<std::size_t> in_flight);

// The rest of the days, without a fault, and then everything once more, in an office of its own too.
std::vector<std::string> finish(Player& player, std::vector<Ack> acks, std::size_t acts);

// What is not honest about a refusal; "" where it has a code and says what is the matter in both languages.
std::string dishonest(const Error& error);

// The demo office.
const record::Office& demo_office();

// An empty folder on a file system in memory where there is one, gone with this object.
class Playground {
  public:
    Playground();
    ~Playground();
    Playground(const Playground&) = delete;
    const std::filesystem::path& path() const { return path_; }
    // Empty again.
    std::filesystem::path fresh() const;

  private:
    std::filesystem::path path_;
};

}  // namespace sala::faults
