"""The lines of a queue (FORMAT.md, section 9): every shape, rule 16 in every state, rules 14, 15, 17 and 18.

The table of rule 16 is written here once more. Where a ticket is then, a log is asked by what it takes next.
"""

import base64
import copy
import pathlib
import sys
import tempfile

import lines as journal
from verify_test import first_lines, made, run

START = first_lines()[0]
STAMP = {key: START[key] for key in journal.STAMP}
DAY, NEXT_DAY = 20270115, 20270118
SALT = base64.b64encode(bytes(16)).decode()
HASH = base64.b64encode(bytes(32)).decode()

# One line of each kind, with its keys in the order of the format. Counter `c-1` is the line's own.
TICKET = dict(salt=SALT, ticket=2)
RULES = dict(day=DAY, k=5, k_counter=10, wait="day", rule="hours.1", pages=["face.1"])
V1 = {
    "day_opened": RULES,
    "ticket_issued": dict(salt=SALT, day=DAY, division="revenue", service="tax", number="A001"),
    "ticket_served": dict(TICKET, by="officer"),
    "cast": dict(page="face.1"),
}
V2 = {
    "ticket_issued": dict(V1["ticket_issued"], lane="ordinary", then=["/revenue/cashier"]),
    "walk_in": dict(salt=SALT, day=DAY, division="revenue", service="tax", counter="c-1"),
    "ticket_called": dict(TICKET, counter="c-1", how="next", reason=""),
    "ticket_recalled": dict(TICKET, counter="c-1"),
    "ticket_missed": dict(TICKET, counter="c-1"),
    "service_done": dict(TICKET, counter="c-1"),
    "ticket_returned": dict(TICKET, counter="c-1"),
    "ticket_parked": dict(TICKET, counter="c-1", reason="papers"),
    "ticket_delayed": dict(TICKET, counter="c-1", reason="papers"),
    "ticket_transferred": dict(TICKET, counter="c-1", division="works", service="permit", reason="desk"),
    "ticket_served": dict(TICKET, by="counter", counter="c-1"),
    "ticket_cancelled": dict(TICKET, counter="c-1", reason="went-home"),
    "ticket_carried": TICKET,
    "print_failed": dict(TICKET, why="paper"),
    "ticket_reprinted": TICKET,
    "officer": dict(role="counter", counter="c-1", did="entered"),
    "log_end": dict(next=HASH),
}


class Story:
    """A log of a day that is open, to be told on."""

    def __init__(self):
        self.log, self.lines = journal.Log(), []
        self.take(dict(START))
        self.say("day_opened")

    def take(self, line):
        self.log.take(journal.read_line(journal.spelt(line).encode()))
        self.lines.append(line)

    def stamp(self, kind, version=1):
        seq = self.log.next_seq
        return dict(STAMP, v=version, seq=seq, utc=START["utc"] + seq, kind=kind)

    def say(self, kind, v=None, **changes):
        """The line of this kind with these changes; its seq."""
        version = v or (2 if kind in V2 else 1)
        keys = (V1 if version == 1 else V2)[kind]
        assert set(changes) <= set(keys), changes
        self.take({**self.stamp(kind, version), **keys, **changes})
        return self.lines[-1]["seq"]

    def close(self):
        counted = [{"kind": kind, "n": n} for kind, n in sorted(self.log.kinds.items())]
        day, stamp = self.log.rules["day"], self.stamp("day_closed")
        self.take(dict(stamp, day=day, lines=counted, waiting=[], eit_shown=0, texts=[]))

    def next_day(self):
        self.close()
        self.say("day_opened", day=NEXT_DAY)


def refusal(story, kind, **changes):
    """Why the log would refuse this line, or None. The story stays as it was."""
    try:
        copy.deepcopy(story).say(kind, **changes)
    except journal.False_ as reason:
        return str(reason)
    return None


# ---- rule 16: every line in every state ----

