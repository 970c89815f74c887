// `sala-kiosk record-voice`: an officer reads the clips of the voice, one after another, at a terminal.
//
// What lies in the folder already and can be used is passed over, so it can be broken off and gone on with.
// Each clip is on disk before the next one is asked for. The trap: all clips of a folder have one sample
// rate; a folder that holds any is gone on with at theirs.
#pragma once

#include <filesystem>
#include <functional>

#include "kiosk/app/commands.h"
#include "platform/microphone.h"
#include "platform/speaker.h"
#include "sync/record/office.h"

namespace sala::kiosk {

struct RecordingRoom {
    Microphone& microphone;
    Speaker& speaker;
    std::function<std::optional<std::string>()> ask;  // the next line that is typed; nothing: no more comes
    std::function<void(const std::string& text)> say;
};

struct RecordingOrder {
    std::filesystem::path folder;
    bool again = false;  // also what is there already
};

// REQUIRES: the office has a counter. Exit 0 when all clips are there, 3 where some are missing still.
Outcome record_voice(const record::Office& office, const RecordingOrder& order, const RecordingRoom& room);

// With the machine's own microphone, loudspeaker and terminal.
Outcome run_record_voice(const std::filesystem::path& config, const RecordingOrder& order);

}  // namespace sala::kiosk
