"""The power of a whole machine goes: a QEMU guest that runs the real store on ext4 is killed, many times.

With QEMU dies the guest's memory, and with the power what the disk had not flushed (volatile_disk.py). Each
next boot judges what is left, by what was acknowledged over the serial line before, and goes on. At last the
file system is told that it is broken and turns read-only under the open store.

`guest_test.py DRIVER PLACE`: PLACE keeps the kernel, which is Debian's package, unpacked and never installed.
Emulated (TCG) on purpose: it needs no /dev/kvm.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import volatile_disk

CUTS = 100 if os.environ.get("SALA_FAULTS") == "long" else 3
SEED = 2570
REQUESTS_MAX = 400  # that change the disk, between the verdict and the cut: a dozen acts
START_REQUESTS_MAX = 30  # the same, of a cut while the machine starts
BOOT_S = 300  # far beyond any honest time
DISK_BYTES = 64 << 20
ACKS_BYTES = 1 << 20
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KERNEL = ("apt-cache", "depends", "linux-image-cloud-amd64")
MODULES = ("virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci")
MODULES += ("virtio_blk",)

INIT = """#!/bin/busybox sh
export PATH=/bin ASAN_OPTIONS=detect_leaks=0
busybox mount -t proc proc /proc
busybox mount -t sysfs sys /sys
busybox mount -t devtmpfs dev /dev
for module in @MODULES@; do busybox insmod /modules/$module.ko; done
exec >/dev/ttyS1 2>&1
busybox mount -t ext4 -o errors=remount-ro /dev/vda /data || echo "problem no data"
busybox mkdir -p /data/world/stick
busybox sync
break_at=$(busybox sed -n 's/.*break_at=\\([0-9]*\\).*/\\1/p' /proc/cmdline)
/store_driver storm /data/world /dev/vdb $break_at
echo "ended $?"
busybox poweroff -f
"""


def run(*command, **options):
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, text=True, **options)


def fetch_kernel(place):
    """The folder of Debian's cloud kernel."""
    kernel = place / "kernel"
    if not kernel.exists():
        place.mkdir(parents=True, exist_ok=True)
        for lists_are_new in (False, True):
            depends = subprocess.run(KERNEL, capture_output=True, text=True).stdout
            package = re.search(r"Depends: (linux-image-\S+)", depends)
            download = ["apt-get", "download", package.group(1)] if package else ["false"]
            if subprocess.run(download, cwd=place, stdout=sys.stderr).returncode == 0:
                break
            if lists_are_new:
                raise RuntimeError("Debian's kernel could not be fetched: is there a road to a mirror?")
            subprocess.run(["apt-get", "update"], stdout=sys.stderr)
        [archive] = place.glob("linux-image-*.deb")
        run("dpkg", "-x", archive, place / "unpacked")
        archive.unlink()
        (place / "unpacked").rename(kernel)  # Whole or not there.
    return kernel


def make_initramfs(kernel, driver, folder):
    """A file system in memory with the driver, its libraries and the demo office; what starts is INIT."""
    tree = folder / "initramfs"
    for name in ("bin", "proc", "sys", "dev", "tmp", "data", "modules"):
        (tree / name).mkdir(parents=True)
    shutil.copy("/bin/busybox", tree / "bin")
    for module in MODULES:
        [found] = kernel.rglob(module + ".ko")
        shutil.copy(found, tree / "modules")
    run("strip", "--strip-debug", "-o", tree / "store_driver", driver)
    for library in set(re.findall(r"(/\S+\.so\S*)", run("ldd", driver).stdout)):
        at = tree / library.lstrip("/")
        at.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, at)
    shutil.copytree(ROOT / "assets/demo", tree / str(ROOT / "assets/demo").lstrip("/"))
    (tree / "init").write_text(INIT.replace("@MODULES@", " ".join(MODULES)))
    (tree / "init").chmod(0o755)
    names = "\n".join(str(path.relative_to(tree)) for path in sorted(tree.rglob("*")))
    archive = folder / "initramfs.cpio"
    with open(archive, "wb") as out:
        command = ["busybox", "cpio", "-o", "-H", "newc"]
        quiet = subprocess.DEVNULL
        subprocess.run(command, cwd=tree, input=names.encode(), stdout=out, stderr=quiet, check=True)
    shutil.rmtree(tree)
    return archive


