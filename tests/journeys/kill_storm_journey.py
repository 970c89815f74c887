"""The power fails in the middle of a storm of taps, a hundred times: nothing that was acknowledged is lost,
and nothing is counted twice.

After each kill the count on the disk must be what was acknowledged on the screen, and at most one more: what
was on its way when the power went. At the end every head that was shown as proof is computed again from the
exported journal: had one acknowledged line been lost, moved or altered, its letters would differ.
"""

import os
import random
import re
import threading
import time
import unittest

import journey
import kiosk_driver
import log_reader

KILLS = int(os.environ.get("SALA_KILLS", "100"))
SEED = 2570
STORM_MS_MAX = 3000  # The power fails somewhere within; most storms have acknowledged something by then.
LOOK_S_MAX = 1.0  # A tap that is ignored, as a hasty one may be, changes nothing.


class Acknowledged:
    """What the screen has told visitors so far."""

    def __init__(self):
        self.heads = {}  # tree size -> letters
        self.ratings = 0
        self.tickets = []

    def note_head(self, text):
        """Whether this head is a new one; a screen that is looked at twice acknowledges once."""
        size, letters = re.search(r"(\d+) • ([a-z2-7 ]+)$", text.lower()).groups()
        if int(size) in self.heads:  # int() reads Thai digits too.
            return False
        self.heads[int(size)] = letters.replace(" ", "")
        return True


class KillStorm(journey.Journey):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.seen = Acknowledged()

    def react_to(self, kiosk, screen):
        """One hasty visitor's next tap. Each acknowledgement is noted before it is tapped away."""
        if screen == "home":
            if self.random.random() < 0.6:
                kiosk.tap(f"rating.face.{self.random.randint(1, 5)}", times=self.random.randint(1, 3))
            else:
                kiosk.tap("home.ticket")
        elif screen in ("divisions", "services"):
            choices = kiosk.choices(screen + ".")
            if choices:  # None: the screen has moved on in between.
                kiosk.tap(self.random.choice(choices))
        elif screen == "guide":
            kiosk.tap("guide.ticket", times=self.random.randint(1, 3))
        elif screen == "thanks":
            if self.seen.note_head(kiosk.widget("thanks.head")["text"]):
                self.seen.ratings += 1
            kiosk.tap("thanks.done")
        elif screen == "ticket":
            if self.seen.note_head(kiosk.widget("ticket.head")["text"]):
                self.seen.tickets.append(kiosk.widget("ticket.number")["text"])
            kiosk.tap("ticket.done")
        elif screen == "eit":
            kiosk.tap("eit.back")

    def look(self, kiosk, before):
        """Until the tap has worked: one aimed at what stood there before would hit what nobody has read."""
        give_up = time.monotonic() + LOOK_S_MAX
        while kiosk.screen() == before and time.monotonic() < give_up:
            time.sleep(kiosk_driver.POLL_S)

    def storm(self, kiosk):
        """Taps until the power fails."""
        power = threading.Timer(self.random.uniform(0, STORM_MS_MAX) / 1000, kiosk.process.kill)
        power.start()
        try:
            while kiosk.process.poll() is None:
                screen = kiosk.screen()
                self.react_to(kiosk, screen)
                self.look(kiosk, screen)
        except (kiosk_driver.Failed, ValueError, OSError):
            # Only the power may end a conversation; a kiosk that fell by itself or fell silent is a finding.
            kiosk.process.wait(timeout=kiosk_driver.DEADLINE_S)
        finally:
            power.join()
        self.assertEqual(kiosk.process.wait(timeout=kiosk_driver.DEADLINE_S), -9, kiosk.log_path.read_text())
        kiosk.forget()

    def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(self):
        ratings = tickets = unseen = 0
        for kill in range(KILLS):
            acknowledged = (self.seen.ratings, len(self.seen.tickets))
            kiosk = self.kiosk(clock_ms=journey.local_ms(9, 0) + kill * 20_000)
            restarted = kiosk_driver.status(self.data)
            counted = (restarted["ratings_cast"], restarted["tickets_issued"])
            self.assertEqual(counted, (ratings, tickets), "the start itself counted something")
            self.storm(kiosk)
            stored = kiosk_driver.status(self.data)
            more_ratings = stored["ratings_cast"] - ratings - (self.seen.ratings - acknowledged[0])
            more_tickets = stored["tickets_issued"] - tickets - (len(self.seen.tickets) - acknowledged[1])
            with self.subTest(kill=kill):
                self.assertGreaterEqual(more_ratings, 0, "an acknowledged rating is lost")
                self.assertGreaterEqual(more_tickets, 0, "an acknowledged ticket is lost")
                self.assertLessEqual(more_ratings + more_tickets, 1, "more is stored than was on its way")
            ratings, tickets = stored["ratings_cast"], stored["tickets_issued"]
            unseen += more_ratings + more_tickets
        self.assertGreater(self.seen.ratings, KILLS // 4, "a storm that acknowledges nothing proves nothing")
        self.assertGreater(len(self.seen.tickets), KILLS // 10)
        print(
            f"{KILLS} kills: {ratings} ratings and {tickets} tickets stored, {len(self.seen.heads)} of them "
            f"shown, {unseen} stored as the power went"
        )
        self.check_journal(ratings, tickets)

    def check_journal(self, ratings, tickets):
        stick = self.folder / "stick"
        stick.mkdir()
        with self.kiosk(clock_ms=journey.local_ms(16, 0)):
            kiosk_driver.run("sala-kiosk", "close", "--data", self.data)
            kiosk_driver.run("sala-kiosk", "export", "--data", self.data, "--to", stick)
        [bundle] = stick.glob("*.bundle")
        lines = log_reader.journal_lines(bundle)

        self.assertEqual(len(log_reader.happenings(lines, "cast")), ratings)
        numbers = [ticket["number"] for ticket in log_reader.happenings(lines, "ticket_issued")]
        self.assertEqual(len(numbers), tickets)
        self.assertEqual(len(set(numbers)), tickets, "a ticket's number was given twice")
        self.assertLessEqual(set(self.seen.tickets), set(numbers))
        for size, letters in self.seen.heads.items():
            with self.subTest(size=size):
                self.assertEqual(log_reader.root_letters(lines[:size]), letters, "the head shown")

        sealed = sum(envelope["n"] for envelope in log_reader.happenings(lines, "sealed"))
        [close] = log_reader.happenings(lines, "day_closed")
        waiting = sum(page["n"] for page in close["waiting"])
        self.assertEqual(sealed + waiting, ratings)


if __name__ == "__main__":
    unittest.main(verbosity=2)
