#include "platform/crypto/sealed_box.h"

#include <gtest/gtest.h>

namespace sala::crypto {
namespace {

TEST(SealedBox, IsReadByItsKeyAndByNoOther) {
    const BoxKey auditor = BoxKey::generate();
    const auto sealed = seal_to(auditor.public_key(), bytes_of("counts"));
    ASSERT_TRUE(sealed);
    EXPECT_EQ(text_of(*auditor.open(*sealed)), "counts");
    EXPECT_EQ(text_of(*BoxKey::from_secret(auditor.secret()).open(*sealed)), "counts");
    EXPECT_FALSE(BoxKey::generate().open(*sealed));
    EXPECT_NE(*sealed, *seal_to(auditor.public_key(), bytes_of("counts")));
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        Bytes changed = *sealed;
        changed[i] ^= 1;
        EXPECT_FALSE(auditor.open(changed)) << i;
        EXPECT_FALSE(auditor.open(ByteView(*sealed).first(i))) << i;
    }
}

TEST(SealedBox, IsNotSealedToAKeyThatAnybodyCouldOpen) {
    EXPECT_FALSE(seal_to(PublicKey{}, bytes_of("counts")));
}

}  // namespace
}  // namespace sala::crypto
