#include "kiosk/store/day_queue.h"

#include "kiosk/store/hall_reader.h"

namespace sala::kiosk {

Result<figures::QueueFigures> read_day_queue(sqlite::Database& database, int day, std::uint64_t size) {
    figures::QueueFigures figures;
    const std::optional<record::Date> date = record::date_of(day);
    if (!date) return figures;
    const Result<std::uint64_t> from = first_line_for(database, day);
    if (!from) return from.error();
    figures::LogReader reader(figures, {*date, *date});
    std::uint64_t seq = *from;
    const Result<void> read = each_line(database, *from, size, [&](std::string_view text) -> Result<void> {
        const Result<ledger::Line> line = ledger::parse_line(text);
        if (!line) return damaged_at(seq);
        reader.take(*line);
        ++seq;
        return {};
    });
    if (!read) return read.error();
    reader.finish();
    return figures;
}

}  // namespace sala::kiosk
