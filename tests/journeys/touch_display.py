"""A display with a touch screen that is not there: Xorg with its dummy video driver and its inputtest driver.

Xvfb knows no touch. This server does: what a Finger writes into the driver's socket goes the whole way of a
real panel's touches (XInput 2, SDL_FINGER events). Its mode can be changed, and its output switched off, as
when a cable is pulled. The trap: the driver takes one connection from each time that the device is switched
on, so there is one Finger at a time.
"""

import os
import pathlib
import socket
import struct
import subprocess
import tempfile

import kiosk_driver

SMALLER = (800, 1280)  # the other mode of the display
OUTPUT, DEVICE = "DUMMY0", "panel"
FINGERS_MAX = 10

CONFIGURATION = f"""
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoAddGPU" "false"
    Option "BlankTime" "0"
EndSection
Section "ServerLayout"
    Identifier "layout"
    Screen "screen"
    InputDevice "{DEVICE}" "SendCoreEvents"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5-1000
    VertRefresh 5-200
    Modeline "1080x1920" 173.0 1080 1128 1176 1240 1920 1923 1928 1940
    Modeline "800x1280" 90.0 800 848 896 960 1280 1283 1288 1300
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Modes "1080x1920" "800x1280"
    EndSubSection
EndSection
Section "InputDevice"
    Identifier "{DEVICE}"
    Driver "inputtest"
    Option "SocketPath" "SOCKET"
    Option "DeviceType" "Touch"
    Option "TouchCount" "{FINGERS_MAX}"
EndSection
"""


class TouchDisplay(kiosk_driver.Display):
    configuration = CONFIGURATION

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sala-touch-")
        place = pathlib.Path(self.folder.name)
        self.socket_path = place / "panel"
        (place / "xorg.conf").write_text(self.configuration.replace("SOCKET", str(self.socket_path)))
        self.size = kiosk_driver.SCREEN
        # The program itself: the wrapper in the path may ask for a console, which nobody has here.
        command = ["/usr/lib/xorg/Xorg", "-config", str(place / "xorg.conf"), "-logfile", str(place / "log")]
        command += ["-nolisten", "tcp", "-noreset", "-novtswitch", "-sharevts"]
        try:
            self.start(command)
        except kiosk_driver.Failed as failed:
            log = place / "log"
            raise kiosk_driver.Failed(f"{failed}\n{log.read_text() if log.exists() else ''}") from failed

    def xrandr(self, *arguments):
        command = ["xrandr", "--output", OUTPUT, *arguments]
        subprocess.run(command, env=self.environment, check=True, timeout=30)

    def take_mode(self, size):
        self.xrandr("--mode", f"{size[0]}x{size[1]}")
        self.size = size

    def unplug(self):
        self.xrandr("--off")

    def panel(self, switch):
        """`disable` takes the touch screen away, `enable` brings it back."""
        command = ["xinput", switch, DEVICE]
        subprocess.run(command, env=self.environment, check=True, timeout=30)

    def close(self):
        super().close()
        self.folder.cleanup()


class TwoDisplays(TouchDisplay):
    """The kiosk's own display, and a television to the right of it."""

    TELEVISION = (1920, 1080)
    MODE = 'Modeline "1920x1080" 173.0 1920 1968 2016 2080 1080 1083 1088 1120'
    configuration = CONFIGURATION.replace('Modeline "800x1280"', MODE + '\n    Modeline "800x1280"').replace(
        'Modes "1080x1920"', 'Virtual 3000 1920\n        Modes "1080x1920" "1920x1080"'
    )

    def __init__(self):
        super().__init__()
        command = ["xrandr", "--addmode", "DUMMY1", "1920x1080"]
        subprocess.run(command, env=self.environment, check=True, timeout=30)
        self.xrandr("--primary", "--mode", "1080x1920", "--pos", "0x0",
                    "--output", "DUMMY1", "--mode", "1920x1080", "--pos", "1080x0")
        # Looks whether it is connected; the server does not notice by itself what was lit by a command.
        subprocess.run(["xrandr"], env=self.environment, check=True, timeout=30, stdout=subprocess.DEVNULL)


class Finger:
    """Speaks inputtest's protocol (xf86-input-inputtest-protocol.h). Places are pixels of the display."""

    VERSION, WAIT_FOR_SYNC, TOUCH = 0, 1, 6  # kinds of messages
    BEGIN, MOVE, END = 18, 19, 20  # XI_TouchBegin and its fellows
    X_AND_Y = bytes([0b11]) + bytes(7)  # of the 64 valuators

    def __init__(self, display):
        self.display = display
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(kiosk_driver.DEADLINE_S)
        self.connection.connect(str(display.socket_path))
        self.send(self.VERSION, struct.pack("=HH", 1, 0))
        self.receive(12)

    def send(self, kind, body=b""):
        self.connection.sendall(struct.pack("=II", 8 + len(body), kind) + body)

    def receive(self, length):
        answer = b""
        while len(answer) < length:
            more = self.connection.recv(length - len(answer))
            if not more:
                raise kiosk_driver.Failed("the touch screen hung up")
            answer += more

    def touch(self, kind, finger, place):
        width, height = self.display.size
        axes = [(place[0] + 0.5) / width * 65536, (place[1] + 0.5) / height * 65536] + [0.0] * 62
        body = struct.pack("=III8s4x", finger, kind, 0, self.X_AND_Y) + struct.pack("=64d", *axes)
        self.send(self.TOUCH, body + bytes(64 * 8))

    def down(self, place, finger=1):
        self.touch(self.BEGIN, finger, place)

    def move(self, place, finger=1):
        self.touch(self.MOVE, finger, place)

    def up(self, place, finger=1):
        self.touch(self.END, finger, place)

    def tap(self, place, finger=1):
        self.down(place, finger)
        self.up(place, finger)
        self.settle()

    def settle(self):
        """Until the server has worked off what was sent."""
        self.send(self.WAIT_FOR_SYNC)
        self.receive(8)

    def close(self):
        self.connection.close()
