"""Plays a whole day at the demo office on an off-screen display: 15 January 2570, sixty visitors, one kiosk.

Each visitor does one thing that is counted: rates, takes a ticket, or opens the EIT code. The script comes
from a seed, and is counted by this file alone; at the end the report database, which knows of the day only
what the bundle on the stick said, must hold the same figures. `--to DIR` takes the pictures, the stick,
office.db and the reports.
"""

import argparse
import collections
import contextlib
import dataclasses
import datetime
import json
import pathlib
import random
import re
import shutil
import sqlite3
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/journeys"))

import kiosk_driver  # noqa: E402

SEED = 2570
RATINGS, TICKETS, EIT_LOOKS = 28, 24, 8
VISITORS = RATINGS + TICKETS + EIT_LOOKS
DAY = datetime.datetime(2027, 1, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 30, 16 * 60 + 20


@dataclasses.dataclass
class Visitor:
    minute: int  # of the day, when the visitor stands before the kiosk
    deed: str  # "rate", "ticket", "eit"
    score: int = 0
    division: str = ""
    service: str = ""
    trembles: bool = False  # taps twice where once would do
    reads_english: bool = False


def write_script(office):
    """Sixty visitors in the order of the day."""
    dice = random.Random(SEED)
    deeds = ["rate"] * RATINGS + ["ticket"] * TICKETS + ["eit"] * EIT_LOOKS
    dice.shuffle(deeds)
    minutes = sorted(dice.sample(range(FIRST_MINUTE, LAST_MINUTE, 3), VISITORS))
    script = []
    for minute, deed in zip(minutes, deeds):
        visitor = Visitor(minute, deed, trembles=dice.random() < 0.2, reads_english=dice.random() < 0.1)
        if deed == "rate":
            visitor.score = dice.choices([1, 2, 3, 4, 5], weights=[1, 2, 4, 9, 12])[0]
        elif deed == "ticket":
            division = dice.choice(office["division"])
            visitor.division = division["id"]
            visitor.service = dice.choice(division["service"])["id"]
        script.append(visitor)
    return script


class Day:
    """The day as it is played: the kiosk, and a picture of every screen when it is first seen."""

    def __init__(self, kiosk, pictures):
        self.kiosk = kiosk
        self.pictures = pictures

    def picture(self, name):
        path = self.pictures / f"{name}.png"
        if not path.exists():
            self.kiosk.display.picture(path)

    def at(self, minute):
        """Sets the kiosk's clock, and waits until the home screen shows that time (in Thai digits)."""
        moment = DAY + datetime.timedelta(minutes=minute)
        self.kiosk.clock(int(moment.timestamp()) * 1000)
        self.kiosk.wait_for("home")

        def shown():
            text = self.kiosk.widget("header.clock")["text"]
            return [int(digits) for digits in re.findall(r"\d+", text)] == [moment.hour, moment.minute]

        kiosk_driver.wait_until(f"the clock to show {moment:%H:%M}", shown)

    def receive(self, visitor):
        self.at(visitor.minute)
        if visitor.reads_english:
            thai = self.kiosk.widget("home.ticket")["text"]
            self.kiosk.tap("home.language")
            kiosk_driver.wait_until("English", lambda: self.kiosk.widget("home.ticket")["text"] != thai)
        self.picture("home_english" if visitor.reads_english else "home")
        {"rate": self.rate, "ticket": self.take_ticket, "eit": self.look_at_eit}[visitor.deed](visitor)
        self.kiosk.wait_for("home")

    def rate(self, visitor):
        self.kiosk.tap(f"rating.face.{visitor.score}", times=2 if visitor.trembles else 1)
        self.kiosk.wait_for("thanks")
        self.picture("thanks")
        self.kiosk.tap("thanks.done")

    def take_ticket(self, visitor):
        self.kiosk.tap("home.ticket")
        self.kiosk.wait_for("divisions")
        self.picture("divisions")
        self.kiosk.tap(f"divisions.{visitor.division}")
        self.kiosk.wait_for("services")
        self.picture("services")
        self.kiosk.tap(f"services.{visitor.service}", times=2 if visitor.trembles else 1)
        self.kiosk.wait_for("guide")
        self.picture("guide")
        self.kiosk.tap("guide.ticket", times=2 if visitor.trembles else 1)
        self.kiosk.wait_for("ticket")
        self.picture("ticket")
        self.kiosk.tap("ticket.done")

    def look_at_eit(self, _):
        self.kiosk.tap("home.eit")
        self.kiosk.wait_for("eit")
        self.picture("eit")
        self.kiosk.tap("eit.back")


def play(script, place):
    """The kiosk's day, from the morning to the bundle on the stick; the device's code."""
    first_ms = int((DAY + datetime.timedelta(minutes=FIRST_MINUTE - 10)).timestamp()) * 1000
    data, stick = place / "kiosk", place / "stick"
    stick.mkdir(parents=True)
    with kiosk_driver.Display() as display, kiosk_driver.Kiosk(display, data, clock_ms=first_ms) as kiosk:
        kiosk.wait_for("home")
        day = Day(kiosk, place / "pictures")
        for visitor in script:
            day.receive(visitor)
        day.at(16 * 60 + 29)
        kiosk_driver.run("sala-kiosk", "close", "--data", data)
        kiosk_driver.run("sala-kiosk", "export", "--data", data, "--to", stick)
    return kiosk_driver.status(data)["device_code"]


def receive_at_office(place, device_code, office_program):
    """What the office does with the stick, and the stick's way back to the kiosk."""
    database, keys, stick = place / "office.db", place / "office-keys", place / "stick"

    def office(*arguments):
        return kiosk_driver.run(office_program, *arguments, "--db", database)

    office("init", "--keys", keys, "--office", kiosk_driver.DEMO_OFFICE)
    office("enrol", "--device", device_code, "--name", "จุดบริการประชาชน")
    for _ in range(2):  # The second time changes nothing.
        office("import", "--keys", keys, stick)
    (place / "reports").mkdir()
    for name in ("counts.pdf", "counts.csv"):
        office("report", "counts", "--year", "2570", "--to", place / "reports" / name)
    # The stick goes back: the kiosk learns what the office holds, and its next bundle begins there.
    kiosk_driver.run("sala-kiosk", "export", "--data", place / "kiosk", "--to", stick)
    return database


def counted_by_script(script):
    return {
        "tickets": collections.Counter((v.division, v.service) for v in script if v.deed == "ticket"),
        "faces": collections.Counter(v.score for v in script if v.deed == "rate"),
        "eit": sum(v.deed == "eit" for v in script),
    }


def counted_by_office(database):
    with contextlib.closing(sqlite3.connect(database)) as db:
        tickets = db.execute("SELECT division_id, service_id, COUNT(*) FROM ticket GROUP BY 1, 2").fetchall()
        faces = db.execute("SELECT value, SUM(n) FROM envelope_count WHERE n > 0 GROUP BY value").fetchall()
        bundles = db.execute("SELECT bytes FROM bundle").fetchall()
    raw_lines = [raw for (evidence,) in bundles for raw in evidence.split(b"\n") if raw.startswith(b"{")]
    lines = {line["seq"]: line for line in map(json.loads, raw_lines)}  # one kiosk, whose bundles may overlap
    closes = [line for line in lines.values() if line["kind"] == "day_closed"]
    return {
        "tickets": collections.Counter({(division, service): n for division, service, n in tickets}),
        "faces": collections.Counter(dict(faces)),
        "eit": sum(line["eit_shown"] for line in closes),
    }


def clear(place):
    """Takes away what an earlier simulated day left, and nothing else."""
    for name in ("kiosk", "pictures", "stick", "reports", "office-keys"):
        shutil.rmtree(place / name, ignore_errors=True)
    for leftover in list(place.glob("office.db*")) + [place / "kiosk.log"]:
        leftover.unlink(missing_ok=True)
    place.mkdir(parents=True, exist_ok=True)


def shown(path):
    """Relative to where the reader stands, when it lies below."""
    return path.relative_to(pathlib.Path.cwd()) if path.is_relative_to(pathlib.Path.cwd()) else path


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--to", type=pathlib.Path, default=ROOT / "build/demo")
    asked.add_argument("--office-programs", type=pathlib.Path, default=kiosk_driver.PROGRAMS)
    options = asked.parse_args()
    place = options.to.resolve()
    clear(place)

    script = write_script(tomllib.loads(kiosk_driver.DEMO_OFFICE.read_text(encoding="utf-8")))
    device_code = play(script, place)
    office_program = options.office_programs.resolve() / "sala-office"
    database = receive_at_office(place, device_code, office_program)

    expected, found = counted_by_script(script), counted_by_office(database)
    if found != expected:
        print(f"The office counted otherwise than the script.\nscript: {expected}\noffice: {found}")
        return 1
    visitors = sum(found["tickets"].values()) + sum(found["faces"].values()) + found["eit"]
    print(f"{RATINGS} ratings, {TICKETS} tickets and {EIT_LOOKS} EIT codes, as the script says:")
    print(f"{visitors} visitors counted in office.db")
    for name, what in (
        ("pictures", "pictures of every screen"),
        ("kiosk", "the kiosk's data"),
        ("stick", "the bundle, and the office's cosigned note beside it"),
        ("office.db", "the report database"),
        ("reports/counts.pdf", "the report of the counts, to be printed and filed"),
        ("reports/counts.csv", "the same figures as a table"),
    ):
        print(f"  {shown(place / name)}: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
