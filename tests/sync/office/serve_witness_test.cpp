// `sala-office witness` as a process of its own, over TLS, asked as C2SP tlog-witness writes it.
#include "sync/office/serve_witness.h"

#include <filesystem>
#include <thread>

#include "platform/base/files.h"
#include "platform/http/client.h"
#include "tests/sync/office/log_builder.h"
#include "tests/sync/office/office_process.h"
#include "tests/sync/office/temporary_folder.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

class WitnessProcess : public OfficeProcess {
  public:
    WitnessProcess(const fs::path& keys, const std::string& name)
        : OfficeProcess(words(keys, name), "again)\n") {}

    Result<http::Reply> ask(const std::string& path, std::string body, std::string method = "POST") const {
        http::Call call;
        call.method = std::move(method);
        call.url = printed("url") + path;
        call.pin = printed("pin");
        call.body = std::move(body);
        return http::send(call);
    }

  private:
    static std::vector<std::string> words(const fs::path& keys, const std::string& name) {
        std::vector<std::string> words = {"witness", "--keys", keys.string(), "--listen", "127.0.0.1:0"};
        if (!name.empty()) words.insert(words.end(), {"--name", name});
        return words;
    }
};

class ServeWitness : public testing::Test {
  protected:
    void SetUp() override {
        log_.whole_day(20270115);
        ASSERT_EQ(::mkdir(keys_.c_str(), 0700), 0);
        ASSERT_TRUE(write_file_durably(keys_ / "logs", log_.verifier().text() + "\n", 0600));
        start();
    }
    void start(const std::string& name = "news.example/witness") {
        witness_.reset();
        witness_.emplace(keys_, name);
    }

    static std::string proof(const LogBuilder& log, std::uint64_t from, std::uint64_t to) {
        std::vector<ledger::Hash> leaves;
        for (std::uint64_t i = from; i < to; ++i) leaves.push_back(ledger::leaf_hash(log.line(i)));
        std::string text;
        for (const ledger::Hash& hash : ledger::consistency_proof(log.tree(from), leaves))
            text += crypto::to_base64(hash) + "\n";
        return text;
    }
    // Written out as the specification has it.
    static std::string body(const LogBuilder& log, std::uint64_t old, std::uint64_t size) {
        return fmt::format("old {}\n{}\n{}", old, proof(log, old, size), log.checkpoint(size).bytes());
    }
    int status(const std::string& body, const std::string& path = "/add-checkpoint",
               const std::string& method = "POST") {
        const Result<http::Reply> reply = witness_->ask(path, body, method);
        EXPECT_TRUE(reply) << (reply ? "" : reply.error().line());
        if (!reply) return 0;
        reply_ = *reply;
        return reply->status;
    }

    LogBuilder log_;
    TemporaryFolder folder_;
    fs::path keys_ = folder_.path() / "witness";
    std::optional<WitnessProcess> witness_;
    http::Reply reply_;
};

TEST_F(ServeWitness, CosignsUnderTheKeyThatItPrints) {
    ASSERT_EQ(status(body(log_, 0, 5)), 200) << witness_->said();
    // "The client MAY concatenate it to the checkpoint."
    const auto note = ledger::parse_note(log_.checkpoint(5).bytes() + reply_.body);
    ASSERT_TRUE(note) << reply_.body;
    const auto key = ledger::parse_verifier_key(witness_->printed("vkey"));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->name, "news.example/witness");
    EXPECT_EQ(ledger::check_note(*note, *key), ledger::NoteCheck::kValid);
}

TEST_F(ServeWitness, AnswersEveryRefusalWithTheStatusOfTheProtocol) {
    ASSERT_EQ(status(body(log_, 0, 5)), 200);
    EXPECT_EQ(status(body(log_, 0, 7)), 409);
    EXPECT_EQ(reply_.body, "5\n");
    EXPECT_EQ(reply_.headers.find("Content-Type").value_or(""), "text/x.tlog.size");
    EXPECT_EQ(status(fmt::format("old 5\n\n{}", log_.checkpoint(7).bytes())), 422) << "no proof";
    EXPECT_EQ(status(fmt::format("old 9\n\n{}", log_.checkpoint(5).bytes())), 400) << "the old is larger";
    EXPECT_EQ(status("old 05\n\nx"), 400);
    LogBuilder other(1), stranger(2);
    other.whole_day(20270116);
    EXPECT_EQ(status(body(other, 5, 5)), 409) << "another root of the same size";
    EXPECT_EQ(status(body(stranger, 0, 2)), 404);
    ledger::Note forged = log_.checkpoint(7);
    forged.signatures = {ledger::sign_note(forged.text, log_.origin(), stranger.key())};
    EXPECT_EQ(status(fmt::format("old 5\n{}\n{}", proof(log_, 5, 7), forged.bytes())), 403);
    EXPECT_EQ(status(body(log_, 5, log_.size())), 200) << "nothing of that has changed what it holds";
}

TEST_F(ServeWitness, IsNoOtherServer) {
    EXPECT_EQ(status("", "/"), 404);
    EXPECT_EQ(status("", "/bundle"), 404);
    EXPECT_EQ(status("", "/add-checkpoint", "GET"), 405);
    EXPECT_EQ(status("", "/held/" + log_.origin()), 405);
    const Result<http::Reply> large = witness_->ask("/add-checkpoint", std::string(1 << 20, 'x'));
    EXPECT_TRUE(!large || large->status == 413) << "or the connection is cut";
}

TEST_F(ServeWitness, HandsOutWhatItHoldsAlsoAfterItsRestart) {
    EXPECT_EQ(status("", "/held/" + log_.origin(), "GET"), 404);
    ASSERT_EQ(status(body(log_, 0, 5)), 200);
    ASSERT_EQ(status(body(log_, 5, 9)), 200);
    const auto key = *ledger::parse_verifier_key(witness_->printed("vkey"));
    EXPECT_EQ(witness_->end(), 0);
    start("");
    ASSERT_EQ(status("", "/held/" + log_.origin(), "GET"), 200);
    const auto note = ledger::parse_note(reply_.body);
    ASSERT_TRUE(note) << reply_.body;
    EXPECT_EQ(note->text, log_.checkpoint(9).text);
    EXPECT_EQ(ledger::check_note(*note, log_.verifier()), ledger::NoteCheck::kValid);
    EXPECT_EQ(ledger::check_note(*note, key), ledger::NoteCheck::kValid);
    EXPECT_EQ(status(body(log_, 5, 9)), 409);
    EXPECT_EQ(reply_.body, "9\n");
}

TEST_F(ServeWitness, OfTwoHistoriesAtOnceCosignsOne) {
    LogBuilder other(1);
    other.whole_day(20270116);
    std::vector<int> statuses(6);
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        clients.emplace_back([&, i] {
            const auto reply = witness_->ask("/add-checkpoint", body(i % 2 == 0 ? log_ : other, 0, 6));
            statuses[i] = reply ? reply->status : 0;
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409), 5);
}

TEST_F(ServeWitness, DoesNotStartWithoutANameOrWithoutItsMemory) {
    witness_.reset();
    WitnessProcess nameless(folder_.path() / "other", "");
    EXPECT_NE(nameless.said().find("WITNESS-NO-NAME"), std::string::npos) << nameless.said();
    fs::remove(keys_ / "witness.db");
    WitnessProcess forgetful(keys_, "");
    EXPECT_NE(forgetful.said().find("WITNESS-LOST"), std::string::npos) << forgetful.said();
}

}  // namespace
}  // namespace sala::office
