"""English stands one tap away, and the next visitor is received in Thai again."""

import re
import unittest

import journey

THAI = re.compile("[ก-๛]")


class Language(journey.Journey):
    def test_one_tap_to_english_and_one_back(self):
        with self.kiosk() as kiosk:
            thai = kiosk.widget("home.ticket")["text"]
            self.assertRegex(thai, THAI)
            kiosk.tap("home.language")
            self.wait_for_english(kiosk)
            kiosk.tap("home.language")
            self.wait_for_text(kiosk, thai)

    def test_a_visitor_who_left_it_in_english_does_not_bind_the_next(self):
        with self.kiosk() as kiosk:
            thai = kiosk.widget("home.ticket")["text"]
            kiosk.tap("home.language")
            self.wait_for_english(kiosk)
            kiosk.clock(journey.local_ms(9, 5))
            self.wait_for_text(kiosk, thai)

    def test_english_stays_on_the_way_to_a_ticket(self):
        with self.kiosk() as kiosk:
            kiosk.tap("home.language")
            self.wait_for_english(kiosk)
            kiosk.tap("home.ticket")
            kiosk.wait_for("divisions")
            for name in kiosk.choices("divisions."):
                self.assertNotRegex(kiosk.widget(name)["text"], THAI)

    def wait_for_english(self, kiosk):
        journey.kiosk_driver.wait_until(
            "an English home screen", lambda: not THAI.search(kiosk.widget("home.ticket")["text"])
        )

    def wait_for_text(self, kiosk, text):
        journey.kiosk_driver.wait_until(
            f"{text!r} on the home screen", lambda: kiosk.widget("home.ticket")["text"] == text
        )


if __name__ == "__main__":
    unittest.main(verbosity=2)
