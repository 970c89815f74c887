"""From ticket to served with the real programs: a visitor, a counter and the board in Chromium, the office.

What the kiosk says of the day at its end is byte for byte what the office reckons from the bundle.
"""

import unittest

import journey
import kiosk_driver
from counter_browser import Browser
from queue_office import free_port, office_figures


class Queue(journey.Journey):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.config = self.folder / "office.toml"
        listen = f'\n[counter_page]\nlisten = "127.0.0.1:{self.port}"\n'
        self.config.write_text(kiosk_driver.DEMO_OFFICE.read_text() + listen)

    def browser(self, authority):
        browser = Browser(self.folder, authority)
        self.addCleanup(browser.end)
        return browser

    def test_a_ticket_is_called_served_rated_and_counted_alike_everywhere(self):
        with self.kiosk(config=self.config) as kiosk:
            first, second = self.take_ticket(kiosk), self.take_ticket(kiosk)
            third = self.take_ticket(kiosk, "guide.priority")
            pin = self.new_pin("--counter", "counter-2")
            kiosk_driver.run("sala-kiosk", "counter-certificate", "--data", self.data, "--to", self.folder)
            authority = self.folder / "sala-counter-page.crt"

            board = self.browser(authority)
            board.driver.get(f"https://127.0.0.1:{self.port}/board")
            counter = self.browser(authority)
            counter.sign_in(self.port, 1, pin)
            counter.shows("#waiting", first)
            counter.press("\ue007")  # Enter: the priority lane begins
            counter.shows("#number", third)
            board.shows("body", third)

            # However long nobody has touched the kiosk, the invitation has its own time.
            kiosk.clock(journey.local_ms(9, 0) + 40_000)
            # Served: whoever stands at the kiosk now is asked about that service.
            counter.press("s")
            kiosk_driver.wait_until(
                "the invitation", lambda: "ชำระภาษี" in kiosk.widget("home.rate")["text"])
            kiosk.clock(journey.local_ms(9, 0) + 60_000)
            self.assertEqual(kiosk.screen(), "home")
            self.assertIn("ชำระภาษี", kiosk.widget("home.rate")["text"])
            kiosk.tap("rating.face.5")
            kiosk.wait_for("thanks")
            kiosk.tap("thanks.done")
            kiosk.wait_for("home")
            self.assertNotIn("ชำระภาษี", kiosk.widget("home.rate")["text"])

            counter.until("nobody", lambda: counter.text("#number") == "–")
            counter.press(" ")
            counter.shows("#number", first)
            counter.press("n")
            counter.shows("#missed", first)
            self.assertIn(second, counter.text("#waiting"))
            kiosk_driver.run("sala-kiosk", "close", "--data", self.data)

        told = kiosk_driver.status(self.data)
        whole = told["queue"]["whole"]
        found = [whole[what] for what in ("issued", "served", "missed", "cancelled")]
        self.assertEqual(found, [3, 1, 1, 1])
        self.assertTrue(told["queue"]["balanced"])
        self.assertEqual(told["queue"], office_figures(self.folder, self.data, self.config))


if __name__ == "__main__":
    unittest.main()
