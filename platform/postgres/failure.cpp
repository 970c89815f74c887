#include "platform/postgres/failure.h"

#include <fmt/format.h>

#include <string_view>

namespace sala::postgres {
namespace {

// The first line of what libpq or the server said.
std::string first_line(const char* said) {
    const std::string_view text = said != nullptr ? said : "";
    return std::string(text.substr(0, text.find('\n')));
}

Error busy(const std::string& said) {
    return {"DB-BUSY", "เซิร์ฟเวอร์ฐานข้อมูลกำลังถูกใช้งานมาก โปรดลองอีกครั้ง",
            fmt::format("the database server is busy; try again ({})", said)};
}

Error gone(const std::string& said) {
    return {"DB-UNREACHABLE", "ติดต่อเซิร์ฟเวอร์ฐานข้อมูลไม่ได้ โปรดตรวจว่าเปิดอยู่และสายเครือข่ายต่ออยู่ แล้วลองใหม่",
            fmt::format("the database server does not answer; check that it runs and the network, and try "
                        "again ({})",
                        said)};
}

Error refused(const std::string& said) {
    return {"DB-REFUSED", "เซิร์ฟเวอร์ฐานข้อมูลไม่อนุญาตให้เข้า โปรดตรวจชื่อผู้ใช้ รหัสผ่าน และชื่อฐานข้อมูลใน --db",
            fmt::format("the database server does not let this program in; check user, password and database "
                        "in --db ({})",
                        said)};
}

}  // namespace

Error unreachable(const PGconn* connection) {
    // libpq keeps no SQLSTATE of a connection that failed, only its words.
    const std::string said = first_line(PQerrorMessage(connection));
    const auto says = [&](const char* words) { return said.find(words) != std::string::npos; };
    if (says("too many clients") || says("remaining connection slots") || says("starting up")) {
        return busy(said);
    }
    const bool met = says("authentication failed") || says("does not exist") ||
                     says("no pg_hba.conf entry") || says("no password supplied") ||
                     says("permission denied");
    return met ? refused(said) : gone(said);
}

Error failure(const PGconn* connection, const PGresult* answer) {
    const char* state = answer != nullptr ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view code = state != nullptr ? state : "";
    const std::string said =
        first_line(answer != nullptr && !code.empty() ? PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY)
                                                      : PQerrorMessage(connection));
    // Without a code it was libpq that gave up, and not the server that refused.
    if (code.empty() || code.starts_with("08") || code.starts_with("57P")) {
        return gone(said);
    }
    // Serialisation, dead locks, too many connections, lock and statement time-outs.
    if (code.starts_with("40") || code == "53300" || code == "55P03" || code == "57014") return busy(said);
    if (code == "23505") {
        return {"DB-CONFLICT", "รายการนี้มีอยู่ในฐานข้อมูลแล้ว จึงไม่บันทึกซ้ำ โปรดลองอีกครั้ง",
                fmt::format("this entry is in the database already ({}); try again", said)};
    }
    if (code == "53100") {
        return {"DB-FULL", "บันทึกไม่ได้เพราะดิสก์ของเซิร์ฟเวอร์ฐานข้อมูลเต็ม โปรดเพิ่มพื้นที่ว่าง",
                "could not record: the database server's disk is full; free some space"};
    }
    if (code == "25006") {
        return {"DB-READ-ONLY", "เซิร์ฟเวอร์ฐานข้อมูลรับเฉพาะการอ่าน โปรดตรวจเซิร์ฟเวอร์",
                "could not record: the database server takes no writes; check it"};
    }
    if (code == "42501") {
        return {"DB-FORBIDDEN", "ผู้ใช้ฐานข้อมูลนี้ไม่มีสิทธิ์ทำรายการนี้ โปรดตรวจสิทธิ์ของผู้ใช้ใน --db",
                fmt::format("the database user may not do this; check the rights of the user in --db ({})",
                            said)};
    }
    if (code.starts_with("XX00")) {
        return {"DB-DAMAGED", "ฐานข้อมูลเสียหาย โปรดแจ้งผู้ดูแลระบบ",
                fmt::format("the database is damaged ({}); call the administrator", said)};
    }
    return {"DB-FAILED", fmt::format("ฐานข้อมูลทำงานไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบ: {}", said),
            fmt::format("the database failed; call the administrator: {}", said)};
}

}  // namespace sala::postgres
