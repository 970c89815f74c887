"""The second verifier says true of the golden bundles and false of everything else.

Two hundred seeded tamperings of the files, and one bundle for each rule that is broken by the holder of the
key himself: properly hashed and signed, and still false.
"""

import base64
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import lines as journal
import verify

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "sync/ledger/golden"
FIRST = (GOLDEN / "first-day.bundle").read_bytes()
SECOND = (GOLDEN / "second-day.bundle").read_bytes()
MONTH = (GOLDEN / "month.bundle").read_bytes()
OPENING = (GOLDEN / "month.opening").read_bytes()
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ATTACHED = (GOLDEN / "month-attached.bundle").read_bytes()
MONTH_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(64, 96)))
CODE = "KZDVVJ2UMNDUYAUF35O36K6KW4"
ORIGIN = "banmai.go.th/sala/" + CODE
TAMPERINGS = 200


def run(*arguments):
    command = [sys.executable, "-B", verify.__file__, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    return done.returncode, done.stdout


def tampered(data, chance):
    """One small change by chance, never none."""
    lines = data.split(b"\n")
    at, other = chance.randrange(len(data)), chance.randrange(len(data))
    row, second = chance.sample(range(len(lines) - 1), 2)
    way = chance.randrange(7)
    if way == 0:
        changed = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]
    elif way == 1:
        changed = data[:at] + data[at + 1:]
    elif way == 2:
        changed = data[:at] + bytes([chance.randrange(256)]) + data[at:]
    elif way == 3:
        changed = data[:at]
    elif way == 4:
        lines[row], lines[second] = lines[second], lines[row]
        changed = b"\n".join(lines)
    elif way == 5:
        changed = b"\n".join(lines[:row] + lines[row + 1:])
    else:
        swapped = bytearray(data)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        changed = bytes(swapped)
    return changed if changed != data else tampered(data, chance)


def made(lines):
    """A bundle of these lines, from 0, by the true key."""
    return made_of([journal.spelt(line).encode() for line in lines])


def public_bytes(key):
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def made_of(raws, more=b"", checked=None, key=KEY):
    """The same of lines as they are written; `more` follows the end and is counted in the length, and the
    checkpoint is for the lines `checked`."""
    tree = verify.Tree()
    for raw in checked or raws:
        tree.append(raw)
    public = journal.from_base64(json.loads(raws[0])["key"])
    origin = "banmai.go.th/sala/" + journal.device_code(public_bytes(key))
    text = f"{origin}\n{tree.size}\n{base64.b64encode(tree.root()).decode()}\n"
    blob = verify.key_id(origin, 0x01, public) + key.sign(text.encode())
    body = f"office banmai\norigin {origin}\nkey {base64.b64encode(public).decode()}\n"
    body += f"from 0\nto {len(raws)}\ncosigned 0\n"
    body = body.encode() + b"".join(raw + b"\n" for raw in raws) + text.encode()
    body += f"\n— {origin} {base64.b64encode(blob).decode()}\n".encode()
    head, length = b"", 0
    rest = len(body) + 99 + len(more)
    while length != len(head) + rest:
        length = len(head) + rest
        head = f"sala bundle 1\nlength {length}\n".encode()
    evidence = head + body
    return evidence + b"signature " + base64.b64encode(key.sign(evidence)) + b"\n" + more


def month_lines():
    return [json.loads(raw) for raw in MONTH.split(b"\n") if raw.startswith(b"{")]


def made_month(lines):
    return made_of([journal.spelt(line).encode() for line in lines], key=MONTH_KEY)


def first_lines():
    return [json.loads(raw) for raw in FIRST.split(b"\n") if raw.startswith(b"{")]


# What the holder of the key may wish to say, and what the verifier answers.
def change(seq, key, value):
    def apply(lines):
        lines[seq][key] = value
    return apply


def put(seq, other):
    """Line `other` at `seq`, and nothing after it."""
    def apply(lines):
        lines[seq:] = [dict(lines[other], seq=seq)]
    return apply


def drop(seq):
    def apply(lines):
        del lines[seq]
        for at, line in enumerate(lines):
            line["seq"] = at
    return apply


def envelope(**values):
    return lambda lines: lines[17].update(values)


