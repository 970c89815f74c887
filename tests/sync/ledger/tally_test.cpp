#include "sync/ledger/tally.h"

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

namespace sala::ledger {
namespace {

Tally tally(const std::string& place, std::uint64_t good, std::uint64_t bad = 0, int day = 20270115,
            int k_floor = 5, const std::string& ballot_class = kWalkUp) {
    return {"face.1", ballot_class, place, {day}, k_floor, {{"face", {0, bad, 0, 0, 0, good}}}};
}

std::string spelt(const Sealing& sealing) {
    std::string out;
    for (const Sealed& envelope : sealing.envelopes) {
        out += fmt::format("{} {} k{} n{};", envelope.ballot_class, envelope.place, envelope.k, envelope.n);
    }
    for (const Tally& waiting : sealing.waiting) {
        out += fmt::format("wait {} {} {} floor{};", waiting.ballot_class, waiting.place, waiting.raters(),
                           waiting.k_floor);
    }
    return out;
}

TEST(Sealing, OfHandMadeDays) {
    const struct {
        std::vector<Tally> tallies;
        const char* want;
    } cases[] = {
        {{}, ""},
        {{tally("/", 0)}, ""},
        {{tally("/", 4)}, "wait walk_up / 4 floor5;"},
        {{tally("/", 5)}, "walk_up / k5 n5;"},
        {{tally("/", 2, 3)}, "walk_up / k5 n5;"},
        {{tally("/", 4), tally("/", 1, 0, 20270114)}, "walk_up / k5 n5;"},
        {{tally("/a/b/c", 10)}, "walk_up /a/b/c k10 n10;"},
        {{tally("/a/b/c", 9)}, "walk_up /a/b k5 n9;"},
        {{tally("/a/b/c", 4), tally("/a/b/d", 1)}, "walk_up /a/b k5 n5;"},
        {{tally("/a/b/c", 10), tally("/a/b/d", 9), tally("/a/b", 1)},
         "walk_up /a/b k5 n10;walk_up /a/b/c k10 n10;"},
        {{tally("/a/b", 4), tally("/a/c", 4)}, "walk_up /a k5 n8;"},
        {{tally("/a/b", 4), tally("/c/d", 4)}, "walk_up / k5 n8;"},
        {{tally("/a/b", 2), tally("/c/d", 2)}, "wait walk_up / 4 floor5;"},
        {{tally("/a/b", 5), tally("/a/c", 4), tally("/", 1)}, "walk_up / k5 n5;walk_up /a/b k5 n5;"},
        // Classes are never poured together.
        {{tally("/", 4), tally("/", 4, 0, 20270115, 5, kPaper)},
         "wait paper / 4 floor5;wait walk_up / 4 floor5;"},
        // What was cast under a higher k waits for it, and so does what is poured together with it.
        {{tally("/", 7, 0, 20270115, 8)}, "wait walk_up / 7 floor8;"},
        {{tally("/", 6, 0, 20270114, 8), tally("/", 2)}, "walk_up / k8 n8;"},
        {{tally("/a/b/c", 11, 0, 20270115, 12)}, "wait walk_up / 11 floor12;"},
    };
    for (const auto& example : cases) EXPECT_EQ(spelt(seal(example.tallies, 5, 10)), example.want);
    EXPECT_EQ(spelt(seal({tally("/a", 19)}, 20, 20)), "wait walk_up / 19 floor5;");
    EXPECT_EQ(spelt(seal({tally("/a", 20)}, 20, 20)), "walk_up /a k20 n20;");
}

TEST(Sealing, NamesTheDaysOfAllThatWasPoured) {
    const Sealing sealing =
        seal({tally("/a/b", 3, 0, 20270114), tally("/a", 2), tally("/a/c", 0, 0, 20270101)}, 5, 10);
    ASSERT_EQ(sealing.envelopes.size(), 1U);
    EXPECT_EQ(sealing.envelopes[0].days, (std::vector<int>{20270114, 20270115}));
}

// Places and classes by chance, from one seed.
std::vector<Tally> random_tallies(std::mt19937& random) {
    const char* places[] = {"/",    "/a",     "/b",     "/a/x",   "/a/y",   "/b/x",
                            "/b/z", "/a/x/1", "/a/x/2", "/a/y/1", "/b/x/9", "/c/q/1"};
    const char* classes[] = {kWalkUp, kAfterService, kFlagged, kPaper};
    std::vector<Tally> tallies;
    const std::size_t count = random() % 25;
    for (std::size_t i = 0; i < count; ++i) {
        Tally one{"face.1",
                  classes[random() % 4],
                  places[random() % 12],
                  {20270101 + static_cast<int>(random() % 9)},
                  5,
                  {{"face", std::vector<std::uint64_t>(6)}}};
        if (random() % 8 == 0) one.k_floor = 5 + static_cast<int>(random() % 10);
        for (std::uint64_t& value : one.items[0].counts) value = random() % 4 == 0 ? random() % 5 : 0;
        tallies.push_back(std::move(one));
    }
    return tallies;
}

using Sums = std::map<std::tuple<std::string, std::size_t>, std::uint64_t>;  // by class and value

template <typename Counted>
void add(Sums& sums, const std::vector<Counted>& all) {
    for (const Counted& one : all) {
        for (std::size_t value = 0; value < one.items[0].counts.size(); ++value) {
            if (one.items[0].counts[value] > 0) sums[{one.ballot_class, value}] += one.items[0].counts[value];
        }
    }
}

TEST(Sealing, PutsEveryRatingIntoExactlyOneEnvelopeOrLetsItWait) {
    std::mt19937 random(20270115);
    int envelopes = 0;
    int waiting = 0;
    for (int round = 0; round < 2000; ++round) {
        const std::vector<Tally> tallies = random_tallies(random);
        const int k = 5 + static_cast<int>(random() % 4);
        const int k_counter = 10 + static_cast<int>(random() % 4);
        const Sealing sealing = seal(tallies, k, k_counter);
        Sums given, got;
        add(given, tallies);
        add(got, sealing.envelopes);
        add(got, sealing.waiting);
        ASSERT_EQ(given, got) << round;

        for (const Sealed& envelope : sealing.envelopes) {
            ASSERT_GE(envelope.k, place_depth(envelope.place) == 3 ? k_counter : k);
            ASSERT_GE(envelope.n, static_cast<std::uint64_t>(envelope.k));
            ASSERT_EQ(envelope.items[0].total(), envelope.n);
            // Nothing of another place: every day of it was cast in the place or below it.
            for (const int day : envelope.days) {
                ASSERT_TRUE(std::any_of(tallies.begin(), tallies.end(), [&](const Tally& tally) {
                    return tally.ballot_class == envelope.ballot_class && tally.days.contains(day) &&
                           (envelope.place == "/" || (tally.place + "/").starts_with(envelope.place + "/"));
                })) << round;
            }
        }
        for (const Tally& left : sealing.waiting) {
            ASSERT_EQ(left.place, "/");
            ASSERT_GT(left.raters(), 0U);
            ASSERT_LT(left.raters(), static_cast<std::uint64_t>(std::max(k, left.k_floor)));
        }
        envelopes += static_cast<int>(sealing.envelopes.size());
        waiting += static_cast<int>(sealing.waiting.size());
    }
    EXPECT_GT(envelopes, 1000);
    EXPECT_GT(waiting, 1000);
}

TEST(Sealing, TellsNothingOfTheOrder) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<Tally> tallies = random_tallies(random);
        const Sealing sealing = seal(tallies, 5, 10);
        const auto key = [](const Sealed& sealed) {
            return std::tie(sealed.page, sealed.ballot_class, sealed.place);
        };
        ASSERT_TRUE(std::is_sorted(sealing.envelopes.begin(), sealing.envelopes.end(),
                                   [&](const Sealed& a, const Sealed& b) { return key(a) < key(b); }));
        std::shuffle(tallies.begin(), tallies.end(), random);
        const Sealing again = seal(tallies, 5, 10);
        ASSERT_EQ(again.envelopes, sealing.envelopes);
        ASSERT_EQ(spelt(again), spelt(sealing));
    }
}

}  // namespace
}  // namespace sala::ledger
