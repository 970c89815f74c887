#include "sync/record/office.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "platform/base/files.h"
#include "sync/record/board_settings.h"
#include "sync/record/counter_page_settings.h"
#include "sync/record/link_rules.h"
#include "sync/record/peer_rules.h"
#include "sync/record/printer_settings.h"
#include "sync/record/queue_settings.h"
#include "sync/record/screen_settings.h"
#include "sync/record/secrecy_settings.h"
#include "sync/record/sync_road.h"
#include "sync/record/toml_reader.h"
#include "sync/record/witness_roads.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

// In letters (Thai marks not counted): a name fits two lines of a tile, a sentence a few lines of a page.
constexpr int kNameLettersMax = 80;
constexpr int kInitialsLettersMax = 6;
constexpr int kSentenceLettersMax = 200;
constexpr int kPhoneLettersMax = 40;

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 24 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// The id of a section, unique among those in `taken`.
std::string need_id(TomlSection& section, std::set<std::string>& taken) {
    const TomlNode* node = section.need("id", Kind::kText);
    if (node == nullptr) return {};
    if (!is_id(node->text)) {
        section.problems().add(node->line, "CONFIG-ID", node->text,
                               "id ใช้ได้เฉพาะ a-z ตัวพิมพ์เล็ก ตัวเลข 0-9 และขีด - ยาว 1 ถึง 24 ตัว",
                               "an id is 1 to 24 of a-z, 0-9 and '-'");
    } else if (!taken.insert(node->text).second) {
        section.problems().add(node->line, "CONFIG-ID-DUPLICATE", node->text, "id ซ้ำกับรายการก่อนหน้า ต้องไม่ซ้ำกัน",
                               "this id is already used above; each must differ");
    }
    return node->text;
}

// Where the guide of a service has nothing to state, it says so; it never stays blank.
Phrase no_fee() { return {"ไม่มีค่าธรรมเนียม", "No fee"}; }
Phrase no_papers() { return {"ไม่ต้องใช้เอกสาร", "No documents needed"}; }

std::vector<Phrase> phrases(TomlSection& section, std::string_view key, int at_least, int at_most) {
    std::vector<Phrase> out;
    for (const TomlNode* item : list_of(section, key, Kind::kOther, at_least, at_most)) {
        if (auto phrase = phrase_of(*item, key, kSentenceLettersMax, section))
            out.push_back(std::move(*phrase));
    }
    return out;
}

std::optional<int> maybe_standard_minutes(TomlSection& section) {
    const TomlNode* node = section.maybe("standard_minutes", Kind::kInteger);
    if (node == nullptr) return std::nullopt;
    if (node->integer >= 1 && node->integer <= kStandardMinutesMax) return static_cast<int>(node->integer);
    section.problems().add(
        node->line, "CONFIG-STANDARD-MINUTES", node->text,
        fmt::format("เวลามาตรฐานของงานต้องเป็นจำนวนนาที 1 ถึง {}", kStandardMinutesMax),
        fmt::format("the standard time of a service is 1 to {} minutes", kStandardMinutesMax));
    return std::nullopt;
}

Service read_service(const TomlNode& table, std::set<std::string>& taken, ProblemList& problems) {
    TomlSection section(table, "[[division.service]]", problems);
    Service service;
    service.id = need_id(section, taken);
    service.name = need_phrase(section, "name", kNameLettersMax).value_or(Phrase{});
    service.steps = phrases(section, "steps", 1, kStepsMax);
    service.duration = need_phrase(section, "duration", kSentenceLettersMax).value_or(Phrase{});
    service.channel = need_phrase(section, "channel", kSentenceLettersMax).value_or(Phrase{});
    service.fee = maybe_phrase(section, "fee", kSentenceLettersMax).value_or(no_fee());
    service.papers = phrases(section, "papers", 0, kPapersMax);
    if (service.papers.empty()) service.papers.push_back(no_papers());
    service.standard_minutes = maybe_standard_minutes(section);
    section.refuse_other_keys();
    return service;
}

