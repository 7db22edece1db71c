"""One row of a book kept elsewhere as an entry of closed history, with what looks wrong in it.

Hides contact cells that hold address and phone, days with words beside them, and what spreadsheets do to numbers.
Called by ``old_books`` for each row. What is doubtful is kept as it is written and said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop.rules import book_days
from desktop.rules.book_days import Day
from desktop.rules.list_cells import line
from desktop.rules.list_entries import Cell, Row
from desktop.rules.old_book_columns import Heading, Role
from desktop.rules.text import fold

R = Role
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)\d(?:[ .-]?\d){7,9}(?!\d)")
_PHONE_CAPTION = re.compile(r"[\s,;:.–-]*(?:s?đt|điện thoại|số điện thoại|sdt|tel)?[\s,;:.–-]*$", re.IGNORECASE)
#: How a dossier left a book without a result.
_ENDED = re.compile(r"\b(?:rut|tu choi|dung|khong tiep nhan|huy)\b")
_ID_LENGTHS = (9, 12)
_LONGEST = {R.APPLICANT: 300, R.CODE: 100, R.ENTRY_NO: 40, R.ID_NUMBER: 60, R.PHONE: 60}
#: So many days of each kind tell a column whose days and months were swapped.
_TELLING = 5
_DAY_WORDS = {R.DUE: "hẹn trả", R.FINISHED: "ngày xong", R.HANDED_OVER: "ngày trả"}


class OldRow(NamedTuple):
    """One dossier of a book kept elsewhere, as it was written there; ``row`` is its place in ``sheet`` of the file."""

    sheet: str
    row: int
    entry_no: str
    code: str
    applicant: str
    id_number: str
    address: str
    phone: str
    procedure_name: str
    received_on: date
    due_on: date | None
    finished_on: date | None
    handed_over_on: date | None
    result: str
    note: str


@dataclass(slots=True)
class Begun:
    """A row whose cells are told apart, not judged yet."""

    row: Row
    said: Sequence[str]
    heading: Heading
    year: int | None
    received: Day | None

    @property
    def is_dossier(self) -> bool:
        """Whether it has what every dossier of a book has."""
        return self.received is not None and bool(self.text(R.APPLICANT) or self.text(R.ORGANISATION))

    def text(self, role: Role) -> str:
        """The cell of a column in one line; empty where there is none."""
        column = self.heading.roles.get(role)
        return (line(self.said[column]) or "") if column is not None and column < len(self.said) else ""

    def problem(self, today: date) -> str:
        """Why the row cannot be taken, in one sentence; empty when it can."""
        if self.received is None:
            written = self.text(R.RECEIVED)
            return f"Ngày nhận “{written[:40]}” không đọc được." if written else "Thiếu ngày nhận."
        if self.received.on > today:
            return f"Ngày nhận {self.received.on:%d/%m/%Y} ở sau hôm nay."
        if not (self.text(R.APPLICANT) or self.text(R.ORGANISATION)):
            return "Thiếu họ tên người nộp."
        long = next((role for role, most in _LONGEST.items() if len(self.text(role)) > most), None)
        return f"Ô {self.heading.captions[long]} dài quá {_LONGEST[long]} chữ." if long else ""

    def day(self, role: Role) -> Day | None:
        """The day in the cell of a column."""
        column = self.heading.roles.get(role)
        if column is None or column >= len(self.said):
            return None
        return book_days.read(_cell(self.row, column), self.said[column], year=self.year)

    def ended(self, sheet: str) -> tuple[OldRow, list[str]]:
        """The entry, and what looks wrong in it."""
        assert self.received is not None, "a row without its day is rejected before"
        days = {role: self.day(role) for role in _DAY_WORDS}
        beside = {role: self.text(role) for role, day in days.items() if self.text(role) and (day is None or day.rest)}
        result = self.text(R.RESULT) or _outcome(beside.pop(R.HANDED_OVER, ""), days[R.HANDED_OVER])
        # Who gave up or was sent away got no result back: the book says when that was in the same column.
        if days[R.HANDED_OVER] and not days[R.FINISHED] and _ENDED.search(fold(result)):
            days[R.FINISHED], days[R.HANDED_OVER] = days[R.HANDED_OVER], None
        address, phone = self._contact()
        on = {role: day.on if day else None for role, day in days.items()}
        entry = OldRow(
            sheet,
            self.row.number,
            self.text(R.ENTRY_NO),
            _code(self._raw(R.CODE)),
            self.text(R.APPLICANT) or self.text(R.ORGANISATION),
            self.text(R.ID_NUMBER),
            address,
            phone,
            self.text(R.PROCEDURE),
            self.received.on,
            on[R.DUE],
            on[R.FINISHED],
            on[R.HANDED_OVER],
            result,
            self._note(beside),
        )
        return entry, [*self._number_warnings(entry), *self._day_warnings(entry)]

    def _raw(self, role: Role) -> str:
        column = self.heading.roles.get(role)
        return self.said[column] if column is not None and column < len(self.said) else ""

    def _contact(self) -> tuple[str, str]:
        """Address and phone, which a book may keep in one column."""
        both = self.text(R.CONTACT)
        found = _PHONE.search(both)
        address, phone = both, ""
        if found:
            before = _PHONE_CAPTION.sub("", both[: found.start()])
            address, phone = " ".join(filter(None, (before, both[found.end() :].strip(" ,;.–-")))), found[0]
        return self.text(R.ADDRESS) or address, self.text(R.PHONE) or phone

    def _note(self, beside: Mapping[Role, str]) -> str:
        """The note, and after it every cell that has no place of its own under its caption."""
        parts = [self.text(R.NOTE)]
        parts += [f"{self.heading.captions[role]}: {text}" for role, text in beside.items()]
        if self.text(R.APPLICANT) and (body := self.text(R.ORGANISATION)):
            parts.append(f"{self.heading.captions[R.ORGANISATION]}: {body}")
        if (both := self.text(R.CONTACT)) and (self.text(R.ADDRESS) or self.text(R.PHONE)):
            parts.append(f"{self.heading.captions[R.CONTACT]}: {both}")
        if self.received and self.received.rest:
            parts.append(f"{self.heading.captions[R.RECEIVED]}: {self.text(R.RECEIVED)}")
        for column, caption in self.heading.others.items():
            if column < len(self.said) and (text := line(self.said[column])):
                parts.append(f"{caption}: {text}")
        return "; ".join(filter(None, parts))

    def _number_warnings(self, entry: OldRow) -> list[str]:
        told = []
        digits = re.sub(r"[\s.]", "", entry.id_number)
        column = self.heading.roles.get(R.ID_NUMBER)
        was_number = column is not None and isinstance(_cell(self.row, column), int | float)
        if re.fullmatch(r"\d(?:[.,]\d+)?e\+?\d+", entry.id_number.lower()):
            told.append("số giấy tờ bị bảng tính viết tắt, không còn đủ chữ số; giữ như trong tệp")
        elif digits.isdigit() and len(digits) not in _ID_LENGTHS and (was_number or len(digits) in (8, 10, 11)):
            told.append(f"số giấy tờ còn {len(digits)} chữ số, có thể đã mất số 0 ở đầu; giữ như trong tệp")
        phone = re.sub(r"[\s.-]", "", entry.phone)
        if phone.isdigit() and len(phone) == 9 and not phone.startswith("0"):
            told.append("số điện thoại có thể đã mất số 0 ở đầu; giữ như trong tệp")
        return told

    def _day_warnings(self, entry: OldRow) -> list[str]:
        told = []
        for role, on in ((R.DUE, entry.due_on), (R.FINISHED, entry.finished_on), (R.HANDED_OVER, entry.handed_over_on)):
            if on and on < entry.received_on:
                told.append(f"{_DAY_WORDS[role]} {on:%d/%m/%Y} trước ngày nhận {entry.received_on:%d/%m/%Y}")
        if self.year and entry.received_on.year != self.year:
            told.append(f"ngày nhận {entry.received_on:%d/%m/%Y} không ở năm {self.year} của sổ")
        return told


def begun(row: Row, said: Sequence[str], heading: Heading, year: int | None) -> Begun:
    """A row of texts under a heading; ``year`` is the book's, for days written without one."""
    found = Begun(row, said, heading, year, None)
    found.received = found.day(R.RECEIVED)
    return found


