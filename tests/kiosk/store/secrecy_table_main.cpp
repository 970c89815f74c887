// Prints what each k and each wait costs an office: where its ratings can be reported.
#include <fmt/format.h>

#include "tests/kiosk/store/secrecy_office.h"

namespace {

using namespace sala;
using namespace sala::kiosk::secrecy;

struct Shares {
    std::uint64_t at_depth[4] = {};
    std::uint64_t cast = 0;
    double share(int depth) const {
        return 100.0 * static_cast<double>(at_depth[depth]) / static_cast<double>(cast);
    }
};

// Of the ratings that a service invited: those given at the front desk are the office's own anyway.
Shares play(int visitors, int k, bool month, int days) {
    Model model(k, month);
    Shares shares;
    for (const OfficeDay& day : office_days(visitors, days, 41)) {
        for (const Rater& rater : day.raters)
            shares.cast += rater.ballot_class == ledger::kAfterService ? 1 : 0;
        for (const ledger::Sealed& sealed : model.day(day)) {
            if (sealed.ballot_class == ledger::kAfterService)
                shares.at_depth[ledger::place_depth(sealed.place)] += sealed.n;
        }
    }
    return shares;
}

}  // namespace

int main() {
    constexpr int kDays = 500;
    fmt::print("Ratings after service, {} days, six services in two divisions, in percent of those cast.\n\n",
               kDays);
    fmt::print("| visitors a day | k | wait | per service | per division | office only | still waiting |\n");
    fmt::print("|---|---|---|---|---|---|---|\n");
    for (const int visitors : {15, 50, 150}) {
        for (const int k : {5, 7, 10}) {
            for (const bool month : {false, true}) {
                const Shares is = play(visitors, k, month, kDays);
                const double waiting = 100.0 - is.share(2) - is.share(1) - is.share(0);
                fmt::print("| {} | {} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", visitors, k,
                           month ? "month" : "day", is.share(2), is.share(1), is.share(0), waiting);
            }
        }
    }
    return 0;
}
