// `status`, `close`, `export`, `send` and `new-pin`: what may be asked of a kiosk, running or not.
//
// While the kiosk runs it holds the folder's lock, and the command asks it through its socket; otherwise the
// command takes the lock and does the work itself. Either way the same functions answer.
#pragma once

#include <filesystem>
#include <string>

#include "kiosk/app/line_server.h"
#include "kiosk/store/exporter.h"

namespace sala::kiosk {

// Exit code of the program and what it prints.
struct Outcome {
    int exit_code = 0;  // 0 done, 1 fault, 3 refused with a code
    std::string text;
};

Outcome outcome_of(const Error& error);

// Every problem of a configuration file, or that there is none. Needs no data folder and changes nothing.
Outcome run_check_config(const std::filesystem::path& config);

Outcome refused_config(const record::LoadedOffice& loaded);

Outcome run_status(const std::filesystem::path& data, bool json);
Outcome run_close(const std::filesystem::path& data);
Outcome run_export(const std::filesystem::path& data, const std::filesystem::path& to);

Outcome run_send(const std::filesystem::path& data);

// A planned change of the key, while the kiosk is off (rotation.h).
Outcome run_rotate(const std::filesystem::path& data, bool leave_waiting);

// Before the first `run` of a kiosk that takes the place of a lost one.
Outcome run_replace(const std::filesystem::path& data, const std::string& lost);

// The administrator's way back into the officer's page: a new random PIN, printed once; it ends every wait.
// Works also before the first `run`.
// `counter`: the PIN of that counter (an id of office.toml) for the counter page; empty: the officer's.
Outcome run_new_pin(const std::filesystem::path& data, const std::string& counter = {});

// Writes what office PCs install once, so that they trust the counter page, to a stick. `config` as `run`
// takes it.
Outcome run_counter_certificate(const std::filesystem::path& data, const std::filesystem::path& config,
                                const std::filesystem::path& to);

// The running kiosk's side: answers a request line of its socket, in ask_socket()'s form. On the socket's
// own thread, so that a slow stick holds up no visitor; an export ends when the one who asked is gone. The
// trap: a new PIN is in the answer; it must not be logged.
std::string answer_request(const OnStore& on_store, const std::string& request, const LineServer::Gone& gone);

// The same for whoever owns the store.
std::string answer_request(Store& store, const std::string& request);

// The copy of the last good configuration, kept in the data folder.
std::filesystem::path kept_config_path(const std::filesystem::path& data);

inline constexpr const char* kVersion = "0.1.0";

}  // namespace sala::kiosk
