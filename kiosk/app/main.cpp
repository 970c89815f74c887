// sala-kiosk: command line (ARCHITECTURE.md, section 8). Exit 0 done, 2 wrong use, 3 refused with a code, 1
// fault.
#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>

#include "kiosk/app/commands.h"
#include "kiosk/app/run.h"
#include "kiosk/app/voice_recording.h"

namespace {

// "1920x1080", each side 320 to 4096.
bool parse_size(const std::string& text, sala::kiosk::RunOptions& options) {
    int width = 0, height = 0;
    const char* const end = text.data() + text.size();
    const auto [x, bad_width] = std::from_chars(text.data(), end, width);
    if (bad_width != std::errc() || x == end || *x != 'x') return false;
    const auto [last, bad_height] = std::from_chars(x + 1, end, height);
    if (bad_height != std::errc() || last != end) return false;
    if (std::min(width, height) < 320 || std::max(width, height) > 4096) return false;
    options.width = width;
    options.height = height;
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace sala::kiosk;
    CLI::App app("Sala ศาลา: ตู้บริการประชาชน / service counter kiosk");
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(1);

    RunOptions options;
    std::string size = "1080x1920";
    CLI::App* run = app.add_subcommand("run", "เปิดตู้บริการ / open the kiosk");
    run->add_option("--data", options.data, "the kiosk's data folder")->required();
    run->add_option("--config", options.config, "office.toml; without it the copy kept in the data folder");
    run->add_option("--size", size, "the screen's size in pixels")
        ->check(CLI::Validator(
            [&options](const std::string& text) {
                return parse_size(text, options) ? "" : "not WIDTHxHEIGHT";
            },
            "WIDTHxHEIGHT"));
    run->add_flag("--fullscreen", options.fullscreen, "the whole display, and no way out");
#ifdef SALA_INSPECT
    run->add_option("--sticks", options.sticks, "folder under which sticks are mounted");
    run->add_option("--pads", options.pads, "folder in which number pads lie");
    run->add_option("--inspect", options.inspect, "socket that answers `screen` and `widgets`");
    run->add_option("--clock", options.manual_clock_ms, "simulated time, UTC ms; moved by the inspector");
#endif

    std::filesystem::path data;
    std::filesystem::path to;
    bool json = false;
    CLI::App* status = app.add_subcommand("status", "ตัวเลขของตู้บริการ / the kiosk's figures");
    CLI::App* close = app.add_subcommand("close", "ปิดวัน / close the day");
    CLI::App* export_bundle =
        app.add_subcommand("export", "เขียนข้อมูลลงแฟลชไดรฟ์ / write the bundle to a stick");
    CLI::App* send = app.add_subcommand("send", "ส่งข้อมูลทางเครือข่าย / send over the network, now");
    CLI::App* new_pin = app.add_subcommand(
        "new-pin", "ออกรหัส PIN ใหม่ของเจ้าหน้าที่ / a new PIN for the officer's page, shown once");
    CLI::App* rotation = app.add_subcommand(
        "rotate", "เปลี่ยนกุญแจของตู้บริการ / end the log and go on under a new key, while the kiosk is off");
    CLI::App* replacing =
        app.add_subcommand("replace", "ตู้ใหม่แทนตู้ที่ข้อมูลหรือกุญแจหาย / begin a new log in the place of a lost one");
    CLI::App* certificate =
        app.add_subcommand("counter-certificate",
                           "ใบรับรองของหน้าเรียกคิวสำหรับติดตั้งบนคอมพิวเตอร์ของสำนักงาน / what office PCs install to "
                           "trust the counter page");
    for (CLI::App* command :
         {status, close, export_bundle, send, new_pin, rotation, replacing, certificate}) {
        command->add_option("--data", data, "the kiosk's data folder")->required();
    }
    status->add_flag("--json", json, "one line of JSON");
    export_bundle->add_option("--to", to, "the stick's folder")->required();
    certificate->add_option("--to", to, "the stick's folder")->required();
    std::string counter;
    new_pin->add_option("--counter", counter, "a counter's id: its PIN for the counter page");

    bool leave_waiting = false;
    rotation->add_flag("--leave-waiting", leave_waiting, "ratings that wait are never counted");
    std::string lost;
    replacing->add_option("--lost", lost, "code of the kiosk whose key or data is lost")->required();

    RecordingOrder recording;
    CLI::App* record =
        app.add_subcommand("record-voice", "บันทึกเสียงเรียกคิว / record the voice that calls, at a terminal");
    record
        ->add_option("--to", recording.folder, "the clips' folder; assets/voice/th is where the kiosk looks")
        ->required();
    record->add_flag("--again", recording.again, "also the clips that are there already");

    std::filesystem::path config;
    CLI::App* check_config = app.add_subcommand("check-config", "ตรวจไฟล์ตั้งค่า / check a configuration file");
    check_config->add_option("config", config, "office.toml")->required();
    record->add_option("--config", config, "office.toml: whose letters and counters are called")->required();
    certificate->add_option("--config", config, "office.toml; else the one last in force");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    Outcome outcome;
    if (run->parsed()) outcome = run_kiosk(options);
    if (check_config->parsed()) outcome = run_check_config(config);
    if (status->parsed()) outcome = run_status(data, json);
    if (close->parsed()) outcome = run_close(data);
    if (new_pin->parsed()) outcome = run_new_pin(data, counter);
    if (certificate->parsed()) outcome = run_counter_certificate(data, config, to);
    if (record->parsed()) outcome = run_record_voice(config, recording);
    if (send->parsed()) outcome = run_send(data);
    if (rotation->parsed()) outcome = run_rotate(data, leave_waiting);
    if (replacing->parsed()) outcome = run_replace(data, lost);
    if (export_bundle->parsed()) outcome = run_export(data, to);
    // Not fmt::print, which throws: what could not be printed (a full disk behind a pipe) was not said.
    FILE* out = outcome.exit_code == 0 ? stdout : stderr;
    std::fwrite(outcome.text.data(), 1, outcome.text.size(), out);
    return std::fflush(out) == 0 ? outcome.exit_code : 1;
}
