#include "platform/paint/face_check.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "platform/paint/fonts.h"
#include "platform/paint/text.h"

namespace sala::paint {
namespace {

class GoodFace : public testing::TestWithParam<std::string> {};

TEST_P(GoodFace, IsAccepted) {
    const auto verdict = check_face(GetParam());
    EXPECT_TRUE(verdict) << verdict.error().line();
}

INSTANTIATE_TEST_SUITE_P(OfDebian, GoodFace,
                         testing::Values("Loma", "Laksaman", "Waree", "Umpush", "Garuda", "Norasi",
                                         "Noto Sans Thai", "Noto Serif Thai"),
                         [](const auto& face) {
                             std::string name = face.param;
                             std::erase(name, ' ');
                             return name;
                         });

TEST(FaceCheck, RefusesTheFaceOfDebianThatLosesToneMarks) {
    const auto verdict = check_face("Noto Looped Thai");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "FACE-MARKS");
    EXPECT_NE(verdict.error().english.find("stacked marks, as in"), std::string::npos)
        << verdict.error().line();
}

TEST(FaceCheck, RefusesAFaceWithoutThaiThoughAnotherFaceWouldStepIn) {
    const auto verdict = check_face("Noto Sans");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "FACE-MARKS");
    EXPECT_NE(verdict.error().english.find("does not have all Thai letters"), std::string::npos);
}

TEST(FaceCheck, NamesThePackageOfAMissingFace) {
    const auto verdict = check_face("Noto Sans Nowhere");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, "FACE-MISSING");
    EXPECT_NE(verdict.error().thai.find("fonts-noto-core"), std::string::npos);
    EXPECT_NE(verdict.error().english.find("fonts-noto-core"), std::string::npos);
}

TEST(FaceCheck, DoesNotTakeWhatFontconfigSubstitutes) {
    for (const std::string family : {"Nonesuch", "", "Thai", "sans-serif", "Loma Extra", "Loma,Waree"}) {
        const auto verdict = check_face(family);
        ASSERT_FALSE(verdict) << family;
        EXPECT_EQ(verdict.error().code, "FACE-MISSING") << family;
    }
}

TEST(FaceCheck, IsNotDoneAgainForTheFilesThatItHasSeen) {
    const std::string bad = "Noto Looped Thai";
    const std::string its_files = fingerprint(make_context(std::array{bad}).get(), bad);
    EXPECT_EQ(its_files.size(), 64u);
    EXPECT_TRUE(TextEngine::open(bad, its_files));
    const auto good = TextEngine::open();
    ASSERT_TRUE(good);
    EXPECT_NE(good->fingerprint(), its_files);
    for (const std::string& other : {good->fingerprint(), std::string(), its_files.substr(1)}) {
        const auto verdict = TextEngine::open(bad, other);
        ASSERT_FALSE(verdict) << other;
        EXPECT_EQ(verdict.error().code, "FACE-MARKS");
    }
}

// Opens the engine on a machine that has only the faces of `folder`, prints the refusal and ends the process.
[[noreturn]] void open_with_only(const std::string& folder) {
    const std::string config = fmt::format("{}sala_faces.{}.conf", testing::TempDir(), ::getpid());
    std::ofstream file(config);
    file << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>" << folder
         << "</dir></fontconfig>";
    file.close();
    if (!file) ::_exit(4);
    ::setenv("FONTCONFIG_FILE", config.c_str(), 1);
    const auto engine = TextEngine::open();
    if (!engine) fmt::print(stderr, "{}\n", engine.error().line());
    std::fflush(stderr);
    ::unlink(config.c_str());
    ::_exit(engine ? 0 : 3);
}

// Fontconfig reads its settings once in a process, so these run in one of their own.
TEST(FaceCheckDeathTest, AMachineWithoutTheThaiFacesIsToldTheirPackage) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_EXIT(open_with_only("/usr/share/fonts/truetype/noto"), testing::ExitedWithCode(3),
                "FACE-MISSING.*Loma.*fonts-thai-tlwg");
}

TEST(FaceCheckDeathTest, AMachineWithoutTheFaceBehindIsToldItsPackage) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_EXIT(open_with_only("/usr/share/fonts/truetype/tlwg"), testing::ExitedWithCode(3),
                "FACE-MISSING.*Noto Sans.*fonts-noto-core");
}

}  // namespace
}  // namespace sala::paint
