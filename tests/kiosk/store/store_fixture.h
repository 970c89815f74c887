// A kiosk's store in a folder of its own, with the demo office and a clock in hand.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "kiosk/store/exporter.h"
#include "kiosk/store/figures.h"
#include "kiosk/store/store.h"
#include "tests/fakes/hand_clock.h"

namespace sala::kiosk {

// 2027-01-15 (a Friday) 10:00 in Thailand.
inline constexpr std::int64_t kFridayMorning = 1'799'982'000'000;
inline constexpr std::int64_t kHourMs = 3'600'000;

class StoreFixture : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        root_ = std::filesystem::path(testing::TempDir()) /
                fmt::format("{}.{}.{}", info->test_suite_name(), info->name(), getpid());
        std::filesystem::remove_all(root_);
        std::filesystem::create_directories(root_);
        const record::LoadedOffice loaded =
            record::load_office(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml");
        ASSERT_TRUE(loaded.office);
        office_ = *loaded.office;
    }
    void TearDown() override {
        store_.reset();
        std::filesystem::remove_all(root_);
    }

    std::filesystem::path data() const { return root_ / "data"; }
    std::filesystem::path stick() {
        std::filesystem::create_directories(root_ / "stick");
        return root_ / "stick";
    }

    Result<Store> try_open(Opening opening = Opening::kBoot) {
        Result<DataFolder> folder = DataFolder::lock(data());
        if (!folder) return folder.error();
        return Store::open(*std::move(folder), office_, crypto::sha256(bytes_of("config")), clock_, "test",
                           opening);
    }
    // Closes what is open and opens it again: a restart of the program.
    Store& reopen() {
        store_.reset();
        Result<Store> opened = try_open();
        EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.error().line());
        store_.emplace(*std::move(opened));
        return *store_;
    }
    Store& store() { return store_ ? *store_ : reopen(); }

    VisitToken token() {
        VisitToken token{};
        token[0] = static_cast<std::uint8_t>(++tokens_);
        token[1] = static_cast<std::uint8_t>(tokens_ >> 8);
        return token;
    }
    // A visitor in no hurry: a quarter of a minute each, so that nobody is set apart.
    void rate(int score) {
        rate_at_once(score);
        clock_.pass_ms(15'000);
    }
    void rate_at_once(int score, const RatedAt& at = {}) {
        const auto stored = store().store_rating(token(), score, at);
        ASSERT_TRUE(stored.ok()) << stored.error().line();
    }
    std::string ticket(const std::string& division, const std::string& service) {
        const auto issued = store().issue_ticket(token(), {division, service});
        EXPECT_TRUE(issued.ok()) << (issued ? "" : issued.error().line());
        return issued ? issued->number : "";
    }
    const record::Division& division(std::size_t index) const { return office_.divisions.at(index); }

    std::vector<ledger::Line> lines() {
        std::vector<ledger::Line> parsed;
        const auto raw = read_lines(store().database(), 0, 100'000);
        EXPECT_TRUE(raw.ok());
        for (const std::string& line : *raw) parsed.push_back(*ledger::parse_line(line));
        return parsed;
    }
    template <typename T>
    std::vector<T> lines_of() {
        std::vector<T> found;
        for (const ledger::Line& line : lines()) {
            if (const T* happening = std::get_if<T>(&line.happening)) found.push_back(*happening);
        }
        return found;
    }

    std::filesystem::path root_;
    record::Office office_;
    HandClock clock_{kFridayMorning};
    std::optional<Store> store_;
    int tokens_ = 0;
};

}  // namespace sala::kiosk