STATES = {
    "waiting": [],
    "with c-1": [("ticket_called", {})],
    "with c-2": [("ticket_called", dict(counter="c-2"))],
    "parked": [("ticket_called", {}), ("ticket_parked", {})],
    "missed": [("ticket_called", {}), ("ticket_missed", {})],
    "carried": [("ticket_carried", {})],
}
HERE, ANYWHERE, ANY_LEFT = {"with c-1"}, {"with c-1", "with c-2"}, {0, 1}
OPEN = ANYWHERE | {"waiting", "parked", "missed"}
# The line, what the ticket may be before it, with how many services left; what it is then, how many fewer.
ROWS = [
    ("ticket_called", {}, {"waiting"}, ANY_LEFT, "with c-1", 0),
    ("ticket_called", dict(how="chosen", reason="urgent"), {"waiting"}, ANY_LEFT, "with c-1", 0),
    ("ticket_called", dict(how="parked"), {"parked"}, ANY_LEFT, "with c-1", 0),
    ("ticket_recalled", {}, HERE, ANY_LEFT, "the same", 0),
    ("ticket_delayed", {}, HERE, ANY_LEFT, "the same", 0),
    ("ticket_missed", {}, HERE, ANY_LEFT, "missed", 0),
    ("ticket_returned", {}, {"missed"}, ANY_LEFT, "waiting", 0),
    ("ticket_returned", dict(counter=""), {"missed"}, ANY_LEFT, "waiting", 0),
    ("ticket_parked", {}, HERE, ANY_LEFT, "parked", 0),
    ("service_done", {}, HERE, {1}, "waiting", 1),
    ("ticket_transferred", {}, ANYWHERE | {"waiting", "parked"}, ANY_LEFT, "waiting", 0),
    ("ticket_transferred", dict(counter=""), ANYWHERE | {"waiting", "parked"}, ANY_LEFT, "waiting", 0),
    ("ticket_served", {}, HERE, {0}, "not open", 0),
    ("ticket_served", dict(v=1), OPEN, ANY_LEFT, "not open", 0),
    ("ticket_served", dict(v=1, by="close"), OPEN, ANY_LEFT, "not open", 0),
    ("ticket_cancelled", {}, OPEN, ANY_LEFT, "not open", 0),
    ("ticket_cancelled", dict(counter=""), OPEN, ANY_LEFT, "not open", 0),
    ("ticket_carried", {}, ANYWHERE | {"waiting", "parked"}, ANY_LEFT, "carried", 0),
    ("print_failed", dict(why="offline"), OPEN, ANY_LEFT, "the same", 0),
    ("ticket_reprinted", {}, OPEN, ANY_LEFT, "the same", 0),
]
# The line that only a ticket in that state takes. A carried one takes none until the day is closed.
PROBES = [
    ("waiting", "ticket_called", dict(counter="probe")),
    ("with c-1", "ticket_recalled", dict(counter="c-1")),
    ("with c-2", "ticket_recalled", dict(counter="c-2")),
    ("parked", "ticket_called", dict(counter="probe", how="parked")),
    ("missed", "ticket_returned", {}),
]


def begun(left):
    (story := Story()).say("ticket_issued", lane="priority", then=["/revenue/cashier"] * left)
    return story


def state_of(story):
    found = [state for state, kind, keys in PROBES if refusal(story, kind, **keys) is None]
    if found:
        return " and ".join(found)
    later = copy.deepcopy(story)
    later.next_day()
    return "not open" if refusal(later, "ticket_called") else "carried"


def left_of(story):
    """How many services an open ticket has left, by doing them."""
    story, done = copy.deepcopy(story), 0
    state = state_of(story)
    if state == "carried":
        story.next_day()
    elif state != "waiting":
        story.say("ticket_returned" if state == "missed" else "ticket_transferred")
    story.say("ticket_called")
    while refusal(story, "ticket_served") and done < 8:
        story.say("service_done")
        story.say("ticket_called")
        done += 1
    return done


def check_rows(expect):
    for kind, keys, before, lefts, after, fewer in ROWS:
        for state, path in STATES.items():
            for left in ANY_LEFT:
                story, what = begun(left), f"{kind} {keys} of a ticket that is {state}, {left} left"
                for step, step_keys in path:
                    story.say(step, **step_keys)
                expect(state_of(story) == state, f"{what}: it was {state_of(story)}")
                reason = refusal(story, kind, **keys)
                if state not in before or left not in lefts:
                    expect(reason and "of a ticket that" in reason, f"{what}: taken, or refused for {reason}")
                    continue
                expect(reason is None, f"{what}: refused: {reason}")
                if reason is None:
                    story.say(kind, **keys)
                    then = state if after == "the same" else after
                    expect(state_of(story) == then, f"{what}: it is then {state_of(story)}")
                    kept = then == "not open" or left_of(story) == left - fewer
                    expect(kept, f"{what}: it has another number of services left")


