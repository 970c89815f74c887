#include "kiosk/app/commands.h"

#include <fmt/format.h>

#include "kiosk/app/config.h"
#include "kiosk/app/counter_page.h"
#include "kiosk/app/sending.h"
#include "kiosk/store/figures.h"
#include "kiosk/store/officer_lines.h"
#include "kiosk/store/rotation.h"
#include "kiosk/store/schema.h"
#include "platform/base/json.h"
#include "platform/linux/system_clock.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::seconds kAnswerWithin{120};  // a slow stick takes its time
constexpr const char* kExport = "export ";
constexpr std::chrono::seconds kSentWithin{1200};  // ten years of lines over a poor line take their time
constexpr const char* kClose = "close";
constexpr const char* kSend = "send";
constexpr const char* kNewPin = "new-pin";
constexpr std::size_t kNewPinLength = 7;

Outcome close_in(Store& store) {
    const Result<std::optional<DayClose>> closed = store.close_day();
    if (!closed) return outcome_of(closed.error());
    if (!*closed) return {0, "ไม่มีวันที่เปิดอยู่ / no day is open\n"};
    const DayClose& day = **closed;
    return {0,
            fmt::format("ปิดวัน {0} แล้ว ซองคะแนน {1} ซอง รอผนึก {2} คำตอบ\n"
                        "คิวที่ยังเปิดอยู่: นับเป็นบริการแล้ว {3} ราย ยกเลิก {4} ราย ยกไปวันทำการถัดไป {5} ราย\n"
                        "closed {0}: {1} envelopes, {2} ratings wait; of open tickets {3} counted as served, "
                        "{4} were cancelled, {5} are carried to the next day\n",
                        day.day, day.envelopes, day.waiting, day.tickets_served_at_close,
                        day.tickets_cancelled_at_close, day.tickets_carried)};
}

Outcome export_in(const OnStore& on_store, const std::filesystem::path& to, const LineServer::Gone& gone) {
    const Result<Export> done = export_to(on_store, to, [&](ExportStep, int) { return !gone(); });
    if (!done) return outcome_of(done.error());
    std::string text;
    for (const Error& refused : done->refused_notes) text += refused.line() + "\n";
    if (done->cosigned_size > 0) {
        text += fmt::format("สำนักงานรับแล้วถึงบรรทัดที่ {} / the office has the first {} lines\n",
                            done->cosigned_size, done->cosigned_size);
    }
    if (done->files.empty()) return {0, text + "ไม่มีข้อมูลใหม่ที่ต้องส่ง / nothing new to send\n"};
    for (const std::filesystem::path& file : done->files) text += file.string() + "\n";
    text += fmt::format(
        "เขียนและตรวจทาน {} บรรทัดแล้ว ถอดแฟลชไดรฟ์ได้\n"
        "wrote and verified {} lines; it is safe to remove the stick\n",
        done->to - done->from, done->to - done->from);
    return {0, text};
}

Outcome send_in(const OnStore& on_store, const LineServer::Gone& gone) {
    const SendOutcome outcome = send_lines(on_store, [&](int) { return !gone(); });
    if (const auto* not_sent = std::get_if<NotSent>(&outcome)) return outcome_of(not_sent->error);
    const Sent& sent = std::get<Sent>(outcome);
    if (sent.lines == 0) return {0, "ไม่มีข้อมูลใหม่ที่ต้องส่ง / nothing new to send\n"};
    return {0, fmt::format("ส่งแล้ว {} บรรทัด สำนักงานรับแล้วถึงบรรทัดที่ {}\n"
                           "sent {} lines; the office has the first {} lines\n",
                           sent.lines, sent.cosigned_size, sent.lines, sent.cosigned_size)};
}

Outcome tell_pin(const Result<std::string>& pin, const std::string& counter) {
    if (!pin) return outcome_of(pin.error());
    if (!counter.empty()) {
        return {0, fmt::format("รหัส PIN ใหม่ของช่องบริการ {} คือ {}  จดไว้ จะไม่แสดงอีก\n"
                               "the new PIN of counter {} is {}; write it down, it is not shown again\n",
                               counter, *pin, counter, *pin)};
    }
    return {0, fmt::format("รหัส PIN ใหม่ของเจ้าหน้าที่ {}  จดไว้ จะไม่แสดงอีก (เปลี่ยนได้ที่หน้าเจ้าหน้าที่)\n"
                           "the officer's new PIN is {}; write it down, it is not shown again\n",
                           *pin, *pin)};
}

// Over the socket: the exit code on a line of its own, then the text.
std::string packed(const Outcome& outcome) { return fmt::format("{}\n{}", outcome.exit_code, outcome.text); }

