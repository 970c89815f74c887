#include "sync/office/administration.h"

#include <sys/stat.h>

#include <fstream>

#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

class Administration : public OfficeTest {
  protected:
    std::string init_refusal(const record::Office& office, const std::string& url, const fs::path& keys) {
        const std::string before = dump(url_);
        const auto made = init_office(url, keys, office, "[office]\nchanged = true\n");
        if (made) return "";
        EXPECT_EQ(before, dump(url_));
        return made.error().code;
    }
    std::string enrol_code(const std::string& code, const std::string& name,
                           const std::string& replaces = "") {
        const Result<void> done = enrol(*owner_, code, name, replaces, kNow_s);
        return done ? "" : done.error().code;
    }
    const std::string a_ = std::string(26, 'A'), b_ = std::string(26, 'B'), c_ = std::string(26, 'C');
};

unsigned mode_of(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

TEST_P(Administration, KeepsTheSecretToItsUser) {
    EXPECT_EQ(mode_of(keys_), 0700u);
    EXPECT_EQ(mode_of(keys_ / "office.key"), 0600u);
    fs::permissions(keys_ / "office.key", fs::perms(0640));
    EXPECT_EQ(keys_of(*database_->office(), keys_).error().code, "KEYS-OPEN");
}

TEST_P(Administration, PublishesACosignersKeyInTheOfficesName) {
    const std::string text = *read_file(keys_ / "office.vkey", 1024);
    const auto vkey = ledger::parse_verifier_key(text.substr(0, text.size() - 1));
    ASSERT_TRUE(vkey);
    EXPECT_EQ(vkey->name, "banmai.example/sala/office");
    EXPECT_EQ(vkey->type, ledger::KeyType::kCosignature);
    EXPECT_EQ(*vkey, key_->verifier());
}

TEST_P(Administration, InitAgainUpdatesTheCatalogueAndKeepsKeysAndOldNames) {
    const std::string key = *read_file(keys_ / "office.key", 1024);
    record::Office office = sample_office();
    office.name.thai = "อบต.บ้านใหม่พัฒนา";
    office.divisions.pop_back();
    EXPECT_EQ(init_refusal(office, url_, keys_), "");
    EXPECT_EQ(database_->office()->name, "อบต.บ้านใหม่พัฒนา");
    EXPECT_EQ(*read_file(keys_ / "office.key", 1024), key);
    EXPECT_NE(dump(url_).find("สำนักปลัด"), std::string::npos) << "older reports still name it";
}

TEST_P(Administration, InitRefusesAnotherOfficeOtherKeysAndForeignFiles) {
    record::Office other = sample_office();
    other.id = "banmo";
    EXPECT_EQ(init_refusal(other, url_, keys_), "DB-OTHER-OFFICE");
    other = sample_office();
    other.domain = "banmo.example";
    EXPECT_EQ(init_refusal(other, url_, keys_), "DB-OTHER-OFFICE");
    const fs::path elsewhere = folder_.path() / "elsewhere";
    EXPECT_EQ(init_refusal(sample_office(), url_, elsewhere), "KEYS-NOT-FOUND");
    EXPECT_FALSE(fs::exists(elsewhere)) << "a refusal makes nothing";
    ASSERT_TRUE(make_keys(elsewhere, "banmai.example/sala/office"));
    EXPECT_EQ(init_refusal(sample_office(), url_, elsewhere), "KEYS-OTHER");
    EXPECT_EQ(keys_of(*database_->office(), elsewhere).error().code, "KEYS-OTHER") << "nor may it cosign";
    EXPECT_EQ(init_refusal(sample_office(), "postgresql://a@[::1/sala", elsewhere), "DB-BAD-URL");
    const std::string letter = folder_.path() / "letter.txt";
    std::ofstream(letter) << "Dear office, this is no database.\n";
    EXPECT_EQ(init_refusal(sample_office(), letter, elsewhere), "DB-OTHER-PROGRAM");
    EXPECT_EQ(*read_file(letter, 1024), "Dear office, this is no database.\n");
}

TEST(Province, CosignsUnderOneNameOfItsOwn) {
    TemporaryFolder folder;
    const std::string url = folder.path() / "p.db";
    const fs::path keys = folder.path() / "keys";
    const auto init = [&](const std::string& cosigner) {
        const auto made = init_office(url, keys, sample_office(), "[office]\n", cosigner);
        return made ? made->vkey.substr(0, made->vkey.find('+')) : made.error().code;
    };
    EXPECT_EQ(init("two words"), "KEYS-NAME");
    EXPECT_EQ(init("rayong.example/sala/province"), "rayong.example/sala/province");
    EXPECT_EQ(init(""), "rayong.example/sala/province") << "it keeps the name it began with";
    EXPECT_EQ(init("other.example"), "KEYS-OTHER");
    const auto key = keys_of(*ReportDb::open(url, Access::kRead)->office(), keys);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->name, "rayong.example/sala/province");
    fs::remove(url);
    EXPECT_EQ(init(""), "KEYS-NAME") << "nor does the key get another name with a new database";
    EXPECT_EQ(init("rayong.example/sala/province"), "rayong.example/sala/province");
}

