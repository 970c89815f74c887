#include "sync/record/office.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sync/record/audit_key.h"

namespace sala::record {
namespace {

const std::filesystem::path kDemo = std::filesystem::path(SALA_SOURCE_DIR) / "assets/demo/office.toml";

// A small complete profile; the cases below change one place of it and name the line by its number.
const std::string kGood = R"([office]
id = "banmai"
domain = "banmai.example"
name = "บ้านใหม่"
initials = "อบต"
province = "ตัวอย่าง"
[hours]
opens = "08:30"
closes = "16:30"
days = ["mon", "tue"]
[secrecy]
k = 5
k_counter = 10
wait = "day"
[links]
hosts = ["itas.nacc.go.th"]
[eit]
url = "https://itas.nacc.go.th/go/eit/demo00"
first = "2026-10-01"
last = "2027-09-30"
[[channel]]
group = "complaint"
name = "สายตรง"
phone = "0 0000 0001"
[[division]]
id = "clerk"
prefix = "A"
name = "สำนักปลัด"
[[division.counter]]
id = "one"
name = "ช่อง 1"
[[division.service]]
id = "water"
name = "น้ำ"
steps = ["ยื่นคำร้อง"]
duration = "10 นาที"
channel = "ช่อง 1"
fee = "20 บาท"
papers = ["บัตรประชาชน"]
[[division]]
id = "finance"
prefix = "B"
name = { th = "กองคลัง", en = "Finance" }
[[division.service]]
id = "tax"
name = "ภาษี"
steps = ["ยื่น", { th = "จ่าย", en = "Pay" }]
duration = "5 นาที"
channel = "ช่อง 2"
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    EXPECT_EQ(text.find(from, at + 1), std::string::npos) << "stands twice: " << from;
    return text.replace(at, from.size(), to);
}

// "12 CONFIG-ID, 14 CONFIG-TYPE"
std::string summary(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems) {
        out += (out.empty() ? "" : ", ") + std::to_string(problem.line) + " " + problem.code;
    }
    return out;
}

std::string all_texts(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems) out += problem.text() + "\n";
    return out;
}

TEST(Office, IsReadAsWritten) {
    const LoadedOffice loaded = parse_office(kGood, "office.toml");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    const Office& office = *loaded.office;
    EXPECT_EQ(office.id, "banmai");
    EXPECT_EQ(office.domain, "banmai.example");
    EXPECT_EQ(office.hours.opens_minute, 510);
    EXPECT_EQ(office.hours.closes_minute, 990);
    EXPECT_TRUE(office.hours.open_on(std::chrono::Tuesday));
    EXPECT_FALSE(office.hours.open_on(std::chrono::Wednesday));
    EXPECT_FALSE(office.hours.open_on(std::chrono::Sunday));
    EXPECT_EQ(office.secrecy.k, 5);
    EXPECT_EQ(office.secrecy.k_counter, 10);
    ASSERT_EQ(office.divisions.size(), 2u);
    EXPECT_EQ(office.division("finance")->prefix, 'B');
    EXPECT_EQ(office.division("finance")->name.in(Language::kEnglish), "Finance");
    EXPECT_EQ(office.division("clerk")->name.in(Language::kEnglish), "สำนักปลัด");
    EXPECT_EQ(office.division("nobody"), nullptr);
    EXPECT_EQ(office.service("clerk", "tax"), nullptr);
    EXPECT_EQ(office.service("nobody", "tax"), nullptr);
    ASSERT_NE(office.service("finance", "tax"), nullptr);
    EXPECT_EQ(office.service("finance", "tax")->steps[1].english, "Pay");
    ASSERT_EQ(office.counters.size(), 1u);
    EXPECT_EQ(office.counters[0].division, "clerk");
    EXPECT_EQ(loaded.bytes, kGood);
}

