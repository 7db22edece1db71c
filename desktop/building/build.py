"""The program as a folder that needs no Python: ``python3 desktop/building/build.py``; it comes to lie in dist/.

Prepares the checkout as run.py does, fetches PyInstaller by its own lock into build/, lets it run motcua.spec, and
says how large the program is and how fast it starts. Standard library only. It changes nothing of the checkout.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import bootstrap
from desktop.bootstrap import CHECKOUT
from desktop.debian import Part

HERE = Path(__file__).resolve().parent
PROGRAM = CHECKOUT / "dist" / "motcua"
STARTER = PROGRAM / ("motcua.exe" if os.name == "nt" else "motcua")
LICENCES = PROGRAM / "GIAY-PHEP.txt"
_TOOLS, _WORK = CHECKOUT / "build" / "tools", CHECKOUT / "build" / "work"
_STARTS = 5


def main() -> int:
    """Build it, put the licences beside it, measure it."""
    environment = bootstrap.prepare("desktop", Part.QT | Part.X11 | Part.PRINTERS | Part.PAPER_FONT | Part.SCREEN_FONT)
    _fetch_tools(environment.python)
    build = [str(environment.python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(PROGRAM.parent), "--workpath", str(_WORK)]
    begun = time.monotonic()
    subprocess.run([*build, *places, str(HERE / "motcua.spec")], cwd=HERE, env=_with_tools(), check=True)
    bootstrap.say(f"Đã dựng {PROGRAM} trong {time.monotonic() - begun:.0f} giây.")
    LICENCES.write_bytes(_asked("licences", "--whole"))
    print(measured())
    return 0


def measured() -> str:
    """Size and start-up of the built program, in Vietnamese, one figure a line."""
    files = [path for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink()]
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder, "du-lieu"))
        _asked("--data", home, "init", "--unit-code", "MT", "--unit-name", "xã Mường Than", "--practice")
        window = [_seconds("--trial", home) for _ in range(_STARTS)]
        verb = [_seconds("calendar", "--year", "2026") for _ in range(_STARTS)]
    return "\n".join([
        f"Kích thước: {sum(path.stat().st_size for path in files) / 1e6:.0f} MB trong {len(files)} tệp.",
        f"Mở cửa sổ rồi đóng: {_in_words(window)}.",
        f"Một lệnh (calendar): {_in_words(verb)}.",
    ])  # fmt: skip


def _fetch_tools(python: Path) -> None:
    lock = HERE / "requirements.txt"
    stamp = _TOOLS / "ready.txt"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    shutil.rmtree(_TOOLS, ignore_errors=True)
    bootstrap.say("Đang tải PyInstaller đã khóa phiên bản …")
    pip = [
        str(python),
        "-m",
        "pip",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "install",
        "--require-hashes",
    ]
    subprocess.run([*pip, "--no-deps", "--only-binary", ":all:", "--target", str(_TOOLS), "-r", str(lock)], check=True)
    stamp.write_bytes(lock.read_bytes())


def _with_tools() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (_TOOLS, CHECKOUT)))}


def _asked(*words: str) -> bytes:
    screen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([STARTER, *words], env=screen, capture_output=True, check=True, timeout=120).stdout


def _seconds(*words: str) -> float:
    begun = time.perf_counter()
    _asked(*words)
    return time.perf_counter() - begun


def _in_words(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} giây (giữa {len(seconds)} lần, nhanh nhất {min(seconds):.2f})"


if __name__ == "__main__":
    sys.exit(main())
