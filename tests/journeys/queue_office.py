"""What a day of a queue is played with: a printer that fails, and a counter with its officer and browser."""

import json
import os
import pathlib
import socket
import subprocess

from selenium.webdriver.common.keys import Keys

import kiosk_driver
from counter_browser import Browser

PROGRAMS = pathlib.Path(os.environ["SALA_PROGRAMS"])


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def office_figures(folder, data, config):
    """The day as the office tells it, from the bundle on a stick."""
    stick, db, keys = folder / "stick", folder / "office.db", folder / "keys"
    stick.mkdir()
    run = kiosk_driver.run
    run("sala-kiosk", "export", "--data", data, "--to", stick)
    run("sala-office", "init", "--db", db, "--keys", keys, "--office", config)
    code = kiosk_driver.status(data)["device_code"]
    run("sala-office", "enrol", "--db", db, "--device", code, "--name", "โถงหน้า")
    run("sala-office", "import", "--db", db, "--keys", keys, stick)
    told = folder / "queue.json"
    run("sala-office", "report", "queue", "--db", db, "--year", "2570", "--month", "1", "--to", told)
    return json.loads(told.read_text())["queue"]


class Printer:
    """The double of a receipt printer, as a program of its own on a TCP port."""

    def __init__(self):
        self.process = subprocess.Popen(
            [PROGRAMS / "sala_printer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.place = self.process.stdout.readline().strip()

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer not in ("", "?"), f"the printer did not understand {line!r}: {answer!r}"
        return answer

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(60)


class Counter:
    """One officer: a Chromium, a keyboard, and who is there."""

    FREE = "–"
    WALKED_IN = "ไม่มีบัตรคิว"

    def __init__(self, folder, authority, port, place, division, pin):
        self.division = division
        self.number = None  # None: nobody is there; "": somebody who walked in
        self.busy_until = 0  # minute of the day
        self.browser = Browser(folder, authority)
        self.browser.sign_in(port, place, pin)

    def shown(self):
        text = self.browser.text("#number")
        return {self.FREE: None, self.WALKED_IN: ""}.get(text, text)

    def press(self, *keys):
        """The keys one after the other, each choice when its menu is there; then what the page shows."""
        before = self.shown()
        for key in keys[:-1]:
            self.browser.press(key)
            self.browser.until("a menu", lambda: not self.browser.hidden("#menu"))
        self.browser.press(keys[-1])
        self.browser.until("what was ordered", lambda: self.shown() != before)
        self.settle()
        self.number = self.shown()
        return self.number

    def press_until_asked(self, *keys):
        """The same where each choice opens another menu of another title."""
        browser, title = self.browser, ""
        for key in keys[:-1]:
            browser.press(key)
            browser.until("the next menu", lambda old=title: browser.text("#menu-title") not in ("", old))
            title = browser.text("#menu-title")
        browser.press(keys[-1])
        browser.until("the counter to be free", lambda: self.shown() is None)
        self.settle()
        self.number = None

    def settle(self):
        """The same key counts again only after a moment (kAgainMs); the page's own clock tells."""
        self.browser.fetch("await new Promise((resolve) => setTimeout(resolve, 750)); return 1;")

    def call_next(self):
        return self.press(Keys.ENTER)

    def sees(self, number):
        self.browser.shows("#waiting", number)

    def end(self):
        self.browser.end()
