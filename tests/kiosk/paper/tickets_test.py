"""Can a stranger read the ticket? Tesseract reads the Thai, zbarimg the code, off the dots that were printed.

`tickets_test.py SALA_TICKETS`: prints every sample ticket at both widths through the double, and reads the
pictures. Tesseract drops Thai tone marks by itself, so those are not compared, and digits are compared only
in the number. The pictures are enlarged for it, as any scan is.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ENLARGED = "300%"  # 203 dpi are few for it
MISREAD_MAX = 0.20  # of the letters of one line; another line's words are at 0.4 and more

HEAD = ["องค์การบริหารส่วนตำบลบ้านใหม่", "บัตรคิว", "กองคลัง", "ชำระภาษีที่ดินและสิ่งปลูกสร้าง"]
AHEAD = ["มีคิวรอก่อนหน้าท่าน", "รอประมาณ"]
RULE = ["แจ้งเจ้าหน้าที่เพื่อรับบริการต่อ", "If you miss your call"]
FOLLOW = ["สแกนเพื่อดูคิว"]
# ticket -> what stands on it, what must not, the number, what its code says
EXPECTED = {
    "usual": (HEAD + AHEAD + RULE + FOLLOW, [], "B007", "https://www.banmai.example/q#B007"),
    "first": (HEAD + ["ไม่มีคิวรอก่อนหน้าท่าน"] + RULE, FOLLOW, "A001", None),
    "unknown": (HEAD + RULE + FOLLOW, AHEAD, "E120", "https://www.banmai.example/q#B007"),
    "priority": (["ช่องทางพิเศษ", "กองสวัสดิการสังคม", "ลงทะเบียนเบี้ยยังชีพผู้สูงอายุ"] + AHEAD, [], "E012",
                 "https://www.banmai.example/q#B007"),
    "longest": (["กองสาธารณสุขและสิ่งแวดล้อม", "เคลื่อนย้ายอาคาร"] + AHEAD, [], "M999",
                "https://www.phrathatphadaeng.example/queue/today#M999-QXZK7M2P"),
}  # fmt: skip
TONE_MARKS = "่้๊๋์็"


def plain(text):
    """Letters and vowels, without what tesseract cannot be held to."""
    text = unicodedata.normalize("NFC", text).replace("ํา", "ำ").replace("เเ", "แ")
    letters = [c for c in text if c.isalpha() or unicodedata.category(c) == "Mn"]
    return "".join(c for c in letters if c not in TONE_MARKS)


def misread(said, read):
    """The share of `said` that is wrong at the best place of `read`."""
    said, read = plain(said), plain(read)
    row = [0] * (len(read) + 1)  # may begin anywhere
    for letter in said:
        above, row = row, [row[0] + 1]
        for i, seen in enumerate(read):
            row.append(min(above[i] + (letter != seen), above[i + 1] + 1, row[i] + 1))
    return min(row) / len(said)


def output(*command):
    one_thread = dict(os.environ, OMP_THREAD_LIMIT="1")
    done = subprocess.run(command, env=one_thread, capture_output=True, check=False)
    return done.stdout.decode("utf-8", errors="replace")


def read_text(picture, scratch, mode, *crop, languages="tha+eng"):
    enlarged = scratch / "enlarged.png"
    convert = ["convert", str(picture), *crop, "-filter", "Lanczos", "-resize", ENLARGED]
    subprocess.run(convert + ["-bordercolor", "white", "-border", "60", str(enlarged)], check=True)
    return output("tesseract", str(enlarged), "stdout", "-l", languages, "--dpi", "600", "--psm", str(mode))


def read_number(picture, scratch):
    """The tallest block of ink, cut out and read as one word."""
    width, height = map(int, output("identify", "-format", "%w %h", str(picture)).split())
    convert = ["convert", str(picture), "-depth", "8", "gray:-"]
    raw = subprocess.run(convert, capture_output=True, check=True).stdout
    inked = [min(raw[y * width : (y + 1) * width]) < 128 for y in range(height)]
    best, start = (0, 0), None
    for y, ink in enumerate(inked + [False]):
        if ink and start is None:
            start = y
        elif not ink and start is not None:
            # The code's block holds its white modules and the words beside it; it lies in the lower half.
            if start < height / 2:
                best = max(best, (y - start, start))
            start = None
    crop = ["-crop", f"{width}x{best[0] + 8}+0+{best[1] - 4}", "+repage"]
    seen = re.sub(r"[^A-Z0-9]", "", read_text(picture, scratch, 8, *crop, languages="eng"))
    return seen[:1] + seen[1:].replace("O", "0")  # a letter stands first, and only there


def judge(folder, name, scratch):
    """What is wrong with a ticket, as sentences."""
    there, absent, number, code = EXPECTED[name]
    picture = folder / f"{name}.png"
    where = f"{folder.name} mm, {name}"
    read = read_text(picture, scratch, 6)
    wrong = []
    for line in there:
        rate = misread(line, read)
        if rate > MISREAD_MAX:
            wrong.append(f"{where}: {rate:.0%} of «{line}» misread in «{' '.join(read.split())}»")
    wrong += [f"{where}: «{line}» must not stand there" for line in absent if misread(line, read) <= 0.3]
    seen = read_number(picture, scratch)
    if seen != number:
        wrong.append(f"{where}: the number {number} is read as «{seen}»")
    found = output("zbarimg", "--quiet", "--raw", str(picture)).strip()
    if found != (code or ""):
        wrong.append(f"{where}: the code says «{found}», not «{code}»")
    return wrong


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: tickets_test.py SALA_TICKETS")
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        to = pathlib.Path(scratch)
        if subprocess.run([sys.argv[1], str(to)], check=False).returncode != 0:
            sys.exit("the tickets could not be printed; what is wrong stands above")
        for width in ("58", "80"):
            for name in EXPECTED:
                wrong += judge(to / width, name, to)
        # The test of the test: a ticket that is cut off is not read.
        cut = to / "cut" / "usual.png"
        cut.parent.mkdir()
        crop = ["-crop", "100%x40%+0+0", "+repage", str(cut)]
        subprocess.run(["convert", f"{to}/58/usual.png", *crop], check=True)
        if len(judge(cut.parent, "usual", to)) < 3:
            wrong.append("a ticket that was cut off was taken for a readable one")
    print("".join(f"FAIL {sentence}\n" for sentence in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
