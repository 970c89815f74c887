// Who wants to know what somebody rated. Knows who came, who rated, when, where and in which class; holds the
// kiosk's files, bundles and reports; and some raters tell him their own faces.
//
// What he learns is always a set of raters with the counts of their faces: an envelope, a cell that waits,
// or the difference of two of these. Of each person he takes the smallest set, takes out those who told
// him, and guesses what is most frequent among the rest. From files he also tries to read an order of taps;
// he believes one that adds up to what was published, and then knows.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "platform/sqlite/database.h"
#include "tests/kiosk/store/secrecy_office.h"

namespace sala::kiosk::secrecy {

using Counts = std::array<int, 6>;
using Members = std::vector<int>;  // ascending numbers of raters, which is the order of rating

inline bool lies_in(const std::string& place, const std::string& above) {
    return above == "/" || place == above || place.starts_with(above + "/");
}

class Adversary {
  public:
    explicit Adversary(const std::vector<OfficeDay>& days) {
        for (const OfficeDay& day : days) raters_.insert(raters_.end(), day.raters.begin(), day.raters.end());
        best_.resize(raters_.size());
    }

    // The day is over: its raters are somewhere in the box.
    void see_day(const OfficeDay& day) {
        for (std::size_t i = 0; i < day.raters.size(); ++i) open_.push_back(seen_++);
    }

    // The envelopes of one sealing. The deepest places first: what is left went into the place above.
    void see_envelopes(std::vector<ledger::Sealed> envelopes) {
        std::ranges::stable_sort(envelopes, std::greater<>(), [](const ledger::Sealed& sealed) {
            return ledger::place_depth(sealed.place);
        });
        for (const ledger::Sealed& sealed : envelopes) {
            const std::set<int> days(sealed.days.begin(), sealed.days.end());
            const Members members = taken(sealed.ballot_class, sealed.place, &days);
            if (members.size() != sealed.n) continue;  // whose these are he cannot tell
            learn(members, counts_of(sealed.items[0]));
            // What waited before and is in it now: the rest are that much fewer.
            Members rest = members;
            Counts counts = counts_of(sealed.items[0]);
            for (const auto& [key, before] : waited_) subtract(rest, counts, before);
            if (rest.size() != members.size()) learn(rest, counts);
            std::erase_if(open_, [&](int rater) { return std::ranges::binary_search(members, rater); });
            published_.emplace_back(members, counts_of(sealed.items[0]));
        }
    }

    // The cells that wait, as a disk taken after a close shows them.
    void see_waiting(const std::vector<ledger::Tally>& tallies) {
        std::map<std::string, std::pair<Members, Counts>> now;
        std::vector<const ledger::Tally*> deepest_first;
        for (const ledger::Tally& tally : tallies) deepest_first.push_back(&tally);
        std::ranges::stable_sort(deepest_first, std::greater<>(), [](const ledger::Tally* tally) {
            return ledger::place_depth(tally->place);
        });
        std::set<int> placed;
        for (const ledger::Tally* tally : deepest_first) {
            Members members = taken(tally->ballot_class, tally->place, nullptr);
            std::erase_if(members, [&](int rater) { return placed.contains(rater); });
            if (members.size() != tally->raters()) continue;
            placed.insert(members.begin(), members.end());
            const Counts counts = counts_of(tally->items[0]);
            learn(members, counts);
            Members rest = members;
            Counts difference = counts;
            for (const auto& [key, before] : waited_) subtract(rest, difference, before);
            if (rest.size() != members.size()) learn(rest, difference);
            now[tally->ballot_class + tally->place] = {members, counts};
        }
        waited_ = std::move(now);
    }

