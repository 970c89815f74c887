#include "sync/figures/queue_figures.h"

#include <algorithm>

namespace sala::figures {

Group& Group::operator+=(const Group& more) {
    constexpr std::uint64_t Group::*kCounts[] = {
        &Group::carried_in, &Group::issued,      &Group::walked_in, &Group::moved_in,  &Group::served,
        &Group::done,       &Group::transferred, &Group::missed,    &Group::cancelled, &Group::carried_out,
        &Group::left,       &Group::open,        &Group::calls,     &Group::recalls,   &Group::chosen,
        &Group::parked,     &Group::delayed,     &Group::unprinted, &Group::unmeasured};
    for (const auto count : kCounts) this->*count += more.*count;
    wait_times += more.wait_times;
    service_times += more.service_times;
    return *this;
}

Group QueueFigures::whole() const {
    Group sum;
    for (const auto& [place, group] : services) sum += group;
    return sum;
}

std::map<std::string, Group> QueueFigures::divisions() const {
    std::map<std::string, Group> sums;
    for (const auto& [place, group] : services) sums[place.division] += group;
    return sums;
}

Group QueueFigures::lunch() const {
    const auto found = hours.find(kLunchHour);
    return found == hours.end() ? Group{} : found->second;
}

Group QueueFigures::other_hours() const {
    Group sum;
    for (const auto& [hour, group] : hours) {
        if (hour != kLunchHour && hour != kUnknownHour) sum += group;
    }
    return sum;
}

bool QueueFigures::balanced() const {
    return std::all_of(services.begin(), services.end(),
                       [](const auto& entry) { return entry.second.came() == entry.second.went(); });
}

const char* name_of(ReasonOf what) {
    constexpr const char* kNames[] = {"chosen", "parked", "transferred", "cancelled", "delayed", "print"};
    return kNames[static_cast<int>(what)];
}

}  // namespace sala::figures
