"""Holds the house to ARCHITECTURE.md: arrows, homes of foreign libraries, and the size of things.

`layering_test.py [ROOT]` prints one plain sentence per offence and ends with 1 when there is any. What a room
may use is its own sala_room line in CMakeLists.txt; this file adds what CMake cannot see: foreign headers lie
in /usr/include for everybody.
"""

import pathlib
import re
import sys
import unicodedata

FLOORS = ["platform", "sync", "kiosk"]  # A floor uses only itself and those before it.
TOP_LEVEL_FOLDERS = set(FLOORS) | {"assets", "tests"}

LINES_MAX = 400
COLUMNS_MAX = 110
# path -> (lines allowed, why this file is better whole)
LONG_FILES = {}

# What a foreign header is called, and the only rooms that may include it; tests may include everything.
FOREIGN = [
    (r"sodium(\.h|/)", "platform/crypto"),
    (r"sqlite3(ext)?\.h", "platform/sqlite"),
    (r"(pango|cairo|ft2build\.h|freetype|fontconfig|hb|glib|gobject)", "platform/paint"),
    (r"qrencode\.h", "platform/paint"),
    (r"zbar(\.h|/)", "platform/paint"),
    (r"thai/", "platform/paint"),
    (r"(SDL2/)?SDL.*\.h", "platform/linux"),
    (r"X11/", "platform/linux"),
    (r"(linux/|systemd/|libudev)", "platform/linux"),
    (r"(microhttpd\.h|curl/|boost/beast|boost/asio|openssl/|gnutls/)", "platform/http"),
    (r"toml", "sync/record"),
    (r"simdjson", "sync/ledger"),
    (r"(libpq|postgresql/)", "platform/postgres"),
    (r"xlsxwriter", "sync/report"),
    (r"cups/", "platform/cups"),
    (r"(imgui|imconfig|imstb_|stb)", "kiosk/ui"),
]
COMMAND_LINE = r"CLI(11)?[/.]"  # Only the two main.cpp read a command line.
MAINS = ["kiosk/app/main.cpp", "sync/office/main.cpp"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
CODE = {".h", ".cpp"}
SCRIPTS = {".py", ".cmake", ".toml", ".sh"}


def width(line):
    """Columns on a screen: Thai vowels and tone marks stand over a consonant and take none."""
    return sum(1 for letter in line if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))


def room_of(path):
    """'kiosk/flow' for kiosk/flow/react.h; 'platform' for the interfaces platform/*.h."""
    return "/".join(path.split("/")[:-1][:2])


