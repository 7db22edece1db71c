"""A folder that installs the program on Windows without network: ``python3 desktop/building/wheelhouse.py``.

Puts into dist/motcua-windows the locked wheels for Windows, proved by their hashes, the program's own files and
install.cmd. Made on any system; it was never run on Windows. Standard library only.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import bootstrap
from desktop.bootstrap import CHECKOUT
from desktop.debian import Part

FOLDER = CHECKOUT / "dist" / "motcua-windows"
_FOR_WINDOWS = (
    "--platform",
    "win_amd64",
    "--python-version",
    "3.11",
    "--implementation",
    "cp",
    "--only-binary",
    ":all:",
)
#: What the installed program consists of; it is installed as the checkout is.
_FILES = ("pyproject.toml", "README.md")
_FOLDERS = ("db", "desktop", "resources")


def main() -> int:
    """Make the folder anew and say how large it is."""
    environment = bootstrap.prepare("desktop", Part.NOTHING)
    shutil.rmtree(FOLDER, ignore_errors=True)
    fetch_wheels(environment.python, FOLDER / "wheels")
    copy_program(FOLDER / "program")
    command = Path(__file__).with_name("install.cmd").read_text("utf-8")
    (FOLDER / "cai-dat.cmd").write_text(command, "utf-8", newline="\r\n")
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    wheels = sum(path.suffix == ".whl" for path in files)
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{FOLDER}: {wheels} wheel, {size:.0f} MB. Chưa chạy thử trên Windows.")
    return 0


def windows_lock(lock: str) -> str:
    """The lock as Windows reads it: pip judges markers by the machine that downloads, so those of Windows must go."""
    return lock.replace(" ; sys_platform == 'win32'", "")


def fetch_wheels(python: Path, folder: Path) -> None:
    """Download every locked wheel for Windows; pip refuses what does not have the locked hash."""
    with tempfile.TemporaryDirectory() as place:
        lock = Path(place, "requirements.txt")
        lock.write_text(windows_lock((CHECKOUT / "desktop" / "requirements.txt").read_text("utf-8")), "utf-8")
        pip = [str(python), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "download"]
        wanted = ["--require-hashes", "--no-deps", "--dest", str(folder), "--requirement", str(lock)]
        subprocess.run([*pip, *_FOR_WINDOWS, *wanted], check=True)


def copy_program(folder: Path) -> None:
    """The files that run, without what tests or a machine left beside them."""
    for name in _FOLDERS:
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    for name in _FILES:
        shutil.copy2(CHECKOUT / name, folder / name)


if __name__ == "__main__":
    sys.exit(main())