char need_prefix(TomlSection& section, std::set<std::string>& taken) {
    const TomlNode* node = section.need("prefix", Kind::kText);
    if (node == nullptr) return 'A';
    if (node->text.size() != 1 || node->text[0] < 'A' || node->text[0] > 'Z') {
        section.problems().add(node->line, "CONFIG-PREFIX", node->text,
                               "อักษรนำเลขคิวต้องเป็นอักษรอังกฤษตัวพิมพ์ใหญ่ตัวเดียว A ถึง Z",
                               "the letter of the tickets is one capital letter, A to Z");
        return 'A';
    }
    if (!taken.insert(node->text).second) {
        section.problems().add(node->line, "CONFIG-PREFIX-DUPLICATE", node->text,
                               "อักษรนำเลขคิวซ้ำกับส่วนราชการก่อนหน้า เลขคิวจะสับสนกัน ต้องไม่ซ้ำกัน",
                               "another division already uses this letter; tickets could not be told apart");
    }
    return node->text[0];
}

// What must be unique across the divisions.
struct Taken {
    std::set<std::string> divisions, prefixes, counters;
};

void read_division(const TomlNode& table, Taken& taken, Office& office, ProblemList& problems) {
    TomlSection section(table, "[[division]]", problems);
    Division division;
    division.id = need_id(section, taken.divisions);
    division.prefix = need_prefix(section, taken.prefixes);
    division.name = need_phrase(section, "name", kNameLettersMax).value_or(Phrase{});
    std::set<std::string> services;
    for (const TomlNode* node : list_of(section, "service", Kind::kTable, 1, kServicesMax)) {
        division.services.push_back(read_service(*node, services, problems));
    }
    for (const TomlNode* node : list_of(section, "counter", Kind::kTable, 0, kCountersMax)) {
        TomlSection counter(*node, "[[division.counter]]", problems);
        const std::string id = need_id(counter, taken.counters);
        office.counters.push_back(
            {id, need_phrase(counter, "name", kNameLettersMax).value_or(Phrase{}), division.id});
        counter.refuse_other_keys();
    }
    section.refuse_other_keys();
    office.divisions.push_back(std::move(division));
}

void read_identity(TomlSection& root, Office& office, ProblemList& problems) {
    const TomlNode* table = root.need("office", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[office]", problems);
    std::set<std::string> none;
    office.id = need_id(section, none);
    if (const TomlNode* domain = section.need("domain", Kind::kText)) {
        office.domain = domain->text;
        if (!is_host_name(office.domain)) {
            problems.add(domain->line, "CONFIG-DOMAIN", domain->text,
                         "ต้องเป็นชื่อโดเมนของหน่วยงาน ตัวพิมพ์เล็ก เช่น banmai.go.th",
                         "must be the office's domain, lower case: banmai.go.th");
        }
    }
    office.name = need_phrase(section, "name", kNameLettersMax).value_or(Phrase{});
    office.province = need_phrase(section, "province", kNameLettersMax).value_or(Phrase{});
    if (const TomlNode* initials = section.need("initials", Kind::kText)) {
        office.initials = shown_text(*initials, kInitialsLettersMax, problems).value_or("");
    }
    if (const TomlNode* key = section.maybe("office_key", Kind::kText);
        key != nullptr && !key->text.empty()) {
        office.office_key = key->text;
        if (!is_verifier_key(key->text)) {
            problems.add(
                key->line, "CONFIG-OFFICE-KEY", key->text,
                "กุญแจตรวจลายเซ็นของสำนักงานไม่ถูกรูปแบบ ให้คัดลอกทั้งบรรทัดจาก sala-office init หรือเว้นว่าง \"\"",
                "not a verifier key (name+hash+base64); copy the whole line from `sala-office init`, or "
                "leave it \"\"");
        }
    }
    section.refuse_other_keys();
}

std::optional<int> need_minute(TomlSection& section, std::string_view key) {
    const TomlNode* node = section.need(key, Kind::kText);
    if (node == nullptr) return std::nullopt;
    const std::string& text = node->text;
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
        const int hour = (text[0] - '0') * 10 + (text[1] - '0');
        const int minute = (text[3] - '0') * 10 + (text[4] - '0');
        if (hour < 24 && minute < 60) return hour * 60 + minute;
    }
    section.problems().add(node->line, "CONFIG-TIME", text,
                           fmt::format("{} ต้องเป็นเวลา เขียนแบบ \"08:30\" (00:00 ถึง 23:59)", key),
                           fmt::format("`{}` must be a time such as \"08:30\" (00:00 to 23:59)", key));
    return std::nullopt;
}

