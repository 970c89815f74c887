"""A visitor takes a ticket: division, service, number. The number is shown only once it is on the disk."""

import socket
import unittest

import journey
import kiosk_driver


class Ticket(journey.Journey):
    def take(self, kiosk, division=0, service=0, taps=1, button="guide.ticket"):
        """Takes a ticket of the n-th division's m-th service; the number on the screen."""
        kiosk.tap("home.ticket")
        kiosk.wait_for("divisions")
        kiosk.tap(kiosk.choices("divisions.")[division])
        kiosk.wait_for("services")
        kiosk.tap(kiosk.choices("services.")[service], times=taps)
        kiosk.wait_for("guide")
        kiosk.tap(button, times=taps)
        kiosk.wait_for("ticket")
        return kiosk.widget("ticket.number")["text"]

    def test_numbers_of_a_division_run_on_and_each_division_has_its_letter(self):
        with self.kiosk() as kiosk:
            numbers = []
            for division, service in ((0, 0), (0, 1), (1, 0)):
                numbers.append(self.take(kiosk, division, service))
                self.assertCounted(tickets=len(numbers))
                kiosk.tap("ticket.done")
                kiosk.wait_for("home")
            self.assertRegex(numbers[0], r"^[A-Z]001$")
            self.assertEqual(numbers[1], numbers[0][0] + "002")
            self.assertRegex(numbers[2], r"^[A-Z]001$")
            self.assertNotEqual(numbers[2][0], numbers[0][0])

    def test_a_trembling_finger_takes_one_ticket(self):
        with self.kiosk() as kiosk:
            self.take(kiosk, taps=3)
        self.assertCounted(tickets=1)

    def test_a_priority_ticket_is_called_first_and_says_so(self):
        with self.kiosk() as kiosk:
            for n in range(3):
                self.take(kiosk)
                self.assertIn("๐๑๒"[n] if n else "ถัดไป", kiosk.widget("ticket.ahead")["text"])
                kiosk.tap("ticket.done")
                kiosk.wait_for("home")
            self.take(kiosk, button="guide.priority")
            self.assertIn("ถัดไป", kiosk.widget("ticket.ahead")["text"])

    def test_one_ticket_takes_two_errands(self):
        with self.kiosk() as kiosk:
            kiosk.tap("home.ticket")
            kiosk.wait_for("divisions")
            kiosk.tap(kiosk.choices("divisions.")[0])
            kiosk.wait_for("services")
            kiosk.tap(kiosk.choices("services.")[0])
            kiosk.wait_for("guide")
            kiosk.tap("guide.more")
            kiosk.wait_for("divisions")
            kiosk.tap(kiosk.choices("divisions.")[1])
            kiosk.wait_for("services")
            kiosk.tap(kiosk.choices("services.")[0])
            kiosk.wait_for("guide")
            kiosk.tap("guide.ticket")
            kiosk.wait_for("ticket")
            self.assertCounted(tickets=1)

    def test_the_way_back_takes_no_ticket(self):
        with self.kiosk() as kiosk:
            kiosk.tap("home.ticket")
            kiosk.wait_for("divisions")
            kiosk.tap(kiosk.choices("divisions.")[0])
            kiosk.wait_for("services")
            kiosk.tap(kiosk.choices("services.")[0])
            kiosk.wait_for("guide")
            kiosk.tap("guide.back")
            kiosk.wait_for("services")
            kiosk.tap("services.back")
            kiosk.wait_for("divisions")
            kiosk.tap("divisions.back")
            kiosk.wait_for("home")
            self.assertCounted(tickets=0)

    def test_a_visitor_who_walked_away_leaves_the_home_screen_to_the_next(self):
        with self.kiosk() as kiosk:
            kiosk.tap("home.ticket")
            kiosk.wait_for("divisions")
            kiosk.clock(journey.local_ms(9, 1))
            kiosk.tap("idle.still_here")
            self.assertEqual(kiosk.wait_for("divisions"), "divisions")
            kiosk_driver.wait_until("the question gone", lambda: "idle.still_here" not in kiosk.widgets())
            kiosk.clock(journey.local_ms(9, 2))
            kiosk.widget("idle.still_here")
            kiosk.clock(journey.local_ms(9, 3))
            kiosk.wait_for("home")
            self.assertCounted(tickets=0)

    def test_after_a_power_cut_no_number_is_given_twice(self):
        kiosk = self.kiosk()
        first = self.take(kiosk)
        kiosk.kill()
        with self.kiosk() as again:
            second = self.take(again)
            self.assertEqual((second[0], int(second[1:])), (first[0], int(first[1:]) + 1))
            self.assertCounted(tickets=2)

    def test_a_ticket_at_the_printer_as_the_power_fails_is_known_as_unprinted(self):
        config = self.folder / "office.toml"
        printer = socket.create_server(("127.0.0.1", 0))  # takes the call, and never says a word
        self.addCleanup(printer.close)
        place = f"127.0.0.1:{printer.getsockname()[1]}"
        settings = f'\n[printer]\nroad = "tcp"\naddress = "{place}"\npaper_mm = 80\n'
        config.write_text(kiosk_driver.DEMO_OFFICE.read_text() + settings)
        kiosk = self.kiosk(config=config)
        number = self.take(kiosk)
        self.assertIn("กำลังพิมพ์", kiosk.widget("ticket.paper")["text"], "nobody has given it up yet")
        kiosk.kill()
        self.now_ms = journey.local_ms(9, 1)
        with self.kiosk(config=config, clock_ms=self.now_ms) as again:
            self.pin = self.new_pin()
            self.enter(again)
            again.tap("officer.unprinted")
            again.wait_for("officer_unprinted")
            self.assertIn(f"officer.reprint.{number}", again.widgets())
            again.tap("officer.back")
            again.wait_for("officer_day")
            again.tap("officer.leave")
            again.wait_for("home")

    def test_numbers_start_again_on_the_next_day(self):
        with self.kiosk() as kiosk:
            first = self.take(kiosk)
            kiosk.clock(journey.local_ms(9, 0, day=18))
            kiosk.wait_for("home")
            self.assertEqual(self.take(kiosk), first)


if __name__ == "__main__":
    unittest.main(verbosity=2)