    // A sequence of faces found somewhere: perhaps its end is the day's raters in their order. He believes
    // it where it agrees with everything published of that day alone.
    void see_order(const std::vector<int>& faces, int day) {
        Members today;
        for (int rater = 0; rater < seen_; ++rater)
            if (raters_[static_cast<std::size_t>(rater)].day == day) today.push_back(rater);
        if (today.empty() || faces.size() < today.size()) return;
        const auto face_of = [&](int rater) {
            return faces[faces.size() - today.size() + static_cast<std::size_t>(rater - today.front())];
        };
        std::set<int> believed;
        for (const auto& [members, counts] : published_) {
            if (members.front() < today.front() || members.back() > today.back()) continue;
            Counts found{};
            for (const int member : members) ++found.at(static_cast<std::size_t>(face_of(member)));
            if (found != counts) return;
            believed.insert(members.begin(), members.end());
        }
        for (const int rater : believed) learn_one(rater, face_of(rater));
    }

    // Of an order in which each class and place has its own faces.
    void see_order(const std::string& ballot_class, const std::string& place, int day,
                   const std::vector<int>& faces) {
        Members members;
        for (int rater = 0; rater < seen_; ++rater) {
            const Rater& is = raters_[static_cast<std::size_t>(rater)];
            if (is.day == day && is.ballot_class == ballot_class && is.place == place)
                members.push_back(rater);
        }
        if (members.size() > faces.size()) return;
        const std::size_t before = faces.size() - members.size();  // of earlier days
        for (std::size_t i = 0; i < members.size(); ++i) learn_one(members[i], faces[before + i]);
    }

    const std::vector<Rater>& raters() const { return raters_; }
    const std::vector<std::pair<Members, Counts>>& published() const { return published_; }

    // The most frequent face of the smallest set less those who `told` him; 0 where he knows nothing.
    int guess(int rater, const std::set<int>& told) const {
        const Known& known = best_[static_cast<std::size_t>(rater)];
        if (known.members.empty()) return 0;
        Counts left = known.counts;
        for (const int member : known.members) {
            if (member != rater && told.contains(member))
                --left.at(static_cast<std::size_t>(raters_[static_cast<std::size_t>(member)].face));
        }
        return static_cast<int>(std::max_element(left.rbegin(), left.rend()).base() - left.begin()) - 1;
    }

  private:
    struct Known {
        Members members;
        Counts counts{};
    };

    static Counts counts_of(const ledger::ItemCounts& item) {
        Counts counts{};
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<int>(item.counts.at(i));
        return counts;
    }
    // Those still in the box who rated there.
    Members taken(const std::string& ballot_class, const std::string& place,
                  const std::set<int>* days) const {
        Members members;
        for (const int rater : open_) {
            const Rater& is = raters_[static_cast<std::size_t>(rater)];
            if (is.ballot_class == ballot_class && lies_in(is.place, place) &&
                (!days || days->contains(is.day)))
                members.push_back(rater);
        }
        return members;
    }
    static void subtract(Members& rest, Counts& counts, const std::pair<Members, Counts>& known) {
        if (!std::ranges::includes(rest, known.first)) return;
        Members left;
        std::ranges::set_difference(rest, known.first, std::back_inserter(left));
        rest = std::move(left);
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] -= known.second[i];
    }
    void learn(const Members& members, const Counts& counts) {
        for (const int rater : members) {
            Known& known = best_[static_cast<std::size_t>(rater)];
            if (known.members.empty() || members.size() < known.members.size()) known = {members, counts};
        }
    }

    void learn_one(int rater, int face) {
        Counts one{};
        one.at(static_cast<std::size_t>(face)) = 1;
        learn({rater}, one);
    }

    std::vector<Rater> raters_;
    std::vector<Known> best_;
    Members open_;
    int seen_ = 0;
    std::vector<std::pair<Members, Counts>> published_;
    std::map<std::string, std::pair<Members, Counts>> waited_;
};

