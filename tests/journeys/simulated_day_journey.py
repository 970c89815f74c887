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
            demo = pathlib.Path(folder) / "demo"
            command = [sys.executable, "-B", str(script), "--to", str(demo)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=500)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("60 visitors counted in office.db", done.stdout)
            for name in ("home", "home_english", "thanks", "divisions", "services", "guide", "ticket", "eit"):
                self.assertTrue((demo / "pictures" / f"{name}.png").is_file(), name)

            # Another program reads the same totals out of the document that the office prints.
            read = ["pdftotext", "-raw", "-nopgbrk", str(demo / "reports/counts.pdf"), "-"]
            text = subprocess.run(read, capture_output=True, text=True, timeout=100, check=True).stdout
            words = "".join(text.split())
            self.assertIn("องค์การบริหารส่วนตำบลบ้านใหม่", words)
            self.assertIn("มีการออกบัตรคิว๒๔ใบให้บริการแล้ว๒๔ใบและมีการประเมินความพึงพอใจ๒๘ครั้ง", words)
            self.assertIn("รวมทั้งสิ้น๒๔๒๔๑๐๐.๐๐", words)
            self.assertIn("รวม๒๘รวม๒๘", words)

            # A stranger's reader finds the same bundles true, and the second begins where the first ended.
            bundles = sorted((demo / "stick").glob("*.bundle"), key=lambda path: int(path.stem.split("-")[1]))
            self.assertEqual(len(bundles), 2)
            _, first_from, first_to = bundles[0].stem.split("-")
            self.assertEqual((first_from, first_to), ("0", bundles[1].stem.split("-")[1]))
            verify = [sys.executable, "-B", str(ROOT / "tests/verifier/verify.py"), *map(str, bundles)]
            asked = subprocess.run(verify, capture_output=True, text=True, timeout=100)
            self.assertEqual(asked.returncode, 0, asked.stdout + asked.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