class Guest:
    """One boot, until it is killed. What the driver says comes over the second serial line."""

    def __init__(self, kernel, initramfs, disk_at, acks, console, break_at):
        [vmlinuz] = (kernel / "boot").glob("vmlinuz-*")
        words = f"console=ttyS0 quiet panic=-1 no_timer_check random.trust_cpu=on break_at={break_at}"
        command = ["qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-m", "1024", "-display", "none"]
        command += ["-nodefaults", "-no-reboot", "-kernel", vmlinuz, "-initrd", initramfs, "-append", words]
        command += ["-serial", f"file:{console}", "-serial", "stdio"]
        command += ["-drive", f"file=nbd+unix:///?socket={disk_at},format=raw,if=virtio,cache=none"]
        command += ["-drive", f"file={acks},format=raw,if=virtio,readonly=on"]
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.give_up = threading.Timer(BOOT_S, self.process.kill)
        self.give_up.start()

    def lines(self):
        """Until it is dead, and what had left it before."""
        for line in self.process.stdout:
            yield line.decode(errors="replace").rstrip("\r\n")

    def kill(self):
        self.process.kill()

    def bury(self):
        self.kill()
        self.process.wait()
        self.process.stdout.close()
        self.give_up.cancel()


class GuestFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.kernel = fetch_kernel(PLACE)
        cls.initramfs = make_initramfs(cls.kernel, DRIVER, cls.folder)

    def setUp(self):
        self.acks = []
        self.lost = self.verdicts = 0
        image = self.folder / "data.img"
        with open(image, "wb") as file:
            file.truncate(DISK_BYTES)
        run("mke2fs", "-q", "-t", "ext4", "-b", volatile_disk.SECTOR, image)
        self.disk = volatile_disk.VolatileDisk(image, self.folder / "disk.sock")

    def boot(self, at_start=None, after_verdict=None, break_at=""):
        """Until the power goes, that many changes of the disk after the start or the verdict, or until the
        driver refuses something. What the driver said."""
        acks = self.folder / "acks.img"
        acks.write_bytes("".join(ack + "\n" for ack in self.acks).encode().ljust(ACKS_BYTES, b"\0"))
        console = self.folder / "console"
        started = time.monotonic()
        guest = Guest(self.kernel, self.initramfs, self.folder / "disk.sock", acks, console, break_at)
        said = []
        if at_start:
            self.disk.cut_after(at_start, guest.kill)
        try:
            for line in guest.lines():
                said.append(line)
                if re.fullmatch(r"ack \d+ \w+ \d+ \w+ \S+", line):
                    self.acks.append(line)
                elif line.startswith("verdict"):
                    self.verdicts += 1
                    self.took = time.monotonic() - started
                    if after_verdict:
                        self.disk.cut_after(after_verdict, guest.kill)
                elif line.startswith("refused"):
                    break
        finally:
            guest.bury()
        everything = "\n".join(said[-30:]) + "\n" + console.read_text(errors="replace")[-2000:]
        bad = [line for line in said if line.startswith(("problem", "verdict bad", "ended"))]
        self.assertEqual(bad, [], everything)
        self.assertTrue(at_start or any(line.startswith("verdict good") for line in said), everything)
        return said

    def test_a_power_cut_takes_nothing_that_was_acknowledged(self):
        lot = random.Random(SEED)
        for cut in range(CUTS):
            if cut % 4 == 1:
                self.boot(at_start=lot.randint(1, START_REQUESTS_MAX))
            else:
                self.boot(after_verdict=lot.randint(1, REQUESTS_MAX))
            self.lost += self.disk.power_off(SEED + cut)
        said = self.boot(after_verdict=REQUESTS_MAX, break_at=len(self.acks) + 3)
        refused = said[-1]
        self.assertRegex(refused, "refused (DB-READ-ONLY|DB-FAILED|DB-OPEN|DATA-UNWRITABLE|STICK-)")
        self.disk.power_off(SEED)
        self.disk.save()
        checked = subprocess.run(["e2fsck", "-p", str(self.disk.image)], capture_output=True)  # as at a start
        self.assertLessEqual(checked.returncode, 1, checked.stdout)
        self.disk.load()
        before = len(self.acks)
        self.boot(after_verdict=REQUESTS_MAX)
        self.assertGreater(len(self.acks), before, "after the check of the file system the store works again")
        self.assertGreater(self.lost, 0, "a disk that never lost a sector proves nothing")
        print(f"{CUTS} power cuts, {self.verdicts} verdicts, {len(self.acks)} acts, {self.lost} sectors lost")
        print(f"then: {refused}; last boot to verdict {self.took:.1f} s")


if __name__ == "__main__":
    DRIVER, PLACE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
