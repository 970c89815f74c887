"""What the counter page costs: memory of its server with ten counters and twenty boards open, and how long
a call takes to reach each of the twenty.

`counter_page.py PROGRAMS` runs PROGRAMS/sala_counter_page and prints name, value, unit and limit, a line
each. Memory is what the program's own pages grow by (RssAnon), after everybody was connected and called.
"""

import pathlib
import re
import selectors
import socket
import ssl
import subprocess
import sys
import tempfile
import time

BOARDS = 20
COUNTERS = [f"counter-{number % 5 + 1}" for number in range(10)]
CALLS = 60
MEMORY_LIMIT_MB = 20
REACH_LIMIT_MS = 100
PIN = "246813"


def anonymous_mb(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"RssAnon:\s+(\d+) kB", text).group(1)) / 1024


class Page:
    """One browser, from an address of its own."""

    def __init__(self, port, peer, trust):
        self.port, self.peer, self.trust = port, peer, trust
        self.cookie = ""

    def ask(self, method, path, body=""):
        raw = socket.create_connection(("127.0.0.1", self.port), 30, (f"127.0.0.{self.peer}", 0))
        link = self.trust.wrap_socket(raw, server_hostname="127.0.0.1")
        host = f"127.0.0.1:{self.port}"
        link.sendall((f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\n"
                      f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
                      f"Cookie: __Host-sala={self.cookie}\r\n\r\n{body}").encode())
        return link

    def sign_in(self, counter):
        link = self.ask("POST", "/sign-in", f"counter={counter}&pin={PIN}")
        head = b""
        while data := link.recv(65536):
            head += data
        self.cookie = re.search(rb"__Host-sala=([0-9a-f]{64})", head).group(1).decode()

    def listen(self, path):
        self.link = self.ask("GET", path)
        while b'"day"' not in self.link.recv(65536):
            pass
        self.link.setblocking(False)


def hear_all(pages, number):
    """When each of the pages had `number`, in seconds."""
    watch = selectors.DefaultSelector()
    for page in pages:
        watch.register(page.link, selectors.EVENT_READ, [page, b""])
    times = []
    while len(times) < len(pages):
        for key, _ in watch.select(10):
            try:
                key.data[1] += key.data[0].link.recv(1 << 20)
            except ssl.SSLWantReadError:
                continue
            if f'"number":"{number}"'.encode() in key.data[1]:
                times.append(time.monotonic())
                watch.unregister(key.fileobj)
    return times


def main():
    with tempfile.TemporaryDirectory() as folder:
        program = subprocess.Popen([pathlib.Path(sys.argv[1]) / "sala_counter_page", folder],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = int(program.stdout.readline())

        def say(line):
            program.stdin.write(line + "\n")
            program.stdin.flush()
            return program.stdout.readline().strip()

        trust = ssl.create_default_context(cafile=f"{folder}/authority.crt")
        numbers = [say("issue finance tax") for _ in range(CALLS)]
        before = anonymous_mb(program)
        boards = [Page(port, 10 + index, trust) for index in range(BOARDS)]
        counters = [Page(port, 100 + index, trust) for index in range(len(COUNTERS))]
        for page, counter in zip(counters, COUNTERS):
            page.sign_in(counter)
        signed_in = anonymous_mb(program)
        for page in boards:
            page.listen("/board-events")
        for page in counters:
            page.listen("/counter-events")
        reach = []
        for number in numbers:
            began = time.monotonic()
            assert say("call counter-2") == number
            reach += [1000 * (at - began) for at in hear_all(boards, number)]
        after = anonymous_mb(program)
        reach.sort()
        p50, p99 = reach[len(reach) // 2], reach[int(0.99 * len(reach))]
        print(f"counter page, sign-ins over\t{signed_in - before:.1f}\tMB")
        print(f"counter page, memory\t{after - before:.1f}\tMB\tlimit {MEMORY_LIMIT_MB}")
        print(f"counter page, call to board p50\t{p50:.1f}\tms")
        print(f"counter page, call to board p99\t{p99:.1f}\tms\tlimit {REACH_LIMIT_MS}")
        program.stdin.close()
        program.wait(30)
        return 0 if after - before < MEMORY_LIMIT_MB and p99 < REACH_LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
