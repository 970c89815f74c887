// What the counts report adds up before it is written.
#include <algorithm>
#include <map>

#include "sync/report/counts.h"

namespace sala::report {
namespace {

// Classes in the order in which they are reported; others come after them.
constexpr std::string_view kClasses[] = {"after_service", "walk_up", "flagged", "paper"};

}  // namespace

SealedFigures sealed_figures(const CountsReport& report) {
    SealedFigures figures;
    for (const EnvelopeFigures& envelope : report.envelopes) {
        figures.raw += envelope.raters;
        if (envelope.ballot_class == "flagged") figures.flagged += envelope.raters;
    }
    return figures;
}

std::vector<DayFigures> casts_against_served(const CountsReport& report) {
    std::map<record::Date, std::int64_t> served;
    for (const TicketFigures& row : report.tickets) served[row.day] += row.served;
    std::vector<DayFigures> days;
    for (const auto& [day, cast] : report.casts) {
        const auto found = served.find(day);
        if (cast > 0 && found != served.end() && found->second > 0)
            days.push_back({day, found->second, cast});
    }
    return days;
}

std::vector<ServedSpan> served_spans(const std::vector<DayFigures>& days, bool by_day) {
    std::vector<ServedSpan> spans;
    for (const DayFigures& day : days) {
        if (spans.empty() || by_day || spans.back().first.month() != day.day.month())
            spans.push_back({day.day, 0, 0, 0, 0});
        ServedSpan& span = spans.back();
        ++span.days;
        span.more += day.cast > day.served ? 1 : 0;
        span.served += day.served;
        span.cast += day.cast;
    }
    return spans;
}

std::vector<ClassTotal> by_class(const CountsReport& report) {
    std::vector<ClassTotal> classes;
    for (const EnvelopeFigures& envelope : report.envelopes) {
        auto found = std::ranges::find(classes, envelope.ballot_class, &ClassTotal::ballot_class);
        if (found == classes.end()) found = classes.insert(found, {envelope.ballot_class, 0, {}});
        ClassTotal& total = *found;
        total.raters += envelope.raters;
        for (std::size_t value = 0; value < total.faces.size(); ++value)
            total.faces[value] += envelope.faces[value];
    }
    const auto place = [](const ClassTotal& total) {
        return std::pair(std::ranges::find(kClasses, total.ballot_class) - std::begin(kClasses),
                         total.ballot_class);
    };
    std::ranges::sort(classes, {}, place);
    return classes;
}

}  // namespace sala::report
