"""System packages the program needs beyond Python's: what is missing, and apt-get where that is possible.

Hides the shared libraries Qt loads, the font files and apt. Called by bootstrap.py before anything is
installed, so it imports the standard library alone; it never calls apt while nothing is missing.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from enum import Flag, auto
from pathlib import Path


class Part(Flag):
    """What a command may need from the system."""

    NOTHING = 0
    #: Libraries without which Qt cannot be imported, with or without a screen.
    QT = auto()
    #: Libraries without which Qt aborts when it opens a window on X11.
    X11 = auto()
    #: Without them Qt finds no printer, and says nothing.
    PRINTERS = auto()
    SCREEN_FONT = auto()
    #: A serif font with every Vietnamese letter.
    PAPER_FONT = auto()
    #: All that the program itself may need.
    EVERYTHING = QT | X11 | PRINTERS | SCREEN_FONT | PAPER_FONT
    #: What the tests of the hub ask for: the server's programs, a browser and what steers it.
    POSTGRES = auto()
    BROWSER = auto()


# Package by library, found on a bare Debian 12 with ldd and by running Qt there.
_LIBRARIES = {
    Part.QT: {
        "libglib-2.0.so.0": "libglib2.0-0",
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libfontconfig.so.1": "libfontconfig1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libxkbcommon.so.0": "libxkbcommon0",
    },
    Part.X11: {
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
    },
    Part.PRINTERS: {"libcups.so.2": "libcups2"},
}
# Package by program; Debian keeps a database server's own programs out of the path, by version.
_PROGRAMS = {Part.BROWSER: {"chromium": "chromium", "chromedriver": "chromium-driver"}}
_SERVERS = Path("/usr/lib/postgresql")
_FONT_FOLDER = Path("/usr/share/fonts/truetype")
_SCREEN_FONTS = ("noto/NotoSans-Regular.ttf",)
# fonts-liberation 1.07 of Debian 12 lacks 92 Vietnamese letters, so its folder is not looked into here.
_PAPER_FONTS = ("liberation2/LiberationSerif-Regular.ttf", "croscore/Tinos-Regular.ttf")
_FIND_PAPER_FONT = "from desktop.documents.fonts import find_paper_font; find_paper_font()"


def missing(parts: Part, python: Path) -> tuple[str, ...]:
    """Names of the Debian packages without which ``parts`` do not work; none on other systems than Linux.

    ``python`` is the environment's: where the usual font file is not seen, the program's own finder decides.
    """
    if not sys.platform.startswith("linux"):
        return ()
    packages = [
        package
        for part, libraries in _LIBRARIES.items()
        if part in parts
        for library, package in libraries.items()
        if not _loads(library)
    ]
    packages += [
        package
        for part, programs in _PROGRAMS.items()
        if part in parts
        for program, package in programs.items()
        if not shutil.which(program)
    ]
    if Part.POSTGRES in parts and not (shutil.which("initdb") or any(_SERVERS.glob("*/bin/initdb"))):
        packages.append("postgresql")
    if Part.SCREEN_FONT in parts and not _any_is_there(_SCREEN_FONTS):
        packages.append("fonts-noto-core")
    if Part.PAPER_FONT in parts and not (_any_is_there(_PAPER_FONTS) or _finds_paper_font(python)):
        packages.append("fonts-liberation2")
    return tuple(packages)


def obstacle(packages: Iterable[str]) -> str:
    """Why this user cannot install ``packages`` on this machine, one Vietnamese sentence; empty when he can."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        return f"Máy còn thiếu gói hệ thống (tên theo Debian) {names}: hãy cài bằng trình quản lý gói của máy."
    if sys.platform != "win32" and os.geteuid() != 0:
        return f"Máy còn thiếu gói hệ thống: hãy chạy “sudo apt-get install {names}”."
    return ""


def install(packages: Iterable[str]) -> str:
    """Install ``packages`` with apt-get; empty when done, else one Vietnamese sentence saying why not."""
    # A failed update is not the last word: the lists at hand may do, and if they do not, install says so.
    _apt_get("update")
    done = _apt_get("install", "-y", "--no-install-recommends", *packages)
    if done.returncode == 0:
        return ""
    reason = (done.stderr.strip() or done.stdout.strip() or "?").splitlines()[-1]
    names = " ".join(packages)
    return f"Chưa cài được gói hệ thống {names}: hãy kiểm tra mạng rồi chạy lại (apt-get báo: {reason})."


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, capture_output=True, text=True, errors="replace", check=False)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _any_is_there(fonts: tuple[str, ...]) -> bool:
    return any((_FONT_FOLDER / font).exists() for font in fonts)


def _finds_paper_font(python: Path) -> bool:
    return subprocess.run([python, "-c", _FIND_PAPER_FONT], capture_output=True, check=False).returncode == 0
