#include "platform/linux/printer_errors.h"

namespace sala {

Error printer_error(PrinterState state) {
    switch (state) {
        case PrinterState::kPaperOut:
            return {"PRINTER-PAPER", "พิมพ์บัตรคิวไม่ได้เพราะกระดาษหมด โปรดใส่กระดาษม้วนใหม่",
                    "the ticket was not printed: there is no paper; put in a new roll"};
        case PrinterState::kCoverOpen:
            return {"PRINTER-COVER", "พิมพ์บัตรคิวไม่ได้เพราะฝาเครื่องพิมพ์เปิดอยู่ โปรดปิดฝาให้สนิท",
                    "the ticket was not printed: the printer's cover is open; close it"};
        case PrinterState::kOffline:
            return {"PRINTER-OFFLINE", "พิมพ์บัตรคิวไม่ได้เพราะเครื่องพิมพ์ไม่ตอบ โปรดตรวจสายและสวิตช์ของเครื่องพิมพ์",
                    "the ticket was not printed: the printer does not answer; check its cable and switch"};
        case PrinterState::kFault:
            return {
                "PRINTER-FAULT",
                "พิมพ์บัตรคิวไม่ได้เพราะเครื่องพิมพ์แจ้งว่าขัดข้อง โปรดดูว่ากระดาษติดหรือไม่ แล้วปิดและเปิดเครื่องพิมพ์ใหม่",
                "the ticket was not printed: the printer reports a fault; look for jammed paper, then switch "
                "it off and on"};
        case PrinterState::kReady:
        case PrinterState::kPaperLow:
        case PrinterState::kUnknown:
            break;
    }
    return {
        "PRINTER-UNCLEAR", "พิมพ์บัตรคิวไม่ได้เพราะอ่านคำตอบของเครื่องพิมพ์ไม่ได้ โปรดตรวจรุ่นและการตั้งค่าในส่วน [printer]",
        "the ticket was not printed: what the printer answers is no status; check its model and the section "
        "[printer]"};
}

Error printer_slow() {
    return {"PRINTER-SLOW", "พิมพ์บัตรคิวไม่เสร็จภายในเวลาที่กำหนด โปรดดูว่ามีบัตรค้างอยู่ที่เครื่องพิมพ์หรือไม่ก่อนพิมพ์ซ้ำ",
            "the ticket was not finished in time; before printing it again, look whether one lies in the "
            "printer"};
}

Error printer_cancelled() {
    return {"PRINTER-CANCELLED", "หยุดพิมพ์บัตรคิวเพราะโปรแกรมกำลังปิด โปรดพิมพ์ใหม่เมื่อเปิดโปรแกรมแล้ว",
            "the ticket was not printed because the program is ending; print it again after the next start"};
}

Error printer_picture() {
    return {"PRINTER-PICTURE", "ภาพบัตรคิวว่างหรือใหญ่เกินกว่าจะพิมพ์ได้ โปรดแจ้งผู้ดูแลระบบ",
            "the picture of the ticket is empty or too large to print; tell the administrator"};
}

bool may_print(PrinterState state, bool answers) {
    return state == PrinterState::kReady || state == PrinterState::kPaperLow ||
           (state == PrinterState::kUnknown && !answers);
}

}  // namespace sala
