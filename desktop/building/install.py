"""Installs the program for one user from a folder with its wheels, without network: each version beside the others.

Run by install.cmd with python.org's Python on Windows; ``--back VERSION`` makes an installed version the one in use
again. Before an update the version in use backs up its register. Data folders are never touched, nothing is removed
but a version whose installation was broken off. Standard library only.
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import systems
from desktop.bootstrap import Environment, Lacking, say

SOURCE = Path(__file__).resolve().parents[2]
#: Names the version in use; written last, so that it never names one that is not whole.
_IN_USE = "dang-dung.txt"
_SHORTCUT = """
$made = (New-Object -ComObject WScript.Shell).CreateShortcut(
    [IO.Path]::Combine([Environment]::GetFolderPath('Desktop'), 'Một Cửa.lnk'))
$made.TargetPath = $env:MOTCUA_STARTER
$made.Arguments = '-P -m desktop'
$made.WorkingDirectory = $env:MOTCUA_FOLDER
$made.Save()
"""


class Refused(Exception):
    """Nothing was changed for whoever works with the program; the message is one Vietnamese sentence."""


def install(source: Path, wheels: Path, place: Path) -> Path:
    """The version in ``source``, installed below ``place`` and in use; its folder. Raises ``Refused``."""
    version = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    target, old = place / version, in_use(place)
    if version == old:
        raise Refused(f"Phiên bản {version} đã cài và đang dùng.")
    if old:
        back_up(place / old)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".venv*", "*.egg-info"))
    # pip, which the environment is made with, takes both from here.
    os.environ |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    try:
        Environment(target).make("desktop")
    except Lacking as lacking:
        raise Refused(f"Chưa cài được phiên bản {version}, bản đang dùng vẫn như cũ: {lacking}") from lacking
    _asked(target, "licences")
    use(place, version)
    return target


def in_use(place: Path) -> str:
    """The version that people work with; empty when none is installed."""
    named = place / _IN_USE
    return named.read_text("utf-8").strip() if named.exists() else ""


def use(place: Path, version: str) -> None:
    """Make an installed version the one in use. Raises ``Refused`` where it is not installed whole."""
    if not Environment(place / version).is_ready("desktop"):
        kept = ", ".join(sorted(path.name for path in place.glob("*") if Environment(path).is_ready("desktop")))
        raise Refused(f"Không có phiên bản {version} trong {place} (có: {kept or 'chưa có bản nào'}).")
    if sys.platform == "win32":
        _make_shortcut(place / version)
    part = place / f"{_IN_USE}.part"
    part.write_text(version, "utf-8")
    part.replace(place / _IN_USE)


def back_up(folder: Path) -> None:
    """The register of this user (``MOTCUA_DATA`` or the usual folder), by the version that wrote it."""
    done = _asked(folder, "--json", "backups", "daily", check=False)
    told = json.loads(done.stdout or b"{}")
    if done.returncode == 0:
        say(f"Đã sao lưu sổ trước khi cập nhật: {told['file']}")
    elif told.get("error", {}).get("code") != "no_register":
        reason = told.get("error", {}).get("message") or done.stderr.decode(errors="replace").strip()
        raise Refused(f"Chưa cập nhật vì chưa sao lưu được sổ: {reason}")


def _asked(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = [str(Environment(folder).python), "-P", "-m", "desktop", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=check)


def _make_shortcut(folder: Path) -> None:
    starter = Environment(folder).python.with_name("pythonw.exe")
    told = {**os.environ, "MOTCUA_STARTER": str(starter), "MOTCUA_FOLDER": str(folder)}
    subprocess.run(
        ["powershell", "-NoProfile", "-Command", "-"], input=_SHORTCUT.encode("utf-8-sig"), env=told, check=True
    )


def _obstacle() -> str:
    if sys.platform == "win32" and sys.getwindowsversion().build < systems.OLDEST_BUILD:
        return systems.refusal(sys.getwindowsversion().build)
    if struct.calcsize("P") != 8:
        return "Cần Python bản 64-bit: hãy cài lại Python 3.11 (64-bit) từ python.org."
    return ""


def main(words: list[str]) -> int:
    """Install, or go back; the exit codes of the command line."""
    parser = argparse.ArgumentParser(description="Cài Một Cửa cho người dùng này; dữ liệu không bị đụng đến.")
    home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share")
    parser.add_argument("--to", type=Path, default=home / "Programs" / "MotCua", help="nơi cài")
    parser.add_argument("--back", metavar="PHIÊN BẢN", help="dùng lại một phiên bản đã cài")
    args = parser.parse_args(words)
    try:
        obstacle = _obstacle()
        if obstacle:
            raise Refused(obstacle)
        if args.back:
            use(args.to, args.back)
            say(
                f"Từ nay dùng lại phiên bản {args.back}. Nếu sổ đã được bản mới ghi thì khôi phục bản sao lưu trước đó."
            )
        else:
            say(f"Đã cài vào {install(SOURCE, SOURCE.parent / 'wheels', args.to.absolute())}")
    except Refused as refused:
        say(str(refused))
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
