"""Of eight kinds of tampering: what is found when, and that both verifiers say the same of every case.

tamper_test.py TAMPER_TABLE [CASES]. Prints the table. Exit 0: as tests/tamper/README.md says.
"""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "verifier"))
import verify  # noqa: E402

# What must be found: by the audit alone, with a later head held outside, when the kiosk sends next.
EXPECTED = {
    "edit a byte": (True, True, False), "delete a line": (True, True, False),
    "insert a line": (True, True, False), "swap two lines": (True, True, False),
    "truncate": (False, True, True), "roll back": (False, True, True),
    "re-sign, keys stolen": (False, True, True), "clone": (True, True, False),
}


def second_verifier_finds(folder, outside):
    bundles = sorted(folder.glob("*.bundle"), key=lambda path: int(path.stem))
    witness = ["--witness", str(folder / "outside.txt")] if outside else []
    sys.argv = ["verify.py", *map(str, bundles), *witness]
    with contextlib.redirect_stdout(io.StringIO()):
        return verify.main() != 0


def main():
    cases = sys.argv[2] if len(sys.argv) > 2 else "100"
    program, wrong = sys.argv[1], []
    with tempfile.TemporaryDirectory() as keep:
        memory = {"TMPDIR": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else {}
        table = subprocess.run([program, "--cases", cases, "--keep", keep], check=True, text=True,
                               timeout=1000, stdout=subprocess.PIPE, env={**os.environ, **memory}).stdout
        print(table)
        for row in table.splitlines()[2:]:
            kind, *found = [cell.strip() for cell in row.strip("|").split("|")]
            wanted = [int(cases) if expected else 0 for expected in EXPECTED.pop(kind)]
            if [int(cell) for cell in found] != wanted:
                wrong.append(f"{kind}: found {found}, expected {wanted}")
        wrong += [f"{kind} is missing" for kind in EXPECTED]
        manifest = (pathlib.Path(keep) / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        for line in manifest:
            case = json.loads(line)
            for held in ("alone", "outside"):
                ours = second_verifier_finds(pathlib.Path(keep) / case["case"], held == "outside")
                if ours != case[held]:
                    wrong.append(f"{case['case']} ({case['kind']}), {held}: the audit says {case[held]}, "
                                 f"verify.py {ours}")
    print(f"{len(manifest)} cases, alone and with a head held outside: the two verifiers differ or surprise "
          f"in {len(wrong)}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