TEST(Office, SaysWhereAServiceHasNoFeeAndNoPapers) {
    const LoadedOffice loaded =
        parse_office(replaced(kGood, "papers = [\"บัตรประชาชน\"]", "papers = []"), "f");
    ASSERT_TRUE(loaded.office);
    const Service& tax = *loaded.office->service("finance", "tax");
    EXPECT_EQ(tax.fee.thai, "ไม่มีค่าธรรมเนียม");
    EXPECT_EQ(tax.fee.english, "No fee");
    ASSERT_EQ(tax.papers.size(), 1u);
    EXPECT_EQ(tax.papers[0].thai, "ไม่ต้องใช้เอกสาร");
    EXPECT_EQ(tax.papers[0].english, "No documents needed");
    const Service& water = *loaded.office->service("clerk", "water");
    EXPECT_EQ(water.fee.thai, "20 บาท");
    EXPECT_EQ(water.papers[0].thai, "ไม่ต้องใช้เอกสาร");
}

TEST(Office, NeedsNeitherHoursNorSecrecyNorEitOfItsOwn) {
    std::string text = kGood;
    const auto from = text.find("[hours]");
    text.erase(from, text.find("[[channel]]") - from);
    const LoadedOffice loaded = parse_office(text, "f");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    EXPECT_EQ(loaded.office->hours.opens_minute, 510);
    EXPECT_TRUE(loaded.office->hours.open_on(std::chrono::Friday));
    EXPECT_EQ(loaded.office->secrecy.k, 5);
    EXPECT_FALSE(loaded.office->eit);
}

TEST(Office, RaisesTheCounterLimitWithItsOwn) {
    const LoadedOffice loaded = parse_office(replaced(kGood, "k = 5\nk_counter = 10\n", "k = 20\n"), "f");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    EXPECT_EQ(loaded.office->secrecy.k, 20);
    EXPECT_EQ(loaded.office->secrecy.k_counter, 20);
}

TEST(Office, GathersForAMonthOnlyWithAnAuditorsKey) {
    const crypto::BoxKey auditor = crypto::BoxKey::generate();
    const std::string key = "\naudit_key = \"" + audit_key_text(auditor.public_key()) + "\"";
    LoadedOffice loaded = parse_office(replaced(kGood, "\"day\"", "\"month\"" + key), "f");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    EXPECT_EQ(loaded.office->secrecy.month_auditor, auditor.public_key());
    loaded = parse_office(replaced(kGood, "\"day\"", "\"day\"" + key), "f");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    EXPECT_FALSE(loaded.office->secrecy.month_auditor) << "a key alone changes nothing";
}

