// The log of another invented kiosk, which replaces the first one and gathers for a month: every line that
// version 2 adds. What the golden files `month.*` hold.
#pragma once

#include <algorithm>

#include "sync/ledger/opening.h"
#include "tests/sync/ledger/sample.h"

namespace sala::ledger::sample {

inline crypto::SigningKey month_key() { return crypto::SigningKey::from_seed(seed_from(64)); }
inline std::string month_origin() { return log_origin(kDomain, device_code(month_key().public_key())); }
inline crypto::BoxKey auditor() { return crypto::BoxKey::from_secret(seed_from(96)); }

// What waits at the first close: salt and text.
inline Bytes first_opening() {
    const Opening opening{
        month_origin(),
        20270128,
        {{"face.1", kWalkUp, "/", {20270128}, 5, {{"face", {0, 0, 0, 1, 0, 0}}}},
         {"face.1", kAfterService, "/finance/land-tax", {20270128}, 5, {{"face", {0, 0, 0, 0, 1, 2}}}}}};
    const auto salt = seed_from(0x60);
    Bytes bytes(salt.begin(), salt.end());
    const std::string text = write_opening(opening);
    bytes.insert(bytes.end(), text.begin(), text.end());
    return bytes;
}
inline crypto::Hash second_commitment() {
    return crypto::sha256(bytes_of("salt and text of the second close"));
}

inline std::vector<Line> month_lines() {
    const std::vector<Line> before = lines();
    Log log;
    log.add(LogStart{"banmai", month_origin(), month_key().public_key(),
                     Replaces{origin(), before.size(), tree_of(before, before.size()).root()}});
    log.add(Boot{log.last_utc_ms(), 0, "0.1.0"});
    const DayOpened rules{20270128, 5, 10, "month", "burst.1", {"face.1"}, auditor().public_key()};
    log.add(rules);
    for (int i = 0; i < 4; ++i) log.add(Cast{"face.1"});
    log.add(Bound{20270128, crypto::sha256(first_opening())});
    log.add(DayClosed{20270128,
                      {{"boot", 1}, {"bound", 1}, {"cast", 4}, {"day_opened", 1}, {"log_start", 1}},
                      {{"face.1", 4}},
                      0,
                      {}});
    DayOpened last = rules;
    last.day = 20270129;
    log.add(last);
    for (int i = 0; i < 2; ++i) log.add(Cast{"face.1"});
    log.add(Sealed{"face.1",
                   kAfterService,
                   "/finance/land-tax",
                   {20270128, 20270129},
                   5,
                   5,
                   {{"face", {0, 0, 0, 0, 2, 3}}}});
    log.add(Bound{20270129, second_commitment()});
    std::vector<std::string> texts = {crypto::to_base64(crypto::sha256(bytes_of("a suggestion"))),
                                      crypto::to_base64(crypto::sha256(bytes_of("a complaint")))};
    std::sort(texts.begin(), texts.end());
    log.add(DayClosed{
        20270129, {{"bound", 1}, {"cast", 2}, {"day_opened", 1}, {"sealed", 1}}, {{"face.1", 1}}, 0, texts});
    log.add(LogEnd{crypto::SigningKey::from_seed(seed_from(128)).public_key()});
    return std::move(log).lines();
}

inline std::string month_bundle() {
    const std::vector<Line> all = month_lines();
    return write_bundle({"banmai", kDomain, {}, written(all, 0, all.size()), ""}, month_key());
}

}  // namespace sala::ledger::sample
