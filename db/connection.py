"""Opening and closing the register, and the one way to write to it.

Hides the lock, the pragmas, the check at open, the refusal of newer files and backup-then-migrate.
Everything above receives a ``Register`` and passes it on; SQLite's own dialect stays here, in
``db.search``, ``db.backup`` and the frozen SQL of ``db.migrations``.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from db import backup, folder, migrations
from db.database import Database
from db.errors import RegisterProblem

if TYPE_CHECKING:
    import peewee

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a printed receipt means a stored dossier, also when the power fails
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "cache_size": -2000,  # KB for each connection: four times as much finds and records nothing sooner
}

#: Steps of SQLite's machine between two questions whether to go on: a few milliseconds.
_LOOK_UP_EVERY = 100_000

_WORLD = {
    sqlite3.SQLITE_FULL: ("disk_full", "Ổ đĩa đã đầy nên chưa ghi được gì. Hãy dọn bớt rồi thử lại; sổ vẫn nguyên."),
    sqlite3.SQLITE_READONLY: ("read_only", "Sổ chỉ đọc được, chưa ghi được gì. Hãy kiểm tra quyền ghi của thư mục."),
    sqlite3.SQLITE_IOERR: ("disk_error", "Ổ đĩa báo lỗi khi ghi; việc vừa làm chưa được ghi. Hãy kiểm tra ổ đĩa."),
    sqlite3.SQLITE_BUSY: (
        "register_in_use",
        "Sổ đang bận vì chương trình khác. Hãy đóng chương trình kia rồi thử lại.",
    ),
    sqlite3.SQLITE_CANTOPEN: ("disk_error", "Không mở được tệp của sổ. Hãy kiểm tra ổ đĩa và quyền ghi."),
}


class Register:
    """One open register: its folder, its database and its lock. Opaque to everything above ``db``."""

    def __init__(self, home: Path, database: "peewee.SqliteDatabase", held: folder.Lock, *, practice: bool) -> None:
        self.home = home
        self.database = database
        self.practice = practice
        #: What the office derived from rows that change rarely (unit, calendar, catalogue); it also clears it.
        self.derived: dict[str, Any] = {}
        #: Who has proved since it was opened to be who he says: short name → whether he may already act.
        self.proved: dict[str, bool] = {}
        #: Who said by his password, when, that he stands for what the next transaction records; nothing after it.
        self.vouched: dict[str, datetime] = {}
        self._held = held
        self._depth = 0
        self._granted: set[tuple[str, str]] = set()

    @property
    def documents(self) -> Path:
        """Folder of the rendered papers."""
        return self.home / folder.DOCUMENT_FOLDER

    @contextmanager
    def write(self) -> Iterator[None]:
        """One IMMEDIATE transaction: all or nothing; the disk's troubles become one sentence.

        Never hold it across rendering, printing or the network.
        """
        with translated(self.home), self.database.atomic("IMMEDIATE"):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    self._granted.clear()
                    self.vouched.clear()

    def grant(self, clerk: str, kind: str) -> None:
        """From now to the end of this transaction ``clerk`` may record events of this kind; inside ``write``.

        Whether he may is the office's question (``office.rights``); that it was asked is held here.
        """
        if not self._depth:
            raise RuntimeError("a right is given for one transaction, and none is open")
        self._granted.add((clerk, str(kind)))

    def is_granted(self, clerk: str, kind: str) -> bool:
        """Whether somebody asked, in this transaction, if ``clerk`` may."""
        return (clerk, str(kind)) in self._granted

    @contextmanager
    def session(self) -> Iterator["Register"]:
        """The register for a worker thread: a connection of its own, and nothing derived that another one clears."""
        own = copy(self)
        own.derived, own.vouched = {}, {}
        own._depth, own._granted = 0, set()
        with translated(self.home), self.database.connection_context():
            yield own

    def check(self) -> None:
        """Look through the whole file; raises ``register_corrupt``. In a ``session`` of its own thread."""
        _check(self.home, self.database)

    def stop_when(self, asked: Callable[[], bool]) -> None:
        """From now on whatever this thread reads breaks off soon after ``asked`` answers True, with SQLite's error."""
        self.database.connection().set_progress_handler(asked, _LOOK_UP_EVERY)

    def close(self) -> None:
        """Close the file (folding the WAL into it) and let others open the folder."""
        if not self.database.is_closed():
            self.database.close()
        self._held.release()

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def translated(home: Path) -> Iterator[None]:
    """Turn SQLite's environment errors into ``RegisterProblem``; anything else is our bug and passes."""
    try:
        yield
    except Exception as error:
        if _is_of_the_database(error) and (problem := problem_of(error, home)):
            raise problem from error
        raise


def _is_of_the_database(error: Exception) -> bool:
    """SQLite's own error, or peewee's, which nobody can have met before peewee was loaded."""
    known = sys.modules.get("peewee")
    return isinstance(error, sqlite3.DatabaseError) or (known is not None and isinstance(error, known.DatabaseError))


def problem_of(error: Exception, home: Path) -> RegisterProblem | None:
    """The world's trouble behind an error of the database; None when it is our bug."""
    code = _world_code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return corrupt(home)
    if code in _WORLD:
        word, sentence = _WORLD[code]
        return RegisterProblem(word, sentence, folder=str(home))
    return None


