// Every caption of the visitor's screens, Thai first. Two-line captions are broken by hand, never inside a
// word.
#pragma once

#include "sync/record/office.h"

namespace sala::kiosk::phrases {

using record::Phrase;

// Header and strip
inline const Phrase kWelcome{"ยินดีต้อนรับ • จุดบริการประชาชน", "Welcome • Public service point"};
inline const Phrase kOtherLanguage{"English", "ภาษาไทย"};
inline const Phrase kHighContrast{"สีเข้ม", "Contrast"};
inline const Phrase kUsualColours{"สีปกติ", "Colours"};
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

// Nobody touches
inline const Phrase kStillThere{"ท่านยังใช้งานอยู่หรือไม่", "Are you still there?"};
inline const Phrase kGoesHome{"ถ้าไม่แตะหน้าจอ เครื่องจะกลับไปหน้าแรก",
                              "Without a touch, this goes back to the start"};
inline const Phrase kStillHere{"ใช้งานต่อ", "Continue"};
inline const Phrase kAnnouncement{"ประกาศ", "Announcement"};
inline const Phrase kGreeting{"ยินดีต้อนรับ\nรับบัตรคิวหรือให้คะแนนได้ที่หน้าจอนี้",
                              "Welcome\nTake a ticket or rate our service on this screen"};

// Ticket
inline const Phrase kTakeTicket{"รับบัตรคิว", "Take a ticket"};
inline const Phrase kTakeTicketHow{"เลือกกองและบริการ", "Choose a division and a service"};
inline const Phrase kChooseDivision{"ติดต่อสำนักหรือกองใด", "Which division?"};
inline const Phrase kChooseDivisionHow{"แตะเพื่อเลือก", "Tap to choose"};
inline const Phrase kChooseService{"แตะบริการที่ต้องการ", "Tap the service you need"};
inline const Phrase kChosenBefore{"เลือกแล้ว {} เรื่อง และเรื่องนี้", "{} chosen already, and this one"};
inline const Phrase kSteps{"ขั้นตอน", "Steps"};
inline const Phrase kDuration{"ระยะเวลา", "Time"};
inline const Phrase kFee{"ค่าธรรมเนียม", "Fee"};
inline const Phrase kChannel{"ช่องทาง", "Where"};
inline const Phrase kPapers{"เอกสารที่ใช้", "Papers to bring"};
inline const Phrase kOneMore{"ทำเรื่องอื่นด้วย", "Add a service"};
inline const Phrase kPriorityTicket{"บัตรคิวช่องทางพิเศษ", "Priority ticket"};
inline const Phrase kPriorityLane{"ช่องทางพิเศษ", "Priority lane"};
inline const Phrase kAndMore{"{} และอีก {} เรื่อง", "{} and {} more"};
inline const Phrase kNobodyAhead{"ท่านเป็นคิวถัดไป", "You are next"};
inline const Phrase kAhead{"รอก่อนหน้าท่าน {} คิว", "{} ahead of you"};
inline const Phrase kWaitRange{"รอประมาณ {} ถึง {} นาที", "wait about {} to {} minutes"};
inline const Phrase kWaitUnder{"รอไม่เกิน {} นาที โดยประมาณ", "wait up to about {} minutes"};
inline const Phrase kPrinting{"กำลังพิมพ์บัตร…", "Printing the ticket…"};
inline const Phrase kTakePaper{"โปรดรับบัตรที่เครื่องพิมพ์\nแล้วนั่งรอเจ้าหน้าที่เรียก",
                               "Please take the ticket from the printer\nand wait until it is called"};
inline const Phrase kNoPaper{
    "พิมพ์บัตรไม่ได้ แต่คิวของท่านบันทึกแล้ว\nโปรดถ่ายรูปหน้าจอนี้ไว้",
    "The ticket could not be printed, but it is recorded.\nPlease photograph this screen"};
inline const Phrase kJustServed{"ท่านเพิ่งใช้บริการ {} เราบริการเป็นอย่างไร", "How was our service just now: {}?"};
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
inline const Phrase kShowCode{"แตะเพื่อเปิด QR", "Tap for the QR code"};
inline const Phrase kEnlarge{"แตะเพื่อขยาย", "Tap to enlarge"};
inline const Phrase kCheckHost{"ตรวจชื่อเว็บให้ตรงก่อนเปิด",
                               "Check that the web address matches before you open it"};
inline const Phrase kEitOpens{"เปิดให้ตอบตั้งแต่วันที่", "Opens on"};
inline const Phrase kEitClosed{"ปิดรับคำตอบแล้วเมื่อวันที่", "Closed on"};
inline const Phrase kEitUnset{"หน่วยงานยังไม่ได้กำหนด\nช่วงเวลาตอบ",
                              "The office has not yet set\nwhen it can be answered"};

// Out of order
inline const Phrase kOutOfOrder{"ขออภัย เครื่องขัดข้องชั่วคราว", "Sorry, this kiosk is out of order"};
inline const Phrase kAskOfficer{"โปรดติดต่อเจ้าหน้าที่ที่โต๊ะประชาสัมพันธ์", "Please ask an officer at the front desk"};
inline const Phrase kForOfficer{"สำหรับเจ้าหน้าที่", "For the officer"};

// The officer's PIN
inline const Phrase kPin{"รหัสเจ้าหน้าที่", "Officer's PIN"};
inline const Phrase kPinHow{"ใส่ตัวเลข ๖ หลัก", "Six digits"};
inline const Phrase kPinWrong{"รหัสไม่ถูกต้อง", "That is not the PIN"};
inline const Phrase kPinTriesLeft{"ใส่ได้อีก {} ครั้งก่อนต้องรอ", "{} more tries before a wait"};
inline const Phrase kPinWait{"ใส่ผิดหลายครั้ง โปรดรอ {} แล้วลองใหม่", "Too many wrong tries. Try again in {}"};
inline const Phrase kSeconds{"{} วินาที", "{} seconds"};
inline const Phrase kMinutes{"{} นาที", "{} minutes"};
inline const Phrase kPinNotSet{"ยังไม่ได้ตั้งรหัส ให้ผู้ดูแลเครื่องสั่ง sala-kiosk new-pin",
                               "No PIN is set. The administrator makes one with: sala-kiosk new-pin"};
inline const Phrase kPinWeak{"รหัสนี้เดาง่ายเกินไป โปรดใช้เลขอื่น", "This PIN is too easy to guess. Choose another"};
inline const Phrase kPinDiffers{"สองครั้งไม่ตรงกัน โปรดเริ่มใหม่", "The two did not match. Begin again"};
inline const Phrase kErase{"ลบ", "Erase"};
inline const Phrase kNewPin{"ตั้งรหัสใหม่", "New PIN"};
inline const Phrase kNewPinHow{"ใส่รหัสใหม่ ๖ หลัก", "Type six new digits"};
inline const Phrase kNewPinAgain{"ใส่รหัสใหม่อีกครั้ง", "Type the new PIN again"};
inline const Phrase kOneMoment{"โปรดรอสักครู่", "One moment"};

// The officer's page
inline const Phrase kLeave{"ออก", "Leave"};
inline const Phrase kDaySummary{"สรุปวันที่ {}", "Summary of {}"};
inline const Phrase kNoDayYet{"ยังไม่มีผู้มารับบริการ", "Nobody has been served yet"};
inline const Phrase kDayOpen{"ยังไม่ปิดวัน", "The day is open"};
inline const Phrase kDayIsClosed{"ปิดวันแล้ว", "The day is closed"};
inline const Phrase kDivision{"กอง", "Division"};
inline const Phrase kIssued{"ออกบัตร", "Issued"};
inline const Phrase kServed{"บริการแล้ว", "Served"};
inline const Phrase kTotal{"รวม", "Total"};
inline const Phrase kNoTickets{"ยังไม่มีบัตรคิวในวันนี้", "No ticket has been taken on this day"};
inline const Phrase kCastToday{"ผู้ประเมินในวันนี้", "Ratings on this day"};
inline const Phrase kWaiting{"รอเข้าซอง (ยังไม่ครบจำนวน)", "Waiting for an envelope"};
inline const Phrase kEnvelopesMade{"ซองผลประเมินของวัน", "Envelopes of the day"};
inline const Phrase kUnsent{"ยังไม่ถึงสำนักงาน", "Not yet at the office"};
inline const Phrase kLines{"{} รายการ", "{} records"};
inline const Phrase kSince{"ตั้งแต่ {}", "since {}"};
inline const Phrase kAllSent{"สำนักงานได้รับครบแล้ว", "The office has everything"};
inline const Phrase kCloseDay{"ปิดวัน", "Close the day"};
inline const Phrase kToStick{"บันทึกลง USB", "Save to USB"};
inline const Phrase kToNetwork{"ส่งทางเครือข่าย", "Send online"};
inline const Phrase kProofCode{"หลักฐาน QR", "Proof QR"};
inline const Phrase kEnvelopes{"ผลประเมิน", "Results"};
inline const Phrase kSelfTest{"ตรวจเครื่อง", "Self-test"};
inline const Phrase kToReprint{"บัตรค้างพิมพ์", "Unprinted"};
inline const Phrase kChangePin{"เปลี่ยนรหัส", "Change PIN"};
inline const Phrase kNoticeClosed{"ปิดวันเรียบร้อย โปรดถ่ายภาพหลักฐาน QR เก็บไว้",
                                  "The day is closed. Photograph the proof QR and keep it"};
inline const Phrase kNoticeNoDay{"ไม่มีวันที่เปิดอยู่ จึงไม่มีอะไรต้องปิด",
                                 "No day is open, so there is nothing to close"};
inline const Phrase kNoticePin{"เปลี่ยนรหัสเรียบร้อย", "The PIN has been changed"};
inline const Phrase kNoticeReprinted{"พิมพ์บัตรคิวแล้ว โปรดรับที่เครื่องพิมพ์", "Printed. Take it from the printer"};
inline const Phrase kConfigOld{"ไฟล์ตั้งค่าใหม่มีข้อผิดพลาด เครื่องยังใช้ค่าเดิม แตะ ตรวจเครื่อง เพื่อดูสาเหตุ",
                               "The new settings file has errors; the old one is in force. See Self-test"};

// Close
inline const Phrase kCloseAsk{"ปิดวันนี้หรือไม่", "Close this day?"};
// By record::QueueClose.
inline const Phrase kCloseTickets[3] = {
    {"บัตรคิวที่ยังเปิดอยู่จะนับเป็นบริการแล้ว และผลประเมินจะถูกผนึกเข้าซอง",
     "Open tickets count as served, and ratings are sealed into envelopes."},
    {"คิวที่อยู่ที่ช่องบริการนับเป็นบริการแล้ว คิวที่ยังรอจะถูกยกเลิก และผลประเมินจะถูกผนึกเข้าซอง",
     "Who is at a counter counts as served, who waits is cancelled, and ratings are sealed."},
    {"คิวที่ยังรอจะยกไปวันทำการถัดไปด้วยเลขเดิม และผลประเมินจะถูกผนึกเข้าซอง",
     "Who still waits goes on at the next opening, and ratings are sealed into envelopes."}};
inline const Phrase kCloseLater{"ถ้ามีผู้มาอีก วันจะเปิดต่อเองโดยไม่มีข้อมูลใดหาย",
                                "If somebody comes later, the day opens again and nothing is lost"};
inline const Phrase kCloseNow{"ปิดวัน", "Close the day"};
inline const Phrase kClosing{"กำลังปิดวัน…", "Closing the day…"};

// Results
inline const Phrase kEnvelopesHow{"แสดงเฉพาะกลุ่มที่มีผู้ประเมินครบจำนวน",
                                  "Only groups with enough raters are shown"};
inline const Phrase kEnvelopesSums{"รวม {} · นับ {} · แยกนับ {}", "{} in all · {} counted · {} set apart"};
inline const Phrase kNoEnvelopes{
    "ยังไม่มีซองผลประเมิน\nผลจะแสดงหลังปิดวัน เมื่อมีผู้ประเมินครบจำนวน",
    "No envelope yet.\nResults are shown after the close, once enough people have rated"};
inline const Phrase kWholeOffice{"ทั้งหน่วยงาน", "The whole office"};
inline const Phrase kPlace{"กองหรือบริการ", "Division or service"};
inline const Phrase kPeople{"คน", "People"};
inline const Phrase kMean{"เฉลี่ย", "Mean"};
inline const Phrase kNextPage{"หน้าถัดไป", "Next page"};
inline const Phrase kSetApart{"แยกนับตามกติกา", "set apart by rule"};

// Tickets without a paper
inline const Phrase kUnprinted{"บัตรคิวที่พิมพ์ไม่ออก", "Tickets without a paper"};
inline const Phrase kUnprintedHow{"ดูกระดาษและฝาก่อน แล้วแตะบัตรที่จะพิมพ์",
                                  "Look at paper and cover, then touch a ticket"};
inline const Phrase kNoneUnprinted{"พิมพ์ครบทุกใบแล้ว", "Every ticket has its paper"};
inline const Phrase kReprinting{"กำลังพิมพ์…", "Printing…"};

// Proof
inline const Phrase kProofTitle{"หลักฐานปิดวัน", "Proof of the close"};
inline const Phrase kProofHow{
    "ถ่ายภาพนี้เก็บไว้นอกหน่วยงาน\nใช้ตรวจว่าไม่มีคำตอบใดถูกลบหรือแก้",
    "Photograph this and keep it outside the office.\nIt shows that no answer was removed or changed"};
inline const Phrase kNoProof{"ยังไม่มีหลักฐาน\nหลักฐานจะมีหลังปิดวันครั้งแรก",
                             "No proof yet.\nIt comes with the first close of a day"};
inline const Phrase kDeviceCode{"รหัสตู้", "Device code"};

// Stick
inline const Phrase kStickTitle{"บันทึกลง USB", "Saving to USB"};
inline const Phrase kStickLooking{"กำลังหาแฟลชไดรฟ์…", "Looking for the stick…"};
inline const Phrase kStickWriting{"กำลังเขียน… อย่าถอดแฟลชไดรฟ์", "Writing… Do not remove the stick"};
inline const Phrase kStickReading{"กำลังอ่านตรวจทาน… อย่าถอดแฟลชไดรฟ์",
                                  "Reading it back… Do not remove the stick"};
inline const Phrase kStickNotes{"กำลังรับใบตอบรับจากสำนักงาน…", "Taking in the office's receipts…"};
inline const Phrase kStickSafe{"ถอดแฟลชไดรฟ์ได้แล้ว", "It is safe to remove the stick"};
inline const Phrase kStickWrote{"เขียนและตรวจทานแล้ว {} รายการ", "{} records written and read back"};
inline const Phrase kStickNothing{"ไม่มีข้อมูลใหม่ สำนักงานได้รับครบแล้ว", "Nothing new: the office has everything"};
inline const Phrase kStickCosigned{"สำนักงานรับแล้วถึงรายการที่ {}", "The office has the first {} records"};
inline const Phrase kStickRefusedNotes{"มีใบตอบรับที่ใช้ไม่ได้ {} ใบ", "{} receipts could not be used"};
inline const Phrase kStickFailed{"บันทึกลง USB ไม่สำเร็จ", "Saving to USB did not succeed"};
// Network
inline const Phrase kSendTitle{"ส่งข้อมูลทางเครือข่าย", "Sending over the network"};
inline const Phrase kSending{"กำลังส่งให้สำนักงาน…", "Sending to the office…"};
inline const Phrase kSendDone{"ส่งถึงสำนักงานแล้ว", "The office has it"};
inline const Phrase kSendCount{"ส่งแล้ว {} รายการ", "{} records sent"};
inline const Phrase kSendFailed{"ส่งทางเครือข่ายไม่สำเร็จ", "Sending over the network did not succeed"};
inline const Phrase kNothingLost{"ข้อมูลในตู้ยังอยู่ครบ ลองใหม่ได้",
                                 "Nothing in the kiosk is lost. You can try again"};
inline const Phrase kTryAgain{"ลองใหม่", "Try again"};

// Self-test
inline const Phrase kTestHow{"แตะทุกช่องให้เปลี่ยนสี", "Touch every square until it changes"};
inline const Phrase kTesting{"กำลังตรวจ…", "Testing…"};
inline const Phrase kTestFaces{"ตัวหนังสือ", "Typeface"};
inline const Phrase kTestCode{"QR code", "QR code"};
inline const Phrase kTestDisk{"ดิสก์", "Disk"};
inline const Phrase kTestClock{"นาฬิกา", "Clock"};
inline const Phrase kTestStore{"ข้อมูล", "Records"};
inline const Phrase kTestDisplay{"จอภาพ", "Display"};
inline const Phrase kTestPrinter{"เครื่องพิมพ์", "Printer"};
inline const Phrase kTestBoard{"จอเรียกคิว", "Board"};
inline const Phrase kTestConfig{"ไฟล์ตั้งค่า", "Settings"};

// The board of the waiting room
inline const Phrase kBoardWelcome{"โปรดรอฟังหมายเลขของท่าน", "Please wait for your number"};
inline const Phrase kCalling{"ขอเชิญหมายเลข", "Now calling"};
inline const Phrase kNobodyCalled{"รอการเรียก", "Please wait to be called"};
inline const Phrase kServing{"กำลังให้บริการ", "Now serving"};
inline const Phrase kNobodyServed{"ยังไม่มีผู้รับบริการ", "Nobody is being served"};
inline const Phrase kLastCalls{"เรียกล่าสุด", "Last calls"};
inline const Phrase kPeopleWaiting{"จำนวนผู้รอ", "People waiting"};
inline const Phrase kTakesLonger{"{} ใช้เวลานานกว่าปกติ: {}", "{} takes longer than usual: {}"};
inline const Phrase kLaneRule{"เมื่อมีผู้รอทั้งสองแบบ เรียกคิวพิเศษ {} ราย แล้วเรียกคิวทั่วไป {} ราย สลับกันไป",
                              "Where both wait: {} from the priority lane, then {} others, in turn"};

}  // namespace sala::kiosk::phrases
