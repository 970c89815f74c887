// A queue report of two services, two counters and few visitors, whose figures are known by hand.
#pragma once

#include "sync/report/period.h"
#include "sync/report/queue.h"
#include "tests/sync/figures/figure_log.h"

namespace sala::report {

// Six visitors at land tax wait 1, 2, 3, 4, 5 and 31 minutes and are served 2, 4, 6, 8, 10 and 12.
inline figures::FigureLog sample_queue_log() {
    figures::FigureLog log;
    log.open(20270114);
    const auto old = log.issue("gone");
    log.minutes(3);
    log.say(ledger::TicketServed{{}, old, "close"});
    log.close();
    log.open(20270115);
    int wait = 0;
    for (const int service : {2, 4, 6, 8, 10, 12}) log.visitor(++wait == 6 ? 31 : wait, service);
    const auto carried = log.issue("sign");
    const auto emergency = log.issue("sign");
    log.say(ledger::TicketCalled{{}, emergency, "c2", "chosen", "emergency"});
    log.minutes(1);
    log.serve(emergency, "c2");
    const auto walked = log.say(ledger::WalkIn{{}, 20270115, "finance", "sign", "c2"});
    log.minutes(5);
    log.say(ledger::TicketDelayed{{}, walked, "c2", "system-down"});
    log.minutes(5);
    log.serve(walked, "c2");
    const auto absent = log.issue("tax");
    log.say(ledger::PrintFailed{{}, absent, "paper"});
    log.call(absent, "c2");
    log.say(ledger::TicketRecalled{{}, absent, "c2"});
    log.say(ledger::TicketMissed{{}, absent, "c2"});
    const auto home = log.issue("tax");
    log.say(ledger::TicketCancelled{{}, home, "", "went-home"});
    log.say(ledger::TicketCarried{{}, carried});
    log.close();
    return log;
}

inline QueueReport sample_queue_report() {
    QueueReport report;
    report.period = *fiscal_month(2570, 1);
    const figures::DayRules rules{record::OpeningHours{}, {}};
    report.figures = sample_queue_log().figures(report.period, rules);
    report.catalogue = {{{"clerk", "water"}, "สำนักปลัด", "ขอรับน้ำอุปโภคบริโภค", 10},
                        {{"finance", "tax"}, "กองคลัง", "ชำระภาษีที่ดินและสิ่งปลูกสร้าง", 8},
                        {{"finance", "sign"}, "กองคลัง", "ชำระภาษีป้าย", {}}};
    report.counters = {{"c1", "ช่องบริการ 1"}, {"c2", "=ช่องบริการ 2"}};
    report.hours_known = true;
    return report;
}

}  // namespace sala::report
