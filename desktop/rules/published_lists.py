"""Published lists of procedures (danh mục TTHC công bố): tables read from a file become entries.

Hides how such tables are laid out: titles above, a heading somewhere in the first rows and again on each page, rows
that name a field or a kind of change for all below, a procedure over two rows. Called by the office with what
``published_files`` read. Every row that carries a procedure ends as an entry or as a rejection.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop.rules.list_cells import RowError, texts, with_ditto
from desktop.rules.list_columns import Role, role_of
from desktop.rules.list_entries import Entry, ListError, Reading, Rejected, Row, Sheet
from desktop.rules.list_headings import Heading, heading, other_table
from desktop.rules.list_outline import Outline
from desktop.rules.list_rows import Place, entry, is_procedure, is_title
from desktop.rules.list_sections import (
    Section,
    decision_in,
    effect_in,
    is_column_numbers,
    is_total,
    kind_in,
    ordinal_in,
    section,
)

#: Fifteen rows of titles were seen; a heading much further down belongs to another kind of paper.
_HEADING_WITHIN = 30
_IDENTITY = (Role.NUMBER, Role.CODE, Role.NAME, Role.OLD_CODE, Role.OLD_NAME)


def read(sheets: Sequence[Sheet]) -> Reading:
    """All entries of all tables of a file; ListError when none of them is a list of procedures, or none has a row."""
    tables = [_Table(sheet) for sheet in sheets]
    lists = [table for table in tables if table.heading]
    if not lists:
        raise _no_list(sheets)
    entries = tuple(each for table in lists for each in table.entries)
    rejected = tuple(each for table in lists for each in table.rejected)
    if not entries and not rejected:
        raise ListError("empty_list", "Bảng có tiêu đề nhưng không có dòng thủ tục nào; chưa ghi gì.")
    told = next((table for table in lists if table.decision), lists[0])
    skipped = (table.sheet.name for table in tables if not table.heading and table.sheet.rows)
    return Reading(
        entries=entries,
        rejected=rejected,
        decision=told.decision,
        decided_on=told.decided_on,
        effective_on=next((table.effective_on for table in lists if table.effective_on), None),
        unused=tuple(dict.fromkeys(name for table in lists for name in table.unused)),
        notes=tuple(f"Bỏ qua trang “{name}”: không phải danh mục thủ tục." for name in skipped),
    )


class _Table:
    """One sheet read from its first row to its last; what a row says may hold for those below it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.entries: list[Entry] = []
        self.rejected: list[Rejected] = []
        self.unused: list[str] = []
        self.decision = ""
        self.decided_on: date | None = None
        self.effective_on: date | None = None
        self.heading: Heading | None = None
        self._section = Section(kind_in(sheet.name))
        self._outline = Outline(sheet.name)
        self._above: tuple[str, ...] = ()
        self._last = 0
        self._read()

    def _read(self) -> None:
        rows = self.sheet.rows
        at = 0
        while at < len(rows):
            found = self._heading_at(at)
            if found:
                self.heading = found
                self.unused += found.unused
                at += found.height
                continue
            if self.heading is None:
                if rows[at].number > _HEADING_WITHIN:
                    return
                self._title(rows[at])
            else:
                self._row(rows[at], self.heading)
            at += 1

    def _heading_at(self, at: int) -> Heading | None:
        """The heading that begins here: the first one, one repeated on a page, or that of a table further down."""
        row = self.sheet.rows[at]
        if self.heading:
            columns = [self.heading.roles[role] for role in _IDENTITY if role in self.heading.roles]
            cells = [row.cells[column] for column in columns if column < len(row.cells)]
            if not any(isinstance(cell, str) and len(cell) < 60 and role_of(cell) in _IDENTITY for cell in cells):
                return None
        return None if other_table([row]) else heading(self.sheet.rows, at)

    def _title(self, row: Row) -> None:
        """A row above the first heading: the title of the list, and the decision it comes with."""
        for text in filter(None, _said(row)):
            number, day = decision_in(text)
            if number and not self.decision:
                self.decision, self.decided_on = number, day
            self.effective_on = self.effective_on or effect_in(text)
            found = Section() if number else section(text)
            named = found.field if "lĩnh vực" in text.lower() else None
            self._outline.title(found.levels)
            self._section = _below(self._section, replace(found, field=named))

    def _row(self, row: Row, columns: Heading) -> None:
        try:
            said = texts(row)
            if is_column_numbers(said):
                return
            if is_procedure(said, columns):
                self._above, self._last = with_ditto(said, self._above), row.number
                place = Place(self.sheet.name, columns, self._section, self._outline.levels)
                self.entries.append(entry(row, self._above, place))
            elif is_total(said):
                self._last = 0  # what follows is signed, not listed
            elif is_title(said):
                ordinal, found = _section_of(said)
                self._outline.section(ordinal, found.levels)
                self._section = _below(self._section, found)
            elif row.number == self._last + 1:
                raise RowError("Dòng không có mã, không có số thứ tự: không rõ thuộc thủ tục nào.")
        except RowError as error:
            self.rejected.append(Rejected(row.number, str(error), self.sheet.name))


def _said(row: Row) -> Sequence[str]:
    """The texts of a title, empty when they are damaged: a title is not needed."""
    try:
        return texts(row)
    except RowError:
        return ()


def _section_of(said: Sequence[str]) -> tuple[str, Section]:
    """A section's number, in a cell of its own or not, and what its row says."""
    told = list(filter(None, said))
    text = max(told, key=len)
    numbered = len(told) > 1 and re.fullmatch(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)]?", told[0]) is not None
    return told[0].strip(".)") if numbered else ordinal_in(text), section(text, numbered)


def _below(above: Section, found: Section) -> Section:
    """What holds from here on: a new kind or level begins with no field."""
    reset = found.kind or found.levels
    return Section(found.kind or above.kind, field=found.field or (None if reset else above.field))


def _no_list(sheets: Sequence[Sheet]) -> ListError:
    if not any(sheet.rows for sheet in sheets):
        return ListError("empty_file", "Tệp không có dòng nào; chưa ghi gì.")
    for sheet in sheets:
        if words := other_table(sheet.rows):
            where = f"Trang “{sheet.name}”" if sheet.name else "Tệp"
            return ListError("other_table", f"{where} là {words}, không phải danh mục thủ tục; chưa ghi gì.")
    return ListError(
        "no_heading",
        f"Trong {_HEADING_WITHIN} dòng đầu không có dòng tiêu đề nào có cột mã hoặc tên thủ tục; chưa ghi gì.",
    )
