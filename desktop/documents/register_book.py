"""Mẫu 07, the register book: sổ theo dõi hồ sơ, thousands of rows on landscape A4 with the totals of every page.

Draws rows straight on the canvas as they come, one page in memory, with widths and lines remembered: a year's book
takes seconds. Reads no database; cells come as words. The same content and rows give the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from desktop.documents.blocks import Block, Para, stack
from desktop.documents.layout import PaperSize, Sheet
from desktop.documents.letterhead import Letterhead, letterhead
from desktop.documents.lines import BASELINE, Align, line_height, set_paragraph, text_width
from desktop.documents.pages import Progress, draw_blocks, draw_overlay, new_canvas
from desktop.documents.tables import Column
from desktop.documents.units import mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: Margins as in a bound book; nothing below 9 pt.
LANDSCAPE = PaperSize("A4", 297 * mm, 210 * mm, 14 * mm, 10 * mm, 20 * mm, 10 * mm, 12, 11, 14, 9, 3.0)

_SIZE = 9
_LEAD = line_height(_SIZE)
_PAD = 2.5
#: The last five captions stand under this one.
_GROUP, _GROUPED = "Nhận và trả kết quả", 5
#: A row is parted between pages only beyond so many lines.
_MOST_LINES = 30

#: A line of a cell: how far from the cell's left edge it begins, and its words.
_Line = tuple[float, str]


class Row(NamedTuple):
    """One dossier: a cell for each column (a line end begins a new line), and whether its result was given back."""

    cells: tuple[str, ...]
    is_returned: bool


class Volume(NamedTuple):
    """A book of a year: its number line, its name, its rows in order."""

    number_line: str
    name: str
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class BookContent:
    """What stands around the rows. ``columns`` are the eleven of Mẫu 07, ``total`` the rows of all volumes."""

    form_ref: str
    title_lines: tuple[str, ...]
    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    place: str
    made_on: date
    centre_name: str
    columns: tuple[Column, ...]
    period: str
    total: int
    overlay: str = ""


def render(content: BookContent, volumes: Iterable[Volume], *, progress: Progress | None = None) -> bytes | None:
    """The book as PDF, each volume from a page of its own; None when ``progress`` said to stop."""
    buffer = BytesIO()
    title = " ".join(content.title_lines)
    canvas = new_canvas(buffer, LANDSCAPE, title=title, author=content.centre_name, subject=content.form_ref)
    done = 0
    for volume in volumes:
        pages = _Pages(canvas, content, volume)
        for row in volume.rows:
            if pages.add(row) and progress and not progress(done, content.total):
                return None
            done += 1
        pages.end()
    canvas.save()
    return buffer.getvalue()


class _Pages:
    """The pages of one volume being drawn: where the next row goes, and the counts for the totals."""

    def __init__(self, canvas: "Canvas", content: BookContent, volume: Volume) -> None:
        self._canvas = canvas
        self._content = content
        self._volume = volume
        self._sheet = Sheet(LANDSCAPE)
        self._bold = (self._sheet.faces.bold, _SIZE)
        self._edges = [0.0, *(share * LANDSCAPE.measure for share in accumulate(c.share for c in content.columns))]
        self._frames = [(c.share * LANDSCAPE.measure, c.align) for c in content.columns]
        self._number = 0
        self._total = f"pages-from-{canvas.getPageNumber()}"
        self._total_at = LANDSCAPE.measure - _PAD - text_width("0" * len(str(content.total)), *self._bold)
        self._rows = self._returned = self._all_rows = self._all_returned = 0
        self._turn()

    def add(self, row: Row) -> bool:
        """Draw a row; tells whether a page was begun for it."""
        face = self._sheet.faces.regular
        cells = [_cell(words, face, *frame) for words, frame in zip(row.cells, self._frames, strict=True)]
        count = max(map(len, cells))
        turned = False
        for at in range(0, count, _MOST_LINES):
            lines = min(count - at, _MOST_LINES)
            if self._y + lines * _LEAD + _PAD > self._bottom:
                self._end_page()
                self._turn()
                turned = True
            self._draw([cell[at : at + lines] for cell in cells], lines)
        self._rows += 1
        self._returned += row.is_returned
        return turned

    def end(self) -> None:
        """Close the volume with its last totals; only now every page learns how many there are."""
        self._end_page()
        canvas = self._canvas
        canvas.beginForm(self._total, 0, -_PAD, LANDSCAPE.measure - self._total_at, _LEAD)
        canvas.setFont(*self._bold)
        canvas.drawString(0, 0, str(self._number))
        canvas.endForm()

    def _turn(self) -> None:
        self._number += 1
        canvas, content = self._canvas, self._content
        if content.overlay:
            draw_overlay(canvas, LANDSCAPE, content.overlay, self._sheet.faces.bold)
        blocks = list(self._opening() if self._number == 1 else self._running())
        placed, y = [], LANDSCAPE.top
        for block in blocks:
            y += block.gap
            placed.append((y, block))
            y += block.height
        draw_blocks(canvas, LANDSCAPE, placed)
        self._text = canvas.beginText()
        self._text.setFont(*self._bold)
        self._y = self._draw_captions(y + 2 * _PAD)
        self._text.setFont(self._sheet.faces.regular, _SIZE)
        self._bottom = LANDSCAPE.height - LANDSCAPE.bottom - (_LEAD + 2 * _PAD)

    def _opening(self) -> Iterator[Block]:
        """The head of the form, once for each volume."""
        content, faces = self._content, self._sheet.faces
        head = Letterhead(
            content.superior_lines, content.centre_lines, self._volume.number_line, content.place, content.made_on
        )
        sheet = Sheet(LANDSCAPE)
        letterhead(sheet, head)
        yield from sheet.blocks
        lines = [Para(((line, faces.bold),), LANDSCAPE.title, "center") for line in content.title_lines]
        lines.append(Para(((self._volume.name, faces.bold),), LANDSCAPE.body, "center"))
        lines.append(Para(((content.period, faces.italic),), LANDSCAPE.body, "center"))
        yield stack(lines, 0, LANDSCAPE.measure, gap=2 * LANDSCAPE.gap)

    def _running(self) -> Iterator[Block]:
        words = f"{' '.join(self._content.title_lines)} – {self._volume.name}"
        yield stack([Para(((words, self._sheet.faces.regular),), _SIZE, "center")], 0, LANDSCAPE.measure)

    def _draw_captions(self, top: float) -> float:
        """The captions, the last five under one of their own; returns where the rows begin."""
        columns, edges = self._content.columns, self._edges
        face = self._sheet.faces.bold
        captions = [
            _cell(column.caption, face, width, "center")
            for column, (width, _) in zip(columns, self._frames, strict=True)
        ]
        first = len(columns) - _GROUPED
        below = top + _LEAD + _PAD
        high = max(max(map(len, captions[:first])) * _LEAD, max(map(len, captions[first:])) * _LEAD + _LEAD + _PAD)
        bottom = top + high + _PAD
        self._write(_cell(_GROUP, face, edges[-1] - edges[first], "center"), edges[first], top)
        for index, lines in enumerate(captions):
            upper = top if index < first else below
            middle = upper + (bottom - upper - _PAD - len(lines) * _LEAD) / 2
            self._write(lines, edges[index], middle)
        self._canvas.line(0, -top, edges[-1], -top)
        self._canvas.line(edges[first], -below, edges[-1], -below)
        self._canvas.line(0, -bottom, edges[-1], -bottom)
        self._uprights = [(x, below if first < index < len(columns) else top) for index, x in enumerate(edges)]
        return bottom

    def _draw(self, cells: Sequence[Sequence[_Line]], lines: int) -> None:
        for left, cell in zip(self._edges, cells, strict=False):
            self._write(cell, left, self._y)
        self._y += lines * _LEAD + _PAD
        self._canvas.line(0, -self._y, self._edges[-1], -self._y)

    def _write(self, lines: Sequence[_Line], left: float, top: float) -> None:
        text = self._text
        y = -top - _PAD / 2 - BASELINE * _SIZE
        for offset, words in lines:
            text.setTextOrigin(left + offset, y)
            text.textLine(words)
            y -= _LEAD

    def _end_page(self) -> None:
        """The totals of the page and those up to here, its number, the uprights of the table, the page itself."""
        self._all_rows += self._rows
        self._all_returned += self._returned
        edges = self._edges
        self._text.setFont(*self._bold)
        here = f"Cộng trang: {self._rows} hồ sơ, đã trả {self._returned}"
        so_far = f"Lũy kế trong kỳ: {self._all_rows} hồ sơ, đã trả {self._all_returned}"
        self._write([(_PAD, here)], 0, self._y)
        self._write([(0, so_far)], 0.4 * LANDSCAPE.measure, self._y)
        number = f"Trang {self._number}/"
        self._write([(0, number)], self._total_at - text_width(number, *self._bold), self._y)
        self._canvas.drawText(self._text)
        end = self._y + _LEAD + _PAD
        self._canvas.line(0, -end, edges[-1], -end)
        for x, top in self._uprights:
            self._canvas.line(x, -top, x, -(end if x in (0.0, edges[-1]) else self._y))
        self._rows = self._returned = 0
        self._canvas.translate(self._total_at, -self._y - _PAD / 2 - BASELINE * _SIZE)
        self._canvas.doForm(self._total)
        self._canvas.showPage()


@lru_cache(maxsize=2048)
def _cell(words: str, face: str, width: float, align: Align = "left") -> tuple[_Line, ...]:
    """The lines of a cell ``width`` wide; names of procedures and hamlets come again and again."""
    if not words:
        return ()
    return tuple(
        (text.x, text.words)
        for paragraph in words.split("\n")
        for line in set_paragraph(((paragraph, face),), _SIZE, _PAD, width - 2 * _PAD, align)
        for text in line
    )
