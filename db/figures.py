"""Figures derived from the events: every dossier's course and the figures of every day, in a file of their own.

The file holds nothing that the register does not say; it may be lost or deleted at any time and is made anew. It hides
its tables and follows the register by the number and hash of the last event it has read. Called by ``office.counting``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.connection import Register, problem_of
from db.errors import RegisterProblem
from db.orm import peewee

_FILE = "figures.sqlite3"
#: Another version of these tables is thrown away and made anew.
_VERSION = 1
_TABLES = (
    """CREATE TABLE course (
         dossier INTEGER NOT NULL PRIMARY KEY, field TEXT NOT NULL, procedure TEXT NOT NULL, online INTEGER NOT NULL,
         received_on TEXT NOT NULL, ended_on TEXT, outcome TEXT)""",
    "CREATE INDEX course_received ON course (received_on, field, procedure, online)",
    "CREATE INDEX course_ended ON course (ended_on, field, procedure, outcome)",
    """CREATE TABLE span (
         dossier INTEGER NOT NULL, from_on TEXT NOT NULL, due_on TEXT, paused_on TEXT,
         PRIMARY KEY (dossier, from_on)) WITHOUT ROWID""",
    """CREATE TABLE day (
         day TEXT NOT NULL, field TEXT NOT NULL, procedure TEXT NOT NULL, received_online INTEGER NOT NULL,
         received_direct INTEGER NOT NULL, early INTEGER NOT NULL, on_time INTEGER NOT NULL, late INTEGER NOT NULL,
         pending INTEGER NOT NULL, overdue INTEGER NOT NULL, PRIMARY KEY (day, field, procedure)) WITHOUT ROWID""",
    "CREATE TABLE mark (seq INTEGER NOT NULL, hash TEXT NOT NULL, counted_until TEXT)",
    f"PRAGMA user_version = {_VERSION}",
)
_AT_ONCE = 500
#: Losing the last seconds in a power cut costs a recount, so nothing waits for the disk here.
_PRAGMAS = {"journal_mode": "wal", "synchronous": "normal"}
#: Seconds to wait for whoever writes them at the same time.
_PATIENCE = 5.0
#: The name of figures without a file, for SQLite and among what the register's connection has derived.
_MEMORY = ":memory:"
#: The span in effect at the end of a day; a promise runs to the end of its day.
_OVERDUE = (
    "EXISTS (SELECT 1 FROM span WHERE span.dossier = course.dossier AND due_on < coalesce(paused_on, :last)"
    " AND from_on = (SELECT max(from_on) FROM span AS s WHERE s.dossier = course.dossier AND s.from_on <= :last))"
)
_CARRIED = "received_on < :first AND (ended_on IS NULL OR ended_on >= :first)"
_CAME = "received_on BETWEEN :first AND :last"
_DONE = "ended_on BETWEEN :first AND :last"
_LEFT = "received_on <= :last AND (ended_on IS NULL OR ended_on > :last)"
#: Column of the table → the dossiers behind it.
_BEHIND = {
    "received_total": f"(({_CAME}) OR ({_CARRIED}))",
    "received_online": f"{_CAME} AND online = 1",
    "received_direct": f"{_CAME} AND online = 0",
    "carried_over": _CARRIED,
    "resolved_total": _DONE,
    "early": f"{_DONE} AND outcome = 'early'",
    "on_time": f"{_DONE} AND outcome = 'on_time'",
    "late": f"{_DONE} AND outcome = 'late'",
    "pending_total": _LEFT,
    "pending_in_time": f"{_LEFT} AND NOT {_OVERDUE}",
    "pending_overdue": f"{_LEFT} AND {_OVERDUE}",
}

_NAMES = "dossier, field, procedure, online, received_on, ended_on, outcome"

#: Days of one dossier: field, procedure, online, received_on, ended_on, outcome, then its spans.
StoredCourse = tuple[int, str, str, bool, str, str | None, str | None, Sequence[tuple[str, str | None, str | None]]]
#: The days on which a dossier came and ended.
Reach = tuple[str, str | None]
DayRow = tuple[str, str, str, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the register was read, and the last day (ISO) whose figures are stored."""

    seq: int = 0
    hash: str = ""
    counted_until: str | None = None


