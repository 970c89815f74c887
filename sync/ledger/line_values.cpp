#include "sync/ledger/line_values.h"

#include <algorithm>
#include <chrono>

#include "sync/ledger/note.h"
#include "sync/ledger/place.h"
#include "sync/ledger/tally.h"
#include "sync/ledger/tree.h"

namespace sala::ledger {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kFurtherServicesMax = 7;

bool consists_of(std::string_view text, std::size_t size_max, std::string_view letters) {
    return !text.empty() && text.size() <= size_max &&
           text.find_first_not_of(letters) == std::string_view::npos;
}

bool is_boot(std::string_view text) { return text.size() == 32 && consists_of(text, 32, "0123456789abcdef"); }

bool is_version(std::string_view text) {
    return consists_of(text, 40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+~-");
}

bool is_rule(std::string_view text) {
    return consists_of(text, 24, "abcdefghijklmnopqrstuvwxyz0123456789._-");
}

// Called out in the hall: a letter and three or four digits.
bool is_ticket_number(std::string_view text) {
    return (text.size() == 4 || text.size() == 5) && text[0] >= 'A' && text[0] <= 'Z' &&
           text.find_first_not_of(kDigits, 1) == std::string_view::npos;
}

bool is_day(int yyyymmdd) {
    using namespace std::chrono;
    const year_month_day date{year{yyyymmdd / 10000}, month{static_cast<unsigned>(yyyymmdd / 100 % 100)},
                              day{static_cast<unsigned>(yyyymmdd % 100)}};
    return yyyymmdd >= 1970'01'01 && yyyymmdd <= 9999'12'31 && date.ok();
}

bool is_origin_of(std::string_view origin, const crypto::PublicKey& key) {
    const std::string tail = "/sala/" + device_code(key);
    return origin.ends_with(tail) && consists_of(origin.substr(0, origin.size() - tail.size()), 200,
                                                 "abcdefghijklmnopqrstuvwxyz0123456789.-");
}

// Of any device.
bool is_origin(std::string_view origin) {
    constexpr std::size_t kCode = 26;
    constexpr std::string_view kMiddle = "/sala/";
    if (origin.size() <= kMiddle.size() + kCode) return false;
    const std::string_view domain = origin.substr(0, origin.size() - kMiddle.size() - kCode);
    return origin.substr(domain.size(), kMiddle.size()) == kMiddle &&
           consists_of(origin.substr(origin.size() - kCode), kCode, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") &&
           consists_of(domain, 200, "abcdefghijklmnopqrstuvwxyz0123456789.-");
}

const FormPage* page_of(std::string_view id) {
    for (const FormPage& page : form_pages()) {
        if (page.id == id) return &page;
    }
    return nullptr;
}

template <typename T>
bool strictly_ascending(const std::vector<T>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

// Each rule says what is wrong, or nothing.
class Values {
  public:
    const char* operator()(const LogStart& line) const {
        if (!is_id(line.office)) return "the office's id is malformed";
        if (!is_origin_of(line.origin, line.key)) return "the origin does not name the key";
        return line.replaces ? broken_replaces(line) : nullptr;
    }
    const char* operator()(const Boot& line) const {
        return is_version(line.version) ? nullptr : "the program's version is malformed";
    }
    const char* operator()(const DayOpened& line) const {
        if (!is_day(line.day)) return "a day is no date";
        if (line.k < 5 || line.k_counter < 10 || line.k_counter < line.k) return "k is lower than allowed";
        if (line.wait != (line.auditor ? "month" : "day")) return "an unknown wait";
        if (!is_rule(line.rule)) return "the rule of the classes is malformed";
        if (!strictly_ascending(line.pages)) return "form pages are out of order";
        const auto known = [](const std::string& page) { return page_of(page) != nullptr; };
        return std::all_of(line.pages.begin(), line.pages.end(), known) ? nullptr : "an unknown form page";
    }
    const char* operator()(const TicketIssued& line) const {
        if (!is_id(line.division) || !is_id(line.service)) return "a ticket names no service";
        if (line.route && broken_route(*line.route))
            return "a ticket's lane or further services are malformed";
        return is_ticket_number(line.number) ? nullptr : "a ticket's number is malformed";
    }
    const char* operator()(const WalkIn& line) const {
        if (!is_id(line.division) || !is_id(line.service)) return "a ticket names no service";
        return is_id(line.counter) ? nullptr : kNoCounter;
    }
    const char* operator()(const TicketServed& line) const {
        if (line.counter) return line.by == "counter" && is_id(*line.counter) ? nullptr : kNoCounter;
        return line.by == "officer" || line.by == "close" ? nullptr : "a ticket was served by nobody we know";
    }
    const char* operator()(const TicketCalled& line) const {
        if (!is_id(line.counter)) return kNoCounter;
        if (line.how == "chosen") return is_id(line.reason) ? nullptr : kNoReason;
        const bool known = line.how == "next" || line.how == "parked";
        return known && line.reason.empty() ? nullptr : "a ticket was called in no way we know";
    }
    const char* operator()(const TicketRecalled& line) const {
        return is_id(line.counter) ? nullptr : kNoCounter;
    }
    const char* operator()(const TicketMissed& line) const {
        return is_id(line.counter) ? nullptr : kNoCounter;
    }
    const char* operator()(const ServiceDone& line) const {
        return is_id(line.counter) ? nullptr : kNoCounter;
    }
    const char* operator()(const TicketReturned& line) const {
        return is_id_or_empty(line.counter) ? nullptr : kNoCounter;
    }
    const char* operator()(const TicketParked& line) const {
        if (!is_id(line.counter)) return kNoCounter;
        return is_id(line.reason) ? nullptr : kNoReason;
    }
    const char* operator()(const TicketDelayed& line) const {
        if (!is_id(line.counter)) return kNoCounter;
        return is_id(line.reason) ? nullptr : kNoReason;
    }
    const char* operator()(const TicketTransferred& line) const {
        if (!is_id_or_empty(line.counter)) return kNoCounter;
        if (!is_id(line.division) || !is_id(line.service)) return "a ticket names no service";
        return is_id(line.reason) ? nullptr : kNoReason;
    }
    const char* operator()(const TicketCancelled& line) const {
        if (!is_id_or_empty(line.counter)) return kNoCounter;
        return is_id(line.reason) ? nullptr : kNoReason;
    }
    const char* operator()(const PrintFailed& line) const {
        const bool known =
            line.why == "paper" || line.why == "cover" || line.why == "offline" || line.why == "failed";
        return known ? nullptr : "a ticket was not printed for no cause we know";
    }
    const char* operator()(const Officer& line) const {
        const bool placed = line.role == "desk" ? line.counter.empty() : is_id(line.counter);
        if (!placed || (line.role != "desk" && line.role != "counter"))
            return "an officer has no role we know";
        return line.did == "entered" || line.did == "new_pin" ? nullptr : "an officer did nothing we know";
    }
    const char* operator()(const Sealed& line) const {
        if (!is_place(line.place) || !is_ballot_class(line.ballot_class))
            return "an envelope has no place or class";
        if (line.days.empty() || !strictly_ascending(line.days)) return "an envelope's days are out of order";
        if (!std::all_of(line.days.begin(), line.days.end(), is_day))
            return "a day of an envelope is no date";
        if (line.n < static_cast<std::uint64_t>(line.k)) return "an envelope holds too few";
        return broken_items(line);
    }
    const char* operator()(const DayClosed& line) const {
        if (!strictly_ascending(line.texts)) return "the commitments of texts are out of order";
        const auto hash = [](const std::string& text) {
            return crypto::array_from_base64<32>(text).has_value();
        };
        return std::all_of(line.texts.begin(), line.texts.end(), hash) ? nullptr
                                                                       : "a text's commitment is no hash";
    }
    const char* operator()(const Cosigned& line) const {
        return is_key_name(line.by) ? nullptr : "a cosigner's name is malformed";
    }
    // Days and pages of these are held to what stood before.
    const char* operator()(const auto&) const { return nullptr; }

  private:
    static constexpr const char* kNoCounter = "a counter's id is malformed";
    static constexpr const char* kNoReason = "a reason is malformed";
    static bool is_id_or_empty(const std::string& text) { return text.empty() || is_id(text); }
    static bool broken_route(const Route& route) {
        if (route.then.size() > kFurtherServicesMax) return true;
        const auto service = [](const std::string& place) {
            return is_place(place) && place_depth(place) == 2;
        };
        if (!std::all_of(route.then.begin(), route.then.end(), service)) return true;
        return route.lane == "ordinary" ? route.then.empty() : route.lane != "priority";
    }
    static const char* broken_replaces(const LogStart& line) {
        const Replaces& before = *line.replaces;
        if (before.origin == line.origin || !is_origin(before.origin)) return "it replaces no other log";
        const bool lost = before.size == 0 && before.root == Frontier().root();
        return lost || before.size > 0 ? nullptr : "a log of no lines has another root";
    }
    static const char* broken_items(const Sealed& line) {
        const FormPage* page = page_of(line.page);
        if (page == nullptr) return "an unknown form page";
        const bool alike =
            std::equal(line.items.begin(), line.items.end(), page->items.begin(), page->items.end(),
                       [](const ItemCounts& counted, const FormItem& item) {
                           return counted.item == item.id &&
                                  counted.counts.size() == static_cast<std::size_t>(item.value_max) + 1;
                       });
        if (!alike) return "an envelope has not the items of its page";
        for (const ItemCounts& item : line.items) {
            if (item.total() != line.n) return "an item of an envelope does not count every rater";
        }
        return nullptr;
    }
};

}  // namespace

const char* broken_value(const Line& line) {
    if (!is_boot(line.stamp.boot)) return "the boot id is malformed";
    return std::visit(Values(), line.happening);
}

}  // namespace sala::ledger
