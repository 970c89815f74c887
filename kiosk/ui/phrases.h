// Every caption of the visitor's screens, Thai first. Two-line captions are broken by hand, never inside a
// word.
#pragma once

#include "sync/record/office.h"

namespace sala::kiosk::phrases {

using record::Phrase;

// Header and strip
inline const Phrase kWelcome{"ยินดีต้อนรับ • จุดบริการประชาชน", "Welcome • Public service point"};
inline const Phrase kOtherLanguage{"English", "ภาษาไทย"};
inline const Phrase kBack{"ย้อนกลับ", "Back"};
inline const Phrase kAnonymous{"เครื่องนี้ไม่ถามชื่อ\nและไม่บันทึกว่าใครเป็นผู้ตอบ",
                               "This kiosk does not ask who you are\nor record who answered"};

// Rating
inline const Phrase kQuestion{"วันนี้เราบริการท่านเป็นอย่างไร แตะได้เลย", "How was our service today? Just tap"};
// 1..5
inline const Phrase kScores[5] = {
    {"ควรปรับปรุง", "Poor"}, {"พอใช้", "Fair"}, {"ปานกลาง", "Average"}, {"ดี", "Good"}, {"ดีมาก", "Very good"}};
inline const Phrase kSaving{"กำลังบันทึก…", "Saving…"};
inline const Phrase kThanks{"ขอบคุณ", "Thank you"};
inline const Phrase kAnswerStored{"บันทึกคำตอบของท่านแล้ว", "Your answer has been recorded"};
inline const Phrase kProof{"หลักฐานการนับ", "Proof of counting"};
inline const Phrase kDone{"เสร็จแล้ว", "Done"};

// Ticket
inline const Phrase kTakeTicket{"รับบัตรคิว", "Take a ticket"};
inline const Phrase kTakeTicketHow{"เลือกกองและบริการ", "Choose a division and a service"};
inline const Phrase kChooseDivision{"ติดต่อสำนักหรือกองใด", "Which division?"};
inline const Phrase kChooseDivisionHow{"แตะเพื่อเลือก", "Tap to choose"};
inline const Phrase kChooseService{"แตะบริการที่ต้องการ", "Tap the service you need"};
inline const Phrase kYourTicket{"บัตรคิวของท่าน", "Your queue ticket"};
inline const Phrase kKeepNumber{"โปรดจำหรือถ่ายรูปหมายเลขนี้ไว้\nแล้วนั่งรอเจ้าหน้าที่เรียก",
                                "Please remember or photograph this number\nand wait until it is called"};
inline const Phrase kOk{"ตกลง", "OK"};

// EIT
inline const Phrase kEitTitle{"แบบวัดการรับรู้\nภายนอก (EIT)", "External\nperception\nsurvey (EIT)"};
inline const Phrase kEitTitleLine{"แบบวัดการรับรู้ภายนอก (EIT)", "External perception survey (EIT)"};
inline const Phrase kEitHow{"สแกนด้วยโทรศัพท์ของท่าน\nและตอบด้วยตนเอง\nเครื่องนี้ไม่เก็บคำตอบ",
                            "Scan with your phone\nand answer yourself.\nThis kiosk keeps no answer."};
inline const Phrase kEitHowLine{"สแกนด้วยโทรศัพท์ของท่านและตอบด้วยตนเอง\nเครื่องนี้ไม่เก็บคำตอบ",
                                "Scan with your phone and answer yourself.\nThis kiosk keeps no answer."};
inline const Phrase kEnlarge{"แตะเพื่อขยาย", "Tap to enlarge"};
inline const Phrase kCheckHost{"ตรวจชื่อเว็บให้ตรงก่อนเปิด",
                               "Check that the web address matches before you open it"};
inline const Phrase kEitOpens{"เปิดให้ตอบตั้งแต่วันที่", "Opens on"};
inline const Phrase kEitClosed{"ปิดรับคำตอบแล้วเมื่อวันที่", "Closed on"};
inline const Phrase kEitUnset{"หน่วยงานยังไม่ได้กำหนด\nช่วงเวลาตอบ",
                              "The office has not yet set\nwhen it can be answered"};

// Out of order
inline const Phrase kOutOfOrder{"ขออภัย\nเครื่องขัดข้องชั่วคราว", "Sorry,\nthis kiosk is out of order"};
inline const Phrase kAskOfficer{"โปรดติดต่อเจ้าหน้าที่ที่โต๊ะประชาสัมพันธ์", "Please ask an officer at the front desk"};
inline const Phrase kForOfficer{"สำหรับเจ้าหน้าที่", "For the officer"};

}  // namespace sala::kiosk::phrases
