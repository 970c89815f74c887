"""An hour of a bored child: fingers, drags and keys at random.

Never an officer's page, never stuck, no growth.
"""

import os
import random
import re
import unittest

import journey
import kiosk_driver

SEED = 20700115
STEPS = 120
STEP_S = 30
TAPS = 4
WARM_STEPS = 40  # every screen has been drawn by then
GROWTH_MAX_KB = 12 * 1024
KEYS = ["Escape", "F1", "F4", "F11", "Tab", "Return", "space", "alt+F4", "alt+Tab", "ctrl+c", "ctrl+q"]
KEYS += ["ctrl+alt+t", "ctrl+alt+Delete", "super", "Print", "Menu", "a", "1", "Delete", "Page_Down"]


class Wandering(journey.Journey):
    def places(self, kiosk, chance):
        """Half of them on something that can be touched, the rest anywhere."""
        width, height = self.display.size
        targets = [w["rect"] for w in kiosk.widgets().values() if w["enabled"]]
        for _ in range(TAPS):
            if targets and chance.random() < 0.5:
                x, y, w, h = chance.choice(targets)
                yield int(x + w * chance.random()), int(y + h * chance.random())
            else:
                yield chance.randrange(width), chance.randrange(height)

    def play(self, kiosk, chance):
        steps = []
        for x, y in self.places(kiosk, chance):
            steps += ["sleep", kiosk_driver.DEBOUNCE_S, "mousemove", x, y, "mousedown", 1]
            if chance.random() < 0.2:
                steps += ["mousemove", chance.randrange(1000), chance.randrange(1000)]
            steps += ["mouseup", 1]
            if chance.random() < 0.1:
                steps += ["click", chance.choice([2, 3, 4, 5])]
        steps += ["key", chance.choice(KEYS)]
        self.display.finger(*steps)

    def resident_kb(self, kiosk):
        with open(f"/proc/{kiosk.process.pid}/status", encoding="utf-8") as status:
            return int(re.search(r"VmRSS:\s*(\d+)", status.read()).group(1))

    def is_thread_sanitized(self, kiosk):
        with open(f"/proc/{kiosk.process.pid}/maps", encoding="utf-8") as maps:
            return "libtsan" in maps.read()

    def test_an_hour_of_play_opens_nothing_and_breaks_nothing(self):
        chance = random.Random(SEED)
        # What was freed is given back at once, so that growth is growth.
        self.display.environment["ASAN_OPTIONS"] = (
            os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64"
        )
        now_ms = journey.local_ms(9, 0)
        seen, warm_kb = set(), 0
        with self.kiosk(clock_ms=now_ms) as kiosk:
            for step in range(STEPS):
                self.play(kiosk, chance)
                screen = kiosk.screen()
                seen.add(screen)
                self.assertFalse(screen.startswith("officer"), f"step {step} of seed {SEED} reached {screen}")
                now_ms += STEP_S * 1000
                kiosk.clock(now_ms)
                if step == WARM_STEPS:
                    warm_kb = self.resident_kb(kiosk)
            if not self.is_thread_sanitized(kiosk):  # That one keeps a history of every access.
                self.assertLess(self.resident_kb(kiosk) - warm_kb, GROWTH_MAX_KB)
            self.assertGreaterEqual(len(seen), 5, seen)
            self.assertEqual(now_ms - journey.local_ms(9, 0), 3_600_000)

            # Nobody is there any more: it comes to rest by itself, and the next visitor is served.
            def at_rest():
                nonlocal now_ms
                now_ms += 60_000
                kiosk.clock(now_ms)
                return kiosk.screen() == "attract"  # not home, which would turn into it under the tap

            kiosk_driver.wait_until("a screen at rest", at_rest)
            before = kiosk_driver.status(self.data)["ratings_cast"]
            kiosk.tap("rating.face.5")
            kiosk.wait_for("thanks")
            self.assertEqual(kiosk_driver.status(self.data)["ratings_cast"], before + 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
