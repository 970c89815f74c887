"""A day of a whole office: five divisions, six counters in Chromium, a printer that fails, and the books.

Visitors take tickets at the kiosk's screen or walk in at a counter; officers call, park, transfer and cancel
by keys; the printer runs out of paper, is opened, talks nonsense and has its plug pulled in the middle of a
ticket; an officer has the missing ones printed. This file counts by itself. At the end the kiosk, the office
and a stranger's reader of the bundle agree with it, and every ticket but those that stayed unprinted has its
paper.
"""

import collections
import os
import pathlib
import random
import re
import subprocess
import sys
import tomllib
import unittest

import journey
import kiosk_driver
from kiosk_driver import read_codes
from log_reader import happenings, journal_lines
from queue_office import Counter, Printer, free_port, office_figures

VISITORS = int(os.environ.get("SALA_VISITORS", "60"))
FIRST, LAST, CLOSE = 8 * 60 + 31, 15 * 60 + 50, 16 * 60 + 25  # minutes of the day
FOLLOW = "https://www.banmai.example/q"
VERIFY = kiosk_driver.ROOT / "tests/verifier/verify.py"


def moment(minute):
    return journey.local_ms(0, 0) + minute * 60_000


class Office:
    """The day as it should come out, counted without any of the program's code."""

    def __init__(self):
        self.order = []  # numbers in the order of the tickets
        self.errands = {}  # number -> divisions still to come, the present one first
        self.priority = set()
        self.waits = collections.defaultdict(set)  # division -> numbers
        self.count = collections.Counter()
        self.unprinted = []

    def issue(self, number, divisions, priority):
        assert number not in self.errands, f"{number} was given twice"
        self.order.append(number)
        self.errands[number] = list(divisions)
        self.waits[divisions[0]].add(number)
        if priority:
            self.priority.add(number)
        self.count["issued"] += 1

    def call(self, division, number):
        """In its lane nobody who came before waits."""
        waits = self.waits[division]
        assert number in waits, f"{number} was called and did not wait in {division}: {waits}"
        first = next(one for one in self.order
                     if one in waits and (one in self.priority) == (number in self.priority))
        assert first == number, f"{number} was called before {first}"
        waits.remove(number)

    def finish(self, number):
        """Served, or on to the next errand."""
        if number == "":
            self.count["served"] += 1
            return
        self.errands[number].pop(0)
        if self.errands[number]:
            self.waits[self.errands[number][0]].add(number)
        else:
            self.count["served"] += 1

    def still_waiting(self):
        return sum(map(len, self.waits.values()))


