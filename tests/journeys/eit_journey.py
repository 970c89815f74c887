"""The EIT survey: what a camera reads on the screen is the office's link, on the days of its window only."""

import re
import unittest

import journey
import kiosk_driver


def demo_office():
    return kiosk_driver.DEMO_OFFICE.read_text(encoding="utf-8")


class Eit(journey.Journey):
    def setUp(self):
        super().setUp()
        self.link = re.search(r'^url\s*=\s*"(https://itas[^"]*)"', demo_office(), re.M).group(1)

    def office(self, *changes):
        """The demo office with some texts exchanged; each must occur."""
        text = demo_office()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        path = self.folder / "office.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def codes(self, kiosk, name):
        return kiosk_driver.read_codes(self.display.picture(self.folder / f"{name}.png"))

    def test_the_code_on_the_home_screen_is_the_link(self):
        with self.kiosk() as kiosk:
            kiosk.widget("home.eit.qr")
            self.assertEqual(self.codes(kiosk, "home"), {self.link})

    def test_the_large_code_is_the_link_with_its_host_beside_it(self):
        with self.kiosk() as kiosk:
            kiosk.tap("home.eit")
            kiosk.wait_for("eit")
            kiosk.widget("eit.qr")
            self.assertEqual(self.codes(kiosk, "eit"), {self.link})
            self.assertEqual(kiosk.widget("eit.host")["text"], self.link.split("/")[2])
            kiosk.tap("eit.back")
            kiosk.wait_for("home")

    def test_outside_its_window_there_is_no_code_and_the_screen_says_when_it_opens(self):
        with self.kiosk(clock_ms=journey.local_ms(9, 0, day=1, month=9, year=2026)) as kiosk:
            self.assertNotIn("home.eit.qr", kiosk.widgets())
            self.assertEqual(self.codes(kiosk, "home"), set())
            self.assertRegex(kiosk.widget("home.eit")["text"], "[๐-๙]")

    def test_a_link_to_another_host_is_refused_at_start_with_file_and_line(self):
        config = self.office((self.link, "https://itas.example.com/go/eit/demo00"))
        line = config.read_text(encoding="utf-8").split("itas.example.com")[0].count("\n") + 1
        _, said = kiosk_driver.run(
            "sala-kiosk", "run", "--data", self.data, "--config", config, expect=3
        )
        self.assertIn(f"office.toml:{line}:", said)
        self.assertFalse(self.data.exists() and any(self.data.iterdir()))

    def test_a_link_too_long_for_its_code_is_refused_at_start(self):
        config = self.office((self.link, self.link + "?" + "x" * 3000))
        _, said = kiosk_driver.run(
            "sala-kiosk", "run", "--data", self.data, "--config", config, expect=3
        )
        self.assertRegex(said, r"office\.toml:\d+: CONFIG-")


if __name__ == "__main__":
    unittest.main(verbosity=2)
