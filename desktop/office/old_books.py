"""A register book kept elsewhere, brought in as closed history: looked at first, then taken in whole as one event.

Its rows are marked as brought in and stand in a table of their own: in no figure, no list of work and no day report.
The same row never enters twice, and nothing that is a dossier of this register does. A row corrected in a later file
takes the place of the first; a wrong file is taken back whole, with a reason. Nothing is deleted but by retention.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from db import events
from db import old_books as stored
from db.connection import Register
from db.records import OldEntry
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import old_book_trail, rights, table_files, table_sources
from desktop.office.bounded_rows import BOOK, Stopped
from desktop.office.reasons import written_reason
from desktop.office.table_files import Column, Table
from desktop.office.table_sources import DELIMITED, SPREADSHEET, Wanted
from desktop.rules import old_book_columns
from desktop.rules import old_books as rules
from desktop.rules.old_book_rows import OldRow
from desktop.rules.old_books import Reading, Remark
from desktop.rules.text import fold

_WANTED = Wanted("sổ", (SPREADSHEET, DELIMITED), BOOK, old_book_columns.columns)
#: Of a whole reading: unpacking the file takes so much of a hundred, understanding it the rest.
_UNPACKED = 70
_ROWS_A_LOOK = 250
_LEFT_COLUMNS = (Column("Trang", 20), Column("Dòng", 8), Column("Lý do", 80))

_WHY_BACK = "Ghi lý do rút lại, ví dụ: nhập nhầm tệp của xã khác."
#: Told (done, total); answers whether to go on.
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read and compared with the register; nothing of it is written yet.

    ``new`` are the rows that would come in, each with the hash of what it says; ``known`` those that are here already;
    ``replaced`` the ids of rows in whose place new ones come.
    """

    path: Path
    sha256: str
    reading: Reading
    new: tuple[tuple[OldRow, str], ...]
    known: tuple[Remark, ...]
    replaced: tuple[int, ...] = ()

    @property
    def left(self) -> tuple[Remark, ...]:
        """Every row of a dossier that does not come in, and why, in the order of the file."""
        sheets = {each.sheet: at for at, each in reversed(list(enumerate((*self.reading.rejected, *self.known))))}
        return tuple(sorted((*self.reading.rejected, *self.known), key=lambda each: (sheets[each.sheet], each.row)))

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day on which what would come in was received."""
        days = [row.received_on for row, _ in self.new]
        return (min(days), max(days)) if days else None

    @property
    def unreturned(self) -> int:
        """How many of the new rows say of no day on which anything ended."""
        return sum(not (row.handed_over_on or row.finished_on or row.result) for row, _ in self.new)


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The event that brought rows in, and how many."""

    seq: int
    count: int
    changes: Changes


def look(book: Register, path: Path, *, now: datetime, progress: Progress | None = None) -> Looked | None:
    """Read a file and compare it with the register; None when ``progress`` said to stop.

    UserError with one sentence for a file that is no book.
    """
    with table_sources.refusals(path):
        kind = table_sources.kind_of(path, _WANTED)
        digest = sha256(path.read_bytes()).hexdigest()
        try:
            sheets = table_sources.tables(path, kind, _WANTED, tell=progress and _part(progress, 0, _UNPACKED))
        except Stopped:
            return None
        reading = rules.read(sheets, today=now.date(), progress=progress and _part(progress, _UNPACKED, 100))
    if reading is None:
        return None
    new, known = _compared(book, reading)
    return Looked(path, digest, reading, new, known, _replaced(book, reading, new))


