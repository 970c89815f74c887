#include "sync/ledger/tally.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sala::ledger {
namespace {

void pour(const Tally& from, Tally& into) {
    into.days.insert(from.days.begin(), from.days.end());
    into.k_floor = std::max(into.k_floor, from.k_floor);
    for (std::size_t item = 0; item < into.items.size(); ++item) {
        for (std::size_t value = 0; value < into.items[item].counts.size(); ++value) {
            into.items[item].counts[value] += from.items[item].counts[value];
        }
    }
}

Sealed envelope_of(const Tally& tally, int k) {
    return {tally.page, tally.ballot_class, tally.place, {tally.days.begin(), tally.days.end()},
            k,          tally.raters(),     tally.items};
}

using PlaceTallies = std::map<std::string, Tally>;

void add(PlaceTallies& tallies, Tally tally) {
    const auto [at, added] = tallies.try_emplace(tally.place, tally);
    if (!added) pour(tally, at->second);
}

// One page and class: from the counters (depth 3) up to the office.
void seal_places(PlaceTallies places, int k, int k_counter, Sealing& sealing) {
    for (int depth = kPlaceDepthMax; depth >= 0; --depth) {
        PlaceTallies above;
        for (auto& [place, tally] : places) {
            const int required = std::max(tally.k_floor, depth == kPlaceDepthMax ? k_counter : k);
            if (place_depth(place) != depth) {
                add(above, std::move(tally));
            } else if (tally.raters() >= static_cast<std::uint64_t>(required)) {
                sealing.envelopes.push_back(envelope_of(tally, required));
            } else if (depth == 0) {
                sealing.waiting.push_back(std::move(tally));
            } else {
                tally.place = parent_place(place);
                add(above, std::move(tally));
            }
        }
        places = std::move(above);
    }
}

}  // namespace

const FormPage& face_page() {
    static const FormPage page{"face.1", {{"face", 5}}};
    return page;
}

const std::vector<FormPage>& form_pages() {
    static const std::vector<FormPage> pages = {face_page()};
    return pages;
}

std::vector<Tally> merged(const std::vector<Tally>& tallies) {
    std::map<std::tuple<std::string, std::string, std::string>, Tally> all;
    for (const Tally& tally : tallies) {
        const auto [at, added] = all.try_emplace({tally.page, tally.ballot_class, tally.place}, tally);
        if (!added) pour(tally, at->second);
    }
    std::vector<Tally> sums;
    for (auto& [key, tally] : all) sums.push_back(std::move(tally));
    return sums;
}

Sealing seal(const std::vector<Tally>& tallies, int k, int k_counter) {
    std::map<std::pair<std::string, std::string>, PlaceTallies> groups;
    for (const Tally& tally : tallies) {
        if (tally.raters() > 0) add(groups[{tally.page, tally.ballot_class}], tally);
    }
    Sealing sealing;
    for (auto& [group, places] : groups) seal_places(std::move(places), k, k_counter, sealing);
    const auto order = [](const Sealed& sealed) {
        return std::tie(sealed.page, sealed.ballot_class, sealed.place);
    };
    std::sort(sealing.envelopes.begin(), sealing.envelopes.end(),
              [&](const Sealed& a, const Sealed& b) { return order(a) < order(b); });
    return sealing;
}

}  // namespace sala::ledger
