"""A visitor taps a face. Thanks come after the commit; however the finger trembles, one visit counts once."""

import sqlite3
import unittest

import journey


class Rating(journey.Journey):
    def test_each_face_is_thanked_and_counted(self):
        with self.kiosk() as kiosk:
            for score in range(1, 6):
                kiosk.tap(f"rating.face.{score}")
                kiosk.wait_for("thanks")
                self.assertCounted(ratings=score)
                kiosk.tap("thanks.done")
                kiosk.wait_for("home")

    def test_thanks_show_how_large_the_log_is_and_never_which_face(self):
        with self.kiosk() as kiosk:
            kiosk.tap("rating.face.2")
            kiosk.wait_for("thanks")
            self.assertRegex(kiosk.widget("thanks.head")["text"], r"\d")

    def test_a_double_tap_counts_once(self):
        with self.kiosk() as kiosk:
            kiosk.tap("rating.face.5", times=2)
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)  # The kiosk has ended, and finished all that it was given.

    def test_two_faces_at_once_count_once(self):
        with self.kiosk() as kiosk:
            faces = kiosk.centre("rating.face.1"), kiosk.centre("rating.face.5")
            kiosk.tap_at(*faces, pause_s=0)
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)

    def test_taps_during_saving_count_for_nothing(self):
        with self.kiosk() as kiosk:
            places = [kiosk.centre(f"rating.face.{score}") for score in range(1, 6)]
            disk = self.busy_disk()
            kiosk.tap("rating.face.4")
            kiosk.wait_for("saving_rating")
            kiosk.tap_at(*places, *places)
            self.assertEqual(kiosk.screen(), "saving_rating")
            disk.rollback()
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)

    def busy_disk(self):
        """Keeps the kiosk's database locked for writing, so that its next commit waits."""
        [path] = self.data.glob("*.db")
        database = sqlite3.connect(path, isolation_level=None)
        self.addCleanup(database.close)
        database.execute("BEGIN IMMEDIATE")
        return database

    def test_thanks_go_by_themselves(self):
        with self.kiosk() as kiosk:
            kiosk.tap("rating.face.3")
            kiosk.wait_for("thanks")
            kiosk.clock(journey.local_ms(9, 1))
            kiosk.wait_for("home")

    def test_a_face_that_was_trusted_once_is_tested_again_only_when_it_is_another(self):
        remembered = self.data / "face.trusted"
        self.kiosk().stop()
        trusted = remembered.read_text()
        self.assertRegex(trusted, "^[0-9a-f]{64}$")
        self.assertEqual(remembered.stat().st_mode & 0o777, 0o600)
        before = remembered.stat().st_mtime_ns
        self.kiosk().stop()
        self.assertEqual(remembered.stat().st_mtime_ns, before, "it is not written for nothing")
        remembered.write_text("of another face")
        self.kiosk().stop()
        self.assertEqual(remembered.read_text(), trusted)

    def test_what_was_thanked_is_there_after_a_power_cut(self):
        kiosk = self.kiosk()
        kiosk.tap("rating.face.5")
        kiosk.wait_for("thanks")
        kiosk.kill()
        self.assertCounted(ratings=1)
        with self.kiosk() as again:
            again.tap("rating.face.5")
            again.wait_for("thanks")
            self.assertCounted(ratings=2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