def _part(progress: Progress, first: int, last: int) -> Progress:
    """The progress of a part as a share of the whole, in hundredths."""
    return lambda done, total: progress(first + (last - first) * min(done, total) // max(total, 1), 100)


def _compared(book: Register, reading: Reading) -> tuple[tuple[tuple[OldRow, str], ...], tuple[Remark, ...]]:
    digests = [old_book_trail.digest(row) for row in reading.rows]
    here = stored.known(book, digests)
    own = stored.codes_of_register(book, [row.code for row in reading.rows if row.code])
    first: dict[str, OldRow] = {}
    new, known = [], []
    for row, digest in zip(reading.rows, digests, strict=True):
        if digest in here:
            words = "Đã nhập từ trước."
        elif row.code in own:
            words = f"Hồ sơ {row.code} có trong chính sổ này."
        elif digest in first:
            words = f"Trùng hoàn toàn dòng {first[digest].row}."
        else:
            first[digest] = row
            new.append((row, digest))
            continue
        known.append(Remark(row.row, words, row.sheet))
    return tuple(new), tuple(known)


def _replaced(book: Register, reading: Reading, new: Sequence[tuple[OldRow, str]]) -> tuple[int, ...]:
    """Rows of earlier files that the new ones correct: the same code or, without one, number, day and name.

    Only where that is one row in the file and one in the register: whatever else is alike stands side by side.
    """
    often = Counter(map(_key, reading.rows))
    wanted = {key for row, _ in new if often[key := _key(row)] == 1}
    held: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
    for code, entry, is_live in stored.of_codes(book, [key[0] for key in wanted if len(key) == 1]):
        held.setdefault((code,), []).append((entry, is_live))
    for number, on, name, entry, is_live in stored.of_numbers(book, [key[0] for key in wanted if len(key) > 1]):
        held.setdefault((number, on, fold(name)), []).append((entry, is_live))
    found = (rows for key, rows in held.items() if key in wanted and sum(is_live for _, is_live in rows) == 1)
    return tuple(sorted(entry for rows in found for entry, _ in rows))


def _key(row: OldRow) -> tuple[str, ...]:
    """What a corrected row has in common with the first; nothing for a row that only its whole content tells."""
    if row.code:
        return (row.code,)
    return (row.entry_no, row.received_on.isoformat(), fold(row.applicant)) if row.entry_no else ()


def bring_in(
    book: Register, looked: Looked, *, clerk: str | None, now: datetime, progress: Progress | None = None
) -> BroughtIn | None:
    """Take in every new row of a file as one event, or none; None when ``progress`` said to stop, nothing written.

    UserError ``nothing_new``, ``changed_meanwhile`` (look again), and those of ``rights.acting``.
    """
    if not looked.new:
        raise UserError("nothing_new", f"Tệp {looked.path.name} không có dòng nào mới để nhập.")
    words = [old_book_trail.words(row) for row, _ in looked.new]  # before the register is held
    try:
        with book.write():
            who = rights.acting(book, clerk, EventKind.IMPORT_BOOK, now=now).short_name
            known = stored.known(book, [digest for _, digest in looked.new])
            if known or _replaced(book, looked.reading, looked.new) != looked.replaced:
                raise UserError("changed_meanwhile", "Sổ vừa có thêm dòng trong tệp này; hãy mở lại tệp rồi nhập.")
            first_id = _first_id(book)
            content = _payload(looked, first_id)
            event = events.append(book, EventKind.IMPORT_BOOK, content, at=now, clerk=who, key=events.new_key())
            _insert(book, looked, words, first_id, event.seq, progress)
            stored.void(book, looked.replaced, event.seq)
    except Stopped:
        return None
    return BroughtIn(event.seq, len(looked.new), Changes(old_books=True))


def take_back(book: Register, seq: int, *, reason: str, clerk: str | None, now: datetime) -> Changes:
    """The import of this event was a mistake: none of its rows is found or counted from now on, and they stay stored.

    What it had corrected stands again. The file may be brought in anew. UserError ``needs_reason``,
    ``unknown_import``, ``taken_back`` and those of ``rights.acting``.
    """
    why = written_reason(reason, _WHY_BACK)
    event = events.by_seq(book, seq)
    if event is None or event.kind != EventKind.IMPORT_BOOK:
        raise UserError("unknown_import", f"Sự kiện {seq} không phải là lần nhập sổ năm trước.", seq=seq)
    with book.write():
        who = rights.acting(book, clerk, EventKind.UNDO_IMPORT, now=now).short_name
        left = dict(stored.numbers(book)).get(seq, 0)
        if not left:
            raise UserError("taken_back", "Sổ này đã được rút lại hoặc hủy, không còn dòng nào để rút.", seq=seq)
        payload = {"import": seq, "rows": left, "reason": why}
        undone = events.append(book, EventKind.UNDO_IMPORT, payload, at=now, clerk=who, key=events.new_key())
        stored.void_import(book, seq, undone.seq)
    return Changes(old_books=True)


def _first_id(book: Register) -> int:
    """Beyond every id that was given: the log of looks names rows by it, those too that were destroyed since."""
    imports = events.of_kinds(book, *old_book_trail.KINDS, only=EventKind.IMPORT_BOOK)
    given = (json.loads(event.payload) for event in imports)
    return max((told["sheets"][0][1] + told["rows"] for told in given), default=1)


def _payload(looked: Looked, first_id: int) -> dict[str, Any]:
    rows = [row for row, _ in looked.new]
    span = looked.span
    assert span is not None, "there is something new"
    by_sheet = groupby(enumerate(rows, first_id), key=lambda pair: pair[1].sheet)
    return {
        "file": looked.path.name[:200],
        "sha256": looked.sha256,
        "rows": len(rows),
        "known": len(looked.known),
        "rejected": len(looked.reading.rejected),
        "first": span[0].isoformat(),
        "last": span[1].isoformat(),
        "sheets": [(name, next(group)[0]) for name, group in by_sheet],
        "replaced": list(looked.replaced),
        "rows_sha256": old_book_trail.sealed([(row.row, digest) for row, digest in looked.new]),
    }


def _insert(
    book: Register, looked: Looked, words: Sequence[str], first_id: int, seq: int, progress: Progress | None
) -> None:
    for at, ((row, digest), found_by) in enumerate(zip(looked.new, words, strict=True)):
        if progress and not at % _ROWS_A_LOOK and not progress(at, len(looked.new)):
            raise Stopped
        stored.insert(book, _entry(row, first_id + at, seq), sha256=digest, words=found_by)


def _entry(row: OldRow, number: int, seq: int) -> OldEntry:
    return OldEntry(number, seq, row.row, row.received_on.year, *row[2:])


def save_left(looked: Looked, path: Path, *, now: datetime) -> None:
    """Write every row that does not come in, and why, for whoever mends the file; errors as ``table_files.write``."""
    rows = [(each.sheet, each.row, each.words) for each in looked.left]
    titles = (f"Các dòng của {looked.path.name} không nhập vào sổ",)
    records = {"file": looked.path.name, "rows": [{"sheet": s, "row": r, "reason": why} for s, r, why in rows]}
    table_files.write(path, Table(titles, _LEFT_COLUMNS, rows, records), now=now)