def _world_code(error: BaseException | None) -> int | None:
    """SQLite's primary code of the first trouble in the chain that is the world's.

    On a full disk SQLite rolls back by itself, so that peewee's own rollback fails and hides the cause.
    """
    while error is not None:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
        if code in _WORLD or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return code
        error = error.__cause__ or error.__context__
    return None


def corrupt(home: Path) -> RegisterProblem:
    """The problem of a damaged file; ``backup`` names the good copy that holds most, if there is one."""
    newest = backup.newest(home / folder.BACKUP_FOLDER)
    if newest is None:
        hint = "Chưa có bản sao lưu nào; hãy giữ nguyên thư mục và gọi người hỗ trợ."
    else:
        hint = f"Khôi phục được từ bản sao lưu {newest.name}; khi khôi phục, sổ hỏng vẫn được giữ lại."
    return RegisterProblem(
        "register_corrupt", f"Tệp của sổ bị hỏng nên không mở. {hint}", backup=str(newest) if newest else None
    )


def exists(home: Path) -> bool:
    """Whether a register lives in this folder."""
    return (home / folder.REGISTER_FILE).is_file()


def create(
    home: Path,
    *,
    practice: bool,
    now: datetime,
    found: Callable[[Register], None] = lambda _: None,
    wait_seconds: float = 0,
) -> Register:
    """Make a new register by running every migration and then ``found``; refuses a folder that has one.

    It gets its name when all of that is done: whatever interrupts, there is a whole register or none.
    A practice register is one for ever: the word stands in the file and, by the office, in the chain.
    """
    folder.refuse_network_share(home)
    folder.make(home)
    held = folder.lock(home, wait_seconds=wait_seconds)
    try:
        if exists(home):
            raise RegisterProblem("register_exists", "Thư mục này đã có sổ. Hãy chọn thư mục khác.", folder=str(home))
        folder.discard_unfinished(home)
        with translated(home):
            _found(home, held, practice, now, found)
        folder.finish(home)
        return Register(home, _connect(home, folder.REGISTER_FILE), held, practice=practice)
    except BaseException:
        folder.discard_unfinished(home)
        held.release()
        raise


def _found(home: Path, held: folder.Lock, practice: bool, now: datetime, found: Callable[[Register], None]) -> None:
    folder.prepare(home / folder.UNFINISHED_FILE)
    database = _connect(home, folder.UNFINISHED_FILE)
    try:
        migrations.apply(database, now)
        database.execute_sql("INSERT INTO setting (name, value) VALUES ('practice', ?)", (json.dumps(practice),))
        found(Register(home, database, held, practice=practice))
    finally:
        database.close()


def open_existing(home: Path, *, now: datetime, wait_seconds: float = 0, check: bool = True) -> Register:
    """Open the register of ``home``: lock, check, back up and migrate an older file.

    Without ``check`` the caller owes a ``Register.check`` at once: the window shows itself meanwhile.

    Raises ``RegisterProblem``: no_register, network_share, register_in_use, register_corrupt,
    register_newer, read_only, disk_full.
    """
    if not exists(home):
        raise RegisterProblem(
            "no_register", "Chưa có sổ ở thư mục này. Hãy lập sổ trước bằng lệnh init.", folder=str(home)
        )
    folder.refuse_network_share(home)
    held = folder.lock(home, wait_seconds=wait_seconds)
    try:
        if not folder.looks_like_a_register(home):
            raise corrupt(home)  # before SQLite is let near it: connecting alone would change it
        database = _connect(home, folder.REGISTER_FILE)
        try:
            with translated(home):
                _refuse_newer(database)
                if check or migrations.pending(database):
                    _check(home, database)
                _upgrade(home, database, now)
                practice = database.execute_sql("SELECT value FROM setting WHERE name = 'practice'").fetchone()
        except BaseException:
            database.close()
            raise
    except BaseException:
        held.release()
        raise
    return Register(home, database, held, practice=practice is not None and json.loads(practice[0]))


def _connect(home: Path, name: str) -> "peewee.SqliteDatabase":
    with translated(home):
        return cast("peewee.SqliteDatabase", Database(home / name, PRAGMAS))


def _refuse_newer(database: "peewee.SqliteDatabase") -> None:
    version = database.execute_sql("PRAGMA user_version").fetchone()[0]
    if version > migrations.LATEST:
        raise RegisterProblem(
            "register_newer",
            f"Sổ này do bản chương trình mới hơn ghi (cấu trúc {version}, bản đang chạy hiểu đến {migrations.LATEST}). "
            "Hãy cài bản mới; sổ chưa bị đụng đến.",
            register_version=version,
            program_version=migrations.LATEST,
        )


def _check(home: Path, database: "peewee.SqliteDatabase") -> None:
    if database.execute_sql("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise corrupt(home)


def _upgrade(home: Path, database: "peewee.SqliteDatabase", now: datetime) -> None:
    if migrations.pending(database):
        backup.make(home, now=now, reason="before-migration")
        migrations.apply(database, now)
