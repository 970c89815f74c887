// The line breaks at every byte, on the way there and on the way back: what the courier then says is true,
// and sent again, everything counts once.
#include "tests/sync/courier/cutting_proxy.h"
#include "tests/sync/office/gateway_fixture.h"

namespace sala::office {
namespace {

using courier::CuttingProxy;
using courier::kNever;

class CutConnection : public GatewayTest {
  protected:
    void SetUp() override {
        GatewayTest::SetUp();
        road_ = listen();
        proxy_ = std::make_unique<CuttingProxy>(server_->port());
        cut_road_ = {fmt::format("https://127.0.0.1:{}", proxy_->port()), road_.pin};
        enrol_kiosk(log_);
        log_.open_day(20270115);
        ASSERT_TRUE(delivered(send(road_, log_.bundle())));
        // How long an uncut exchange is; a byte or two more or less is the TLS library's padding and the
        // length of the lines.
        log_.cast(1);
        ASSERT_TRUE(delivered(send(cut_road_, next_bundle())));
        wait_for_proxy(1);
        up_ = proxy_->up();
        down_ = proxy_->down();
    }
    void TearDown() override {
        proxy_.reset();
        GatewayTest::TearDown();
    }

    static bool delivered(const courier::Verdict& verdict) {
        return std::holds_alternative<courier::Delivered>(verdict);
    }
    std::string next_bundle() { return log_.bundle(log_.size() - 1, log_.size()); }
    void wait_for_proxy(std::size_t ended) {
        while (proxy_->ended() < ended) std::this_thread::yield();
    }

    // The next line, over a connection that is cut; then again over one that is not. `landed`: whether the
    // cut one had brought it there.
    void send_cut(std::size_t up, std::size_t down) {
        SCOPED_TRACE(fmt::format("cut after {} up, {} down", up, down));
        log_.cast(1);
        const std::uint64_t before = held(log_);
        proxy_->cut_after(up, down);
        const std::size_t ended = proxy_->ended();
        const courier::Verdict verdict = send(cut_road_, next_bundle());
        wait_for_proxy(ended + 1);
        const bool not_received = std::holds_alternative<courier::NotReceived>(verdict);
        const bool unknown = std::holds_alternative<courier::Unknown>(verdict);
        EXPECT_TRUE(not_received || unknown || delivered(verdict)) << verdict.index();
        EXPECT_TRUE(!delivered(verdict) || held(log_) == before + 1);
        unknown_ += unknown;
        const courier::Verdict again = send(road_, next_bundle());
        ASSERT_TRUE(delivered(again));
        EXPECT_EQ(held(log_), before + 1) << "counted once";
        const bool landed = std::get<courier::Delivered>(again).already_had;
        EXPECT_FALSE(not_received && landed) << "it was said not to be there";
        lost_replies_ += landed && !delivered(verdict);
    }

    void expect_every_line_once() {
        const auto figures = database_->status()->figures;
        EXPECT_EQ(static_cast<std::uint64_t>(figures.lines), log_.size());
        EXPECT_EQ(static_cast<std::uint64_t>(figures.ratings_cast), log_.size() - 4);
    }

    LogBuilder log_;
    courier::Road road_, cut_road_;
    std::unique_ptr<CuttingProxy> proxy_;
    std::size_t up_ = 0, down_ = 0;
    int unknown_ = 0, lost_replies_ = 0;
};

TEST_P(CutConnection, AtEachByteOfTheRequest) {
    constexpr std::size_t kHead = 900;  // the handshake's own part, and the request's head
    for (std::size_t up = 1; up <= up_ + 2; up += up < kHead || up + 40 > up_ ? 1 : 7) send_cut(up, kNever);
    expect_every_line_once();
}

TEST_P(CutConnection, AtEachByteOfTheReply) {
    for (std::size_t down = 1; down <= down_ + 2; ++down) send_cut(kNever, down);
    EXPECT_GT(lost_replies_, 100) << "the request was there and its answer was not";
    EXPECT_GE(unknown_, lost_replies_);
    expect_every_line_once();
}

SALA_ON_BOTH_ENGINES(CutConnection);

}  // namespace
}  // namespace sala::office