# ---- shapes ----

NO_IDS = ("", "C-1", "a/b", "a" * 25, 1)
NO_SALTS = ("", base64.b64encode(bytes(15)).decode(), base64.b64encode(bytes(32)).decode(), 0)
WRONG = {
    "salt": NO_SALTS, "ticket": ("2", True, journal.INTEGER_MAX + 1), "counter": NO_IDS, "reason": NO_IDS,
    "division": NO_IDS, "service": NO_IDS, "day": ("20270115", 100_000_000), "number": ("A01", "A00001"),
    "how": ("", "last", "next,chosen"), "lane": ("", "slow", 1), "by": ("", "officer", "close"),
    "why": ("", "ink"), "role": ("", "mayor"), "did": ("", "left"), "next": ("",) + NO_SALTS[1:2],
    "then": ("", ["/revenue"], ["/"], ["/revenue/tax/c-1"], ["revenue/tax"], ["/revenue/Tax"], [2],
             ["/revenue/tax"] * 8),
}
MAY_BE_EMPTY = {("officer", "counter"), ("ticket_returned", "counter"), ("ticket_transferred", "counter"),
                ("ticket_cancelled", "counter"), ("ticket_called", "reason")}


def check_shapes(expect):
    story = begun(0)
    for kind, keys in V2.items():
        for key in keys:
            for value in WRONG[key]:
                if value == "" and (kind, key) in MAY_BE_EMPTY:
                    continue
                reason = refusal(story, kind, **{key: value})
                said = (f"{key} is not what it may be", "no base64", "base64 of a wrong size")
                expect(reason and any(one in reason for one in said), f"{kind} {key}={value}: {reason}")
        line = dict(story.stamp(kind, 2), **keys)
        others = [dict(line, more=0), {key: line[key] for key in list(line)[:-1]}]
        others.append({key: line[key] for key in list(line)[:-2] + list(line)[:-3:-1]})
        for other in others + [dict(line, v=1)]:
            try:
                journal.read_line(journal.spelt(other).encode())
                expect(False, f"{kind} with other keys or of another version is taken: {list(other)}")
            except journal.False_ as reason:
                said = ("other keys", "no kind of its version")
                expect(any(one in str(reason) for one in said), f"{kind}: refused for {reason}")
    misplaced = [refusal(story, "officer", **keys) for keys in (dict(role="desk"), dict(counter=""))]
    expect(all(said and "names it" in said for said in misplaced), f"officers of no place: {misplaced}")
    for kind, key in sorted(MAY_BE_EMPTY - {("ticket_called", "reason"), ("officer", "counter")}):
        reason = refusal(story, kind, **{key: ""})
        expect(reason is None or "of a ticket that" in reason, f"{kind} by nobody: {reason}")
    for how, reason in (("next", "urgent"), ("parked", "urgent"), ("chosen", "")):
        said = refusal(story, "ticket_called", how=how, reason=reason)
        expect(said and "says why" in said, f"called as {how} with reason {reason!r}: {said}")


def check_issued(expect):
    places = ["/revenue/tax"] * 7
    for lane, then, reason in (("priority", [], None), ("priority", places, None), ("ordinary", places, None),
                               ("ordinary", [], "version 1 can say")):
        said = refusal(Story(), "ticket_issued", lane=lane, then=then)
        fits = said is None if reason is None else said and reason in said
        expect(fits, f"a ticket of lane {lane} with {len(then)} more services: {said}")
    for left in (0, 1, 7):
        expect(left_of(begun(left)) == left, f"a ticket of {left} services more has as many left")


# ---- the other rules, each as a story ----

CLOSE, NEXT = "close", "close and open the next day"
CALLED, CARRIED, WALKED_IN = ("ticket_called", {}), ("ticket_carried", {}), ("walk_in", {})
CANCELLED, ENDED = ("ticket_cancelled", {}), ("log_end", {})
BUSY, UNKNOWN, NO_DAY = "a counter with two tickets", "of a ticket that is not open", "while no day is open"
WITHOUT_A_WORD = "leaves a ticket without a word"
ISSUED_1, TOMORROW = ("ticket_issued", dict(v=1)), dict(day=NEXT_DAY)


def served_1(by="officer", ticket=2):
    return "ticket_served", dict(v=1, by=by, ticket=ticket)


