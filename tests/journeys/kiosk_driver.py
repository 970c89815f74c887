"""Drives the real kiosk as a visitor does: off-screen display, real X events, and the inspector to aim them.

Nothing here sleeps for a guess: each wait asks again until the answer is there, and fails after a deadline
far beyond any honest time. A journey never knows a pixel by heart; it asks where a widget stands.
"""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAMS = pathlib.Path(os.environ.get("SALA_PROGRAMS", ROOT / "build/check/bin"))
DEMO_OFFICE = ROOT / "assets/demo/office.toml"
SCREEN = (1080, 1920)  # pixels, portrait

DEADLINE_S = 60.0  # Long enough for a sanitized program on a slow, busy machine; nothing is timed by it.
POLL_S = 0.01
DEBOUNCE_S = 0.3  # The kiosk ignores a press within a quarter of a second of the last lift.


class Failed(AssertionError):
    pass


def wait_until(what, answer, deadline_s=DEADLINE_S):
    """The first true answer of answer(), asked again and again; Failed with `what` after the deadline."""
    give_up = time.monotonic() + deadline_s
    while True:
        found = answer()
        if found:
            return found
        if time.monotonic() > give_up:
            raise Failed(f"waited {deadline_s:.0f} s in vain for {what}")
        time.sleep(POLL_S)