class SwappedDays:
    """Watches for a column in which a spreadsheet of another country has taken days for months.

    There 05/03 typed became the third of May, a day; 25/03 stayed a text. Such a column has days up to the twelfth only
    as days and later ones only as text.
    """

    def __init__(self) -> None:
        self._days: dict[Role, list[Day]] = {}

    def count(self, taken: Begun) -> None:
        if taken.received:
            self._days.setdefault(R.RECEIVED, []).append(taken.received)

    def suspicions(self, captions: Mapping[Role, str]) -> list[str]:
        """One sentence for each column that looks swapped."""
        told = []
        for role, days in self._days.items():
            native = [day for day in days if not day.written]
            late = [day for day in days if day.written and day.on.day > 12]
            early = [day for day in days if day.written and day.on.day <= 12]
            swapped = all(day.on.day <= 12 for day in native) and not early
            if swapped and min(len(native), len(late)) >= _TELLING:
                told.append(
                    f"cột {captions[role]} có thể bị Excel đổi chỗ ngày và tháng ở {len(native)} dòng"
                    " (ngày từ 13 trở đi đều là chữ); xem lại trước khi nhập."
                )
        return told


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _code(text: str) -> str:
    """A code is written over two lines where its column is narrow."""
    return " ".join(re.sub(r"(?<=[-./])\n|\n(?=[-./])", "", text).split())


def _outcome(text: str, day: Day | None) -> str:
    """What stands in the column of handing over beside the day, or instead of it."""
    if not day:
        return text
    for word, told in (("rut", "Rút hồ sơ"), ("tu choi", "Từ chối"), ("dung", "Dừng")):
        if re.search(rf"\b{word}\b", fold(text)):
            return told
    return text
