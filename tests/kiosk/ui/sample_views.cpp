#include "tests/kiosk/ui/sample_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace sala::kiosk::sample {
namespace {

using namespace std::chrono;
using record::Language;

constexpr record::LocalTime kFriday{year{2027} / January / 15, 10 * 60 + 15};

// Exactly 80 letters that take room, as long as a name may be.
const record::Phrase kLongName{
    "งานจัดเก็บและพัฒนารายได้จากภาษีที่ดินและสิ่งปลูกสร้าง ภาษีป้าย และค่าธรรมเนียมใบอนุญาตต่าง ๆ ประจำปี",
    "Collection of land and building tax, signboard tax, licence fees and other dues"};

const ShortHead kHead{123'456, "ABCDEFGHIJKLMNOP"};

}  // namespace

double SampleDisplay::px_per_mm() const { return std::hypot(width, height) / diagonal_mm; }

const std::vector<SampleDisplay>& displays() {
    constexpr double kMmOfInch = 25.4;
    static const std::vector<SampleDisplay> all = {{"1080x1920", 1080, 1920, 21.5 * kMmOfInch},
                                                   {"1920x1080", 1920, 1080, 15.6 * kMmOfInch},
                                                   {"1280x800", 1280, 800, 10.1 * kMmOfInch}};
    return all;
}

record::Office demo_office() {
    record::LoadedOffice loaded = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml");
    for (const record::Problem& problem : loaded.problems)
        std::fprintf(stderr, "%s\n", problem.text().c_str());
    if (!loaded.office) std::abort();
    return std::move(*loaded.office);
}

// As many steps and papers as are allowed.
void full_guide(record::Service& service) {
    const record::Phrase step{"เจ้าหน้าที่ตรวจสอบเอกสารและความถูกต้องของคำขอ", "An officer checks the papers"};
    service.steps.assign(record::kStepsMax, step);
    service.papers.assign(record::kPapersMax,
                          {"สำเนาทะเบียนบ้านที่รับรองสำเนาถูกต้อง", "Copy of the house registration"});
}

record::Office crowded_office() {
    record::Office office = demo_office();
    office.name = {"องค์การบริหารส่วนตำบลหนองบัวแดงเหนือสามัคคีพัฒนาเมืองใหม่สุขสวัสดิ์ร่มเย็นเจริญธรรม",
                   "Nong Bua Daeng Nuea Samakkhi Phatthana Mueang Mai Subdistrict Administrative Org"};
    office.initials = "อบตหนบ";
    const record::Service usual = office.divisions.front().services.front();
    office.divisions.clear();
    for (int d = 0; d < record::kDivisionsMax; ++d) {
        record::Division division{fmt::format("division-{}", d), kLongName, static_cast<char>('A' + d), {}};
        for (int s = 0; s < record::kServicesMax; ++s) {
            record::Service service = usual;
            service.id = fmt::format("service-{}", s);
            service.name = kLongName;
            if (s == 0) {
                full_guide(service);
                service.name = usual.name;
            }
            division.services.push_back(service);
        }
        office.divisions.push_back(std::move(division));
    }
    office.counters.clear();
    for (int c = 1; c <= record::kCountersMax; ++c) {
        office.counters.push_back({fmt::format("counter-{}", c),
                                   {fmt::format("ช่องบริการ {} งานทะเบียนพาณิชย์และจัดเก็บรายได้", c),
                                    fmt::format("Counter {}, business registration and revenue", c)},
                                   office.divisions[static_cast<std::size_t>(c - 1)].id});
    }
    office.eit->host = "survey.external-perception.integrity-and-transparency.example.go.th";
    office.sync = record::SyncRoad{"https://192.168.1.5:8443", "sha256//" + std::string(43, 'A') + "="};
    office.eit->url = "https://" + office.eit->host + "/go/eit/0123456789abcdef0123456789abcdef";
    return office;
}

record::Office office_with_printer() {
    record::Office office = demo_office();
    office.printer.emplace();
    return office;
}

record::Office office_without_eit() {
    record::Office office = demo_office();
    office.eit.reset();
    return office;
}

namespace {

OfficerFigures busy_day(const record::Office& office) {
    OfficerFigures figures;
    figures.day = kFriday.date;
    figures.day_open = true;
    std::uint64_t n = 9;
    for (const record::Division& division : office.divisions) {
        figures.divisions.push_back({division.id, n, n - 1});
        figures.tickets += n;
        n = (n * 7 + 3) % 61;
        for (const record::Service& service : division.services) {
            figures.envelopes.push_back({division.id,
                                         service.id,
                                         "walk_up",
                                         kFriday.date,
                                         kFriday.date,
                                         n + 30,
                                         {0, 1, 2, 5, n + 10, 12}});
        }
    }
    figures.envelopes.push_back({"", "", "flagged", kFriday.date, kFriday.date, 7, {1, 0, 0, 0, 0, 6}});
    for (const OfficerEnvelope& envelope : figures.envelopes) figures.sealed.raw += envelope.raters;
    figures.sealed.flagged = 7;
    figures.ratings_cast = 80;
    figures.ratings_waiting = 3;
    figures.unsent_lines = 412;
    figures.unsent_since_ms = 1'799'900'000'000;
    figures.checkpoint =
        "banmai.example/sala/ABCDEFGHIJKLMNOPQRSTUVWXYZ\n412\n"
        "q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VnU=\n\n"
        "\xE2\x80\x94 banmai.example/sala/ABCDEFGHIJKLMNOPQRSTUVWXYZ "
        "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg=\n";
    figures.head = kHead;
    figures.device_code = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return figures;
}

std::vector<TestFinding> findings() {
    using Kind = TestFinding::Kind;
    return {
        {Kind::kFaces, true, "สระและวรรณยุกต์ครบ ไม่ทับกัน (Loma)", "vowels and tone marks are whole (Loma)"},
        {Kind::kCode, true, "วาดแล้วอ่านกลับได้ตรง", "drawn and read back the same"},
        {Kind::kDisk, true, "เขียนได้ เหลือที่ว่าง 12.4 GB", "can be written, 12.4 GB free"},
        {Kind::kClock, false, "นาฬิกาช้ากว่ารายการล่าสุด โปรดตั้งเวลาเครื่อง",
         "the clock is behind the last record; set the machine's time"},
        {Kind::kStore, true, "รายการทั้ง 412 บรรทัดตรงกับหลักฐาน", "all 412 lines agree with the proof"},
        {Kind::kConfig, false, "office.toml:12: CONFIG-EIT-HOST: ชื่อเว็บไม่อยู่ในรายการที่อนุญาต (ยังใช้ค่าเดิม)",
         "office.toml:12: CONFIG-EIT-HOST: the host is not on the office's list (the old settings are in "
         "force)"},
    };
}

template <class Add>
void add_unprinted(const Add& add, const record::Office& office) {
    const Error paper{"PRINT-PAPER", "กระดาษหมด โปรดใส่ม้วนใหม่แล้วพิมพ์อีกครั้ง",
                      "the paper is out; put in a new roll and print again"};
    const OfficerFigures none = busy_day(office);
    OfficerFigures many = none;
    for (std::size_t i = 0; i < 17; ++i) {
        const record::Division& division = office.divisions[i % office.divisions.size()];
        many.unprinted.push_back(
            {i, fmt::format("{}{:03}", division.prefix, i + 1), division.id, division.services[0].id});
    }
    OfficerFigures few = many;
    few.unprinted.resize(3);
    add("officer_day_unprinted", office, OfficerDay{few, {}});
    add("officer_unprinted", office, OfficerUnprinted{few, 0, 1});
    add("officer_unprinted_many", office,
        OfficerUnprinted{many, 1, {}, Notice{Notice::Kind::kFailed, paper}});
    add("officer_unprinted_none", office,
        OfficerUnprinted{none, 0, {}, Notice{Notice::Kind::kReprinted, {}}});
    add("officer_self_test_printer", office,
        SelfTest{findings(), 0,
                 TestFinding{TestFinding::Kind::kPrinter, false, "กระดาษหมด โปรดใส่ม้วนใหม่",
                             "The paper is out; put in a new roll"}});
}

template <class Add>
void add_officer(const Add& add, const record::Office& demo, const record::Office& crowded) {
    using Why = PinRefusal::Why;
    const OfficerFigures busy = busy_day(demo);
    OfficerFigures closed = busy;
    closed.day_open = false;
    closed.unsent_lines = 0;
    closed.unsent_since_ms.reset();
    const Error stick{"STICK-FULL", "แฟลชไดรฟ์เต็ม โปรดลบไฟล์อื่นหรือใช้อันที่ว่างกว่า",
                      "the stick is full; delete other files or use an emptier one"};
    const Error note{"NOTE-BAD-SIGNATURE", "ไม่รับหลักฐานตอบรับ a.cosigned: ลายเซ็นไม่ถูกต้อง",
                     "the cosigned note a.cosigned was not taken in: a signature does not verify"};
    add("pin", demo, EnteringPin{"123", {}});
    add("pin_wrong", demo, EnteringPin{"", PinRefusal{Why::kWrong, 4, 0}});
    add("pin_wait", demo, EnteringPin{"", PinRefusal{Why::kWait, 0, 240'000}});
    add("pin_not_set", demo, EnteringPin{"", PinRefusal{.why = Why::kNotSet}});
    add("pin_failed", demo, EnteringPin{"", PinRefusal{.why = Why::kFailed, .reason = stick}});
    add("pin_new", demo, ChangingPin{"12", "493817", {}});
    add("pin_weak", demo, ChangingPin{"", "", PinRefusal{.why = Why::kWeak}});
    add("pin_checking", demo, CheckingPin{});
    add("officer_first", demo, OfficerDay{});
    add("officer_day", demo, OfficerDay{busy, {}});
    add("officer_day_closed", demo, OfficerDay{closed, Notice{Notice::Kind::kDayClosed, {}}});
    add("officer_day_failed", demo, OfficerDay{busy, Notice{Notice::Kind::kFailed, stick}});
    add("officer_day_config", demo, OfficerDay{busy, {}});
    add("officer_day_crowded", crowded, OfficerDay{busy_day(crowded), Notice{Notice::Kind::kPinChanged, {}}});
    add("officer_envelopes", demo, OfficerEnvelopes{busy, 0});
    add("officer_envelopes_second", demo, OfficerEnvelopes{busy, 1});
    add("officer_envelopes_crowded", crowded, OfficerEnvelopes{busy_day(crowded), 0});
    add("officer_envelopes_none", demo, OfficerEnvelopes{});
    add("officer_proof", demo, OfficerProof{busy});
    add("officer_proof_none", demo, OfficerProof{});
    add("officer_close", demo, ConfirmingClose{busy});
    add("officer_closing", demo, ClosingDay{busy});
    add("officer_stick", demo, WritingStick{StickStep::kWriting, 64});
    add("officer_stick_written", demo, StickWritten{{412, 300, {}}});
    add("officer_stick_written_notes", demo, StickWritten{{0, 0, {note, note}}});
    add("officer_stick_refused", demo, StickRefused{stick});
    const Error network{"HTTP-NO-ANSWER", "ติดต่อสำนักงานไม่ได้ โปรดตรวจสายเครือข่าย แล้วลองใหม่",
                        "the office does not answer; look at the network cable and try again"};
    add("officer_sending", demo, Sending{64});
    add("officer_sent", demo, SendDone{{412, 1300}});
    add("officer_sent_nothing", demo, SendDone{{0, 1300}});
    add("officer_send_refused", demo, SendRefused{network});
    add("officer_self_test", demo, SelfTest{findings(), 0b101});
    add("officer_self_testing", demo, SelfTest{});
}

}  // namespace

std::vector<Scene> scenes(const Offices& offices) {
    const record::Office& demo = offices.demo;
    const record::Office& crowded = offices.crowded;
    const record::Division& division = demo.divisions[1];
    const record::Service& service = division.services[0];
    const record::Division& long_division = crowded.divisions.back();
    const record::Service& long_service = long_division.services.back();
    const record::LocalTime early{demo.eit->window.first.year() / January / 1, 9 * 60};
    const record::LocalTime late{(demo.eit->window.last.year() + years{1}) / January / 1, 9 * 60};
    const Error broken{"STORE-DISK-FULL", "บันทึกลงดิสก์ไม่ได้เพราะดิสก์เต็ม โปรดลบแฟ้มที่ไม่ใช้แล้วเริ่มเครื่องใหม่",
                       "The disk is full. Delete what is not needed and start the kiosk again."};
    const std::string number = fmt::format("{}007", division.prefix);

    std::vector<Scene> all;
    for (const Language language : {Language::kThai, Language::kEnglish}) {
        const auto add = [&](const char* name, const record::Office& office, Screen screen,
                             record::LocalTime now = kFriday) {
            all.push_back({fmt::format("{}_{}", name, language == Language::kThai ? "th" : "en"), &office,
                           State{std::move(screen), language}, now});
        };
        add("home", demo, Home{});
        add("home_early", demo, Home{}, early);
        add("home_late", demo, Home{}, late);
        add("home_unset", offices.without_eit, Home{});
        add("home_crowded", crowded, Home{});
        add("thanks", demo, Thanks{kHead});
        add("saving_rating", demo, SavingRating{});
        add("eit", demo, EitPage{});
        add("eit_late", demo, EitPage{}, late);
        add("eit_crowded", crowded, EitPage{});
        add("divisions", demo, ChoosingDivision{});
        add("divisions_crowded", crowded, ChoosingDivision{});
        for (const record::Division& each : demo.divisions) {
            add(("services_" + each.id).c_str(), demo, ChoosingService{each.id, {}});
        }
        add("services_crowded", crowded, ChoosingService{long_division.id, {}});
        const Errand errand{division.id, service.id}, long_errand{long_division.id, long_service.id};
        for (const record::Division& each : demo.divisions)
            add(("guide_" + each.id).c_str(), demo, ServiceGuide{{each.id, each.services[0].id}, {}});
        add("guide_full", crowded, ServiceGuide{{long_division.id, "service-0"}, {}});
        add("guide_crowded", crowded, ServiceGuide{long_errand, {errand, errand}});
        add("saving_ticket", demo, SavingTicket{{errand}});
        const IssuedTicket issued{7, number, 4, std::pair(15, 30), kHead};
        add("ticket", demo, TicketShown{{errand}, false, issued});
        add("ticket_priority", demo, TicketShown{{errand, errand}, true, {7, number, 0, {}, kHead}});
        add("ticket_unprinted", offices.with_printer, TicketShown{{errand}, false, issued, Paper::kFailed});
        add("ticket_printed", offices.with_printer, TicketShown{{errand}, false, issued, Paper::kPrinted});
        add("ticket_crowded", crowded,
            TicketShown{{long_errand, long_errand}, true, {7, "L9999", 9'999, std::pair(235, 240), kHead}});
        add("out_of_order", demo, OutOfOrder{broken});
        add("attract", demo, Attract{0});
        add("attract_second", demo, Attract{1});
        add("attract_crowded", crowded, Attract{0});
        all.push_back(all[all.size() - 3]);
        all.back().name = std::string("home_contrast") + (language == Language::kThai ? "_th" : "_en");
        all.back().state = State{Home{}, language, true, false};
        all.push_back(all.back());
        all.back().name = std::string("still_there") + (language == Language::kThai ? "_th" : "_en");
        all.back().state = State{ChoosingDivision{}, language, false, true};
        add_officer(add, demo, crowded);
        add_unprinted(add, offices.with_printer);
    }
    return all;
}

BoardShown busy_board(const record::Office& office) {
    BoardShown shown;
    std::uint64_t seq = 1;
    for (const record::Counter& counter : office.counters) {
        const char prefix = office.division(counter.division)->prefix;
        const std::string number = fmt::format("{}{:03}", prefix, 9 + seq);
        shown.board.calls.push_back({seq, seq, number, counter.division, counter.id, false, {}});
        shown.board.now.push_back({counter.id, number, seq == 2 ? "system-down" : ""});
        ++seq;
    }
    std::size_t count = 8;
    for (const record::Division& division : office.divisions) {
        shown.board.waiting.push_back({division.id, count});
        count += 6;
    }
    // The third counter was the last to call.
    const auto at = static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, shown.board.calls.size() - 1));
    std::rotate(shown.board.calls.begin() + at, shown.board.calls.begin() + at + 1, shown.board.calls.end());
    shown.called = shown.board.calls.back();
    shown.announcing = true;
    return shown;
}

}  // namespace sala::kiosk::sample
