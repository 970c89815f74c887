"""The two sides of a comparison: Sala and Chromium, each on a display of its own, one finger and eye each.

A side's processes share a session of their own, so that every one of them is counted, and ended.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/journeys"))

import kiosk_driver  # noqa: E402

RELEASE = ROOT / "build/release/bin"
AIMING = ROOT / "build/bench-aim/bin"  # optimised too, but with the inspector
PLACE = ROOT / "build/bench"
PAGE = ROOT / "tests/bench/page.html"
CHROMIUM = "/usr/lib/chromium/chromium"  # not Debian's launcher, a shell script that would only cost it time

TAPPED_FACE = "rating.face.5"
VIEW_PAUSE_S = 0.7  # a finger is slower than this, and a kiosk may refuse a faster one
STEADY_S = 2.0
START_LIMIT_S = 60


class Watcher:
    """pixel_watch on one display."""

    def __init__(self, display):
        self.process = subprocess.Popen(
            [RELEASE / "pixel_watch"],
            env=display.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def ask(self, *words):
        self.begin(*words)
        return self.answer()

    def begin(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")

    def answer(self):
        line = self.process.stdout.readline().split()
        if not line or line[0] == "error:":
            raise kiosk_driver.Failed(f"pixel_watch: {' '.join(line) or 'ended'}")
        return line

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def find_places():
    """Widget id -> [x, y, w, h] of home and thanks, from the kiosk's own inspector."""
    kiosk_driver.PROGRAMS = AIMING
    data = PLACE / "aim"
    shutil.rmtree(data, ignore_errors=True)
    with kiosk_driver.Display() as display, kiosk_driver.Kiosk(display, data) as kiosk:
        kiosk.wait_for("home")
        widgets = {**kiosk.widgets()}
        kiosk.tap(TAPPED_FACE)
        kiosk.wait_for("thanks")
        widgets.update(kiosk.widgets())
    return {name: widget["rect"] for name, widget in widgets.items()}


class Side:
    """One program on one display. Use it as a context; start() and stop() as often as wanted."""

    name = ""

    def __init__(self, rects):
        self.rects = rects
        self.process = None
        self.home_colour = None  # of the watched pixel
        x, y, w, h = rects[TAPPED_FACE]
        self.finger_at = round(x + w / 2), round(y + 0.7 * min(w, h))  # the cursor is drawn, too
        self.watched = round(x + w / 2), round(y + 0.15 * min(w, h))  # on the forehead, which is one colour

    def __enter__(self):
        self.display = kiosk_driver.Display()
        self.watcher = Watcher(self.display)
        return self

    def __exit__(self, *_):
        self.stop()
        self.watcher.close()
        self.display.close()

    def command(self):
        raise NotImplementedError

    def start(self):
        """Starts it; when, in ns of the monotonic clock."""
        log = open(PLACE / f"{self.name}.log", "ab")
        with log:
            begun = time.monotonic_ns()
            self.process = subprocess.Popen(
                self.command(), env=self.display.environment, stdout=log, stderr=log, start_new_session=True
            )
        return begun

    def start_and_learn(self):
        """Starts it and waits until the watched pixel stands still: home's colour from then on."""
        self.watcher.ask("move", 1, 1)  # the finger is out of the way
        self.start()
        give_up = time.monotonic() + START_LIMIT_S
        seen, since = None, time.monotonic()
        while time.monotonic() - since < STEADY_S or seen == "000000":
            self.fail_if_ended()
            now = self.watcher.ask("sample", *self.watched)[0]
            if now != seen:
                seen, since = now, time.monotonic()
            if time.monotonic() > give_up:
                raise kiosk_driver.Failed(f"{self.name} showed nothing steady in {START_LIMIT_S} s")
            time.sleep(0.05)
        self.home_colour = seen

    def start_timed(self):
        """Milliseconds from the start of the process until home is on the screen."""
        limit_ms = START_LIMIT_S * 1000
        self.watcher.begin("await", *self.watched, limit_ms, "is", self.home_colour)
        begun = self.start()
        seen = self.watcher.answer()[0]
        if seen == "timeout":
            raise kiosk_driver.Failed(f"{self.name} did not show home in {START_LIMIT_S} s")
        return (int(seen) - begun) / 1e6

    def fail_if_ended(self):
        if self.process.poll() is not None:
            log = (PLACE / f"{self.name}.log").read_text(errors="replace")[-2000:]
            raise kiosk_driver.Failed(f"{self.name} ended by itself with {self.process.returncode}\n{log}")

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            pass
        for _ in range(100):
            left = self.pids()
            if not left:
                break
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.05)
        self.process.wait(timeout=20)
        self.process = None

    def tap(self, place):
        self.watcher.ask("move", *place)
        time.sleep(0.05)
        for action in ("down", "up"):
            self.watcher.ask(action, *place, 0)
            time.sleep(0.1)

    def rate(self):
        """One visitor's tap on a face and back to home; (press, release) to the first new pixel, in ms."""
        self.watcher.ask("move", *self.finger_at)
        time.sleep(0.15 + random.random() * 0.1)  # anywhere between two frames
        pressed_us, pressed = self.watcher.ask("down", *self.watched, 5000, self.home_colour)
        time.sleep(0.1 + random.random() * 0.05)
        released_us, _ = self.watcher.ask("up", *self.watched, 5000, self.home_colour, pressed)
        if "timeout" in (pressed_us, released_us):
            raise kiosk_driver.Failed(f"{self.name} did not answer a tap: {pressed_us}, {released_us}")
        time.sleep(VIEW_PAUSE_S)
        x, y, w, h = self.rects["thanks.done"]
        self.tap((round(x + w / 2), round(y + h / 2)))
        if self.watcher.ask("await", *self.watched, 5000, "is", self.home_colour)[0] == "timeout":
            raise kiosk_driver.Failed(f"{self.name} did not come back to home")
        time.sleep(VIEW_PAUSE_S)
        return int(pressed_us) / 1000, int(released_us) / 1000

    # ---- what its processes cost ----

    def pids(self):
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid and fields[0] not in "ZX":
                found.append(int(entry.name))
        return found

    def costs(self):
        """pid -> (CPU in ns, context switches), as of now."""
        return {pid: (cpu_ns(pid), switches(pid)) for pid in self.pids()}

    def pss_mb(self):
        lines = [pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.pids()]
        return sum(int(line.split("\nPss:")[1].split()[0]) for line in lines) * 1024 / 1e6


