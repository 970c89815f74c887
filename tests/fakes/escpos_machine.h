// What stands inside a receipt printer: bytes in, answers and paper out. No line, no thread, no time.
//
// Written from Epson's command reference as the printer's side, apart from the encoder that it tests: DLE
// commands are obeyed when they arrive, everything else in its order; a printer that stops for paper or an
// open cover keeps what has come and goes on with it later; picture data that is not complete takes whatever
// comes next for dots.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "platform/printer.h"

namespace sala {

struct PrinterFaults {
    bool paper_out = false;
    bool paper_low = false;
    bool cover_open = false;
    bool cutter_stuck = false;
    std::optional<int> paper_ends_after_rows;  // of all rows since this fault was set
    bool garbage_status = false;               // answers, and no answer is one
    bool silent = false;                       // never answers
    bool knows_done = true;                    // GS r
    bool in_order = false;                     // obeys DLE commands only in their order, as cheap ones do
};

class EscposMachine {
  public:
    void set(const PrinterFaults& faults);

    // What is answered to this byte, now.
    std::string take(std::uint8_t byte);

    // What was cut off, oldest first, and what hangs out of the slot. Rows shorter than the paper are white
    // on the right.
    const std::vector<Raster>& papers() const { return papers_; }
    const Raster& hanging() const { return hanging_; }

    // "init", "band", "cut", "done?", "forget", and "text 41" for a byte that would come out as a letter.
    const std::vector<std::string>& heard() const { return heard_; }
    bool full() const { return waiting_.size() >= kBufferBytes; }

  private:
    static constexpr std::size_t kBufferBytes = 8'192;

    bool stopped() const { return faults_.paper_out || faults_.cover_open || faults_.cutter_stuck; }
    std::string obey_at_once();
    std::string work();
    std::size_t command_at_front(std::string& answer);
    void take_dots();
    void cut();
    std::string status(int kind) const;

    PrinterFaults faults_;
    std::deque<std::uint8_t> waiting_;
    std::string last_;  // the last bytes that came, for DLE
    std::size_t dots_left_ = 0, row_bytes_ = 0;
    std::vector<std::uint8_t> row_;
    Raster hanging_;
    std::vector<Raster> papers_;
    std::vector<std::string> heard_;
};

}  // namespace sala
