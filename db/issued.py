"""Papers that were issued, frozen as JSON in the transaction of their act, and the files made of them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import events, numbers, statements
from db.connection import Register
from db.records import IssuedDocument, SlipRow
from db.vocabulary import DocumentKind, EventKind, PrintOutcome

_SELECT = "SELECT id, dossier, kind, year, number, version, issued_at, content FROM issued_document"


def next_number(book: Register, kind: DocumentKind, year: int) -> int:
    """The next number of this form in this year, above what a lost time may have given; inside ``Register.write``."""
    given: int = book.database.execute_sql(
        "SELECT coalesce(max(number), 0) FROM issued_document WHERE kind = ? AND year = ?", (str(kind), year)
    ).fetchone()[0]
    return max(given, numbers.of_documents(book, kind, year)) + 1


@dataclass(frozen=True, slots=True)
class Frozen:
    """The content of a paper as it is stored: canonical JSON text, and its SHA-256 as the issuing event keeps it."""

    text: str
    sha256: str


def frozen(content: dict) -> Frozen:
    """The content (JSON values) of a paper about to be issued."""
    text = events.canonical(content)
    return Frozen(text, hashlib.sha256(text.encode()).hexdigest())


def digest(content: dict) -> str:
    """SHA-256 of a frozen content, as it stands in the event that issued it."""
    return frozen(content).sha256


def insert(
    book: Register, dossier: str | None, kind: DocumentKind, *, number: int, version: int, at: datetime, content: Frozen
) -> int:
    """Store one paper, of a dossier or of nobody's yet; returns its id."""
    row = {
        "dossier": dossier,
        "kind": str(kind),
        "year": at.year,
        "number": number,
        "version": version,
        "issued_at": at.isoformat(timespec="seconds"),
        "content": content.text,
        "content_sha256": content.sha256,
    }
    return statements.insert(book, "issued_document", row)


def of_dossier(book: Register, dossier: str) -> list[IssuedDocument]:
    """The papers of a dossier, oldest first."""
    prints = [
        payload["document"]
        for event in events.of_dossier(book, dossier)
        if event.kind == EventKind.PRINT
        for payload in [json.loads(event.payload)]
        if payload["outcome"] == PrintOutcome.SENT
    ]
    rows = book.database.execute_sql(f"{_SELECT} WHERE dossier = ? ORDER BY id", (dossier,))
    return [_record(book, row, prints.count(row[0])) for row in rows]


def of_slip(book: Register, slip: SlipRow) -> IssuedDocument:
    """The paper of a slip that was given before any dossier existed."""
    row = book.database.execute_sql(f"{_SELECT} WHERE id = ?", (slip.document,)).fetchone()
    return _record(book, row, slip.printed)


def _record(book: Register, row: Any, printed: int) -> IssuedDocument:
    return IssuedDocument(
        id=row[0],
        dossier=row[1],
        kind=DocumentKind(row[2]),
        number=f"{row[4]:02d}",
        version=row[5],
        issued_at=datetime.fromisoformat(row[6]),
        content=json.loads(row[7]),
        sha256=_file_digest(book, row[0]),
        printed=printed,
    )


def record_file(book: Register, document_id: int, *, path: str, sha256: str, made_at: datetime) -> None:
    """Remember a file made from a frozen paper, once for each different content."""
    known = "SELECT 1 FROM rendered_file WHERE document_id = ? AND sha256 = ?"
    if book.database.execute_sql(known, (document_id, sha256)).fetchone() is None:
        made = made_at.isoformat(timespec="seconds")
        row = {"document_id": document_id, "path": path, "sha256": sha256, "made_at": made}
        statements.insert(book, "rendered_file", row)


def faults(book: Register) -> list[str]:
    """Whose paper is not the one that its event sealed, or lacks one of the two: a dossier, or nobody's yet."""
    sealed = set()
    for event in events.walk(book):
        payload = json.loads(event.payload)
        if event.kind == EventKind.REGISTER:
            if receipt := payload["receipt"]:
                sealed.add((event.dossier, str(DocumentKind.RECEIPT), receipt["number"], receipt["sha256"]))
        elif paper := payload.get("paper"):
            sealed.add((event.dossier, paper["kind"], paper["number"], paper["sha256"]))
    actual = {
        (dossier, kind, number, hashlib.sha256(content.encode()).hexdigest())
        for dossier, kind, number, content in book.database.execute_sql(
            "SELECT dossier, kind, number, content FROM issued_document"
        )
    }
    return sorted({f"hồ sơ {paper[0]}" if paper[0] else f"phiếu số {paper[2]:02d}" for paper in sealed ^ actual})


def _file_digest(book: Register, document_id: int) -> str | None:
    row = book.database.execute_sql(
        "SELECT sha256 FROM rendered_file WHERE document_id = ? ORDER BY id LIMIT 1", (document_id,)
    ).fetchone()
    return row[0] if row else None