TEST(AuditKey, IsReadOnlyWhenEveryLetterIsRight) {
    const std::string text = audit_key_text(crypto::BoxKey::generate().public_key());
    ASSERT_TRUE(parse_audit_key(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(parse_audit_key(changed)) << changed;
        EXPECT_FALSE(parse_audit_key(text.substr(0, i))) << i;
    }
    EXPECT_FALSE(parse_audit_key(audit_key_text({}))) << "nothing can be sealed to it";
}

TEST(Office, AcceptsWhatIsUnusualButRight) {
    const std::string key = "banmai.example/office+0123abcd+" + std::string(44, 'A');
    for (const std::string& text : {
             replaced(kGood, "eit/demo00", "eit/demo0012"),    // a code of another length
             replaced(kGood, "\"2026-10-01\"", "2026-10-01"),  // a date without quotes
             replaced(kGood, "k = 5\n", "k = 10\n"),
             replaced(kGood, "initials", "office_key = \"" + key + "\"\ninitials"),
             replaced(kGood, "initials", "office_key = \"\"\ninitials"),
             replaced(kGood, "\"น้ำ\"", "\"" + std::string(80, 'x') + "\""),
             "\xEF\xBB\xBF" + kGood,  // as Notepad saves it
         }) {
        EXPECT_EQ(summary(parse_office(text, "f").problems), "");
    }
}

struct Broken {
    const char *from, *to, *problems;
};

class BrokenOffice : public testing::TestWithParam<Broken> {};

TEST_P(BrokenOffice, IsRefusedWithCodeAndLine) {
    const LoadedOffice loaded = parse_office(replaced(kGood, GetParam().from, GetParam().to), "office.toml");
    EXPECT_EQ(summary(loaded.problems), GetParam().problems) << all_texts(loaded.problems);
    EXPECT_FALSE(loaded.office);
    for (const Problem& problem : loaded.problems) {
        EXPECT_EQ(problem.file, "office.toml");
        EXPECT_FALSE(problem.thai.empty());
        EXPECT_FALSE(problem.english.empty());
    }
}

#define LETTERS_40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define STEPS_6 "\"x\",\"x\",\"x\",\"x\",\"x\",\"x\","

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenOffice,
    testing::Values(
        // Keys and types
        Broken{"initials =", "initails =", "1 CONFIG-KEY-MISSING, 5 CONFIG-KEY-UNKNOWN"},
        Broken{"[secrecy]", "[secrets]", "11 CONFIG-KEY-UNKNOWN"},
        Broken{"fee = \"20 บาท\"", "fees = \"20 บาท\"", "38 CONFIG-KEY-UNKNOWN"},
        Broken{"en = \"Finance\"", "english = \"Finance\"", "43 CONFIG-KEY-UNKNOWN"},
        Broken{"th = \"กองคลัง\", ", "", "43 CONFIG-KEY-MISSING"},
        Broken{"duration = \"10 นาที\"\n", "", "32 CONFIG-KEY-MISSING"},
        Broken{"domain = \"banmai.example\"\n", "", "1 CONFIG-KEY-MISSING"},
        Broken{"[office]\n", "[ofice]\n", "0 CONFIG-KEY-MISSING, 1 CONFIG-KEY-UNKNOWN"},
        Broken{"k = 5\n", "k = \"5\"\n", "12 CONFIG-TYPE"}, Broken{"k = 5\n", "k = 5.0\n", "12 CONFIG-TYPE"},
        Broken{"name = \"น้ำ\"", "name = 7", "34 CONFIG-TYPE"},
        Broken{"[\"ยื่นคำร้อง\"]", "\"ยื่นคำร้อง\"", "35 CONFIG-TYPE"},
        Broken{"[\"ยื่นคำร้อง\"]", "[\"ยื่น\", 3]", "35 CONFIG-TYPE"},
        Broken{"[hours]", "hours = 3\n[hour]", "7 CONFIG-KEY-UNKNOWN, 8 CONFIG-KEY-UNKNOWN"},
        // Ids and prefixes
        Broken{"\"banmai\"", "\"Banmai\"", "2 CONFIG-ID"}, Broken{"\"banmai\"", "\"\"", "2 CONFIG-ID"},
        Broken{"\"banmai\"", "\"ban_mai\"", "2 CONFIG-ID"},
        Broken{"\"banmai\"", "\"a234567890123456789012345\"", "2 CONFIG-ID"},
        Broken{"\"banmai\"", "\"บ้านใหม่\"", "2 CONFIG-ID"},
        Broken{"id = \"finance\"", "id = \"clerk\"", "41 CONFIG-ID-DUPLICATE"},
        Broken{"prefix = \"B\"", "prefix = \"A\"", "42 CONFIG-PREFIX-DUPLICATE"},
        Broken{"prefix = \"B\"", "prefix = \"b\"", "42 CONFIG-PREFIX"},
        Broken{"prefix = \"B\"", "prefix = \"AB\"", "42 CONFIG-PREFIX"},
        Broken{"prefix = \"B\"", "prefix = \"ข\"", "42 CONFIG-PREFIX"},
        Broken{"fee = \"20 บาท\"\n",
               "[[division.service]]\nid = \"water\"\nname = \"x\"\nsteps = [\"x\"]\nduration = "
               "\"x\"\nchannel = \"x\"\n",
               "39 CONFIG-ID-DUPLICATE"},
        Broken{"name = \"ช่อง 1\"\n", "name = \"ช่อง 1\"\n[[division.counter]]\nid = \"one\"\nname = \"x\"\n",
               "33 CONFIG-ID-DUPLICATE"},
        // Secrecy
        Broken{"k = 5\n", "k = 4\n", "12 CONFIG-SECRECY-K"},
        Broken{"k = 5\n", "k = 101\n", "12 CONFIG-SECRECY-K"},
        Broken{"k = 5\n", "k = -5\n", "12 CONFIG-SECRECY-K"},
        Broken{"k = 5\n", "k = 4294967301\n", "12 CONFIG-SECRECY-K"},
        Broken{"k = 5\n", "k = 11\n", "13 CONFIG-SECRECY-K-COUNTER"},
        Broken{"k_counter = 10", "k_counter = 9", "13 CONFIG-SECRECY-K-COUNTER"},
        Broken{"\"day\"", "\"month\"", "14 CONFIG-SECRECY-AUDIT-KEY"},
        Broken{"\"day\"", "\"month\"\naudit_key = \"sala-audit:AAAA\"", "15 CONFIG-SECRECY-AUDIT-KEY"},
        Broken{"\"day\"", "\"Day\"", "14 CONFIG-SECRECY-WAIT"},
        // Hours
        Broken{"\"08:30\"", "\"16:30\"", "7 CONFIG-HOURS-ORDER"},
        Broken{"\"08:30\"", "\"8:30\"", "8 CONFIG-TIME"}, Broken{"\"16:30\"", "\"24:00\"", "9 CONFIG-TIME"},
        Broken{"\"16:30\"", "\"16.30\"", "9 CONFIG-TIME"}, Broken{"\"16:30\"", "\"16:60\"", "9 CONFIG-TIME"},
        Broken{"\"16:30\"", "16:30:00", "9 CONFIG-TYPE"}, Broken{"\"tue\"", "\"tues\"", "10 CONFIG-DAY"},
        Broken{"[\"mon\", \"tue\"]", "[]", "10 CONFIG-COUNT"},
        // Dates
        Broken{"\"2026-10-01\"", "\"2570-01-15\"", "19 CONFIG-DATE-BE"},
        Broken{"\"2026-10-01\"", "2570-01-15", "19 CONFIG-DATE-BE"},
        Broken{"\"2026-10-01\"", "\"2571-02-29\"", "19 CONFIG-DATE-BE"},
        Broken{"\"2026-10-01\"", "\"2026-02-29\"", "19 CONFIG-DATE"},
        Broken{"\"2026-10-01\"", "\"1-10-2026\"", "19 CONFIG-DATE"},
        Broken{"\"2026-10-01\"", "\"0026-10-01\"", "19 CONFIG-DATE"},
        Broken{"\"2026-10-01\"", "20261001", "19 CONFIG-DATE"},
        Broken{"\"2026-10-01\"", "2026-10-01T00:00:00Z", "19 CONFIG-DATE"},
        Broken{"\"2026-10-01\"", "\"2027-10-01\"", "17 CONFIG-EIT-WINDOW"},
        Broken{"first = \"2026-10-01\"\n", "", "17 CONFIG-KEY-MISSING"},
        // Links
        Broken{"https://itas", "http://itas", "18 CONFIG-EIT-HTTPS"},
        Broken{"https://itas.nacc", "https://itas.nacc2", "18 CONFIG-EIT-HOST"},
        Broken{"https://itas.nacc.go.th/go/eit/demo00", "https://bit.ly/demo00", "18 CONFIG-EIT-SHORTENER"},
        Broken{"eit/demo00", "eit/" LETTERS_40 LETTERS_40 LETTERS_40, "18 CONFIG-EIT-LONG"},
        Broken{"eit/demo00", "eit/demo 00", "18 CONFIG-EIT-CHARACTER"},
        Broken{"eit/demo00", "eit/demo\\u202E00", "18 CONFIG-EIT-CHARACTER"},
        Broken{"https://itas", "https://x@itas", "18 CONFIG-EIT-USERINFO"},
        Broken{"go.th/go", "go.th:443/go", "18 CONFIG-EIT-PORT"},
        Broken{"eit/demo00", "eit/demo00#a", "18 CONFIG-EIT-FRAGMENT"},
        Broken{"[\"itas.nacc.go.th\"]", "[\"itas.nacc.go.th\", \"goo.gl\"]", "16 CONFIG-HOST-SHORTENER"},
        Broken{"[\"itas.nacc.go.th\"]", "[\"itas.nacc.go.th\", \"Nacc.go.th\"]", "16 CONFIG-HOST-NAME"},
        Broken{"[\"itas.nacc.go.th\"]", "[]", "16 CONFIG-COUNT, 18 CONFIG-EIT-HOST"},
        Broken{"phone = \"0 0000 0001\"", "url = \"https://other.example/\"", "24 CONFIG-CHANNEL-HOST"},
        // Channels
        Broken{"\"complaint\"", "\"complaints\"", "22 CONFIG-CHANNEL-GROUP"},
        Broken{"phone = \"0 0000 0001\"\n", "", "21 CONFIG-CHANNEL-EMPTY"},
        Broken{"\"0 0000 0001\"", "\"สายตรง\"", "24 CONFIG-CHANNEL-PHONE"},
        // The office itself
        Broken{"\"banmai.example\"", "\"Banmai.example\"", "3 CONFIG-DOMAIN"},
        Broken{"\"banmai.example\"", "\"banmai\"", "3 CONFIG-DOMAIN"},
        Broken{"\"banmai.example\"", "\"https://banmai.example\"", "3 CONFIG-DOMAIN"},
        Broken{"initials", "office_key = \"banmai+0123abcd+AAAA\"\ninitials", "5 CONFIG-OFFICE-KEY"},
        Broken{"initials",
               "office_key = \"b+0123ABCD+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"\ninitials",
               "5 CONFIG-OFFICE-KEY"},
        // Texts
        Broken{"\"อบต\"", "\"อบต.บ้าน\"", "5 CONFIG-TEXT-LONG"},
        Broken{"\"น้ำ\"", "\"" LETTERS_40 LETTERS_40 "x\"", "34 CONFIG-TEXT-LONG"},
        Broken{"\"น้ำ\"", "\"\"", "34 CONFIG-TEXT-EMPTY"}, Broken{"\"น้ำ\"", "\"  \"", "34 CONFIG-TEXT-EMPTY"},
        Broken{"\"น้ำ\"", "\"น้ำ\\n\"", "34 CONFIG-TEXT-CHARACTER"},
        Broken{"\"น้ำ\"", "\"น้ำ\\u202E\"", "34 CONFIG-TEXT-CHARACTER"},
        Broken{"\"น้ำ\"", "\"น้ำ\xE2\x81\xA6\"", "34 CONFIG-TEXT-CHARACTER"},
        Broken{"\"น้ำ\"", "\"\\u001B[2J\"", "34 CONFIG-TEXT-CHARACTER"},
        Broken{"\"น้ำ\"", "\"\xE0\xB8\"", "34 CONFIG-UTF8"},
        // How many
        Broken{"[\"ยื่นคำร้อง\"]", "[]", "35 CONFIG-COUNT"},
        Broken{"[\"ยื่นคำร้อง\"]", "[" STEPS_6 STEPS_6 "\"x\"]", "35 CONFIG-COUNT"},
        Broken{"[\"บัตรประชาชน\"]", "[" STEPS_6 STEPS_6 "\"x\"]", "39 CONFIG-COUNT"},
        // No TOML at all
        Broken{"\"น้ำ\"", "\"น้ำ", "34 CONFIG-SYNTAX"}, Broken{"k = 5\n", "k = 5 5\n", "12 CONFIG-SYNTAX"},
        Broken{"k_counter = 10", "k = 10", "13 CONFIG-SYNTAX"}));

