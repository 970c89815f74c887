// sala-office: the office's program on the command line. It asks, prints and answers with an exit code; what
// it does stands in the room's library.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <system_error>

#include "platform/base/files.h"
#include "sync/office/administration.h"
#include "sync/office/audit.h"
#include "sync/office/audit_key_file.h"
#include "sync/office/import_files.h"
#include "sync/office/queue_report.h"
#include "sync/office/serve.h"
#include "sync/office/serve_witness.h"
#include "sync/office/status_text.h"
#include "sync/report/period.h"

namespace {

using namespace sala;
using namespace sala::office;

constexpr int kWrongUse = 2;
constexpr int kRefused = 3;

int refuse(const Error& error) {
    fmt::print(stderr, "{}\n", error.line());
    return exit_code(error);
}

int wrong_use(const char* code, const char* thai, const char* english) {
    fmt::print(stderr, "{}\n", Error{code, thai, english}.line());
    return kWrongUse;
}

struct Options {
    std::string db, keys, office_toml, grant_to, listen, forward, forward_pin, cosigner, audit_key;
    std::string device, name, replaces;
    std::vector<std::filesystem::path> paths, witnesses;
    bool json = false;
    std::string kind, to, digits = "thai";
    int year = 0, round = 0, month = 0;
};

std::uint64_t now_s() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

int run_init(const Options& options) {
    const record::LoadedOffice loaded = record::load_office(options.office_toml);
    for (const record::Problem& problem : loaded.problems) fmt::print(stderr, "{}\n", problem.text());
    if (!loaded.office) return kRefused;
    const Result<OfficeRow> office =
        init_office(options.db, options.keys, *loaded.office, loaded.bytes, options.cosigner);
    if (!office) return refuse(office.error());
    if (!options.grant_to.empty()) {
        Result<ReportDb> database = ReportDb::open(options.db, Access::kWrite);
        if (!database) return refuse(database.error());
        if (Result<void> done = database->grant_to(options.grant_to); !done) return refuse(done.error());
    }
    fmt::print("พร้อมรับข้อมูลของ {} (ready for office {})\n{}\n", office->name, office->id, office->vkey);
    return 0;
}

int run_enrol(const Options& options) {
    Result<ReportDb> database = ReportDb::open(options.db, Access::kWrite);
    if (!database) return refuse(database.error());
    const Result<void> done = enrol(*database, options.device, options.name, options.replaces);
    if (!done) return refuse(done.error());
    fmt::print("ลงทะเบียนตู้ {} แล้ว (device {} is enrolled)\n", options.device, options.device);
    return 0;
}

int run_audit_key(const Options& options) {
    const Result<std::string> key = make_audit_key(options.to);
    if (!key) return refuse(key.error());
    fmt::print("{}\n", *key);
    return 0;
}

int run_import(const Options& options) {
    Result<ReportDb> database = ReportDb::open(options.db, Access::kWrite);
    if (!database) return refuse(database.error());
    const Result<OfficeRow> office = database->office();
    if (!office) return refuse(office.error());
    const Result<OfficeKey> key = keys_of(*office, options.keys);
    if (!key) return refuse(key.error());
    const std::vector<FileVerdict> verdicts = import_files(*database, *key, options.paths, unix_now_s());
    for (const FileVerdict& verdict : verdicts) fmt::print("{}\n", verdict.line());
    return worst_exit_code(verdicts);
}

int wrong_address() {
    return wrong_use("LISTEN-ADDRESS", "--listen เขียนแบบ 192.168.1.5:8443 หรือ [::]:8443",
                     "--listen is an address and a port: 192.168.1.5:8443 or [::]:8443");
}

int run_witness(const Options& options) {
    const std::optional<ListenAddress> listen = parse_listen(options.listen);
    if (!listen) return wrong_address();
    const Result<void> done = serve_witness({options.keys, *listen, options.name});
    return done ? 0 : refuse(done.error());
}

int run_serve(const Options& options) {
    const std::optional<ListenAddress> listen = parse_listen(options.listen);
    if (!listen) return wrong_address();
    ServeSettings settings{options.db, options.keys, *listen};
    if (!options.forward.empty()) {
        settings.forward = parse_road(options.forward, options.forward_pin);
        if (!settings.forward) {
            return wrong_use(
                "FORWARD-ADDRESS",
                "--forward เขียนแบบ https://10.0.0.5:8443 และ --forward-pin คือ pin ที่ระบบของจังหวัดแสดง",
                "--forward is https://host:port, and --forward-pin the pin that the province's "
                "`serve` shows");
        }
    }
    const Result<void> done = serve(settings);
    return done ? 0 : refuse(done.error());
}

int run_status(const Options& options) {
    Result<ReportDb> database = ReportDb::open(options.db, Access::kRead);
    if (!database) return refuse(database.error());
    const Result<Status> status = database->status();
    if (!status) return refuse(status.error());
    fmt::print("{}", options.json ? status_json(*status) : status_text(*status));
    return 0;
}

int run_audit(const Options& options) {
    std::vector<audit::OutsideHead> outside;
    for (const std::filesystem::path& path : options.witnesses) {
        const Result<std::string> text = read_file(path, audit::kOutsideBytesMax);
        if (!text) return refuse(text.error());
        auto heads = audit::read_outside_heads(*text, path.filename().string());
        if (!heads) return refuse(heads.error());
        outside.insert(outside.end(), heads->begin(), heads->end());
    }
    Result<ReportDb> database = ReportDb::open(options.db, Access::kRead);
    if (!database) return refuse(database.error());
    std::optional<crypto::BoxKey> auditor;
    if (!options.audit_key.empty()) {
        Result<crypto::BoxKey> key = load_audit_key(options.audit_key);
        if (!key) return refuse(key.error());
        auditor.emplace(*std::move(key));
    }
    const auto report =
        audit_office(*database, outside, static_cast<std::int64_t>(now_s()), auditor ? &*auditor : nullptr);
    if (!report) return refuse(report.error());
    fmt::print("{}", options.json ? audit::audit_json(*report) : audit::audit_text(*report));
    return report->breaks() == 0 ? 0 : kRefused;
}

// The bytes of a report in the format of the file's name.
Result<std::string> report_bytes(const Options& options, const std::string& format,
                                 const record::DateRange& period) {
    Result<ReportDb> database = ReportDb::open(options.db, Access::kRead);
    if (!database) return database.error();
    const Result<OfficeRow> office = database->office();
    if (!office) return office.error();
    const auto digits = options.digits == "thai" ? report::Digits::kThai : report::Digits::kArabic;
    if (options.kind == "queue") {
        const Result<std::optional<record::YearData>> year = find_year(options.year);
        if (!year) return year.error();
        const Result<report::QueueReport> queue = queue_report(*database, office->id, period, *year);
        if (!queue) return queue.error();
        if (format == ".json") return report::queue_json(*queue);
        if (format == ".csv") return report::queue_csv(*queue);
        return report::queue_pdf(*queue, office->name, digits);
    }
    const Result<report::CountsReport> counts = database->counts(office->id, period);
    if (!counts) return counts.error();
    if (format == ".csv") return report::counts_csv(*counts);
    return report::counts_pdf(*counts, office->name, digits);
}

int run_report(const Options& options) {
    if (options.kind != "counts" && options.kind != "queue") {
        return wrong_use("REPORT-KIND", "รุ่นนี้ทำรายงานได้สองชนิดคือ counts และ queue",
                         "this version makes two kinds of report: counts and queue");
    }
    const std::string format = std::filesystem::path(options.to).extension();
    if (format != ".csv" && format != ".pdf" && (format != ".json" || options.kind != "queue")) {
        return wrong_use(
            "REPORT-FORMAT",
            "รายงานเขียนเป็นไฟล์ .pdf หรือ .csv (queue เขียนเป็น .json ได้ด้วย) โปรดตั้งชื่อไฟล์ลงท้ายด้วยอย่างใดอย่างหนึ่ง",
            "a report is written as PDF or CSV (queue also as JSON); give a file name that ends in .pdf, "
            ".csv or .json");
    }
    const auto period = options.month != 0
                            ? report::fiscal_month(options.year, options.month)
                            : report::fiscal_round(options.year, options.round == 0 ? 12 : options.round);
    if (!period) {
        return wrong_use("REPORT-PERIOD", "ปีงบประมาณเป็น พ.ศ. 2500 ถึง 2700 รอบเป็น 6 หรือ 12 เดือนเป็น 1 ถึง 12",
                         "--year is a Buddhist Era year from 2500 to 2700, --round 6 or 12, --month 1 to 12");
    }
    const Result<std::string> bytes = report_bytes(options, format, *period);
    if (!bytes) return refuse(bytes.error());
    const Result<void> written = write_file_durably(options.to, *bytes, 0644);
    if (!written) return refuse(written.error());
    fmt::print("เขียนรายงานแล้ว: {} (the report is written)\n", options.to);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("โปรแกรมสำนักงานของศาลา: รับข้อมูลจากตู้บริการและทำรายงาน (Sala's office program)", "sala-office");
    app.require_subcommand(1);
    Options options;
    const auto command = [&](const char* name, const char* help) {
        CLI::App* made = app.add_subcommand(name, help);
        made->add_option("--db", options.db, "path of an SQLite file, or postgresql://...")->required();
        return made;
    };

    CLI::App* init = command("init", "สร้างฐานข้อมูลและกุญแจของสำนักงาน (make database and keys)");
    init->add_option("--keys", options.keys, "folder of the office's keys")->required();
    init->add_option("--office", options.office_toml, "the office's profile, office.toml")->required();

    init->add_option("--cosigner", options.cosigner,
                     "of a province: the name it cosigns under, such as rayong.go.th/sala/province");
    init->add_option("--grant-to", options.grant_to, "PostgreSQL user who may only insert and read");

    CLI::App* enrolment = command("enrol", "ลงทะเบียนตู้บริการ (let a kiosk send)");
    enrolment->add_option("--device", options.device, "the 26 letters on the kiosk's case")->required();
    enrolment->add_option("--name", options.name, "where the kiosk stands")->required();
    enrolment->add_option("--replaces", options.replaces, "code of the kiosk whose place it takes");

    CLI::App* import = command("import", "รับข้อมูลจากแฟลชไดรฟ์ (take in bundles)");
    import->add_option("--keys", options.keys, "folder of the office's keys")->required();
    import->add_option("paths", options.paths, "bundles, or folders of them")->required();

    CLI::App* serving = command("serve", "รับข้อมูลจากตู้บริการทางเครือข่าย (take in bundles over HTTPS)");
    serving->add_option("--keys", options.keys, "folder of the office's keys")->required();
    serving->add_option("--listen", options.listen, "ADDRESS:PORT, such as 192.168.1.5:8443")->required();
    CLI::Option* forward =
        serving->add_option("--forward", options.forward, "the province's gateway, https://host:port");
    forward->needs(
        serving->add_option("--forward-pin", options.forward_pin, "its pin, sha256//...")->needs(forward));

    CLI::App* status = command("status", "ข้อมูลที่มี (what is held)");
    status->add_flag("--json", options.json, "one line of JSON");

    CLI::App* auditing = command("audit", "ตรวจสอบหลักฐานทั้งหมด (recompute and compare everything)");
    auditing->add_option("--witness", options.witnesses,
                         "what is held outside: texts of QR codes, short heads of tickets, cosigned notes");
    auditing->add_option("--audit-key", options.audit_key,
                         "the auditor's own key, which opens what waits for a month's end");
    auditing->add_flag("--json", options.json, "one line of JSON");

    CLI::App* report = command("report", "ทำรายงาน (write a report)");
    report->add_option("kind", options.kind, "counts or queue")->required();
    report->add_option("--year", options.year, "fiscal year in the Buddhist Era: 2570")->required();
    CLI::Option* round =
        report->add_option("--round", options.round, "6: October to March, 12: the whole year");
    CLI::Option* month = report->add_option("--month", options.month, "1 to 12, a month of that fiscal year");
    round->check(CLI::IsMember({6, 12}))->excludes(month);
    month->check(CLI::Range(1, 12));
    report
        ->add_option("--to", options.to, "FILE.pdf, to be printed and filed, FILE.csv, or FILE.json (queue)")
        ->required();
    report->add_option("--digits", options.digits, "thai or arabic, in a PDF")
        ->check(CLI::IsMember({"thai", "arabic"}))
        ->capture_default_str();

    CLI::App* audit_key =
        app.add_subcommand("audit-key", "สร้างกุญแจของผู้ตรวจสอบ บนเครื่องของผู้ตรวจสอบเอง (make an auditor's key)");
    audit_key->add_option("--to", options.to, "folder of the auditor's own")->required();

    CLI::App* witnessing =
        app.add_subcommand("witness", "เป็นพยานให้ตู้บริการของหน่วยงานอื่น (vouch for the logs of others' kiosks)");
    witnessing->add_option("--keys", options.keys, "folder of the witness")->required();
    witnessing->add_option("--listen", options.listen, "ADDRESS:PORT, such as 0.0.0.0:8444")->required();
    witnessing->add_option("--name", options.name, "the first time: its name for ever, news.example/witness");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kWrongUse;
    }
    const auto run = init->parsed()         ? run_init
                     : enrolment->parsed()  ? run_enrol
                     : import->parsed()     ? run_import
                     : serving->parsed()    ? run_serve
                     : status->parsed()     ? run_status
                     : auditing->parsed()   ? run_audit
                     : audit_key->parsed()  ? run_audit_key
                     : witnessing->parsed() ? run_witness
                                            : run_report;
    try {
        const int code = run(options);
        // What could not be printed (a full disk behind a pipe) was not said.
        return std::fflush(stdout) == 0 ? code : 1;
    } catch (const std::system_error&) {
        return 1;
    }
}
