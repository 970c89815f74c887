#include "tests/kiosk/ui/sample_views.h"

#include <fmt/format.h>

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

record::Office demo_office() {
    record::LoadedOffice loaded = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml");
    for (const record::Problem& problem : loaded.problems)
        std::fprintf(stderr, "%s\n", problem.text().c_str());
    if (!loaded.office) std::abort();
    return std::move(*loaded.office);
}

record::Office crowded_office() {
    record::Office office = demo_office();
    office.name = {"องค์การบริหารส่วนตำบลหนองบัวแดงเหนือสามัคคีพัฒนาเมืองใหม่สุขสวัสดิ์ร่มเย็นเจริญธรรม",
                   "Nong Bua Daeng Nuea Samakkhi Phatthana Mueang Mai Subdistrict Administrative Org"};
    office.initials = "อบตหนบ";
    record::Service service = office.divisions.front().services.front();
    office.divisions.clear();
    for (int d = 0; d < record::kDivisionsMax; ++d) {
        record::Division division{fmt::format("division-{}", d), kLongName, static_cast<char>('A' + d), {}};
        for (int s = 0; s < record::kServicesMax; ++s) {
            service.id = fmt::format("service-{}", s);
            service.name = kLongName;
            division.services.push_back(service);
        }
        office.divisions.push_back(std::move(division));
    }
    office.eit->host = "survey.external-perception.integrity-and-transparency.example.go.th";
    office.eit->url = "https://" + office.eit->host + "/go/eit/0123456789abcdef0123456789abcdef";
    return office;
}

record::Office office_without_eit() {
    record::Office office = demo_office();
    office.eit.reset();
    return office;
}

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
            add(("services_" + each.id).c_str(), demo, ChoosingService{each.id});
        }
        add("services_crowded", crowded, ChoosingService{long_division.id});
        add("saving_ticket", demo, SavingTicket{division.id, service.id});
        add("ticket", demo, TicketShown{division.id, service.id, number, kHead});
        add("ticket_crowded", crowded, TicketShown{long_division.id, long_service.id, "L9999", kHead});
        add("out_of_order", demo, OutOfOrder{broken});
    }
    return all;
}

}  // namespace sala::kiosk::sample
