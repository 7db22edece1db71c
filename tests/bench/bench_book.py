"""The register book of one year, read from a register and drawn, against the same cells drawn raw by reportlab.

Ours reads every dossier and its reception, breaks the lines and adds up the pages; the raw side is handed texts and
lines with their places. Told in milliseconds per thousand rows.
"""

import tempfile
from datetime import datetime
from pathlib import Path

import msgspec

from db.connection import Register
from db.vocabulary import EventKind
from desktop.documents import register_book
from desktop.office import books, opening
from tests import granted
from tests.bench import raw_pages, registers
from tests.bench.measuring import Row, in_turns

_A_YEAR = 25_000


def measure(quick: bool) -> list[Row]:
    """One row: the book of 25,000 dossiers."""
    dossiers = 120 if quick else _A_YEAR
    with tempfile.TemporaryDirectory() as folder, registers.filled(Path(folder, "data"), dossiers) as book:
        _receive(book)
        pages = raw_pages.read_back(_book(book))
        rounds = 3 if quick else 1
        ours, peer = in_turns(lambda: _book(book), lambda: raw_pages.draw(pages), rounds=rounds, warm=1)
    thousands = dossiers / 1000
    yardstick = f"the same cells raw by reportlab ({len(pages)} pages)"
    return [Row("Register book of a year, 1,000 rows", ours / thousands, peer / thousands, 2.0, yardstick)]


def _book(book: Register) -> bytes:
    last = registers.NOW.date()
    pdf = register_book.render(*books.content(book, last.replace(year=last.year - 2), last, on=last))
    assert pdf is not None, "nobody stops this work"
    return pdf


def _receive(book: Register) -> None:
    """The receptions behind the dossiers, for the addresses that the book prints."""
    rows = book.database.execute_sql("SELECT code, received_at FROM dossier ORDER BY id").fetchall()
    with book.write():
        for form, (code, at) in zip(registers.forms(seed=7), rows, strict=False):
            payload = {"form": msgspec.to_builtins(form), "receipt": None}
            granted.append(
                book,
                EventKind.REGISTER,
                payload,
                at=datetime.fromisoformat(at),
                clerk=opening.FIRST_CLERK.short_name,
                key=form.key,
                dossier=code,
            )
