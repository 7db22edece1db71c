"""The data folder: may a register live here, and is it ours alone?

Called once by ``db.connection`` before the database file is touched; knows nothing about SQLite.
"""

import os
import sqlite3
from pathlib import Path

from db.errors import RegisterProblem

REGISTER_FILE = "register.sqlite3"
#: A register while it is being made; nobody ever opens one under this name.
UNFINISHED_FILE = "register.unfinished"
LOCK_FILE = "register.lock"
BACKUP_FOLDER = "backups"
DOCUMENT_FOLDER = "documents"

#: WAL needs shared memory between processes, which no network file system gives (SQLite, "WAL", section 1).
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smbfs", "smb3", "afs", "ncpfs", "davfs", "fuse.davfs2", "fuse.sshfs", "fuse.smbnetfs"}
)


def is_network_share(folder: Path) -> bool:
    """Whether ``folder`` lies on a network file system (its nearest existing parent decides)."""
    text = str(folder)
    if text.startswith(("\\\\", "//")) and os.name == "nt":
        return True
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    place = place.resolve()
    if place.stat().st_dev == Path(place.anchor).stat().st_dev:
        return False
    import psutil  # a twentieth of the start-up, and most folders lie on the system's own disk

    mounts = [
        part
        for part in psutil.disk_partitions(all=True)
        if place == Path(part.mountpoint) or Path(part.mountpoint) in place.parents
    ]
    if not mounts:
        return False
    mount = max(mounts, key=lambda part: len(part.mountpoint))
    return mount.fstype.lower() in NETWORK_FILE_SYSTEMS or "remote" in mount.opts.split(",")


def refuse_network_share(folder: Path) -> None:
    """Raise ``network_share`` when the folder is not on a disk of this machine."""
    if is_network_share(folder):
        raise RegisterProblem(
            "network_share",
            "Thư mục dữ liệu nằm trên ổ mạng nên sổ có thể hỏng. Hãy chọn một thư mục trên ổ đĩa của máy này.",
            folder=str(folder),
        )


def make_own(folder: Path) -> None:
    """Create a folder that on Linux only this user enters; one that is there keeps its rights. OSError.

    On Windows it is as its parent has it: the accounts of one counter share a register.
    """
    folder.mkdir(0o700 if os.name == "posix" else 0o777, parents=True, exist_ok=True)


def prepare(path: Path) -> None:
    """An empty file that on Linux only this user reads, for SQLite, which gives its own files the same rights."""
    os.close(own_file(path, os.O_WRONLY | os.O_CREAT))


def own_file(path: str | Path, flags: int) -> int:
    """The ``opener`` of a new file that only this user reads."""
    return os.open(path, flags, 0o600)


def make(folder: Path) -> None:
    """Create the folder; one sentence when the disk refuses."""
    try:
        make_own(folder)
    except (FileExistsError, NotADirectoryError) as error:
        raise RegisterProblem(
            "not_a_folder", "Đường dẫn dữ liệu trùng tên với một tệp. Hãy chọn thư mục khác.", folder=str(folder)
        ) from error
    except OSError as error:
        raise cannot_write(folder) from error


class Lock:
    """The instance lock of one folder: an exclusive transaction on a database of nothing.

    The system drops it with the process, however it dies, and SQLite knows how to hold it on every platform.
    """

    def __init__(self, folder: Path, *, wait_seconds: float, name: str = LOCK_FILE) -> None:
        path = folder / name
        self._file = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None, check_same_thread=False)
        try:
            self._file.execute("PRAGMA journal_mode = MEMORY")  # a lock needs no space, not even on a full disk
            self._file.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            self._file.close()
            raise

    def release(self) -> None:
        """Let others open the folder."""
        self._file.close()


def lock(folder: Path, *, wait_seconds: float) -> Lock:
    """Take the instance lock of ``folder`` or raise ``register_in_use``."""
    try:
        return Lock(folder, wait_seconds=wait_seconds)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise cannot_write(folder) from error
        raise RegisterProblem(
            "register_in_use",
            "Sổ này đang mở ở một cửa sổ khác. Hãy dùng cửa sổ đó, hoặc đóng nó rồi thử lại.",
            folder=str(folder),
        ) from error


def keep_secret(path: Path, content: bytes) -> None:
    """Write a file that only this user reads; under its name it stands whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def looks_like_a_register(folder: Path) -> bool:
    """Whether the file begins as every register does: SQLite's words, and the schema number that ours never lacks."""
    with (folder / REGISTER_FILE).open("rb") as file:
        header = file.read(100)
    return header.startswith(b"SQLite format 3\0") and any(header[60:64])


def finish(folder: Path) -> None:
    """Give a register that is made and closed its name, also when the power fails right after."""
    (folder / UNFINISHED_FILE).replace(folder / REGISTER_FILE)
    settle(folder)


def settle(folder: Path) -> None:
    """A new name is on the disk only when its folder is; Windows has no way to ask for that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def discard_unfinished(folder: Path) -> None:
    """Remove what an interrupted beginning left behind."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"{UNFINISHED_FILE}{suffix}").unlink(missing_ok=True)


def cannot_write(folder: Path) -> RegisterProblem:
    """The problem of a folder or disk that takes no writing."""
    return RegisterProblem(
        "read_only",
        "Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi hoặc chọn thư mục khác; chưa có gì thay đổi.",
        folder=str(folder),
    )
