#!/usr/bin/python3
"""Checks bundles of a Sala kiosk with nothing but sync/ledger/FORMAT.md and a public key.

verify.py BUNDLE... [--key CODE]

Says of each bundle what it proves. --key: the device code that must have signed them, as it stands on the kiosk's case.
Bundles that go on where the one before ended are held to the rules between the lines together.
Exit 0: all true. 3: at least one is false. 2: wrong use. Shares no code with the programs it checks.
"""

import argparse
import base64
import datetime
import hashlib
import json
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

INTEGER_MAX = 2**53 - 1
NUMBER8_MAX = 99_999_999
LINE_BYTES_MAX = 16 * 1024
NOTE_BYTES_MAX = 16 * 1024
BUNDLE_BYTES_MAX = 64 * 1024 * 1024
SMALL_ORDER = {bytes.fromhex(text) for text in (
    "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")}


class False_(Exception):
    """What the bundle says is not so."""


def need(truth, otherwise):
    if not truth:
        raise False_(otherwise)


# ---- spelling (section 1) and names (section 2) ----

def decimal(text):
    need(re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII) and int(text) <= INTEGER_MAX, f"no decimal: {text!r}")
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


def key_id(name, kind, key):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def signed(key, message, signature):
    if key[:31] + bytes([key[31] & 0x7F]) in SMALL_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


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
KINDS = {
    "log_start": dict(office=text(ID), origin=text(r"[a-z0-9.-]{1,200}/sala/[A-Z2-7]{26}"), key=base64_of(32)),
    "boot": dict(dark_since=number, waiting=number, version=text(r"[A-Za-z0-9.+~-]{1,40}")),
    "alive": {},
    "day_opened": dict(day=day, k=number8, k_counter=number8, wait=text("day"), rule=text(r"[a-z0-9._-]{1,24}"),
                       pages=list_of(lambda page: page in PAGES)),
    "ticket_issued": dict(salt=base64_of(16), day=number8, division=text(ID), service=text(ID),
                          number=text(r"[A-Z][0-9]{3,4}")),
    "ticket_served": dict(salt=base64_of(16), ticket=number, by=text("officer|close")),
    "cast": dict(page=text(ANY)),
    "sealed": dict(page=lambda page: page in PAGES, **{"class": text("walk_up|after_service|flagged|paper")},
                   place=text(f"/|(/{ID}){{1,3}}"), days=list_of(day), k=number8, n=number,
                   items=list_of(object_of(item=text(ANY), counts=list_of(number)))),
    "day_closed": dict(day=number8, lines=list_of(object_of(kind=text(ANY), n=number)),
                       waiting=list_of(object_of(page=text(ANY), n=number)), eit_shown=number,
                       texts=lambda texts: texts == []),
    "config": dict(sha256=base64_of(32)),
    "clock": {"from": number, "to": number},
    "cosigned": dict(size=number, root=base64_of(32), by=text(KEY_NAME), time=number),
}
STAMP = dict(v=number8, seq=number, utc=number, mono=number, boot=text("[0-9a-f]{32}"),
             trusted=lambda value: isinstance(value, bool), kind=lambda kind: kind in KINDS)


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
        need(number(line.get("v")) and line["v"] <= 1, "a line of a newer version")
        need(spelt(line).encode() == raw, "a line is spelt otherwise")
    except (ValueError, RecursionError) as error:
        raise False_(f"a line is no JSON: {error}") from error
    need(line["v"] == 1, "a line of no version")
    need(isinstance(line.get("kind"), str) and line["kind"] in KINDS, "a line of no kind")
    shapes = {**STAMP, **KINDS[line["kind"]]}
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
    if kind == "day_opened":
        need(line["k"] >= 5 and line["k_counter"] >= max(10, line["k"]), "k is too low")
        need(ascending(line["pages"]), "pages out of order")
    if kind == "sealed":
        need(line["days"] and ascending(line["days"]), "days out of order")
        need(line["n"] >= line["k"], "an envelope of too few")
        alike = [(item["item"], len(item["counts"])) for item in line["items"]] == PAGES[line["page"]]
        need(alike and all(sum(item["counts"]) == line["n"] for item in line["items"]), "an envelope does not add up")


