#include "platform/http/client_errors.h"

#include <fmt/format.h>

#include "platform/http/client.h"

namespace sala::http {
namespace {

struct Sentences {
    const char* code;
    bool has_unknown;  // whether it may also happen after the whole request was sent
    const char* thai;
    const char* english;
};

constexpr const char* kUnknown = "-UNKNOWN";
constexpr const char* kUnknownThai = " ไม่ทราบว่าปลายทางได้รับแล้วหรือไม่ โปรดส่งซ้ำ จะไม่ถูกนับสองครั้ง";
constexpr const char* kUnknownEnglish =
    " Whether it was received is unknown; send it again, it will not count twice.";

Sentences sentences_of(Failure failure) {
    switch (failure) {
        case Failure::kBadCall:
            return {"HTTP-BAD-CALL", false, "ที่อยู่หรือกุญแจของเครื่องปลายทางไม่ถูกต้อง โปรดตรวจสอบการตั้งค่า",
                    "The address or key of the server is not a valid one; check the configuration."};
        case Failure::kNoAnswer:
            return {"HTTP-NO-ANSWER", false, "ติดต่อเครื่องปลายทางไม่ได้ โปรดตรวจสอบเครือข่ายแล้วลองใหม่",
                    "Could not reach the server; check the network and try again."};
        case Failure::kNoTls:
            return {"HTTP-NO-TLS", false,
                    "เครื่องปลายทางไม่ยอมเชื่อมต่ออย่างปลอดภัย (TLS 1.3) อาจมีผู้ใช้มากหรือที่อยู่ไม่ถูกต้อง โปรดลองใหม่",
                    "The server did not begin TLS 1.3: it is too busy, or something else stands there; try "
                    "again."};
        case Failure::kWrongKey:
            return {"HTTP-WRONG-KEY", false, "กุญแจของเครื่องปลายทางไม่ตรงกับที่ตั้งไว้ จึงไม่ได้ส่งข้อมูล โปรดแจ้งผู้ดูแลระบบ",
                    "The server's key is not the pinned one, so nothing was sent; tell the administrator."};
        case Failure::kFault:
            return {"HTTP-FAULT", true, "ส่งข้อมูลไม่สำเร็จเพราะระบบขัดข้อง โปรดลองใหม่",
                    "Could not send because of a fault on this machine; try again."};
        case Failure::kTimeout:
            return {"HTTP-TIMEOUT", true, "เครื่องปลายทางไม่ตอบภายในเวลาที่กำหนด โปรดลองใหม่",
                    "The server was not done in time; try again."};
        case Failure::kCut:
            return {"HTTP-CUT", true, "การเชื่อมต่อถูกตัดกลางคัน โปรดลองใหม่", "The connection was cut; try again."};
        case Failure::kStopped:
            return {"HTTP-STOPPED", true, "การส่งถูกยกเลิก", "Sending was stopped."};
        case Failure::kReplyTooLarge:
            return {"HTTP-REPLY-TOO-LARGE", false, "คำตอบของเครื่องปลายทางใหญ่เกินกำหนด โปรดแจ้งผู้ดูแลระบบ",
                    "The server's reply is larger than allowed; tell the administrator."};
        case Failure::kBadReply:
            return {"HTTP-BAD-REPLY", false, "อ่านคำตอบของเครื่องปลายทางไม่ได้ โปรดแจ้งผู้ดูแลระบบ",
                    "The server's reply is not HTTP; tell the administrator."};
    }
    return {};
}

}  // namespace

Error client_error(Failure failure, bool all_sent, const std::string& url, const std::string& detail) {
    const Sentences said = sentences_of(failure);
    Error error{said.code, said.thai, fmt::format("{} [{}: {}]", said.english, url, detail)};
    if (said.has_unknown && all_sent) error.code += kUnknown;
    if (delivery_of(error) == Delivery::kUnknown) {
        error.thai += kUnknownThai;
        error.english += kUnknownEnglish;
    }
    return error;
}

Delivery delivery_of(const Error& error) {
    const bool unknown = error.code.ends_with(kUnknown) || error.code == "HTTP-REPLY-TOO-LARGE" ||
                         error.code == "HTTP-BAD-REPLY";
    return unknown ? Delivery::kUnknown : Delivery::kNotReceived;
}

}  // namespace sala::http
