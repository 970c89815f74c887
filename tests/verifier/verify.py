#!/usr/bin/python3
"""Checks bundles of a Sala kiosk with nothing but sync/ledger/FORMAT.md and a public key.

verify.py BUNDLE... [--key CODE] [--witness FILE]...

Says of each bundle what it proves. --key: the device code that must have signed them, from the kiosk's case.
Bundles that go on where the one before ended are held to the rules between the lines together, and bundles
of one key to one another: two histories under it are false. --witness: what somebody kept outside, the whole
text of a checkpoint's QR code or short heads of tickets (number and 16 letters, one a line).
Exit 0: all true. 3: at least one is false. 2: wrong use. Shares no code with the programs it checks.
"""

import argparse
import base64
import hashlib
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lines import ID, KEY_NAME, False_, Log, ascending, decimal, device_code, from_base64, need, read_line

NOTE_BYTES_MAX = 16 * 1024
BUNDLE_BYTES_MAX = 64 * 1024 * 1024
OUTSIDE_BYTES_MAX = 1024 * 1024
SMALL_ORDER = {bytes.fromhex(text) for text in (
    "00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")}


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


# ---- tree (section 6) ----

def leaf_hash(line):
    return hashlib.sha256(b"\x00" + line).digest()


class Tree:
    def __init__(self, size=0, frontier=()):
        self.size, self.frontier = size, list(frontier)

    def append(self, line):
        self.append_leaf(leaf_hash(line))

    def append_leaf(self, node):
        bits = self.size
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
        first = reader.line()
        need(first in (b"sala bundle 1", b"sala bundle 2"), "it is no bundle of version 1 or 2")
        length = decimal(reader.field("length"))
        need(length <= len(data), "it has another length than it says")
        need(first == b"sala bundle 2" or length == len(data), "it has another length than it says")
        attached, data = data[length:], data[:length]
        reader.data = data
        self.office, self.origin = reader.field("office"), reader.field("origin")
        self.key = from_base64(reader.field("key"), 32)
        self.code = device_code(self.key)
        named = self.origin.endswith("/sala/" + self.code)
        need(named and re.fullmatch(ID, self.office), "its names are wrong")
        first, end = decimal(reader.field("from")), decimal(reader.field("to"))
        need(first < end <= first + 50_000, "it holds no lines, or too many")
        full_subtrees = bin(first).count("1")
        self.before = Tree(first, [from_base64(reader.field("frontier"), 32) for _ in range(full_subtrees)])
        self.read_cosigned(reader)
        self.tree, self.lines, self.leaves = Tree(first, self.before.frontier), [], []
        for seq in range(first, end):
            raw = reader.line()
            self.lines.append(read_line(raw))
            need(self.lines[-1]["seq"] == seq, "a line out of order")
            self.leaves.append(leaf_hash(raw))
            self.tree.append_leaf(self.leaves[-1])
        if first == 0:
            head = {"office": self.office, "origin": self.origin, "key": base64.b64encode(self.key).decode()}
            start = self.lines[0]
            same = start["kind"] == "log_start" and {key: start[key] for key in head} == head
            need(same, "it begins another log")
        size, root, signatures = read_checkpoint(reader.block(5), self.origin, self.key)
        need((size, root, signatures) == (end, self.tree.root(), 1), "its checkpoint is for another tree")
        evidence = data[:reader.at]
        signature = from_base64(reader.field("signature"), 64)
        need(reader.at == len(data), "something follows its end")
        need(signed(self.key, evidence, signature), "it is not signed")
        self.attachments = self.read_attachments(attached)

    def read_attachments(self, attached):
        """How many; each is bound by a line, though only its key's holder can open it."""
        bound = {("opening", line["commitment"]) for line in self.lines if line["kind"] == "bound"}
        for line in self.lines:
            if line["kind"] == "day_closed":
                bound |= {(kind, text) for kind in ("text", "letter") for text in line["texts"]}
        need(attached == b"" or attached.endswith(b"\n"), "an attachment is cut")
        rows = attached.split(b"\n")[:-1]
        need(len(rows) <= 2_000 and ascending(rows), "attachments out of order")
        for row in rows:
            need(row.isascii(), "an attachment is malformed")
            parts = row.decode().split(" ")
            need(len(parts) == 4 and parts[0] == "attachment", "an attachment is malformed")
            need(tuple(parts[1:3]) in bound, "an attachment that no line binds")
            need(1 <= len(from_base64(parts[3])) <= 65_536, "an attachment of a wrong size")
        return len(rows)

    def read_cosigned(self, reader):
        count = decimal(reader.field("cosigned"))
        need(count <= 20, "its cosigned note is too long")
        if count > 0:
            size, root, _ = read_checkpoint(reader.block(count), self.origin, self.key)
            agrees = size != self.before.size or root == self.before.root()
            need(agrees, "its cosigned note is for another tree")


