#include "sync/ledger/opening.h"

#include <fmt/format.h>

namespace sala::ledger {
namespace {

constexpr std::size_t kSaltBytes = 32;

}  // namespace

std::string write_opening(const Opening& opening) {
    std::string text = fmt::format("sala opening 1\norigin {}\nday {}\n", opening.origin, opening.day);
    for (const Tally& tally : merged(opening.tallies)) {
        text += fmt::format("{} {} {} {} {}\n", tally.page, tally.ballot_class, tally.place, tally.k_floor,
                            fmt::join(tally.days, ","));
        for (const ItemCounts& item : tally.items)
            text += fmt::format(" {} {}\n", item.item, fmt::join(item.counts, ","));
    }
    return text;
}

std::optional<BoundOpening> bind_opening(const Opening& opening, const crypto::PublicKey& auditor) {
    const auto salt = crypto::random_array<kSaltBytes>();
    const std::string text = write_opening(opening);
    Bytes plain(salt.begin(), salt.end());
    plain.insert(plain.end(), text.begin(), text.end());
    std::optional<Bytes> sealed = crypto::seal_to(auditor, plain);
    if (!sealed) return {};
    return BoundOpening{crypto::sha256(plain), *std::move(sealed)};
}

Result<std::string> open_opening(const crypto::BoxKey& auditor, ByteView sealed,
                                 const crypto::Hash& commitment) {
    const std::optional<Bytes> plain = auditor.open(sealed);
    if (!plain || plain->size() < kSaltBytes) {
        return Error{"OPENING-OTHER-KEY", "เปิดซองของผู้ตรวจสอบไม่ได้ กุญแจไม่ตรงหรือข้อมูลเสียหาย",
                     "the opening was sealed to another key, or is damaged"};
    }
    if (crypto::sha256(*plain) != commitment) {
        return Error{"OPENING-NOT-BOUND", "จำนวนในซองของผู้ตรวจสอบไม่ตรงกับที่ตู้บริการผูกมัดไว้ โปรดแจ้งผู้ตรวจสอบ",
                     "the opening is not what the kiosk bound itself to"};
    }
    return std::string(text_of(ByteView(*plain).subspan(kSaltBytes)));
}

}  // namespace sala::ledger
