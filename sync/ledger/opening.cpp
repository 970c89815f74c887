#include "sync/ledger/opening.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sala::ledger {
namespace {

constexpr std::size_t kSaltBytes = 32;

// Lines and words of an opening, one after the other.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}
    bool at_end() const { return rest_.empty(); }
    bool at(char c) const { return rest_.starts_with(c); }
    std::string_view until(char c) {
        const std::size_t end = std::min(rest_.find(c), rest_.size());
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return word;
    }
    // 0 where it is none, which write_opening() then does not write again.
    static std::uint64_t number(std::string_view word) {
        std::uint64_t value = 0;
        std::from_chars(word.data(), word.data() + word.size(), value);
        return value > static_cast<std::uint64_t>(kIntegerMax) ? 0 : value;
    }
    static std::vector<std::uint64_t> numbers(std::string_view list) {
        std::vector<std::uint64_t> values;
        for (Reader words(list); !words.at_end() && values.size() < kValuesMax;)
            values.push_back(number(words.until(',')));
        return values;
    }

  private:
    static constexpr std::size_t kValuesMax = 4'000;
    std::string_view rest_;
};

// The items of the page, each counting the same raters.
bool is_whole(const Tally& tally) {
    const auto page = std::ranges::find(form_pages(), tally.page, &FormPage::id);
    if (page == form_pages().end() || !is_place(tally.place) || !is_ballot_class(tally.ballot_class))
        return false;
    if (tally.days.empty() || tally.raters() == 0 || tally.items.size() != page->items.size()) return false;
    return std::ranges::equal(tally.items, page->items, [&](const ItemCounts& counted, const FormItem& item) {
        return counted.item == item.id && counted.total() == tally.raters() &&
               counted.counts.size() == static_cast<std::size_t>(item.value_max) + 1;
    });
}

Error malformed() {
    return {"OPENING-MALFORMED", "ข้อความในซองของผู้ตรวจสอบไม่ถูกรูปแบบ", "the opening's text is malformed"};
}

}  // namespace

Result<Opening> parse_opening(std::string_view text) {
    if (text.size() > kOpeningBytesMax) return malformed();
    Reader lines(text);
    Opening opening;
    lines.until('\n');  // what stands there is seen below, when it is written again
    Reader origin(lines.until('\n')), day(lines.until('\n'));
    origin.until(' ');
    day.until(' ');
    opening.origin = origin.until('\n');
    opening.day = static_cast<int>(Reader::number(day.until('\n')) % 100'000'000);
    while (!lines.at_end()) {
        Reader head(lines.until('\n'));
        Tally& tally = opening.tallies.emplace_back();
        tally.page = head.until(' ');
        tally.ballot_class = head.until(' ');
        tally.place = head.until(' ');
        tally.k_floor = static_cast<int>(Reader::number(head.until(' ')) % 100'000'000);
        for (const std::uint64_t each : Reader::numbers(head.until('\n')))
            tally.days.insert(static_cast<int>(each % 100'000'000));
        while (lines.at(' ')) {
            Reader item(lines.until('\n'));
            item.until(' ');
            ItemCounts& counts = tally.items.emplace_back();
            counts.item = item.until(' ');
            counts.counts = Reader::numbers(item.until('\n'));
        }
        if (!is_whole(tally)) return malformed();
    }
    if (write_opening(opening) != text) return malformed();
    return opening;
}

std::string write_opening(const Opening& opening) {
    std::string text = fmt::format("sala opening 1\norigin {}\nday {}\n", opening.origin, opening.day);
    for (const Tally& tally : merged(opening.tallies)) {
        text += fmt::format("{} {} {} {} {}\n", tally.page, tally.ballot_class, tally.place, tally.k_floor,
                            fmt::join(tally.days, ","));
        for (const ItemCounts& item : tally.items)
            text += fmt::format(" {} {}\n", item.item, fmt::join(item.counts, ","));
    }
    return text;
}

std::optional<BoundOpening> bind_opening(const Opening& opening, const crypto::PublicKey& auditor) {
    const auto salt = crypto::random_array<kSaltBytes>();
    const std::string text = write_opening(opening);
    Bytes plain(salt.begin(), salt.end());
    plain.insert(plain.end(), text.begin(), text.end());
    std::optional<Bytes> sealed = crypto::seal_to(auditor, plain);
    if (!sealed) return {};
    return BoundOpening{crypto::sha256(plain), *std::move(sealed)};
}

Result<std::string> open_opening(const crypto::BoxKey& auditor, ByteView sealed,
                                 const crypto::Hash& commitment) {
    const std::optional<Bytes> plain = auditor.open(sealed);
    if (!plain || plain->size() < kSaltBytes) {
        return Error{"OPENING-OTHER-KEY", "เปิดซองของผู้ตรวจสอบไม่ได้ กุญแจไม่ตรงหรือข้อมูลเสียหาย",
                     "the opening was sealed to another key, or is damaged"};
    }
    if (crypto::sha256(*plain) != commitment) {
        return Error{"OPENING-NOT-BOUND", "จำนวนในซองของผู้ตรวจสอบไม่ตรงกับที่ตู้บริการผูกมัดไว้ โปรดแจ้งผู้ตรวจสอบ",
                     "the opening is not what the kiosk bound itself to"};
    }
    return std::string(text_of(ByteView(*plain).subspan(kSaltBytes)));
}

}  // namespace sala::ledger
