// Random days with reboots, clocks nobody trusts, days that go back and version 1 lines, against a naive
// reckoning: it looks at one ticket's lines at a time, backwards from each, and remembers nothing.
#include <algorithm>
#include <random>

#include "tests/sync/figures/figure_log.h"

namespace sala::figures {
namespace {

using ledger::Line;

struct NaiveGroup {
    std::map<std::string, int> n;
    std::vector<std::int64_t> waits, services;
    int waits_unknown = 0, services_unknown = 0;
};

template <typename Kind>
const Kind* as(const Line& line) {
    return std::get_if<Kind>(&line.happening);
}

// A ticket's own lines and, while it was open, every day_opened and day_closed.
struct Story {
    std::vector<const Line*> lines;
    std::vector<int> days;               // open day of each
    std::vector<ServicePlace> services;  // for which it waited, or that it got, before each and at the end
};

ServicePlace place(const std::string& text) {
    const std::size_t slash = text.find('/', 1);
    return {text.substr(1, slash - 1), text.substr(slash + 1)};
}

std::vector<Story> stories_of(const std::vector<Line>& lines) {
    std::vector<Story> stories;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto* issued = as<ledger::TicketIssued>(lines[i]);
        const auto* walked = as<ledger::WalkIn>(lines[i]);
        if (issued == nullptr && walked == nullptr) continue;
        Story story;
        ServicePlace service = issued != nullptr ? ServicePlace{issued->division, issued->service}
                                                 : ServicePlace{walked->division, walked->service};
        std::vector<std::string> then;
        if (issued != nullptr && issued->route) then = issued->route->then;
        int day = issued != nullptr ? issued->day : walked->day;
        bool carried = false;
        for (std::size_t j = i; j < lines.size(); ++j) {
            bool own = j == i, over = false;
            std::visit(
                [&](const auto& line) {
                    if constexpr (requires { line.ticket; }) own = own || line.ticket == lines[i].stamp.seq;
                },
                lines[j].happening);
            const auto* opened = as<ledger::DayOpened>(lines[j]);
            const bool closed = as<ledger::DayClosed>(lines[j]) != nullptr;
            if (!own && opened == nullptr && !closed) continue;
            if (opened != nullptr) day = opened->day;
            story.lines.push_back(&lines[j]);
            story.days.push_back(day);
            story.services.push_back(service);
            if (as<ledger::TicketCarried>(lines[j]) != nullptr) carried = true;
            if (closed) over = !std::exchange(carried, false);
            if (as<ledger::TicketServed>(lines[j]) != nullptr) over = true;
            if (as<ledger::TicketCancelled>(lines[j]) != nullptr) over = true;
            if (const auto* moved = as<ledger::TicketTransferred>(lines[j]))
                service = {moved->division, moved->service};
            if (as<ledger::ServiceDone>(lines[j]) != nullptr) {
                service = place(then.front());
                then.erase(then.begin());
            }
            if (over) break;
        }
        story.services.push_back(service);
        stories.push_back(std::move(story));
    }
    return stories;
}

class Naive {
  public:
    Naive(const std::vector<Line>& lines, int first, int last) : first_(first), last_(last) {
        for (const Story& story : stories_of(lines)) tell(story);
    }
    std::map<ServicePlace, NaiveGroup> services;
    std::map<std::string, NaiveGroup> counters;
    std::map<int, NaiveGroup> hours;

  private:
    bool counts(int day) const { return first_ <= day && day <= last_; }
    static int hour(const Line& line) {
        return line.stamp.clock_trusted ? static_cast<int>((line.stamp.utc_ms / 3'600'000 + 7) % 24) : -1;
    }
    static std::optional<std::int64_t> between(const Line& from, const Line& to) {
        if (from.stamp.boot == to.stamp.boot) return to.stamp.mono_ms - from.stamp.mono_ms;
        if (!from.stamp.clock_trusted || !to.stamp.clock_trusted) return {};
        if (to.stamp.utc_ms < from.stamp.utc_ms) return {};
        return to.stamp.utc_ms - from.stamp.utc_ms;
    }
    template <typename Add>
    void each(const ServicePlace& service, const std::string& counter, int at, const Add& add) {
        add(services[service]);
        add(hours[at]);
        if (!counter.empty()) add(counters[counter]);
    }

