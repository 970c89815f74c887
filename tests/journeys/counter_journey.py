"""Two counters and a board in real Chromium, which trusts the kiosk by its authority alone.

Keyboard only; two counters press Next at once; the network is cut between a browser and the kiosk; another
site tries to give an order; a burst of ten calls is announced in order. Nothing here waits for a time: every
step waits until the page shows what it says.
"""

import os
import pathlib
import shutil
import socket
import string
import subprocess
import tempfile
import threading
import unittest
import wave

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PROGRAMS = pathlib.Path(os.environ["SALA_PROGRAMS"])
PATIENCE = 60
PIN = "246813"
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1366,768",
]


def record_clips(folder):
    """A voice of very short sounds: what assets/voice/README.md names."""
    folder.mkdir()
    names = ["please", "at-counter", "polite", "ten", "twenty", "eleven"]
    names += [f"digit-{digit}" for digit in range(10)]
    names += [f"letter-{letter}" for letter in string.ascii_lowercase]
    for name in names:
        with wave.open(str(folder / f"{name}.wav"), "wb") as clip:
            clip.setparams((1, 2, 22050, 0, "NONE", ""))
            clip.writeframes(bytes(range(256)) * 8)


class Kiosk:
    """The test program: the real server over a queue in memory."""

    def __init__(self, folder):
        program = PROGRAMS / "sala_counter_page"
        self.process = subprocess.Popen(
            [program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.authority = folder / "authority.crt"

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        return self.process.wait(PATIENCE)


class Cable:
    """TCP passed on from one port to another, until it is pulled; then it is silent, as a cut cable is."""

    def __init__(self, to):
        self.to, self.pulled = to, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.ends = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            if self.pulled.is_set():
                self.ends.append(near)  # Nobody answers.
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one, other):
        try:
            while data := one.recv(65536):
                if not self.pulled.is_set():
                    other.sendall(data)
            if not self.pulled.is_set():
                other.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def pull(self):
        self.pulled.set()

    def plug_in(self):
        self.pulled.clear()

    def end(self):
        for one in [self.listener, *self.ends]:
            one.close()


class Browser:
    """A Chromium with a profile of its own; `authority`: a certificate that its owner installed, or None."""

    def __init__(self, folder, authority):
        home = pathlib.Path(tempfile.mkdtemp(dir=folder))
        store = home / ".pki" / "nssdb"
        store.mkdir(parents=True)
        subprocess.run(["certutil", "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
        if authority:
            subprocess.run(["certutil", "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", "sala", "-i", authority],
                           check=True)
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in [*FLAGS, f"--user-data-dir={home / 'profile'}"]:
            options.add_argument(flag)
        service = Service("/usr/bin/chromedriver", env={**os.environ, "HOME": str(home)})
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.set_script_timeout(PATIENCE)

    def until(self, what, condition):
        wait = WebDriverWait(self.driver, PATIENCE, 0.05, [StaleElementReferenceException])
        return wait.until(lambda driver: condition(), f"never came: {what}; it shows: {self.text('body')[:600]}")

    def text(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def shows(self, selector, text):
        return self.until(f"«{text}» in {selector}", lambda: text in self.text(selector))

    def press(self, *keys):
        """Keys go to the page as a hand on the keyboard sends them: to whatever has the focus."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def hidden(self, selector):
        return not self.driver.find_element(By.CSS_SELECTOR, selector).is_displayed()

    def sign_in(self, port, downs):
        """By keys alone: the PIN has the focus; the list of counters stands before it."""
        self.driver.get(f"https://127.0.0.1:{port}/")
        self.until("the PIN's field", lambda: self.driver.switch_to.active_element.get_attribute("id") == "pin")
        webdriver.ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        self.press(*[Keys.DOWN] * downs, Keys.TAB, PIN)
        self.until("the counter's page", lambda: not self.hidden("#work"))

    def fetch(self, script):
        return self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }})().then(done, (error) => done('failed: ' + error.name));")

    def end(self):
        self.driver.quit()


class CounterJourney(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        record_clips(cls.folder / "voice")
        cls.kiosk = Kiosk(cls.folder)
        cls.browser = Browser(cls.folder, cls.kiosk.authority)
        cls.browser.sign_in(cls.kiosk.port, 1)  # counter-2, finance

    @classmethod
    def tearDownClass(cls):
        cls.browser.end()
        ended = cls.kiosk.end()
        shutil.rmtree(cls.folder, ignore_errors=True)
        assert ended == 0, f"the program ended with {ended}"

    def free(self):
        """Counter 2 is free and nobody of finance waits."""
        browser = self.browser
        for _ in range(60):
            if browser.text("#number") == "–" and browser.driver.find_elements(By.CSS_SELECTOR, "#waiting li") == []:
                return
            before = browser.text("#number")
            browser.press(Keys.ENTER)
            browser.until("the next one", lambda: browser.text("#number") != before or browser.text("#refusal"))
            self.settle()
        self.fail("the queue never ends")

    def settle(self):
        """The same key counts again only after a moment (kAgainMs); the page's own clock tells."""
        self.browser.fetch("await new Promise((resolve) => setTimeout(resolve, 750)); return 1;")

    def issue(self, count, service="tax"):
        return [self.kiosk.say(f"issue finance {service}") for _ in range(count)]

    def test_keys_alone_do_what_an_officer_does(self):
        browser = self.browser
        self.free()
        first, second, third = self.issue(3)
        browser.shows("#waiting", third)
        browser.press(Keys.ENTER)
        browser.shows("#number", first)
        browser.press("r")
        browser.shows("#time", "เรียกแล้ว ๒ ครั้ง")
        browser.press("n")
        browser.shows("#missed", first)
        browser.shows("#number", "–")
        self.settle()
        browser.press(" ")
        browser.shows("#number", second)
        browser.press("p")
        browser.shows("#menu", "ไปถ่ายเอกสาร")
        browser.press("1")
        browser.shows("#parked", second)
        served = int(self.kiosk.say("served"))
        browser.press(Keys.ENTER)
        browser.shows("#number", third)
        browser.press("t")
        browser.shows("#menu", "โอนคิว")
        browser.press("2")
        browser.shows("#menu", "ยื่นแบบและชำระภาษีป้าย")
        browser.press("1")
        browser.shows("#menu", "โอนเพราะ")
        browser.press("1")
        browser.shows("#waiting", "ยื่นแบบและชำระภาษีป้าย")
        browser.press("w")
        browser.shows("#menu", "ชำระภาษี")
        browser.press("1")
        browser.shows("#number", "ไม่มีบัตรคิว")
        self.assertEqual(int(self.kiosk.say("served")), served)
        browser.press("s")
        browser.shows("#number", "–")
        self.assertEqual(int(self.kiosk.say("served")), served + 1)

    def test_over_the_standard_time_it_asks_why(self):
        browser = self.browser
        self.free()
        number = self.issue(1)[0]
        browser.shows("#waiting", number)
        browser.press(Keys.ENTER)
        browser.shows("#number", number)
        self.assertTrue(browser.hidden("#late"))
        self.kiosk.say("pass 5")
        self.issue(1)  # Something changes, and the page hears of the time.
        browser.shows("#late", "กด D")
        browser.press("d")
        browser.press("2")
        browser.shows("#late", "ระบบคอมพิวเตอร์หรือเครือข่ายขัดข้อง")

    def test_a_key_pressed_twice_calls_once(self):
        browser = self.browser
        self.free()
        numbers = self.issue(4)
        browser.shows("#waiting", numbers[-1])
        browser.press(Keys.ENTER, Keys.ENTER, Keys.ENTER)
        browser.shows("#number", numbers[0])
        self.settle()
        self.assertEqual(browser.text("#number"), numbers[0])
        self.assertEqual(len(browser.driver.find_elements(By.CSS_SELECTOR, "#waiting li")), 3)

    def test_two_counters_that_press_at_once_never_get_the_same(self):
        browser = self.browser
        other = Browser(self.folder, self.kiosk.authority)
        try:
            other.sign_in(self.kiosk.port, 2)  # counter-3, finance too
            self.free()
            numbers = self.issue(20)
            for one in (browser, other):
                one.shows("#waiting", numbers[-1])
            seen = []
            for _ in range(10):
                before = [one.text("#number") for one in (browser, other)]
                presses = [threading.Thread(target=one.press, args=(Keys.ENTER,)) for one in (browser, other)]
                for press in presses:
                    press.start()
                for press in presses:
                    press.join()
                for one, old in zip((browser, other), before):
                    one.until("another number", lambda one=one, old=old: one.text("#number") != old)
                    seen.append(one.text("#number"))
                self.settle()
            self.assertEqual(sorted(seen), sorted(numbers))
        finally:
            other.end()

    def test_a_cut_network_is_said_and_blocks_and_heals(self):
        cable = Cable(self.kiosk.port)
        browser = Browser(self.folder, self.kiosk.authority)
        try:
            browser.sign_in(cable.port, 0)  # counter-1, clerk
            number = self.kiosk.say("issue clerk water")
            browser.shows("#waiting", number)
            cable.pull()
            browser.shows("#stale", "ข้อมูลนี้อาจเก่า กำลังเชื่อมต่อใหม่")
            later = self.kiosk.say("issue clerk water")
            browser.press(Keys.ENTER)
            self.assertFalse(browser.driver.find_element(By.ID, "do-next").is_enabled())
            self.assertEqual(browser.text("#number"), "–")
            cable.plug_in()
            browser.shows("#waiting", later)
            browser.until("no stale sentence", lambda: browser.hidden("#stale"))
            self.assertEqual(browser.text("#number"), "–")
            browser.press(Keys.ENTER)
            browser.shows("#number", number)
        finally:
            browser.end()
            cable.end()

    def test_another_site_can_neither_order_nor_read_nor_frame(self):
        browser = Browser(self.folder, self.kiosk.authority)
        try:
            # The same machine under another port is another origin with the same cookies: the worst neighbour.
            browser.sign_in(self.kiosk.port, 3)
            number = self.kiosk.say("issue works digging")
            browser.shows("#waiting", number)
            cable = Cable(self.kiosk.port)
            browser.driver.get(f"https://127.0.0.1:{cable.port}/office")
            target = f"https://127.0.0.1:{self.kiosk.port}"
            kind = "application/x-www-form-urlencoded"
            order = (f"return (await fetch('{target}/order', {{ method: 'POST', credentials: 'include', %s"
                     f" headers: {{ 'Content-Type': '{kind}' }}, body: 'do=next&seen=0' }})).type;")
            self.assertIn("failed", browser.fetch(order % ""))
            self.assertIn(browser.fetch(order % "mode: 'no-cors',"), ("opaque", "failed: TypeError"))
            self.assertIn("failed", browser.fetch(f"return (await fetch('{target}/session')).status;"))
            cable.end()
            browser.driver.get(f"{target}/")
            browser.shows("#waiting", number)
            self.assertEqual(browser.text("#number"), "–")
        finally:
            browser.end()

    def test_who_has_not_installed_the_authority_is_warned(self):
        stranger = Browser(self.folder, None)
        try:
            with self.assertRaises(WebDriverException) as refused:
                stranger.driver.get(f"https://127.0.0.1:{self.kiosk.port}/board")
            self.assertIn("ERR_CERT_AUTHORITY_INVALID", str(refused.exception))
        finally:
            stranger.end()

    def test_the_authority_is_good_for_no_other_address(self):
        # The kiosk listens on one address; a cable gives its certificate another one.
        listener = socket.create_server(("127.0.0.2", 0))
        port = listener.getsockname()[1]

        def pass_on():
            while True:
                try:
                    near = listener.accept()[0]
                except OSError:
                    return
                far = socket.create_connection(("127.0.0.1", self.kiosk.port))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=Cable.pump, args=(self.cable, one, other), daemon=True).start()

        self.cable = Cable(self.kiosk.port)
        threading.Thread(target=pass_on, daemon=True).start()
        browser = Browser(self.folder, self.kiosk.authority)
        try:
            with self.assertRaises(WebDriverException) as refused:
                browser.driver.get(f"https://127.0.0.2:{port}/board")
            self.assertIn("ERR_CERT_COMMON_NAME_INVALID", str(refused.exception))
        finally:
            browser.end()
            listener.close()
            self.cable.end()

    def test_the_board_announces_a_burst_of_ten_in_order(self):
        board = Browser(self.folder, self.kiosk.authority)
        try:
            self.free()
            for _ in range(10):
                self.kiosk.say("issue finance tax")
            board.driver.get(f"https://127.0.0.1:{self.kiosk.port}/board")
            board.until("the start", lambda: board.driver.switch_to.active_element.get_attribute("id") == "start-button")
            board.press(Keys.ENTER)
            board.until("the board", lambda: board.hidden("#start"))
            calls = [self.kiosk.say("call counter-3") for _ in range(10)]

            def announced():
                lines = board.driver.execute_script(
                    "return Array.from(document.querySelectorAll('#announced li'), (li) => "
                    "[li.textContent, Number(li.dataset.seq), li.dataset.how]);")
                return [line for line in lines if line[0] in calls]

            board.until("ten announced", lambda: len(announced()) == 10)
            self.assertEqual([line[0] for line in announced()], calls)
            self.assertEqual([line[1] for line in announced()], sorted(line[1] for line in announced()))
            self.assertEqual({line[2] for line in announced()}, {"voice"})
            # Loaded again it repeats none.
            board.driver.refresh()
            board.until("the last call", lambda: calls[-1] in board.text("#call-number"))
            self.assertEqual(announced(), [])
        finally:
            board.end()


if __name__ == "__main__":
    unittest.main(verbosity=2)
