#include "tests/kiosk/paper/sample_tickets.h"

namespace sala::kiosk::sample {
namespace {

TicketPaper usual() {
    using std::chrono::January;
    TicketPaper ticket;
    ticket.office = {"องค์การบริหารส่วนตำบลบ้านใหม่", "Ban Mai Subdistrict Administrative Organization"};
    ticket.division = {"กองคลัง", "Finance Division"};
    ticket.service = {"ชำระภาษีที่ดินและสิ่งปลูกสร้าง", "Pay land and building tax"};
    ticket.number = "B007";
    ticket.taken = {std::chrono::year(2027) / January / 15, 10 * 60 + 15};
    ticket.ahead = 3;
    ticket.wait = MinutesToWait{10, 20};
    ticket.missed_rule = {"เรียกแล้วไม่อยู่ ขอข้ามคิว โปรดแจ้งเจ้าหน้าที่เพื่อรับบริการต่อ",
                          "If you miss your call, please tell an officer"};
    ticket.follow = "https://www.banmai.example/q#B007";
    ticket.head = "หลักฐานการนับ ๑๒๓\nQXZK 7M2P ABCD EFGH";
    return ticket;
}

TicketPaper first_of_the_day() {
    TicketPaper ticket = usual();
    ticket.number = "A001";
    ticket.ahead = 0;
    ticket.wait = MinutesToWait{0, 5};
    ticket.follow.clear();
    ticket.head.clear();
    return ticket;
}

TicketPaper nothing_known() {
    TicketPaper ticket = usual();
    ticket.number = "E120";
    ticket.ahead.reset();
    ticket.wait.reset();
    return ticket;
}

TicketPaper longest() {
    TicketPaper ticket = usual();
    ticket.number = "M999";
    ticket.priority = true;
    ticket.office = {"องค์การบริหารส่วนตำบลพระธาตุผาแดงวังหินลาดเหนือ", "Phra That Pha Daeng Wang Hin Lat Nuea SAO"};
    ticket.division = {"กองสาธารณสุขและสิ่งแวดล้อม", "Public Health and Environment Division"};
    ticket.service = {"ต่อใบอนุญาตก่อสร้าง ดัดแปลง รื้อถอน หรือเคลื่อนย้ายอาคาร",
                      "Renewal of a permit to build, alter, demolish or move a building"};
    ticket.ahead = 128;
    ticket.wait = MinutesToWait{110, 145};
    ticket.follow = "https://www.phrathatphadaeng.example/queue/today#M999-QXZK7M2P";
    return ticket;
}

TicketPaper priority() {
    TicketPaper ticket = usual();
    ticket.priority = true;
    ticket.division = {"กองสวัสดิการสังคม", "Social Welfare Division"};
    ticket.service = {"ลงทะเบียนเบี้ยยังชีพผู้สูงอายุ", "Register for the older person's allowance"};
    ticket.number = "E012";
    ticket.ahead = 1;
    return ticket;
}

}  // namespace

const std::vector<SampleTicket>& tickets() {
    static const std::vector<SampleTicket> all = {{"usual", usual()},
                                                  {"first", first_of_the_day()},
                                                  {"unknown", nothing_known()},
                                                  {"priority", priority()},
                                                  {"longest", longest()}};
    return all;
}

paint::Mask mask_of(const Raster& raster) {
    paint::Mask mask{raster.width, raster.height, {}};
    for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) mask.alpha.push_back(raster.black(x, y) ? 255 : 0);
    }
    return mask;
}

}  // namespace sala::kiosk::sample
