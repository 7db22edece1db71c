"""A table for other programs, as .xlsx, .csv or .json by the name of the file; written whole or not at all.

Hides the three formats. What stands in the table is the caller's; nothing in it is ever taken for a formula.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop.errors import UserError
from desktop.whole_files import hand_out

#: Excel takes no longer text in one cell.
_LONGEST_CELL = 32_767
#: What a spreadsheet opening a CSV would compute; a space before it keeps it text.
_COMPUTED = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how many characters wide its column stands in a spreadsheet."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """Titles above, columns, rows of text and numbers; ``records`` is the same and more as JSON."""

    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str | int]]
    records: dict[str, Any]


def write(path: Path, table: Table, *, now: datetime) -> None:
    """Write the table; UserError ``unknown_format`` for another ending, EnvironmentProblem when the disk does not."""
    hand_out(path, made(path, table, now=now))


def made(path: Path, table: Table, *, now: datetime) -> bytes:
    """What would be written to a file of this name; UserError ``unknown_format``."""
    maker = _MAKERS.get(path.suffix.lower())
    if maker is None:
        raise UserError("unknown_format", f"Tệp {path.name} phải có đuôi .xlsx, .csv hoặc .json.", file=str(path))
    return maker(table, now)


def _json(table: Table, _: datetime) -> bytes:
    return msgspec.json.format(msgspec.json.encode(table.records), indent=1) + b"\n"


def _csv(table: Table, _: datetime) -> bytes:
    """With the mark that tells Excel the letters, and no titles: the first line is the heading."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_inert(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _inert(cell: str | int) -> str | int:
    return f" {cell}" if isinstance(cell, str) and cell.startswith(_COMPUTED) else cell


def _xlsx(table: Table, now: datetime) -> bytes:
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": now.replace(tzinfo=None)})
        sheet = book.add_worksheet("Danh mục")
        bold = book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 12})
        head = book.add_format(_CELL | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"})
        cell = book.add_format(_CELL)
        for place, title in enumerate(table.titles):
            sheet.write_string(place, 0, title, bold)
        top = len(table.titles)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(top, place, column.heading, head)
        for below, row in enumerate(table.rows, start=top + 1):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(below, place, value, cell)
                elif value:
                    sheet.write_string(below, place, value[:_LONGEST_CELL], cell)
                else:
                    sheet.write_blank(below, place, None, cell)
        _lay_out(sheet, table, top)
    return data.getvalue()


_CELL = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "top", "border": 1}
_A4 = 9


def _lay_out(sheet: Any, table: Table, top: int) -> None:
    """Headings that stay, a filter, and A4 across with the heading on every page."""
    last_row, last_column = top + len(table.rows), len(table.columns) - 1
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, last_row, last_column)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_footer("&C&P/&N")


_MAKERS = {".xlsx": _xlsx, ".csv": _csv, ".json": _json}
