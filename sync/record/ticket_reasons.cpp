#include "sync/record/ticket_reasons.h"

#include <algorithm>
#include <array>

namespace sala::record {
namespace {

constexpr Reason kOther{"other", "เหตุอื่น", "Another reason"};

constexpr std::array kChoose = {
    Reason{"emergency", "เหตุฉุกเฉินหรือเร่งด่วน", "An emergency"},
    Reason{"frail", "ผู้สูงอายุ ผู้พิการ หญิงตั้งครรภ์ หรือผู้ที่ยืนรอไม่ไหว", "Cannot wait longer for reasons of health"},
    Reason{"appointment", "นัดหมายเวลาไว้ล่วงหน้า", "Has an appointment"},
    Reason{"own-officer", "ต้องพบเจ้าหน้าที่ผู้รับผิดชอบเรื่องโดยเฉพาะ", "Needs this officer and no other"},
    Reason{"brief", "เรื่องสั้นมาก เช่น รับเอกสารที่ทำเสร็จแล้ว", "A moment only, such as to collect a paper"},
    kOther,
};
constexpr std::array kPark = {
    Reason{"copies", "ไปถ่ายเอกสาร", "Went to make copies"},
    Reason{"papers", "ไปนำเอกสารที่ขาดมา", "Went to fetch a missing paper"},
    Reason{"form", "กรอกแบบคำขอ", "Fills in a form"},
    Reason{"approval", "รอผู้มีอำนาจลงนามหรืออนุมัติ", "Waits for a signature or approval"},
    kOther,
};
constexpr std::array kTransfer = {
    Reason{"wrong-service", "เลือกงานบริการไม่ตรงเรื่อง", "Chose another service than needed"},
    Reason{"next-step", "ขั้นตอนต่อไปอยู่ที่งานอื่น", "The next step is done elsewhere"},
    Reason{"officer-away", "เจ้าหน้าที่ผู้รับผิดชอบไม่อยู่", "The officer in charge is away"},
    kOther,
};
constexpr std::array kCancel = {
    Reason{"went-home", "ผู้รับบริการไม่ประสงค์จะรอต่อ", "Does not want to wait any longer"},
    Reason{"twice", "รับบัตรคิวซ้ำ", "Took a ticket twice"},
    Reason{"not-here", "ไม่ใช่งานบริการของสำนักงานนี้", "Not a service of this office"},
    kOther,
};
constexpr std::array kDelay = {
    Reason{"papers-incomplete", "เอกสารไม่ครบ ต้องตรวจสอบเพิ่มเติม", "Papers are incomplete"},
    Reason{"system-down", "ระบบคอมพิวเตอร์หรือเครือข่ายขัดข้อง", "A computer system is down"},
    Reason{"complex", "เรื่องมีรายละเอียดมากกว่าปกติ", "The matter has more to it than usual"},
    Reason{"few-officers", "เจ้าหน้าที่มีน้อยกว่าปกติ", "Fewer officers than usual"},
    kOther,
};

}  // namespace

std::span<const Reason> reasons_to_choose() { return kChoose; }
std::span<const Reason> reasons_to_park() { return kPark; }
std::span<const Reason> reasons_to_transfer() { return kTransfer; }
std::span<const Reason> reasons_to_cancel() { return kCancel; }
std::span<const Reason> reasons_of_delay() { return kDelay; }

const Reason* find_reason(std::span<const Reason> list, std::string_view id) {
    const auto found = std::ranges::find(list, id, &Reason::id);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace sala::record