class Sala(Side):
    name = "sala"

    def __init__(self, rects, data):
        super().__init__(rects)
        self.data = data

    def command(self):
        width, height = kiosk_driver.SCREEN
        return [RELEASE / "sala-kiosk", "run", "--data", self.data,
                "--config", kiosk_driver.DEMO_OFFICE, "--size", f"{width}x{height}"]  # fmt: skip


class Chromium(Side):
    name = "chromium"

    def __init__(self, rects, fast_ms=0):
        super().__init__(rects)
        self.fast_ms = fast_ms

    def command(self):
        asked = json.dumps({"rects": self.rects, "fast": self.fast_ms}, separators=(",", ":"))
        width, height = kiosk_driver.SCREEN
        # What an office would switch off for a kiosk, and no more work than needed: all in Chromium's favour.
        return [CHROMIUM, "--kiosk", "--no-sandbox", "--disable-gpu", f"--user-data-dir={PLACE / 'profile'}",
                f"--window-size={width},{height}", "--window-position=0,0", "--no-first-run",
                "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-extensions", "--disable-default-apps", "--disable-pings",
                "--disable-translate", "--password-store=basic", "--no-pings", "--media-router=0",
                f"--app={PAGE.as_uri()}#{urllib.parse.quote(asked)}"]  # fmt: skip


def cpu_ns(pid):
    """CPU that a process and its threads have used, ended threads included."""
    try:
        return time.clock_gettime_ns((~pid << 3) | 2)  # CPUCLOCK_SCHED of that process
    except OSError:
        return 0


def switches(pid):
    total = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
    return total


def spent(before, after):
    """(CPU in ms, context switches) between two costs()."""
    nothing = (0, 0)
    cpu = sum(after[pid][0] - before.get(pid, nothing)[0] for pid in after)
    turns = sum(after[pid][1] - before.get(pid, nothing)[1] for pid in after)
    return cpu / 1e6, turns


def run_measured(command):
    """(its JSON, seconds, MB of memory at its peak) of a program that has to succeed."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise kiosk_driver.Failed(f"{command[0].name} ended with {process.returncode}\n{said[-2000:]}")
    return json.loads(said), time.monotonic() - begun, used.ru_maxrss / 1024
