#include "kiosk/app/voice_recording.h"

#include <fmt/format.h>

#include <iostream>

#include "kiosk/counter/take.h"
#include "kiosk/counter/voice.h"
#include "platform/base/files.h"
#include "platform/linux/sdl_microphone.h"
#include "platform/linux/sdl_speaker.h"

namespace sala::kiosk {
namespace {

constexpr std::uint32_t kUsualRate = 22'050;
constexpr int kTakeMsMax = 6'000;

enum class Answer { kGo, kAgain, kSkip, kQuit };

Error no_counter() {
    return {"VOICE-NO-COUNTER", "ไฟล์ตั้งค่าไม่มีช่องบริการ จึงไม่มีคำที่ต้องบันทึกเสียง",
            "office.toml has no counter, so nothing is ever called out"};
}

// The clip as it lies there, if Voice would take it at this rate (0: any).
std::optional<Sound> usable(const std::filesystem::path& file, std::uint32_t rate) {
    const Result<std::string> bytes = read_file(file, Voice::kClipBytesMax);
    Result<Sound> clip = bytes ? read_wav(*bytes) : Result<Sound>(bytes.error());
    if (!clip || (rate != 0 && clip->samples_per_second != rate)) return std::nullopt;
    return *std::move(clip);
}

class Recording {
  public:
    Recording(const RecordingOrder& order, const RecordingRoom& room) : order_(order), room_(room) {}

    Outcome run(const std::vector<ClipWords>& clips) {
        std::error_code ignored;
        std::filesystem::create_directories(order_.folder, ignored);
        if (!order_.again) find_rate(clips);
        room_.say(
            fmt::format("บันทึกเสียงเรียกคิว {} คำ นั่งที่เงียบ ห่างไมโครโฟนหนึ่งคืบ พูดเท่ากันทุกคำ\n"
                        "{} clips to record: sit in a quiet room, a hand from the microphone, and speak "
                        "each alike.\n\n",
                        clips.size(), clips.size()));
        for (std::size_t i = 0; i < clips.size() && !quit_; ++i) {
            if (!order_.again && usable(file_of(clips[i]), rate_)) continue;
            Result<void> done = record(clips[i], fmt::format("[{}/{}]", i + 1, clips.size()));
            if (!done) return outcome_of(done.error());
        }
        return summary(clips);
    }

  private:
    std::filesystem::path file_of(const ClipWords& clip) const {
        return order_.folder / (clip.clip + ".wav");
    }

    void find_rate(const std::vector<ClipWords>& clips) {
        for (const ClipWords& each : clips) {
            const std::optional<Sound> clip = usable(file_of(each), 0);
            if (!clip) continue;
            rate_ = clip->samples_per_second;
            return;
        }
    }

    Answer ask() {
        const std::optional<std::string> line = room_.ask();
        if (!line || *line == "q") return Answer::kQuit;
        return *line == "s" ? Answer::kSkip : *line == "a" ? Answer::kAgain : Answer::kGo;
    }

    // Until the clip is kept, passed over, or all is left.
    Result<void> record(const ClipWords& clip, const std::string& place) {
        room_.say(
            fmt::format("{} พูดว่า  «{}»   ({})\n"
                        "  Enter = เริ่มพูด start • s = ข้าม skip • q = เลิก quit: ",
                        place, clip.words, clip.clip));
        for (Answer answer = ask();; answer = ask()) {
            quit_ = answer == Answer::kQuit;
            if (quit_ || answer == Answer::kSkip) return {};
            const Result<Sound> heard = room_.microphone.record(rate_, kTakeMsMax, has_ended);
            if (!heard) return heard.error();
            const Take take = judge(*heard);
            if (take.verdict != Take::Verdict::kGood) {
                complain(take.verdict);
                continue;
            }
            const Result<void> played = room_.speaker.play(take.sound);
            if (!played) room_.say("  " + played.error().line() + "\n");
            room_.say("  Enter = เก็บ keep • a = อีกครั้ง again • s = ข้าม skip • q = เลิก quit: ");
            const Answer kept = ask();
            quit_ = kept == Answer::kQuit;
            if (quit_ || kept == Answer::kSkip) return {};
            if (kept == Answer::kGo) return write_file_durably(file_of(clip), write_wav(take.sound));
            room_.say("  Enter = เริ่มพูด start: ");
        }
    }

    void complain(Take::Verdict verdict) {
        const char* what = verdict == Take::Verdict::kNothing ? "ไม่ได้ยินเสียงพูด • nothing was heard"
                           : verdict == Take::Verdict::kSoft
                               ? "เสียงเบาเกินไป พูดใกล้ขึ้น • too soft, come nearer"
                               : "เสียงดังเกินไป ถอยห่างหรือลดไมโครโฟน • too loud, go back or turn it down";
        room_.say(fmt::format("  {}\n  Enter = อีกครั้ง again • s = ข้าม skip • q = เลิก quit: ", what));
    }

    Outcome summary(const std::vector<ClipWords>& clips) const {
        std::string missing;
        std::size_t there = clips.size();
        for (const ClipWords& clip : clips) {
            if (usable(file_of(clip), rate_)) continue;
            --there;
            missing += fmt::format("{}{} ({})", missing.empty() ? "" : ", ", clip.words, clip.clip);
        }
        const std::string folder = order_.folder.string();
        std::string text = fmt::format("\nมีแล้ว {} จาก {} คำ ใน {}\n{} of {} clips are in {}\n", there,
                                       clips.size(), folder, there, clips.size(), folder);
        if (missing.empty()) return {0, text};
        text += "ยังขาด / still missing: " + missing + "\n";
        return {3, text};
    }

    const RecordingOrder& order_;
    const RecordingRoom& room_;
    std::uint32_t rate_ = kUsualRate;
    bool quit_ = false;
};

}  // namespace

Outcome record_voice(const record::Office& office, const RecordingOrder& order, const RecordingRoom& room) {
    const std::vector<ClipWords> clips = words_of_clips(office);
    if (clips.empty()) return outcome_of(no_counter());
    return Recording(order, room).run(clips);
}

Outcome run_record_voice(const std::filesystem::path& config, const RecordingOrder& order) {
    const record::LoadedOffice loaded = record::load_office(config);
    if (!loaded.office) return refused_config(loaded);
    const auto microphone = make_sdl_microphone();
    const auto speaker = make_sdl_speaker();
    const RecordingRoom room{*microphone, *speaker,
                             []() -> std::optional<std::string> {
                                 std::string line;
                                 if (!std::getline(std::cin, line)) return std::nullopt;
                                 return line;
                             },
                             [](const std::string& text) { std::cout << text << std::flush; }};
    return record_voice(*loaded.office, order, room);
}

}  // namespace sala::kiosk
