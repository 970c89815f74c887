// Invented offices for the secrecy tests: who came, when, where, and which face was tapped; and the ballot
// box as a model without a disk, which the tests prove equal to the real store.
#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "kiosk/store/month.h"

namespace sala::kiosk::secrecy {

// One who rated. The adversary knows all of it but the face.
struct Rater {
    int day = 0;
    std::string ballot_class;
    std::string place;
    int face = 0;
};

struct OfficeDay {
    int day = 0;
    std::vector<Rater> raters;  // in the order in which they rated
};

// Six services in two divisions, the first asked for most.
inline const std::vector<std::string> kServices = {"/finance/land-tax", "/finance/signboard",
                                                   "/finance/fees",     "/clerk/birth",
                                                   "/clerk/moving",     "/clerk/elders"};

// Opening days from 4 January 2027. Of the visitors six in ten rate; of these half are invited at a
// service, the others rate at the front desk, one in fifty outside opening hours.
inline std::vector<OfficeDay> office_days(int visitors, int count, unsigned seed,
                                          const std::vector<std::string>& services = kServices) {
    std::mt19937 chance(seed);
    const auto one_in = [&](double share) { return std::bernoulli_distribution(share)(chance); };
    std::discrete_distribution<int> faces({0, 5, 7, 13, 25, 50});
    std::discrete_distribution<std::size_t> asked({35, 15, 10, 20, 12, 8});
    std::vector<OfficeDay> days;
    auto at = std::chrono::sys_days(
        record::Date(std::chrono::year(2027), std::chrono::January, std::chrono::day(4)));
    const record::OpeningHours hours;
    for (; static_cast<int>(days.size()) < count; at += std::chrono::days(1)) {
        if (!hours.open_on(std::chrono::weekday(at))) continue;
        OfficeDay& day = days.emplace_back(OfficeDay{record::yyyymmdd(record::Date(at)), {}});
        std::vector<Rater> late;
        for (int visitor = 0; visitor < visitors; ++visitor) {
            if (!one_in(0.6)) continue;
            Rater rater{day.day, ledger::kWalkUp, "/", faces(chance)};
            if (one_in(0.5)) {
                rater.ballot_class = ledger::kAfterService;
                rater.place = services.at(asked(chance));
            } else if (one_in(0.02)) {
                rater.ballot_class = ledger::kFlagged;
                late.push_back(rater);
                continue;
            }
            day.raters.push_back(rater);
        }
        day.raters.insert(day.raters.end(), late.begin(), late.end());
    }
    return days;
}

// The ballot box by its rules alone.
class Model {
  public:
    Model(int k, bool month) : k_(k), month_(month) {}

    // The envelopes of the opening (of an earlier month) and of the close.
    std::vector<ledger::Sealed> day(const OfficeDay& day) {
        std::vector<ledger::Sealed> envelopes;
        if (month_) {
            auto [earlier, rest] = by_month(waiting_, day.day);
            if (!earlier.empty()) seal(earlier, std::move(rest), envelopes);
        }
        for (const Rater& rater : day.raters) {
            ledger::Tally one{
                "face.1", rater.ballot_class, rater.place, {day.day}, k_, {{"face", {0, 0, 0, 0, 0, 0}}}};
            one.items[0].counts[static_cast<std::size_t>(rater.face)] = 1;
            waiting_.push_back(std::move(one));
        }
        waiting_ = ledger::merged(waiting_);
        const bool seals = !month_ || closes_its_month(*record::date_of(day.day), {});
        if (seals) seal(std::exchange(waiting_, {}), {}, envelopes);
        return envelopes;
    }
    const std::vector<ledger::Tally>& waiting() const { return waiting_; }

  private:
    void seal(const std::vector<ledger::Tally>& tallies, std::vector<ledger::Tally> others,
              std::vector<ledger::Sealed>& envelopes) {
        ledger::Sealing sealing = ledger::seal(tallies, k_, std::max(k_, 10));
        for (ledger::Sealed& envelope : sealing.envelopes) envelopes.push_back(std::move(envelope));
        for (ledger::Tally& tally : sealing.waiting) others.push_back(std::move(tally));
        waiting_ = ledger::merged(others);
    }

    int k_;
    bool month_;
    std::vector<ledger::Tally> waiting_;
};

}  // namespace sala::kiosk::secrecy
