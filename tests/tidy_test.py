"""Runs clang-tidy over every .cpp of a configured build; what it looks for stands in .clang-tidy.

`tidy_test.py BUILD [PATH...]` ends with 1 when there is a finding; PATHs (from the root) narrow it down.
Nothing needs to have been built. The compilers' precompiled headers do not understand each other, so clang's
own are made first, and the flags that only g++ knows are left out.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ONLY_GCC = re.compile(
    r" -(Winvalid-pch|Werror|fsanitize=\S+|fno-sanitize-recover=\S+|fstack-protector-strong)"
)
PRECOMPILED = re.compile(r" -include (\S+/cmake_pch\.hxx)")
OF_ONE_FILE = re.compile(r" -(include \S+|o \S+|c \S+|I\S+|isystem \S+|DSALA_SOURCE_DIR=\S+)")


def precompile(header, command, place):
    """Clang's precompiled form of a header, with the flags of a file that uses it."""
    made = place / (re.sub(r"\W", "_", header) + ".pch")
    flags = OF_ONE_FILE.sub("", command).split()[1:]
    clang = ["clang++-16", "-w", "-x", "c++-header", "-c", header, "-o", str(made), *flags]
    subprocess.run(clang, check=True)
    return made


def write_commands(build, place):
    """compile_commands.json as clang understands it; the files it names."""
    entries, headers = [], {}
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        if not pathlib.Path(entry["file"]).is_relative_to(ROOT):
            continue  # What CMake made itself.
        command = ONLY_GCC.sub("", entry["command"])
        used = PRECOMPILED.search(command)
        if used:
            if used.group(1) not in headers:
                headers[used.group(1)] = precompile(used.group(1), command, place)
            command = command.replace(used.group(0), f" -include-pch {headers[used.group(1)]}")
        entries.append({**entry, "command": command})
    (place / "compile_commands.json").write_text(json.dumps(entries), encoding="utf-8")
    return sorted({entry["file"] for entry in entries})


def look_at(file, place):
    """What clang-tidy finds in a file; "" where it finds nothing."""
    command = ["clang-tidy-16", "--quiet", "-p", str(place), f"--config-file={ROOT}/.clang-tidy", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    return done.stdout + done.stderr if done.returncode != 0 else ""


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    place = build / "tidy"
    place.mkdir(exist_ok=True)
    files = write_commands(build, place)
    asked = [str(ROOT / path) for path in sys.argv[2:]]
    if asked:
        files = [file for file in files if file.startswith(tuple(asked))]
    if not files:
        print(f"{build} names no file to look at")
        return 1
    found = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, said in zip(files, pool.map(lambda file: look_at(file, place), files)):
            if said:
                found += 1
                print(f"{file}\n{said}", flush=True)
    print(f"clang-tidy looked at {len(files)} files; {found} with findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
