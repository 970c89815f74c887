"""An officer's half past four: PIN, figures, close, stick, proof; on a landscape display, with real mounts.

Runs in a mount namespace of its own, so that a stick can be a file system that fills up, and so that nothing
is left mounted however the journey ends.
"""

import os
import subprocess
import sys
import unittest

import journey
import kiosk_driver

SAFE = "nodev,noexec,nosuid"
PIN_TRIES_FREE = 5


class Landscape(kiosk_driver.Display):
    size = (1920, 1080)


class Officer(journey.Journey):
    Display = Landscape

    def setUp(self):
        super().setUp()
        self.sticks = self.folder / "sticks"
        self.sticks.mkdir()
        self.pin = self.new_pin()
        self.now_ms = journey.local_ms(16, 20)

    def kiosk(self):
        return super().kiosk(clock_ms=self.now_ms, sticks=self.sticks)

    def stick(self, name, size="16m", flags=SAFE):
        place = self.sticks / name
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"{flags},size={size}", "stick", str(place)]
        subprocess.run(mount, check=True, timeout=30)
        self.addCleanup(lambda: subprocess.run(["umount", "-l", str(place)], stderr=subprocess.DEVNULL))
        return place

    def pull(self, place):
        subprocess.run(["umount", "-l", str(place)], check=True, timeout=30)
        place.rmdir()

    def rate(self, kiosk, score):
        kiosk.tap(f"rating.face.{score}")
        kiosk.wait_for("thanks")
        kiosk.tap("thanks.done")
        kiosk.wait_for("home")

    def text(self, kiosk, name):
        return kiosk.widget(name)["text"]

    def code(self, name):
        picture = self.display.picture(self.folder / f"{name}.png")
        read = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, timeout=60)
        return read.stdout.decode().strip()

    def test_the_day_is_closed_carried_to_the_office_and_answered(self):
        with self.kiosk() as kiosk:
            for score in (5, 5, 4, 1, 3, 5):
                self.rate(kiosk, score)
            self.enter(kiosk)
            kiosk.tap("officer.close")
            kiosk.wait_for("officer_confirm_close")
            kiosk.tap("officer.close.now")
            kiosk.wait_for("officer_day")
            self.assertIn("ปิดวันเรียบร้อย", self.text(kiosk, "officer.notice"))

            kiosk.tap("officer.envelopes")
            kiosk.wait_for("officer_envelopes")
            kiosk.tap("officer.back")
            kiosk.wait_for("officer_day")
            kiosk.tap("officer.proof")
            kiosk.wait_for("officer_proof")
            checkpoint = kiosk_driver.status(self.data)["last_checkpoint"].strip()
            self.assertEqual(self.code("proof"), checkpoint)
            kiosk.tap("officer.back")
            kiosk.wait_for("officer_day")

            stick = self.stick("one")
            kiosk.tap("officer.stick")
            kiosk.wait_for("officer_stick_written")
            kiosk.tap("officer.stick.done")
            kiosk.wait_for("officer_day")
            self.assertEqual(len(list(stick.glob("*.bundle"))), 1)
            self.carry(stick)
            kiosk.tap("officer.stick")
            kiosk.wait_for("officer_stick_written")
            kiosk.tap("officer.stick.done")
            kiosk.wait_for("officer_day")
            # What the office answered is a line of the journal, and all that it does not know yet.
            self.assertEqual(kiosk_driver.status(self.data)["unsent_lines"], 1)
            kiosk.tap("officer.leave")
            kiosk.wait_for("home")
        self.assertCounted(ratings=6)

    def carry(self, stick):
        db, keys = self.folder / "office.db", self.folder / "keys"
        office = ["--db", db, "--keys", keys]
        kiosk_driver.run("sala-office", "init", *office, "--office", kiosk_driver.DEMO_OFFICE)
        device = kiosk_driver.status(self.data)["device_code"]
        kiosk_driver.run("sala-office", "enrol", "--db", db, "--device", device, "--name", "ตู้หน้าห้อง")
        kiosk_driver.run("sala-office", "import", *office, stick)

    def test_a_stick_that_will_not_do_is_said_and_loses_nothing(self):
        with self.kiosk() as kiosk:
            self.rate(kiosk, 2)
            self.enter(kiosk)  # a line of its own
            unsent = kiosk_driver.status(self.data)["unsent_lines"]

            def refusal():
                kiosk.wait_for("officer_stick_refused")
                return self.text(kiosk, "officer.reason")

            kiosk.tap("officer.stick")
            self.assertIn("STICK-NONE", refusal())
            unsafe = self.stick("unsafe", flags="nosuid")
            kiosk.tap("officer.stick.again")
            kiosk.wait_for("officer_stick_refused")
            kiosk_driver.wait_until("the unsafe mount", lambda: "UNSAFE" in refusal())
            self.pull(unsafe)
            full = self.stick("full", size="64k")
            fill = ["dd", "if=/dev/zero", f"of={full / 'films'}", "bs=4k"]
            self.assertNotEqual(subprocess.run(fill, stderr=subprocess.DEVNULL, timeout=30).returncode, 0)
            kiosk.tap("officer.stick.again")
            kiosk_driver.wait_until("the full stick", lambda: "STICK-FULL" in refusal())
            self.assertEqual([file.name for file in full.iterdir()], ["films"])
            self.pull(full)
            locked = self.stick("locked")
            subprocess.run(["mount", "-o", f"remount,ro,{SAFE}", str(locked)], check=True, timeout=30)
            kiosk.tap("officer.stick.again")
            kiosk_driver.wait_until("the locked stick", lambda: "STICK-READ-ONLY" in refusal())
            self.pull(locked)
            good = self.stick("good")
            kiosk.tap("officer.stick.again")
            kiosk.wait_for("officer_stick_written")
            self.assertEqual(kiosk_driver.status(self.data)["unsent_lines"], unsent)
            self.assertEqual(len(list(good.glob("*.bundle"))), 1)

    def test_who_guesses_the_pin_waits_and_a_restart_does_not_shorten_it(self):
        wrong = "908172" if self.pin != "908172" else "908173"
        with self.kiosk() as kiosk:
            self.now_ms = kiosk.hold("officer.corner", "pin", self.now_ms)
            for _ in range(PIN_TRIES_FREE + 1):
                self.type_pin(kiosk, wrong)
                kiosk.wait_for("pin")
            self.assertRegex(self.text(kiosk, "pin.message"), "รอ")
        with self.kiosk() as kiosk:
            self.now_ms = kiosk.hold("officer.corner", "pin", self.now_ms)
            self.type_pin(kiosk, self.pin)
            kiosk.widget("pin.message")
            self.assertEqual(kiosk.screen(), "pin")
            self.assertRegex(self.text(kiosk, "pin.message"), "รอ")
            # Nobody touches for half a minute: home. The wait is over by then, and the right PIN opens.
            self.now_ms += 31_000
            kiosk.clock(self.now_ms)
            kiosk.wait_for("home")
            self.enter(kiosk)

    def test_an_officer_who_walks_away_leaves_no_page_open(self):
        with self.kiosk() as kiosk:
            self.enter(kiosk)
            kiosk.tap("officer.test")
            kiosk.wait_for("officer_self_test")
            kiosk_driver.wait_until(
                "the findings", lambda: any(name.startswith("test.finding.") for name in kiosk.widgets())
            )
            found = [w["text"] for name, w in kiosk.widgets().items() if name.startswith("test.finding.")]
            wrong = [text for text in found if not text.startswith("+")]
            # This display has no size to tell, and the page says what to do about it.
            self.assertEqual(["diagonal_inches" in text for text in wrong], [True], found)
            for cell in kiosk.choices("test.cell."):
                kiosk.tap(cell)
            self.now_ms += 121_000
            kiosk.clock(self.now_ms)
            kiosk.wait_for("home")

    def test_a_configuration_with_errors_leaves_the_last_good_one_in_force(self):
        with self.kiosk():
            pass
        broken = self.folder / "broken.toml"
        text = kiosk_driver.DEMO_OFFICE.read_text(encoding="utf-8")
        broken.write_text(text.replace("opens =", "open =", 1), encoding="utf-8")
        kiosk = kiosk_driver.Kiosk(
            self.display, self.data, config=broken, clock_ms=self.now_ms, sticks=self.sticks
        )
        with kiosk:
            kiosk.wait_for("home")
            self.enter(kiosk)
            self.assertIn("ไฟล์ตั้งค่า", self.text(kiosk, "officer.notice"))
            self.assertRegex(kiosk.log_path.read_text(), r"broken\.toml:\d+: CONFIG-")


if __name__ == "__main__":
    if "SALA_NAMESPACE" not in os.environ:
        os.environ["SALA_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", "--map-root-user", "--mount", sys.executable, "-B", *sys.argv])
    unittest.main(verbosity=2)
