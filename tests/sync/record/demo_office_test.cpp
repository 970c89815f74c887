// The office that newcomers see first: complete, bilingual, and refused wherever it is cut off.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sync/record/office.h"

namespace sala::record {
namespace {

const std::filesystem::path kDemo = std::filesystem::path(SALA_SOURCE_DIR) / "assets/demo/office.toml";

std::string all_texts(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems) out += problem.text() + "\n";
    return out;
}

TEST(DemoOffice, LoadsWithoutAProblem) {
    const LoadedOffice loaded = load_office(kDemo);
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.bytes.size(), std::filesystem::file_size(kDemo));
    const Office& office = *loaded.office;
    std::string series;
    for (const Division& division : office.divisions) {
        series += fmt::format("{}{} ", division.prefix, division.name.thai);
        EXPECT_GE(division.services.size(), 2u) << division.id;
        EXPECT_LE(division.services.size(), 5u) << division.id;
    }
    EXPECT_EQ(series, "Aสำนักปลัด Bกองคลัง Cกองช่าง Dกองการศึกษาฯ Eกองสวัสดิการสังคม ");
    EXPECT_EQ(office.eit->url, "https://itas.nacc.go.th/go/eit/demo00");
    EXPECT_EQ(office.eit->host, "itas.nacc.go.th");
    EXPECT_EQ(fiscal_year(2570).first, office.eit->window.first);
    EXPECT_EQ(fiscal_year(2570).last, office.eit->window.last);
    for (const auto group :
         {ChannelGroup::kComplaint, ChannelGroup::kOfficerCorruption, ChannelGroup::kEService}) {
        EXPECT_TRUE(std::ranges::any_of(office.channels, [&](const Channel& c) { return c.group == group; }));
    }
}

TEST(DemoOffice, SpeaksEnglishInEveryText) {
    const LoadedOffice loaded = load_office(kDemo);
    ASSERT_TRUE(loaded.office);
    const auto spoken = [](const Phrase& phrase) {
        EXPECT_NE(phrase.english, phrase.thai);
        EXPECT_TRUE(std::ranges::all_of(phrase.english, [](char c) { return c >= 0x20 && c < 0x7F; }))
            << phrase.english;
    };
    spoken(loaded.office->name);
    for (const Division& division : loaded.office->divisions) {
        spoken(division.name);
        for (const Service& service : division.services) {
            for (const Phrase* p : {&service.name, &service.duration, &service.channel, &service.fee})
                spoken(*p);
            for (const Phrase& p : service.steps) spoken(p);
            for (const Phrase& p : service.papers) spoken(p);
        }
    }
}

std::size_t occurrences(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
    return count;
}

// A prefix of the file may be a complete smaller office; then it must hold every section that the text still
// names.
TEST(OfficeFile, CutAnywhereIsEitherRefusedOrASmallerOffice) {
    const std::string whole = load_office(kDemo).bytes;
    std::size_t accepted = 0, refused = 0;
    for (std::size_t cut = 0; cut < whole.size(); cut += 200) {
        const std::string text = whole.substr(0, cut);
        const LoadedOffice loaded = parse_office(text, "office.toml");
        ASSERT_NE(loaded.office.has_value(), !loaded.problems.empty()) << cut;
        if (!loaded.office) {
            ++refused;
            continue;
        }
        ++accepted;
        std::size_t services = 0;
        for (const Division& division : loaded.office->divisions) {
            ASSERT_FALSE(division.services.empty()) << cut;
            services += division.services.size();
            for (const Service& service : division.services) {
                ASSERT_FALSE(service.name.thai.empty() || service.duration.thai.empty() ||
                             service.channel.thai.empty() || service.steps.empty())
                    << cut;
            }
        }
        EXPECT_EQ(loaded.office->divisions.size(), occurrences(text, "\n[[division]]")) << cut;
        EXPECT_EQ(services, occurrences(text, "\n[[division.service]]")) << cut;
        EXPECT_EQ(loaded.office->counters.size(), occurrences(text, "\n[[division.counter]]")) << cut;
        EXPECT_EQ(loaded.office->channels.size(), occurrences(text, "\n[[channel]]")) << cut;
        // The cut did not fall inside the value of a key.
        const std::string_view last = std::string_view(text).substr(text.find_last_of('\n') + 1);
        const auto equals = last.find('=');
        EXPECT_TRUE(last.starts_with('#') || equals == std::string_view::npos ||
                    last.find_first_of("\"]}") != last.npos)
            << cut << ": " << last;
    }
    EXPECT_GT(refused, accepted);
}

}  // namespace
}  // namespace sala::record
