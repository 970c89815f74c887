#include "sync/ledger/place.h"

#include <algorithm>

namespace sala::ledger {

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 24 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool is_place(std::string_view text) {
    if (text == "/") return true;
    int depth = 0;
    while (!text.empty()) {
        if (text.front() != '/' || ++depth > kPlaceDepthMax) return false;
        text.remove_prefix(1);
        const std::string_view id = text.substr(0, text.find('/'));
        if (!is_id(id)) return false;
        text.remove_prefix(id.size());
    }
    return depth > 0;
}

int place_depth(std::string_view place) {
    return place == "/" ? 0 : static_cast<int>(std::count(place.begin(), place.end(), '/'));
}

std::string parent_place(std::string_view place) {
    const std::size_t slash = place.rfind('/');
    return slash == 0 ? "/" : std::string(place.substr(0, slash));
}

bool is_ballot_class(std::string_view text) {
    return text == kWalkUp || text == kAfterService || text == kFlagged || text == kPaper;
}

}  // namespace sala::ledger