# ---- rules between the lines (section 5) ----

class Log:
    def __init__(self):
        self.next_seq, self.last_utc, self.trusted_utc = 0, 0, 0
        self.rules, self.open = None, False
        self.waiting, self.kinds, self.tickets = {}, {}, set()

    def take(self, line):
        seq, kind = line["seq"], line["kind"]
        need(seq == self.next_seq, "a line is missing")
        need((seq == 0) == (kind == "log_start"), "log_start stands at the beginning and nowhere else")
        need(not line["trusted"] or line["utc"] >= self.trusted_utc, "a clock is trusted that went back")
        rule = getattr(self, "take_" + kind, None)
        if rule:
            rule(line)
        if kind != "day_closed":
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if line["trusted"]:
            self.trusted_utc = line["utc"]
        self.last_utc = line["utc"]
        self.next_seq += 1

    def take_boot(self, line):
        need(line["dark_since"] == self.last_utc, "boot misstates when the line before was written")
        need(line["waiting"] == sum(self.waiting.values()), "boot misstates what waits")

    def take_day_opened(self, line):
        need(not self.open, "a day was open already")
        self.rules, self.open = line, True

    def take_ticket_issued(self, line):
        need(self.open and line["day"] == self.rules["day"], "a ticket outside its day")
        need(len(self.tickets) < 100_000, "too many open tickets")
        self.tickets.add(line["seq"])

    def take_ticket_served(self, line):
        need(line["ticket"] in self.tickets, "a ticket served that was not open")
        self.tickets.remove(line["ticket"])

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
        need(line["lines"] == [{"kind": kind, "n": n} for kind, n in sorted(self.kinds.items())], "a close miscounts")
        left = [{"page": page, "n": n} for page, n in sorted(self.waiting.items()) if n > 0]
        need(line["waiting"] == left, "a close misstates what waits")
        self.open, self.kinds, self.tickets = False, {}, set()

    def take_cosigned(self, line):
        need(line["size"] <= line["seq"], "a cosignature of lines to come")


# ---- tree (section 6) ----

class Tree:
    def __init__(self, size=0, frontier=()):
        self.size, self.frontier = size, list(frontier)

    def append(self, line):
        node, bits = hashlib.sha256(b"\x00" + line).digest(), self.size
        while bits & 1:
            node = hashlib.sha256(b"\x01" + self.frontier.pop() + node).digest()
            bits >>= 1
        self.frontier.append(node)
        self.size += 1

    def root(self):
        if not self.frontier:
            return hashlib.sha256(b"").digest()
        node = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


# ---- notes (section 7) ----

def read_checkpoint(note, origin, key):
    """Size, root and number of signatures of a checkpoint that `key` signed."""
    need(len(note) <= NOTE_BYTES_MAX and not re.search(rb"[\x00-\x09\x0b-\x1f]", note), "a note is malformed")
    try:
        body, divided, signatures = note.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise False_("a note is no UTF-8") from error
    need(divided and signatures.endswith("\n"), "a note without signatures")
    body += "\n"
    lines = signatures[:-1].split("\n")
    need(len(lines) <= 16, "a note of too many signatures")
    ours = []
    for line in lines:
        parts = re.fullmatch(f"— ({KEY_NAME}) ([A-Za-z0-9+/=]+)", line)
        need(parts, "a signature line is malformed")
        blob = from_base64(parts[2])
        need(len(blob) >= 5, "a signature is too short")
        if parts[1] == origin and blob[:4] == key_id(origin, 0x01, key):
            ours.append(blob[4:])
    need(ours and signed(key, body.encode(), ours[0]), "a checkpoint that the device did not sign")
    rows = body.split("\n")
    need(len(rows) == 4 and rows[3] == "" and rows[0] == origin, "no checkpoint of this log")
    return decimal(rows[1]), from_base64(rows[2], 32), len(lines)


# ---- bundle (section 8) ----

