// Which mount is the stick: from real lines of mountinfo, and from a mount made for the test.
#include "platform/linux/sticks.h"

#include "tests/fakes/memory_stick.h"

namespace sala {
namespace {

constexpr const char* kRoot =
    "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    "26 25 0:23 / /proc rw,nosuid,nodev,noexec - proc proc rw\n";
constexpr const char* kStick =
    "90 25 8:17 / /media/sala/sdb1 rw,nosuid,nodev,noexec,relatime shared:44 master:3 - vfat /dev/sdb1 "
    "rw,flush\n";
constexpr const char* kSecond = "91 25 8:33 / /mnt/b rw,nosuid,nodev,noexec - vfat /dev/sdc1 rw\n";

std::string found(const std::string& mountinfo, const StickPlaces& places = {}) {
    const auto stick = find_stick_in(mountinfo, places, {"8:1", "8:5"});
    return stick ? stick->string() : stick.error().code;
}

TEST(Sticks, TheOneMountOfADeviceBelowMediaIsTheStick) {
    EXPECT_EQ(found(std::string(kRoot) + kStick), "/media/sala/sdb1");
    EXPECT_EQ(found(kRoot), "STICK-NONE");
    EXPECT_EQ(found(""), "STICK-NONE");
    EXPECT_EQ(found(std::string(kRoot) + kStick + kSecond), "STICK-MANY");
}

TEST(Sticks, NeitherTheSystemsDiskNorTheDatasNorAMountElsewhereIsAStick) {
    EXPECT_EQ(found("90 25 8:1 /x /media/x rw,nosuid,nodev,noexec - ext4 /dev/sda1 rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 8:5 / /mnt/data rw,nosuid,nodev,noexec - ext4 /dev/sda5 rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 8:17 / /home/x rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 8:17 / /mediaeval rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 8:17 / /media rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 0:50 / /mnt/net rw,nosuid,nodev,noexec - nfs server:/x rw\n"), "STICK-NONE");
    EXPECT_EQ(found("90 25 0:51 / /mnt/ram rw,nosuid,nodev,noexec - tmpfs tmpfs rw\n"), "STICK-NONE");
}

TEST(Sticks, WithoutAllThreeFlagsAStickIsNotTouched) {
    for (const char* options :
         {"rw", "rw,nosuid,nodev", "rw,nosuid,noexec", "rw,nodev,noexec", "rw,nosuidx,nodev,noexec"}) {
        EXPECT_EQ(
            found(fmt::format("90 25 8:17 / /media/a {} - vfat /dev/sdb1 rw,nodev,noexec,nosuid\n", options)),
            "STICK-MOUNTED-UNSAFE")
            << options;
    }
}

TEST(Sticks, NamesWithSpacesAreReadAndBrokenLinesSkipped) {
    EXPECT_EQ(found("90 25 8:17 / /media/MY\\040STICK\\134 rw,nosuid,nodev,noexec - vfat /dev/sdb1 rw\n"),
              "/media/MY STICK\\");
    EXPECT_EQ(found(std::string("x\n\n90 25\n90 25 8:17 / /media/a rw - \n") + kStick), "/media/sala/sdb1");
}

TEST(Sticks, AStickMountedTwiceOnOneFolderIsOneAndTheLaterCounts) {
    EXPECT_EQ(found(std::string("89 25 8:17 / /media/sala/sdb1 rw - vfat /dev/sdb1 rw\n") + kStick),
              "/media/sala/sdb1");
}

TEST(Sticks, AStickMountedInTwoPlacesIsOneAndItsSafePlaceIsUsed) {
    const std::string unsafe = "89 25 8:17 / /media/desktop/A rw - vfat /dev/sdb1 rw\n";
    EXPECT_EQ(found(unsafe + kStick), "/media/sala/sdb1");
    EXPECT_EQ(found(kStick + unsafe), "/media/sala/sdb1");
}

TEST(Sticks, ARealMountIsFoundUntilItIsPulled) {
    const std::filesystem::path below =
        std::filesystem::path(testing::TempDir()) / fmt::format("sticks.{}", getpid());
    const auto find = [&] {
        const auto stick = find_stick(stick_places_below(below));
        return stick ? stick->string() : stick.error().code;
    };
    {
        MemoryStick stick(below / "a stick", 1 << 20);
        EXPECT_EQ(find(), (below / "a stick").string());
        MemoryStick unsafe(below / "b", 1 << 20, 0);
        EXPECT_EQ(find(), "STICK-MANY");
        stick.pull();
        EXPECT_EQ(find(), "STICK-MOUNTED-UNSAFE");
    }
    EXPECT_EQ(find(), "STICK-NONE");
    std::filesystem::remove_all(below);
}

}  // namespace
}  // namespace sala
