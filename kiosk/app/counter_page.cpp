#include "kiosk/app/counter_page.h"

#include <fmt/format.h>

#include <cstdio>

#include "kiosk/store/officer_lines.h"
#include "platform/base/files.h"
#include "platform/http/authority.h"

namespace sala::kiosk {
namespace {

constexpr const char* kKey = "counter.key";
constexpr const char* kCertificate = "counter.crt";
constexpr const char* kAuthority = "counter-authority.crt";
constexpr const char* kAddress = "counter.address";  // for which they were made; written last
constexpr std::size_t kFileBytesMax = 16'384;

// What is kept for this address, or made and kept now.
Result<http::AuthorityIdentity> identity_for(const std::filesystem::path& data, const std::string& address) {
    const Result<std::string> made_for = read_file(data / kAddress, kFileBytesMax);
    if (made_for && *made_for == address) {
        const auto key = read_file(data / kKey, kFileBytesMax);
        const auto certificate = read_file(data / kCertificate, kFileBytesMax);
        const auto authority = read_file(data / kAuthority, kFileBytesMax);
        if (key && certificate && authority) return http::AuthorityIdentity{{*certificate, *key}, *authority};
    }
    Result<http::AuthorityIdentity> made = http::make_authority_identity(address);
    if (!made) return made;
    // The address last: a power cut in between only makes another one.
    const std::pair<const char*, const std::string*> files[] = {
        {kKey, &made->identity.key_pem},
        {kCertificate, &made->identity.certificate_pem},
        {kAuthority, &made->authority_pem},
        {kAddress, &address}};
    std::error_code ignored;
    std::filesystem::remove(data / kAddress, ignored);
    for (const auto& [name, bytes] : files) {
        if (Result<void> written = write_file_durably(data / name, *bytes); !written) return written.error();
    }
    fmt::print(stderr,
               "sala-kiosk: the counter page at {} has a new certificate; install it on the office's PCs "
               "(sala-kiosk counter-certificate)\n",
               address);
    return made;
}

Error page_off() {
    return {"COUNTER-PAGE-OFF", "ไฟล์ตั้งค่าไม่มีส่วน [counter_page] จึงไม่มีใบรับรองให้ติดตั้ง โปรดใส่เลข IP ของตู้บริการก่อน",
            "office.toml has no [counter_page], so there is no certificate to install; name the kiosk's "
            "address there first"};
}

}  // namespace

std::optional<Event> service_finished(const std::string& place) {
    const std::size_t slash = place.find('/', 1);
    if (slash == std::string::npos) return std::nullopt;
    return ServiceFinished{{place.substr(1, slash - 1), place.substr(slash + 1)}};
}

StorePins::StorePins(OnStore on_store, const Clock& clock, const std::vector<record::Counter>& counters)
    : on_store_(std::move(on_store)) {
    for (const record::Counter& counter : counters) locks_.try_emplace(counter.id, clock, counter.id);
}

Result<PinVerdict> StorePins::check(const std::string& counter, const std::string& pin) {
    const auto found = locks_.find(counter);
    if (found == locks_.end()) return PinVerdict{};
    PinLock& lock = found->second;
    const auto verdict = [](const PinAnswer& answer) {
        return PinVerdict{static_cast<PinVerdict::Kind>(answer.kind), answer.tries_left, answer.wait_ms};
    };
    const auto begun =
        ask_store<PinTry>(on_store_, [&](Store& store) { return lock.begin(store.database()); });
    if (!begun) return begun.error();
    if (begun->answer) return verdict(*begun->answer);
    const crypto::PasswordCheck compared = crypto::check_password(begun->hash, pin);
    const auto answer = ask_store<PinAnswer>(on_store_, [&](Store& store) -> Result<PinAnswer> {
        Result<PinAnswer> ended = lock.end(store.database(), *begun, compared);
        if (!ended || ended->kind != PinAnswer::Kind::kRight) return ended;
        const Result<void> noted = note_entered(store, counter);
        return noted ? ended : noted.error();
    });
    if (!answer) return answer.error();
    return verdict(*answer);
}

static_assert(static_cast<int>(PinVerdict::Kind::kRight) == static_cast<int>(PinAnswer::Kind::kRight) &&
              static_cast<int>(PinVerdict::Kind::kWrong) == static_cast<int>(PinAnswer::Kind::kWrong) &&
              static_cast<int>(PinVerdict::Kind::kWait) == static_cast<int>(PinAnswer::Kind::kWait) &&
              static_cast<int>(PinVerdict::Kind::kNotSet) == static_cast<int>(PinAnswer::Kind::kNotSet));

Result<std::unique_ptr<CounterPage>> CounterPage::start(const record::Office& office,
                                                        const std::filesystem::path& data, QueueDesk& desk,
                                                        OnStore on_store, const Clock& clock,
                                                        std::function<void(Event)> post) {
    Result<http::AuthorityIdentity> identity = identity_for(data, office.counter_page->address);
    if (!identity) return identity.error();
    std::unique_ptr<CounterPage> page(
        new CounterPage(StorePins(std::move(on_store), clock, office.counters)));
    CounterSetup setup;
    setup.office = office;
    setup.listen = *office.counter_page;
    setup.identity = std::move(identity->identity);
    setup.desk = &desk;
    setup.pins = &page->pins_;
    setup.clock = &clock;
    setup.voice_folder = assets_folder() / "voice" / "th";
    setup.font_folder = "/usr/share/fonts/truetype/tlwg";
    setup.on_served = [post = std::move(post)](const std::string& place) {
        if (auto event = service_finished(place)) post(*std::move(event));
    };
    auto server = CounterServer::start(std::move(setup));
    if (!server) return server.error();
    for (const Error& problem : (*server)->voice_problems())
        fmt::print(stderr, "sala-kiosk: {}\n", problem.line());
    page->server_ = *std::move(server);
    return page;
}

Result<std::filesystem::path> write_authority(const record::Office& office, const std::filesystem::path& data,
                                              const std::filesystem::path& to) {
    if (!office.counter_page) return page_off();
    const Result<http::AuthorityIdentity> identity = identity_for(data, office.counter_page->address);
    if (!identity) return identity.error();
    const std::filesystem::path file = to / "sala-counter-page.crt";
    if (Result<void> written = write_file_durably(file, identity->authority_pem); !written)
        return written.error();
    return file;
}

}  // namespace sala::kiosk