class House:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.offences = []
        self.rooms = {}  # name -> rooms its CMake line names, in the order of the levels
        self.programs = {}  # path of a main.cpp -> rooms its CMake line names

    def say(self, where, sentence):
        self.offences.append(f"{where}: {sentence}")

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def files(self):
        for folder in sorted(TOP_LEVEL_FOLDERS):
            for path in sorted((self.root / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path.relative_to(self.root).as_posix()

    # ---- the plan: CMakeLists.txt against ARCHITECTURE.md ----

    def read_rooms(self):
        text = re.sub(r"#.*", "", self.read("CMakeLists.txt"))
        by_target = {}
        for call in re.finditer(r"^(sala_room|sala_program)\s*\(([^)]*)\)", text, re.M):
            kind, words = call.group(1), call.group(2).split()
            here = f"CMakeLists.txt:{text.count(chr(10), 0, call.start()) + 1}"
            uses = [word for word in words[1:] if word.startswith("sala_")]
            name = words[0] if kind == "sala_room" else words[1]
            for target in uses:
                if target not in by_target:
                    self.say(here, f"{name} uses {target}, which no line above it declares")
            allowed = [by_target[target] for target in uses if target in by_target]
            if kind == "sala_program":
                self.programs[name] = allowed
                continue
            for lower in allowed:
                if self.floor(lower) > self.floor(name):
                    self.say(here, f"{name} must not use {lower}: arrows run only downward")
            self.rooms[name] = allowed
            by_target["sala_" + name.replace("/", "_")] = name

    @staticmethod
    def floor(room):
        return FLOORS.index(room.split("/")[0])

    def check_plan(self):
        table = re.findall(r"^\| `((?:platform|sync|kiosk)/[a-z]+)/` \|", self.read("ARCHITECTURE.md"), re.M)
        for room in self.rooms:
            if room not in table:
                self.say("CMakeLists.txt", f"{room} is not in the table of rooms in ARCHITECTURE.md")
        floors = [self.floor(room) for room in self.rooms]
        if floors != sorted(floors):
            self.say("CMakeLists.txt", "rooms must be declared floor by floor: platform, sync, kiosk")
        folders = {path.name for path in self.root.iterdir() if path.is_dir() and path.name[0] != "."}
        for folder in sorted(folders - TOP_LEVEL_FOLDERS - {"build"}):
            self.say(folder, "the house has five top-level folders: " + ", ".join(sorted(TOP_LEVEL_FOLDERS)))
        # A room of the plan that has code must be built; one that has none yet is only planned.
        homeless = {room_of(path) for path in self.files() if pathlib.Path(path).suffix in CODE}
        for room in sorted(homeless - set(self.rooms)):
            if room.split("/")[0] in FLOORS and room not in FLOORS:
                self.say(room, "holds code, but CMakeLists.txt declares no such room")

    def reach(self, room):
        """The room and all that its CMake line lets it use, directly or through others."""
        seen, waiting = set(), [room]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self.rooms.get(name, [])
        return seen

    # ---- files ----

    def check_include(self, path, number, quoted, header):
        where = f"{path}:{number}"
        room = room_of(path)
        in_tests = path.startswith("tests/")
        if not in_tests:
            for pattern, home in FOREIGN:
                if re.match(pattern, header) and not (self.root / header).exists():
                    if room != home:
                        self.say(where, f"{room} must not include {header}; its only home is {home}")
                    return
            if re.match(COMMAND_LINE, header):
                if path not in MAINS:
                    only = " and ".join(MAINS)
                    self.say(where, f"{room} must not include {header}; only {only} read a command line")
                return
        if not quoted:
            return
        if not (self.root / header).exists():
            beside = (self.root / path).parent / header
            if beside.exists():
                beside = beside.resolve().relative_to(self.root.resolve()).as_posix()
                self.say(where, f'"{header}" must be written from the root: "{beside}"')
            elif not in_tests:
                self.say(where, f'"{header}" is not in this house; a foreign header stands in <>')
            return
        if in_tests:
            return
        if header.startswith("tests/"):
            self.say(where, f"{room} must not include {header}: only tests may use tests")
            return
        self.check_arrow(where, path, room, header)

    def check_arrow(self, where, path, room, header):
        target = room_of(header)
        if target == "platform":  # platform/*.h: the interfaces that everybody sees
            return
        if room == "platform":
            if target != "platform/base":
                self.say(where, f"the interfaces of platform/ may include only platform/base, not {header}")
            return
        if target.split("/")[0] in FLOORS and self.floor(target) > self.floor(room):
            why = "arrows run only downward, kiosk -> sync -> platform"
            self.say(where, f"{room} must not include {header}: {why}")
            return
        allowed = self.reach(room)
        for used in self.programs.get(path, []):
            allowed |= self.reach(used)
        if target not in allowed:
            uses = ", ".join(self.rooms.get(room, [])) or "nothing"
            line = f"its line in CMakeLists.txt lets it use {uses}"
            self.say(where, f"{room} must not include {header}; {line}")

    def check_file(self, path):
        suffix = pathlib.Path(path).suffix
        text = self.read(path)
        is_script = suffix in SCRIPTS or path.endswith("CMakeLists.txt") or text.startswith("#!")
        if suffix not in CODE and not is_script:
            return
        lines = text.splitlines()
        allowed = LONG_FILES.get(path, (LINES_MAX, ""))[0]
        if len(lines) > allowed and suffix != ".toml":
            self.say(path, f"{len(lines)} lines; the limit is {allowed}: it holds more than one thing")
        for number, line in enumerate(lines, 1):
            if width(line) > COLUMNS_MAX and suffix != ".toml":
                self.say(f"{path}:{number}", f"{width(line)} columns; the limit is {COLUMNS_MAX}")
            leftover = LEFTOVER.search(line)
            if leftover:
                self.say(f"{path}:{number}", f"{leftover.group(1)} left over: do it, or write an issue")
            include = INCLUDE.match(line) if suffix in CODE else None
            if include:
                self.check_include(path, number, include.group(1) == '"', include.group(2))
        if suffix == ".h" and "#pragma once" not in text:
            self.say(path, "a header needs #pragma once")

    def check(self):
        self.read_rooms()
        self.check_plan()
        for path in self.files():
            self.check_file(path)
        for path in LONG_FILES:
            if not (self.root / path).exists():
                self.say("tests/layering_test.py", f"LONG_FILES names {path}, which does not exist")
        return self.offences


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    offences = House(root).check()
    for offence in offences:
        print(offence)
    if offences:
        print(f"{len(offences)} offences against ARCHITECTURE.md")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
