"""Can a stranger read what is on the screen? Tesseract reads each Thai caption of the large display.

`captions_test.py SALA_GALLERY [FOLDER]`: draws every screen (or takes the FOLDER that sala_gallery has
filled), cuts out each distinct Thai caption and lets tesseract read it. A smoke test: it sees a caption that
is cut off, covered, invisible or another one, never a mark that touches its neighbour; the layout's own tests
see that. Tesseract drops Thai tone marks and digits by itself, so those are not compared.
"""

import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

DISPLAY = "1080x1920"
ERROR_RATE_MAX = 0.10  # of all letters together
UNREADABLE = 0.60  # of one caption's letters
LETTERS_TO_JUDGE = 6  # a shorter caption counts, but is not judged alone
READ_EM_PX = 60  # the size that tesseract is given
MARGIN_PX = 40
SEVERAL_LINES_EM = 1.75  # ink higher than this is more than one line
CLIPPED_CAPTIONS = 8  # read once more with their lower part cut off, to prove that this is noticed

TONE_MARKS = "่้๊๋์็"
THAI = re.compile(r"[ก-ฺเ-๎]")
# Proofs, device codes and hosts: letters that no dictionary helps with.
NO_WORDS = re.compile(r"\b[A-Z]{4}( [A-Z]{4})+\b|\b[A-Z0-9]{12,}\b|\w\.\w+\.\w")


@dataclasses.dataclass
class Caption:
    scene: str
    box: tuple  # x, y, w, h in pixels
    em: int
    colour: str
    text: str

    def several_lines(self):
        return self.box[3] > SEVERAL_LINES_EM * self.em

    def light(self):
        red, green, blue = (int(self.colour[i : i + 2], 16) for i in (0, 2, 4))
        return 0.3 * red + 0.6 * green + 0.1 * blue > 128


def read_captions(folder):
    """Each distinct Thai caption once: as drawn in one size, colour and number of lines."""
    distinct = {}
    for row in (folder / "captions.tsv").read_text(encoding="utf-8").splitlines():
        scene, x, y, w, h, em, colour, text = row.split("\t")
        text = text.replace("\\n", "\n")
        if THAI.search(text) and not NO_WORDS.search(text):
            caption = Caption(scene, (int(x), int(y), int(w), int(h)), int(em), colour, text)
            distinct.setdefault((text, em, colour, w, h), caption)
    return list(distinct.values())


def cut_out(folder, captions, to):
    """One picture each, dark on white, its em READ_EM_PX. One call of ImageMagick for each screen."""
    by_scene = {}
    for index, caption in enumerate(captions):
        by_scene.setdefault(caption.scene, []).append((index, caption))
    for scene, wanted in by_scene.items():
        command = ["convert", f"{folder}/{scene}.png", "-colorspace", "Gray", "-write", "mpr:screen"]
        for index, caption in wanted:
            x, y, w, h = caption.box
            command += ["(", "mpr:screen", "-crop", f"{w + 2}x{h + 2}+{x - 1}+{y - 1}", "+repage"]
            command += ["-negate"] if caption.light() else []
            command += ["-auto-level", "-filter", "Lanczos", "-resize", f"{100 * READ_EM_PX / caption.em}%"]
            command += ["-bordercolor", "white", "-border", str(MARGIN_PX), "-depth", "8"]
            command += ["-write", f"{to}/{index}.png", "+delete", ")"]
        subprocess.run(command + ["null:"], check=True)


