"""The HTTPS road with the real programs: the kiosk on a display, `sala-office serve` on a port.

Between them stands a proxy that can cut the answer off, as a bad line does after the office has committed.
"""

import json
import re
import select
import socket
import subprocess
import threading
import unittest

import journey
import kiosk_driver

TRIES_MS = 61_000  # Each kiosk sends at a moment of its own within a minute of the close.


class Office:
    """sala-office serve on one port, stopped and started again at will."""

    def __init__(self, folder):
        self.folder = folder
        self.db, self.keys = folder / "office.db", folder / "keys"
        self.port = 0
        self.process = None
        office = ["--db", self.db, "--keys", self.keys, "--office", kiosk_driver.DEMO_OFFICE]
        kiosk_driver.run("sala-office", "init", *office)
        self.start()

    def start(self):
        arguments = ["serve", "--db", self.db, "--keys", self.keys, "--listen", f"localhost:{self.port}"]
        command = [str(kiosk_driver.PROGRAMS / "sala-office"), *map(str, arguments)]
        with open(self.folder / "office.log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        said = [self.process.stdout.readline().decode() for _ in range(2)]
        found = re.search(r"ready on localhost:(\d+)", said[0])
        if not found:
            raise kiosk_driver.Failed(f"serve did not start: {said} {self.log()}")
        self.port = int(found.group(1))
        self.pin = re.fullmatch(r'pin = "(sha256//\S{44})"\n', said[1]).group(1)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(timeout=kiosk_driver.DEADLINE_S)
        self.process.stdout.close()
        if code != 0:
            raise kiosk_driver.Failed(f"serve ended with {code}: {self.log()}")

    def log(self):
        return (self.folder / "office.log").read_text(errors="replace")

    def enrol(self, device):
        kiosk_driver.run("sala-office", "enrol", "--db", self.db, "--device", device, "--name", "โถงหน้า")

    def status(self):
        return json.loads(kiosk_driver.run("sala-office", "status", "--db", self.db, "--json")[0])

    def ratings(self):
        return self.status()["ratings_cast"]


class Line:
    """A proxy to the office. `cut_after`: so many bytes of the answer come through, then both ends close."""

    def __init__(self, office):
        self.office = office
        self.cut_after = None
        self.down = 0  # Bytes of the last answer.
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                try:
                    with socket.create_connection(("127.0.0.1", self.office.port)) as server:
                        self.carry(client, server)
                except OSError:
                    pass

    def carry(self, client, server):
        self.down = 0
        while True:
            for source in select.select([client, server], [], [])[0]:
                most = 65536
                if source is server and self.cut_after is not None:
                    most = self.cut_after - self.down
                data = source.recv(most)
                if not data:
                    return
                (server if source is client else client).sendall(data)
                if source is server:
                    self.down += len(data)
                    if self.down == self.cut_after:
                        return

    def close(self):
        self.listener.close()


class Send(journey.Journey):
    def setUp(self):
        super().setUp()
        self.office = Office(self.folder)
        self.addCleanup(self.office.stop)
        self.line = Line(self.office)
        self.addCleanup(self.line.close)
        self.now_ms = journey.local_ms(16, 20)
        self.config = self.folder / "office.toml"
        road = f'[sync]\nurl = "https://127.0.0.1:{self.line.port}"\npin = "{self.office.pin}"\n'
        text = kiosk_driver.DEMO_OFFICE.read_text(encoding="utf-8")
        self.config.write_text(text + road, encoding="utf-8")
        self.pin = self.new_pin()

    def kiosk(self):
        kiosk = super().kiosk(clock_ms=self.now_ms, config=self.config)
        self.office.enrol(kiosk_driver.status(self.data)["device_code"])
        return kiosk

    def rate(self, kiosk, *scores):
        for score in scores:
            kiosk.tap(f"rating.face.{score}")
            kiosk.wait_for("thanks")
            kiosk.tap("thanks.done")
            kiosk.wait_for("home")

    def pass_time(self, kiosk, ms):
        self.now_ms += ms
        kiosk.clock(self.now_ms)

    def close_day(self, kiosk):
        kiosk_driver.run("sala-kiosk", "close", "--data", self.data)
        self.assertFalse(kiosk_driver.status(self.data)["day_open"])

    def wait_until_sent(self, ratings):
        kiosk_driver.wait_until("the day at the office", lambda: self.office.ratings() == ratings)
        # What the office answered is a line of the journal, and all that it does not know yet.
        kiosk_driver.wait_until(
            "the office's answer", lambda: kiosk_driver.status(self.data)["unsent_lines"] == 1
        )

    def send(self, expect=0):
        out, err = kiosk_driver.run("sala-kiosk", "send", "--data", self.data, expect=expect)
        return out + err

    def test_a_closed_day_goes_by_itself_and_comes_back_cosigned(self):
        with self.kiosk() as kiosk:
            self.rate(kiosk, 5, 5, 4, 1, 3, 5)
            self.close_day(kiosk)
            self.assertEqual(self.office.ratings(), 0)
            self.pass_time(kiosk, TRIES_MS)
            self.wait_until_sent(6)
            found = kiosk_driver.status(self.data)
            self.assertEqual(found["cosigned_size"], found["lines"] - 1)
        self.assertIn("accepted", self.office.log())

    def test_an_office_that_was_down_at_the_close_gets_it_at_the_next_start(self):
        with self.kiosk() as kiosk:
            self.rate(kiosk, 5, 5, 4, 1, 3)
            self.office.stop()
            self.close_day(kiosk)
            self.pass_time(kiosk, TRIES_MS)
            kiosk_driver.wait_until("a try in vain", lambda: "HTTP-" in kiosk.log_path.read_text())
        self.assertEqual(kiosk_driver.status(self.data)["cosigned_size"], 0)
        self.office.start()
        with self.kiosk() as kiosk:
            self.pass_time(kiosk, TRIES_MS)
            self.wait_until_sent(5)

    def test_the_officer_sends_and_is_told_what_came_of_it(self):
        with self.kiosk() as kiosk:
            self.rate(kiosk, 5, 5)
            self.enter(kiosk)
            kiosk.tap("officer.send")
            kiosk.wait_for("officer_sent")
            self.assertEqual(self.office.ratings(), 2)
            kiosk.tap("officer.send.done")
            kiosk.wait_for("officer_day")
            self.assertIn("สำนักงานได้รับครบแล้ว", kiosk.widget("officer.unsent")["text"])
            self.office.stop()
            kiosk.tap("officer.send")
            # One line is left, the office's own answer: nothing to send needs no office.
            kiosk.wait_for("officer_sent")
            kiosk.tap("officer.send.done")
            kiosk.wait_for("officer_day")
            kiosk.tap("officer.leave")
            kiosk.wait_for("home")
            self.rate(kiosk, 1)
            self.enter(kiosk)
            kiosk.tap("officer.send")
            kiosk.wait_for("officer_send_refused")
            self.assertIn("HTTP-", kiosk.widget("officer.reason")["text"])
            self.office.start()
            kiosk.tap("officer.send.again")
            kiosk.wait_for("officer_sent")
        self.assertEqual(self.office.ratings(), 3)

    def test_an_answer_lost_after_the_commit_is_asked_for_again_and_counts_once(self):
        with self.kiosk() as kiosk:
            self.rate(kiosk, 5)
            self.assertIn("sent", self.send())
            whole = self.line.down  # its last bytes are TLS's farewell
            for ratings, missing in enumerate((60, 200, 400), start=2):
                self.rate(kiosk, 4)
                self.line.cut_after = whole - missing
                said = self.send(expect=3)
                self.assertIn("-UNKNOWN", said)
                self.assertEqual(self.office.ratings(), ratings, "it was there, and nobody knew")
                self.assertGreater(kiosk_driver.status(self.data)["unsent_lines"], 1)
                self.line.cut_after = None
                self.assertIn("sent", self.send())
                self.assertEqual(self.office.ratings(), ratings)
        self.assertIn("already-had", self.office.log())
        self.assertIn("nothing new", self.send())

    def test_without_a_road_there_is_no_button_and_the_command_says_so(self):
        self.config = kiosk_driver.DEMO_OFFICE
        with self.kiosk() as kiosk:
            self.enter(kiosk)
            self.assertIn("officer.stick", kiosk.widgets())
            self.assertNotIn("officer.send", kiosk.widgets())
            self.assertIn("SEND-NO-ROAD", self.send(expect=3))


if __name__ == "__main__":
    unittest.main(verbosity=2)
