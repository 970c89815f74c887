// What a stick does to people: full, locked, pulled, broken, lying. Each a sentence of its own, and nothing
// lost.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "kiosk/store/exporter.h"
#include "platform/base/files.h"
#include "tests/fakes/memory_stick.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

using Names = std::vector<std::string>;

// From here on a call of this thread fails as it would on a stick that no longer answers: the kernel itself
// says so.
void fail_calls(std::uint32_t call, std::uint32_t number) {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | number),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{std::size(program), program};
    ASSERT_EQ(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ASSERT_EQ(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter), 0) << "no seccomp filter on this system";
}

class StickFaultsTest : public StoreFixture {
  protected:
    static constexpr std::size_t kRoomy = std::size_t{8} << 20;

    void SetUp() override {
        StoreFixture::SetUp();
        // Some pieces of a file, so that there is a middle.
        const auto written = store().change([](Draft& draft) -> Result<void> {
            for (int i = 0; i < 6'000; ++i) {
                if (auto seq = draft.append(ledger::Alive{}); !seq) return seq.error();
            }
            return {};
        });
        ASSERT_TRUE(written.ok());
        size_ = store().position().tree.size();
    }
    void TearDown() override {
        EXPECT_EQ(store().position().tree.size(), size_) << "a stick's fault changed the store";
        StoreFixture::TearDown();
    }
    std::filesystem::path place() const { return root_ / "sticks" / "one"; }

    Result<Export> export_to_place(const ExportProgress& progress = [](ExportStep, int) { return true; }) {
        return export_to(directly_on(store()), place(), progress);
    }
    // Does `act` once, in the middle of the writing.
    static ExportProgress in_the_middle(std::function<void()> act) {
        return [act = std::move(act), done = std::make_shared<bool>(false)](ExportStep step, int percent) {
            if (step == ExportStep::kWriting && percent >= 20 && percent < 80 && !std::exchange(*done, true))
                act();
            return true;
        };
    }
    std::string code_of(const Result<Export>& done) { return done ? "" : done.error().code; }
    Names names() const {
        Names found;
        for (const auto& entry : std::filesystem::directory_iterator(place())) {
            found.push_back(entry.path().filename());
        }
        return found;
    }
    // The next stick gets everything from the same line.
    void expect_all_on_another_stick() {
        const MemoryStick another(root_ / "sticks" / "other", kRoomy);
        const Result<Export> done = export_to(store(), another.folder());
        ASSERT_TRUE(done.ok()) << done.error().line();
        EXPECT_EQ(done->from, 0u);
        EXPECT_EQ(done->to, size_);
        for (const auto& file : done->files) {
            const auto bytes = read_file(file, ledger::kBundleBytesMax);
            ASSERT_TRUE(bytes.ok());
            EXPECT_TRUE(ledger::open_bundle(*bytes).ok());
        }
    }

    std::uint64_t size_ = 0;
};

TEST_F(StickFaultsTest, AStickWithoutRoomIsFullBeforeAnythingIsWritten) {
    const MemoryStick stick(place(), 128 << 10);
    EXPECT_EQ(code_of(export_to_place()), "STICK-FULL");
    EXPECT_EQ(names(), Names{});
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, AStickThatFillsUpMeanwhileKeepsNoHalfFile) {
    MemoryStick stick(place(), kRoomy);
    EXPECT_EQ(code_of(export_to_place(in_the_middle([&] { stick.fill_up(); }))), "STICK-FULL");
    EXPECT_EQ(names(), Names{"filler"});
    std::filesystem::remove(place() / "filler");
    const Result<Export> again = export_to_place();
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->from, 0u);
    EXPECT_EQ(again->to, size_);
}

