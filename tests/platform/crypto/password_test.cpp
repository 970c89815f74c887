// What a password's hash must hold to: the cost we promise, a salt each, and no mistaking of one for another.
#include "platform/crypto/password.h"

#include <gtest/gtest.h>

#include <set>

namespace sala::crypto {
namespace {

TEST(Password, IsKeptAsArgon2idOfThePromisedCostWithASaltOfItsOwn) {
    const auto first = hash_password("493027");
    const auto second = hash_password("493027");
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << *first;
    EXPECT_NE(*first, *second);
    EXPECT_EQ(check_password(*first, "493027"), PasswordCheck::kRight);
    EXPECT_EQ(check_password(*second, "493027"), PasswordCheck::kRight);
    EXPECT_EQ(check_password(*first, "493028"), PasswordCheck::kWrong);
    EXPECT_EQ(check_password(*first, ""), PasswordCheck::kWrong);
}

TEST(Password, AHashOfLessCostOrNoHashAtAllIsNeverRight) {
    EXPECT_EQ(check_password("", "493027"), PasswordCheck::kUnknown);
    EXPECT_EQ(check_password("493027", "493027"), PasswordCheck::kUnknown);
    std::string cheap = *hash_password("493027");
    cheap.replace(cheap.find("m=65536"), 7, "m=8192");
    EXPECT_EQ(check_password(cheap, "493027"), PasswordCheck::kUnknown);
    std::string cut = *hash_password("493027");
    cut.resize(cut.size() - 4);
    EXPECT_NE(check_password(cut, "493027"), PasswordCheck::kRight);
}

TEST(Password, RandomNumbersStayBelowTheirBoundAndReachAllOfIt) {
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 400; ++i) seen.insert(random_below(6));
    EXPECT_EQ(seen, (std::set<std::uint32_t>{0, 1, 2, 3, 4, 5}));
}

TEST(Password, AWipedSecretIsGoneFromItsMemory) {
    std::string secret = "493027";
    secret.reserve(64);
    const char* bytes = secret.data();
    wipe(secret);
    EXPECT_TRUE(secret.empty());
    EXPECT_EQ(bytes[0], '\0');
}

}  // namespace
}  // namespace sala::crypto