TEST_P(Administration, ClosesNoFolderInWhichOthersWork) {
    const fs::path shared = folder_.path() / "shared";
    fs::create_directory(shared);
    fs::permissions(shared, fs::perms(0755));
    EXPECT_EQ(make_keys(shared, "banmai.example/sala/office").error().code, "KEYS-OPEN");
    EXPECT_EQ(mode_of(shared), 0755u);
}

TEST_P(Administration, ADatabaseOfANewerVersionIsRefused) {
    ASSERT_TRUE(stamp_version(**connect(url_, Access::kWrite), url_, 99));
    EXPECT_EQ(ReportDb::open(url_, Access::kWrite).error().code, "DB-NEWER");
    EXPECT_EQ(ReportDb::open(url_, Access::kRead).error().code, "DB-NEWER");
}

TEST_P(Administration, EnrollingTwiceIsNoFault) {
    EXPECT_EQ(enrol_code(a_, "โถงหน้า"), "");
    const std::string before = dump(url_);
    EXPECT_EQ(enrol_code(a_, "โถงหน้า"), "");
    EXPECT_EQ(dump(url_), before);
}

TEST_P(Administration, EnrolsOnlyCodesAndNamesThatAreSuch) {
    const std::string before = dump(url_);
    EXPECT_EQ(enrol_code("ABC", "โถงหน้า"), "DEVICE-CODE");
    EXPECT_EQ(enrol_code(std::string(26, 'a'), "โถงหน้า"), "DEVICE-CODE");
    EXPECT_EQ(enrol_code(a_, ""), "DEVICE-NAME");
    EXPECT_EQ(enrol_code(a_, "a\x1b[2J"), "DEVICE-NAME");
    EXPECT_EQ(dump(url_), before);
}

TEST_P(Administration, AReplacementNamesADeviceThatIsThere) {
    EXPECT_EQ(enrol_code(b_, "ใหม่", a_), "DEVICE-UNKNOWN");
    EXPECT_FALSE(*database_->device("banmai", b_)) << "refused, so not enrolled either";
    EXPECT_EQ(enrol_code(a_, "เก่า"), "");
    EXPECT_EQ(enrol_code(a_, "เก่า", a_), "DEVICE-UNKNOWN");
    EXPECT_EQ(enrol_code(b_, "ใหม่", a_), "");
    EXPECT_EQ((*database_->device("banmai", a_))->replaced_by, b_);
    EXPECT_EQ(enrol_code(b_, "ใหม่", a_), "") << "again";
    EXPECT_EQ(enrol_code(a_, "เก่า", b_), "DEVICE-REPLACED") << "no circle";
    EXPECT_EQ(enrol_code(c_, "อีกตู้", a_), "DEVICE-REPLACED") << "by another one already";
    EXPECT_EQ(enrol_code(c_, "อีกตู้"), "");
    EXPECT_EQ(enrol_code(b_, "ใหม่", c_), "DEVICE-REPLACED") << "one takes one place";
    EXPECT_EQ(*owner_->replaced_by_it("banmai", b_), a_);
}

TEST_P(Administration, AReplacedDeviceMaySendWhatItHas) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    EXPECT_EQ(enrol_code(b_, "ใหม่", log.code()), "");
    EXPECT_EQ(refusal(log.bundle()), "");
}

SALA_ON_BOTH_ENGINES(Administration);

}  // namespace
}  // namespace sala::office