# What is told after ticket 2 was issued, for one service; why the last line is refused, None where it is not.
STORIES = {
    "rule 14, no ticket": ([CANCELLED, CLOSE, ENDED], None),
    "rule 14, a ticket that the close left": ([CLOSE, ENDED], None),
    "rule 14, a carried ticket": ([CARRIED, CLOSE, ENDED], "ends while a ticket is open"),
    "rule 14, a carried ticket, cancelled": ([CARRIED, NEXT, CANCELLED, CLOSE, ENDED], None),
    "rule 14, an open day": ([CANCELLED, ENDED], "ends while a day is open"),
    "rule 15, version 1": ([CARRIED, CLOSE, served_1()], NO_DAY),
    "rule 16, walked in": ([WALKED_IN, ("ticket_recalled", dict(ticket=3)),
                            ("ticket_served", dict(ticket=3))], None),
    "rule 16, walked in elsewhere": ([WALKED_IN, ("ticket_recalled", dict(ticket=3, counter="c-2"))],
                                     "of a ticket that is with"),
    "rule 16, walked in for one": ([WALKED_IN, ("service_done", dict(ticket=3))], "has none left"),
    "rule 16, no ticket's line": ([("ticket_called", dict(ticket=1))], UNKNOWN),
    "rule 16, its own line": ([("ticket_called", dict(ticket=3))], UNKNOWN),
    "rule 17, called": ([WALKED_IN, CALLED], BUSY),
    "rule 17, called elsewhere": ([WALKED_IN, ("ticket_called", dict(counter="c-2"))], None),
    "rule 17, called back": ([CALLED, ("ticket_parked", {}), WALKED_IN,
                              ("ticket_called", dict(how="parked"))], BUSY),
    "rule 17, walked in": ([CALLED, ("walk_in", dict(division="works", service="permit"))], BUSY),
    "rule 17, one ticket": ([CALLED, ("ticket_called", dict(counter="c-2"))], "of a ticket that is with"),
    "rule 17, carried from the counter": ([CALLED, CARRIED, NEXT, ("walk_in", TOMORROW)], None),
    "rule 18, carried once": ([CARRIED, NEXT, CLOSE], WITHOUT_A_WORD),
    "rule 18, before any line of a queue": ([NEXT, CALLED], UNKNOWN),
    "rule 18, also of tickets before that line": ([WALKED_IN, ("ticket_served", dict(ticket=3)), CLOSE],
                                                  WITHOUT_A_WORD),
    "rule 18, from then on": ([CANCELLED, NEXT, ("ticket_issued", TOMORROW), CLOSE], WITHOUT_A_WORD),
    "rule 18, carried twice": ([CARRIED, NEXT, CARRIED, NEXT, CALLED], None),
    "version 1 alone": ([served_1(), ISSUED_1, served_1("close", 4), ISSUED_1, CLOSE], None),
    "version 1, served twice": ([ISSUED_1, served_1(ticket=3), served_1(ticket=3)], UNKNOWN),
    "version 1, served after the close": ([ISSUED_1, NEXT, served_1(ticket=3)], UNKNOWN),
    "version 1 issued, version 2 served": ([ISSUED_1, ("ticket_called", dict(ticket=3)),
                                            ("ticket_served", dict(ticket=3))], None),
    "version 1 issued for one service": ([ISSUED_1, ("ticket_called", dict(ticket=3)),
                                          ("service_done", dict(ticket=3))], "has none left"),
}
for about in V2:
    if "ticket" in V2[about]:
        STORIES[f"rule 15, {about}"] = ([CARRIED, CLOSE, (about, {})], NO_DAY)
for about in ("ticket_issued", "walk_in"):
    STORIES[f"rule 15, {about} of another day"] = ([(about, TOMORROW)], "a ticket outside its day")
    STORIES[f"rule 15, {about} of no day"] = ([CLOSE, (about, {})], "a ticket outside its day")
for about in [("ticket_missed", {}), ("ticket_parked", {}), ("service_done", {}), CARRIED, CANCELLED,
              ("ticket_transferred", dict(counter="")), ("ticket_transferred", dict(counter="c-2")),
              ("ticket_cancelled", dict(counter="")), ("ticket_cancelled", dict(counter="c-2")), served_1()]:
    STORIES[f"rule 17, free after {about}"] = (
        [("ticket_issued", {}), ("ticket_called", dict(ticket=3)), (about[0], dict(about[1], ticket=3)),
         CALLED, ("ticket_served", {}), WALKED_IN], None)