TEST_F(StickFaultsTest, AReadOnlyStickIsNamed) {
    MemoryStick stick(place(), kRoomy);
    stick.make_read_only();
    EXPECT_EQ(code_of(export_to_place()), "STICK-READ-ONLY");
    EXPECT_EQ(names(), Names{});
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, AStickThatTurnsReadOnlyMeanwhileIsNamed) {
    MemoryStick stick(place(), kRoomy);
    // tmpfs refuses to be read-only while a file is open for writing; a failing FAT does it at any time. So
    // the system calls say it.
    std::string code;
    std::thread([&] {
        fail_calls(__NR_renameat, EROFS);
        code = code_of(export_to_place());
    }).join();
    EXPECT_EQ(code, "STICK-READ-ONLY");
    EXPECT_EQ(names(), Names{});
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, AStickPulledMidWriteLeavesNothingOnTheDiskBelow) {
    MemoryStick stick(place(), kRoomy);
    EXPECT_EQ(code_of(export_to_place(in_the_middle([&] { stick.pull(); }))), "STICK-GONE");
    EXPECT_EQ(names(), Names{}) << "written onto the kiosk's own disk";
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, AStickPulledBeforeItIsReadBackIsNotSaidToBeWritten) {
    MemoryStick stick(place(), kRoomy);
    const auto done = export_to_place([&](ExportStep step, int) {
        if (step == ExportStep::kReadingBack) stick.pull();
        return true;
    });
    EXPECT_EQ(code_of(done), "STICK-GONE");
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, ADeviceThatFailsAtItsSyncIsGoneAndLeavesNoFile) {
    for (const int error : {EIO, ENODEV, ESTALE}) {
        const auto number = static_cast<std::uint32_t>(error);
        const MemoryStick stick(place(), kRoomy);
        std::string code;
        std::thread([&] {
            fail_calls(__NR_fdatasync, number);
            code = code_of(export_to_place());
        }).join();
        EXPECT_EQ(code, "STICK-GONE") << number;
        EXPECT_EQ(names(), Names{}) << number;
    }
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, WhatReadsBackOtherwiseIsRemovedAndNamed) {
    const MemoryStick stick(place(), kRoomy);
    const auto done = export_to_place([&](ExportStep step, int percent) {
        if (step == ExportStep::kReadingBack && percent == 0) {
            std::fstream file(place() / names().at(0), std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(1000);
            file.put('!');
        }
        return true;
    });
    EXPECT_EQ(code_of(done), "EXPORT-READ-BACK");
    EXPECT_EQ(names(), Names{});
    expect_all_on_another_stick();
}

TEST_F(StickFaultsTest, AStopLeavesNoHalfFile) {
    const MemoryStick stick(place(), kRoomy);
    const auto done = export_to_place(
        [](ExportStep step, int percent) { return step != ExportStep::kWriting || percent < 30; });
    EXPECT_EQ(code_of(done), "STICK-STOPPED");
    EXPECT_EQ(names(), Names{});
}

TEST_F(StickFaultsTest, WithoutItsFolderThereIsNoStick) {
    EXPECT_EQ(code_of(export_to_place()), "EXPORT-NO-FOLDER");
}

// Somebody prepared the stick: links to the kiosk's own files, pipes that would block, names that are no
// text.
TEST_F(StickFaultsTest, NothingIsWrittenOrReadThroughLinksAndPipes) {
    const MemoryStick stick(place(), kRoomy);
    ASSERT_TRUE(write_file_durably(root_ / "precious", "mine").ok());
    const Result<Export> first = export_to_place();
    ASSERT_TRUE(first.ok());
    const std::filesystem::path bundle = first->files.at(0);
    std::filesystem::remove(bundle);
    std::filesystem::create_symlink(root_ / "precious", bundle);
    std::filesystem::create_symlink(root_ / "precious", bundle.string() + ".tmp");
    std::filesystem::create_symlink(root_ / "precious", place() / "a.cosigned");
    ASSERT_EQ(::mkfifo((place() / "b\n\x1b[2J.cosigned").c_str(), 0600), 0);
    std::filesystem::create_directory(place() / "c.cosigned");
    ASSERT_EQ(::mkfifo((place() / "office.vkey").c_str(), 0600), 0);
    std::filesystem::remove(place() / "office.vkey");
    const ledger::VerifierKey vkey{ledger::office_key_name(office_.domain), ledger::KeyType::kCosignature,
                                   crypto::SigningKey::from_seed({1}).public_key()};
    ASSERT_TRUE(write_file_durably(place() / "office.vkey", vkey.text() + "\n").ok());
    const Result<Export> done = export_to_place();
    ASSERT_TRUE(done.ok()) << done.error().line();
    EXPECT_EQ(done->refused_notes.size(), 3u);
    for (const Error& refused : done->refused_notes) {
        EXPECT_EQ(refused.code, "FILE-UNREADABLE");
        EXPECT_EQ(refused.line().find_first_of("\n\x1b"), std::string::npos)
            << "a name as it stands on the stick";
    }
    EXPECT_FALSE(std::filesystem::is_symlink(bundle));
    EXPECT_EQ(*read_file(root_ / "precious", 100), "mine");
}

TEST_F(StickFaultsTest, ProgressGoesForwardStepByStepToItsEnd) {
    const MemoryStick stick(place(), kRoomy);
    std::vector<std::pair<ExportStep, int>> seen;
    ASSERT_TRUE(export_to_place([&](ExportStep step, int percent) {
                    seen.emplace_back(step, percent);
                    return true;
                }).ok());
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
    EXPECT_EQ(seen.front(), std::pair(ExportStep::kWriting, 0));
    EXPECT_EQ(seen.back(), std::pair(ExportStep::kReadingBack, 100));
    EXPECT_GT(std::ranges::count(seen, ExportStep::kWriting, &std::pair<ExportStep, int>::first), 3);
}

}  // namespace
}  // namespace sala::kiosk
