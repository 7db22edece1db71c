"""How much of a file is read before it is refused: rows, columns, emptiness.

Every reader of lists passes its rows through here, so that a file of a million empty rows, or one cell in the far
corner of a sheet, costs little and gets its one sentence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.rules.list_entries import Cell, ListError, Row

#: Borders drawn down to here are a habit; more rows than that are a mistake in the file.
MOST_EMPTY = 10_000
MOST_ROWS = 60_000
MOST_COLUMNS = 200
#: Told (done, total) in bytes of a part while it is read; answers whether to go on.
Tell = Callable[[int, int], bool]


class Stopped(Exception):
    """Whoever waits for a file does not want it any more."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a spreadsheet may unpack: bytes and tags of a sheet, tags of the texts of all.

    ``computed``: a cell with a formula counts as what was computed last, which the file keeps; else it is refused.
    """

    most_bytes: int
    sheet_tags: int
    text_tags: int
    computed: bool = False


#: A list of the country's 5,700 procedures unpacks to a third of this. A tag of a text costs twenty times one of a
#: sheet to read; the same list has a third of either.
LIST = Bounds(48_000_000, 2_000_000, 600_000)
#: A year's register book of a busy commune, 25,000 dossiers in 15 columns, has a third of either.
BOOK = Bounds(150_000_000, 6_000_000, 2_000_000, computed=True)


def bounded(rows: Iterable[tuple[int, Sequence[Cell]]]) -> tuple[Row, ...]:
    """The rows that hold something; ``rows`` are their numbers with all their cells, in order.

    ListError at the row from which there are too many of them, too many empty ones or too many columns.
    """
    kept: list[Row] = []
    for number, cells in rows:
        last = kept[-1].number if kept else 0
        if number - last > MOST_EMPTY:
            raise ListError(
                "empty_rows",
                f"Từ dòng {last + 1} có hơn {_figure(MOST_EMPTY)} dòng trống; hãy xóa các dòng trống ấy rồi nhập lại."
                " Chưa ghi gì.",
                last + 1,
            )
        width = max((column for column, cell in enumerate(cells, 1) if not _is_empty(cell)), default=0)
        if not width:
            continue
        if width > MOST_COLUMNS:
            raise ListError("too_wide", f"Dòng {number} có hơn {MOST_COLUMNS} cột; chưa ghi gì.", number)
        if len(kept) == MOST_ROWS:
            raise ListError(
                "too_many_rows", f"Đến dòng {number} đã quá {_figure(MOST_ROWS)} dòng; chưa ghi gì.", number
            )
        kept.append(Row(number, tuple(cells[:width])))
    return tuple(kept)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
