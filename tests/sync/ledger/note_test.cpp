#include "sync/ledger/note.h"

#include "tests/sync/ledger/sample.h"

namespace sala::ledger {
namespace {

constexpr const char* kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* kC2spExample = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kLog =
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
constexpr const char* kWitnesses[] = {
    "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
};

VerifierKey key_of(const char* text) {
    const Result<VerifierKey> key = parse_verifier_key(text);
    EXPECT_TRUE(key) << text;
    return key ? *key : VerifierKey{};
}

Note note_of(std::string_view bytes) {
    const Result<Note> note = parse_note(bytes);
    EXPECT_TRUE(note) << bytes;
    return note ? *note : Note{};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(Note, OfAnotherImplementationVerifies) {
    const std::string peter = sample::golden("peter-neumann.note");
    EXPECT_EQ(check_note(note_of(peter), key_of(kPeter)), NoteCheck::kValid);
    EXPECT_EQ(note_of(peter).bytes(), peter);
    const std::string example = sample::golden("c2sp-example.note");
    EXPECT_EQ(check_note(note_of(example), key_of(kC2spExample)), NoteCheck::kValid);
    EXPECT_EQ(check_note(note_of(example), key_of(kPeter)), NoteCheck::kAbsent);
    EXPECT_EQ(check_note(note_of(replaced(example, "This", "Thus")), key_of(kC2spExample)),
              NoteCheck::kForged);
}

TEST(Note, OfARealLogCarriesFourWitnessesCosignatures) {
    const std::string bytes = sample::golden("witnessed.note");
    const Note note = note_of(bytes);
    EXPECT_EQ(note.bytes(), bytes);
    EXPECT_EQ(check_note(note, key_of(kLog)), NoteCheck::kValid);
    const Note other = note_of(replaced(bytes, "1432088532", "1432088531"));
    for (const char* text : kWitnesses) {
        const VerifierKey witness = key_of(text);
        EXPECT_EQ(witness.type, KeyType::kCosignature);
        std::uint64_t time_s = 0;
        EXPECT_EQ(check_note(note, witness, &time_s), NoteCheck::kValid) << text;
        EXPECT_EQ(time_s, 1'779'573'024U) << text;
        EXPECT_EQ(check_note(other, witness), NoteCheck::kForged) << text;
        VerifierKey as_log = witness;
        as_log.type = KeyType::kEd25519;
        EXPECT_EQ(check_note(note, as_log), NoteCheck::kAbsent);
    }
    const Result<Checkpoint> checkpoint = parse_checkpoint(note.text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->origin, "arche2025h1.staging.ct.transparency.dev");
    EXPECT_EQ(checkpoint->size, 1'432'088'532U);
}

TEST(Note, BindsACosignaturesTime) {
    Note note = note_of(sample::golden("witnessed.note"));
    for (NoteSignature& signature : note.signatures) signature.blob[7] ^= 1;
    for (const char* text : kWitnesses) EXPECT_EQ(check_note(note, key_of(text)), NoteCheck::kForged);
}

TEST(Note, RefusesACosignatureOfATimeThatNoLineCanTell) {
    const std::string text = "a.example/log\n1\n" + crypto::to_base64(Hash{}) + "\n";
    const crypto::SigningKey key = sample::office_key();
    const VerifierKey verifier{"w", KeyType::kCosignature, key.public_key()};
    constexpr std::uint64_t kTooLate = std::uint64_t{1} << 53;
    EXPECT_EQ(check_note({text, {cosign_note(text, "w", key, kTooLate - 1)}}, verifier), NoteCheck::kValid);
    EXPECT_EQ(check_note({text, {cosign_note(text, "w", key, kTooLate)}}, verifier), NoteCheck::kForged);
}

TEST(Note, SkipsUnknownKeysAndIsCondemnedByAForgedKnownOne) {
    const crypto::SigningKey key = sample::device_key();
    const crypto::SigningKey other = sample::office_key();
    const VerifierKey verifier{"a", KeyType::kEd25519, key.public_key()};
    const std::string text = "text\n";
    const NoteSignature good = sign_note(text, "a", key);
    NoteSignature forged = sign_note("another text\n", "a", key);
    EXPECT_EQ(check_note({text, {sign_note(text, "a", other), good}}, verifier), NoteCheck::kValid);
    EXPECT_EQ(check_note({text, {sign_note(text, "b", key), good}}, verifier), NoteCheck::kValid);
    EXPECT_EQ(check_note({text, {sign_note(text, "a", other)}}, verifier), NoteCheck::kAbsent);
    EXPECT_EQ(check_note({text, {forged, good}}, verifier), NoteCheck::kForged);
    forged.blob.pop_back();
    EXPECT_EQ(check_note({text, {forged}}, verifier), NoteCheck::kForged);
}

TEST(Note, RefusesWhatIsNotSpeltExactly) {
    const std::string good = sample::golden("peter-neumann.note");
    ASSERT_TRUE(parse_note(good));
    const std::string line = good.substr(good.find("\xe2\x80\x94"));
    const std::string bad[] = {
        "",
        "\n",
        "\n\n",
        good.substr(0, good.size() - 1),  // no LF at the end
        good + "\n",                      // the last empty line is then behind the signatures
        good + " ",
        replaced(good, "\n\n", "\n"),  // no empty line
        good.substr(0, good.find("\xe2\x80\x94")),
        replaced(good, "\xe2\x80\x94", "-"),
        replaced(good, "\xe2\x80\x94 ", "\xe2\x80\x94"),
        replaced(good, "\xe2\x80\x94 ", "\xe2\x80\x94  "),
        replaced(good, "\xe2\x80\x94 ", "\xe2\x80\x93 "),
        replaced(good, "PeterNeumann ", "PeterNeumann"),
        replaced(good, "PeterNeumann ", "PeterNeumann  "),
        replaced(good, "PeterNeumann", "Peter+Neumann"),
        replaced(good, "PeterNeumann", std::string(256, 'a')),
        replaced(good, "nAM=", "nAM"),   // padding
        replaced(good, "nAM=", "nAN="),  // unused bits
        replaced(good, "nAM=", "nAM= "),
        replaced(good, "x08go/", "x08go_"),  // URL-safe base64
        replaced(good, "=\n", "=\r\n"),
        replaced(good, "problem,", "problem,\t"),
        replaced(good, "problem,", "problem,\xff"),
        replaced(good, "problem,", std::string("problem,\0", 9)),
        "a\n\n\xe2\x80\x94 a " + crypto::to_base64(Bytes(4)) + "\n",  // a key id and nothing
    };
    for (const std::string& text : bad) {
        const Result<Note> note = parse_note(text);
        ASSERT_FALSE(note) << text;
        EXPECT_EQ(note.error().code, "NOTE-MALFORMED");
    }
    EXPECT_TRUE(parse_note(replaced(good, "PeterNeumann", std::string(255, 'a'))));
    EXPECT_TRUE(parse_note("a\n\n\xe2\x80\x94 a " + crypto::to_base64(Bytes(5)) + "\n"));
}

TEST(Note, TakesSixteenSignaturesAndSixteenKibibytes) {
    const std::string line = "\xe2\x80\x94 a " + crypto::to_base64(Bytes(68)) + "\n";
    std::string note = "text\n\n";
    for (int i = 0; i < 16; ++i) note += line;
    EXPECT_TRUE(parse_note(note));
    EXPECT_FALSE(parse_note(note + line));
    const std::string ending = "\n\n" + line;
    EXPECT_TRUE(parse_note(std::string(kNoteBytesMax - ending.size(), 'a') + ending));
    EXPECT_FALSE(parse_note(std::string(kNoteBytesMax - ending.size() + 1, 'a') + ending));
}

TEST(VerifierKey, ReadsExactlyWhatItWrites) {
    EXPECT_EQ(key_of(kPeter).text(), kPeter);
    for (const char* text : kWitnesses) EXPECT_EQ(key_of(text).text(), text);
    // Its base64 has a plus sign (transparency-dev/formats, note_cosigv1_test.go).
    EXPECT_TRUE(parse_verifier_key("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"));
    const std::string peter = kPeter;
    const std::string bad[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        replaced(peter, "PeterNeumann", ""),
        replaced(peter, "PeterNeumann", "Peter Neumann"),
        replaced(peter, "PeterNeumann", "PeterNeumanm"),
        replaced(peter, "c74f20a3", "c74f20a4"),
        replaced(peter, "c74f20a3", "C74F20A3"),
        replaced(peter, "c74f20a3", "74f20a3"),
        replaced(peter, "+ARpc", "+AApc"),
        replaced(peter, "+ARpc", "+Apc"),
        peter + "=",
        peter + "\n",
        " " + peter,
        "rekor.sigstore.dev+12345678+AwEB",
    };
    for (const std::string& text : bad) {
        const Result<VerifierKey> key = parse_verifier_key(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code, "NOTE-BAD-KEY");
    }
    VerifierKey unknown = key_of(kPeter);
    unknown.type = static_cast<KeyType>(0x02);
    EXPECT_FALSE(parse_verifier_key(unknown.text()));
}

TEST(Checkpoint, IsThreeLinesAndNothingElse) {
    const std::string root = crypto::to_base64(leaf_hash("a"));
    const std::string good = "a.example/sala/X\n12\n" + root + "\n";
    const Result<Checkpoint> read = parse_checkpoint(good);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (Checkpoint{"a.example/sala/X", 12, leaf_hash("a")}));
    EXPECT_EQ(read->text(), good);
    EXPECT_TRUE(parse_checkpoint(replaced(good, "\n12\n", "\n0\n")));
    const std::string bad[] = {
        "",
        good.substr(0, good.size() - 1),
        good + "extension\n",
        good + "\n",
        replaced(good, "\n12\n", "\n012\n"),
        replaced(good, "\n12\n", "\n+12\n"),
        replaced(good, "\n12\n", "\n-12\n"),
        replaced(good, "\n12\n", "\n12 \n"),
        replaced(good, "\n12\n", "\n\n"),
        replaced(good, "\n12\n", "\n18446744073709551616\n"),
        replaced(good, "a.example", " a.example"),
        replaced(good, "a.example/sala/X", ""),
        replaced(good, root, root.substr(4)),
        replaced(good, "=\n", "\n"),
    };
    for (const std::string& text : bad) {
        const Result<Checkpoint> checkpoint = parse_checkpoint(text);
        ASSERT_FALSE(checkpoint) << text;
        EXPECT_EQ(checkpoint.error().code, "NOTE-NOT-A-CHECKPOINT");
    }
}

TEST(Names, SpellTheDeviceAndItsLog) {
    const std::string code = device_code(sample::device_key().public_key());
    EXPECT_TRUE(is_device_code(code));
    for (const std::string& text :
         {code.substr(1), code + "A", "1" + code.substr(1), "a" + code.substr(1), std::string()}) {
        EXPECT_FALSE(is_device_code(text)) << text;
    }
    EXPECT_EQ(sample::origin(), "banmai.go.th/sala/" + code);
    EXPECT_EQ(office_key_name("banmai.go.th"), "banmai.go.th/sala/office");
}

}  // namespace
}  // namespace sala::ledger