void read_hours(const TomlNode& table, OpeningHours& hours, ProblemList& problems) {
    constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    TomlSection section(table, "[hours]", problems);
    const auto opens = need_minute(section, "opens");
    const auto closes = need_minute(section, "closes");
    if (opens && closes) {
        hours.opens_minute = *opens;
        hours.closes_minute = *closes;
        if (*opens >= *closes) {
            problems.add(
                table.line, "CONFIG-HOURS-ORDER",
                clock_text(*opens, Language::kEnglish) + " - " + clock_text(*closes, Language::kEnglish),
                "เวลาเปิดต้องมาก่อนเวลาปิด", "the office must open before it closes");
        }
    }
    if (section.any("days") != nullptr) {
        std::ranges::fill(hours.days, false);
        for (const TomlNode* day : list_of(section, "days", Kind::kText, 1, 7)) {
            const auto found = std::ranges::find(kDays, day->text);
            if (found != kDays.end()) {
                hours.days[found - kDays.begin()] = true;
                continue;
            }
            problems.add(day->line, "CONFIG-DAY", day->text,
                         fmt::format("วันต้องเป็นหนึ่งใน {}", fmt::join(kDays, ", ")),
                         fmt::format("a day is one of {}", fmt::join(kDays, ", ")));
        }
    }
    section.refuse_other_keys();
}

void read_hosts(TomlSection& root, std::vector<std::string>& hosts, ProblemList& problems) {
    const TomlNode* table = root.maybe("links", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[links]", problems);
    for (const TomlNode* host : list_of(section, "hosts", Kind::kText, 1, kHostsMax)) {
        if (const auto fault = host_fault(host->text)) {
            problems.add(host->line, "CONFIG-HOST-" + fault->code, host->text, fault->thai, fault->english);
        }
        hosts.push_back(host->text);
    }
    section.refuse_other_keys();
}

std::string checked_link(const TomlNode* node, const char* owner, const Office& office,
                         ProblemList& problems) {
    if (node == nullptr) return {};
    if (const auto fault = link_fault(node->text, office.hosts)) {
        problems.add(node->line, fmt::format("CONFIG-{}-{}", owner, fault->code), node->text, fault->thai,
                     fault->english);
    }
    return node->text;
}

void read_eit(const TomlNode& table, Office& office, ProblemList& problems) {
    TomlSection section(table, "[eit]", problems);
    EitCampaign eit;
    eit.url = checked_link(section.need("url", Kind::kText), "EIT", office, problems);
    eit.host = link_host(eit.url);
    const auto first = need_date(section, "first");
    const auto last = need_date(section, "last");
    if (first && last) {
        eit.window = {*first, *last};
        if (*last < *first) {
            problems.add(table.line, "CONFIG-EIT-WINDOW", iso_date(*first) + " - " + iso_date(*last),
                         "วันเริ่ม (first) ต้องไม่ช้ากว่าวันสุดท้าย (last)", "`first` must not be later than `last`");
        }
    }
    section.refuse_other_keys();
    office.eit = std::move(eit);
}

ChannelGroup need_group(TomlSection& section) {
    constexpr std::array<std::string_view, 3> kGroups = {"complaint", "officer-corruption", "e-service"};
    const TomlNode* node = section.need("group", Kind::kText);
    if (node == nullptr) return ChannelGroup::kComplaint;
    const auto found = std::ranges::find(kGroups, node->text);
    if (found != kGroups.end()) return static_cast<ChannelGroup>(found - kGroups.begin());
    section.problems().add(node->line, "CONFIG-CHANNEL-GROUP", node->text,
                           fmt::format("group ต้องเป็นหนึ่งใน {}", fmt::join(kGroups, ", ")),
                           fmt::format("`group` is one of {}", fmt::join(kGroups, ", ")));
    return ChannelGroup::kComplaint;
}

void read_channel(const TomlNode& table, Office& office, ProblemList& problems) {
    TomlSection section(table, "[[channel]]", problems);
    Channel channel;
    channel.group = need_group(section);
    channel.name = need_phrase(section, "name", kNameLettersMax).value_or(Phrase{});
    const TomlNode* url = section.maybe("url", Kind::kText);
    const TomlNode* phone = section.maybe("phone", Kind::kText);
    channel.url = checked_link(url, "CHANNEL", office, problems);
    if (phone != nullptr) {
        channel.phone = shown_text(*phone, kPhoneLettersMax, problems).value_or("");
        if (phone->text.find_first_of("0123456789") == std::string::npos) {
            problems.add(phone->line, "CONFIG-CHANNEL-PHONE", phone->text, "หมายเลขโทรศัพท์ต้องมีตัวเลข (0-9)",
                         "a telephone number has digits (0-9)");
        }
    }
    if (section.any("url") == nullptr && section.any("phone") == nullptr) {
        problems.add(table.line, "CONFIG-CHANNEL-EMPTY", "", "ช่องทางต้องมี url หรือ phone อย่างน้อยหนึ่งอย่าง",
                     "a channel needs a `url`, a `phone`, or both");
    }
    section.refuse_other_keys();
    office.channels.push_back(std::move(channel));
}

Office read_office(const TomlNode& table, ProblemList& problems) {
    Office office;
    TomlSection root(table, "ไฟล์นี้ (this file)", problems);
    read_identity(root, office, problems);
    read_hosts(root, office.hosts, problems);
    if (const TomlNode* hours = root.maybe("hours", Kind::kTable)) read_hours(*hours, office.hours, problems);
    if (const TomlNode* secrecy = root.maybe("secrecy", Kind::kTable)) {
        read_secrecy(*secrecy, office.secrecy, problems);
    }
    if (const TomlNode* eit = root.maybe("eit", Kind::kTable)) read_eit(*eit, office, problems);
    for (const TomlNode* channel : list_of(root, "channel", Kind::kTable, 0, kChannelsMax)) {
        read_channel(*channel, office, problems);
    }
    read_queue(root, office);
    read_display(root, office);
    read_announcements(root, office);
    read_sync(root, office);
    read_printer(root, office);
    read_witnesses(root, office);
    read_counter_page(root, office);
    read_board(root, office);
    Taken taken;
    for (const TomlNode* division : list_of(root, "division", Kind::kTable, 1, kDivisionsMax)) {
        read_division(*division, taken, office, problems);
    }
    read_number_pads(root, office);
    root.refuse_other_keys();
    return office;
}

}  // namespace

