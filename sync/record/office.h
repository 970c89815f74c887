// The office as its own profile describes it (office.toml): names, divisions, services, opening hours, the
// EIT campaign.
//
// Values of these types have been checked: an Office that exists is complete and consistent, so nobody below
// checks again. load_office() reports every problem of a file at once; the trap is to use a file that has
// any.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/crypto/crypto.h"
#include "sync/record/calendar.h"

namespace sala::record {

// A text in each language the kiosk speaks.
struct Phrase {
    std::string thai;
    std::string english;  // Never empty: the Thai text where the office gave none.
    const std::string& in(Language language) const { return language == Language::kThai ? thai : english; }
};

// One service of the catalogue, with the six fields that every public service guide must state. A field the
// office left out reads "ไม่มีค่าธรรมเนียม", "ไม่ต้องใช้เอกสาร" (fee and papers only; the others are
// required).
struct Service {
    std::string id;  // [a-z0-9-]{1,24}, unique in its division
    Phrase name;
    std::vector<Phrase> steps;
    Phrase duration;
    Phrase channel;
    Phrase fee;
    std::vector<Phrase> papers;
    // Against which a delay at the counter is measured (`duration` is only a text); none: it is not.
    std::optional<int> standard_minutes;  // 1..kStandardMinutesMax
};

// A division (สำนัก/กอง), which runs its own series of queue numbers.
struct Division {
    std::string id;  // [a-z0-9-]{1,24}, unique in the office
    Phrase name;
    char prefix = 'A';              // 'A'..'Z', unique in the office: the letter of its tickets
    std::vector<Service> services;  // 1..kServicesMax
};

struct Counter {
    std::string id;
    Phrase name;
    std::string division;  // a Division's id
};

// Monday to Friday unless the profile says otherwise.
struct OpeningHours {
    int opens_minute = 8 * 60 + 30;  // of the local day
    int closes_minute = 16 * 60 + 30;
    bool open_on(std::chrono::weekday day) const { return days[day.c_encoding()]; }
    bool days[7] = {false, true, true, true, true, true, false};  // Sunday first
};

// The EIT survey, which visitors answer on their own phones: Sala shows the link and nothing else.
struct EitCampaign {
    std::string url;   // https, host on the office's list, fits a QR code of the screen's size (link_rules.h)
    std::string host;  // as shown in large letters beside the code
    DateRange window;  // first and last day on which the link is shown
    bool open_on(Date date) const { return window.first <= date && date <= window.last; }
};

enum class ChannelGroup { kComplaint, kOfficerCorruption, kEService };
struct Channel {
    ChannelGroup group;
    Phrase name;
    std::string url;    // empty where there is only a telephone
    std::string phone;  // empty where there is only a link
};

// How long counts gather and over how many raters (ARCHITECTURE.md, section 4).
struct Secrecy {
    int k = 5;           // 5..100; an office may only raise it
    int k_counter = 10;  // a named counter: 10..100, never under k
    // Places gather until the month's last close, and what waits is bound for this key's holder; none:
    // every close seals what it can.
    std::optional<crypto::PublicKey> month_auditor;
};

// What the office tells those who wait, on the screen that nobody touches.
struct Announcement {
    Phrase text;                      // at most 200 letters
    std::optional<Date> first, last;  // days on which it is shown, both included; none: no bound
    bool shown_on(Date date) const { return (!first || *first <= date) && (!last || date <= *last); }
};

// Where the kiosk sends over the network: the gateway of `sala-office serve`, known by its key.
struct SyncRoad {
    std::string url;  // https://host[:port], nothing after it
    std::string pin;  // sha256//...
};

// Somebody outside the office who vouches that this kiosk's log only grew (C2SP tlog-witness).
struct WitnessRoad {
    std::string url;   // https://host[:port][/path], without a slash at the end
    std::string pin;   // sha256//...
    std::string vkey;  // of its cosignatures (C2SP vkey); its name is no other witness's and not the office's
};

// What becomes of tickets that are open when the day closes (kiosk/queue/orders.h has the rules).
enum class QueueClose { kServed, kEnded, kCarried };

// How the queue goes ([queue]). Everybody may read the ratio and the groups on screen, ticket and board.
struct QueueSettings {
    // Where both lanes wait: so many calls of the priority lane, then so many of the other, 1..9.
    int priority_turns = 1;
    int ordinary_turns = 2;
    // Whom the priority lane is for; empty: there is none.
    std::vector<Phrase> priority_groups = {{"ผู้สูงอายุ", "older people"},
                                           {"ผู้พิการ", "people with disabilities"},
                                           {"สตรีมีครรภ์", "pregnant women"},
                                           {"นักบวช/นักพรต", "clergy"}};
    std::optional<QueueClose> at_close;  // see Office::close_rule()
    // This kiosk's number among the office's, 1..9: its tickets are A1001 to A1999, so that two kiosks never
    // give one number. None: the only one, A001 to A9999.
    std::optional<int> kiosk;
    std::string follow;  // an address of the office's own where a visitor may follow the queue; empty: none
};

// What the tickets are printed on; without it they are shown on the screen only.
struct PrinterSettings {
    enum class Road { kUsb, kTcp, kCups };
    Road road = Road::kUsb;
    std::string place;    // "/dev/usb/lp0", "192.168.1.50:9100", or the name of a CUPS queue
    int paper_mm = 80;    // or 58
    bool answers = true;  // to questions about its state; of kUsb and kTcp only, CUPS asks by itself
};

// Where the page of the counters and the waiting-room board are served.
struct ListenAt {
    std::string address;     // an IPv4 or IPv6 literal of this machine, without brackets
    std::uint16_t port = 0;  // 1024..65535
    friend bool operator==(const ListenAt&, const ListenAt&) = default;
};

// What the kiosk itself shows and says to those who wait.
struct BoardSettings {
    bool display = false;  // a board on the second display
    bool voice = false;    // a chime, and the recorded voice where there is one, from its own loudspeaker
    friend bool operator==(const BoardSettings&, const BoardSettings&) = default;
};

// A number pad on a cable or a radio, from which one counter calls without a network.
struct NumberPad {
    std::string device;   // /dev/input/by-id/... or by-path/...
    std::string counter;  // a Counter's id
    friend bool operator==(const NumberPad&, const NumberPad&) = default;
};

struct Office {
    std::string id;        // [a-z0-9-]{1,24}; bundles name the office by it
    std::string domain;    // "banmai.go.th": the first part of every log's origin
    Phrase name;           // องค์การบริหารส่วนตำบล...
    std::string initials;  // what stands in the round seal where there is no logo: อบต
    Phrase province;
    std::vector<Division> divisions;  // 1..kDivisionsMax
    std::vector<Counter> counters;
    OpeningHours hours;
    std::optional<EitCampaign> eit;
    std::vector<Channel> channels;
    std::vector<std::string> hosts;  // hosts that a QR code of this office may name
    Secrecy secrecy;
    QueueSettings queue;
    std::vector<Announcement> announcements;  // 0..kAnnouncementsMax
    std::optional<SyncRoad> sync;             // none: by USB stick only
    std::vector<WitnessRoad> witnesses;       // 0..kWitnessesMax
    std::optional<PrinterSettings> printer;   // none: tickets are shown, not printed
    std::optional<ListenAt> counter_page;     // none: counters do not call from browsers
    BoardSettings board;
    std::vector<NumberPad> number_pads;  // 0..kNumberPadsMax, each a device of its own
    // Of the display's picture, corner to corner: what stands here counts more than the display's own word.
    std::optional<double> display_diagonal_inches;  // 4..100
    std::string
        office_key;  // verifier key of the office's cosignatures (C2SP vkey); empty: pinned at the first one