BROKEN = {
    "boot misstates when": change(1, "dark_since", 5),
    "boot misstates what waits": change(1, "waiting", 3),
    "a clock is trusted": change(8, "utc", 1_800_000_000_000),
    "a close miscounts": drop(14),
    "a close misstates": change(18, "waiting", []),
    "a close of a day": change(18, "day", 20270116),
    "more sealed than cast": envelope(n=8, items=[{"item": "face", "counts": [0, 0, 0, 0, 0, 8]}]),
    "an envelope below": envelope(place="/a/b/c"),
    "an envelope of too few": envelope(n=4, items=[{"item": "face", "counts": [0, 0, 0, 0, 0, 4]}]),
    "an envelope does not add up": envelope(n=5),
    "days out of order": envelope(days=[]),
    "k is too low": change(3, "k", 4),
    "day is not what it may be": change(3, "day", 20270229),
    "wait is not what it may be": change(3, "wait", "month"),
    "a ticket outside": change(4, "day", 20270114),
    "number is not what it may be": change(4, "number", "B07"),
    "ticket_served of a ticket that is not open": change(6, "ticket", 3),
    "by is not what it may be": change(6, "by", "visitor"),
    "a rating that": change(7, "page", "face.2"),
    "other keys": change(7, "score", 5),
    "boot is not what it may be": change(7, "boot", "0" * 31),
    "a newer version": change(7, "v", 3),
    "a line of no kind of its version": change(7, "v", 2),
    "a line of no version": change(7, "v", 0),
    "it begins another log": change(0, "office", "banmao"),
    "texts is not what it may be": change(18, "texts", ["a"]),
}


# The same of a log of version 2: the month.
OTHER_ROOT = base64.b64encode(bytes(32)).decode()
BROKEN_MONTH = {
    "a log replaces itself": lambda lines: lines[0].update(replaces=lines[0]["origin"]),
    "no lines with a root": change(0, "size", 0),
    "replaces is not what it may be": change(0, "replaces", "banmai.go.th/sala/short"),
    "other keys": lambda lines: lines[0].pop("root"),
    "a line of no kind of its version": change(7, "v", 1),
    "wait is not what it may be": change(2, "wait", "day"),
    "bound outside its day": change(7, "day", 20270127),
    "what was bound is not closed at once": put(8, 3),
    "texts out of order": lambda lines: lines[14]["texts"].reverse(),
    "texts is not what it may be": lambda lines: lines[14].update(texts=[]),
    "the log goes on under its own key": lambda lines: lines[15].update(next=lines[0]["key"]),
    "a line after the log's end": lambda lines: lines.append(
        dict(lines[1], seq=16, utc=lines[15]["utc"], dark_since=lines[15]["utc"], waiting=1)),
    "the log ends while a day is open": put(3, 15),
    "a close does not bind what waits": lambda lines: (
        lines.pop(7), lines[7].update(seq=7), lines[7]["lines"].pop(1), lines.__delitem__(slice(8, None))),
}


EVIDENCE, ATTACHMENT = ATTACHED[:ATTACHED.index(b"attachment ")], ATTACHED[ATTACHED.index(b"attachment "):]
NO_COMMITMENT = base64.b64encode(bytes(32))

RAWS = [raw for raw in FIRST.split(b"\n") if raw.startswith(b"{")]


def spelt_otherwise(before, after):
    raws = list(RAWS)
    assert before in raws[7], before
    raws[7] = raws[7].replace(before, after)
    return made_of(raws)


# What only the bytes tell.
FORGED = [
    ("attachments out of order", EVIDENCE + ATTACHMENT + ATTACHMENT),
    ("an attachment is cut", ATTACHED[:-1]),
    ("an attachment is malformed", EVIDENCE + b"\n"),
    ("an attachment that no line binds", EVIDENCE + b"attachment opening " + NO_COMMITMENT + b" AAAA\n"),
    ("an attachment that no line binds", EVIDENCE + ATTACHMENT.replace(b"opening", b"text")),
    ("another length", MONTH + ATTACHMENT),
    ("another length", ATTACHED[:len(EVIDENCE) - 1]),
    ("it is not signed", FIRST[:FIRST.rindex(b"signature ")] + SECOND[SECOND.rindex(b"signature "):]),
    ("something follows its end", made_of(RAWS, b"\n")),
    ("another tree", made_of(RAWS, checked=RAWS[:-1])),
    ("another tree", made_of(RAWS, checked=RAWS[:-1] + [b"{}"])),
    ("spelt otherwise", spelt_otherwise(b',"page"', b', "page"')),
    ("spelt otherwise", spelt_otherwise(b"face.1", b"face.\\u0031")),
    ("spelt otherwise", spelt_otherwise(b'"seq":7', b'"seq":7,"seq":7')),
    ("a value that no line has", spelt_otherwise(b'"seq":7', b'"seq":7.0')),
    ("seq is not what it may be", spelt_otherwise(b'"seq":7', b'"seq":9007199254740992')),
    ("a line is no JSON", spelt_otherwise(b"face.1", b"face.\xff")),
]


