"""Charts of a workbook, drawn by the spreadsheet program from the cells of the table above them.

Hides how XlsxWriter names ranges and patterns. Told apart by pattern, with the target as a line of its own: black and
white as on paper. The cells of a line and of its target stand beside the table, outside the printed area.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from desktop.documents.charts import axis_of_rates
from desktop.documents.report import Chart, Grid, hundredths
from desktop.rules.statistics import Rate

#: Rows that a chart takes up at least, those around what it draws, and the height of a row in pixels.
_ROWS, _AROUND, _ROW_HEIGHT = 16, 6, 20
#: Pixels of a column: those of a digit, and what is added.
_DIGIT, _PADDING = 7, 5
_KINDS: dict[str, dict[str, str]] = {
    "line": {"type": "line"},
    "bars": {"type": "column"},
    "shares": {"type": "bar", "subtype": "stacked"},
}
_LOOKS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "white"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "black"}},
)
_LINE = {"line": {"color": "black", "width": 1.5}, "marker": {"type": "circle", "fill": {"color": "black"}}}
_TARGET = {"line": {"color": "black", "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the table stands: worksheet, first and last row without the sums, what it holds, type size, widths."""

    sheet: str
    first: int
    last: int
    grid: Grid
    size: int
    widths: Sequence[float]

    def column(self, at: int) -> list[Any]:
        """A column's cells as XlsxWriter names a range."""
        return [self.sheet, self.first, at, self.last, at]


def insert(book: xlsxwriter.Workbook, sheet: Worksheet, chart: Chart, drawn: Drawn, row: int) -> int:
    """Draw a chart from ``row`` on; returns how many rows it takes."""
    picture = book.add_chart(_KINDS[chart.kind])
    named = {"categories": drawn.column(chart.labels)}
    for number, at in enumerate(chart.series):
        caption = drawn.grid.columns[at].caption
        if chart.kind == "line":
            values, look = _beside(book, sheet, drawn, 1, caption, _rates_of(drawn, at)), _LINE
        else:
            values, look = drawn.column(at), {"border": {"color": "black"}, **_LOOKS[number]}
        picture.add_series({"name": caption, "values": values} | named | look)
    if chart.target:
        level = [chart.target.hundredths] * (drawn.last - drawn.first + 1)
        values = _beside(book, sheet, drawn, 2, chart.target.words, level)
        called = f"{chart.target.words} {chart.target.hundredths / 100:.2f} %".replace(".", ",")
        picture.add_series({"name": called, "values": values} | named | _TARGET)
    picture.set_title({"name": chart.title, "name_font": {"size": drawn.size, "bold": True}, "overlay": False})
    picture.set_legend({"position": "bottom"})
    rows = _ROWS
    if chart.kind == "shares":
        # From top to bottom as in the table, the counts below.
        picture.set_y_axis({"reverse": True, "crossing": "max", "interval_unit": 1, "num_font": {"size": 9}})
        rows = max(_ROWS, 2 * (drawn.last - drawn.first + 1) + _AROUND)
    elif chart.kind == "line":
        picture.set_y_axis({"num_format": "0.0%", "max": 1, "min": axis_of_rates(chart, drawn.grid)[1] / 10_000})
    width = sum(int(width * _DIGIT + _PADDING) for width in drawn.widths)
    picture.set_size({"width": width - _PADDING, "height": (rows - 1) * _ROW_HEIGHT})
    sheet.insert_chart(row, 0, picture, {"object_position": 2})
    return rows


def _rates_of(drawn: Drawn, at: int) -> list[int | None]:
    cells = [row[at] for row in drawn.grid.rows[: drawn.last - drawn.first + 1]]
    return [hundredths(cell) if isinstance(cell, Rate) else None for cell in cells]


def _beside(
    book: xlsxwriter.Workbook, sheet: Worksheet, drawn: Drawn, step: int, caption: str, values: Sequence[int | None]
) -> list[Any]:
    """Write rates outside the printed area, a gap where there is none: a dash would be drawn as nought."""
    look, column = book.add_format({"num_format": "0.00%"}), len(drawn.grid.columns) + step
    sheet.write_string(drawn.first - 1, column, caption)
    for row, value in enumerate(values, start=drawn.first):
        if value is not None:
            sheet.write_number(row, column, value / 10_000, look)
    return drawn.column(column)