// What a file's bytes tell of single taps: every image of a cell in it, one after the other. Where a cell's
// count grew by one from image to image, somebody tapped.
struct Tap {
    std::string ballot_class, place;
    int face = 0;
};
inline std::vector<Tap> taps_in(std::string_view bytes) {
    std::vector<Tap> taps;
    std::map<std::tuple<std::string, std::string, int>, std::uint64_t> last;
    bool again = false;
    for (std::size_t at = bytes.find("face.1"); at != bytes.npos; at = bytes.find("face.1", at + 1)) {
        // A record of six columns: page, class, place, item, value, n; its header is seven bytes.
        if (at < 7 || bytes[at - 7] != 7 || bytes[at - 1] != 28) continue;
        const auto length = [&](std::size_t column) {
            return (static_cast<std::size_t>(static_cast<unsigned char>(bytes[at - 6 + column])) - 13) / 2;
        };
        const std::size_t class_at = at + 6, place_at = class_at + length(1), item_at = place_at + length(2);
        const std::size_t value_at = item_at + length(3);
        if (value_at + 9 > bytes.size()) continue;
        const char kind = bytes[at - 2];  // 8 and 9 are the numbers 0 and 1 themselves, 1 is one byte
        if (kind != 8 && kind != 9 && kind != 1) continue;
        const int face = kind == 1 ? bytes[value_at] : kind - 8;
        std::uint64_t n = 0;
        for (std::size_t i = 0; i < 8; ++i)
            n = n << 8 | static_cast<unsigned char>(bytes[value_at + (kind == 1 ? 1 : 0) + i]);
        const std::string ballot_class(bytes.substr(class_at, length(1))),
            place(bytes.substr(place_at, length(2)));
        if (face < 0 || face > 5) continue;
        const auto [known, fresh] = last.try_emplace({ballot_class, place, face}, n);
        if ((fresh && n == 1) || (!fresh && n == known->second + 1))
            taps.push_back({ballot_class, place, face});
        again = again || !fresh;
        known->second = n;
    }
    // One image alone is no order.
    return again ? taps : std::vector<Tap>{};
}

// Rows of a table (a number that counts up, a face) that were deleted and left in the file.
inline std::vector<int> deleted_rows_in(std::string_view bytes) {
    std::map<int, int> found;
    for (std::size_t at = 0; at + 6 <= bytes.size(); ++at) {
        const auto byte = [&](std::size_t i) {
            return static_cast<int>(static_cast<unsigned char>(bytes[at + i]));
        };
        // Length, row number, a header of three bytes: the number stands before, the face is one byte or 1
        // itself.
        if (byte(1) == 0 || byte(1) > 127 || byte(2) != 3 || byte(3) != 0) continue;
        if (byte(0) == 4 && byte(4) == 1 && byte(5) >= 2 && byte(5) <= 5) found[byte(1)] = byte(5);
        if (byte(0) == 3 && byte(4) == 9) found[byte(1)] = 1;
    }
    std::vector<int> faces;
    for (const auto& [row, face] : found) faces.push_back(face);
    return faces;
}

// Every column of every table, in the order of its rows, that could be faces.
inline std::vector<std::vector<int>> small_columns(sqlite::Database& database) {
    std::vector<std::string> selects;
    auto columns = database.prepare(
        "SELECT 'SELECT \"' || c.name || '\" FROM \"' || t.name || '\"' FROM sqlite_master t, "
        "pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND c.type = 'INTEGER'");
    while (columns.ok() && *columns->step()) selects.emplace_back(columns->text(0));
    std::vector<std::vector<int>> found;
    for (const std::string& select : selects) {
        auto rows = database.prepare(select);
        std::vector<int> values;
        bool small = rows.ok();
        while (small && *rows->step()) {
            small = rows->integer(0) >= 0 && rows->integer(0) <= 5;
            values.push_back(static_cast<int>(rows->integer(0)));
        }
        if (small && !values.empty()) found.push_back(values);
    }
    return found;
}

}  // namespace sala::kiosk::secrecy
