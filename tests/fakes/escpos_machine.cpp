#include "tests/fakes/escpos_machine.h"

#include <fmt/format.h>

#include <algorithm>

namespace sala {
namespace {

// The command that begins here, with its length; 0: it is not all there yet.
struct Shape {
    std::string_view begins;
    std::size_t bytes;
};
constexpr std::size_t kBandHead = 8;
const Shape kCommands[] = {
    {"\x1B@", 2},
    {"\x1Dv", kBandHead},
    {"\x1DV", 4},
    {"\x1D"
     "a",
     3},
    {"\x1Dr", 3},
    {"\x10\x04", 3},
    {"\x10\x14", 10},
};
const std::string kForget = {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};

}  // namespace

void EscposMachine::set(const PrinterFaults& faults) {
    faults_ = faults;
    (void)work();
}

std::string EscposMachine::take(std::uint8_t byte) {
    waiting_.push_back(byte);
    last_ += static_cast<char>(byte);
    if (last_.size() > kForget.size()) last_.erase(0, 1);
    std::string answer = faults_.in_order ? "" : obey_at_once();
    answer += work();
    return faults_.silent ? "" : answer;
}

std::string EscposMachine::obey_at_once() {
    if (last_ == kForget) {
        heard_.emplace_back("forget");
        waiting_.clear();
        dots_left_ = 0;
        row_.clear();
        return "";
    }
    const std::size_t size = last_.size();
    if (size < 3 || last_[size - 3] != 0x10 || last_[size - 2] != 0x04) return "";
    const int kind = static_cast<unsigned char>(last_[size - 1]);
    return kind >= 1 && kind <= 4 ? status(kind) : "";
}

// As the command reference has the bits.
std::string EscposMachine::status(int kind) const {
    if (faults_.garbage_status) return "\xFF";
    int bits = 0x12;
    if (kind == 1 && stopped()) bits |= 0x08;
    if (kind == 2 && faults_.cover_open) bits |= 0x04;
    if (kind == 2 && faults_.paper_out) bits |= 0x20;
    if (kind == 2 && faults_.cutter_stuck) bits |= 0x40;
    if (kind == 3 && faults_.cutter_stuck) bits |= 0x08;
    if (kind == 4 && faults_.paper_out) bits |= 0x60;
    if (kind == 4 && (faults_.paper_low || faults_.paper_out)) bits |= 0x0C;
    return {static_cast<char>(bits)};
}

std::string EscposMachine::work() {
    std::string answer;
    while (!waiting_.empty() && !stopped()) {
        if (dots_left_ > 0) {
            take_dots();
            continue;
        }
        const std::size_t used = command_at_front(answer);
        if (used == 0) break;
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(used));
    }
    return answer;
}

std::size_t EscposMachine::command_at_front(std::string& answer) {
    if (waiting_[0] == 0) return 1;
    const bool may_go_on = waiting_[0] == 0x1B || waiting_[0] == 0x1D || waiting_[0] == 0x10;
    if (may_go_on && waiting_.size() < 2) return 0;
    const auto found = std::ranges::find_if(kCommands, [&](const Shape& shape) {
        return waiting_.size() >= 2 && waiting_[0] == static_cast<std::uint8_t>(shape.begins[0]) &&
               waiting_[1] == static_cast<std::uint8_t>(shape.begins[1]);
    });
    if (found == std::end(kCommands)) {
        // Control codes that mean nothing are passed over.
        if (waiting_[0] >= 0x20) heard_.push_back(fmt::format("text {:02X}", waiting_[0]));
        return 1;
    }
    if (waiting_.size() < found->bytes) return 0;
    if (found->begins == "\x1B@") heard_.emplace_back("init");
    if (found->begins == "\x1DV") cut();
    if (found->begins == "\x10\x04" && faults_.in_order) answer += status(waiting_[2]);
    if (found->begins == "\x1Dr") {
        heard_.emplace_back("done?");
        if (faults_.garbage_status)
            answer += '\xFF';
        else if (faults_.knows_done)
            answer += static_cast<char>(faults_.paper_low ? 0x03 : 0x00);
    }
    if (found->begins == "\x1Dv") {
        heard_.emplace_back("band");
        row_bytes_ = waiting_[4] + std::size_t{256} * waiting_[5];
        dots_left_ = row_bytes_ * (waiting_[6] + std::size_t{256} * waiting_[7]);
    }
    return found->bytes;
}

void EscposMachine::take_dots() {
    row_.push_back(waiting_.front());
    waiting_.pop_front();
    --dots_left_;
    if (row_.size() < row_bytes_) return;
    const int width = static_cast<int>(row_bytes_ * 8);
    if (hanging_.height == 0) hanging_.width = width;
    row_.resize(hanging_.row_bytes());
    hanging_.bits.insert(hanging_.bits.end(), row_.begin(), row_.end());
    ++hanging_.height;
    row_.clear();
    if (faults_.paper_ends_after_rows && --*faults_.paper_ends_after_rows <= 0) faults_.paper_out = true;
}

void EscposMachine::cut() {
    heard_.emplace_back("cut");
    papers_.push_back(std::move(hanging_));
    hanging_ = {};
}

}  // namespace sala
