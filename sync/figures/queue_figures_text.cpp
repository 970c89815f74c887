// The figures as JSON, for a comparison of kiosk and office, and in few lines for a person.
#include <fmt/format.h>

#include "platform/base/json.h"
#include "sync/figures/queue_figures.h"

namespace sala::figures {
namespace {

std::string number_or_null(const std::optional<std::int64_t>& value) {
    return value ? fmt::format("{}", *value) : "null";
}

std::string times_json(const Times& times) {
    return fmt::format("{{\"n\":{},\"unknown\":{},\"median_ms\":{},\"p90_ms\":{}}}", times.known(),
                       times.unknown(), number_or_null(times.median()), number_or_null(times.percentile(90)));
}

}  // namespace

std::string group_json(const Group& group) {
    return fmt::format(
        "\"carried_in\":{},\"issued\":{},\"walked_in\":{},\"moved_in\":{},\"served\":{},\"done\":{},"
        "\"transferred\":{},\"missed\":{},\"cancelled\":{},\"carried_out\":{},\"left\":{},\"open\":{},"
        "\"calls\":{},\"recalls\":{},\"chosen\":{},\"parked\":{},\"delayed\":{},\"unprinted\":{},"
        "\"unmeasured\":{},\"waits\":{},\"services\":{}",
        group.carried_in, group.issued, group.walked_in, group.moved_in, group.served, group.done,
        group.transferred, group.missed, group.cancelled, group.carried_out, group.left, group.open,
        group.calls, group.recalls, group.chosen, group.parked, group.delayed, group.unprinted,
        group.unmeasured, times_json(group.wait_times), times_json(group.service_times));
}

namespace {

// "name":[{...},...]; `key` writes what a group is known by.
template <typename Groups, typename Key>
std::string list_json(const char* name, const Groups& groups, const Key& key) {
    std::string out;
    for (const auto& [id, group] : groups)
        out += fmt::format("{}{{{},{}}}", out.empty() ? "" : ",", key(id), group_json(group));
    return fmt::format("\"{}\":[{}]", name, out);
}

std::string reasons_json(const QueueFigures& figures) {
    std::string out;
    for (const auto& [of, n] : figures.reasons) {
        out += fmt::format("{}{{\"of\":\"{}\",\"reason\":{},\"n\":{}}}", out.empty() ? "" : ",",
                           name_of(of.first), json_string(of.second), n);
    }
    return out;
}

// "12.5 (90% 30.0, n 40)", in minutes; a half of a tenth is rounded up.
std::string times_text(const Times& times) {
    const auto minutes = [](std::int64_t ms) {
        const std::int64_t tenths = (ms + 3000) / 6000;
        return fmt::format("{}.{}", tenths / 10, tenths % 10);
    };
    const auto median = times.median(), p90 = times.percentile(90);
    const std::string unknown =
        times.unknown() == 0 ? "" : fmt::format(", ไม่ทราบ / unknown {}", times.unknown());
    if (!median || !p90) {
        const char* few = times.known() == 0 ? "-" : "น้อยเกินไป / too few";
        return fmt::format("{} (n {}{})", few, times.known(), unknown);
    }
    return fmt::format("{} (90% {}, n {}{})", minutes(*median), minutes(*p90), times.known(), unknown);
}

}  // namespace

std::string QueueFigures::json() const {
    const auto service = [](const ServicePlace& place) {
        return "\"place\":" + json_string("/" + place.division + "/" + place.service);
    };
    const auto division = [](const std::string& id) { return "\"place\":" + json_string("/" + id); };
    const auto counter = [](const std::string& id) { return "\"counter\":" + json_string(id); };
    const auto hour = [](int of_day) {
        return of_day == kUnknownHour ? std::string("\"hour\":null") : fmt::format("\"hour\":{}", of_day);
    };
    std::size_t days_all = 0;
    for (const auto& [kind, of_kind] : days) days_all += of_kind.size();
    return fmt::format(
        "{{\"days\":{},\"days_without_calls\":{},\"unread\":{},\"balanced\":{},\"whole\":{{{}}},{},{},{},{},"
        "\"lunch\":{{{}}},\"other_hours\":{{{}}},\"reasons\":[{}]}}",
        days_all, days_without_calls.size(), unread, balanced(), group_json(whole()),
        list_json("divisions", divisions(), division), list_json("services", services, service),
        list_json("counters", counters, counter), list_json("hours", hours, hour), group_json(lunch()),
        group_json(other_hours()), reasons_json(*this));
}

std::string QueueFigures::text() const {
    const Group all = whole();
    std::string out = fmt::format(
        "บัตรคิว / queue   ยกมา / carried in {} + ออกบัตร / issued {} + ไม่มีบัตร / walked in {}\n"
        "              = บริการแล้ว / served {} + ไม่มา / missed {} + ยกเลิก / cancelled {} + ยกไป / carried out "
        "{}"
        " + ค้างอยู่ / open {}{}\n"
        "เวลารอ / wait, minutes        {}\n"
        "เวลาให้บริการ / service, minutes  {}\n",
        all.carried_in, all.issued, all.walked_in, all.served, all.missed, all.cancelled, all.carried_out,
        all.open, all.left == 0 ? "" : fmt::format(" + ไม่ทราบผล / left {}", all.left),
        times_text(all.wait_times), times_text(all.service_times));
    for (const auto& [place, group] : services) {
        out += fmt::format("  /{}/{}: {}, รอ / wait {}, บริการ / service {}\n", place.division, place.service,
                           group.served + group.done, times_text(group.wait_times),
                           times_text(group.service_times));
    }
    for (const auto& [id, group] : counters) {
        out += fmt::format("  {}: {}, บริการ / service {}\n", id, group.served + group.done,
                           times_text(group.service_times));
    }
    return out;
}

}  // namespace sala::figures
