"""`sala-kiosk record-voice` at a terminal, with SDL's disk driver as the microphone and the loudspeaker."""

import array
import math
import os
import pathlib
import subprocess
import tempfile
import unittest
import wave

import kiosk_driver

RATE = 22_050


def somebody_speaks(loudness):
    """A second of a quiet room, a word of 0.4 s, and the room again."""
    def at(i):
        return loudness * math.sin(i * 0.06) if 1.0 < i / RATE < 1.4 else 20 * math.sin(i * 0.9)
    return array.array("h", (round(at(i)) for i in range(3 * RATE))).tobytes()


class RecordVoice(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.voice = self.folder / "voice"

    def record(self, typed, loudness=9000, expect=3):
        heard = self.folder / "microphone.raw"
        heard.write_bytes(somebody_speaks(loudness))
        environment = {**os.environ, "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILEIN": str(heard),
                       "SDL_DISKAUDIOFILE": str(self.folder / "played.raw"), "SDL_DISKAUDIODELAY": "5"}
        command = [str(kiosk_driver.PROGRAMS / "sala-kiosk"), "record-voice", "--to", str(self.voice),
                   "--config", str(kiosk_driver.DEMO_OFFICE)]
        done = subprocess.run(command, input=typed.encode(), env=environment, capture_output=True,
                              timeout=300)
        said = done.stdout.decode() + done.stderr.decode()
        self.assertEqual(done.returncode, expect, said)
        return said

    def clips(self):
        return sorted(path.name for path in self.voice.iterdir())

    def test_what_an_officer_keeps_is_a_clip_and_the_rest_is_asked_for_again(self):
        said = self.record("\n\n" "\n\n" "\nq\n")
        self.assertIn("«ที่ช่องบริการ»", said)
        self.assertIn("2 of 18 clips", said)
        self.assertEqual(self.clips(), ["at-counter.wav", "digit-0.wav"])
        with wave.open(str(self.voice / "digit-0.wav")) as clip:
            self.assertEqual((clip.getnchannels(), clip.getsampwidth(), clip.getframerate()), (1, 2, RATE))
            # The word, and 50 ms on each side of it.
            self.assertAlmostEqual(clip.getnframes() / RATE, 0.5, delta=0.03)
            samples = array.array("h", clip.readframes(clip.getnframes()))
            self.assertAlmostEqual(max(samples), 20_000, delta=200)
        # It was played back before it was kept.
        self.assertIn(samples[1000:5000].tobytes(), (self.folder / "played.raw").read_bytes())

        said = self.record("\n\n" "q\n")
        self.assertNotIn("«ศูนย์»", said)
        self.assertEqual(self.clips(), ["at-counter.wav", "digit-0.wav", "digit-1.wav"])

    def test_a_whisper_and_an_empty_room_are_no_clips(self):
        self.assertIn("too soft", self.record("\nq\n", loudness=1200))
        self.assertIn("nothing was heard", self.record("\nq\n", loudness=20))
        self.assertEqual(self.clips(), [])

    def test_a_machine_without_a_microphone_says_so(self):
        os.environ["SDL_AUDIODRIVER"] = "no-such-driver"
        self.addCleanup(os.environ.pop, "SDL_AUDIODRIVER")
        command = ["record-voice", "--to", self.voice, "--config", kiosk_driver.DEMO_OFFICE]
        done = subprocess.run([str(kiosk_driver.PROGRAMS / "sala-kiosk"), *map(str, command)], input=b"\n",
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn("MICROPHONE-NONE", done.stderr.decode())


if __name__ == "__main__":
    unittest.main(verbosity=2)