TEST(BrokenOffice, ReportsEverythingAtOnceSortedByLine) {
    std::string text = kGood;
    text = replaced(text, "\"banmai\"", "\"BANMAI\"");
    text = replaced(text, "k = 5\n", "k = 1\n");
    text = replaced(text, "https://itas", "http://itas");
    text = replaced(text, "\"2026-10-01\"", "\"2569-10-01\"");
    text = replaced(text, "prefix = \"B\"", "prefix = \"A\"");
    text = replaced(text, "duration = \"5 นาที\"", "duraton = \"5 นาที\"");
    const auto problems = parse_office(text, "office.toml").problems;
    EXPECT_EQ(summary(problems),
              "2 CONFIG-ID, 12 CONFIG-SECRECY-K, 18 CONFIG-EIT-HTTPS, 19 CONFIG-DATE-BE, 42 "
              "CONFIG-PREFIX-DUPLICATE, "
              "44 CONFIG-KEY-MISSING, 48 CONFIG-KEY-UNKNOWN");
}

TEST(BrokenOffice, NamesTheKeyThatWasMeant) {
    const auto problems = parse_office(replaced(kGood, "initials =", "initails ="), "office.toml").problems;
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems[1].found, "initails");
    EXPECT_NE(problems[1].english.find("did you mean `initials`"), std::string::npos) << problems[1].english;
    EXPECT_NE(problems[1].thai.find("น่าจะเป็น initials"), std::string::npos);
}

