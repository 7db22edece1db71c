"""A register book kept elsewhere, such as last year's in a spreadsheet: its tables become rows of closed history.

Hides how people lay such books out: titles above, a heading of one or two lines and again on each page, months between,
sums and signatures below. Called by the office with what ``table_sources`` read. Every row ends as an entry, as a
rejection with its reason, or among the rows passed over; nothing is guessed, and nothing of a row taken is lost.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules import old_book_rows
from desktop.rules.list_cells import RowError, texts, with_ditto
from desktop.rules.list_entries import ListError, Row, Sheet
from desktop.rules.list_sections import is_column_numbers, is_total
from desktop.rules.old_book_columns import Heading, Role, heading
from desktop.rules.old_book_rows import OldRow, SwappedDays
from desktop.rules.text import fold

_NO_BOOK = (
    "Không thấy tiêu đề của sổ theo dõi hồ sơ; cần ít nhất các cột họ tên người nộp, ngày nhận hồ sơ và một cột nữa."
    " Chưa ghi gì."
)
_PASSED = {
    "heading": "tiêu đề cột lặp lại",
    "numbers": "dòng đánh số cột",
    "total": "dòng cộng",
    "title": "dòng chữ, không phải hồ sơ",
}
#: Words of those who sign a book below its last row.
_SIGNED = re.compile(r"nguoi lap|thu truong|ky,? (?:va )?ghi ro|ky ten|chu tich|truong bo phan|giam doc")
_SUM = re.compile(r"(?:cộng|lũy kế|luỹ kế|tổng)\b(?! công ty\b)", re.IGNORECASE)
_YEAR = re.compile(r"nam\s*:?\s*((?:19|20)\d\d)(?!\d)")
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MOST_SIGNING = 3
_ROWS_A_LOOK = 500

#: Told (done, total) rows; answers whether to go on.
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a row: why it is not taken, or what looks wrong in it. ``sheet`` may be nameless."""

    row: int
    words: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says of a book, in its order.

    ``warned`` are rows that are taken although something in them looks wrong, ``passed`` those that are no dossier.
    ``columns`` are (what it was taken for, caption); ``unknown`` captions of columns that have no place of their own
    and are kept in the note. ``notes`` are sentences about the file.
    """

    rows: tuple[OldRow, ...]
    rejected: tuple[Remark, ...]
    warned: tuple[Remark, ...] = ()
    passed: tuple[Remark, ...] = ()
    columns: tuple[tuple[Role, str], ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(sheets: Sequence[Sheet], *, today: date, progress: Progress | None = None) -> Reading | None:
    """The books in all sheets; ListError when there is none. None when ``progress`` said to stop."""
    readers = [_Reader(sheet, today) for sheet in sheets]
    total, done = sum(len(sheet.rows) for sheet in sheets), 0
    for reader, sheet in zip(readers, sheets, strict=True):
        for at in range(len(sheet.rows)):
            if progress and not done % _ROWS_A_LOOK and not progress(done, total):
                return None
            reader.take(at)
            done += 1
    found = [reader for reader in readers if reader.heading]
    if not found:
        raise _no_book(readers)
    return _joined(readers)


def _no_book(readers: Sequence["_Reader"]) -> ListError:
    """Whoever nearly has a heading is told what it lacks."""
    near = next((reader.near for reader in readers if reader.near), None)
    if near is None:
        return ListError("no_book", _NO_BOOK)
    lacks = " và ".join(near[1].missing)
    return ListError(
        "missing_column", f"Tiêu đề ở dòng {near[0]} không có cột {lacks}; sửa tiêu đề trong tệp rồi nhập lại.", near[0]
    )


def _joined(readers: Sequence["_Reader"]) -> Reading:
    columns = {role: words for reader in reversed(readers) if reader.heading for role, words in reader.captions.items()}
    unknown = dict.fromkeys(words for reader in readers for words in reader.unknown)
    return Reading(
        rows=tuple(row for reader in readers for row in reader.rows),
        rejected=tuple(each for reader in readers for each in reader.rejected),
        warned=tuple(each for reader in readers for each in reader.warned),
        passed=tuple(each for reader in readers for each in reader.passed),
        columns=tuple((role, columns[role]) for role in Role if role in columns),
        unknown=tuple(unknown),
        notes=tuple(note for reader in readers for note in reader.notes),
    )


class _Reader:
    """One sheet being read, row by row in order."""

    def __init__(self, sheet: Sheet, today: date) -> None:
        self._sheet, self._today = sheet, today
        self.heading: Heading | None = None
        #: The row and the columns of a heading that lacks what a book needs.
        self.near: tuple[int, Heading] | None = None
        self.rows: list[OldRow] = []
        self.rejected: list[Remark] = []
        self.warned: list[Remark] = []
        self.passed: list[Remark] = []
        self.captions: dict[Role, str] = {}
        self.unknown: list[str] = []
        self._titles: list[str] = [fold(sheet.name)]
        self._below = 0
        self._above: tuple[str, ...] = ()
        self._swapped = SwappedDays()
        self._year: int | None = None

    @property
    def notes(self) -> list[str]:
        """What is to be said of the sheet as a whole."""
        name = f"Trang “{self._sheet.name}”" if self._sheet.name else "Tệp"
        if self.heading is None and self._sheet.rows:
            return [f"{name}: không có tiêu đề của sổ, bỏ qua {len(self._sheet.rows)} dòng."]
        return [f"{name}: {words}" for words in self._swapped.suspicions(self.captions)]

    def take(self, at: int) -> None:
        row = self._sheet.rows[at]
        if at < self._below:
            return
        if self.heading is None:
            self._look_for_heading(at)
            return
        try:
            said = with_ditto(texts(row), self._above)
        except RowError as error:
            self._reject(row, str(error))
            return
        taken = old_book_rows.begun(row, said, self.heading, self._year)
        if not taken.is_dossier and (why := self._no_dossier(at, said)):
            self.passed.append(Remark(row.number, _PASSED[why], self._sheet.name))
            return
        self._above = said
        if problem := taken.problem(self._today):
            self._reject(row, problem)
            return
        entry, warnings = taken.ended(self._sheet.name)
        self._swapped.count(taken)
        self.rows.append(entry)
        if warnings:
            self.warned.append(Remark(row.number, "; ".join(warnings), self._sheet.name))

    def _reject(self, row: Row, why: str) -> None:
        self.rejected.append(Remark(row.number, why, self._sheet.name))

    def _look_for_heading(self, at: int) -> bool:
        found = heading(self._sheet.rows, at)
        if found is None or found.missing:
            if found and self.near is None:
                self.near = (self._sheet.rows[at].number, found)
            self._titles += [fold(cell) for cell in self._sheet.rows[at].cells if isinstance(cell, str)]
            return False
        self.heading, self._below = found, at + found.height
        self.captions = {**found.captions, **self.captions}
        self.unknown += found.others.values()
        self._year = _year(self._titles)
        return True

    def _no_dossier(self, at: int, said: Sequence[str]) -> str:
        """Why a row that has no day of receipt is no dossier at all; empty when it may be one that is damaged."""
        own = [text for text in dict.fromkeys(said) if text]
        if self._look_for_heading(at):
            return "heading"
        if is_column_numbers(said):
            return "numbers"
        if own and (is_total(own) or _SUM.match(own[0])):
            return "total"
        if len(own) < 2 or (len(own) <= _MOST_SIGNING and any(_SIGNED.search(fold(text)) for text in own)):
            return "title"
        return ""


def _year(titles: Sequence[str]) -> int | None:
    """The year that the titles above a heading, or the sheet's name, say the book is of; None when they say several."""
    for wording in (_YEAR, _ANY_YEAR):
        years = {int(found[-4:]) for title in titles for found in wording.findall(title)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None
