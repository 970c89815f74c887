"""The queue's programs: the kiosk without a screen under load, and the real kiosk with the same load beside
a finger.

Each run has a data folder of its own: a new one, or a copy of ten years, with nothing left to be written.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import time

import sides
from figure import Figure, Limit, p99
from sides import PLACE, RELEASE, kiosk_driver

RUNS = 4  # of each kind, in turn
COUNTERS = 10
CROWD = 50
TAPS = 25
CROWD_S = 0.15  # until it is as busy as it gets
CALLING_S = 600
VISITORS_DIVISION, VISITORS_SERVICE = "divisions.finance", "services.tax"


def office_with_counters(path):
    """The demo office with ten counters and the counter page at a free port; its path."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    head, *divisions = re.split(r"(?m)^(?=\[\[division\]\])", kiosk_driver.DEMO_OFFICE.read_text())
    made = "".join(divisions).count("[[division.counter]]")
    for turn in range(COUNTERS - made):
        at = turn % len(divisions)
        name = made + turn + 1
        counter = f'[[division.counter]]\nid = "counter-{name}"\nname = "ช่อง {name}"\n\n'
        divisions[at] = divisions[at].replace("[[division.service]]", counter + "[[division.service]]", 1)
    page = f'\n[counter_page]\nlisten = "127.0.0.1:{port}"\n'
    path.write_text(head + "".join(divisions) + page)
    return path


def folder_with(history):
    """A folder for one run, on the disk of the others."""
    place = PLACE / "queue"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if history is not None:
        subprocess.run(["cp", "-r", "--reflink=auto", history, place / "data"], check=True)
    os.sync()
    return place