class Figures:
    """The open file of figures; used and closed within one thread."""

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self._database = database

    def run(self, statement: str, facts: Any = ()) -> Any:
        return self._database.execute_sql(statement, facts)

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction."""
        with self._database.atomic("IMMEDIATE"):
            yield

    def mark(self) -> Mark:
        row = self.run("SELECT seq, hash, counted_until FROM mark").fetchone()
        return Mark(*row) if row else Mark()

    def set_mark(self, mark: Mark) -> None:
        self.run("DELETE FROM mark")
        self.run("INSERT INTO mark VALUES (?, ?, ?)", (mark.seq, mark.hash, mark.counted_until))

    def forget(self) -> None:
        """Everything: the register tells another story than the one that was read."""
        for name in ("course", "span", "day", "mark"):
            self.run(f"DELETE FROM {name}")

    def forget_days_after(self, on: str) -> None:
        self.run("DELETE FROM day WHERE day > ?", (on,))

    def put_courses(self, dossiers: Sequence[int], courses: Iterable[StoredCourse]) -> None:
        """Replace what is known of these dossiers; one without a course is in no table."""
        for start in range(0, len(dossiers), _AT_ONCE):
            some = dossiers[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            self.run(f"DELETE FROM course WHERE dossier IN ({places})", some)
            self.run(f"DELETE FROM span WHERE dossier IN ({places})", some)
        connection = self._database.connection()
        told = list(courses)
        connection.executemany("INSERT INTO course VALUES (?, ?, ?, ?, ?, ?, ?)", [one[:7] for one in told])
        connection.executemany(
            "INSERT INTO span VALUES (?, ?, ?, ?)", [(one[0], *span) for one in told for span in one[7]]
        )

    def put_days(self, rows: Iterable[DayRow]) -> None:
        self._database.connection().executemany("INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def first_day(self) -> str | None:
        """The first day on which a dossier was received."""
        return self.run("SELECT min(received_on) FROM course").fetchone()[0]

    def open_after(self, on: str) -> Iterator[tuple]:
        """Rows ``(dossier, field, procedure, online, received_on, ended_on, outcome, from_on, due_on, paused_on)``.

        One for every span of every course that was open at the end of that day or began later, by dossier.
        """
        yield from self._with_spans("ended_on IS NULL", "ended_on > :on", {"on": on})

    def standing_on(self, on: str) -> Iterator[tuple]:
        """The rows of ``open_after`` for what was received by the end of that day and had not ended before it."""
        came = "received_on <= :on AND"
        yield from self._with_spans(f"{came} ended_on IS NULL", f"{came} ended_on >= :on", {"on": on})

    def _with_spans(self, still_open: str, ended: str, facts: dict[str, str]) -> Iterator[tuple]:
        # Two questions, for each of which SQLite has an index; one with OR has none.
        yield from self.run(
            f"SELECT course.{_NAMES}, from_on, due_on, paused_on FROM ("
            f"SELECT {_NAMES} FROM course WHERE {still_open} UNION ALL SELECT {_NAMES} FROM course WHERE {ended}"
            ") AS course JOIN span ON span.dossier = course.dossier ORDER BY course.dossier, from_on",
            facts,
        )

    def courses_of(self, dossiers: Sequence[int]) -> Iterator[tuple]:
        """The rows of ``open_after`` for these dossiers, by dossier."""
        for start in range(0, len(dossiers), _AT_ONCE):
            some = dossiers[start : start + _AT_ONCE]
            yield from self.run(
                f"SELECT course.{_NAMES}, from_on, due_on, paused_on FROM course JOIN span"
                " ON span.dossier = course.dossier"
                f" WHERE course.dossier IN ({', '.join('?' * len(some))}) ORDER BY course.dossier, from_on",
                some,
            )

    def reaches(self, dossiers: Sequence[int]) -> dict[int, Reach]:
        """When these came and ended, as far as they have a course."""
        found: dict[int, Reach] = {}
        for start in range(0, len(dossiers), _AT_ONCE):
            some = dossiers[start : start + _AT_ONCE]
            asked = f"SELECT dossier, received_on, ended_on FROM course WHERE dossier IN ({', '.join('?' * len(some))})"
            found |= {dossier: (came, ended) for dossier, came, ended in self.run(asked, some)}
        return found

    def flows(self, first: str, last: str) -> list[tuple]:
        """``(field, procedure, received_online, received_direct, early, on_time, late)`` summed over stored days."""
        return list(
            self.run(
                "SELECT field, procedure, sum(received_online), sum(received_direct), sum(early), sum(on_time),"
                " sum(late) FROM day WHERE day BETWEEN ? AND ? GROUP BY field, procedure",
                (first, last),
            )
        )

    def months(self, first: str, last: str) -> list[tuple]:
        """``(day, received, early, on_time, late, pending, overdue)`` by stored day, all groups together."""
        return list(
            self.run(
                "SELECT day, sum(received_online + received_direct), sum(early), sum(on_time), sum(late), sum(pending),"
                " sum(overdue) FROM day WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day",
                (first, last),
            )
        )

    def stock(self, on: str) -> list[tuple]:
        """``(field, procedure, pending, overdue)`` at the end of a stored day."""
        return list(self.run("SELECT field, procedure, pending, overdue FROM day WHERE day = ? AND pending > 0", (on,)))

    def behind(self, column: str, first: str, last: str, *, field: str | None, procedure: str | None) -> list[int]:
        """Ids of the dossiers that a cell counts, oldest first."""
        facts = {"first": first, "last": last, "field": field, "procedure": procedure}
        where = _BEHIND[column]
        where += " AND field = :field" if field is not None else ""
        where += " AND procedure = :procedure" if procedure is not None else ""
        return [row[0] for row in self.run(f"SELECT dossier FROM course WHERE {where} ORDER BY dossier", facts)]


def _nothing(_kept: Figures) -> None: ...


@contextmanager
def opened(book: Register, follow: Callable[[Figures], None] = _nothing) -> Iterator[Figures]:
    """The figures of a register after ``follow`` brought them up to date, in a connection of this thread.

    A file that cannot be read is made anew. Where none can be written (full disk, folder only read) figures are kept in
    memory for as long as the register is open. RegisterProblem ``figures_busy``; ``figures_damaged`` for a file that
    turns out damaged later: it is thrown away, and the next try counts anew.
    """
    path = book.home / _FILE
    database = _followed(book, path, follow)
    try:
        yield Figures(database)
    except peewee.DatabaseError as error:
        if database is book.derived.get(_MEMORY):
            raise
        database.close()
        _discard(path)
        raise RegisterProblem(
            "figures_damaged", "Tệp số liệu bị hỏng và đã được bỏ; sổ vẫn nguyên. Hãy làm lại để tính lại từ sổ."
        ) from error
    finally:
        if database is not book.derived.get(_MEMORY):
            database.close()


def _followed(book: Register, path: Path, follow: Callable[[Figures], None]) -> peewee.SqliteDatabase:
    if _MEMORY not in book.derived:
        database = _in_file(path, follow)
        if database is None and not path.exists():
            database = _in_file(path, follow)
        if database is not None:
            return database
        book.derived[_MEMORY] = _prepared(peewee.SqliteDatabase(_MEMORY))
    follow(Figures(book.derived[_MEMORY]))
    return book.derived[_MEMORY]


def _in_file(path: Path, follow: Callable[[Figures], None]) -> peewee.SqliteDatabase | None:
    """The file, followed; None when that cannot be: a damaged one is thrown away, and the next try makes it anew."""
    database = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, timeout=_PATIENCE)
    try:
        follow(Figures(_prepared(database)))
    except peewee.DatabaseError as error:
        database.close()
        problem = problem_of(error, path.parent)
        if problem is None or problem.code == "register_corrupt":
            _discard(path)
        elif problem.code == "register_in_use":
            raise RegisterProblem(
                "figures_busy", "Số liệu đang được tính lại từ sổ; hãy xem lại sau ít phút. Các việc khác vẫn làm được."
            ) from error
        return None
    except BaseException:
        database.close()
        raise
    return database


def _prepared(database: peewee.SqliteDatabase) -> peewee.SqliteDatabase:
    """Connected, with the tables of this version."""
    database.connect()
    version = database.execute_sql("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        with database.atomic("IMMEDIATE"):
            for name in ("course", "span", "day", "mark"):
                database.execute_sql(f"DROP TABLE IF EXISTS {name}")
            for statement in _TABLES:
                database.execute_sql(statement)
    return database


def _discard(path: Path) -> None:
    """Throw the file away; what cannot be removed stays, and figures are kept in memory."""
    with suppress(OSError):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(_FILE + suffix).unlink(missing_ok=True)


def told_since(book: Register, seq: int) -> list[tuple[int, str]]:
    """``(dossier id, moment)``: the dossiers with newer events, each with the earliest of these."""
    return list(
        book.database.execute_sql(
            "SELECT dossier.id, min(event.at) FROM event JOIN dossier ON dossier.code = event.dossier"
            " WHERE event.seq > ? GROUP BY dossier.id ORDER BY dossier.id",
            (seq,),
        )
    )


def histories(book: Register, dossiers: Sequence[int], until_seq: int) -> Iterator[tuple[int, str, str, str]]:
    """``(dossier id, kind, moment, payload)`` of every event up to a number, by dossier and in order."""
    for start in range(0, len(dossiers), _AT_ONCE):
        some = dossiers[start : start + _AT_ONCE]
        yield from book.database.execute_sql(
            "SELECT dossier.id, event.kind, event.at, event.payload FROM dossier"
            " JOIN event ON event.dossier = dossier.code"
            f" WHERE dossier.id IN ({', '.join('?' * len(some))}) AND event.seq <= ? ORDER BY dossier.id, event.seq",
            (*some, until_seq),
        )


def codes(book: Register, dossiers: Sequence[int]) -> dict[int, str]:
    """Dossier id → code."""
    found: dict[int, str] = {}
    for start in range(0, len(dossiers), _AT_ONCE):
        some = dossiers[start : start + _AT_ONCE]
        places = ", ".join("?" * len(some))
        found |= dict(book.database.execute_sql(f"SELECT id, code FROM dossier WHERE id IN ({places})", some))
    return found


def ids(book: Register, codes: Sequence[str]) -> dict[str, int]:
    """Dossier code → id."""
    found: dict[str, int] = {}
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        places = ", ".join("?" * len(some))
        found |= dict(book.database.execute_sql(f"SELECT code, id FROM dossier WHERE code IN ({places})", some))
    return found
