"""The hub's open database: SQLite in a folder by default, PostgreSQL by an address, and one way to write to either.

Hides peewee, the two dialects' placeholders, and that writers come one after another on both. Everything in
``desktop.hub`` passes a :class:`Hub` on; what is asked of it is SQL that both databases read alike, in ``db.hub_*``.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from db import folder, hub_migrations
from db.connection import PRAGMAS, translated
from db.engine import Engine
from db.errors import RegisterProblem
from db.orm import peewee

DATABASE_FILE = "hub.sqlite3"
SERVING_LOCK = "hub.lock"
#: An administrator waits while many reports are being taken.
_PATIENCE_MS = 15_000
#: A hub is one process for a province: it remembers four times what a counter does.
_PRAGMAS = PRAGMAS | {"busy_timeout": _PATIENCE_MS, "cache_size": -8000}
#: The one lock of PostgreSQL that every writer of a hub takes first.
_WRITERS = 4_711_620_231

#: Rows that SQLite is given at a time: Python's driver lets go of all other threads' lock, and waits for it, each time.
_ROWS = 50

Value = str | int | bytes | None
Row = tuple[Any, ...]


class Hub:
    """One open hub. A thread that did not open it asks within :meth:`session`."""

    def __init__(self, home: Path, database: peewee.Database, *, is_postgres: bool) -> None:
        self.home = home
        self.is_postgres = is_postgres
        #: What was derived from rows and is true until somebody writes; emptied when a writing fails.
        self.derived: dict[str, Any] = {}
        self._database = database

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, all or nothing, while no other process writes; troubles become ``RegisterProblem``."""
        with self._translated():
            try:
                if self.is_postgres:
                    with self._database.atomic():
                        self._database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_WRITERS,))
                        yield
                else:
                    with self._database.atomic("IMMEDIATE"):
                        yield
            except BaseException:
                self.derived.clear()
                raise

    @contextmanager
    def session(self) -> Iterator[None]:
        """A connection for this thread, closed afterwards if it was opened here."""
        with self._translated():
            if not self._database.is_closed():
                yield
                return
            self._database.connect()
            try:
                yield
            finally:
                self._database.close()

    def rows(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """All rows that a question has; ``?`` stands for each of ``params``."""
        with self._translated():
            return list(self._database.execute_sql(self._worded(sql), tuple(params)).fetchall())

    def row(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row, if there is one."""
        with self._translated():
            return self._database.execute_sql(self._worded(sql), tuple(params)).fetchone()

    def run(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Change rows, inside :meth:`write`; returns how many."""
        return int(self._database.execute_sql(self._worded(sql), tuple(params)).rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """The same statement for many rows, inside :meth:`write`."""
        many = list(rows)
        if not self.is_postgres and len(many) >= _ROWS and (wide := _widened(sql)):
            cursor = self._database.cursor()
            whole = len(many) - len(many) % _ROWS
            for start in range(0, whole, _ROWS):
                cursor.execute(wide, list(chain.from_iterable(many[start : start + _ROWS])))
            many = many[whole:]
        if many:
            self._database.cursor().executemany(self._worded(sql), many)

    def has_table(self, name: str) -> bool:
        """Whether the database has a table of this name."""
        return self._database.table_exists(name)

    def close(self) -> None:
        """Close this thread's connection."""
        if not self._database.is_closed():
            self._database.close()

    def __enter__(self) -> "Hub":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _worded(self, sql: str) -> str:
        return _with_percent(sql) if self.is_postgres else sql

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with translated(self.home):
                yield
        except Exception as error:
            if self.is_postgres and _is_of_the_server(error):
                raise _unreachable() from error
            raise


def exists(home: Path) -> bool:
    """Whether a hub with an embedded database lives in this folder."""
    return (home / DATABASE_FILE).is_file()


def open_hub(home: Path, database_url: str | None = None) -> Hub:
    """Open the hub of a folder and bring its tables up to date; several processes may have it open.

    ``database_url`` (``postgresql://…``) says where the rows are, else they are in the folder. RegisterProblem
    ``bad_database_url``, ``database_unreachable``, ``network_share``, ``hub_newer``, ``read_only``,
    ``register_corrupt``.
    """
    folder.make(home)
    hub = Hub(home, _postgres(database_url) if database_url else _sqlite(home), is_postgres=bool(database_url))
    try:
        with hub._translated():
            hub._database.connect()
            hub_migrations.apply(hub)
    except BaseException:
        hub.close()
        raise
    return hub


@contextmanager
def serving(home: Path) -> Iterator[None]:
    """Be the one process that serves this folder; RegisterProblem ``hub_in_use``."""
    try:
        held = folder.Lock(home, wait_seconds=0, name=SERVING_LOCK)
    except sqlite3.OperationalError as error:
        raise RegisterProblem(
            "hub_in_use", "Đầu mối ở thư mục này đang được phục vụ bởi một tiến trình khác.", folder=str(home)
        ) from error
    try:
        yield
    finally:
        held.release()


def _sqlite(home: Path) -> peewee.Database:
    folder.refuse_network_share(home)
    path = home / DATABASE_FILE
    if not path.exists() and os.name == "posix":
        # Codes and passwords are in it as hashes only, yet others on the machine need not read it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    return Engine(str(path), pragmas=_PRAGMAS, autoconnect=False)


def _postgres(url: str) -> peewee.Database:
    import psycopg

    address = re.sub(r"^postgres://", "postgresql://", url)
    try:
        is_understood = address.startswith("postgresql://") and psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.ProgrammingError:  # it quotes the password, which nobody needs to read
        is_understood = False
    if not is_understood:
        raise RegisterProblem(
            "bad_database_url",
            "Địa chỉ cơ sở dữ liệu phải có dạng postgresql://người:mật-khẩu@máy/tên, trong đó dấu cách, % và @ của mật "
            "khẩu viết là %20, %25 và %40; chưa làm gì.",
        )
    from db.hub_postgres import Postgres

    return Postgres(address, autoconnect=False, connect_timeout=10)


def _is_of_the_server(error: BaseException) -> bool:
    import psycopg

    return isinstance(
        error, (peewee.OperationalError, peewee.InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    )


def _unreachable() -> RegisterProblem:
    return RegisterProblem(
        "database_unreachable",
        "Không dùng được cơ sở dữ liệu PostgreSQL: hãy kiểm tra địa chỉ, quyền và máy chủ. Việc dở dang chưa được ghi.",
    )


@cache
def _with_percent(sql: str) -> str:
    return sql.replace("?", "%s")


@cache
def _widened(sql: str) -> str:
    """The insertion of so many rows as SQLite is given at a time; empty for any other statement."""
    found = re.search(r"VALUES (\([?, ]+\))", sql)
    return f"{sql[: found.start(1)]}{', '.join([found[1]] * _ROWS)}{sql[found.end() :]}" if found else ""