def run(program, *arguments, expect=0, timeout_s=120):
    """Runs one of our programs to its end; (stdout, stderr) as text. Failed unless it exits with `expect`."""
    command = [str(PROGRAMS / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=timeout_s)
    out, err = done.stdout.decode(), done.stderr.decode()
    if done.returncode != expect:
        raise Failed(f"{' '.join(command)}\nended with {done.returncode}, not {expect}\n{out}{err}")
    return out, err


def status(data):
    return json.loads(run("sala-kiosk", "status", "--data", data, "--json")[0])


def read_codes(picture):
    """What zbarimg reads in a picture, as a set of texts."""
    command = ["zbarimg", "--quiet", "--raw", str(picture)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    if done.returncode not in (0, 4):  # 4: no code in the picture
        raise Failed(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return set(done.stdout.decode().split())


class Display:
    """An X server without a screen, on a number of its own choosing."""

    size = SCREEN

    def __init__(self):
        screen = "x".join(map(str, self.size)) + "x24"
        self.start(["Xvfb", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"])

    def start(self, command):
        # The server writes its number to this pipe once it takes connections.
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            [*command, "-displayfd", str(writer)],
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failed(f"{command[0]} did not start")
        self.name = f":{number}"
        self.environment = {**os.environ, "DISPLAY": self.name, "SDL_VIDEODRIVER": "x11"}
        self.environment.pop("WAYLAND_DISPLAY", None)

    def finger(self, *steps):
        """xdotool's own steps, as real X events."""
        command = ["xdotool", *map(str, steps)]
        subprocess.run(command, env=self.environment, check=True, timeout=30, stdout=subprocess.DEVNULL)

    def picture(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        command = ["import", "-window", "root", "-depth", "8", str(path)]
        subprocess.run(command, env=self.environment, check=True, timeout=60)
        return path

    def close(self):
        self.server.terminate()
        self.server.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Kiosk:
    """One run of sala-kiosk. `clock_ms` (UTC) makes its clock stand still until clock() sets it."""

    def __init__(self, display, data, config=DEMO_OFFICE, clock_ms=None, fullscreen=False, sticks=None,
                 pads=None):
        self.display = display
        self.data = pathlib.Path(data)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        # A Unix socket's path may have 107 bytes at most; the data folder's may be longer.
        self.socket_path = f"/tmp/sala-inspect-{os.getpid()}-{display.name[1:]}"
        if os.path.exists(self.socket_path):
            os.unlink(self.socket_path)
        self.log_path = self.data.parent / (self.data.name + ".log")
        arguments = ["--data", str(data), "--config", str(config), "--inspect", self.socket_path]
        arguments += ["--fullscreen"] if fullscreen else ["--size", "x".join(map(str, display.size))]
        if sticks is not None:
            arguments += ["--sticks", str(sticks)]
        if pads is not None:
            arguments += ["--pads", str(pads)]
        if clock_ms is not None:
            arguments += ["--clock", str(clock_ms)]
        with open(self.log_path, "ab") as log:
            command = [str(PROGRAMS / "sala-kiosk"), "run", *arguments]
            self.process = subprocess.Popen(command, env=display.environment, stdout=log, stderr=log)
        try:
            wait_until("the inspector", self.is_listening)
        except BaseException:
            self.kill()
            raise

    # ---- the inspector ----

    def is_listening(self):
        self.fail_if_ended()
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(self.socket_path)
                return True
        except OSError:
            return False

    def fail_if_ended(self):
        if self.process.poll() is not None:
            log = self.log_path.read_text(errors="replace")[-4000:]
            raise Failed(f"the kiosk ended by itself with {self.process.returncode}\n{log}")

    def ask(self, line):
        """One line to the inspector, one line of JSON back."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(DEADLINE_S)
                connection.connect(self.socket_path)
                connection.sendall(line.encode() + b"\n")
                answer = connection.makefile("r", encoding="utf-8").readline()
        except OSError as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)  # A kiosk that falls takes a moment, and says why.
            self.fail_if_ended()
            raise Failed(f"the inspector did not answer {line!r}: {error}") from error
        if not answer.endswith("\n"):
            raise Failed(f"the inspector broke off answering {line!r}")
        return json.loads(answer)

    def screen(self):
        return self.ask("screen")["screen"]

    def widgets(self):
        return {widget["id"]: widget for widget in self.ask("widgets")}

    def wait_for(self, *screens):
        """Until one of these screens is shown and drawn; its name."""

        def shown():
            screen = self.screen()
            return screen if screen in screens else None

        return wait_until("the screen " + " or ".join(screens), shown)

    def widget(self, name):
        return wait_until(f"the widget {name}", lambda: self.widgets().get(name))

    def choices(self, prefix):
        """Ids that begin with `prefix` and can be tapped, in their order, without the way back."""
        widgets = self.widgets().values()
        names = [w["id"] for w in widgets if w["id"].startswith(prefix) and w["enabled"]]
        return [name for name in names if name != prefix + "back"]

    def clock(self, utc_ms):
        if self.ask(f"clock {utc_ms}") != {"ok": True}:
            raise Failed(f"the kiosk did not take the time {utc_ms}")

    # ---- the finger ----

    def centre(self, name):
        x, y, w, h = self.widget(name)["rect"]
        return round(x + w / 2), round(y + h / 2)

    def tap(self, name, times=1):
        x, y = self.centre(name)
        taps = ["mousedown", 1, "mouseup", 1] * times
        self.display.finger("sleep", DEBOUNCE_S, "mousemove", x, y, *taps)

    def tap_at(self, *places, pause_s=DEBOUNCE_S):
        """Taps one place after the other, without looking in between."""
        self.display.finger("sleep", DEBOUNCE_S)
        for x, y in places:
            self.display.finger("mousemove", x, y, "mousedown", 1, "mouseup", 1, "sleep", pause_s)

    def hold(self, name, until, clock_ms):
        """Rests a finger on `name` while time goes on, until the screen `until` is there; the time then."""
        x, y = self.centre(name)
        self.display.finger("sleep", DEBOUNCE_S, "mousemove", x, y, "mousedown", 1)
        try:
            def shown():
                nonlocal clock_ms
                clock_ms += 1000
                self.clock(clock_ms)
                return self.screen() == until

            wait_until(f"the screen {until} under a resting finger", shown)
        finally:
            self.display.finger("mouseup", 1)
        return clock_ms

    # ---- the end ----

    def stop(self):
        """Asks the kiosk to end, as the session does; it must end well (a leak found then is a failure)."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=DEADLINE_S)
        self.forget()
        if self.process.returncode != 0:
            self.fail_if_ended()

    def kill(self):
        """As the power does."""
        self.process.kill()
        self.process.wait(timeout=DEADLINE_S)
        self.forget()

    def forget(self):
        if os.path.exists(self.socket_path):
            os.unlink(self.socket_path)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is not None:
            self.forget()
        elif kind is None:
            self.stop()
        else:
            self.kill()
