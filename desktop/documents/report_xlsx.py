"""A statistical document as a workbook: figures as numbers, days as days, heads that stay, pages ready to print.

Hides XlsxWriter. Each section is a worksheet; charts are the program's own, drawn over the cells. The same content
gives the same bytes; text is never taken for a formula. Reads no database and no clock.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import accumulate
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from desktop.documents import xlsx_charts
from desktop.documents.letterhead import MOTTO, NATION, Letterhead, Signer
from desktop.documents.pages import Progress
from desktop.documents.passing import Passing, Stopped
from desktop.documents.report import Cell, FormHead, Grid, Paper, ReportContent, Section, TitleHead, hundredths
from desktop.documents.tables import Column, captions
from desktop.documents.wording import date_words
from desktop.rules.statistics import Rate

#: Width of a printed page in digits of the sheet's type, as columns are measured, and the size of that type.
_PAGES = {Paper.PORTRAIT: (92, 11), Paper.LANDSCAPE: (136, 11), Paper.WALL: (136, 16)}
_FACE = "Times New Roman"
_A4 = 9
#: A column is measured in digits that are as wide as letters of our face in this size, thin and broad together; so
#: many letters of a line are lost to words that do not fit.
_DIGIT_SIZE = 14
_LOST = 2
#: Height of a line in parts of its type; a merged cell does not grow by itself as others do.
_LEADING = 1.3
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
#: Day nought of a spreadsheet.
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
_DAY_SECONDS = 86_400
_NUMBER_FORMATS = {
    int: "#,##0",
    Decimal: "#,##0.0",
    Rate: "0.00%",
    date: "dd/mm/yyyy",
    datetime: "hh:mm dd/mm/yyyy",
}
_SIGNING_ROWS = 4
#: Where blocks of a head end, as shares of the width.
_TWO, _THREE = (0.48,), (0.27, 0.73)

#: A line of a head: its words and how they look.
_Styled = tuple[str, dict[str, Any]]


def render(contents: Sequence[ReportContent], *, progress: Progress | None = None) -> bytes | None:
    """Documents as one workbook, a worksheet for each section; None when ``progress`` said to stop.

    ``progress`` hears of the table rows that are written, and of all of them.
    """
    first, buffer = contents[0], BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made_at = datetime.combine(first.made_on, time())
    told = {"title": first.name, "author": first.centre_name, "subject": first.form_ref, "created": made_at}
    book.set_properties(told)
    formats, passing = _Formats(book), Passing(contents, progress)
    try:
        for content in contents:
            for number, section in enumerate(content.sections):
                sheet = _Sheet(book, formats, content, section)
                if number == 0:
                    sheet.head(content.head)
                sheet.section(section, passing)
        passing.end()
    except Stopped:
        return None
    book.close()
    return buffer.getvalue()


class _Formats:
    """The looks of cells, each made once a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": _FACE, "text_wrap": True, "valign": "top", **look})
        return self._made[key]


