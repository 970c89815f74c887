// A receipt printer that speaks ESC/POS, over a USB device file or raw TCP (port 9100).
//
// A line is opened for each call, so a printer that was unplugged or switched off is found again by itself.
// While a ticket goes out the printer is asked after every band, and at the end for GS r, which it answers
// only when all before it is on paper: paper that ends in the middle is noticed. The trap: a printer that
// cannot answer (many cheap ones over USB) looks like one that is switched off, so that is never learned;
// the office says so (`answers = false`), and its state is then kUnknown and its best fate kTaken.
#pragma once

#include <memory>
#include <string>

#include "platform/printer.h"

namespace sala {

struct EscposRoad {
    enum class Kind { kDevice, kTcp };
    Kind kind = Kind::kDevice;
    std::string place;    // "/dev/usb/lp0", or "192.168.1.50:9100"
    bool answers = true;  // to DLE EOT and GS r
};

// How long one step may take, within the deadline of the whole; tests shorten it.
struct EscposPatience {
    int answer_ms = 3'000;  // a cheap printer answers only when it has printed what it holds
    int done_ms = 4'000;    // from the last byte to the end of the paper
    int look_ms = 200;      // between two questions while it prints the rest
};

// Opens nothing yet.
std::unique_ptr<Printer> make_escpos_printer(EscposRoad road, EscposPatience patience = {});

}  // namespace sala
