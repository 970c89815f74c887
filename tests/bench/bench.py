"""Prints one line per figure: name, value, unit, the other side's value, ratio, limit, kept or MISSED.

`bench.py [NAME...] [--json] [--size WxH]`. Exit 0 when everything asked for was measured, whether
its limit is kept or MISSED; 1 when something could not be measured; 2 wrong use. Values are medians; in
brackets stands the middle half of the samples.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import queue_side
import sides
from figure import Figure, Limit, line_of, p99
from sides import PLACE, RELEASE, Chromium, Sala, kiosk_driver

TAPS = 40
STARTS = 5
AUDITS = 5
PROGRAM_LIMIT_S = 1800
WARM_UP_TAPS = 3
SETTLE_S = 30  # after a start, until a browser has done its after-work
PSS_PAUSE_S = 3
IDLE_S = 130  # at least two ticks of a clock that shows minutes
FAST_TICKS = 60
FAST_MS = 500


class Bench:
    """Measures what was asked for, and no session on a screen twice."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.places = None

    def side(self, stack, data=PLACE / "kiosk"):
        if self.places is None:
            self.places = sides.find_places()
        return stack.enter_context(Sala(self.places, data))

    def sides(self, stack, fast_ms=0):
        ours = self.side(stack)
        return ours, stack.enter_context(Chromium(self.places, fast_ms))

    # ---- screens ----

    def visits(self):
        """press_to_pixel, release_to_pixel and pss, from one session in which the sides take turns."""
        timed = {"press_to_pixel", "release_to_pixel"} & self.wanted
        with contextlib.ExitStack() as stack:
            pair = self.sides(stack)
            for side in pair:
                side.start_and_learn()
                for _ in range(WARM_UP_TAPS):
                    side.rate()
            taps = [[side.rate() for side in pair] for _ in range(TAPS if timed else 0)]
            time.sleep(PSS_PAUSE_S)
            pss = [side.pss_mb() for side in pair]
            processes = [len(side.pids()) for side in pair]
            for side in pair:
                side.display.picture(PLACE / f"{side.name}.png")
        for index, name in enumerate(("press_to_pixel", "release_to_pixel")):
            ours, other = ([tap[side][index] for tap in taps] for side in (0, 1))
            if name in self.wanted:
                yield Figure(name, "ms", [Limit("ratio", at_most=1)], ours, "Chromium", other)
        if "pss" in self.wanted:
            notes = {"processes": processes[0], "other_processes": processes[1]}
            limits = [Limit("value", at_most=40), Limit("ratio", at_most=0.1)]
            yield Figure("pss", "MB", limits, [pss[0]], "Chromium", [pss[1]], notes)

    def idle_cpu(self):
        with contextlib.ExitStack() as stack:
            pair = self.sides(stack)
            for side in pair:
                side.start_and_learn()
            time.sleep(SETTLE_S)
            before = [side.costs() for side in pair]
            time.sleep(IDLE_S)
            both = [sides.spent(start, side.costs()) for start, side in zip(before, pair)]
        minute = 60 / IDLE_S
        ours, other = ([cpu_ms * minute] for cpu_ms, _ in both)
        notes = {"switches": round(both[0][1] * minute), "other_switches": round(both[1][1] * minute)}
        yield Figure("idle_cpu", "ms/min", [Limit("ratio", below=1)], ours, "Chromium", other, notes)

    def clock_cpu(self):
        """The clock made to tick twice a second: ours by the inspector, the page by its own timer."""
        with contextlib.ExitStack() as stack:
            ours, other = self.sides(stack, fast_ms=FAST_MS)
            kiosk_driver.PROGRAMS = sides.AIMING
            utc_ms = int(time.time() * 1000)
            shutil.rmtree(PLACE / "ticking", ignore_errors=True)
            kiosk = kiosk_driver.Kiosk(ours.display, PLACE / "ticking", clock_ms=utc_ms)
            with kiosk:
                kiosk.wait_for("home")
                other.start_and_learn()
                time.sleep(SETTLE_S)
                samples = ([], [])
                for _ in range(5):
                    before = sides.cpu_ns(kiosk.process.pid), other.costs()
                    for _ in range(FAST_TICKS // 5):
                        utc_ms += 60_000
                        kiosk.clock(utc_ms)
                        time.sleep(FAST_MS / 1000)
                    ticks = FAST_TICKS // 5
                    samples[0].append((sides.cpu_ns(kiosk.process.pid) - before[0]) / 1e6 / ticks)
                    samples[1].append(sides.spent(before[1], other.costs())[0] / ticks)
        yield Figure("clock_cpu", "ms/tick", [Limit("ratio", below=1)], samples[0], "Chromium", samples[1])

    @staticmethod
    def starts(pair):
        """Milliseconds of every start, per side; the sides take turns."""
        times = [[] for _ in pair]
        for _ in range(STARTS):
            for side, samples in zip(pair, times):
                samples.append(side.start_timed())
                time.sleep(1)
                side.stop()
                time.sleep(1)
        return times

    def first_frame(self):
        with contextlib.ExitStack() as stack:
            pair = self.sides(stack)
            for side in pair:  # Both have been started before: caches are warm, folders are made.
                side.start_and_learn()
                side.stop()
            times = self.starts(pair)
        yield Figure("first_frame", "ms", [Limit("ratio", at_most=0.25)], times[0], "Chromium", times[1])

    # ---- records ----

    @staticmethod
    def records(name, folder):
        done = subprocess.run([RELEASE / "record_bench", name, folder], capture_output=True, text=True)
        if done.returncode != 0:
            raise kiosk_driver.Failed(f"record_bench {name} ended with {done.returncode}\n{done.stderr}")
        return json.loads(done.stdout)

    @staticmethod
    def program(name, *words):
        """What a program of ours found; it, and the server it starts, write into one folder that goes then.

        The folder's name is short, for a socket lies in it, and others may pass it: the server is no root.
        """
        with tempfile.TemporaryDirectory(prefix="sala-bench-", dir="/var/tmp") as place:
            os.chmod(place, 0o711)
            command = [RELEASE / name, f"{place}/work", *words]
            surroundings = {**os.environ, "TMPDIR": place}
            done = subprocess.run(
                command, capture_output=True, text=True, env=surroundings, timeout=PROGRAM_LIMIT_S
            )
        if done.returncode != 0:
            raise kiosk_driver.Failed(f"{name} ended with {done.returncode}\n{done.stderr[-2000:]}")
        return json.loads(done.stdout)

    def durable_rating(self):
        found = self.records("durable_rating", PLACE / "durable")
        limits = [Limit("ratio", at_least=0.6)]
        yield Figure("durable_rating", "/s", limits, found["ours"], "bare writes", found["other"])

    def day_bundle(self):
        found = self.records("day_bundle", PLACE / "day")
        notes = {
            "written_and_read_ms": round(statistics.median(found["written"]), 3),
            "imported_ms": round(statistics.median(found["imported"]), 3),
            "lines": found["lines"][-1],
        }
        yield Figure("day_bundle", "ms of CPU", [Limit("value", below=100)], found["ours"], notes=notes)


    @staticmethod
    def ten_years(name, visitors):
        """The data folder of a kiosk that has run for ten years with so many visitors a day."""
        years = PLACE / name
        if not years.exists():
            print("Making ten years of journal; they are kept for the next time.", file=sys.stderr)
            half_made = PLACE / (name + ".part")
            shutil.rmtree(half_made, ignore_errors=True)
            make = [RELEASE / "make_years", half_made, "10", str(visitors)]
            subprocess.run(make, check=True, stdout=sys.stderr)
            half_made.rename(years)
        return years

    def start_ten_years(self):
        """The whole kiosk, from the start of its process to home, on the data of ten years."""
        years = self.ten_years("ten-years", 300)
        opened = self.records("start_ten_years", years)
        with contextlib.ExitStack() as stack:
            kiosk = self.side(stack, years)
            kiosk.start_and_learn()
            kiosk.stop()
            times = self.starts([kiosk])[0]
        notes = {"store_open_ms": round(statistics.median(opened["ours"]), 3), "lines": opened["lines"]}
        yield Figure("start_ten_years", "ms", [Limit("value", below=1000)], times, notes=notes)

    # ---- the queue ----

    def queue(self):
        """Fifty who take tickets and ten counters, boards, and both again on ten years of history."""
        asked = self.wanted & {"queue_issue", "queue_board"}
        pages = queue_side.office_with_counters(PLACE / "queue.toml")
        years = self.ten_years("ten-years", 300)
        runs = {"": [], "_years": []}
        for _ in range(queue_side.RUNS):
            for kind, history in (("", None), ("_years", years)):
                runs[kind].append({name: queue_side.run(name, pages, history) for name in sorted(asked)})
        if "queue_issue" in asked:
            yield from queue_side.issue_figures(*([run["queue_issue"] for run in of] for of in runs.values()))
        if "queue_board" in asked:
            yield from queue_side.board_figures(*([run["queue_board"] for run in of] for of in runs.values()))

    def queue_tap(self):
        """From the lifted finger to the number on the real kiosk's screen, the queue as busy as it gets."""
        pages = queue_side.office_with_counters(PLACE / "queue.toml")
        samples = {}
        for kind, history in (("", None), ("_years", self.ten_years("ten-years", 300))):
            samples[kind], notes = queue_side.taps_under_load(pages, history)
            yield Figure(
                f"queue_tap{kind}_p99", "ms", [Limit("value", below=50)], [p99(samples[kind])], notes=notes
            )
        limits = [Limit("ratio", at_most=1.1)]
        yield Figure("queue_tap_years", "ms", limits, samples["_years"], "no history", samples[""])

    # ---- the office ----

    def ingest(self):
        """Lines a second into PostgreSQL beside a bare COPY, all of them again, and into SQLite."""
        for size, found in self.program("ingest_bench").items():
            copy = max(found["copy_binary"], found["copy_text"], key=statistics.median)
            limits = [Limit("ratio", at_least=0.35)]
            yield Figure(f"ingest_{size}", "lines/s", limits, found["ours"], "bare COPY", copy)
            limits = [Limit("ratio", at_least=1)]
            yield Figure(f"replay_{size}", "lines/s", limits, found["replay"], "first time", found["ours"])
            yield Figure(
                f"ingest_sqlite_{size}", "lines/s", [], found["sqlite"], "on PostgreSQL", found["ours"]
            )

    def gateway(self):
        """A thousand kiosks at once: through the gateway, and straight to PostgreSQL."""
        found = self.program("gateway_bench", RELEASE / "sala-office")
        direct = found["direct"]
        for engine in ("postgres", "sqlite"):
            ours = found[engine]
            tries = {"tries": ours["attempts"], "other_tries": direct["attempts"]}
            limits = [Limit("ratio", below=1)]
            yield Figure(
                f"gateway_{engine}", "s", limits, ours["seconds"], "direct libpq", direct["seconds"], tries
            )
            yield Figure(f"gateway_{engine}_mem", "MB at peak", [], ours["peak_mb"])

    def audit(self):
        """The office's own audit of ten years of one kiosk, 1.1 million lines, one bundle a day."""
        years = self.ten_years("ten-years-office", 150)
        place = PLACE / "audit"
        shutil.rmtree(place, ignore_errors=True)
        try:
            place.mkdir()
            made = [RELEASE / "make_office", years, place / "office.db", place / "keys"]
            subprocess.run(made, check=True, stdout=sys.stderr)
            seconds, peaks = [], []
            for _ in range(AUDITS):
                found, took, peak = sides.run_measured(
                    [RELEASE / "sala-office", "audit", "--json", "--db", place / "office.db"]
                )
                seconds.append(took)
                peaks.append(peak)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        lines = sum(log["lines"] for log in found["logs"])
        if found["breaks"] or not lines:
            raise kiosk_driver.Failed(f"the audit of {lines} lines found {found['breaks']} breaks")
        yield Figure("audit_ten_years", "s", [Limit("value", below=5)], seconds)
        yield Figure("audit_lines", "lines", [Limit("value", at_least=1e6)], [lines])
        yield Figure("audit_mem", "MB at peak", [], peaks)


# What is measured together stands together.
SESSIONS = [
    ({"press_to_pixel", "release_to_pixel", "pss"}, Bench.visits),
    ({"first_frame"}, Bench.first_frame),
    ({"idle_cpu"}, Bench.idle_cpu),
    ({"clock_cpu"}, Bench.clock_cpu),
    ({"durable_rating"}, Bench.durable_rating),
    ({"day_bundle"}, Bench.day_bundle),
    ({"start_ten_years"}, Bench.start_ten_years),
    ({"queue_issue", "queue_board"}, Bench.queue),
    ({"queue_tap"}, Bench.queue_tap),
    ({"ingest"}, Bench.ingest),
    ({"gateway"}, Bench.gateway),
    ({"audit"}, Bench.audit),
]


def main():
    names = [name for session, _ in SESSIONS for name in sorted(session)]
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("name", nargs="*", help="figures to measure; without one, all: " + ", ".join(names))
    asked.add_argument("--json", action="store_true", help="one line of JSON per figure")
    asked.add_argument("--size", default="1080x1920", help="of the screen, in pixels")
    options = asked.parse_args()
    size = re.fullmatch(r"(\d{3,4})x(\d{3,4})", options.size)
    unknown = [name for name in options.name if name not in names]
    if unknown or not size:
        asked.error(f"no figure is called {' '.join(unknown)}" if unknown else "--size is WIDTHxHEIGHT")
    kiosk_driver.SCREEN = (int(size.group(1)), int(size.group(2)))
    wanted = set(options.name or names)

    PLACE.mkdir(parents=True, exist_ok=True)
    for leftover in ("kiosk", "profile"):
        shutil.rmtree(PLACE / leftover, ignore_errors=True)
    bench = Bench(wanted)
    faults = 0
    for session, measure in SESSIONS:
        if not session & wanted:
            continue
        try:
            for figure in measure(bench):
                record = figure.record()
                print(json.dumps(record) if options.json else line_of(record), flush=True)
        except (kiosk_driver.Failed, OSError, subprocess.SubprocessError) as error:
            faults += 1
            print(f"{', '.join(sorted(session & wanted))} could not be measured: {error}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
