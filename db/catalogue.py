"""Procedure versions as stored: one row a version, its content as JSON text."""

from collections.abc import Iterable

from db.connection import Register
from db.schema import ProcedureVersion


def insert(book: Register, versions: Iterable[tuple[str, str | None, str | None, str]]) -> None:
    """Add versions ``(code, valid_from, valid_to, content)``; inside ``Register.write``."""
    names = ("code", "valid_from", "valid_to", "content")
    rows = [dict(zip(names, version, strict=True)) for version in versions]
    for start in range(0, len(rows), 100):
        ProcedureVersion.insert_many(rows[start : start + 100]).execute(book.database)


def everything(book: Register) -> list[tuple[int, str]]:
    """All versions as ``(version id, content)``, oldest first."""
    return list(book.database.execute_sql("SELECT id, content FROM procedure_version ORDER BY id"))


def content(book: Register, version_id: int) -> str:
    """The content of one version; ids come from dossiers, which cannot name a missing one."""
    return book.database.execute_sql("SELECT content FROM procedure_version WHERE id = ?", (version_id,)).fetchone()[0]