def run(name, office, history):
    """What queue_bench found."""
    command = [RELEASE / "queue_bench", name.removeprefix("queue_"), folder_with(history), office]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    shutil.rmtree(PLACE / "queue", ignore_errors=True)
    if done.returncode != 0:
        raise kiosk_driver.Failed(f"{name} ended with {done.returncode}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def waits(name, fresh, years, key, limit_ms):
    """The 99th of a hundred, and the median beside that of ten years of history."""
    of_fresh, of_years = ([sample for run in of for sample in run[key]] for of in (fresh, years))
    yield Figure(f"{name}_p99", "ms", [Limit("value", below=limit_ms)], [p99(of_fresh)])
    yield Figure(f"{name}_years_p99", "ms", [Limit("value", below=limit_ms)], [p99(of_years)])
    limits = [Limit("ratio", at_most=1.1)]
    yield Figure(f"{name}_years", "ms", limits, of_years, "no history", of_fresh)


def issue_figures(fresh, years):
    ours, bare = ([rate for run in fresh for rate in run[side]] for side in ("ours", "other"))
    notes = {
        "calls_per_s": round(statistics.median(rate for run in fresh for rate in run["calls"])),
        "tickets_read_again": sum(run["tickets"] for run in fresh + years),
        "called_by_one_counter": sum(run["called"] for run in fresh + years),
    }
    limits = [Limit("ratio", at_least=0.3)]
    yield Figure("queue_issue", "tickets/s", limits, ours, "bare writes", bare, notes)
    # Round by round: each has more who wait than the one before.
    per_write = [
        [rate / write for run in of for rate, write in zip(run["ours"], run["other"])]
        for of in (fresh, years)
    ]
    limits = [Limit("ratio", at_least=0.9)]
    yield Figure("queue_issue_years", "of bare", limits, per_write[1], "no history", per_write[0])
    yield from waits("queue_answer", fresh, years, "waits_ms", 50)


def board_figures(fresh, years):
    yield from waits("queue_board", fresh, years, "reach_ms", 100)
    yield from waits("queue_burst", fresh, years, "burst_ms", 100)
    memory = [[run["memory_mb"] for run in of] for of in (fresh, years)]
    yield Figure("queue_memory", "MB", [Limit("value", below=20)], memory[0])
    limits = [Limit("ratio", at_most=1.1)]
    yield Figure("queue_memory_years", "MB", limits, memory[1], "no history", memory[0])


class Visitor:
    """Takes tickets at the real kiosk; a pixel that only the number's page has tells when it is there."""

    def __init__(self, kiosk, watcher):
        self.kiosk, self.watcher = kiosk, watcher
        self.watched = self.colour = None

    def to_guide(self):
        for name, screen in (("home.ticket", "divisions"), (VISITORS_DIVISION, "services"),
                             (VISITORS_SERVICE, "guide")):  # fmt: skip
            self.kiosk.tap(name)
            self.kiosk.wait_for(screen)
        time.sleep(0.5)  # no eye is quicker at the guide

    def go_home(self):
        self.kiosk.tap("ticket.done")
        self.kiosk.wait_for("home")

    def look(self, places):
        return {place: self.watcher.ask("sample", *place)[0] for place in places}

    def learn(self):
        """A place whose colour is the same on every ticket, and another on guide and waiting page."""
        width, height = kiosk_driver.SCREEN
        places = [(x, y) for x in range(40, width, width // 12) for y in range(60, height, height // 20)]
        self.to_guide()
        guide = self.look(places)
        tickets = []
        for _ in range(2):
            self.kiosk.tap("guide.ticket")
            self.kiosk.wait_for("ticket")
            time.sleep(0.5)
            tickets.append(self.look(places))
            self.go_home()
            self.to_guide()
        steady = [at for at in places if tickets[0][at] == tickets[1][at] != guide[at]]
        if not steady:
            raise kiosk_driver.Failed("no pixel tells the ticket's page from the guide")
        self.watched, self.colour = steady[0], tickets[0][steady[0]]

    def press(self):
        """Milliseconds from the lifted finger to the number."""
        place = self.kiosk.centre("guide.ticket")
        self.watcher.ask("move", *place)
        time.sleep(0.3)
        self.watcher.ask("down", *place, 0)
        time.sleep(0.08)
        begun = time.monotonic_ns()
        self.watcher.ask("up", *place, 0)
        seen = self.watcher.ask("await", *self.watched, 5000, "is", self.colour)[0]
        if seen == "timeout":
            raise kiosk_driver.Failed("the ticket did not come")
        return (int(seen) - begun) / 1e6


def new_pin(data, counter):
    said = kiosk_driver.run("sala-kiosk", "new-pin", "--data", data, "--counter", counter)[0]
    return re.search(r"\b\d{6}\b", said).group()


def taps_under_load(office, history):
    """(milliseconds of each tap, notes): fifty threads take tickets in the kiosk's own process during each of
    them, and ten counters call over HTTPS all the time."""
    kiosk_driver.PROGRAMS = sides.AIMING
    data = folder_with(history) / "data"
    # Finger, screen, kiosk and counters wait for each other, not for other programs, where that may be asked.
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    port = re.search(r'"127.0.0.1:(\d+)"', office.read_text()).group(1)
    samples, took, busy_s = [], 0, 0.0
    with kiosk_driver.Display() as display, kiosk_driver.Kiosk(display, data, config=office) as kiosk:
        kiosk.wait_for("home")
        watcher = sides.Watcher(display)
        visitor = Visitor(kiosk, watcher)
        visitor.learn()
        pins = [f"counter-{i + 1}={new_pin(data, f'counter-{i + 1}')}" for i in range(COUNTERS)]
        command = [RELEASE / "queue_bench", "call", port, str(CALLING_S), *pins]
        counters = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            if counters.stdout.readline() != "calling\n":
                raise kiosk_driver.Failed("the counters could not sign in")
            for _ in range(TAPS):
                begun = time.monotonic()
                kiosk.ask(f"crowd {CROWD}")
                time.sleep(CROWD_S)
                samples.append(visitor.press())
                took += kiosk.ask("crowd 0")["took"]
                busy_s += time.monotonic() - begun
                kiosk.wait_for("ticket")
                visitor.go_home()
                visitor.to_guide()
        finally:
            counters.kill()
            counters.wait(timeout=30)
            watcher.close()
    shutil.rmtree(PLACE / "queue", ignore_errors=True)
    return samples, {"tickets_per_s_meanwhile": round(took / busy_s)}
