"""Are the rows brought in from old books what their event sealed? Asked by ``checking``; ``old_books`` seals by it."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

from db import events
from db import old_books as stored
from db.connection import Register
from db.records import OldEntry
from db.vocabulary import EventKind
from desktop.rules.old_book_rows import OldRow
from desktop.rules.text import fold

#: What is done to books brought in, and what destroys rows of them: the kinds of a partial index.
KINDS = (EventKind.IMPORT_BOOK, EventKind.UNDO_IMPORT, EventKind.DESTROY)


def faults(book: Register) -> Iterator[str]:
    """One sentence for each import whose rows are not what its event sealed; rows destroyed by rule are no fault."""
    for entry, content, found_by in stored.contents(book):
        row = _row(entry)
        if (content, found_by) != (digest(row), words(row)):
            yield f"sổ nhập từ tệp, dòng {entry.row} (sự kiện {entry.imported_by}): không khớp lúc nhập"
    yield from _incomplete(book)
    if stored.voided(book) != _told_void(book):
        yield "sổ nhập từ tệp: có dòng bị rút lại hoặc thay mà không sự kiện nào ghi, hay ngược lại"


def _told_void(book: Register) -> set[tuple[int, int]]:
    """What the events say of rows that are not found any more."""
    rows: dict[int, list[int]] = {}
    for entry, _, _ in stored.contents(book):
        rows.setdefault(entry.imported_by, []).append(entry.id)
    here = {entry for entries in rows.values() for entry in entries}
    void: set[tuple[int, int]] = set()
    for event in events.of_kinds(book, *KINDS):
        told = json.loads(event.payload)
        if event.kind == EventKind.IMPORT_BOOK:
            void |= {(entry, event.seq) for entry in told.get("replaced", ()) if entry in here}
        elif event.kind == EventKind.UNDO_IMPORT:
            void = {pair for pair in void if pair[1] != told["import"]}
            void |= {(entry, event.seq) for entry in rows.get(told["import"], ())}
    return void


def _incomplete(book: Register) -> Iterator[str]:
    """Imports that have other rows than their event sealed, where no destroying by rule came after them."""
    found = list(events.of_kinds(book, *KINDS))
    last_destroyed = max((event.seq for event in found if event.kind == EventKind.DESTROY), default=0)
    for event in (event for event in found if event.kind == EventKind.IMPORT_BOOK):
        told, rows = json.loads(event.payload), list(stored.of_import(book, event.seq))
        is_whole = len(rows) == told["rows"] and sealed(rows) == told["rows_sha256"]
        if not is_whole and (last_destroyed < event.seq or len(rows) >= told["rows"]):
            yield f"sổ nhập từ tệp ở sự kiện {event.seq}: thiếu hoặc thừa dòng so với lúc nhập"


def _row(entry: OldEntry) -> OldRow:
    return OldRow("", entry.row, *entry[4:])


def sealed(rows: Iterable[tuple[int, str]]) -> str:
    """One hash over the rows of an import, in their order."""
    return sha256("\n".join(f"{row} {content}" for row, content in rows).encode()).hexdigest()


def digest(row: OldRow) -> str:
    """The hash of what a row says, wherever in whatever file it stands."""
    said = [each.isoformat() if isinstance(each, date) else each for each in row[2:]]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def words(row: OldRow) -> str:
    """Folded words under which a row is found: code, name, numbers also with the zero that a spreadsheet drops."""
    pairs = [(re.sub(r"\D", "", text), length) for text, length in ((row.id_number, 12), (row.phone, 10))]
    numbers = [digits for digits, _ in pairs if digits]
    whole = [digits.zfill(length) for digits, length in pairs if len(digits) > 6]
    tails = [digits[-length:] for digits in numbers if len(digits) > 6 for length in (4, 6)]
    return fold(" ".join(filter(None, (row.code, row.applicant, *dict.fromkeys((*numbers, *whole, *tails))))))
