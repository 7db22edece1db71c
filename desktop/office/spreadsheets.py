"""The tables of an .xlsx file, read with bounded memory whatever the file claims to be.

Hides the package and openpyxl, of which only the parsers are used, on streams that count: its ``load_workbook`` reads a
million empty rows into a gigabyte and walks a whole sheet to learn its size. Cells merged downwards come filled; a
formula is refused. Nothing of a file is run, no picture of it is read.
"""

import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from desktop.office.bounded_rows import MOST_COLUMNS, Bounds, Stopped, Tell, bounded
from desktop.rules.list_entries import Cell, ListError, Row, Sheet

#: Between two rows: the parser keeps a row whole, and no row of a list is that long.
_MOST_OF_A_ROW = 4_000_000
#: Parts that are read in one piece: styles, names of sheets.
_MOST_OF_A_PART = 8_000_000
_MOST_SHEETS = 60
_MOST_PARTS = 5_000
#: A package ends with its count of parts and a remark of at most 64 KB.
_END_WITHIN = 66_000
_BROKEN = (
    BadZipFile,
    ParseError,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def names(path: Path) -> tuple[str, ...]:
    """The names of the parts of a package; ListError for one that is damaged or has more parts than any list."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _END_WITHIN))
            end = file.read().rpartition(b"PK\5\6")[2]
            if len(end) < 8 or int.from_bytes(end[6:8], "little") > _MOST_PARTS:
                raise _swollen()
            with ZipFile(file) as archive:
                return tuple(archive.namelist())
    except ListError:
        raise
    except _BROKEN as error:
        raise _damaged() from error


def sheets(path: Path, bounds: Bounds, *, tell: Tell | None = None) -> tuple[Sheet, ...]:
    """Every visible sheet; ListError for a file that is damaged, holds formulas or swells beyond measure.

    ``Stopped`` when ``tell`` answers that nobody wants it any more.
    """
    try:
        with warnings.catch_warnings(), path.open("rb") as file, _Archive(file) as archive:
            warnings.simplefilter("ignore")  # openpyxl tells which decorations it drops
            archive.bounds, archive.tell = bounds, tell
            return tuple(_sheets(file, archive))
    except (ListError, Stopped):
        raise
    except _BROKEN as error:
        raise _damaged() from error


class _Archive(ZipFile):
    """A package whose parts open only at a sane size; sheets and texts may be large and are counted while read."""

    bounds: Bounds
    tell: Tell | None

    def open(self, name: Any, mode: Any = "r", pwd: bytes | None = None, **options: Any) -> IO[bytes]:
        if self.getinfo(name).file_size > _MOST_OF_A_PART:
            raise _swollen()
        return super().open(name, mode, pwd, **options)

    def sheet(self, name: str) -> "_Counted":
        return self._counted(name, _MOST_OF_A_ROW, self.bounds.sheet_tags)

    def texts(self, name: str) -> "_Counted":
        return self._counted(name, self.bounds.most_bytes, self.bounds.text_tags)

    def _counted(self, name: str, at_once: int, tags: int) -> "_Counted":
        tell, total = self.tell, self.getinfo(name).file_size
        told = (lambda done: tell(done, total)) if tell else None
        return _Counted(super().open(name), self.bounds.most_bytes, at_once, tags, told)


class _Counted:
    """A stream that refuses to give more than any list holds, in all or since ``rest`` was last called."""

    def __init__(
        self, source: IO[bytes], most: int, at_once: int, tags: int, tell: Callable[[int], bool] | None
    ) -> None:
        self._source, self._most, self._at_once, self._most_tags = source, most, at_once, tags
        self._tell = tell
        self._bytes = self._tags = self._before = 0

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self._bytes += len(data)
        self._tags += data.count(b"<")
        if self._bytes > self._most or self._tags > self._most_tags or self._bytes - self._before > self._at_once:
            raise _swollen()
        if self._tell and not self._tell(self._bytes):
            raise Stopped
        return data

    def rest(self) -> None:
        self._before = self._bytes


def _damaged() -> ListError:
    return ListError(
        "damaged_file", "Tệp bảng tính bị hỏng; hãy mở bằng Excel, lưu lại thành .xlsx rồi nhập lại. Chưa ghi gì."
    )


def _swollen() -> ListError:
    return ListError("swollen_file", "Tệp bảng tính phình ra quá lớn khi giải nén nên không đọc; chưa ghi gì.")


def _sheets(file: IO[bytes], archive: _Archive) -> Iterator[Sheet]:
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(file, read_only=True, keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    _read_texts(reader, archive)
    reader.read_workbook()
    _read_styles(reader)
    for number, (sheet, part) in enumerate(reader.parser.find_sheets()):
        if number == _MOST_SHEETS:
            raise ListError("too_many_sheets", f"Tệp có hơn {_MOST_SHEETS} trang; chưa ghi gì.")
        if sheet.state == "visible" and "chartsheet" not in part.Type:
            yield Sheet(str(sheet.name), _filled(*_rows(reader, archive.sheet(part.target), archive.bounds.computed)))


def _read_texts(reader: Any, archive: _Archive) -> None:
    from openpyxl.reader.strings import read_string_table
    from openpyxl.xml.constants import SHARED_STRINGS

    part = reader.package.find(SHARED_STRINGS)
    if part is not None:
        reader.shared_strings = read_string_table(archive.texts(part.PartName[1:]))


def _read_styles(reader: Any) -> None:
    """Styles tell which numbers are days. Portals write styles that openpyxl refuses; their days are text anyway."""
    from openpyxl.styles.stylesheet import apply_stylesheet

    try:
        apply_stylesheet(reader.archive, reader.wb)
    except ListError:
        raise
    except _BROKEN:
        reader.wb._date_formats = set()


def _rows(reader: Any, stream: _Counted, computed: bool) -> tuple[tuple[Row, ...], Sequence[str]]:
    """The rows that hold something, and the ranges of merged cells, which a sheet tells after its rows."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = reader.wb
    parser = WorkSheetParser(
        stream,
        reader.shared_strings,
        data_only=computed,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    if computed:
        parser.parse_cell = partial(_computed, parser, parser.parse_cell)
    rows = bounded(_cells(parser.parse(), stream))
    return rows, [each.ref for each in parser.merged_cells.mergeCell] if parser.merged_cells else []


def _computed(parser: Any, parse: Callable[[Any], dict[str, Any]], element: Any) -> dict[str, Any]:
    """A cell, of a formula what was computed last; one that never was would pass for empty."""
    from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG

    # What came out as an empty text says so by its type.
    is_empty = not element.findtext(VALUE_TAG) and element.get("t") != "str"
    if is_empty and element.find(FORMULA_TAG) is not None:
        row = parser.row_counter
        raise ListError(
            "not_computed",
            f"Dòng {row} có công thức chưa tính; hãy mở tệp bằng Excel, lưu lại rồi nhập lại. Chưa ghi gì.",
            row,
        )
    return parse(element)


def _cells(parsed: Iterator[tuple[int, list[dict[str, Any]]]], stream: _Counted) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with their cells in place, a formula refused."""
    for number, found in parsed:
        stream.rest()
        cells: list[Cell] = []
        for cell in found:
            column, value = cell["column"], cell["value"]
            if cell["data_type"] == "f":
                raise _formula(number, column)
            if value is not None:
                cells += [None] * (min(column, MOST_COLUMNS + 1) - len(cells))
                cells[min(column, MOST_COLUMNS + 1) - 1] = value
        yield number, cells


def _filled(rows: tuple[Row, ...], merged: Sequence[str]) -> tuple[Row, ...]:
    """The rows with each cell that is merged downwards repeated in every row of it."""
    from openpyxl.utils import range_boundaries

    places = {row.number: place for place, row in enumerate(rows)}
    cells = [list(row.cells) for row in rows]
    for reference in merged:
        column, first, _, last = range_boundaries(reference)
        top = cells[places[first]] if first in places else []
        value = top[column - 1] if column <= len(top) else None
        for number in range(first + 1, min(last, rows[-1].number) + 1) if value is not None else ():
            if number in places:
                below = cells[places[number]]
                below += [None] * (column - len(below))
                below[column - 1] = value
    return tuple(Row(row.number, tuple(each)) for row, each in zip(rows, cells, strict=True))


def _formula(number: int, column: int) -> ListError:
    from openpyxl.utils import get_column_letter

    return ListError(
        "formula",
        f"Dòng {number} có công thức ở cột {get_column_letter(column)}; hãy dán giá trị rồi nhập lại. Chưa ghi gì.",
        number,
    )
