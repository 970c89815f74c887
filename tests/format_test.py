"""Every C++ file looks as .clang-format says: names each that does not, and the command that mends it."""

import pathlib
import subprocess
import sys

FORMATTER = "clang-format-14"  # Debian 12's own; other versions break lines elsewhere.


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    files = [
        str(path.relative_to(root))
        for folder in ("platform", "sync", "kiosk", "tests")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".h", ".cpp")
    ]
    wrong = []
    for file in files:
        asked = subprocess.run([FORMATTER, "--dry-run", "-Werror", file], cwd=root, capture_output=True)
        if asked.returncode != 0:
            wrong.append(file)
    for file in wrong:
        print(f"{file}: not formatted; mend it with: {FORMATTER} -i {file}")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