class Kept:
    """What the bundles so far say of one key's log, from line 0."""

    def __init__(self, origin, key):
        self.origin, self.key = origin, key
        self.leaves, self.log = [], Log()

    def tree(self, size):
        tree = Tree()
        for leaf in self.leaves[:size]:
            tree.append_leaf(leaf)
        return tree

    def take(self, bundle):
        """Whether the lines before the bundle are here."""
        first, held = bundle.before.size, len(self.leaves)
        if first > held:
            return False
        need(self.tree(first).frontier == bundle.before.frontier, "two histories under one key")
        for seq, leaf in enumerate(bundle.leaves[:held - first], first):
            need(leaf == self.leaves[seq], f"two histories under one key part at line {seq}")
        for line in bundle.lines[held - first:]:
            self.log.take(line)
        self.leaves += bundle.leaves[held - first:]
        return True


def judge(path, code, logs):
    """Prints what the bundle proves. `logs`: device code -> Kept."""
    with open(path, "rb") as file:
        bundle = Bundle(file.read(BUNDLE_BYTES_MAX + 1))
    need(code is None or bundle.code == code, f"it is of device {bundle.code}")
    rules = "rules kept since line 0"
    if not logs.setdefault(bundle.code, Kept(bundle.origin, bundle.key)).take(bundle):
        rules = "rules between lines not checked: the lines before are not here"
    if bundle.attachments:
        rules += f", {bundle.attachments} attachments bound"
    print(f"{path}: true: {bundle.code} lines {bundle.before.size} to {bundle.tree.size - 1}, {rules}")


# ---- one log in the place of another (section 9) ----

def judge_succession(kept, logs):
    """Prints what the first line says of another log, where that one is here too."""
    start = kept.log.start
    old = start and next((old for old in logs.values() if old.origin == start.get("replaces")), None)
    if not old or not old.leaves:
        return
    end, size = old.log.end, start["size"]
    need(not end or end["next"] == start["key"], f"{old.origin} names another key as the next")
    if size > 0 and size <= len(old.leaves):
        need(old.tree(size).root() == from_base64(start["root"]), f"{old.origin} has another history")
        need(size == len(old.leaves), f"{old.origin} goes on behind line {size}")
    said = f"from line {size}" if size > 0 else "of which nothing was left"
    if size > len(old.leaves):
        said += f", of which {len(old.leaves)} lines are here"
    print(f"{kept.origin}: true: in the place of {old.origin}, {said}")


# ---- what is held outside ----

def letters(root):
    return base64.b32encode(root).decode()[:16]


def judge_outside(path, logs):
    """A checkpoint names its log; a short head must fit one of them."""
    with open(path, "rb") as file:
        data = file.read(OUTSIDE_BYTES_MAX)
    if b"\n\n\xe2\x80\x94 " in data:
        kept = next((kept for kept in logs.values() if data.startswith(kept.origin.encode() + b"\n")), None)
        need(kept, "it is of a log of which nothing is here")
        size, root, _ = read_checkpoint(data, kept.origin, kept.key)
        need(size <= len(kept.leaves), f"it is of {size} lines, and {len(kept.leaves)} are here")
        need(kept.tree(size).root() == root, f"it is of another history before line {size}")
        print(f"{path}: true: lines 0 to {size - 1} are those of the checkpoint")
        return
    for line in data.decode().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head = re.fullmatch(r"\D*([0-9]{1,16})[^0-9A-Z]+([A-Z2-7 ]+)\s*", line)
        need(head, "a line is neither a checkpoint nor a short head")
        size, text = int(head[1]), head[2].replace(" ", "")
        fits = [kept for kept in logs.values()
                if size <= len(kept.leaves) and letters(kept.tree(size).root()) == text]
        need(fits, f"no log here shows {text} at {size} lines")
        print(f"{path}: true: {text} at {size} lines")


def main():
    parser = argparse.ArgumentParser(description="check bundles of a Sala kiosk with its public key alone")
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--key", metavar="CODE", help="the device code on the kiosk's case")
    parser.add_argument("--witness", action="append", default=[], metavar="FILE", help="what is held outside")
    arguments = parser.parse_args()
    if arguments.key is not None and not re.fullmatch("[A-Z2-7]{26}", arguments.key):
        parser.error("CODE is 26 letters A-Z and digits 2-7")
    verdict, logs = 0, {}

    def tasks():
        for path in arguments.bundles:
            yield path, lambda path: judge(path, arguments.key, logs)
        for code in sorted(logs):
            yield code, lambda code: judge_succession(logs[code], logs)
        for path in arguments.witness:
            yield path, lambda path: judge_outside(path, logs)

    for path, task in tasks():
        try:
            task(path)
        except OSError as error:
            parser.error(f"cannot read {path}: {error.strerror}")
        except False_ as reason:
            print(f"{path}: FALSE: {reason}")
            verdict = 3
    return verdict


if __name__ == "__main__":
    sys.exit(main())