class QueueDay(journey.Journey):
    def setUp(self):
        super().setUp()
        self.dice = random.Random(2570)
        self.port, self.printer = free_port(), Printer()
        self.addCleanup(self.printer.end)
        self.config = self.folder / "office.toml"
        text = kiosk_driver.DEMO_OFFICE.read_text()
        text = text.replace("[queue]\n", f'[queue]\nfollow = "{FOLLOW}"\n', 1)
        text += f'\n[counter_page]\nlisten = "127.0.0.1:{self.port}"\n'
        text += f'\n[printer]\nroad = "tcp"\naddress = "{self.printer.place}"\npaper_mm = 80\n'
        self.config.write_text(text)
        self.demo = tomllib.loads(text)
        self.office = Office()
        self.pin = self.new_pin()

    # ---- time ----

    def at(self, minute):
        self.minute = max(self.minute, minute)
        self.desk.clock(moment(self.minute))

        def shown():
            digits = re.findall(r"\d+", self.desk.widget("header.clock")["text"])
            return [int(one) for one in digits] == list(divmod(self.minute, 60))

        # Then whatever the time brings to an untouched screen is drawn too.
        kiosk_driver.wait_until("the clock to show the time", shown)

    # ---- visitors ----

    def take_ticket(self, errands, priority):
        kiosk = self.desk
        kiosk.wait_for("home", "attract")
        kiosk.tap("home.ticket")
        for i, (division, service) in enumerate(errands):
            kiosk.wait_for("divisions")
            kiosk.tap(f"divisions.{division}")
            kiosk.wait_for("services")
            kiosk.tap(f"services.{service}")
            kiosk.wait_for("guide")
            if i + 1 < len(errands):
                kiosk.tap("guide.more")
        kiosk.tap("guide.priority" if priority else "guide.ticket")
        kiosk.wait_for("ticket")
        number = kiosk.widget("ticket.number")["text"]
        self.office.issue(number, [division for division, _ in errands], priority)
        return number

    def leave(self):
        self.desk.tap("ticket.done")
        self.desk.wait_for("home")

    def paper_says(self, words):
        kiosk_driver.wait_until(
            f"«{words}»", lambda: words in self.desk.widgets().get("ticket.paper", {"text": ""})["text"])

    def visit(self, fault):
        divisions = self.demo["division"]
        chosen = self.dice.sample(divisions, 2 if self.dice.random() < 0.1 else 1)
        errands = [(one["id"], self.dice.choice(one["service"])["id"]) for one in chosen]
        if fault:
            self.printer.say(fault)
        number = self.take_ticket(errands, self.dice.random() < 0.15)
        if fault:
            self.paper_says("พิมพ์บัตรไม่ได้")
            self.office.unprinted.append(number)
        self.leave()
        for counter in self.counters:
            if counter.division == errands[0][0]:
                counter.sees(number)
        return number

    # ---- officers ----

    def open_counters(self):
        kiosk_driver.run("sala-kiosk", "counter-certificate", "--data", self.data, "--to", self.folder)
        authority = self.folder / "sala-counter-page.crt"
        counters = [(counter["id"], division["id"])
                    for division in self.demo["division"] for counter in division["counter"]]
        self.assertEqual(len(counters), 6)
        self.counters = []
        for place, (name, division) in enumerate(counters):
            self.at(self.minute + 1)
            pin = self.new_pin("--counter", name)
            self.counters.append(Counter(self.folder, authority, self.port, place, division, pin))
            self.addCleanup(self.counters[-1].end)

    def call(self, counter):
        number = counter.call_next()
        if number is None:
            return
        self.office.call(counter.division, number)
        counter.busy_until = self.minute + self.dice.randint(3, 14)

    def end_service(self, counter):
        number, count, chance = counter.number, self.office.count, self.dice.random()
        walked_in = number == ""
        if chance < 0.08 and not walked_in:
            counter.press("n")
            count["missed"] += 1
        elif chance < 0.11:
            counter.press("c", "1")
            count["cancelled"] += 1
        elif chance < 0.14 and not walked_in:
            # Away for a paper, and back at once: no other one is called before.
            counter.press("p", "1")
            self.office.count["parked"] += 1
            counter.browser.driver.find_element("css selector", "#parked button").click()
            counter.press("1")
            self.assertEqual(counter.number, number)
            counter.busy_until = self.minute + 3
        elif chance < 0.17 and not walked_in and len(self.office.errands[number]) == 1:
            self.transfer(counter, number)
        else:
            self.serve(counter, number)

    def transfer(self, counter, number):
        """To the first other division that the page offers."""
        to = next(one["id"] for one in self.demo["division"] if one["id"] != counter.division)
        offered = [one["id"] for one in self.demo["division"]
                   if one["id"] != counter.division or len(one["service"]) > 1]
        counter.press_until_asked("t", str(offered.index(to) + 1), "1", "1")
        self.office.errands[number] = [to]
        self.office.waits[to].add(number)
        self.office.count["transferred"] += 1

    def serve(self, counter, number):
        waiting = self.office.waits[counter.division]
        if waiting and number:
            # One key: served, and the next one is called.
            self.office.finish(number)
            self.call(counter)
            return
        counter.press("s")
        self.office.finish(number)
        if self.dice.random() < 0.2:
            self.rate()

    def rate(self):
        self.desk.wait_for("home", "attract")
        self.desk.tap(f"rating.face.{self.dice.randint(1, 5)}")
        self.desk.wait_for("thanks")
        self.desk.tap("thanks.done")
        self.desk.wait_for("home")
        self.office.count["rated"] += 1

    def walk_in(self):
        """At a counter that is free; none: that visitor takes a ticket."""
        free = [counter for counter in self.counters if counter.number is None]
        if not free:
            self.visit(None)
            return
        counter = self.dice.choice(free)
        counter.press("w", "1")
        self.assertEqual(counter.number, "")
        self.office.count["walked_in"] += 1
        counter.busy_until = self.minute + self.dice.randint(3, 10)

    def work(self):
        """Every counter that is due does one thing."""
        for counter in self.counters:
            if counter.number is not None and counter.busy_until <= self.minute:
                self.end_service(counter)
            elif counter.number is None and self.office.waits[counter.division]:
                self.call(counter)

    def reprint(self):
        """An officer at the kiosk has every missing paper made."""
        kiosk, numbers = self.desk, self.office.unprinted
        self.printer.say("fine")
        now_ms = kiosk.hold("officer.corner", "pin", moment(self.minute))
        self.minute = (now_ms - moment(0)) // 60_000 + 1
        for digit in self.pin:
            kiosk.tap(f"pin.{digit}")
        kiosk.wait_for("officer_day")
        open_still = [one for one in numbers if f"officer.reprint.{one}" in self.unprinted_page(kiosk)]
        for number in open_still:
            kiosk.tap(f"officer.reprint.{number}")
            kiosk_driver.wait_until(
                f"{number} printed", lambda one=number: f"officer.reprint.{one}" not in kiosk.widgets())
            self.assertIn("พิมพ์บัตรคิวแล้ว", kiosk.widget("officer.notice")["text"])
            numbers.remove(number)
        if open_still:
            kiosk.tap("officer.back")
            kiosk.wait_for("officer_day")
        self.assertNotIn("officer.unprinted", kiosk.widgets())
        kiosk.tap("officer.leave")
        kiosk.wait_for("home")

    def unprinted_page(self, kiosk):
        if "officer.unprinted" not in kiosk.widgets():
            return {}
        kiosk.tap("officer.unprinted")
        kiosk.wait_for("officer_unprinted")
        return kiosk.widgets()

    # ---- the day ----

    def play(self):
        faults = {round(VISITORS * share): fault for share, fault in
                  ((0.2, "paper-out"), (0.4, "pull 4000"), (0.6, "cover-open"), (0.8, "garbage"))}
        step = (LAST - FIRST) / VISITORS
        for i in range(VISITORS):
            self.at(int(FIRST + i * step))
            if i in faults:
                self.visit(faults[i])
                self.reprint()
            elif self.dice.random() < 0.2:
                self.walk_in()
            else:
                self.visit(None)
            self.work()
        # The last one finds the roll at its end, and nobody mends it.
        self.visit("paper-out")
        while self.office.still_waiting() > 3 and self.minute < CLOSE:
            self.at(self.minute + 2)
            self.work()
        for counter in self.counters:
            if counter.number is not None:
                number = counter.number
                counter.press("s")
                self.office.finish(number)
        self.office.count["cancelled"] += self.office.still_waiting()

    def check_counts(self, told):
        count, whole = self.office.count, told["queue"]["whole"]
        expected = {"issued": count["issued"], "walked_in": count["walked_in"], "served": count["served"],
                    "missed": count["missed"], "cancelled": count["cancelled"], "carried_out": 0}
        self.assertEqual({what: whole[what] for what in expected}, expected)
        self.assertTrue(told["queue"]["balanced"])
        self.assertEqual(told["ratings_cast"], count["rated"])
        visitors = whole["issued"] + whole["walked_in"]
        self.assertEqual(visitors, VISITORS + 1)
        self.assertEqual(visitors, whole["served"] + whole["missed"] + whole["cancelled"])

    def check_lines(self, bundle):
        """A stranger's reader finds the log true: no ticket with two counters, no counter with two."""
        command = [sys.executable, "-B", str(VERIFY), str(bundle)]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=100)
        self.assertEqual(asked.returncode, 0, asked.stdout + asked.stderr)
        lines = journal_lines(bundle)
        issued = happenings(lines, "ticket_issued")
        self.assertEqual([line["number"] for line in issued], self.office.order)
        self.assertEqual(len(happenings(lines, "ticket_parked")), self.office.count["parked"])
        self.assertEqual(len(happenings(lines, "ticket_transferred")), self.office.count["transferred"])
        self.assertEqual(len(happenings(lines, "print_failed")), 5)
        number = {line["seq"]: line["number"] for line in issued}
        without = {number[line["ticket"]] for line in happenings(lines, "print_failed")}
        without -= {number[line["ticket"]] for line in happenings(lines, "ticket_reprinted")}
        self.assertEqual(without, set(self.office.unprinted))
        entered = [line["counter"] for line in happenings(lines, "officer") if line["did"] == "entered"]
        self.assertEqual(sorted(entered), sorted(["", "", "", ""] + [f"counter-{n}" for n in range(1, 7)]))

    def check_papers(self):
        papers = self.folder / "papers"
        self.printer.say("fine")
        self.printer.say(f"save {papers}")
        codes = [read_codes(paper) for paper in sorted(papers.glob("*.png"))]
        numbers = [code.removeprefix(FOLLOW + "#") for found in codes for code in found]
        self.assertEqual(sorted(numbers), sorted(set(self.office.order) - set(self.office.unprinted)))

    def test_what_is_still_to_be_printed_when_the_program_ends_is_known_as_unprinted(self):
        self.minute = FIRST
        self.printer.say("silent")
        with self.kiosk(config=self.config, clock_ms=moment(self.minute)) as self.desk:
            division = self.demo["division"][0]
            self.take_ticket([(division["id"], division["service"][0]["id"])], False)
        stick = self.folder / "stick"
        stick.mkdir()
        kiosk_driver.run("sala-kiosk", "export", "--data", self.data, "--to", stick)
        self.assertEqual(len(happenings(journal_lines(next(stick.glob("*.bundle"))), "print_failed")), 1)

    def test_the_books_balance_everywhere_and_every_ticket_has_its_paper(self):
        self.minute = FIRST - 20
        with self.kiosk(config=self.config, clock_ms=moment(self.minute)) as self.desk:
            self.open_counters()
            self.play()
            kiosk_driver.run("sala-kiosk", "close", "--data", self.data)
        told = kiosk_driver.status(self.data)
        self.check_counts(told)
        self.assertEqual(told["queue"], office_figures(self.folder, self.data, self.config))
        bundles = list((self.folder / "stick").glob("*.bundle"))
        self.assertEqual(len(bundles), 1)
        self.check_lines(bundles[0])
        self.check_papers()


if __name__ == "__main__":
    unittest.main()
