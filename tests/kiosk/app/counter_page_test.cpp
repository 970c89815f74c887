// What the counter page relies on, held by the real store: one order at a time, PINs on disk, a certificate
// that stays.
#include "kiosk/app/counter_page.h"

#include <sys/stat.h>

#include "kiosk/app/store_thread.h"
#include "kiosk/store/officer_lines.h"
#include "platform/base/files.h"
#include "tests/kiosk/counter/counter_pins_contract.h"
#include "tests/kiosk/counter/queue_desk_contract.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

// A kiosk of five divisions with counters, in a folder of its own.
class CounterKiosk {
  public:
    CounterKiosk() {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        root_ = std::filesystem::path(testing::TempDir()) /
                fmt::format("counter_page.{}.{}", info->name(), getpid());
        std::filesystem::remove_all(root_);
        std::filesystem::create_directories(root_);
        office_ = *record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office;
        const record::Service service = office_.divisions[0].services[0];
        const char* names[] = {"one", "two", "three", "four", "five"};
        for (std::size_t i = 0; i < std::size(names); ++i) {
            record::Division& division = office_.divisions.at(i);
            division.id = names[i];
            division.services = {service};
            division.services[0].id = "s";
        }
        office_.counters = {{"counter-1", {}, "one"}, {"counter-2", {}, "two"}};
        Result<Store> store = Store::open(*DataFolder::lock(data()), office_, {}, clock_, "test");
        EXPECT_TRUE(store) << store.error().line();
        thread_.emplace(*std::move(store), [](const Event&) {});
    }
    ~CounterKiosk() {
        thread_.reset();
        std::filesystem::remove_all(root_);
    }
    CounterKiosk(const CounterKiosk&) = delete;

    std::filesystem::path data() const { return root_ / "data"; }
    const record::Office& office() const { return office_; }
    HandClock& clock() { return clock_; }
    StoreThread& thread() { return *thread_; }

  private:
    std::filesystem::path root_;
    record::Office office_;
    HandClock clock_{kFridayMorning};
    std::optional<StoreThread> thread_;
};

class StoreDeskMaker {
  public:
    QueueDesk& desk() { return kiosk_.thread(); }
    void issue(const std::string& division, const std::string& service) {
        ASSERT_TRUE(kiosk_.thread().run([&](Store& store) {
            const auto issued = store.issue_ticket(crypto::random_array<16>(), {division, service});
            EXPECT_TRUE(issued) << issued.error().line();
        }));
        // The hall is told between this job and the next.
        kiosk_.thread().run([](Store&) {});
    }

  private:
    CounterKiosk kiosk_;
};
INSTANTIATE_TYPED_TEST_SUITE_P(Store, QueueDeskContract, StoreDeskMaker);

class StorePinsMaker {
  public:
    CounterPins& pins() { return pins_; }
    HandClock& clock() { return kiosk_.clock(); }
    void set(const std::string& counter, const std::string& pin) {
        kiosk_.thread().run([&](Store& store) { EXPECT_TRUE(PinLock::set(store.database(), pin, counter)); });
    }

  private:
    CounterKiosk kiosk_;
    StorePins pins_{kiosk_.thread().on_store(), kiosk_.clock(), kiosk_.office().counters};
};
INSTANTIATE_TYPED_TEST_SUITE_P(Store, CounterPinsContract, StorePinsMaker);

TEST(CounterPage, WritesWhichCounterWasEnteredAndNothingOfAWrongPin) {
    CounterKiosk kiosk;
    StorePins pins(kiosk.thread().on_store(), kiosk.clock(), kiosk.office().counters);
    const auto size = [&] {
        std::uint64_t lines = 0;
        kiosk.thread().run([&](Store& store) { lines = store.position().tree.size(); });
        return lines;
    };
    kiosk.thread().run([](Store& store) { EXPECT_TRUE(replace_pin(store, "493817", "counter-2")); });
    const std::uint64_t before = size();
    EXPECT_EQ(pins.check("counter-2", "493818")->kind, PinVerdict::Kind::kWrong);
    EXPECT_EQ(size(), before);
    EXPECT_EQ(pins.check("counter-2", "493817")->kind, PinVerdict::Kind::kRight);
    ASSERT_EQ(size(), before + 1);
    kiosk.thread().run([&](Store& store) {
        const auto line = ledger::parse_line(read_lines(store.database(), before, 1)->at(0));
        EXPECT_EQ(std::get<ledger::Officer>(line->happening),
                  (ledger::Officer{"counter", "counter-2", "entered"}));
    });
}

TEST(CounterPage, KeepsItsCertificateUntilTheAddressIsAnother) {
    CounterKiosk kiosk;
    record::Office office = kiosk.office();
    EXPECT_EQ(write_authority(office, kiosk.data(), kiosk.data()).error().code, "COUNTER-PAGE-OFF");
    office.counter_page = record::ListenAt{"127.0.0.1", 0};
    const auto authority = [&] {
        const auto file = write_authority(office, kiosk.data(), kiosk.data());
        EXPECT_TRUE(file) << file.error().line();
        return *read_file(*file, 16'384);
    };
    const std::string first = authority();
    EXPECT_EQ(authority(), first);
    struct stat info {};
    ASSERT_EQ(::stat((kiosk.data() / "counter.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    office.counter_page->address = "127.0.0.2";
    EXPECT_NE(authority(), first);
}

TEST(CounterPage, StartsOverTheStore) {
    CounterKiosk kiosk;
    record::Office office = kiosk.office();
    office.counter_page = record::ListenAt{"127.0.0.1", 0};
    const auto page = CounterPage::start(office, kiosk.data(), kiosk.thread(), kiosk.thread().on_store(),
                                         kiosk.clock(), [](const Event&) {});
    ASSERT_TRUE(page) << page.error().line();
    EXPECT_GT((*page)->port(), 0);
}

}  // namespace
}  // namespace sala::kiosk