for about in ("ticket_recalled", "ticket_delayed", "print_failed", "ticket_reprinted"):
    STORIES[f"rule 17, busy after {about}"] = ([CALLED, (about, {}), WALKED_IN], BUSY)
for about, way in STATES.items():
    ends = {"carried": None, "missed": UNKNOWN}
    told = [("print_failed", {})] if about == "waiting" else []
    STORIES[f"rule 18, {about}"] = (
        (way + [NEXT, CALLED], ends[about]) if about in ends else (way + told + [CLOSE], WITHOUT_A_WORD))


def check_stories(expect):
    for name, (steps, expected) in STORIES.items():
        story, reasons = begun(0), []
        for step in steps:
            try:
                if step == CLOSE:
                    story.close()
                elif step == NEXT:
                    story.next_day()
                else:
                    story.say(step[0], **step[1])
                reasons.append(None)
            except journal.False_ as refused:
                reasons.append(str(refused))
        fits = (reasons[-1] is None) if expected is None else expected in (reasons[-1] or "")
        expect(fits and set(reasons[:-1]) <= {None}, f"{name}: expected {expected}, was {reasons}")


def check_limit(expect):
    """A ticket that was carried and one that walked in are among the 100000."""
    story = begun(0)
    story.say("ticket_carried")
    story.next_day()
    seq = story.say("walk_in", day=NEXT_DAY)
    for more in range(1, 100_000 - 2):
        story.log.take(dict(story.lines[2], day=NEXT_DAY, seq=seq + more, utc=START["utc"] + seq + more))
    reason = refusal(story, "walk_in", day=NEXT_DAY, counter="c-2")
    expect(reason is None, f"the last of 100000 open tickets walks in: {reason}")
    story.say("ticket_issued", day=NEXT_DAY)
    for kind, keys in (("ticket_issued", {}), ("walk_in", dict(counter="c-2"))):
        reason = refusal(story, kind, day=NEXT_DAY, **keys)
        expect(reason == "too many open tickets", f"{kind} with 100000 open tickets: {reason}")


def check_bundle(expect):
    """The same by the verifier itself: a day of all kinds is true, one call at a busy counter is false."""
    story = begun(1)
    for kind in ("ticket_called", "ticket_recalled", "ticket_delayed", "ticket_parked"):
        story.say(kind)
    story.say("ticket_called", how="parked")
    for kind in ("ticket_missed", "ticket_returned", "ticket_called", "service_done", "ticket_transferred"):
        story.say(kind)
    story.say("ticket_called", how="chosen", reason="urgent")
    story.say("ticket_served")
    walked_in = story.say("walk_in")
    story.say("ticket_cancelled", ticket=walked_in, counter="")
    carried = story.say("ticket_issued")
    story.say("officer")
    for kind in ("print_failed", "ticket_reprinted", "ticket_carried"):
        story.say(kind, ticket=carried)
    story.next_day()
    other = story.say("walk_in", counter="c-2", day=NEXT_DAY)
    story.say("ticket_called", ticket=carried)
    told = {line["kind"] for line in story.lines if line["v"] == 2}
    expect(told == set(V2) - {"log_end"}, f"a day of all kinds: {told ^ set(V2)}")
    with tempfile.TemporaryDirectory(prefix="sala-verify-") as folder:
        path = pathlib.Path(folder) / "queue.bundle"
        path.write_bytes(made(story.lines))
        code, said = run(path)
        expect(code == 0 and "rules kept since line 0" in said, f"a day of all kinds is true: {said}")
        story.lines[other] = dict(story.lines[other], counter="c-1")
        path.write_bytes(made(story.lines))
        code, said = run(path)
        expect(code == 3 and "a counter with two tickets" in said, f"a busy counter's call is false: {said}")


def main():
    offences = []

    def expect(truth, otherwise):
        if not truth:
            offences.append(otherwise)

    for check in (check_rows, check_shapes, check_issued, check_stories, check_limit, check_bundle):
        check(expect)
    print("\n".join(offences))
    moves = len(ROWS) * len(STATES) * len(ANY_LEFT)
    print(f"{moves} moves and {len(STORIES)} stories, {len(offences)} offences")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
