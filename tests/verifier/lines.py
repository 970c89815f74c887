"""The lines of a journal as FORMAT.md gives them: values (sections 1 to 4) and rules between (5 and 9)."""

import base64
import datetime
import hashlib
import json
import re

INTEGER_MAX = 2**53 - 1
NUMBER8_MAX = 99_999_999
LINE_BYTES_MAX = 16 * 1024
class False_(Exception):
    """What the bundle says is not so."""


def need(truth, otherwise):
    if not truth:
        raise False_(otherwise)


# ---- spelling (section 1) and names (section 2) ----

def decimal(text):
    spelt_so = re.fullmatch(r"0|[1-9][0-9]{0,15}", text)
    need(spelt_so and int(text) <= INTEGER_MAX, f"no decimal: {text!r}")
    return int(text)


def from_base64(text, size=None):
    need(re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", text) and len(text) % 4 == 0, "no base64")
    data = base64.b64decode(text)
    need(base64.b64encode(data).decode() == text, "base64 with bits to spare")
    need(size is None or len(data) == size, "base64 of a wrong size")
    return data


def base32(data, letters):
    return base64.b32encode(data).decode()[:letters]


def device_code(key):
    return base32(hashlib.sha256(key).digest(), 26)


ID = r"[a-z0-9-]{1,24}"
KEY_NAME = r"[!-*,-~]{1,255}"


def is_day(number):
    try:
        return number >= 19700101 and bool(datetime.date(number // 10000, number // 100 % 100, number % 100))
    except ValueError:
        return False


# ---- lines (sections 3 and 4): each shape says whether a value has it ----

def number(value):
    return type(value) is int and 0 <= value <= INTEGER_MAX


def number8(value):
    return number(value) and value <= NUMBER8_MAX


def day(value):
    return number8(value) and is_day(value)


def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def base64_of(size):
    def check(value):
        return isinstance(value, str) and from_base64(value, size) is not None
    return check


def list_of(shape):
    return lambda value: isinstance(value, list) and len(value) <= 400 and all(shape(one) for one in value)


def object_of(**shapes):
    def check(value):
        return isinstance(value, dict) and list(value) == list(shapes) and all(
            shapes[key](value[key]) for key in shapes)
    return check


def ascending(values):
    return all(a < b for a, b in zip(values, values[1:]))


ANY = r"(?s:.*)"
PAGES = {"face.1": [("face", 6)]}


def page(value):
    return isinstance(value, str) and value in PAGES


KINDS = {
    "log_start": dict(office=text(ID), origin=text(r"[a-z0-9.-]{1,200}/sala/[A-Z2-7]{26}"),
                      key=base64_of(32)),
    "boot": dict(dark_since=number, waiting=number, version=text(r"[A-Za-z0-9.+~-]{1,40}")),
    "alive": {},
    "day_opened": dict(day=day, k=number8, k_counter=number8, wait=text("day"),
                       rule=text(r"[a-z0-9._-]{1,24}"), pages=list_of(page)),
    "ticket_issued": dict(salt=base64_of(16), day=number8, division=text(ID), service=text(ID),
                          number=text(r"[A-Z][0-9]{3,4}")),
    "ticket_served": dict(salt=base64_of(16), ticket=number, by=text("officer|close")),
    "cast": dict(page=text(ANY)),
    "sealed": dict(page=page, **{"class": text("walk_up|after_service|flagged|paper")},
                   place=text(f"/|(/{ID}){{1,3}}"), days=list_of(day), k=number8, n=number,
                   items=list_of(object_of(item=text(ANY), counts=list_of(number)))),
    "day_closed": dict(day=number8, lines=list_of(object_of(kind=text(ANY), n=number)),
                       waiting=list_of(object_of(page=text(ANY), n=number)), eit_shown=number,
                       texts=lambda texts: texts == []),
    "config": dict(sha256=base64_of(32)),
    "clock": {"from": number, "to": number},
    "cosigned": dict(size=number, root=base64_of(32), by=text(KEY_NAME), time=number),
}
# What version 2 adds: kinds of its own, and other shapes of five.
ORIGIN = r"[a-z0-9.-]{1,200}/sala/[A-Z2-7]{26}"
NO_LINES = hashlib.sha256(b"").digest()
ID_OR_EMPTY = text(f"({ID})?")


def about_ticket(**further):
    return dict(salt=base64_of(16), ticket=number, **further)


KINDS_2 = {
    "log_start": dict(KINDS["log_start"], replaces=text(ORIGIN), size=number, root=base64_of(32)),
    "day_opened": dict(day=day, k=number8, k_counter=number8, wait=text("month"), auditor=base64_of(32),
                       rule=text(r"[a-z0-9._-]{1,24}"), pages=list_of(page)),
    "day_closed": dict(KINDS["day_closed"],
                       texts=lambda texts: texts != [] and list_of(base64_of(32))(texts)),
    "bound": dict(day=number8, commitment=base64_of(32)),
    "log_end": dict(next=base64_of(32)),
    "ticket_issued": dict(KINDS["ticket_issued"], lane=text("ordinary|priority"),
                          then=lambda then: list_of(text(f"/{ID}/{ID}"))(then) and len(then) <= 7),
    "walk_in": dict(salt=base64_of(16), day=number8, division=text(ID), service=text(ID), counter=text(ID)),
    "ticket_called": about_ticket(counter=text(ID), how=text("next|chosen|parked"), reason=ID_OR_EMPTY),
    "ticket_recalled": about_ticket(counter=text(ID)),
    "ticket_missed": about_ticket(counter=text(ID)),
    "service_done": about_ticket(counter=text(ID)),
    "ticket_returned": about_ticket(counter=ID_OR_EMPTY),
    "ticket_parked": about_ticket(counter=text(ID), reason=text(ID)),
    "ticket_delayed": about_ticket(counter=text(ID), reason=text(ID)),
    "ticket_transferred": about_ticket(counter=ID_OR_EMPTY, division=text(ID), service=text(ID),
                                       reason=text(ID)),
    "ticket_served": about_ticket(by=text("counter"), counter=text(ID)),
    "ticket_cancelled": about_ticket(counter=ID_OR_EMPTY, reason=text(ID)),
    "ticket_carried": about_ticket(),
    "print_failed": about_ticket(why=text("paper|cover|offline|failed")),
    "ticket_reprinted": about_ticket(),
    "officer": dict(role=text("desk|counter"), counter=ID_OR_EMPTY, did=text("entered|new_pin")),
}
QUEUE_KINDS = [kind for kind in KINDS_2
               if kind not in KINDS and kind not in ("bound", "log_end", "officer")]
STAMP = dict(v=number8, seq=number, utc=number, mono=number, boot=text("[0-9a-f]{32}"),
             trusted=lambda value: isinstance(value, bool),
             kind=lambda kind: kind in KINDS or kind in KINDS_2)


def spelt(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}
        return '"' + "".join(
            escapes.get(letter) or (f"\\u{ord(letter):04x}" if ord(letter) < 0x20 else letter)
            for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(spelt(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(spelt(key) + ":" + spelt(one) for key, one in value.items()) + "}"
    raise False_("a value that no line has")


def read_line(raw):
    need(len(raw) <= LINE_BYTES_MAX, "a line is too long")
    try:
        line = json.loads(raw.decode())
        need(isinstance(line, dict), "a line is no object")
        need(number(line.get("v")) and line["v"] <= 2, "a line of a newer version")
        need(spelt(line).encode() == raw, "a line is spelt otherwise")
    except (ValueError, RecursionError) as error:
        raise False_(f"a line is no JSON: {error}") from error
    need(line["v"] in (1, 2), "a line of no version")
    kinds = KINDS if line["v"] == 1 else KINDS_2
    need(isinstance(line.get("kind"), str) and line["kind"] in kinds, "a line of no kind of its version")
    shapes = {**STAMP, **kinds[line["kind"]]}
    need(list(line) == list(shapes), "a line has other keys")
    for key, shape in shapes.items():
        need(shape(line[key]), f"line {line['seq']}: {key} is not what it may be")
    read_further(line)
    return line


def read_further(line):
    kind = line["kind"]
    if kind == "log_start":
        code = device_code(from_base64(line["key"]))
        need(line["origin"].endswith("/sala/" + code), "the log's origin does not name its key")
        if line["v"] == 2:
            need(line["replaces"] != line["origin"], "a log replaces itself")
            need(line["size"] > 0 or from_base64(line["root"]) == NO_LINES, "no lines with a root")
    if kind == "day_opened":
        need(line["k"] >= 5 and line["k_counter"] >= max(10, line["k"]), "k is too low")
        need(ascending(line["pages"]), "pages out of order")
    if kind == "day_closed":
        need(ascending(line["texts"]), "texts out of order")
    if kind == "ticket_issued" and line["v"] == 2:
        need(line["lane"] == "priority" or line["then"], "a ticket that version 1 can say")
    if kind == "officer":
        need((line["role"] == "counter") == (line["counter"] != ""), "an officer of a counter names it")
    if kind == "ticket_called":
        fits = (line["how"] == "chosen") == (line["reason"] != "")
        need(fits, "a call out of the order says why, and no other")
    if kind == "sealed":
        need(line["days"] and ascending(line["days"]), "days out of order")
        need(line["n"] >= line["k"], "an envelope of too few")
        alike = [(item["item"], len(item["counts"])) for item in line["items"]] == PAGES[line["page"]]
        sums = [sum(item["counts"]) for item in line["items"]]
        need(alike and set(sums) == {line["n"]}, "an envelope does not add up")


# ---- rules between the lines (sections 5 and 9) ----

# The states of an open ticket. With the line's own counter is narrower than with any, so it has a name.
WAITING, AT_COUNTER, PARKED, MISSED, CARRIED = "waiting", "with a counter", "parked", "missed", "carried"
AT_THIS = "with this counter"
NOT_CARRIED = (WAITING, AT_COUNTER, PARKED, MISSED)
SAME, CLOSED = "the same", "not open"
# Rule 16 where nothing but the kind decides: what the ticket was, and what it is then.
MOVES = {
    "ticket_recalled": ((AT_THIS,), SAME),
    "ticket_delayed": ((AT_THIS,), SAME),
    "ticket_missed": ((AT_THIS,), MISSED),
    "ticket_returned": ((MISSED,), WAITING),
    "ticket_parked": ((AT_THIS,), PARKED),
    "service_done": ((AT_THIS,), WAITING),
    "ticket_transferred": ((WAITING, AT_COUNTER, PARKED), WAITING),
    "ticket_cancelled": (NOT_CARRIED, CLOSED),
    "ticket_carried": ((WAITING, AT_COUNTER, PARKED), CARRIED),
    "print_failed": (NOT_CARRIED, SAME),
    "ticket_reprinted": (NOT_CARRIED, SAME),
}


class Ticket:
    def __init__(self, left):
        self.state, self.counter, self.left = WAITING, None, left


class Log:
    def __init__(self):
        self.next_seq, self.last_utc, self.trusted_utc = 0, 0, 0
        self.rules, self.open = None, False
        self.waiting, self.kinds, self.tickets, self.busy = {}, {}, {}, set()
        self.start, self.end, self.accounted = None, None, False

    def take(self, line):
        seq, kind = line["seq"], line["kind"]
        need(seq == self.next_seq, "a line is missing")
        need((seq == 0) == (kind == "log_start"), "log_start stands at the beginning and nowhere else")
        need(not self.end, "a line after the log's end")
        need("bound" not in self.kinds or kind == "day_closed", "what was bound is not closed at once")
        need(not line["trusted"] or line["utc"] >= self.trusted_utc, "a clock is trusted that went back")
        rule = getattr(self, "take_" + kind, None)
        if rule:
            rule(line)
        if kind in MOVES:
            self.move(line, *MOVES[kind])
        self.accounted = self.accounted or kind in QUEUE_KINDS
        if kind != "day_closed":
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if line["trusted"]:
            self.trusted_utc = line["utc"]
        self.last_utc = line["utc"]
        self.next_seq += 1

    def take_log_start(self, line):
        self.start = line

    def take_log_end(self, line):
        need(not self.open, "the log ends while a day is open")
        need(not self.tickets, "the log ends while a ticket is open")
        need(line["next"] != self.start["key"], "the log goes on under its own key")
        self.end = line

    def take_bound(self, line):
        need(self.open and line["day"] == self.rules["day"], "bound outside its day")
        need(self.rules["wait"] == "month", "bound without a month")

    def take_boot(self, line):
        need(line["dark_since"] == self.last_utc, "boot misstates when the line before was written")
        need(line["waiting"] == sum(self.waiting.values()), "boot misstates what waits")

    def take_day_opened(self, line):
        need(not self.open, "a day was open already")
        self.rules, self.open = line, True

    def begin_ticket(self, line, left):
        need(self.open and line["day"] == self.rules["day"], "a ticket outside its day")
        need(len(self.tickets) < 100_000, "too many open tickets")
        self.tickets[line["seq"]] = Ticket(left)

    def ticket_of(self, line):
        need(self.open, "a line about a ticket while no day is open")
        need(line["ticket"] in self.tickets, f"{line['kind']} of a ticket that is not open")
        return self.tickets[line["ticket"]]

    def hand_to(self, ticket, counter):
        # Rule 17 names nothing but the counter's id, so one id is one counter in the whole office.
        need(counter not in self.busy, "a counter with two tickets")
        self.busy.add(counter)
        ticket.state, ticket.counter = AT_COUNTER, counter

    def move(self, line, before, after):
        ticket = self.ticket_of(line)
        here = ticket.state == AT_COUNTER and ticket.counter == line.get("counter")
        may = ticket.state in before or (here and AT_THIS in before)
        need(may, f"{line['kind']} of a ticket that is {AT_THIS if here else ticket.state}")
        if after == SAME:
            return
        self.busy.discard(ticket.counter)
        ticket.state, ticket.counter = after, None
        if after == CLOSED:
            del self.tickets[line["ticket"]]

    def take_ticket_issued(self, line):
        self.begin_ticket(line, len(line.get("then", [])))

    def take_walk_in(self, line):
        self.begin_ticket(line, 0)
        self.hand_to(self.tickets[line["seq"]], line["counter"])

    def take_ticket_called(self, line):
        ticket, before = self.ticket_of(line), PARKED if line["how"] == "parked" else WAITING
        need(ticket.state == before, f"ticket_called of a ticket that is {ticket.state}")
        self.hand_to(ticket, line["counter"])

    def take_service_done(self, line):
        ticket = self.ticket_of(line)
        need(ticket.left > 0, "service_done of a ticket that has none left")
        ticket.left -= 1

    def take_ticket_served(self, line):
        if line["v"] == 2:
            need(self.ticket_of(line).left == 0, "ticket_served of a ticket that has services left")
        self.move(line, (AT_THIS,) if line["v"] == 2 else NOT_CARRIED, CLOSED)

    def take_cast(self, line):
        need(self.open and line["page"] in self.rules["pages"], "a rating that could not be cast")
        self.waiting[line["page"]] = self.waiting.get(line["page"], 0) + 1

    def take_sealed(self, line):
        need(self.open, "an envelope while no day was open")
        at_counter = line["place"].count("/") == 3
        need(line["k"] >= self.rules["k_counter" if at_counter else "k"], "an envelope below the day's k")
        need(line["n"] <= self.waiting.get(line["page"], 0), "more sealed than cast")
        self.waiting[line["page"]] -= line["n"]

    def take_day_closed(self, line):
        need(self.open and line["day"] == self.rules["day"], "a close of a day that was not open")
        written = [{"kind": kind, "n": n} for kind, n in sorted(self.kinds.items())]
        need(line["lines"] == written, "a close miscounts")
        left = [{"page": page, "n": n} for page, n in sorted(self.waiting.items()) if n > 0]
        need(line["waiting"] == left, "a close misstates what waits")
        need((self.rules["wait"] == "month") == ("bound" in self.kinds), "a close does not bind what waits")
        left = [ticket for ticket in self.tickets.values() if ticket.state not in (CARRIED, MISSED)]
        need(not (self.accounted and left), "a close leaves a ticket without a word")
        self.open, self.kinds, self.busy = False, {}, set()
        self.tickets = {seq: Ticket(ticket.left) for seq, ticket in self.tickets.items()
                        if ticket.state == CARRIED}

    def take_cosigned(self, line):
        need(line["size"] <= line["seq"], "a cosignature of lines to come")