class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def line(self):
        end = self.data.find(b"\n", self.at)
        need(end >= 0, "it ends early")
        line, self.at = self.data[self.at:end], end + 1
        return line

    def field(self, name):
        line = self.line()
        need(line.startswith(name.encode() + b" "), f"{name} is missing")
        need(line.isascii(), f"{name} is malformed")
        return line[len(name) + 1:].decode()

    def block(self, count):
        begin = self.at
        for _ in range(count):
            self.line()
        return self.data[begin:self.at]


class Bundle:
    """A bundle that proves itself; False_ when it does not."""

    def __init__(self, data):
        need(len(data) <= BUNDLE_BYTES_MAX, "it is too large")
        reader = Reader(data)
        need(reader.line() == b"sala bundle 1", "it is no bundle of version 1")
        need(decimal(reader.field("length")) == len(data), "it has another length than it says")
        self.office, self.origin = reader.field("office"), reader.field("origin")
        self.key = from_base64(reader.field("key"), 32)
        self.code = device_code(self.key)
        need(re.fullmatch(ID, self.office) and self.origin.endswith("/sala/" + self.code), "its names are wrong")
        first, end = decimal(reader.field("from")), decimal(reader.field("to"))
        need(first < end <= first + 50_000, "it holds no lines, or too many")
        self.before = Tree(first, [from_base64(reader.field("frontier"), 32) for _ in range(bin(first).count("1"))])
        self.read_cosigned(reader)
        self.tree, self.lines = Tree(first, self.before.frontier), []
        for seq in range(first, end):
            raw = reader.line()
            self.lines.append(read_line(raw))
            need(self.lines[-1]["seq"] == seq, "a line out of order")
            self.tree.append(raw)
        if first == 0:
            head = {"office": self.office, "origin": self.origin, "key": base64.b64encode(self.key).decode()}
            start = self.lines[0]
            need(start["kind"] == "log_start" and {key: start[key] for key in head} == head, "it begins another log")
        size, root, signatures = read_checkpoint(reader.block(5), self.origin, self.key)
        need((size, root, signatures) == (end, self.tree.root(), 1), "its checkpoint is for another tree")
        evidence = data[:reader.at]
        signature = from_base64(reader.field("signature"), 64)
        need(reader.at == len(data), "something follows its end")
        need(signed(self.key, evidence, signature), "it is not signed")

    def read_cosigned(self, reader):
        count = decimal(reader.field("cosigned"))
        need(count <= 20, "its cosigned note is too long")
        if count > 0:
            size, root, _ = read_checkpoint(reader.block(count), self.origin, self.key)
            need(size != self.before.size or root == self.before.root(), "its cosigned note is for another tree")


def judge(path, code, logs):
    """Prints what the bundle proves. `logs`: device code -> (tree, log) so far."""
    with open(path, "rb") as file:
        bundle = Bundle(file.read(BUNDLE_BYTES_MAX + 1))
    need(code is None or bundle.code == code, f"it is of device {bundle.code}")
    tree, log = (Tree(), Log()) if bundle.before.size == 0 else logs.get(bundle.code, (None, None))
    known = tree is not None and (tree.size, tree.frontier) == (bundle.before.size, bundle.before.frontier)
    if known:
        for line in bundle.lines:
            log.take(line)
        logs[bundle.code] = (bundle.tree, log)
    rules = "rules kept since line 0" if known else "rules between lines not checked: the lines before are not here"
    print(f"{path}: true: {bundle.code} lines {bundle.before.size} to {bundle.tree.size - 1}, {rules}")


def main():
    parser = argparse.ArgumentParser(description="check bundles of a Sala kiosk with its public key alone")
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--key", metavar="CODE", help="the device code on the kiosk's case")
    arguments = parser.parse_args()
    if arguments.key is not None and not re.fullmatch("[A-Z2-7]{26}", arguments.key):
        parser.error("CODE is 26 letters A-Z and digits 2-7")
    verdict, logs = 0, {}
    for path in arguments.bundles:
        try:
            judge(path, arguments.key, logs)
        except OSError as error:
            parser.error(f"cannot read {path}: {error.strerror}")
        except False_ as reason:
            print(f"{path}: FALSE: {reason}")
            verdict = 3
    return verdict


if __name__ == "__main__":
    sys.exit(main())
