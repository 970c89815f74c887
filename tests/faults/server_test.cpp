// The office's PostgreSQL server: no connection left, read-only, killed in the middle of a bundle, and its
// connection cut anywhere. The gateway says so, the kiosk keeps everything, and later it counts once.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <future>

#include "sync/courier/courier.h"
#include "tests/faults/gateway_here.h"
#include "tests/faults/runs.h"
#include "tests/sync/courier/cutting_proxy.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::faults {
namespace {

using postgres::Cluster;

const std::size_t kSecondSend = acts_of(2) - 2;
constexpr int kTriesMax = 600;
constexpr auto kPause = std::chrono::milliseconds(50);
constexpr int kConnectionsMax = 40;  // more than the cluster has
constexpr int kLock = 2570;

// Asked of the server by its administrator, until it can be asked.
std::unique_ptr<sql::Database> administrator(const std::string& database = "postgres") {
    for (int i = 0; i < kTriesMax; ++i) {
        auto opened = postgres::open(Cluster::shared()->url(database));
        if (opened) return *std::move(opened);
        std::this_thread::sleep_for(kPause);
    }
    return {};
}

void order(sql::Database& database, const std::string& sql) {
    const Result<void> done = database.execute(sql.c_str());
    ASSERT_TRUE(done) << sql << ": " << done.error().line();
}

class ServerFaults : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(Cluster::shared());
        player_.send_to(place_.url, over_https());
        play_until(3);
        auto owner = office::ReportDb::open(place_.url, office::Access::kWrite);
        ASSERT_TRUE(owner) << owner.error().line();
        ASSERT_TRUE(owner->grant_to(office::kIngestRole));
        start_gateway();
    }

    // With no connection of its own yet; as the role that may insert and read only, over TLS.
    void start_gateway() {
        gateway_.reset();
        auto started = GatewayHere::start(place_.ingest_url, player_.keys());
        ASSERT_TRUE(started) << started.error().line();
        gateway_ = *std::move(started);
        player_.shut();
        office_.sync = gateway_->road();
    }

    void play_until(std::size_t acts) {
        while (acks_.size() < acts) {
            Result<Ack> ack = player_.perform(acks_.size());
            ASSERT_TRUE(ack) << ack.error().line();
            acks_.push_back(*std::move(ack));
        }
    }

    // The act, which is a send, is refused with one of the codes, and everything is as it was.
    void expect_refused(const Result<Ack>& ack, const std::vector<std::string>& codes) {
        ASSERT_FALSE(ack) << "it was taken in";
        EXPECT_EQ(dishonest(ack.error()), "");
        EXPECT_NE(std::ranges::find(codes, ack.error().code), codes.end()) << ack.error().line();
        EXPECT_NE(gateway_->last_line().find(": 503 "), std::string::npos) << gateway_->last_line();
    }
    void expect_good(std::optional<std::size_t> in_flight = {}) {
        for (const std::string& problem : judge(player_, acks_, in_flight)) ADD_FAILURE() << problem;
    }
    void finish_well() {
        for (const std::string& problem : finish(player_, acks_, acts_of(2))) ADD_FAILURE() << problem;
    }

    Playground playground_;
    office::Place place_{office::Engine::kPostgresTls};
    record::Office office_ = demo_office();
    Player player_{playground_.fresh(), office_};
    std::vector<Ack> acks_;
    std::unique_ptr<GatewayHere> gateway_;
};

TEST_F(ServerFaults, NoConnectionLeftIsToldAndLaterItIsTakenIn) {
    play_until(kSecondSend);
    start_gateway();
    std::vector<std::unique_ptr<sql::Database>> others;
    for (;;) {
        ASSERT_LT(others.size(), kConnectionsMax);
        auto other = postgres::open(place_.ingest_url);
        if (!other) {
            EXPECT_EQ(other.error().code, "DB-BUSY");
            break;
        }
        others.push_back(*std::move(other));
    }
    expect_refused(player_.perform(kSecondSend), {"DB-BUSY"});
    others.clear();
    const auto owner = administrator();
    const auto gone = [&] {
        return office::column(*owner, "SELECT 1::text FROM pg_stat_activity WHERE usename = 'sala_ingest'");
    };
    for (int i = 0; i < kTriesMax && !gone().empty(); ++i) std::this_thread::sleep_for(kPause);
    expect_good(kSecondSend);
    finish_well();
}