def main():
    offences = []

    def expect(truth, otherwise):
        if not truth:
            offences.append(otherwise)

    first, second = GOLDEN / "first-day.bundle", GOLDEN / "second-day.bundle"
    code, said = run(first, second, "--key", CODE)
    expect(code == 0 and said.count("rules kept since line 0") == 2, f"the golden bundles are true: {said}")
    code, said = run(GOLDEN / "month.bundle")
    expect(code == 0 and "rules kept since line 0" in said, f"the month is true: {said}")
    code, said = run(first, second, GOLDEN / "month.bundle")
    expect(code == 0 and f"in the place of {ORIGIN}, from line 40" in said, f"the month says whose: {said}")
    code, said = run(GOLDEN / "month-attached.bundle")
    expect(code == 0 and "1 attachments bound" in said, f"the month with its opening is true: {said}")
    bound = base64.b64decode(month_lines()[7]["commitment"])
    expect(hashlib.sha256(OPENING).digest() == bound, "the opening is what was bound")
    code, said = run(second)
    expect(code == 0 and "rules between lines not checked" in said, f"the second day alone is true: {said}")
    expect(run(first, "--key", "A" + CODE[1:])[0] == 3, "a bundle of another device is false")
    for wrong in ([], ["--key", CODE], [first, "--key", "short"], [GOLDEN / "none"], [first, "--what"]):
        expect(run(*wrong)[0] == 2, f"wrong use: {wrong}")

    chance = random.Random(20270115)
    with tempfile.TemporaryDirectory(prefix="sala-verify-") as folder:
        paths = []
        for number in range(TAMPERINGS):
            paths.append(pathlib.Path(folder) / f"{number:03}.bundle")
            paths[-1].write_bytes(tampered(chance.choice([FIRST, SECOND, MONTH]), chance))
        code, said = run(*paths)
        judged = said.splitlines()
        expect(code == 3 and len(judged) == TAMPERINGS, f"every tampering is judged: {code} {len(judged)}")
        for line in judged:
            expect(": FALSE: " in line, f"a tampering is called true: {line}")

        path = pathlib.Path(folder) / "signed.bundle"
        path.write_bytes(EVIDENCE)
        expect(run(path)[0] == 0, "the evidence alone is true")
        path.write_bytes(made(first_lines()))
        expect(path.read_bytes() == FIRST, "the golden bundle made again has the same bytes")
        signed = list(FORGED)
        for reason, apply in BROKEN.items():
            lines = first_lines()
            apply(lines)
            signed.append((reason, made(lines)))
        expect(made_month(month_lines()) == MONTH, "the month made again has the same bytes")
        for reason, apply in BROKEN_MONTH.items():
            lines = month_lines()
            apply(lines)
            signed.append((reason, made_month(lines)))
        for key, value, reason in (("root", lines[0]["key"], "has another history"),
                                   ("size", 39, "has another history"), ("size", 0, "no lines with a root")):
            lines = month_lines()
            lines[0][key] = value
            path.write_bytes(made_month(lines))
            code, said = run(first, second, path)
            expect(code == 3 and reason in said, f"expected a false succession, because {reason}: {said}")
        for reason, data in signed:
            path.write_bytes(data)
            code, said = run(path)
            expect(code == 3 and reason in said, f"expected false, because {reason}: {said}")

    for offence in offences:
        print(offence)
    print(f"{TAMPERINGS} tamperings and {len(signed)} forgeries, {len(offences)} offences")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
