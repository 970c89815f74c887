// The self-test: what an officer can be told about faces, codes, disk, clock, journal and configuration.
#pragma once

#include "kiosk/flow/officer.h"
#include "kiosk/store/exporter.h"
#include "platform/printer.h"
#include "platform/window.h"

namespace sala::kiosk {

// Under this the disk is said to be too full: some months of a busy kiosk.
inline constexpr std::uint64_t kFreeBytesMin = std::uint64_t{200} << 20;

// Every finding, in the order of the page; all are looked at whatever the others say. Takes seconds where the
// journal is long; `go_on` is asked between the steps. Not on the store's thread.
std::vector<TestFinding> test_everything(const OnStore& on_store, const std::filesystem::path& data,
                                         const std::vector<record::Problem>& config_problems,
                                         const std::function<bool()>& go_on);

// The single ones, as tests call them.
TestFinding test_faces(const std::string& family);
TestFinding test_code(const std::string& text);
TestFinding test_disk(const std::filesystem::path& data, std::uint64_t free_bytes_min);
TestFinding test_clock(const ClockState& clock);
TestFinding test_journal(const OnStore& on_store, const std::filesystem::path& data,
                         const std::function<bool()>& go_on);
TestFinding test_printer(PrinterState state);
// Of the window's thread, which alone knows it: whether the sizes on the screen are millimetres.
TestFinding test_display(int width_px, int height_px, const Display& display, bool cramped);
// The same: of the second display's window; null: there is none.
TestFinding test_board(const Window* board);

}  // namespace sala::kiosk