TEST(BrokenOffice, TellsTheCommonEraForABuddhistYear) {
    const auto problems =
        parse_office(replaced(kGood, "\"2026-10-01\"", "\"2570-01-15\""), "office.toml").problems;
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].thai.find("2027-01-15"), std::string::npos) << problems[0].thai;
    EXPECT_EQ(problems[0].text().find("office.toml:19: CONFIG-DATE-BE: found «2570-01-15»: "), 0u);
}

TEST(BrokenOffice, HasTooManyDivisionsOrServices) {
    std::string divisions = kGood;
    std::string services = kGood;
    for (char c = 'C'; c <= 'M'; ++c) {  // eleven more of each
        const std::string id(1, static_cast<char>(c - 'A' + 'a'));
        const std::string service = "[[division.service]]\nid=\"" + id +
                                    "\"\nname=\"x\"\nsteps=[\"x\"]\nduration=\"x\"\nchannel=\"x\"\n";
        services += service;
        divisions += "[[division]]\nid=\"" + id + "\"\nprefix=\"" + c + "\"\nname=\"x\"\n" + service;
    }
    EXPECT_EQ(summary(parse_office(services, "f").problems), "");
    services += "[[division.service]]\nid=\"z\"\nname=\"x\"\nsteps=[\"x\"]\nduration=\"x\"\nchannel=\"x\"\n";
    EXPECT_EQ(summary(parse_office(services, "f").problems), "44 CONFIG-COUNT");
    EXPECT_EQ(summary(parse_office(divisions, "f").problems), "25 CONFIG-COUNT");
}

