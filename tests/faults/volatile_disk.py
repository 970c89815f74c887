"""A disk with a cache that is lost with the power, for a QEMU guest, over NBD.

What the guest has written is read back, but stands on the platter only after a flush. When the power goes
each sector that was not flushed is kept or lost by lot, so a write may be torn and a later one overtake it.
The trap: QEMU must die before the request at which the power goes is answered.
"""

import pathlib
import random
import socket
import struct
import threading

SECTOR = 4096  # physical, as of any SSD, and what a file system may rely on being whole
MAGIC = b"NBDMAGIC"
OPTION_MAGIC = b"IHAVEOPT"
REPLY_MAGIC, REQUEST_MAGIC, ANSWER_MAGIC = 0x3E889045565A9, 0x25609513, 0x67446698
GO, ACK, INFO, UNKNOWN = 7, 1, 3, 0x80000001
READ, WRITE, GONE, FLUSH = 0, 1, 2, 3
FIXED_NEWSTYLE, NO_ZEROES = 1, 2
HAS_FLAGS, CAN_FLUSH = 1, 4


class VolatileDisk:
    """One image, one guest at a time."""

    def __init__(self, image, address):
        self.image = pathlib.Path(image)
        self.platter = bytearray(self.image.read_bytes())
        self.lock = threading.Lock()
        self.power_on()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(address))
        self.listener.listen(1)
        threading.Thread(target=self.serve, daemon=True).start()

    def power_on(self):
        self.seen = bytearray(self.platter)
        self.unsynced = {}  # sector -> what was written to it since the last flush, oldest first
        self.cut_in = None  # changing requests until the power goes
        self.at_cut = None

    def cut_after(self, requests, at_cut):
        """From now on; `at_cut` takes the power away. Called once, on the disk's thread."""
        with self.lock:
            self.cut_in, self.at_cut = requests, at_cut

    def power_off(self, seed):
        """What was not flushed is kept or lost, sector by sector. How many sectors were lost."""
        lot = random.Random(seed)
        kept_of_all = lot.choice([0, 0.1, 0.5, 0.9])
        lost = 0
        with self.lock:
            for sector, versions in self.unsynced.items():
                if lot.random() < kept_of_all:
                    self.put(sector, lot.choice(versions))
                else:
                    lost += 1
            self.power_on()
        return lost

    def put(self, sector, data):
        self.platter[sector * SECTOR : (sector + 1) * SECTOR] = data

    def save(self):
        """The platter as an image, for a look at it from outside; load() takes it back."""
        self.image.write_bytes(self.platter)

    def load(self):
        self.platter = bytearray(self.image.read_bytes())
        self.power_on()

    def serve(self):
        while True:
            guest, _ = self.listener.accept()
            with guest, guest.makefile("rb") as requests:
                try:
                    self.greet(guest, requests)
                    while self.answer(guest, requests):
                        pass
                except (OSError, struct.error):
                    pass  # The guest's power went.

    def greet(self, guest, requests):
        guest.sendall(MAGIC + OPTION_MAGIC + struct.pack(">H", FIXED_NEWSTYLE | NO_ZEROES))
        requests.read(4)
        while True:
            _, option, size = struct.unpack(">8sII", requests.read(16))
            requests.read(size)
            if option == GO:
                break
            guest.sendall(struct.pack(">QIII", REPLY_MAGIC, option, UNKNOWN, 0))
        export = struct.pack(">HQH", 0, len(self.platter), HAS_FLAGS | CAN_FLUSH)
        guest.sendall(struct.pack(">QIII", REPLY_MAGIC, GO, INFO, len(export)) + export)
        guest.sendall(struct.pack(">QIII", REPLY_MAGIC, GO, ACK, 0))

    def answer(self, guest, requests):
        """Whether there may be another request."""
        magic, _, kind, handle, offset, size = struct.unpack(">IHHQQI", requests.read(28))
        assert magic == REQUEST_MAGIC
        if kind == GONE:
            return False
        data = requests.read(size) if kind == WRITE else b""
        with self.lock:
            if kind in (WRITE, FLUSH) and self.power_goes():
                return False
            if kind == READ:
                data = bytes(self.seen[offset : offset + size])
            elif kind == WRITE:
                self.write(offset, data)
            elif kind == FLUSH:
                self.flush()
        guest.sendall(struct.pack(">IIQ", ANSWER_MAGIC, 0, handle) + (data if kind == READ else b""))
        return True

    def power_goes(self):
        if self.cut_in is None:
            return False
        self.cut_in -= 1
        if self.cut_in == 0:
            self.at_cut()
        return self.cut_in <= 0

    def write(self, offset, data):
        self.seen[offset : offset + len(data)] = data
        for sector in range(offset // SECTOR, (offset + len(data) - 1) // SECTOR + 1):
            whole = bytes(self.seen[sector * SECTOR : (sector + 1) * SECTOR])
            self.unsynced.setdefault(sector, []).append(whole)

    def flush(self):
        for sector, versions in self.unsynced.items():
            self.put(sector, versions[-1])
        self.unsynced.clear()