class _Sheet:
    """One worksheet being written from the top: where the next row goes."""

    def __init__(self, book: xlsxwriter.Workbook, formats: _Formats, content: ReportContent, section: Section) -> None:
        self._book, self._formats = book, formats
        self._name = _FORBIDDEN.sub("-", section.name)[:_LONGEST_NAME]
        self._sheet = sheet = book.add_worksheet(self._name)
        self._row = 0
        width, self._size = _PAGES[content.paper]
        columns = section.grid.columns if section.grid else (Column("", 0.25),) * 4
        self._widths = [column.share * width for column in columns]
        for at, share in enumerate(self._widths):
            sheet.set_column(at, at, share)
        sheet.set_default_row(self._size * _LEADING)
        sheet.set_paper(_A4)
        if content.paper is not Paper.PORTRAIT:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&9{content.name.replace('&', '&&')}&R&9Trang &P/&N")
        if content.overlay:
            sheet.set_header(f'&C&"{_FACE},Bold"{content.overlay}')
            self._line(content.overlay, bold=True, align="center")

    def head(self, head: FormHead | TitleHead) -> None:
        """What stands above the first section of a document."""
        if isinstance(head, FormHead):
            middle: list[_Styled] = [(line, {"bold": True}) for line in head.title_lines]
            middle += [(line, {"italic": True}) for line in head.period_lines]
            code: list[_Styled] = [(line, {"bold": number == 0}) for number, line in enumerate(head.code_lines)]
            self._blocks(code, middle, [(line, {}) for line in head.party_lines], centred=False)
            self._line(head.counted_in, italic=True, align="right")
            return
        if head.letterhead:
            self._letterhead(head.letterhead)
        if head.centre_name:
            self._line(head.centre_name, bold=True)
        for line in head.title_lines:
            self._line(line, bold=True, align="center", font_size=self._size + 3)
        for line in head.period_lines:
            self._line(line, italic=True, align="center")

    def section(self, section: Section, passing: Passing) -> None:
        """A section down to its signatures, and how it is printed."""
        if section.title:
            self._line(section.title, bold=True)
        for strip in section.strips:
            self._line(strip, bold=True, border=2)
        for words in section.lead:
            self._line(words)
        if section.grid and section.grid.rows:
            self._grid(section, section.grid, passing)
        elif section.grid:
            self._line(section.grid.empty)
        for note in section.notes:
            self._line(note, italic=True, font_size=self._size - 1)
        if section.signers:
            self._signers(section.signers, section.dated)
        self._sheet.print_area(0, 0, max(self._row - 1, 0), len(self._widths) - 1)

    def _letterhead(self, head: Letterhead) -> None:
        unit: list[_Styled] = [(line, {}) for line in head.superior_lines]
        unit += [(line, {"bold": True}) for line in head.centre_lines]
        dated = f"{head.place}, {date_words(head.issued_on)}"
        nation: list[_Styled] = [(NATION, {"bold": True}), (MOTTO, {"bold": True}), (dated, {"italic": True})]
        self._blocks(unit, nation, centred=True)

    def _blocks(self, *blocks: Sequence[_Styled], centred: bool) -> None:
        """Blocks of lines beside each other in one row, each as wide as some columns: all of a block is one cell."""
        ends = [self._column_at(share) for share in (_THREE if len(blocks) == 3 else _TWO)]
        edges, most = [0, *ends, len(self._widths)], 1
        for number, (block, begin, end) in enumerate(zip(blocks, edges, edges[1:], strict=False)):
            align = "center" if centred or 0 < number < len(blocks) - 1 else "left"
            words = "\n".join(line for line, _ in block)
            self._span(words, begin, end, align=align)
            fragments: list[Any] = []
            for at, (line, look) in enumerate(block):
                fragments += [self._formats.get(font_size=self._size, **look), line + "\n" * (at < len(block) - 1)]
            if len(block) > 1:
                look = self._formats.get(align=align, font_size=self._size)
                self._sheet.write_rich_string(self._row, begin, *fragments, look)
            most = max(most, self._lines(words, begin, end, self._size))
        self._end_row(most, self._size)

    def _grid(self, section: Section, grid: Grid, passing: Passing) -> None:
        top = self._row
        self._captions(grid.columns)
        self._sheet.freeze_panes(self._row, 0)
        self._sheet.repeat_rows(top, self._row - 1)
        begin, sums = self._row, len(grid.rows) - grid.totals
        write = self._writer(grid.columns, bold=False)
        for row in passing.through(grid.rows[:sums]):
            write(self._row, row)
            self._row += 1
        write = self._writer(grid.columns, bold=True)
        for row in grid.rows[sums:]:
            write(self._row, row)
            self._row += 1
        self._row += 1
        for chart in section.charts:
            drawn = xlsx_charts.Drawn(self._name, begin, begin + sums - 1, grid, self._size, self._widths)
            self._row += xlsx_charts.insert(self._book, self._sheet, chart, drawn, self._row)

    def _captions(self, columns: Sequence[Column]) -> None:
        cells = captions(columns)
        lines = [1] * (cells[-1].row + cells[-1].rows)
        for cell in sorted(cells, key=lambda cell: cell.rows):
            last, end = cell.row + cell.rows, cell.column + cell.columns
            needed = self._lines(cell.words, cell.column, end, self._size)
            lines[last - 1] = max(lines[last - 1], needed - sum(lines[cell.row : last - 1]))
        look = {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "font_size": self._size}
        for cell in cells:
            last_row, last_column = self._row + cell.row + cell.rows - 1, cell.column + cell.columns - 1
            place = (self._row + cell.row, cell.column, last_row, last_column)
            self._write(place, cell.words, self._formats.get(**look))
        for count in lines:
            self._end_row(count, self._size)

    def _writer(self, columns: Sequence[Column], *, bold: bool) -> Callable[[int, Sequence[Cell]], None]:
        """Writes a row of the table; the look of a cell follows from its column and from what it holds."""
        sheet, looks = self._sheet, dict[tuple[type, int], Format]()
        write_string, write_number, write_blank = sheet.write_string, sheet.write_number, sheet.write_blank
        # Names of procedures and people come again and again.
        lines_of = cache(lambda words, at: self._lines(words, at, at + 1, self._size))

        def write(number: int, row: Sequence[Cell]) -> None:
            lines = 1
            for at, cell in enumerate(row):
                kind = cell.__class__
                look = looks.get((kind, at))
                if look is None:
                    look = looks[kind, at] = self._look(columns[at], kind, bold)
                if cell and isinstance(cell, str):
                    write_string(number, at, cell, look)
                    if (needed := lines_of(cell, at)) > lines:
                        lines = needed
                elif isinstance(cell, int | Decimal):
                    write_number(number, at, cell, look)
                elif isinstance(cell, datetime):
                    seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
                    write_number(number, at, cell.toordinal() - _DAY_NOUGHT + seconds / _DAY_SECONDS, look)
                elif isinstance(cell, date):
                    write_number(number, at, cell.toordinal() - _DAY_NOUGHT, look)
                elif isinstance(cell, Rate) and (share := hundredths(cell)) is not None:
                    write_number(number, at, share / 10_000, look)
                elif isinstance(cell, Rate):
                    write_string(number, at, cell.words, look)
                else:
                    write_blank(number, at, None, look)
            if lines > 1:
                sheet.set_row(number, lines * self._size * _LEADING)

        return write

    def _look(self, column: Column, kind: type, bold: bool) -> Format:
        look: dict[str, Any] = {"border": 1, "align": column.align, "font_size": self._size}
        if kind in _NUMBER_FORMATS:
            look["num_format"] = _NUMBER_FORMATS[kind]
        return self._formats.get(**look, bold=bold)

    def _signers(self, signers: Sequence[Signer], dated: str) -> None:
        """Columns for the signers with room to sign, a single one on the right, as on paper."""
        self._row += 1
        count = max(2, len(signers))
        edges = [self._column_at(number / count) for number in range(count)] + [len(self._widths)]
        if dated:
            self._span(dated, edges[-2], edges[-1], align="center", italic=True)
            self._row += 1
        top = self._row
        for number, signer in enumerate(signers, start=count - len(signers)):
            for below, words, look in (
                (0, signer.title, {"bold": True}),
                (1, signer.note, {"italic": True}),
                (1 + _SIGNING_ROWS, signer.name, {"bold": True}),
            ):
                self._row = top + below
                self._span(words, edges[number], edges[number + 1], align="center", **look)
        lines = max(signer.title.count("\n") + 1 for signer in signers)
        self._sheet.set_row(top, lines * self._size * _LEADING)
        self._row = top + 2 + _SIGNING_ROWS

    def _line(self, words: str, **look: Any) -> None:
        """Words across the whole width."""
        size = look.setdefault("font_size", self._size)
        self._end_row(self._span(words, 0, len(self._widths), **look), size)

    def _span(self, words: str, begin: int, end: int, **look: Any) -> int:
        """Words across columns of the present row; returns how many lines they take."""
        look.setdefault("font_size", self._size)
        self._write((self._row, begin, self._row, end - 1), words, self._formats.get(**look))
        return self._lines(words, begin, end, look["font_size"])

    def _write(self, place: tuple[int, int, int, int], words: str, look: Format) -> None:
        row, column, last_row, last_column = place
        if (row, column) != (last_row, last_column):
            self._sheet.merge_range(*place, "", look)
        self._sheet.write_string(row, column, words, look)

    def _end_row(self, lines: int, size: float) -> None:
        self._sheet.set_row(self._row, lines * size * _LEADING)
        self._row += 1

    def _lines(self, words: str, begin: int, end: int, size: float) -> int:
        """Lines that words take, as far as counting letters tells."""
        room = self._room(begin, end, size)
        return sum(max(1, ceil(len(line) / room)) for line in words.split("\n"))

    def _room(self, begin: int, end: int, size: float) -> float:
        """Letters in a line across columns; the narrower, the more of a line is lost to words that do not fit."""
        return max(1.0, sum(self._widths[begin:end]) * _DIGIT_SIZE / size - _LOST)

    def _column_at(self, share: float) -> int:
        """The column edge nearest to a share of the width, neither first nor last unless asked for."""
        if share <= 0:
            return 0
        edges = [*accumulate(self._widths)]
        nearest = min(range(len(edges)), key=lambda at: abs(edges[at] - share * edges[-1]))
        return min(max(1, nearest + 1), len(edges) - 1)