    // From a page or a number pad.
    bool counters_call() const { return counter_page || !number_pads.empty(); }
    // Of [queue], or where it is silent: kEnded where counters call, else kServed.
    QueueClose close_rule() const;
    const Division* division(std::string_view division_id) const;
    const Service* service(std::string_view division_id, std::string_view service_id) const;
};

inline constexpr int kDivisionsMax = 12;
inline constexpr int kServicesMax = 12;
inline constexpr int kStepsMax = 12;
inline constexpr int kPapersMax = 12;
inline constexpr int kCountersMax = 12;  // of one division
inline constexpr int kStandardMinutesMax = 480;
inline constexpr int kChannelsMax = 24;
inline constexpr int kHostsMax = 24;
inline constexpr int kAnnouncementsMax = 12;
inline constexpr int kWitnessesMax = 8;
inline constexpr int kNumberPadsMax = 12;
inline constexpr int kPriorityGroupsMax = 8;
inline constexpr int kKiosksMax = 9;
inline constexpr std::size_t kOfficeBytesMax = 1 << 20;

// One thing wrong with a configuration file.
struct Problem {
    std::string file;
    int line = 0;       // 1-based; 0: the file as a whole
    std::string code;   // CONFIG-...
    std::string found;  // what stands there, shortened and without control characters; empty: nothing does
    std::string thai;   // what it is and what is allowed instead
    std::string english;

    // "office.toml:12: CONFIG-EIT-HOST: found «...»: thai (english)", one line, safe for a terminal.
    std::string text() const;
};

// Either an office, or at least one problem.
struct LoadedOffice {
    std::optional<Office> office;
    std::vector<Problem> problems;
    std::string bytes;  // the file as read: its hash goes into the journal's `config` line
};
LoadedOffice load_office(const std::filesystem::path& path);

// The same from text; `file` is the name that problems carry.
LoadedOffice parse_office(std::string_view toml, const std::string& file);

}  // namespace sala::record
