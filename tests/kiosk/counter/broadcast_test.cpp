// Many pages at once: what each of them hears, and how soon.
#include "kiosk/counter/broadcast.h"

#include <barrier>
#include <chrono>

#include "tests/kiosk/counter/counter_client.h"

namespace sala::kiosk {
namespace {

// A browser's events, read as they are asked for.
class Listening {
  public:
    Listening(const Client& client, const std::string& path) : tls_(client.connect()) {
        EXPECT_TRUE(tls_->say(client.get_text(path)));
        heard = tls_->hear("\n\n");
        EXPECT_NE(heard.find("200 OK"), std::string::npos) << heard;
    }
    bool ends() { return heard += tls_->hear(), http::was_cut(tls_->socket()); }
    const std::string& hear_until(const std::string& text) { return heard += tls_->hear(text); }

    // The calls in the order in which they were first heard, by their seq.
    std::vector<int> calls_until(int last) {
        const std::string key = "{\"seq\":";
        hear_until(key + std::to_string(last));
        std::vector<int> seqs;
        for (std::size_t at = heard.find(key); at != heard.npos; at = heard.find(key, at + 1)) {
            const int seq = std::stoi(heard.substr(at + key.size()));
            if (std::ranges::find(seqs, seq) == seqs.end()) seqs.push_back(seq);
        }
        return seqs;
    }

    std::string heard;

  private:
    std::unique_ptr<http::Tls> tls_;
};

class BroadcastTest : public CounterHouse {
  protected:
    queue::TicketId call_next_at(const std::string& counter) {
        const record::Counter& at = *std::ranges::find(office.counters, counter, &record::Counter::id);
        const queue::TicketId seen = with(counter);
        EXPECT_TRUE(desk.order([&](const queue::Queue& queue, int) {
            return call_next(queue, {at.id, at.division}, seen == 0 ? std::nullopt : std::optional(seen));
        }));
        return with(counter);
    }
};

TEST_F(BroadcastTest, TwentyBoardsHearEveryCallOfABurstInItsOrder) {
    start();
    for (int i = 0; i < 10; ++i) desk.issue("finance", "tax", 'B');
    std::vector<std::unique_ptr<Listening>> boards;
    for (std::uint32_t i = 0; i < 20; ++i) {
        boards.push_back(std::make_unique<Listening>(client(i + 1), "/board-events"));
    }
    std::vector<int> called;
    for (int i = 0; i < 10; ++i) {
        call_next_at("counter-2");
        called.push_back(static_cast<int>(desk.hall()->calls().back().seq));
    }
    for (const auto& board : boards) EXPECT_EQ(board->calls_until(called.back()), called);
}

TEST_F(BroadcastTest, ABoardHearsNothingButNumbersCountersAndCounts) {
    start();
    desk.issue("finance", "tax", 'B', true);
    call_next_at("counter-2");
    Listening board(client(), "/board-events");
    desk.issue("finance", "tax", 'B', true);
    board.hear_until("\"division\":\"finance\",\"count\":1}");
    const std::string now = R"("now":[{"counter":"counter-2","number":"B001","delay":""}])";
    EXPECT_NE(board.heard.find(now), std::string::npos) << board.heard;
    for (const char* hidden : {"priority", "service", "issued", "\"id\""}) {
        EXPECT_EQ(board.heard.find(hidden), std::string::npos) << hidden;
    }
}

TEST_F(BroadcastTest, OneAddressWithManyBoardsGivesOneUpForAnother) {
    start();
    std::vector<std::unique_ptr<Listening>> crowd;
    for (std::size_t i = 0; i < Broadcast::kBoardsMax; ++i) {
        crowd.push_back(std::make_unique<Listening>(client(2), "/board-events"));
    }
    EXPECT_EQ(client(2).get("/board-events").status, 503);
    const Listening other(client(3), "/board-events");
    EXPECT_TRUE(crowd.front()->ends());
}

TEST_F(BroadcastTest, AFourthPageOfACounterEndsItsFirst) {
    start();
    const Client two = officer("counter-2");
    std::vector<std::unique_ptr<Listening>> pages;
    for (std::size_t i = 0; i < Broadcast::kPerCounterMax + 1; ++i) {
        pages.push_back(std::make_unique<Listening>(two, "/counter-events"));
    }
    EXPECT_TRUE(pages.front()->ends());
    desk.issue("finance", "tax", 'B');
    EXPECT_NE(pages.back()->hear_until("B001").find("B001"), std::string::npos);
}

// Visitors take tickets while counters call over HTTPS: nobody is called twice, and every ticket is
// somewhere.
TEST_F(BroadcastTest, FiftyThreadsIssueWhileTenCountersCall) {
    constexpr int kIssuers = 50, kEach = 4, kCounters = 10;
    for (int i = 0; i < kCounters; ++i) {
        const std::string id = fmt::format("finance-{}", i);
        office.counters.push_back({id, {id, id}, "finance"});
        pins.set(id, kPin);
    }
    start({.requests_at_once = 100'000});
    std::vector<Client> counters;
    for (int i = 0; i < kCounters; ++i) {
        counters.push_back(officer(fmt::format("finance-{}", i), static_cast<std::uint32_t>(i + 1)));
    }
    std::barrier begin(kIssuers + kCounters);
    std::vector<std::thread> threads;
    std::atomic<int> issuing = kIssuers;
    for (int i = 0; i < kIssuers; ++i) {
        threads.emplace_back([&] {
            begin.arrive_and_wait();
            for (int k = 0; k < kEach; ++k) desk.issue("finance", "tax", 'B');
            --issuing;
        });
    }
    std::atomic<int> faults = 0;
    for (int i = 0; i < kCounters; ++i) {
        threads.emplace_back([&, i] {
            begin.arrive_and_wait();
            while (true) {
                const Answer answer = counters[static_cast<std::size_t>(i)].order(
                    fmt::format("do=next&seen={}", with(fmt::format("finance-{}", i))));
                if (answer.says("QUEUE-EMPTY") && issuing == 0) return;
                if (answer.status != 200 && !answer.says("QUEUE-EMPTY")) ++faults;
                if (faults > 0) return;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(faults, 0);
    const queue::Balance balance = desk.hall()->queue().balance();
    EXPECT_EQ(balance.served, static_cast<std::uint64_t>(kIssuers) * kEach);
    EXPECT_EQ(served.size(), static_cast<std::size_t>(kIssuers) * kEach);
    EXPECT_EQ(balance.open, 0u);
}

}  // namespace
}  // namespace sala::kiosk