QueueClose Office::close_rule() const {
    return queue.at_close.value_or(counters_call() ? QueueClose::kEnded : QueueClose::kServed);
}

const Division* Office::division(std::string_view division_id) const {
    const auto found = std::ranges::find(divisions, division_id, &Division::id);
    return found == divisions.end() ? nullptr : &*found;
}

const Service* Office::service(std::string_view division_id, std::string_view service_id) const {
    const Division* in = division(division_id);
    if (in == nullptr) return nullptr;
    const auto found = std::ranges::find(in->services, service_id, &Service::id);
    return found == in->services.end() ? nullptr : &*found;
}

std::string Problem::text() const {
    const std::string place = line > 0 ? fmt::format("{}:{}", file, line) : file;
    if (found.empty()) return fmt::format("{}: {}: {} ({})", place, code, thai, english);
    return fmt::format("{}: {}: found «{}»: {} ({})", place, code, found, thai, english);
}

LoadedOffice parse_office(std::string_view toml, const std::string& file) {
    LoadedOffice loaded;
    loaded.bytes = toml;
    ProblemList problems(file);
    if (const auto root = read_toml(toml, problems)) {
        Office office = read_office(*root, problems);
        if (problems.empty()) loaded.office = std::move(office);
    }
    loaded.problems = std::move(problems).sorted();
    return loaded;
}

LoadedOffice load_office(const std::filesystem::path& path) {
    const auto bytes = read_file(path, kOfficeBytesMax);
    if (bytes) return parse_office(*bytes, path.string());
    LoadedOffice loaded;
    const Error& error = bytes.error();
    const char* code = error.code == "FILE-TOO-LARGE" ? "CONFIG-FILE-TOO-LARGE" : "CONFIG-FILE-UNREADABLE";
    loaded.problems.push_back({path.string(), 0, code, "", error.thai, error.english});
    return loaded;
}

}  // namespace sala::record