Result<Outcome> unpacked(const std::string& answer) {
    if (answer.size() < 2 || answer[0] < '0' || answer[0] > '3' || answer[1] != '\n') {
        return Error{"SOCKET-FAILED", "ตู้บริการตอบกลับมาไม่ถูกต้อง", "the kiosk's answer makes no sense"};
    }
    return Outcome{answer[0] - '0', answer.substr(2)};
}

// What the running kiosk answers; nothing where none runs.
std::optional<Outcome> ask(const std::filesystem::path& data, const std::string& request) {
    const Result<std::string> answer =
        ask_socket(socket_path(data), request, request == kSend ? kSentWithin : kAnswerWithin);
    if (!answer && answer.error().code == "SOCKET-NOBODY") return {};
    if (!answer) return outcome_of(answer.error());
    const Result<Outcome> outcome = unpacked(*answer);
    return outcome ? *outcome : outcome_of(outcome.error());
}

// Opens the store of a kiosk that is off, and does it.
Outcome do_beside(const std::filesystem::path& data, const std::function<Outcome(Store)>& work) {
    if (std::error_code ignored; !std::filesystem::exists(database_path(data), ignored)) {
        return outcome_of({"DB-NOT-FOUND", fmt::format("ไม่พบข้อมูลของตู้บริการใน {}", data.string()),
                           fmt::format("there is no kiosk's data in {}", data.string())});
    }
    Result<DataFolder> folder = DataFolder::lock(data);
    if (!folder) return outcome_of(folder.error());
    const record::LoadedOffice loaded = record::load_office(kept_config_path(data));
    if (!loaded.office) return refused_config(loaded);
    const SystemClock clock;
    const crypto::Hash config = crypto::sha256(bytes_of(loaded.bytes));
    Result<Store> store =
        Store::open(*std::move(folder), *loaded.office, config, clock, kVersion, Opening::kCommand);
    return store ? work(*std::move(store)) : outcome_of(store.error());
}

// Before the first run there is no journal yet, and a PIN may be made without a line in it.
Outcome new_pin_beside(const std::filesystem::path& data, const std::string& counter) {
    {
        const Result<DataFolder> folder = DataFolder::lock(data);
        if (!folder) return outcome_of(folder.error());
        const Result<std::optional<crypto::SigningKey>> key = folder->key();
        if (!key) return outcome_of(key.error());
        if (!*key) {
            Result<sqlite::Database> database = open_store_database(data, sqlite::OpenMode::kCreate);
            if (!database) return outcome_of(database.error());
            return tell_pin(PinLock::set_random(*database, counter), counter);
        }
    }
    return do_beside(data,
                     [&](Store store) { return tell_pin(replace_pin_at_random(store, counter), counter); });
}

// Asks the running kiosk, or opens the store here and does it.
Outcome ask_or_do(const std::filesystem::path& data, const std::string& request) {
    if (const std::optional<Outcome> answer = ask(data, request)) return *answer;
    return do_beside(data, [&](Store store) {
        const Result<Outcome> outcome = unpacked(answer_request(store, request));
        return outcome ? *outcome : outcome_of(outcome.error());
    });
}

}  // namespace

std::filesystem::path kept_config_path(const std::filesystem::path& data) { return data / "office.toml"; }

Outcome outcome_of(const Error& error) {
    // What the machine failed at is a fault; what we would not do is a refusal.
    const bool fault = error.code.starts_with("DB-FAILED") || error.code == "SOCKET-FAILED";
    return {fault ? 1 : 3, error.line() + "\n"};
}

std::string answer_request(const OnStore& on_store, const std::string& request,
                           const LineServer::Gone& gone) {
    if (request.starts_with(kExport)) {
        return packed(export_in(on_store, request.substr(std::string_view(kExport).size()), gone));
    }
    if (request == kSend) return packed(send_in(on_store, gone));
    // "new-pin" or "new-pin COUNTER"
    const bool pin = request == kNewPin || request.starts_with(std::string(kNewPin) + " ");
    const std::string counter = pin ? request.substr(std::min(request.size(), kNewPinLength + 1)) : "";
    if (request != kClose && !pin) {
        return packed({2, "the kiosk does not know this request\n"});
    }
    Outcome outcome = outcome_of({"STORE-BUSY", "ระบบกำลังบันทึกรายการก่อนหน้า โปรดลองอีกครั้ง",
                                  "the kiosk is still recording what came before; try again"});
    on_store([&](Store& store) {
        outcome = pin ? tell_pin(replace_pin_at_random(store, counter), counter) : close_in(store);
    });
    return packed(outcome);
}

std::string answer_request(Store& store, const std::string& request) {
    return answer_request(directly_on(store), request, [] { return false; });
}

Outcome refused_config(const record::LoadedOffice& loaded) {
    std::string text;
    for (const record::Problem& problem : loaded.problems) text += problem.text() + "\n";
    return {3, text};
}

