"""What the counter page's journey is made of: the server, browsers, a cable to pull, another site."""

import http.server
import os
import pathlib
import socket
import string
import subprocess
import tempfile
import threading
import wave

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
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


class EvilSite(http.server.BaseHTTPRequestHandler):
    """Another site, on a machine of the same network."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body>evil")

    def log_message(self, *_):
        pass


class Cable:
    """TCP passed on from one port to another, until it is pulled; then it is silent, as a cut cable is."""

    def __init__(self, to, address="127.0.0.1"):
        self.to, self.pulled = to, threading.Event()
        self.listener = socket.create_server((address, 0))
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
            trust = ["-A", "-t", "C,,", "-n", "sala", "-i", authority]
            subprocess.run(["certutil", "-d", f"sql:{store}", *trust], check=True)
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in [*FLAGS, f"--user-data-dir={home / 'profile'}"]:
            options.add_argument(flag)
        service = Service("/usr/bin/chromedriver", env={**os.environ, "HOME": str(home)})
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.set_script_timeout(PATIENCE)

    def until(self, what, condition):
        wait = WebDriverWait(self.driver, PATIENCE, 0.05, [StaleElementReferenceException])
        shown = self.text("body")[:600]
        return wait.until(lambda driver: condition(), f"never came: {what}; before it showed: {shown}")

    def text(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def shows(self, selector, text):
        return self.until(f"«{text}» in {selector}", lambda: text in self.text(selector))

    def press(self, *keys):
        """Keys go to the page as a hand on the keyboard sends them: to whatever has the focus."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def focus(self):
        return self.driver.switch_to.active_element.get_attribute("id")

    def count(self, selector):
        return len(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def hidden(self, selector):
        return not self.driver.find_element(By.CSS_SELECTOR, selector).is_displayed()

    def sign_in(self, port, downs, pin=PIN):
        """By keys alone: the PIN has the focus; the list of counters stands before it."""
        self.driver.get(f"https://127.0.0.1:{port}/")
        self.until("the PIN's field", lambda: self.focus() == "pin")
        hand = webdriver.ActionChains(self.driver)
        hand.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        self.press(*[Keys.DOWN] * downs, Keys.TAB, pin)
        self.until("the counter's page", lambda: not self.hidden("#work"))

    def fetch(self, script):
        return self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }})().then(done, (error) => done('failed: ' + error.name));")

    def end(self):
        self.driver.quit()
