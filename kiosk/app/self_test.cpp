#include "kiosk/app/self_test.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cmath>

#include "kiosk/app/config.h"
#include "kiosk/store/recount.h"
#include "platform/base/files.h"
#include "platform/paint/face_check.h"
#include "platform/paint/qr.h"

namespace sala::kiosk {
namespace {

using Kind = TestFinding::Kind;
using record::Language;

constexpr const char* kScreenFace = "Loma";

TestFinding found(Kind kind, std::string thai, std::string english) {
    return {kind, true, std::move(thai), std::move(english)};
}
TestFinding wrong(Kind kind, std::string thai, std::string english) {
    return {kind, false, std::move(thai), std::move(english)};
}
TestFinding wrong(Kind kind, const Error& error) { return wrong(kind, error.thai, error.english); }

std::string moment(std::int64_t utc_ms, Language language) {
    const record::LocalTime local = record::local_time(utc_ms);
    return record::long_date_text(local.date, language) + " " +
           record::clock_text(local.minute_of_day, language);
}

}  // namespace

TestFinding test_faces(const std::string& family) {
    const Result<void> checked = paint::check_face(family);
    if (!checked) return wrong(Kind::kFaces, checked.error());
    return found(Kind::kFaces, "ตัวอักษรไทยแสดงครบทุกสระและวรรณยุกต์",
                 "Thai text shows every vowel and tone mark");
}

TestFinding test_code(const std::string& text) {
    const Result<paint::Mask> drawn =
        paint::draw_checked_qr(text, paint::QrLevel::kM, paint::kQrPxPerModuleMin);
    if (!drawn) return wrong(Kind::kCode, drawn.error());
    return found(Kind::kCode, "วาด QR code แล้วอ่านกลับได้ถูกต้อง", "A QR code was drawn and read back correctly");
}

TestFinding test_disk(const std::filesystem::path& data, std::uint64_t free_bytes_min) {
    const std::filesystem::path probe = data / "self-test";
    const std::string bytes(4096, 's');
    const Result<void> written = write_file_durably(probe, bytes);
    const Result<std::string> back =
        written ? read_file(probe, bytes.size()) : Result<std::string>(written.error());
    std::error_code ignored;
    std::filesystem::remove(probe, ignored);
    if (!written) return wrong(Kind::kDisk, written.error());
    if (!back || *back != bytes) {
        return wrong(
            Kind::kDisk, "ดิสก์อ่านกลับไม่ตรงกับที่เขียน ดิสก์อาจเสีย โปรดแจ้งผู้ดูแลระบบ",
            "The disk does not read back what was written; it may be failing: call the administrator");
    }
    struct statvfs room {};
    if (::statvfs(data.c_str(), &room) != 0) {
        return wrong(Kind::kDisk, "ตรวจพื้นที่ว่างของดิสก์ไม่ได้", "The disk's free space cannot be told");
    }
    const std::uint64_t free_bytes = std::uint64_t{room.f_bavail} * room.f_frsize;
    const std::uint64_t mega = free_bytes >> 20;
    if (free_bytes < free_bytes_min) {
        return wrong(Kind::kDisk, fmt::format("ดิสก์เหลือเพียง {} MB โปรดให้ผู้ดูแลระบบเพิ่มพื้นที่ว่าง", mega),
                     fmt::format("Only {} MB are free on the disk; let the administrator free some", mega));
    }
    return found(Kind::kDisk, fmt::format("ดิสก์เขียนและอ่านได้ เหลือ {} MB", mega),
                 fmt::format("The disk can be written and read; {} MB are free", mega));
}

TestFinding test_clock(const ClockState& clock) {
    const std::string thai = moment(clock.wall_ms, Language::kThai);
    const std::string english = moment(clock.wall_ms, Language::kEnglish);
    if (!clock.plausible) {
        return wrong(
            Kind::kClock, fmt::format("นาฬิกาแสดง {} ซึ่งเป็นไปไม่ได้ โปรดตั้งเวลา (ถ่านนาฬิกาอาจหมด)", thai),
            fmt::format("The clock shows {}, which cannot be; set it (its battery may be dead)", english));
    }
    if (clock.behind) {
        return wrong(Kind::kClock,
                     fmt::format("นาฬิกาแสดง {} ซึ่งก่อนรายการที่บันทึกไว้แล้ว ({}) โปรดตั้งเวลา", thai,
                                 moment(clock.trusted_ms, Language::kThai)),
                     fmt::format("The clock shows {}, before what was recorded already ({}); set it", english,
                                 moment(clock.trusted_ms, Language::kEnglish)));
    }
    return found(Kind::kClock, fmt::format("นาฬิกาแสดง {} โปรดเทียบกับเวลาจริง", thai),
                 fmt::format("The clock shows {}; compare it with your own", english));
}

TestFinding test_journal(const OnStore& on_store, const std::filesystem::path& data,
                         const std::function<bool()>& go_on) {
    std::uint64_t size = 0;
    crypto::Hash root{};
    const bool asked = on_store([&](Store& store) {
        size = store.position().tree.size();
        root = store.position().tree.root();
    });
    if (!asked) {
        return wrong(Kind::kStore, "ระบบบันทึกไม่ว่าง โปรดลองใหม่", "The store is busy; try again");
    }
    const Result<crypto::Hash> recounted = recount_root(data, size, go_on);
    if (!recounted) return wrong(Kind::kStore, recounted.error());
    if (*recounted != root) {
        return wrong(
            Kind::kStore, "บันทึกในดิสก์ไม่ตรงกับหลักฐาน โปรดแจ้งผู้ดูแลระบบและผู้ตรวจสอบ อย่าลบไฟล์ใด",
            "The journal on the disk does not match its proof; call the administrator and the auditor, and "
            "delete nothing");
    }
    return found(Kind::kStore, fmt::format("บันทึกครบถูกต้องทั้ง {} บรรทัด", size),
                 fmt::format("All {} lines of the journal are whole and true", size));
}

std::vector<TestFinding> test_everything(const OnStore& on_store, const std::filesystem::path& data,
                                         const std::vector<record::Problem>& config_problems,
                                         const std::function<bool()>& go_on) {
    // What the screen shows as a code: the EIT link, or where there is none the device's own name.
    std::string code = "sala";
    std::optional<ClockState> clock;
    on_store([&](Store& store) {
        const record::Office& office = store.office();
        code = office.eit ? office.eit->url : store.position().state.start.origin;
        clock = store.clock_state();
    });
    std::vector<TestFinding> findings;
    findings.push_back(test_faces(kScreenFace));
    findings.push_back(test_code(code));
    findings.push_back(test_disk(data, kFreeBytesMin));
    findings.push_back(clock
                           ? test_clock(*clock)
                           : wrong(Kind::kClock, "ระบบบันทึกไม่ว่าง โปรดลองใหม่", "The store is busy; try again"));
    findings.push_back(test_journal(on_store, data, go_on));
    findings.push_back(config_finding(config_problems));
    return findings;
}

TestFinding test_printer(PrinterState state) {
    switch (state) {
        case PrinterState::kReady:
            return found(Kind::kPrinter, "เครื่องพิมพ์พร้อม", "The printer is ready");
        case PrinterState::kPaperLow:
            return found(Kind::kPrinter, "เครื่องพิมพ์พร้อม แต่กระดาษใกล้หมด โปรดเตรียมม้วนใหม่",
                         "The printer is ready; its paper ends soon, have a new roll at hand");
        case PrinterState::kPaperOut:
            return wrong(Kind::kPrinter, "กระดาษหมด โปรดใส่ม้วนใหม่", "The paper is out; put in a new roll");
        case PrinterState::kCoverOpen:
            return wrong(Kind::kPrinter, "ฝาเครื่องพิมพ์เปิดอยู่ โปรดปิดให้สนิท",
                         "The printer's cover is open; close it firmly");
        case PrinterState::kOffline:
            return wrong(Kind::kPrinter, "เครื่องพิมพ์ไม่ตอบ โปรดตรวจสายและไฟ",
                         "The printer does not answer; look at its cable and power");
        case PrinterState::kFault:
            return wrong(Kind::kPrinter, "เครื่องพิมพ์แจ้งว่าขัดข้อง โปรดดูที่ตัวเครื่อง (ใบมีดตัดหรือหัวพิมพ์)",
                         "The printer reports a fault; look at it (its cutter or its head)");
        case PrinterState::kUnknown:
            break;
    }
    return found(Kind::kPrinter, "เครื่องพิมพ์นี้บอกสถานะไม่ได้ โปรดลองพิมพ์บัตรหนึ่งใบ",
                 "This printer cannot tell its state; print a ticket to try it");
}

TestFinding test_display(int width_px, int height_px, const Display& display, bool cramped) {
    const double inches = std::hypot(width_px, height_px) / display.px_per_mm / 25.4;
    const std::string size = fmt::format("{} x {}", width_px, height_px);
    if (!display.known) {
        return wrong(
            Kind::kDisplay,
            fmt::format("จอ {} ไม่บอกขนาดจริง โปรดใส่ diagonal_inches ใน office.toml ให้ปุ่มใหญ่พอดี", size),
            fmt::format("the display ({}) does not tell its size; set diagonal_inches in office.toml so "
                        "that buttons are large enough",
                        size));
    }
    if (cramped) {
        return wrong(
            Kind::kDisplay, fmt::format("จอ {} ขนาด {:.1f} นิ้ว เล็กเกินไป ปุ่มจึงเล็กกว่า ๒๐ มม.", size, inches),
            fmt::format("the display ({}, {:.1f} inches) is too small for buttons of 20 mm", size, inches));
    }
    return found(Kind::kDisplay, fmt::format("{} ขนาด {:.1f} นิ้ว", size, inches),
                 fmt::format("{}, {:.1f} inches", size, inches));
}

TestFinding test_board(const Window* board) {
    if (board == nullptr) {
        return wrong(Kind::kBoard, "ไม่พบจอที่สอง จึงไม่มีจอเรียกคิว โปรดต่อจอแล้วเปิดตู้บริการใหม่",
                     "there is no second display, so no board; connect one and start the kiosk again");
    }
    const std::string size = fmt::format("{} x {}", board->width(), board->height());
    return found(Kind::kBoard, size, size);
}

}  // namespace sala::kiosk
