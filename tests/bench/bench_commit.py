"""Taking in a dossier against a raw transaction that writes the very same rows with the same durability.

The raw side starts from a copy of the register and inserts, as one IMMEDIATE transaction with synchronous=FULL, the
rows that ours just wrote: same tables, indexes, triggers and search rows, nothing checked and nothing computed.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median

from db import backup
from db.connection import PRAGMAS, Register
from desktop.office import counter, opening
from desktop.rules.intake import IntakeForm
from tests.bench import registers
from tests.bench.measuring import Row, milliseconds

#: The tables an intake writes to, with the column that names the dossier.
_TABLES = {"dossier": "code", "event": "dossier", "issued_document": "dossier"}


def measure(quick: bool) -> list[Row]:
    """One row: ``counter.register`` from the form to the committed dossier."""
    rounds, before = (3, 5) if quick else (400, 2000)
    forms = registers.forms(seed=1)
    with tempfile.TemporaryDirectory() as folder:
        home, copied = Path(folder, "ours"), Path(folder, "raw.sqlite3")
        with opening.init(home, registers.UNIT, now=registers.NOW) as book:
            for form in islice(forms, before):
                _take_in(book, form)
            backup.copy(home / "register.sqlite3", copied)
            with closing(sqlite3.connect(copied, isolation_level=None)) as raw:
                for name, value in PRAGMAS.items():
                    raw.execute(f"PRAGMA {name} = {value}")
                pairs = list(_in_turns(book, raw, islice(forms, rounds)))
    ours, peer = (median(times) for times in zip(*pairs, strict=True))
    return [Row("Take in one dossier, form to committed", ours, peer, 3.0, "raw sqlite3, same rows, FULL")]


def _in_turns(book: Register, raw: sqlite3.Connection, forms: Iterator[IntakeForm]) -> Iterator[tuple[float, float]]:
    for form in forms:
        ours = milliseconds(_take_in, book, form)
        yield ours, milliseconds(_write, raw, _rows_of(book, form))


def _take_in(book: Register, form: IntakeForm) -> None:
    counter.register(book, form, clerk=None, now=registers.NOW, checklist=True)


def _rows_of(book: Register, form: IntakeForm) -> list[tuple[str, tuple]]:
    """Every row that taking the form in has written, with its table."""
    query = book.database.execute_sql
    (code,) = query("SELECT code FROM dossier WHERE request_key = ?", (form.key,)).fetchone()
    return [
        (table, row)
        for table, column in _TABLES.items()
        for row in query(f"SELECT * FROM {table} WHERE {column} = ?", (code,))
    ]


def _write(raw: sqlite3.Connection, rows: list[tuple[str, tuple]]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for table, row in rows:
        raw.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    raw.execute("COMMIT")
