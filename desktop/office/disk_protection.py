"""Is the disk that the register lies on encrypted by the operating system? Asked, never assumed.

The register, its papers, page file and temporary files hold the same data, so the disk below all of them is what must
be encrypted: BitLocker or device encryption on Windows, dm-crypt (LUKS) on Linux. Asking may take seconds on Windows:
only in a worker thread or a verb. What cannot be known is said to be unknown.
"""

import os
import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class State(StrEnum):
    """Whether whoever takes the disk away can read it."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Protection(NamedTuple):
    """``how`` names what encrypts ("BitLocker", "LUKS"), or why nothing is known."""

    state: State
    how: str = ""

    @property
    def words(self) -> str:
        """One Vietnamese sentence."""
        if self.state is State.ON:
            return f"Ổ đĩa chứa sổ đã được mã hóa ({self.how})."
        if self.state is State.OFF:
            return f"Ổ đĩa chứa sổ chưa được mã hóa{self.how and f' ({self.how})'}: ai lấy được ổ đĩa là đọc được sổ."
        return f"Chưa xác định được ổ đĩa chứa sổ có mã hóa hay không{self.how and f' ({self.how})'}."


#: Windows takes its time to begin PowerShell on a weak PC.
_PATIENCE = 30.0
_DEPTH = 16
#: File systems that encrypt every file by themselves.
_ENCRYPTING = {"ecryptfs": "eCryptfs", "fuse.gocryptfs": "gocryptfs", "fuse.cryfs": "CryFS", "fuse.encfs": "EncFS"}
#: File systems over several disks, of which the kernel names one.
_POOLS = frozenset({"btrfs", "zfs", "bcachefs"})
#: The shell's property System.Volume.BitLockerProtection, as Explorer reads it to draw a drive's lock. While a drive is
#: being encrypted, or its protection is suspended, its key or a part of it still lies open.
_BITLOCKER = {
    1: Protection(State.ON, "BitLocker"),
    2: Protection(State.OFF),
    3: Protection(State.OFF, "đang mã hóa, chưa xong"),
    4: Protection(State.OFF, "đang gỡ mã hóa"),
    5: Protection(State.OFF, "BitLocker đang tạm ngưng"),
}


def standing(path: Path) -> Protection:
    """What protects the disk that ``path`` lies on."""
    try:
        return _on_windows(path) if sys.platform == "win32" else _on_linux(path)
    except (OSError, ValueError, subprocess.SubprocessError):
        return Protection(State.UNKNOWN, "hệ điều hành không trả lời")


def what_to_do(windows: bool = sys.platform == "win32") -> tuple[str, str, str]:
    """Three steps to an encrypted disk."""
    if windows:
        return (
            "Gọi người quản trị máy: Cài đặt của Windows, Quyền riêng tư và bảo mật, Mã hóa thiết bị (hoặc BitLocker).",
            "In khóa khôi phục 48 chữ số, bỏ phong bì, cất xa máy, cùng chỗ với tờ khôi phục bản sao lưu.",
            "Windows mã hóa trong lúc quầy vẫn làm; xong thì phần này báo đã mã hóa.",
        )
    return (
        "Sao lưu có khóa ra USB, giữ tờ khôi phục đã in.",
        "Gọi người quản trị máy cài lại hệ điều hành, chọn mã hóa toàn bộ ổ đĩa (LUKS).",
        "Cài lại chương trình rồi khôi phục từ USB; xong thì phần này báo đã mã hóa.",
    )


def _on_linux(path: Path, root: Path = Path("/")) -> Protection:
    """By the kernel's own tables below ``root``: the mount of ``path``, its device, and what that one lies on."""
    mount = _mount_of(path.absolute().resolve(), (root / "proc/self/mountinfo").read_text(encoding="utf-8"))
    if mount is None:
        return Protection(State.UNKNOWN, "không thấy ổ đĩa")
    if mount.kind in _ENCRYPTING:
        return Protection(State.ON, _ENCRYPTING[mount.kind])
    device = root / "sys/dev/block" / mount.device
    if not device.exists():  # several disks in one file system have a number that is no disk's
        device = root / "sys/class/block" / Path(mount.source).name
    if not mount.source.startswith("/dev/") or not device.exists():
        return Protection(State.UNKNOWN, f"hệ thống tệp {mount.kind}")
    if mount.kind in ("btrfs", "zfs", "bcachefs"):
        # One of several disks may be another than the one that is named.
        return (
            Protection(State.ON, "LUKS") if _is_encrypted(device.resolve()) else Protection(State.UNKNOWN, mount.kind)
        )
    return Protection(State.ON, "LUKS") if _is_encrypted(device.resolve()) else Protection(State.OFF)


class _Mount(NamedTuple):
    device: str
    kind: str
    source: str


def _mount_of(path: Path, table: str) -> _Mount | None:
    """The line of mountinfo (proc_pid_mountinfo(5)) whose place is nearest above ``path``; of equals the last one."""
    best: tuple[int, _Mount] | None = None
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, more = before.split(), after.split()
        place = Path(re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        if (path == place or place in path.parents) and (best is None or len(place.parts) >= best[0]):
            best = len(place.parts), _Mount(fields[2], more[0], more[1])
    return best[1] if best else None


def _is_encrypted(device: Path, depth: int = 0) -> bool:
    """Whether this block device, or everything that it lies on, is a dm-crypt mapping."""
    if depth > _DEPTH:
        return False
    uuid = device / "dm/uuid"
    if uuid.exists() and uuid.read_text().startswith("CRYPT-"):
        return True
    below = list((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if not below and (device / "partition").exists():
        below = [device.parent]
    return bool(below) and all(_is_encrypted(one.resolve(), depth + 1) for one in below)


def _on_windows(path: Path) -> Protection:
    """By the property that Explorer shows; it needs no administrator, and no module of Windows' larger editions."""
    drive = path.absolute().drive
    if not re.fullmatch("[A-Za-z]:", drive):
        return Protection(State.UNKNOWN, "không phải ổ đĩa của máy")
    shell = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), r"System32\WindowsPowerShell\v1.0\powershell.exe")
    asked = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
        ".ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    done = subprocess.run(
        [str(shell), "-NoProfile", "-NonInteractive", "-Command", asked],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return read_bitlocker(done.stdout)


def read_bitlocker(said: str) -> Protection:
    """The shell's answer, a number; a drive that cannot be encrypted, or a number unknown to us, is unknown."""
    number = said.strip()
    known = _BITLOCKER.get(int(number)) if number.isdecimal() else None
    return known or Protection(State.UNKNOWN, "Windows không cho biết")