    void tell(const Story& story) {
        for (std::size_t i = 0; i < story.lines.size(); ++i) {
            const Line& line = *story.lines[i];
            if (as<ledger::DayOpened>(line) != nullptr || as<ledger::DayClosed>(line) != nullptr) {
                over_a_close(story, i);
                continue;
            }
            if (!counts(story.days[i])) continue;
            const std::string counter = counter_of(line);
            const auto add = [&](const char* what) {
                each(story.services[i], counter, hour(line), [&](NaiveGroup& group) { ++group.n[what]; });
            };
            if (as<ledger::TicketIssued>(line) != nullptr) add("issued");
            if (as<ledger::WalkIn>(line) != nullptr) add("walked_in");
            if (as<ledger::TicketRecalled>(line) != nullptr) add("recalls");
            if (as<ledger::TicketCancelled>(line) != nullptr) add("cancelled");
            if (const auto* called = as<ledger::TicketCalled>(line)) {
                add("calls");
                if (called->how == "chosen") add("chosen");
                wait_before(story, i, counter);
            }
            if (as<ledger::ServiceDone>(line) != nullptr) add("done");
            if (as<ledger::TicketTransferred>(line) != nullptr) add("transferred");
            if (as<ledger::ServiceDone>(line) != nullptr || as<ledger::TicketTransferred>(line) != nullptr)
                each(story.services[i + 1], "", hour(line), [](NaiveGroup& group) { ++group.n["moved_in"]; });
            const auto* served = as<ledger::TicketServed>(line);
            if (served != nullptr) add("served");
            if (served != nullptr && !served->counter) add("unmeasured");
            if ((served != nullptr && served->counter) || as<ledger::ServiceDone>(line) != nullptr)
                service_before(story, i, counter);
        }
        at_the_end(story);
    }
    static std::string counter_of(const Line& line) {
        std::string counter;
        std::visit(
            [&](const auto& it) {
                if constexpr (requires { it.counter.size(); }) counter = it.counter;
            },
            line.happening);
        if (const auto* served = as<ledger::TicketServed>(line)) counter = served->counter.value_or("");
        return counter;
    }
    static bool begins_a_wait(const Line& line) {
        return as<ledger::TicketIssued>(line) != nullptr || as<ledger::TicketTransferred>(line) != nullptr ||
               as<ledger::ServiceDone>(line) != nullptr || as<ledger::DayOpened>(line) != nullptr;
    }
    // From the nearest beginning, unless a call stands between.
    void wait_before(const Story& story, std::size_t call, const std::string& counter) {
        for (std::size_t j = call; j-- > 0;) {
            const Line& line = *story.lines[j];
            if (as<ledger::TicketCalled>(line) != nullptr || as<ledger::WalkIn>(line) != nullptr) return;
            if (!begins_a_wait(line)) continue;
            const auto ms = between(line, *story.lines[call]);
            each(story.services[call], counter, hour(line), [&](NaiveGroup& group) {
                if (ms) group.waits.push_back(*ms);
                if (!ms) ++group.waits_unknown;
            });
            return;
        }
    }
    // Every stretch at a counter, back to the call that was not of a parked one.
    void service_before(const Story& story, std::size_t end, const std::string& counter) {
        std::int64_t sum = 0;
        bool known = true;
        std::size_t until = end;
        for (std::size_t j = end; j-- > 0;) {
            const Line& line = *story.lines[j];
            if (as<ledger::TicketParked>(line) != nullptr) until = j;
            const auto* called = as<ledger::TicketCalled>(line);
            if (called == nullptr && as<ledger::WalkIn>(line) == nullptr) continue;
            const auto stretch = between(line, *story.lines[until]);
            known = known && stretch;
            sum += stretch.value_or(0);
            if (called != nullptr && called->how == "parked") continue;
            each(story.services[end], counter, hour(line), [&](NaiveGroup& group) {
                if (known) group.services.push_back(sum);
                if (!known) ++group.services_unknown;
            });
            return;
        }
    }
    // Into these days or out of them, and the end of who was called and did not come.
    void over_a_close(const Story& story, std::size_t i) {
        if (as<ledger::DayOpened>(*story.lines[i]) != nullptr) {
            const bool before = counts(story.days[i - 1]), now = counts(story.days[i]);
            if (before && !now) ++services[story.services[i]].n["carried_out"];
            if (!before && now) ++services[story.services[i]].n["carried_in"];
        }
    }
    void at_the_end(const Story& story) {
        const std::size_t end = story.lines.size() - 1;
        const Line& last = *story.lines[end];
        if (as<ledger::TicketServed>(last) != nullptr || as<ledger::TicketCancelled>(last) != nullptr) return;
        if (!counts(story.days[end])) return;
        const bool closed = as<ledger::DayClosed>(last) != nullptr;
        std::size_t own = end;
        while (as<ledger::DayClosed>(*story.lines[own]) != nullptr ||
               as<ledger::PrintFailed>(*story.lines[own]) != nullptr ||
               as<ledger::TicketReprinted>(*story.lines[own]) != nullptr)
            --own;
        const Line& line = *story.lines[own];
        if (as<ledger::TicketMissed>(line) != nullptr) {
            each(story.services.back(), counter_of(line), hour(line),
                 [](NaiveGroup& group) { ++group.n["missed"]; });
        } else if (!closed) {
            ++services[story.services.back()].n["open"];
        } else if (as<ledger::TicketCarried>(line) != nullptr) {
            ++services[story.services.back()].n["carried_out"];
        } else {
            each(story.services[end], "", hour(last), [](NaiveGroup& group) { ++group.n["left"]; });
        }
    }