TEST(BrokenOffice, QuotesNothingThatATerminalWouldObey) {
    const auto problems = parse_office(replaced(kGood, "\"banmai\"", "\"\\u001B[2Jx\\u202E\""), "f").problems;
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].found, "<U+001B>[2Jx<U+202E>");
}

TEST(OfficeFile, HasALimitAndMustBeAFile) {
    EXPECT_EQ(summary(parse_office(std::string(kOfficeBytesMax + 1, '#'), "f").problems),
              "0 CONFIG-FILE-TOO-LARGE");
    EXPECT_EQ(summary(parse_office("a = 1\n#" + std::string(5000, 'x'), "f").problems), "2 CONFIG-LINE-LONG");
    EXPECT_EQ(summary(load_office(kDemo.parent_path()).problems), "0 CONFIG-FILE-UNREADABLE");
    const auto missing = load_office(kDemo.parent_path() / "nobody.toml");
    EXPECT_EQ(summary(missing.problems), "0 CONFIG-FILE-UNREADABLE");
    EXPECT_FALSE(missing.office);

    const auto large =
        std::filesystem::temp_directory_path() / ("sala-large-" + std::to_string(getpid()) + ".toml");
    std::ofstream(large) << kGood << '#' << std::string(kOfficeBytesMax, '\n');
    EXPECT_EQ(summary(load_office(large).problems), "0 CONFIG-FILE-TOO-LARGE");
    std::filesystem::remove(large);
}

TEST(OfficeFile, NestedWithoutEndIsRefusedAndNothingElseHappens) {
    std::string dotted = "a";
    while (dotted.size() < 4000) dotted += ".a";
    EXPECT_EQ(summary(parse_office(dotted + " = 1\n", "f").problems), "0 CONFIG-SYNTAX");
    EXPECT_EQ(parse_office("a = " + std::string(4000, '['), "f").problems.size(), 1u);
    EXPECT_FALSE(parse_office("", "f").office);
    EXPECT_FALSE(parse_office(std::string(1, '\0'), "f").office);
}

}  // namespace
}  // namespace sala::record
