"""Finding among a million dossiers what clerks type: names with and without marks, pieces, numbers, codes.

LIKE scans the same folded key for the same words, newest first and twenty at most, as ours. It stops early where
half the commune has the name; it is the rare text, and the one that is not there, that makes a clerk wait.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

from desktop.office import lookup
from desktop.rules.text import fold
from tests.bench import registers
from tests.bench.measuring import Row, milliseconds, percentile_95

_LIMIT = 20
_COLUMNS = "code, applicant, id_number, phone"

#: What is typed to find a dossier of this code, name, id number and phone.
_TYPED: dict[str, Callable[[str, str, str, str], str]] = {
    "name": lambda code, name, number, phone: name.lower(),
    "name without marks": lambda code, name, number, phone: fold(name),
    "two letters of two words": lambda code, name, number, phone: " ".join(w[:2] for w in fold(name).split()[:2]),
    "given name": lambda code, name, number, phone: fold(name).split()[-1],
    "id number": lambda code, name, number, phone: number,
    "last four digits": lambda code, name, number, phone: number[-4:],
    "phone": lambda code, name, number, phone: phone,
    "code": lambda code, name, number, phone: code,
    "end of the code": lambda code, name, number, phone: code[-11:].lower(),
    "a name nobody has": lambda code, name, number, phone: f"{fold(name)} khongco",
}


def measure(quick: bool) -> list[Row]:
    """The slowest twentieth of searches against the promised 10 ms and against LIKE, and the usual search."""
    dossiers, each, every = (300, 2, 1) if quick else (1_000_000, 40, 8)
    with tempfile.TemporaryDirectory() as folder, registers.filled(Path(folder, "data"), dossiers) as book:
        raw = book.database.connection()
        rng = Random(5)
        ours, like = [], []
        for number in range(each):
            wanted = rng.randrange(1, dossiers + 1)
            found = raw.execute(f"SELECT {_COLUMNS} FROM dossier WHERE id = ?", (wanted,)).fetchone()
            for typed in _TYPED.values():
                text = typed(*found)
                ours.append(milliseconds(lookup.find, book, text))
                if number % every == 0:
                    like.append(milliseconds(_like, raw, text))
    claim = f"Search in {dossiers:,} dossiers"
    slowest = percentile_95(ours)
    return [
        Row(f"{claim}, p95", slowest, 10.0, 1.0, "promised 10 ms"),
        Row(f"{claim}, p95", slowest, percentile_95(like), 1 / 20, "LIKE, p95 of the same texts"),
        Row(f"{claim}, median", median(ours), median(like), None, "LIKE, median of the same texts"),
    ]


def _like(raw: sqlite3.Connection, text: str) -> list[tuple]:
    words = lookup.words(text)
    where = " AND ".join("search LIKE ?" for _ in words)
    query = f"SELECT id FROM dossier WHERE {where} ORDER BY id DESC LIMIT {_LIMIT}"
    return raw.execute(query, [f"%{word}%" for word in words]).fetchall()
