#include "tests/faults/script.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>

#include "sync/office/administration.h"
#include "sync/office/import_files.h"

namespace sala::faults {
namespace {

using enum Act::Kind;

constexpr Act kSetUp[] = {{kOpen}, {kInit}, {kEnrol}};
// Four ratings a day and k = 5: what one day leaves waiting, the next one seals.
constexpr Act kDay[] = {{kRate, 5}, {kTicket, 0}, {kRate, 2}, {kEit},   {kAlive},  {kTicket, 1}, {kRate, 4},
                        {kRestart}, {kTicket, 0}, {kRate, 5}, {kClose}, {kExport}, {kIngest},    {kNote}};
constexpr std::int64_t kStartMs = 1'799'982'000'000;  // 2027-01-15 (a Friday) 10:00 in Thailand
constexpr std::int64_t kWeekMs = 7 * 86'400'000LL;    // every day is a Friday, so every day is open
constexpr std::int64_t kStepMs = 16 * 60'000;

std::int64_t offset_ms(std::size_t index) {
    if (index < std::size(kSetUp)) return 0;
    const std::size_t later = index - std::size(kSetUp);
    return static_cast<std::int64_t>(later / std::size(kDay)) * kWeekMs +
           static_cast<std::int64_t>(later % std::size(kDay)) * kStepMs;
}

kiosk::VisitToken token_of(std::size_t index) {
    kiosk::VisitToken token{};
    token[0] = 1;
    for (std::size_t i = 1; i < 9; ++i) token[i] = static_cast<std::uint8_t>(index >> (8 * (i - 1)));
    return token;
}

}  // namespace

Act act_at(std::size_t index) {
    if (index < std::size(kSetUp)) return kSetUp[index];
    return kDay[(index - std::size(kSetUp)) % std::size(kDay)];
}

std::size_t acts_of(int days) { return std::size(kSetUp) + static_cast<std::size_t>(days) * std::size(kDay); }

const char* name_of(Act::Kind kind) {
    static constexpr const char* kNames[] = {"open",  "init",    "enrol", "rate",   "ticket", "eit",
                                             "alive", "restart", "close", "export", "ingest", "note"};
    return kNames[kind];
}

std::string Ack::line() const {
    return fmt::format("ack {} {} {} {} {}\n", act, name_of(act_at(act).kind), size, letters,
                       said.empty() ? "-" : said);
}

std::optional<Ack> Ack::parse(std::string_view line) {
    std::vector<std::string> words(1);
    for (const char c : line) {
        if (c == ' ') words.emplace_back();
        if (c != ' ' && c != '\n' && c != '\r') words.back() += c;
    }
    if (words.size() != 6 || words[0] != "ack") return {};
    Ack ack;
    const auto number = [](const std::string& text, auto& value) {
        return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
    };
    if (!number(words[1], ack.act) || !number(words[3], ack.size)) return {};
    ack.letters = words[4];
    ack.said = words[5] == "-" ? "" : words[5];
    return ack;
}

Player::Player(std::filesystem::path root, const record::Office& office, std::size_t next_act, int reboots)
    : root_(std::move(root)), office_(&office), clock_(kStartMs) {
    pass_to(next_act);
    for (int i = 0; i < reboots; ++i) clock_.reboot(0);
}

void Player::pass_to(std::size_t index) {
    const std::int64_t at = std::max(offset_ms(index), passed_ms_);
    clock_.pass_ms(at - passed_ms_);
    passed_ms_ = at;
}

Result<void> Player::open() {
    store_.reset();
    Result<kiosk::DataFolder> folder = kiosk::DataFolder::lock(data());
    if (!folder) return folder.error();
    Result<kiosk::Store> store = kiosk::Store::open(*std::move(folder), *office_,
                                                    crypto::sha256(bytes_of("config")), clock_, "faults");
    if (!store) return store.error();
    store_.emplace(*std::move(store));
    return {};
}

void Player::send_to(std::string url, Send send) {
    url_ = std::move(url);
    send_ = std::move(send);
}

Result<void> Player::init(const std::string& office_name) {
    const auto made =
        office::init_office(office_db(office_name), root_ / (office_name + ".keys"), *office_, "[office]\n");
    if (!made) return made.error();
    return {};
}

Result<void> Player::enrol(const std::string& office_name) {
    Result<office::ReportDb> database =
        office::ReportDb::open(office_db(office_name), office::Access::kWrite);
    if (!database) return database.error();
    return office::enrol(*database, ledger::device_code(store_->key().public_key()), "โถงหน้า", "");
}

Result<std::uint64_t> Player::ingest(const std::string& office_name) {
    if (office_name != "office") {
        for (const Result<void>& done : {init(office_name), enrol(office_name)}) {
            if (!done) return done.error();
        }
    }
    Result<office::ReportDb> database =
        office::ReportDb::open(office_db(office_name), office::Access::kWrite);
    if (!database) return database.error();
    const Result<office::OfficeRow> row = database->office();
    if (!row) return row.error();
    const Result<office::OfficeKey> key = office::keys_of(*row, root_ / (office_name + ".keys"));
    if (!key) return key.error();
    const auto now_s = static_cast<std::uint64_t>(clock_.wall_ms() / 1000);
    for (const office::FileVerdict& verdict : office::import_files(*database, *key, {stick()}, now_s)) {
        if (verdict.error) return *verdict.error;
    }
    const Result<office::Head> head =
        database->head(row->id, ledger::device_code(store_->key().public_key()));
    if (!head) return head.error();
    return head->tree.size();
}

Result<std::string> Player::do_act(const Act& act, const kiosk::VisitToken& token) {
    const auto done = [](const auto& result, const std::string& said = "") {
        return result ? Result<std::string>(said) : result.error();
    };
    switch (act.kind) {
        case kOpen:
            return std::string();  // perform() has opened it
        case kInit:
            return done(init("office"));
        case kEnrol:
            return done(enrol("office"));
        case kRate:
            return done(store_->store_rating(token, act.value));
        case kTicket: {
            const record::Division& division = office_->divisions.at(static_cast<std::size_t>(act.value));
            const auto ticket = store_->issue_ticket(token, {division.id, division.services.at(0).id});
            return done(ticket, ticket ? ticket->number : "");
        }
        case kEit:
            return done(store_->note_eit_shown());
        case kAlive:
            return done(store_->tick());
        case kRestart:
            return done(open());
        case kClose:
            return done(store_->close_day());
        case kIngest: {
            const Result<std::uint64_t> lines = sends() ? send_(*store_) : ingest("office");
            return done(lines, lines ? fmt::format("{}", *lines) : "");
        }
        case kExport: {
            if (sends()) return std::string("0");
            const Result<kiosk::Export> exported = kiosk::export_to(*store_, stick());
            return done(exported, exported ? fmt::format("{}", exported->to) : "");
        }
        case kNote: {
            if (!sends()) {
                const Result<kiosk::Export> taken = kiosk::export_to(*store_, stick());
                if (!taken) return taken.error();
                if (!taken->refused_notes.empty()) return taken->refused_notes[0];
            }
            const auto size = kiosk::cosigned_size(store_->database());
            return done(size, size ? fmt::format("{}", *size) : "");
        }
    }
    return Error{"NO-ACT", "", ""};
}

Result<Ack> Player::perform(std::size_t index) {
    pass_to(index);
    if (!store_) {
        if (Result<void> opened = open(); !opened) return opened.error();
    }
    Result<std::string> said = do_act(act_at(index), token_of(index));
    if (!said) return said.error();
    const kiosk::Receipt receipt = store_->receipt();
    return Ack{index, receipt.tree_size, receipt.root_letters, *std::move(said)};
}

const record::Office& demo_office() {
    static const record::Office office = [] {
        const auto loaded = record::load_office(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml");
        if (!loaded.office) std::abort();
        return *loaded.office;
    }();
    return office;
}

Playground::Playground() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string name = (memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path()) /
                       "sala-faults-XXXXXX";
    path_ = ::mkdtemp(name.data());
}

Playground::~Playground() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path Playground::fresh() const {
    for (const auto& entry : std::filesystem::directory_iterator(path_))
        std::filesystem::remove_all(entry.path());
    std::filesystem::create_directories(path_ / "world" / "stick");
    return path_ / "world";
}

}  // namespace sala::faults
