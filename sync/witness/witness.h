// A witness: somebody outside an office who vouches that a kiosk's log only grew.
//
// The protocol is C2SP tlog-witness (https://c2sp.org/tlog-witness), add-checkpoint. A witness keeps of each
// log the newest checkpoint that it cosigned, and nothing else: it learns how many lines a log has, never
// what they say. The trap: a witness that has forgotten cosigns a second history, so its folder is not to be
// brought back from an old backup; after a loss it begins anew under another name.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>

#include "platform/sqlite/database.h"
#include "sync/ledger/witnessing.h"

namespace sala::witness {

inline constexpr std::size_t kLogsMax = 100'000;

struct Answer {
    int status = 200;
    std::string content_type;
    std::string body;
};

class Witness {
  public:
    // The witness whose folder this is. It holds `witness.key` (0600, the seed in hex), `witness.vkey` (to be
    // given to the kiosks), `witness.db`, and `logs`, which its owner writes: the verifier key of each log it
    // vouches for, one a line; '#' begins a comment. Key and database are made together the first time, when
    // `name` (a C2SP key name) is needed; later it may be empty. Refuses: WITNESS-NO-NAME,
    // WITNESS-OTHER-NAME, WITNESS-LOST (a key without its database), WITNESS-LOGS with the line that is no
    // log's key, KEYS-OPEN, and what files and database do.
    static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& folder,
                                                 const std::string& name);

    // Judges and keeps in one step, then answers as the protocol has it: 200 with the cosignature's line,
    // 400, 403, 404, 409, 422; 500 where the disk refuses. `now_s`: seconds since 1970 UTC. Any thread.
    Answer add_checkpoint(std::string_view body, std::uint64_t now_s);

    // The newest checkpoint of that log, signed by it and cosigned by this witness, for `sala-office audit
    // --witness`: 200 with the note, 404, 500. Any thread.
    Answer held(const std::string& origin);

    ledger::VerifierKey verifier() const { return {name_, ledger::KeyType::kCosignature, key_.public_key()}; }
    std::size_t logs() const { return logs_.size(); }

    // Of open() only.
    Witness(std::string name, crypto::SigningKey key, sqlite::Database database,
            std::map<std::string, ledger::VerifierKey> logs)
        : name_(std::move(name)),
          key_(std::move(key)),
          database_(std::move(database)),
          logs_(std::move(logs)) {}

  private:
    Result<Answer> judge_and_keep(const ledger::WitnessRequest& request, const ledger::VerifierKey& log,
                                  std::uint64_t now_s);

    std::string name_;
    crypto::SigningKey key_;
    std::mutex mutex_;
    sqlite::Database database_;
    std::map<std::string, ledger::VerifierKey> logs_;  // by origin
};

}  // namespace sala::witness
