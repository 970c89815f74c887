"""Real touches, one finger or ten: whatever hands and cables do, one tap is one tap."""

import itertools
import random
import time
import unittest

import journey
import kiosk_driver
import touch_display

STUCK_S = 21.0  # A finger that rests on one spot is given up after 20 seconds.
SEED = 2570


class Touch(journey.Journey):
    Display = touch_display.TouchDisplay

    def setUp(self):
        super().setUp()
        self.display.take_mode(kiosk_driver.SCREEN)
        # Each test's finger has the panel for itself, as if it were plugged in anew.
        self.display.panel("disable")
        self.display.panel("enable")
        self.finger = touch_display.Finger(self.display)
        self.addCleanup(lambda: self.finger.close())

    def kiosk(self, **options):
        return super().kiosk(fullscreen=True, **options)

    def pause(self):
        """Two visitors are never this close."""
        time.sleep(kiosk_driver.DEBOUNCE_S)

    def tap(self, kiosk, name, finger=1):
        place = kiosk.centre(name)
        self.pause()
        self.finger.tap(place, finger)

    def picture(self, name):
        path = self.display.picture(self.folder / f"{name}.ppm")
        return path.read_bytes()

    def wait_for_picture(self, name, expected):
        kiosk_driver.wait_until(f"the picture {name}", lambda: self.picture(name) == expected)

    def test_one_tap_rates_once(self):
        with self.kiosk() as kiosk:
            for score in range(1, 6):
                self.tap(kiosk, f"rating.face.{score}")
                kiosk.wait_for("thanks")
                self.tap(kiosk, "thanks.done")
                kiosk.wait_for("home")
        self.assertCounted(ratings=5)

    def test_a_trembling_finger_counts_once(self):
        with self.kiosk() as kiosk:
            place = kiosk.centre("rating.face.4")
            for _ in range(4):
                self.finger.tap(place)
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)

    def test_ten_fingers_at_once_are_the_first(self):
        with self.kiosk() as kiosk:
            faces = [kiosk.centre(f"rating.face.{score}") for score in range(1, 6)]
            others = [kiosk.centre(name) for name in ("home.ticket", "home.eit", "home.language")]
            places = [faces[2], *others, *faces, (5, 5)]
            self.assertEqual(len(places), touch_display.FINGERS_MAX)
            for finger, place in enumerate(places):
                self.finger.down(place, finger)
            for finger, place in reversed(list(enumerate(places))):
                self.finger.up(place, finger)
            kiosk.wait_for("thanks")
            self.tap(kiosk, "thanks.done")
            kiosk.wait_for("home")
        self.assertCounted(ratings=1)

    def test_a_second_finger_does_not_fire_the_first_ones_button(self):
        with self.kiosk() as kiosk:
            face, ticket = kiosk.centre("rating.face.5"), kiosk.centre("home.ticket")
            self.finger.down(face, 1)
            for place in (ticket, face, (5, 5)):
                self.pause()
                self.finger.tap(place, 2)
            self.assertEqual(kiosk.screen(), "home")
            self.finger.move((5, 5), 1)
            self.finger.up((5, 5), 1)
            # What comes after all this is seen after it.
            self.tap(kiosk, "home.ticket")
            kiosk.wait_for("divisions")
        self.assertCounted(ratings=0)

    def test_the_first_finger_still_taps_when_a_second_has_come_and_gone(self):
        with self.kiosk() as kiosk:
            face = kiosk.centre("rating.face.5")
            self.finger.down(face, 1)
            self.finger.tap(kiosk.centre("home.ticket"), 2)
            self.finger.up(face, 1)
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)

    def test_a_drag_off_the_target_does_nothing(self):
        with self.kiosk() as kiosk:
            first, last = kiosk.centre("rating.face.1"), kiosk.centre("rating.face.5")
            for end in (last, (5, 5)):
                self.pause()
                self.finger.down(first)
                for step in range(1, 11):
                    self.finger.move([a + (b - a) * step // 10 for a, b in zip(first, end)])
                self.finger.up(end)
            self.tap(kiosk, "home.ticket")
            kiosk.wait_for("divisions")
        self.assertCounted(ratings=0)

    def test_a_finger_that_never_lifts_does_not_lock_the_kiosk(self):
        with self.kiosk() as kiosk:
            self.finger.down(kiosk.centre("rating.face.1"), 1)
            self.finger.settle()
            time.sleep(STUCK_S)
            self.tap(kiosk, "rating.face.5", finger=2)
            kiosk.wait_for("thanks")
            self.finger.up(kiosk.centre("thanks.done"), 1)
            self.tap(kiosk, "thanks.done", finger=2)
            kiosk.wait_for("home")
        self.assertCounted(ratings=1)

    def test_a_bored_child_breaks_nothing(self):
        with self.kiosk() as kiosk:
            self.play(kiosk, touches=2500, screens=2)
            # The kiosk may be at work on the last of it; the next visitor finds home nevertheless.
            minutes = itertools.count(10 * 60, 2)

            def is_next_visitor_thanked():
                kiosk.clock(journey.local_ms(*divmod(next(minutes), 60)))
                if kiosk.screen() != "attract":
                    return False
                self.tap(kiosk, "rating.face.5")
                self.pause()
                return kiosk.screen() == "thanks"

            kiosk_driver.wait_until("the next visitor's thanks", is_next_visitor_thanked)

    def play(self, kiosk, touches, screens):
        """Ten fingers anywhere, 200 touches a second, until so many were made and so many screens seen."""
        dice = random.Random(SEED)
        down, seen = {}, set()
        give_up = time.monotonic() + kiosk_driver.DEADLINE_S
        for touch in itertools.count():
            if touch >= touches and len(seen) >= screens:
                break
            self.assertLess(time.monotonic(), give_up, f"only {seen} seen: that proves nothing")
            place = (dice.randrange(kiosk_driver.SCREEN[0]), dice.randrange(kiosk_driver.SCREEN[1]))
            finger = dice.randrange(touch_display.FINGERS_MAX)
            if finger not in down:
                self.finger.down(place, finger)
                down[finger] = place
            elif dice.random() < 0.2:
                self.finger.move(place, finger)
                down[finger] = place
            else:
                self.finger.up(down.pop(finger), finger)
            self.finger.settle()
            time.sleep(0.005)
            if touch % 50 == 0:
                seen.add(kiosk.screen())
        for finger, place in down.items():
            self.finger.up(place, finger)
        self.finger.settle()

    def test_a_display_that_comes_back_shows_the_same_again(self):
        with self.kiosk() as kiosk:
            before = self.picture("before")
            self.assertGreater(len(set(before[::997])), 4, "there is a picture")
            self.display.unplug()
            self.display.take_mode(kiosk_driver.SCREEN)
            self.wait_for_picture("after", before)
            self.tap(kiosk, "rating.face.5")
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)

    def test_a_display_of_another_size_is_drawn_as_if_it_had_always_been_so(self):
        with self.kiosk() as kiosk:
            large = self.picture("large")
            self.display.take_mode(touch_display.SMALLER)

            def is_laid_out_anew():
                x, _, width, _ = kiosk.widget("home.language")["rect"]
                return x + width <= touch_display.SMALLER[0]

            kiosk_driver.wait_until("another layout", is_laid_out_anew)
            with_change = self.settled_picture("small")
            self.assertNotEqual(with_change, large)
            self.display.take_mode(kiosk_driver.SCREEN)
            self.wait_for_picture("large again", large)
            self.tap(kiosk, "rating.face.5")
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)
        self.display.take_mode(touch_display.SMALLER)
        self.data = self.folder / "another"
        with self.kiosk():
            self.wait_for_picture("always small", with_change)

    def settled_picture(self, name):
        """What the display shows once two pictures in a row are the same."""
        last = b""

        def settled():
            nonlocal last
            last, before = self.picture(name), last
            return last if last == before else None

        return kiosk_driver.wait_until(f"the picture {name} at rest", settled)

    def test_a_panel_pulled_out_while_held_lifts_and_works_when_it_is_back(self):
        with self.kiosk() as kiosk:
            self.finger.down(kiosk.centre("home.ticket"))
            self.finger.settle()
            self.finger.close()
            self.display.panel("disable")  # The server takes the finger off.
            kiosk.wait_for("divisions")
            self.display.panel("enable")
            self.finger = touch_display.Finger(self.display)
            self.tap(kiosk, "divisions.back")
            kiosk.wait_for("home")
            self.tap(kiosk, "rating.face.5")
            kiosk.wait_for("thanks")
        self.assertCounted(ratings=1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
