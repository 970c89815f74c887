"""The clock of a real machine is wrong: the real kiosk's commands read it, under faketime.

`faketime_test.py DRIVER KIOSK`: DRIVER fills a data folder (its own clock is in its hand); then `sala-kiosk
close`, `status` and `export` run with the system's clock in 1970, in 2038 and past it, and in a year of the
Buddhist era. What they wrote is verified by the second verifier.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACTS = 9  # A day is open, with ratings and tickets.
CLOCKS = {
    "1970": "1970-01-01 00:00:30",
    "set back": "2026-03-01 03:00:00",
    "the end of 2038": "2038-01-19 03:14:06",
    "past 2038": "2038-01-19 03:14:09",
    "BE for CE": "2570-01-15 10:00:00",
}


class FakeTime(unittest.TestCase):
    def kiosk(self, clock, *arguments):
        environment = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        command = ["faketime", "-f", "@" + clock, str(KIOSK), *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def fill(self, folder):
        """Plays some acts and is killed, as every kiosk may be."""
        (folder / "stick").mkdir(parents=True)
        command = [str(DRIVER), "storm", str(folder), "/dev/null"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as driver:
            for line in driver.stdout:
                if line.startswith(f"ack {ACTS} "):
                    break
            driver.kill()
        (folder / "data/office.toml").write_bytes((ROOT / "assets/demo/office.toml").read_bytes())

    def test_close_and_export_by_a_wrong_clock(self):
        for name, clock in CLOCKS.items():
            with self.subTest(clock=name), tempfile.TemporaryDirectory() as place:
                folder = pathlib.Path(place) / "world"
                self.fill(folder)
                data = folder / "data"
                before = json.loads(self.kiosk(clock, "status", "--data", data, "--json"))
                self.kiosk(clock, "close", "--data", data)
                self.kiosk(clock, "export", "--data", data, "--to", folder / "stick")
                after = json.loads(self.kiosk(clock, "status", "--data", data, "--json"))
                for figure in ("ratings_cast", "tickets_issued"):
                    self.assertEqual(after[figure], before[figure])
                bundles = sorted((folder / "stick").glob("*.bundle"), key=lambda path: path.stat().st_size)
                self.assertTrue(bundles)
                verify = [sys.executable, "-B", str(ROOT / "tests/verifier/verify.py"), str(bundles[-1])]
                verified = subprocess.run(verify, capture_output=True, text=True, timeout=60)
                self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
                lines = bundles[-1].read_text(encoding="utf-8").split("\n")
                [closed] = [line for line in lines if '"day_closed"' in line]
                self.assertIn("20270115", closed)


if __name__ == "__main__":
    DRIVER, KIOSK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
