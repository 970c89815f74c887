// What counters rely on, whatever stands behind a desk. Include it, write a Maker and
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Store, QueueDeskContract, StoreMaker);
//
// A Maker has `QueueDesk& desk()`, over an open day, and `void issue(division, service)`, which takes a
// ticket as a visitor does; it lives as long as the test.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <set>
#include <thread>

#include "kiosk/counter/queue_desk.h"

namespace sala::kiosk {

template <typename Maker>
class QueueDeskContract : public testing::Test {
  protected:
    static constexpr std::array<const char*, 5> kDivisions = {"one", "two", "three", "four", "five"};

    // What `at` gets by pressing Next, as long as anybody waits. One who was quicker costs another try.
    std::vector<queue::TicketId> call_all(const queue::AtCounter& at) {
        std::vector<queue::TicketId> got;
        while (true) {
            const HallShared hall = desk().hall();
            const queue::Ticket* with = hall->queue().with(at.counter);
            const auto seen = with == nullptr ? std::nullopt : std::optional(with->id);
            const Result<void> done =
                desk().order([&](const queue::Queue& queue, int) { return call_next(queue, at, seen); });
            if (!done && done.error().code == "QUEUE-EMPTY") return got;
            EXPECT_TRUE(done || done.error().code == "QUEUE-MOVED-ON") << done.error().line();
            const HallShared after = desk().hall();
            const queue::Ticket* now = after->queue().with(at.counter);
            if (done && now != nullptr) got.push_back(now->id);
        }
    }

    QueueDesk& desk() { return maker_.desk(); }
    Maker maker_;
};

TYPED_TEST_SUITE_P(QueueDeskContract);

TYPED_TEST_P(QueueDeskContract, TheHallShowsAnOrderOnceItIsAnswered) {
    this->maker_.issue("one", "s");
    const queue::AtCounter at{"c1", "one"};
    ASSERT_TRUE(this->desk().order([&](const auto& queue, int) { return call_next(queue, at, {}); }));
    EXPECT_NE(this->desk().hall()->queue().with("c1"), nullptr);
    EXPECT_EQ(this->desk().hall()->calls().size(), 1u);
}

TYPED_TEST_P(QueueDeskContract, WhatIsRefusedChangesNothing) {
    const HallShared before = this->desk().hall();
    const queue::AtCounter at{"c1", "one"};
    const Result<void> done =
        this->desk().order([&](const auto& queue, int) { return call_next(queue, at, {}); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "QUEUE-EMPTY");
    EXPECT_EQ(this->desk().hall()->queue(), before->queue());
}

TYPED_TEST_P(QueueDeskContract, ThreadsThatCallAtOnceNeverGetOneTicketTwice) {
    constexpr int kEach = 30;
    std::vector<std::vector<queue::TicketId>> got(10);
    for (const char* division : TestFixture::kDivisions) {
        for (int i = 0; i < kEach; ++i) this->maker_.issue(division, "s");
    }
    std::barrier begin(10);
    std::vector<std::thread> counters;
    for (std::size_t i = 0; i < 10; ++i) {
        counters.emplace_back([&, i] {
            begin.arrive_and_wait();
            got[i] = this->call_all({"c" + std::to_string(i), this->kDivisions[i % 5]});
        });
    }
    for (std::thread& counter : counters) counter.join();
    std::multiset<queue::TicketId> all;
    for (const auto& each : got) all.insert(each.begin(), each.end());
    EXPECT_EQ(all.size(), 5u * kEach);
    EXPECT_EQ(std::set<queue::TicketId>(all.begin(), all.end()).size(), 5u * kEach);
}

TYPED_TEST_P(QueueDeskContract, TheListenerHearsOfEachChangeUntilItIsTakenAway) {
    std::atomic<int> heard = 0;
    std::atomic<std::size_t> waiting = 0;
    this->desk().listen([&](const HallShared& hall) {
        waiting = hall->queue().waiting("one").size();
        ++heard;
    });
    this->maker_.issue("one", "s");
    this->maker_.issue("one", "s");
    const queue::AtCounter at{"c1", "one"};
    ASSERT_TRUE(this->desk().order([&](const auto& queue, int) { return call_next(queue, at, {}); }));
    this->desk().listen(nullptr);
    EXPECT_GE(heard, 1);
    EXPECT_EQ(waiting, 1u);
    const int before = heard;
    this->maker_.issue("one", "s");
    EXPECT_EQ(heard, before);
}

REGISTER_TYPED_TEST_SUITE_P(QueueDeskContract, TheHallShowsAnOrderOnceItIsAnswered,
                            WhatIsRefusedChangesNothing, ThreadsThatCallAtOnceNeverGetOneTicketTwice,
                            TheListenerHearsOfEachChangeUntilItIsTakenAway);

}  // namespace sala::kiosk