Outcome run_check_config(const std::filesystem::path& config) {
    const record::LoadedOffice loaded = record::load_office(config);
    if (!loaded.office) return refused_config(loaded);
    return {0,
            fmt::format("{}: ใช้ได้ {} กอง\n{}: fine, {} divisions\n", config.string(),
                        loaded.office->divisions.size(), config.string(), loaded.office->divisions.size())};
}

Outcome run_status(const std::filesystem::path& data, bool json) {
    const Result<Figures> figures = read_figures(data);
    if (!figures) return outcome_of(figures.error());
    return {0, json ? figures->json() : figures->text()};
}

Outcome run_close(const std::filesystem::path& data) { return ask_or_do(data, kClose); }

Outcome run_rotate(const std::filesystem::path& data, bool leave_waiting) {
    return do_beside(data, [&](Store store) -> Outcome {
        const Result<Rotation> done = rotate(std::move(store), leave_waiting);
        if (!done) return outcome_of(done.error());
        return {0, fmt::format(
                       "เปลี่ยนกุญแจแล้ว รหัสตู้บริการใหม่ {} แทน {} คะแนนที่ไม่ถูกนับ {}\n"
                       "the key is changed: the new device code is {}, in place of {}; {} ratings are never "
                       "counted\n"
                       "sala-office enrol --device {} --name ... --replaces {}\n",
                       done->next, done->ended, done->uncounted, done->next, done->ended, done->uncounted,
                       done->next, done->ended)};
    });
}

Outcome run_replace(const std::filesystem::path& data, const std::string& lost) {
    const Result<DataFolder> folder = DataFolder::lock(data);
    if (!folder) return outcome_of(folder.error());
    if (Result<void> done = replace_lost(*folder, lost); !done) return outcome_of(done.error());
    return {0, fmt::format("บันทึกใหม่จะเริ่มแทนตู้ {} เมื่อเปิดตู้บริการ แล้วลงทะเบียนรหัสใหม่ด้วย --replaces {}\n"
                           "the new log will begin in the place of {}; start the kiosk, then enrol its code "
                           "with --replaces {}\n",
                           lost, lost, lost, lost)};
}

Outcome run_send(const std::filesystem::path& data) { return ask_or_do(data, kSend); }

Outcome run_new_pin(const std::filesystem::path& data, const std::string& counter) {
    // Of a typing error no PIN is made that nobody could use.
    const record::LoadedOffice office = record::load_office(kept_config_path(data));
    if (!counter.empty() &&
        (!office.office || std::ranges::find(office.office->counters, counter, &record::Counter::id) ==
                               office.office->counters.end())) {
        return outcome_of(
            {"PIN-NO-COUNTER", fmt::format("ไม่มีช่องบริการ {} ในไฟล์ตั้งค่าที่ตู้บริการใช้อยู่ จึงไม่ได้ออกรหัส", counter),
             fmt::format("the configuration in force has no counter {}; no PIN was made", counter)});
    }
    const std::string request = counter.empty() ? kNewPin : fmt::format("{} {}", kNewPin, counter);
    if (const std::optional<Outcome> answer = ask(data, request)) return *answer;
    return new_pin_beside(data, counter);
}

Outcome run_counter_certificate(const std::filesystem::path& data, const std::filesystem::path& config,
                                const std::filesystem::path& to) {
    const RunConfig loaded = load_config(config, data);
    if (!loaded.office) return {3, loaded.text()};
    const auto file = write_authority(*loaded.office, data, to);
    if (!file) return outcome_of(file.error());
    const record::ListenAt& at = *loaded.office->counter_page;
    return {
        0,
        fmt::format(
            "เขียน {} แล้ว ติดตั้งบนคอมพิวเตอร์ของแต่ละช่องบริการครั้งเดียว:\n"
            "  ดับเบิลคลิกไฟล์ > ติดตั้งใบรับรอง > เครื่องนี้ > วางในที่เก็บ \"ผู้ออกใบรับรองหลักที่เชื่อถือได้\"\n"
            "ใบรับรองนี้ใช้ได้กับตู้บริการที่ {} เท่านั้น แล้วเปิด https://{}:{}/\n"
            "wrote {}; install it once on each counter's PC, among the trusted root authorities. It vouches "
            "for {} and nothing else\n",
            file->string(), at.address, at.address, at.port, file->string(), at.address)};
}

Outcome run_export(const std::filesystem::path& data, const std::filesystem::path& to) {
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(to, error);
    if (absolute.native().find('\n') != std::string::npos) {
        return outcome_of({"EXPORT-NO-FOLDER", "ชื่อโฟลเดอร์ใช้ไม่ได้", "the folder's name cannot be used"});
    }
    return ask_or_do(data, kExport + absolute.string());
}

}  // namespace sala::kiosk
