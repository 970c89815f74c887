"""What the journeys share: a display for the file, a fresh kiosk for each test, and the day they play on."""

import datetime
import pathlib
import re
import tempfile
import unittest

import kiosk_driver

BANGKOK = datetime.timezone(datetime.timedelta(hours=7))


def local_ms(hour, minute, day=15, month=1, year=2027):
    """UTC milliseconds of a local time; by default on Friday, 15 January 2570 of the Buddhist era."""
    moment = datetime.datetime(year, month, day, hour, minute, tzinfo=BANGKOK)
    return int(moment.timestamp()) * 1000


class Journey(unittest.TestCase):
    Display = kiosk_driver.Display

    @classmethod
    def setUpClass(cls):
        cls.display = cls.Display()
        cls.addClassCleanup(cls.display.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "kiosk"

    def kiosk(self, **options):
        """A kiosk at 9.00 in the morning of the journey's day, showing its home screen."""
        options.setdefault("clock_ms", local_ms(9, 0))
        kiosk = kiosk_driver.Kiosk(self.display, self.data, **options)
        self.addCleanup(lambda: kiosk.process.poll() is None and kiosk.kill())
        kiosk.wait_for("home")
        return kiosk

    def new_pin(self, *counter):
        """The officer's, or with "--counter", NAME a counter's."""
        said = kiosk_driver.run("sala-kiosk", "new-pin", "--data", self.data, *counter)[0]
        return re.search(r"\b\d{6}\b", said).group()

    def type_pin(self, kiosk, digits):
        for digit in digits:
            kiosk.tap(f"pin.{digit}")

    def enter(self, kiosk):
        """The officer's page, with the test's own `pin` and from its `now_ms` on."""
        self.now_ms = kiosk.hold("officer.corner", "pin", self.now_ms)
        self.type_pin(kiosk, self.pin)
        kiosk.wait_for("officer_day")

    def take_ticket(self, kiosk, button="guide.ticket"):
        """Of the finance division, for its tax, from home and back; its number."""
        kiosk.tap("home.ticket")
        kiosk.wait_for("divisions")
        kiosk.tap("divisions.finance")
        kiosk.wait_for("services")
        kiosk.tap("services.tax")
        kiosk.wait_for("guide")
        kiosk.tap(button)
        kiosk.wait_for("ticket")
        number = kiosk.widget("ticket.number")["text"]
        kiosk.tap("ticket.done")
        kiosk.wait_for("home")
        return number

    def assertCounted(self, ratings=0, tickets=0):
        found = kiosk_driver.status(self.data)
        self.assertEqual((found["ratings_cast"], found["tickets_issued"]), (ratings, tickets))