    int first_, last_;
};

// A log of a few days; where `old`, some first days know nothing but version 1.
class RandomDays {
  public:
    explicit RandomDays(std::uint64_t seed) : chance_(seed) {
        int old_days = below(3);
        for (int day = 0; day < 6; ++day, --old_days) {
            // A clock that ran ahead may have been set right.
            const int date = 20270110 + (below(8) == 0 ? below(6) : day);
            log.open(date);
            for (int step = 40 + below(60); step > 0; --step) old_days > 0 ? old_step() : this->step();
            if (day == 5 && below(2) == 0) return;  // still open
            if (log.state.open_tickets.accounted()) end_all();
            log.close();
            log.minutes(below(1000));
        }
    }
    FigureLog log;

  private:
    int below(int n) { return static_cast<int>(chance_() % static_cast<std::uint64_t>(n)); }
    std::string counter() { return fmt::format("c{}", below(3)); }
    ServicePlace service() { return {below(3) == 0 ? "clerk" : "finance", below(2) == 0 ? "tax" : "sign"}; }
    std::uint64_t any() {
        const auto& open = log.state.open_tickets.all();
        return open.empty() ? 0 : std::next(open.begin(), below(static_cast<int>(open.size())))->first;
    }
    void time_passes() {
        log.pass(below(5 * static_cast<int>(kMinute_ms)));
        if (below(40) == 0) log.reboot();
        if (below(25) == 0) log.trusted = !log.trusted;
        if (below(60) == 0) log.utc_ms -= 3 * kMinute_ms;
    }
    void old_step() {
        time_passes();
        const auto [division, name] = service();
        if (below(2) == 0)
            log.say(ledger::TicketIssued{{}, log.state.open_day, division, name, "B001"});
        else
            log.try_to_say(ledger::TicketServed{{}, any(), below(2) == 0 ? "officer" : "close"});
    }
    void step() {
        time_passes();
        const auto [division, name] = service();
        const auto& where = log.state.open_tickets.all();
        std::uint64_t ticket = any();
        std::string at = counter();
        // Most orders are about one that is with a counter.
        if (const auto with = log.state.open_tickets.with(at); with && below(4) != 0) ticket = *with;
        if (const auto found = where.find(ticket); found != where.end() && !found->second.counter.empty())
            at = found->second.counter;
        std::vector<std::string> then;
        for (int i = below(4); i > 1; --i) then.push_back(below(2) == 0 ? "/finance/sign" : "/clerk/tax");
        const ledger::Happening all[] = {
            ledger::TicketIssued{
                {}, log.state.open_day, division, name, "B001", ledger::Route{"priority", then}},
            ledger::TicketIssued{{}, log.state.open_day, division, name, "B001"},
            ledger::WalkIn{{}, log.state.open_day, division, name, counter()},
            ledger::TicketCalled{{}, ticket, counter(), "next", ""},
            ledger::TicketCalled{{}, ticket, counter(), "next", ""},
            ledger::TicketCalled{{}, ticket, counter(), "chosen", "emergency"},
            ledger::TicketCalled{{}, ticket, counter(), "parked", ""},
            ledger::TicketRecalled{{}, ticket, at},
            ledger::TicketMissed{{}, ticket, at},
            ledger::TicketReturned{{}, ticket, below(2) == 0 ? at : ""},
            ledger::TicketParked{{}, ticket, at, "copies"},
            ledger::TicketTransferred{{}, ticket, below(2) == 0 ? at : "", division, name, "next-step"},
            ledger::ServiceDone{{}, ticket, at},
            ledger::TicketServed{{}, ticket, "counter", at},
            ledger::TicketServed{{}, ticket, "counter", at},
            ledger::TicketServed{{}, ticket, "officer"},
            ledger::TicketCancelled{{}, ticket, below(2) == 0 ? at : "", "twice"},
            ledger::TicketDelayed{{}, ticket, at, "complex"},
            ledger::PrintFailed{{}, ticket, "paper"},
            ledger::TicketReprinted{{}, ticket},
        };
        log.try_to_say(all[below(static_cast<int>(std::size(all)))]);
    }
    void end_all() {
        const auto open = log.state.open_tickets.all();
        for (const auto& [ticket, found] : open) {
            if (found.standing == ledger::Standing::kMissed) continue;
            if (below(2) == 0)
                log.say(ledger::TicketCarried{{}, ticket});
            else
                log.say(ledger::TicketServed{{}, ticket, "close"});
        }
    }
    std::mt19937_64 chance_;
};

void expect_times(const Times& times, std::vector<std::int64_t> naive, int unknown) {
    std::ranges::sort(naive);
    ASSERT_EQ(times.known(), naive.size());
    ASSERT_EQ(times.unknown(), static_cast<std::uint64_t>(unknown));
    for (std::size_t percent = 1; naive.size() >= kTimesMin && percent <= 100; ++percent) {
        // The smallest value that so many in a hundred do not exceed.
        const auto enough = [&](std::int64_t value) {
            const auto upto = std::ranges::upper_bound(naive, value) - naive.begin();
            return static_cast<std::size_t>(upto) * 100 >= percent * naive.size();
        };
        ASSERT_EQ(*times.percentile(static_cast<int>(percent)), *std::ranges::find_if(naive, enough));
    }
}

void expect_same(const Group& group, NaiveGroup naive) {
    const std::pair<const char*, std::uint64_t> figures[] = {{"carried_in", group.carried_in},
                                                             {"issued", group.issued},
                                                             {"walked_in", group.walked_in},
                                                             {"moved_in", group.moved_in},
                                                             {"served", group.served},
                                                             {"done", group.done},
                                                             {"transferred", group.transferred},
                                                             {"missed", group.missed},
                                                             {"cancelled", group.cancelled},
                                                             {"carried_out", group.carried_out},
                                                             {"left", group.left},
                                                             {"open", group.open},
                                                             {"calls", group.calls},
                                                             {"recalls", group.recalls},
                                                             {"chosen", group.chosen},
                                                             {"unmeasured", group.unmeasured}};
    for (const auto& [name, n] : figures) ASSERT_EQ(n, static_cast<std::uint64_t>(naive.n[name])) << name;
    expect_times(group.wait_times, naive.waits, naive.waits_unknown);
    expect_times(group.service_times, naive.services, naive.services_unknown);
}

template <typename Key>
void expect_all_same(const std::map<Key, Group>& groups, const std::map<Key, NaiveGroup>& naive) {
    for (const auto& [key, group] : groups) {
        const auto found = naive.find(key);
        expect_same(group, found == naive.end() ? NaiveGroup{} : found->second);
    }
    for (const auto& [key, group] : naive) ASSERT_TRUE(groups.contains(key));
}

TEST(QueueFiguresModel, AgreeWithANaiveReckoningOfRandomDays) {
    std::uint64_t waits = 0, unknown = 0, carried = 0, left = 0;
    for (std::uint64_t seed = 1; seed <= 300 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const RandomDays random(seed);
        const int first = 20270110 + static_cast<int>(seed % 4), last = first + static_cast<int>(seed % 3);
        const QueueFigures figures = random.log.figures(days(first, last));
        const Naive naive(random.log.lines, first, last);
        ASSERT_TRUE(figures.balanced());
        ASSERT_EQ(figures.unread, 0U);
        expect_all_same(figures.services, naive.services);
        expect_all_same(figures.counters, naive.counters);
        expect_all_same(figures.hours, naive.hours);
        const Group all = figures.whole();
        waits += all.wait_times.known();
        unknown += all.wait_times.unknown() + all.service_times.unknown();
        carried += all.carried_in;
        left += all.left;
    }
    EXPECT_GT(waits, 1000U) << "the days hold what they are to try";
    EXPECT_GT(unknown, 100U);
    EXPECT_GT(carried, 100U);
    EXPECT_GT(left, 100U);
}

}  // namespace
}  // namespace sala::figures
