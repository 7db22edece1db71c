"""Procedure versions as stored, one row a version with its content as JSON text, and the decisions that made them.

Rows are only ever added. The rows that a register began with belong to no decision; those of a decision that was
taken back stay, because dossiers may name them, and speak no more. Which version speaks on a day is the office's.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from db import events, statements
from db.connection import Register
from db.schema import Decision

_NAMES = ("id", "code", "valid_from", "valid_to", "content", "decision", "fields")


class VersionRow(NamedTuple):
    """A row as stored: days as ISO text, ``fields`` a JSON list of what its decision set, ``None`` for everything."""

    id: int
    code: str
    valid_from: str | None
    valid_to: str | None
    content: str
    decision: int | None = None
    fields: str | None = None


def insert(book: Register, versions: Iterable[tuple[str, str | None, str | None, str]]) -> None:
    """Add the versions ``(code, valid_from, valid_to, content)`` that a register begins with; inside ``write``."""
    append(book, [VersionRow(id, *version) for id, version in enumerate(versions, start=next_id(book))])


def append(book: Register, rows: Iterable[VersionRow]) -> None:
    """Add whole rows, their ids given out from ``next_id`` on; inside ``Register.write``."""
    for row in rows:
        statements.insert(book, "procedure_version", row._asdict())


def next_id(book: Register) -> int:
    """The id of the next version; only inside ``Register.write``."""
    return book.database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM procedure_version").fetchone()[0]


def everything(book: Register) -> list[VersionRow]:
    """All rows, oldest first."""
    rows = book.database.execute_sql(f"SELECT {', '.join(_NAMES)} FROM procedure_version ORDER BY id")
    return [VersionRow(*row) for row in rows]


def speaking(book: Register) -> Iterator[tuple[int, str]]:
    """``(version id, content)`` of every version whose decision was not taken back, oldest first, a row at a time."""
    yield from book.database.execute_sql(
        "SELECT id, content FROM procedure_version WHERE decision IS NULL"
        " OR decision NOT IN (SELECT seq FROM decision WHERE undone_by IS NOT NULL) ORDER BY id"
    )


def newest_source(book: Register, until: str) -> str | None:
    """The newest day up to ``until`` of a source that a version was taken from; ISO text, as is ``until``."""
    sql = (
        "SELECT max(json_extract(content, '$.source_on')) FROM procedure_version WHERE (decision IS NULL"
        " OR decision NOT IN (SELECT seq FROM decision WHERE undone_by IS NOT NULL))"
        " AND json_extract(content, '$.source_on') <= ?"
    )
    return book.database.execute_sql(sql, (until,)).fetchone()[0]


def of_code(book: Register, code: str) -> list[VersionRow]:
    """Every version of one procedure, oldest first, those of decisions taken back included."""
    rows = book.database.execute_sql(
        f"SELECT {', '.join(_NAMES)} FROM procedure_version WHERE code = ? ORDER BY id", (code,)
    )
    return [VersionRow(*row) for row in rows]


def content(book: Register, version_id: int) -> str:
    """The content of one version; ids come from dossiers, which cannot name a missing one."""
    return book.database.execute_sql("SELECT content FROM procedure_version WHERE id = ?", (version_id,)).fetchone()[0]


def fields(book: Register, version_id: int) -> frozenset[str] | None:
    """What the decision of a version set, or ``None`` where that is everything."""
    row = book.database.execute_sql("SELECT fields FROM procedure_version WHERE id = ?", (version_id,)).fetchone()
    return None if row[0] is None else frozenset(json.loads(row[0]))


def told(fields: Iterable[str]) -> str:
    """A row's ``fields`` as stored."""
    return json.dumps(sorted(fields), separators=(",", ":"))


def newest(book: Register) -> int:
    """The event that changed the catalogue last, 0 when none ever did."""
    return book.database.execute_sql(
        "SELECT coalesce(max(max(seq, coalesce(undone_by, 0))), 0) FROM decision"
    ).fetchone()[0]


def digest(rows: Iterable[VersionRow]) -> str:
    """SHA-256 of the rows that a decision made, as its event keeps it."""
    told = [[row.id, row.code, row.valid_from, row.valid_to, row.content, row.fields] for row in rows]
    return hashlib.sha256(events.canonical({"versions": told}).encode()).hexdigest()


def decide(book: Register, seq: int, number: str, decided_on: str | None, effective_on: str) -> None:
    """Note the decision that event ``seq`` recorded; inside ``Register.write``."""
    Decision.insert(seq=seq, number=number, decided_on=decided_on, effective_on=effective_on).execute(book.database)


def take_back(book: Register, seq: int, *, by: int) -> None:
    """Note that event ``by`` took decision ``seq`` back; inside ``Register.write``."""
    Decision.update(undone_by=by).where(Decision.seq == seq).execute(book.database)


def decisions(book: Register, code: str | None = None) -> dict[int, int | None]:
    """Event of each decision, of all or of those that changed ``code`` → event that took it back; oldest first."""
    only = "" if code is None else " WHERE seq IN (SELECT decision FROM procedure_version WHERE code = ?)"
    rows = book.database.execute_sql(
        f"SELECT seq, undone_by FROM decision{only} ORDER BY seq", () if code is None else (code,)
    )
    return dict(rows)


def decision_rows(book: Register) -> list[tuple[int, str, str | None, str, int | None]]:
    """``(seq, number, decided_on, effective_on, undone_by)`` of every decision, oldest first."""
    return list(
        book.database.execute_sql("SELECT seq, number, decided_on, effective_on, undone_by FROM decision ORDER BY seq")
    )


def decided_since(book: Register, seq: int) -> tuple[int, str] | None:
    """A later decision that still holds and changed a procedure of decision ``seq``, with that procedure's code."""
    return book.database.execute_sql(
        "SELECT later.decision, later.code FROM procedure_version own"
        " JOIN procedure_version later ON later.code = own.code AND later.decision > own.decision"
        " JOIN decision ON decision.seq = later.decision AND decision.undone_by IS NULL"
        " WHERE own.decision = ? ORDER BY later.decision DESC, later.code LIMIT 1",
        (seq,),
    ).fetchone()
