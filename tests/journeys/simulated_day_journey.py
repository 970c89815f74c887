"""The simulated day of platform/setup/run, in a folder of its own: the office counts as the script does."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class SimulatedDay(unittest.TestCase):
    def test_the_office_counts_sixty_visitors(self):
        with tempfile.TemporaryDirectory() as folder:
            script = ROOT / "platform/setup/simulated_day.py"
            command = [sys.executable, "-B", str(script), "--to", f"{folder}/demo"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=500)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("60 visitors counted in office.db", done.stdout)
            for name in ("home", "home_english", "thanks", "divisions", "services", "ticket", "eit"):
                self.assertTrue((pathlib.Path(folder) / "demo/pictures" / f"{name}.png").is_file(), name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
