"""Two counters and a board in real Chromium, which trusts the kiosk by its authority alone.

Keyboard only; two counters press Next at once; the network is cut between a browser and the kiosk; another
site tries to give an order; a burst of ten calls is announced in order. Nothing here waits for a time: every
step waits until the page shows what it says.
"""

import http.server
import pathlib
import shutil
import tempfile
import threading
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from counter_browser import Browser, Cable, EvilSite, Kiosk, record_clips


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
            if browser.text("#number") == "–" and browser.count("#waiting li") == 0:
                return
            before = browser.text("#number")
            browser.press(Keys.ENTER)
            browser.until("the next one", lambda: browser.text("#number") != before)
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
        self.assertEqual(browser.count("#waiting li"), 3)

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
                presses = [threading.Thread(target=one.press, args=(Keys.ENTER,))
                           for one in (browser, other)]
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
        evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), EvilSite)
        threading.Thread(target=evil.serve_forever, daemon=True).start()
        target = f"https://127.0.0.1:{self.kiosk.port}"
        try:
            browser.sign_in(self.kiosk.port, 3)
            number = self.kiosk.say("issue works digging")
            browser.shows("#waiting", number)
            browser.driver.get(f"http://127.0.0.1:{evil.server_port}/")
            # A simple request goes out, and its answer cannot be read; with a header of ours it does not go.
            order = (f"return (await fetch('{target}/order', {{ method: 'POST', credentials: 'include',"
                     " mode: '%s', headers: { 'Content-Type': 'application/x-www-form-urlencoded' %s },"
                     " body: 'do=next&seen=0' })).type;")
            browser.fetch(order % ("no-cors", ""))
            self.assertIn("failed", browser.fetch(order % ("cors", ", 'X-Sala-Token': '0'")))
            self.assertIn("failed", browser.fetch(f"return (await fetch('{target}/session')).status;"))
            browser.driver.execute_script(
                f"const frame = document.createElement('iframe'); frame.src = '{target}/';"
                "document.body.append(frame);")
            browser.driver.switch_to.frame(0)
            browser.until("a refusal to be framed", lambda: "127.0.0.1" in browser.driver.page_source)
            self.assertEqual(browser.driver.find_elements(By.ID, "work"), [])
            browser.driver.switch_to.default_content()
            browser.driver.execute_script(
                f"const form = document.createElement('form'); form.action = '{target}/order';"
                "form.method = 'post'; document.body.append(form); form.submit();")
            browser.shows("body", "COUNTER-NOT-OUR-PAGE")
            browser.driver.get(f"{target}/")
            browser.shows("#waiting", number)
            self.assertEqual(browser.text("#number"), "–")
        finally:
            browser.end()
            evil.shutdown()
            evil.server_close()

    def test_who_has_not_installed_the_authority_is_warned(self):
        stranger = Browser(self.folder, None)
        try:
            stranger.driver.get(f"https://127.0.0.1:{self.kiosk.port}/board")
            self.assertIn("ERR_CERT_AUTHORITY_INVALID", stranger.driver.page_source)
            self.assertEqual(stranger.driver.find_elements(By.ID, "call"), [])
        finally:
            stranger.end()

    def test_the_authority_is_good_for_no_other_address(self):
        # The kiosk listens on one address; a cable gives its certificate another one.
        cable = Cable(self.kiosk.port, "127.0.0.2")
        browser = Browser(self.folder, self.kiosk.authority)
        try:
            browser.driver.get(f"https://127.0.0.2:{cable.port}/board")
            self.assertIn("ERR_CERT_COMMON_NAME_INVALID", browser.driver.page_source)
            self.assertEqual(browser.driver.find_elements(By.ID, "call"), [])
        finally:
            browser.end()
            cable.end()

    def test_the_board_announces_a_burst_of_ten_in_order(self):
        board = Browser(self.folder, self.kiosk.authority)
        try:
            self.free()
            for _ in range(10):
                self.kiosk.say("issue finance tax")
            board.driver.get(f"https://127.0.0.1:{self.kiosk.port}/board")
            board.until("the start", lambda: board.focus() == "start-button")
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
