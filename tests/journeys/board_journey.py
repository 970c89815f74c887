"""The waiting room's board on a second display, the kiosk's own voice, and number pads at two counters.

The loudspeaker is SDL's disk driver, which writes what is played into a pipe that is heard here; the pads
are pipes that speak the kernel's input events. Everything else is real: two displays of one X server, full
screen.
"""

import array
import math
import os
import pathlib
import shutil
import struct
import subprocess
import threading
import unittest
import wave

import journey
import kiosk_driver
import touch_display

RATE = 16_000
ENTER, PLUS, ZERO = 96, 78, 82  # KEY_KPENTER, KEY_KPPLUS, KEY_KP0
PICTURES = os.environ.get("SALA_BOARD_PICTURES")  # a folder: what was seen is left there

CLIPS = ["please", "at-counter", "polite", *(f"letter-{letter}" for letter in "abcde"),
         *(f"digit-{n}" for n in range(10))]
SETTINGS = """
[board]
display = true
voice = true

[[number_pad]]
device = "/dev/input/by-id/pad-two"
counter = "counter-2"

[[number_pad]]
device = "/dev/input/by-id/pad-three"
counter = "counter-3"
"""


def clip(name):
    """A tone of its own for each word, never silent: a gap or two at once would be seen."""
    pitch, loudness = 300 + 40 * CLIPS.index(name), 4000 + 100 * CLIPS.index(name)
    wave_of = (loudness * (2 + math.sin(2 * math.pi * pitch * i / RATE)) for i in range(RATE // 10))
    return array.array("h", (round(value) for value in wave_of))


class Loudspeaker(threading.Thread):
    """Hears what the disk driver writes: one stream, however often the device is opened and closed."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe, self.heard, self.ended = pipe, b"", False
        os.mkfifo(pipe)
        self.start()

    def run(self):
        while not self.ended:
            with open(self.pipe, "rb", buffering=0) as sound:
                while part := sound.read(65536):
                    self.heard += part

    def end(self):
        self.ended = True
        os.close(os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK))
        self.join()


class Pad:
    def __init__(self, path):
        os.mkfifo(path)
        self.file = os.open(path, os.O_RDWR)  # the kernel's end, which stays plugged in

    def press(self, key):
        for value in (1, 0):
            event = struct.pack("=qqHHi", 0, 0, 1, key, value) + struct.pack("=qqHHi", 0, 0, 0, 0, 0)
            os.write(self.file, event)

    def end(self):
        os.close(self.file)


class Hall:
    """Where the kiosk of a test finds its pads, its clips and its loudspeaker."""

    def __init__(self, folder, display):
        self.folder, self.display = folder, display
        self.config = folder / "office.toml"
        self.config.write_text(kiosk_driver.DEMO_OFFICE.read_text() + SETTINGS)
        assets = folder / "assets"
        shutil.copytree(kiosk_driver.ROOT / "assets", assets)
        (assets / "voice/th").mkdir(parents=True, exist_ok=True)
        for name in CLIPS:
            with wave.open(str(assets / "voice/th" / f"{name}.wav"), "wb") as out:
                out.setnchannels(1)
                out.setsampwidth(2)
                out.setframerate(RATE)
                out.writeframes(clip(name).tobytes())
        self.pads_folder = folder / "pads"
        self.pads_folder.mkdir()
        self.pads = [Pad(self.pads_folder / name) for name in ("pad-two", "pad-three")]
        self.loudspeaker = Loudspeaker(folder / "loudspeaker")
        self.environment = {"SALA_ASSETS": str(assets), "SDL_AUDIODRIVER": "disk",
                            "SDL_DISKAUDIOFILE": str(folder / "loudspeaker")}

    def end(self):
        for pad in self.pads:
            pad.end()
        self.loudspeaker.end()


def words_of(number, counter):
    names = ["please", f"letter-{number[0].lower()}", *[f"digit-{n}" for n in number[1:]], "at-counter",
             f"digit-{counter}", "polite"]
    return b"".join(clip(name).tobytes() for name in names)


class Board(journey.Journey):
    Display = touch_display.TwoDisplays

    def setUp(self):
        super().setUp()
        self.hall = Hall(self.folder, self.display)
        self.addCleanup(self.hall.end)

    def open(self, **options):
        before = dict(self.display.environment)
        self.display.environment.update(self.hall.environment)
        try:
            return self.kiosk(config=self.hall.config, fullscreen=True, pads=self.hall.pads_folder, **options)
        finally:
            self.display.environment = before

    def board(self, kiosk):
        return {widget["id"]: widget["text"] for widget in kiosk.ask("board")["widgets"]}

    def shows(self, kiosk, name, text):
        kiosk_driver.wait_until(f"{name} = {text}", lambda: self.board(kiosk).get(name) == text)

    def hears(self, *calls):
        """Until the last of these calls, (number, counter), was said; (the sound before each, the rest)."""
        def heard():
            rest, before = self.hall.loudspeaker.heard, []
            for call in calls:
                sound, said, rest = rest.partition(words_of(*call))
                if not said:
                    return None
                before.append(sound)
            return before, rest

        return kiosk_driver.wait_until(f"the voice to say {calls}", heard)

    def picture(self, name):
        path = pathlib.Path(PICTURES) / name if PICTURES else self.folder / name
        return self.display.picture(path)

    def colour_at(self, picture, x, y):
        command = ["convert", str(picture), "-format", f"%[hex:u.p{{{x},{y}}}]", "info:"]
        return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()[:6]

    def test_pads_call_the_board_shows_and_the_voice_says_each_call_by_itself(self):
        with self.open() as kiosk:
            numbers = [self.take_ticket(kiosk) for _ in range(3)]
            self.shows(kiosk, "board.waiting.finance", "๓")
            two, three = self.hall.pads
            two.press(ENTER)
            three.press(ENTER)
            self.shows(kiosk, "board.now.counter-2", f"{numbers[0]} ช่องบริการ 2")
            self.shows(kiosk, "board.now.counter-3", f"{numbers[1]} ช่องบริการ 3")
            self.shows(kiosk, "board.waiting.finance", "๑")
            # The large number is the one that is being said.
            self.shows(kiosk, "board.call", f"{numbers[0]} ช่องบริการ 2")
            self.picture("board_calling.png")
            self.shows(kiosk, "board.call", f"{numbers[1]} ช่องบริการ 3")
            two.press(ZERO)
            said = [(numbers[0], 2), (numbers[1], 3), (numbers[0], 2)]
            for before in self.hears(*said)[0]:
                for call in said:
                    self.assertNotIn(words_of(*call), before, "said twice")
                self.assertGreater(len(before.lstrip(b"\0")), 2 * RATE)  # a chime of more than a second
                self.assertGreater(max(array.array("h", before)), 5000)

            # A service that a pad ended invites to rate it, as one that the page ended does.
            two.press(PLUS)
            kiosk_driver.wait_until("the invitation", lambda: "ชำระภาษี" in kiosk.widget("home.rate")["text"])
            kiosk.stop()
        self.assertFalse(any(self.hears(*said)[1]), "there is more than silence behind the last call")
        found = kiosk_driver.status(self.data)["queue"]["whole"]
        self.assertEqual((found["issued"], found["served"]), (3, 1))

    def test_the_board_is_on_the_other_display_and_rests_when_nothing_changes(self):
        with self.open() as kiosk:
            kiosk_driver.wait_until("the board", lambda: kiosk.ask("board")["frames"] > 0)
            seen = self.picture("board_rest.png")
            # The header's navy, in the corner of each.
            self.assertEqual(self.colour_at(seen, 1080 + 5, 5), "0F335F")
            self.assertEqual(self.colour_at(seen, 5, 5), "0F335F")
            number = self.take_ticket(kiosk)
            frames = kiosk_driver.wait_until("the rest", lambda: self.resting(kiosk))
            self.hall.pads[0].press(ENTER)
            self.shows(kiosk, "board.call", f"{number} ช่องบริการ 2")
            self.hears((number, 2))
            later = kiosk_driver.wait_until("the rest", lambda: self.resting(kiosk))
            # A call costs the visitor's screen no frame.
            self.assertEqual(later[0], frames[0])
            self.assertGreater(later[1], frames[1])
            kiosk.clock(journey.local_ms(9, 1))
            kiosk_driver.wait_until("the minute", lambda: kiosk.ask("board")["frames"] > later[1])

    def resting(self, kiosk):
        """(frames of the kiosk's own screen, frames of the board), once they stay the same for a second."""
        count = lambda: (kiosk.ask("screen")["frames"], kiosk.ask("board")["frames"])
        before = count()
        threading.Event().wait(1)
        return before if count() == before else None

    def test_without_a_second_display_the_kiosk_says_so_and_serves(self):
        self.display.xrandr("--auto", "--output", "DUMMY1", "--off")
        self.addCleanup(self.display.xrandr, "--pos", "0x0", "--output", "DUMMY1", "--mode", "1920x1080",
                        "--pos", "1080x0")
        with self.open() as kiosk:
            self.assertIn("WINDOW-NO-SECOND", kiosk.log_path.read_text())
            number = self.take_ticket(kiosk)
            self.hall.pads[0].press(ENTER)
            self.hears((number, 2))

    def test_a_display_that_repeats_the_first_one_is_no_second_one(self):
        self.display.xrandr("--pos", "0x0", "--output", "DUMMY1", "--mode", "1920x1080", "--pos", "0x0")
        self.addCleanup(self.display.xrandr, "--pos", "0x0", "--output", "DUMMY1", "--mode", "1920x1080",
                        "--pos", "1080x0")
        with self.open() as kiosk:
            self.assertIn("WINDOW-NO-SECOND", kiosk.log_path.read_text())
            self.take_ticket(kiosk)


if __name__ == "__main__":
    unittest.main(verbosity=2)