def start_reading(to, indices, mode, languages):
    names = to / f"mode{mode}.txt"
    names.write_text("".join(f"{to}/{index}.png\n" for index in indices))
    command = ["tesseract", str(names), "stdout", "-l", languages, "--dpi", "300", "--psm", str(mode)]
    return subprocess.Popen(
        command,
        env=dict(os.environ, OMP_THREAD_LIMIT="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def read_pictures(captions, to, languages):
    """What tesseract makes of each of these captions, which are (number of the picture, caption)."""
    modes = {7: [], 6: []}  # a line, a block of lines
    for index, caption in captions:
        modes[6 if caption.several_lines() else 7].append(index)
    used = [(mode, indices) for mode, indices in modes.items() if indices]
    readers = [(indices, start_reading(to, indices, mode, languages)) for mode, indices in used]
    found = {}
    for indices, reader in readers:
        pages = reader.communicate()[0].split("\f")
        if reader.returncode != 0 or len(pages) != len(indices):
            sys.exit(f"tesseract read {len(pages)} of {len(indices)} pictures")
        for index, page in zip(indices, pages):
            found[index] = page
    return [judge(caption, found[index]) for index, caption in captions]


def read_twice(captions, to):
    """What cannot be read as Thai with English is read as Thai alone; the better reading counts."""
    numbered = list(enumerate(captions))
    readings = read_pictures(numbered, to, "tha+eng")
    again = [numbered[i] for i, reading in enumerate(readings) if reading.unreadable()]
    for (index, _), reading in zip(again, read_pictures(again, to, "tha")):
        readings[index] = min(readings[index], reading, key=Reading.rate)
    return readings


def plain(text):
    """Letters, vowels and digits, without what tesseract cannot be held to."""
    text = unicodedata.normalize("NFC", text).replace("ํา", "ำ").replace("เเ", "แ")
    over_or_under = "Mn"  # the category of such vowels
    letters = [c for c in text if c.isalnum() or unicodedata.category(c) == over_or_under]
    return "".join(c for c in letters if c not in TONE_MARKS)


def is_thai_digit(letter):
    return "๐" <= letter <= "๙"


def errors(said, read):
    """Edits that make `read` of `said`; whatever is read for a Thai digit costs nothing."""
    row = list(range(len(read) + 1))
    for letter in said:
        free = is_thai_digit(letter)
        above, row = row, [row[0] + (not free)]
        for i, seen in enumerate(read):
            row.append(min(above[i] + (not free and letter != seen), above[i + 1] + (not free), row[i] + 1))
    return row[-1]


@dataclasses.dataclass
class Reading:
    caption: Caption
    read: str
    letters: int
    errors: int

    def rate(self):
        return self.errors / max(self.letters, 1)

    def unreadable(self):
        return self.letters >= LETTERS_TO_JUDGE and self.rate() > UNREADABLE

    def line(self):
        said = self.caption.text.replace("\n", " ")
        read = " ".join(self.read.split())
        return f"{self.rate():4.0%}  {self.caption.scene} ({self.caption.em} px): {said} | {read}"


def judge(caption, read):
    said = plain(caption.text)
    letters = sum(1 for letter in said if not is_thai_digit(letter))
    return Reading(caption, read, letters, min(errors(said, plain(read)), letters))


def clipped(caption):
    """As if a box drawn over it, or its own, left only the upper part of it."""
    x, y, w, h = caption.box
    return dataclasses.replace(caption, box=(x, y, w, h * 2 // 5))


def print_verdict(readings, spoilt):
    """Prints everything worth knowing; how many things are wrong."""
    letters = sum(reading.letters for reading in readings)
    rate = sum(reading.errors for reading in readings) / max(letters, 1)
    print("The worst ten, in letters misread (on the screen | as read):")
    for reading in sorted(readings, key=lambda one: (one.rate(), one.errors))[:-11:-1]:
        print("  " + reading.line())
    print(f"{len(readings)} captions, {letters} letters, {rate:.1%} misread")

    wrong = ["unreadable: " + reading.line() for reading in readings if reading.unreadable()]
    if letters == 0 or rate > ERROR_RATE_MAX:
        wrong.append(f"{rate:.1%} of {letters} letters are misread, more than {ERROR_RATE_MAX:.0%}")
    for reading in spoilt:
        if not reading.unreadable():
            wrong.append("cut off, and yet taken for readable: " + reading.line())
    print("".join(f"FAIL {sentence}\n" for sentence in wrong), end="")
    return len(wrong)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: captions_test.py SALA_GALLERY [FOLDER]")
    with tempfile.TemporaryDirectory() as scratch:
        to = pathlib.Path(scratch)
        folder = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else to / "gallery"
        if len(sys.argv) == 2 and subprocess.run([sys.argv[1], str(folder), DISPLAY], check=False).returncode:
            sys.exit("The gallery could not be drawn whole; what is wrong stands above.")
        captions = read_captions(folder / DISPLAY)
        lines = [caption for caption in captions if not caption.several_lines()]
        lines.sort(key=lambda caption: len(caption.text))
        spoilt = [clipped(caption) for caption in lines[-CLIPPED_CAPTIONS:]]
        cut_out(folder / DISPLAY, captions + spoilt, to)
        readings = read_twice(captions + spoilt, to)
    return 1 if print_verdict(readings[: len(captions)], readings[len(captions) :]) else 0


if __name__ == "__main__":
    sys.exit(main())
