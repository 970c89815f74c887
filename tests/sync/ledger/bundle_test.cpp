#include "sync/ledger/bundle.h"

#include <set>

#include "tests/sync/ledger/sample.h"

namespace sala::ledger {
namespace {

std::string code_of(std::string_view bytes) {
    const Result<Bundle> bundle = open_bundle(bytes);
    return bundle ? "" : bundle.error().code;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

// The bytes with a length and a signature that fit them again: what only the holder of the key can make.
std::string signed_again(std::string bytes) {
    bytes.resize(bytes.rfind("signature "));
    std::string body = bytes.substr(bytes.find("\noffice") + 1);
    const std::size_t signature_line = 10 + 88 + 1;
    std::size_t length = 0;
    std::string head;
    do {
        length = head.size() + body.size() + signature_line;
        head = fmt::format("sala bundle 1\nlength {}\n", length);
    } while (head.size() + body.size() + signature_line != length);
    bytes = head + body;
    return bytes +
           fmt::format("signature {}\n", crypto::to_base64(sample::device_key().sign(bytes_of(bytes))));
}

TEST(Bundle, IsWrittenAsTheGoldenFilesHaveIt) {
    EXPECT_EQ(sample::first_day_bundle(), sample::golden("first-day.bundle"));
    EXPECT_EQ(sample::second_day_bundle(), sample::golden("second-day.bundle"));
}

TEST(Bundle, OfTheFirstDaySaysWhatHappened) {
    const std::string bytes = sample::golden("first-day.bundle");
    const Result<Bundle> bundle = open_bundle(bytes);
    ASSERT_TRUE(bundle) << bundle.error().line();
    EXPECT_EQ(bundle->office, "banmai");
    EXPECT_EQ(bundle->origin, sample::origin());
    EXPECT_EQ(bundle->device, device_code(sample::device_key().public_key()));
    EXPECT_EQ(bundle->from(), 0U);
    EXPECT_EQ(bundle->to(), 19U);
    EXPECT_EQ(bundle->cosigned, "");
    EXPECT_EQ(bundle->tree, sample::tree_of(sample::lines(), 19));
    const std::vector<Line> lines = sample::lines();
    EXPECT_EQ(bundle->lines, std::vector<Line>(lines.begin(), lines.begin() + 19));
    for (std::size_t i = 0; i < bundle->raw.size(); ++i) EXPECT_EQ(bundle->raw[i], write_line(lines[i]));
    EXPECT_EQ(check_note(bundle->checkpoint, bundle->device_key()), NoteCheck::kValid);
    EXPECT_EQ(signed_again(bytes), bytes);
}

TEST(Bundle, OfTheSecondDayBeginsWhereTheOfficeHasCosigned) {
    const std::string bytes = sample::golden("second-day.bundle");
    const Result<Bundle> bundle = open_bundle(bytes);
    ASSERT_TRUE(bundle) << bundle.error().line();
    EXPECT_EQ(bundle->from(), 19U);
    EXPECT_EQ(bundle->to(), 40U);
    EXPECT_EQ(bundle->cosigned, sample::cosigned_first_day());
    const std::string first = sample::golden("first-day.bundle");
    EXPECT_EQ(bundle->frontier, open_bundle(first)->tree);
    const VerifierKey office{office_key_name(sample::kDomain), KeyType::kCosignature,
                             sample::office_key().public_key()};
    EXPECT_EQ(check_note(*parse_note(bundle->cosigned), office), NoteCheck::kValid);
}

TEST(Bundle, WithAnyByteDamagedIsRefused) {
    const std::set<std::string> codes = {"BUNDLE-NOT-A-BUNDLE", "BUNDLE-NEWER-FORMAT", "BUNDLE-CUT",
                                         "BUNDLE-DAMAGED"};
    for (const char* name : {"first-day.bundle", "second-day.bundle"}) {
        std::string bytes = sample::golden(name);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (const char mask : {'\x01', '\x20', '\x80'}) {
                bytes[i] = static_cast<char>(bytes[i] ^ mask);
                ASSERT_TRUE(codes.contains(code_of(bytes)))
                    << name << " " << i << " '" << code_of(bytes) << "'";
                bytes[i] = static_cast<char>(bytes[i] ^ mask);
            }
        }
        EXPECT_EQ(code_of(bytes), "");
    }
}

TEST(Bundle, CutAnywhereSaysSo) {
    for (const char* name : {"first-day.bundle", "second-day.bundle"}) {
        const std::string bytes = sample::golden(name);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            ASSERT_EQ(code_of(std::string_view(bytes).substr(0, size)), "BUNDLE-CUT") << name << " " << size;
        }
    }
}

TEST(Bundle, WithAnythingAppendedIsRefused) {
    const std::string bytes = sample::golden("first-day.bundle");
    for (const char* more : {"\n", " ", "a", "signature\n"})
        EXPECT_EQ(code_of(bytes + more), "BUNDLE-DAMAGED");
    EXPECT_EQ(code_of(bytes + std::string(1, '\0')), "BUNDLE-DAMAGED");
    EXPECT_EQ(code_of(bytes + bytes), "BUNDLE-DAMAGED");
    EXPECT_EQ(code_of(signed_again(bytes) + "\n"), "BUNDLE-DAMAGED");
}

TEST(Bundle, OfSomethingElseOrOfANewerProgramIsToldApart) {
    const std::string bytes = sample::golden("first-day.bundle");
    EXPECT_EQ(code_of(sample::golden("witnessed.note")), "BUNDLE-NOT-A-BUNDLE");
    EXPECT_EQ(code_of("\xef\xbb\xbf" + bytes), "BUNDLE-NOT-A-BUNDLE");
    EXPECT_EQ(code_of("Sala bundle 1\n"), "BUNDLE-NOT-A-BUNDLE");
    EXPECT_EQ(code_of(replaced(bytes, "bundle 1\n", "bundle 3\n")), "BUNDLE-NEWER-FORMAT");
    EXPECT_EQ(code_of("sala bundle 10\nwhatever follows"), "BUNDLE-NEWER-FORMAT");
    EXPECT_EQ(code_of(signed_again(replaced(bytes, "{\"v\":1,\"seq\":4,", "{\"v\":3,\"seq\":4,"))),
              "BUNDLE-NEWER-FORMAT");
    for (const char* version : {"0", "01", "1 ", " 1", "+1", "-1", "one", "99999999999999999999"}) {
        EXPECT_EQ(code_of(replaced(bytes, "bundle 1\n", fmt::format("bundle {}\n", version))),
                  "BUNDLE-DAMAGED");
    }
}

TEST(Bundle, SaysItsOwnLength) {
    const std::string bytes = sample::golden("first-day.bundle");
    const std::string length = fmt::format("length {}\n", bytes.size());
    const auto with = [&](const std::string& text) { return code_of(replaced(bytes, length, text)); };
    EXPECT_EQ(with(fmt::format("length {}\n", bytes.size() + 1)), "BUNDLE-CUT");
    EXPECT_EQ(with(fmt::format("length {}\n", bytes.size() - 1)), "BUNDLE-DAMAGED");
    EXPECT_EQ(with(fmt::format("length 0{}\n", bytes.size() + 1)), "BUNDLE-DAMAGED");
    EXPECT_EQ(with(fmt::format("length +{}\n", bytes.size())), "BUNDLE-DAMAGED");
    EXPECT_EQ(with("length \n"), "BUNDLE-DAMAGED");
    EXPECT_EQ(with("length 99999999999999999999\n"), "BUNDLE-DAMAGED");
}

TEST(Bundle, OfEveryLengthIsWrittenSoThatItOpens) {
    // Around 1,000 x 10 bytes, where the length's own digits count.
    const crypto::SigningKey key = sample::device_key();
    std::vector<Line> lines = sample::lines();
    lines.resize(2);
    std::set<std::size_t> digits;
    for (std::size_t pad = 8600; pad < 9300; ++pad) {
        std::get<Boot>(lines[1].happening).version.assign(pad, 'a');
        const std::string bytes =
            write_bundle({"banmai", sample::kDomain, {}, sample::written(lines, 0, 2), ""}, key);
        ASSERT_EQ(code_of(bytes), "") << pad;
        digits.insert(fmt::format("{}", bytes.size()).size());
    }
    EXPECT_EQ(digits, (std::set<std::size_t>{4, 5}));
}

TEST(Bundle, ThatItsOwnKeySignedIsStillHeldToTheFormat) {
    const std::string first = sample::golden("first-day.bundle");
    const std::string second = sample::golden("second-day.bundle");
    const std::string code = device_code(sample::device_key().public_key());
    const std::string bad[] = {
        replaced(first, "office banmai\n", "office Banmai\n"),
        replaced(first, "office banmai\n", "office banma\n"),  // not what log_start says
        replaced(first, "origin banmai.go.th", "origin banmai.or.th"),
        replaced(first, code, code.substr(0, 25) + "A"),
        replaced(first, "from 0\n", "from 1\n"),
        replaced(first, "from 0\n", "from 00\n"),
        replaced(first, "to 19\n", "to 18\n"),
        replaced(first, "to 19\n", "to 0\n"),
        replaced(first, "to 19\n", "to 50001\n"),
        replaced(first, "cosigned 0\n", "cosigned 1\n"),
        replaced(first, "cosigned 0\n", ""),
        replaced(first, "cosigned 0\n", "cosigned 0\n\n"),
        replaced(first, "\"day\":20270115,\"k\":5", "\"day\":20270115,\"k\":6"),
        replaced(first, "\"seq\":3", "\"seq\":2"),
        replaced(first, ",\"kind\"", ", \"kind\""),
        replaced(first, "\n19\n", "\n20\n"),
        replaced(second, "frontier hlbI", "frontier HlbI"),
        replaced(second, "cosigned 6\n", "cosigned 5\n"),
        replaced(second, "cosigned 6\n", "cosigned 7\n"),
        replaced(second, "cosigned 6\n", "cosigned 21\n"),
        replaced(second, "\n19\n", "\n18\n"),
    };
    for (const std::string& bytes : bad) EXPECT_EQ(code_of(signed_again(bytes)), "BUNDLE-DAMAGED");
}

TEST(Bundle, MayBeginWithNothingButItsOwnLogsStart) {
    std::vector<Line> lines = sample::lines();
    const auto bundle = [&] {
        return write_bundle({"banmai", sample::kDomain, {}, sample::written(lines, 0, 3), ""},
                            sample::device_key());
    };
    EXPECT_EQ(code_of(bundle()), "");
    auto& start = std::get<LogStart>(lines[0].happening);
    start.office = "banmao";
    EXPECT_EQ(code_of(bundle()), "BUNDLE-DAMAGED");
    start.office = "banmai";
    start.key = sample::office_key().public_key();
    start.origin = log_origin(sample::kDomain, device_code(start.key));
    EXPECT_EQ(code_of(bundle()), "BUNDLE-DAMAGED");
    lines[0].happening = Alive{};
    EXPECT_EQ(code_of(bundle()), "BUNDLE-DAMAGED");
}

TEST(Bundle, RefusesACosignedNoteOfAnotherLogOrTree) {
    const std::vector<Line> all = sample::lines();
    const auto with = [&](const Note& note) {
        return code_of(write_bundle(
            {"banmai", sample::kDomain, sample::tree_of(all, 19), sample::written(all, 19, 40), note.bytes()},
            sample::device_key()));
    };
    const Frontier tree = sample::tree_of(all, 19);
    const Note good = signed_checkpoint(tree, sample::origin(), sample::device_key());
    EXPECT_EQ(with(good), "");
    EXPECT_EQ(with(signed_checkpoint(sample::tree_of(all, 7), sample::origin(), sample::device_key())), "");
    EXPECT_EQ(with(signed_checkpoint(tree, sample::origin() + "x", sample::device_key())), "BUNDLE-DAMAGED");
    EXPECT_EQ(with(signed_checkpoint(tree, sample::origin(), sample::office_key())), "BUNDLE-DAMAGED");
    Frontier other;
    for (int i = 0; i < 19; ++i) other.append(leaf_hash("x"));
    EXPECT_EQ(with(signed_checkpoint(other, sample::origin(), sample::device_key())), "BUNDLE-DAMAGED");
}

TEST(Bundle, LargerThanTheLimitIsNotRead) {
    std::string bytes = sample::golden("first-day.bundle");
    bytes.resize(kBundleBytesMax + 1, '\n');
    EXPECT_EQ(code_of(bytes), "BUNDLE-TOO-LARGE");
    bytes.pop_back();
    EXPECT_EQ(code_of(bytes), "BUNDLE-DAMAGED");
}

}  // namespace
}  // namespace sala::ledger
