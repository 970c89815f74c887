// What the store tells, in the words of the screens: kiosk/flow knows no store, and the store no screen.
#pragma once

#include "kiosk/flow/state.h"
#include "kiosk/store/exporter.h"
#include "kiosk/store/officer_figures.h"

namespace sala::kiosk {

OfficerFigures officer_figures(const DayFigures& figures);
PinRefusal pin_refusal(const PinAnswer& answer);  // REQUIRES: not kRight
StickReport stick_report(const Export& done);
StickStep stick_step(ExportStep step);

}  // namespace sala::kiosk