TEST_F(ServerFaults, AServerThatOnlyReadsIsToldAndLaterItIsTakenIn) {
    play_until(kSecondSend);
    const auto set = [this](const char* value) {
        auto owner = administrator();
        ASSERT_TRUE(owner);
        order(*owner, "SET default_transaction_read_only = off");
        order(*owner, fmt::format("ALTER SYSTEM SET default_transaction_read_only = {}", value));
        order(*owner, "SELECT pg_reload_conf()");
        for (int i = 0; i < kTriesMax; ++i) {
            if (office::column(*administrator(), "SHOW default_transaction_read_only").at(0) == value) break;
            std::this_thread::sleep_for(kPause);
        }
        start_gateway();
    };
    set("on");
    expect_refused(player_.perform(kSecondSend), {"DB-READ-ONLY"});
    expect_good(kSecondSend);
    set("off");
    finish_well();
}

// Where the server stands still in the middle of a bundle, until it is killed there.
struct Stage {
    const char* table;
    const char* trigger;
};
constexpr Stage kStages[] = {
    {"bundle", "CREATE TRIGGER halt BEFORE INSERT ON bundle FOR EACH ROW"},
    {"bundle", "CREATE TRIGGER halt AFTER INSERT ON bundle FOR EACH ROW"},
    {"ticket", "CREATE TRIGGER halt AFTER INSERT ON ticket FOR EACH ROW"},
    {"ticket_served", "CREATE TRIGGER halt AFTER INSERT ON ticket_served FOR EACH ROW"},
    {"cast_count", "CREATE TRIGGER halt AFTER INSERT ON cast_count FOR EACH ROW"},
    {"envelope", "CREATE TRIGGER halt AFTER INSERT ON envelope FOR EACH ROW"},
    {"envelope_count", "CREATE TRIGGER halt AFTER INSERT ON envelope_count FOR EACH ROW"},
    {"bundle",  // in its COMMIT
     "CREATE CONSTRAINT TRIGGER halt AFTER INSERT ON bundle DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"},
};

enum class Death { kTerminated, kBackendKilled, kServerKilled };

class Halting {
  public:
    Halting(const office::Place& place, const Stage& stage) : place_(place), stage_(stage) {
        auto owner = postgres::open(place.url);
        EXPECT_TRUE(owner);
        order(**owner, fmt::format("CREATE OR REPLACE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS "
                                   "$$ BEGIN PERFORM pg_advisory_xact_lock({}); RETURN NEW; END $$",
                                   kLock));
        order(**owner, fmt::format("{} EXECUTE FUNCTION halt()", stage.trigger));
        holder_ = administrator(database());
        order(*holder_, fmt::format("SELECT pg_advisory_lock({})", kLock));
    }

    // The process of the server that now stands there; 0: none came.
    int wait() {
        for (int i = 0; i < kTriesMax; ++i) {
            const auto found = office::column(
                *holder_, "SELECT pid::text FROM pg_stat_activity WHERE wait_event = 'advisory'");
            if (!found.empty()) return std::stoi(found.at(0));
            std::this_thread::sleep_for(kPause);
        }
        return 0;
    }

    void kill(Death death, int process) {
        switch (death) {
            case Death::kTerminated:
                order(*holder_, fmt::format("SELECT pg_terminate_backend({})", process));
                break;
            case Death::kBackendKilled:  // the server ends its other connections and recovers
                EXPECT_EQ(::kill(process, SIGKILL), 0);
                break;
            case Death::kServerKilled:
                Cluster::shared()->kill();
                EXPECT_TRUE(Cluster::shared()->start_again());
        }
    }

    void over() {
        holder_.reset();
        auto owner = administrator(database());
        ASSERT_TRUE(owner);
        order(*owner, fmt::format("DROP TRIGGER halt ON {}", stage_.table));
    }

  private:
    std::string database() const {
        const std::size_t from = place_.url.rfind("/office_") + 1;
        return place_.url.substr(from, place_.url.find('?') - from);
    }
    const office::Place& place_;
    const Stage& stage_;
    std::unique_ptr<sql::Database> holder_;
};

TEST_F(ServerFaults, KilledInTheMiddleOfABundleAndTheBundleIsTakenInAnew) {
    play_until(kSecondSend);
    for (const Stage& stage : kStages) {
        for (const Death death : {Death::kTerminated, Death::kBackendKilled, Death::kServerKilled}) {
            SCOPED_TRACE(fmt::format("{}, death {}", stage.trigger, static_cast<int>(death)));
            Halting halting(place_, stage);
            std::future<Result<Ack>> sent =
                std::async(std::launch::async, [this] { return player_.perform(kSecondSend); });
            const int process = halting.wait();
            EXPECT_NE(process, 0) << "the bundle does not come here";
            if (process != 0) halting.kill(death, process);
            if (process == 0) halting.over();
            expect_refused(sent.get(), {"DB-UNREACHABLE", "DB-BUSY"});
            if (process != 0) halting.over();
            expect_good(kSecondSend);
            if (HasFailure()) return;
        }
    }
    finish_well();
}

// A gateway whose road to its database can be cut.
class CutFromServer : public ServerFaults {
  protected:
    void SetUp() override {
        ServerFaults::SetUp();
        proxy_.emplace(static_cast<std::uint16_t>(Cluster::shared()->port()));
        const std::string ours = fmt::format(":{}/", Cluster::shared()->port());
        url_ = place_.ingest_url;
        url_.replace(url_.find(ours), ours.size(), fmt::format(":{}/", proxy_->port()));
        owner_.emplace(*office::ReportDb::open(place_.url, office::Access::kWrite));
    }

    static bool delivered(const courier::Verdict& verdict) {
        return std::holds_alternative<courier::Delivered>(verdict);
    }
    std::uint64_t held(const office::LogBuilder& log) {
        return owner_->head(office_.id, log.code())->tree.size();
    }
    courier::Verdict send(const GatewayHere& to, const office::LogBuilder& log, std::uint64_t from) {
        return courier::deliver({to.road().url, to.road().pin}, log.bundle(from, log.size()),
                                [](std::size_t) { return true; });
    }

    // A kiosk of which the office has nothing but its enrolment.
    office::LogBuilder new_kiosk(std::uint8_t who) {
        office::LogBuilder log(who, office_.id, office_.domain);
        EXPECT_TRUE(office::enrol(*owner_, log.code(), "โถงหน้า", ""));
        log.open_day(20270115);
        return log;
    }

    // What is not held yet and one rating more, taken in over a connection that is cut after so many bytes
    // from the server; then again. How many bytes there were, where it was not cut.
    std::size_t send_cut(office::LogBuilder& log, std::size_t down) {
        SCOPED_TRACE(fmt::format("cut after {}", down));
        log.cast(1);
        ++casts_;
        const std::uint64_t before = held(log);
        proxy_->cut_after(courier::kNever, courier::kNever);
        auto gateway = GatewayHere::start(url_, player_.keys());
        EXPECT_TRUE(gateway) << gateway.error().line();
        if (!gateway) return 0;
        proxy_->cut_after(courier::kNever, down);
        const courier::Verdict verdict = send(**gateway, log, before);
        const std::string line = (*gateway)->last_line();
        const bool landed = held(log) > before;
        EXPECT_TRUE(delivered(verdict) || line.find(": 503 DB-") != line.npos) << line;
        EXPECT_TRUE(landed || !delivered(verdict));
        refused_ += !delivered(verdict);
        lost_commits_ += landed && !delivered(verdict);
        const std::size_t ended = proxy_->ended();
        gateway->reset();
        // One that is cut may have ended before; only of a whole one the bytes are asked for.
        for (int i = 0; down == courier::kNever && proxy_->ended() == ended && i < kTriesMax; ++i)
            std::this_thread::sleep_for(kPause);
        EXPECT_TRUE(delivered(send(*gateway_, log, before)));
        EXPECT_EQ(held(log), log.size());
        return proxy_->down();
    }

    std::optional<courier::CuttingProxy> proxy_;
    std::string url_;
    std::optional<office::ReportDb> owner_;
    int casts_ = 0, refused_ = 0, lost_commits_ = 0;
};

TEST_F(CutFromServer, AnywhereAndEachBundleCountsOnce) {
    office::LogBuilder log = new_kiosk(1);
    const std::size_t whole = send_cut(log, courier::kNever);
    ASSERT_GT(whole, 1000u);
    for (std::size_t down = 1; down < whole && !HasFailure(); down += thorough() ? 5 : 89)
        send_cut(log, down);
    // What ends the transaction comes last. Of kiosks that are new alike, the bytes are as many each time.
    constexpr int kLast = 200;
    for (int left = 1; left <= kLast && !HasFailure(); left += thorough() ? 1 : 5) {
        office::LogBuilder another = new_kiosk(static_cast<std::uint8_t>(left + 1));
        send_cut(another, whole - static_cast<std::size_t>(left));
    }
    fmt::print("{} cuts in {} bytes, {} refused, {} after the COMMIT\n", casts_ - 1, whole, refused_,
               lost_commits_);
    EXPECT_GT(lost_commits_, 0) << "after the COMMIT and before its answer";
    EXPECT_EQ(owner_->status()->figures.ratings_cast, casts_);
}

}  // namespace
}  // namespace sala::faults
