"""Draws sheets of the wall on A4 or A3, each on pages of its own, its table broken over them with the captions again.

One sheet is in memory at a time. The same sheets printed on the same day give the same bytes. Reads no register and no
clock.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Literal, NamedTuple

from desktop.documents.ink import Ink
from desktop.documents.pages import Progress, new_canvas
from desktop.documents.posting_heads import Heads, Printing
from desktop.documents.posting_layout import A4, SIZES, LaidRow, Lines, Setter, height_of
from desktop.documents.posting_page import Page, Press
from desktop.documents.posting_sheet import SheetContent, SheetKind

__all__ = ["Printing", "Progress", "QrSheet", "Size", "render"]

Size = Literal["A4", "A3"]

_PRACTICE_MARK = "BẢN TẬP HUẤN"
#: Up to this part of a page a row stays whole; never fewer lines than these of a taller one stand at a page's foot.
_WHOLE = {SheetKind.PROCEDURE: 0.15}
_WHOLE_ELSEWHERE, _LEAST = 0.45, 3
_POSTERS = (SheetKind.COVER, SheetKind.SIGN)


class QrSheet(NamedTuple):
    """A sheet to print, with the text of its QR."""

    content: SheetContent
    qr_text: str


def render(
    sheets: Iterable[QrSheet],
    count: int,
    printing: Printing,
    *,
    size: Size = "A4",
    title: str,
    author: str,
    picture: Callable[[str], bytes],
    progress: Progress | None = None,
) -> bytes | None:
    """The sheets, ``count`` of them, as one PDF; None when ``progress`` said to stop.

    ``picture`` gives the image of a SHA-256. Raises ``EnvironmentProblem("no_font")``.
    """
    buffer, paper = BytesIO(), SIZES[size]
    canvas = new_canvas(buffer, paper, title=title, author=author, subject="Niêm yết công khai thủ tục hành chính")
    ink = Ink(canvas)
    setter, press = Setter(paper, ink), Press(canvas, ink, paper, picture)
    if printing.practice:
        press.overlay(_PRACTICE_MARK, setter.faces.bold)
    place = ""
    for done, (content, qr_text) in enumerate(sheets):
        if progress and not progress(done, count):
            return None
        if content.place != place and content.kind is not SheetKind.PROCEDURE:
            place = content.place
            press.bookmark(place)
        for page in _Flow(setter, content, Heads(setter, content, qr_text, printing)).pages():
            press.put(page)
    canvas.save()
    return buffer.getvalue()


class _Flow:
    """One sheet being broken into pages."""

    def __init__(self, setter: Setter, content: SheetContent, heads: Heads) -> None:
        self._setter, self._content, self._heads = setter, content, heads
        self._measure = setter.paper.measure
        self._captions = setter.captions(content.columns, content.kind) if content.columns else None
        self._pages = [Page()]
        self._y = heads.top

    def pages(self) -> list[Page]:
        """The finished pages."""
        if self._content.kind in _POSTERS:
            self._heads.poster(self._pages[0])
        else:
            self._y = self._heads.opening(self._pages[0])
            self._begin_table()
            self._table()
            self._box()
        for number, page in enumerate(self._pages, start=1):
            self._heads.frame(page, number, len(self._pages))
        return self._pages

    def _table(self) -> None:
        rows = [self._setter.row(row, self._content.kind) for row in self._content.rows]
        for at, row in enumerate(rows):
            # The head of a group is not parted from what it heads.
            tied = self._height(rows[at + 1]) if row.is_head and at + 1 < len(rows) else 0.0
            self._place(row, min(tied, self._page_room / 4))

    def _place(self, row: LaidRow, tied: float) -> None:
        """Put a row where it fits: whole, whole on the next page, or parted."""
        whole = _WHOLE.get(self._content.kind, _WHOLE_ELSEWHERE) * self._page_room
        height, room = self._height(row), self._heads.bottom - self._y
        if height + tied <= room:
            self._draw(row)
        elif height <= whole or room < _LEAST * 1.25 * self._setter.paper.body + self._setter.pad:
            self._turn()
            self._draw(row) if height <= self._page_room else self._part(row)
        else:
            self._part(row)

    def _part(self, row: LaidRow) -> None:
        """Draw a row over as many pages as it needs; a label at its left is said again on each."""
        repeated = row.cells[:1] if self._content.kind is SheetKind.PROCEDURE else ()
        cells, below = list(row.cells[len(repeated) :]), row.below
        while True:
            room = self._heads.bottom - self._y - self._setter.pad
            fits = [_fitting(cell, room) for cell in cells]
            taken = [cell[:count] for cell, count in zip(cells, fits, strict=True)]
            cells = [cell[count:] for cell, count in zip(cells, fits, strict=True)]
            last = LaidRow((*repeated, *taken), row.edges, () if any(cells) else below)
            if not any(cells) and self._height(last) <= self._heads.bottom - self._y:
                self._draw(last)
                return
            self._draw(LaidRow((*repeated, *taken), row.edges))
            self._turn()
            if not any(cells):
                break
        self._place(LaidRow((below,), (0.0, self._measure)), 0.0)

    def _draw(self, row: LaidRow) -> None:
        """Draw a row that fits, with its frame."""
        page, pad, top = self._pages[-1], self._setter.pad, self._y
        left, right = row.edges[0], row.edges[-1]
        y = max([page.lines(cell, top + pad / 2) for cell in row.cells]) + pad / 2
        for x in row.edges[1:-1]:
            page.rule(x, top, x, y)
        if row.below:
            y = page.lines(row.below, y) + pad / 2
        page.rule(left, top, left, y)
        page.rule(right, top, right, y)
        page.rule(left, y, right, y)
        self._y = y

    def _turn(self) -> None:
        """Go on at the head of a new page."""
        self._pages.append(Page())
        self._y = self._heads.top
        self._begin_table()

    def _begin_table(self) -> None:
        self._rule_across()
        if self._captions:
            self._draw(self._captions)

    def _rule_across(self) -> None:
        self._pages[-1].rule(0, self._y, self._measure, self._y)

    def _box(self) -> None:
        """The framed words below the table, on this page or the next."""
        if not self._content.box:
            return
        row = LaidRow((self._setter.cell(self._content.box, 0, self._measure),), (0.0, self._measure))
        gap = 8 * self._setter.paper.body / A4.body
        if self._height(row) + gap <= self._heads.bottom - self._y:
            self._y += gap
        else:
            self._pages.append(Page())
            self._y = self._heads.top
        self._rule_across()
        self._draw(row)

    @property
    def _page_room(self) -> float:
        """Height for rows on a page after the first."""
        return self._heads.bottom - self._heads.top - (self._height(self._captions) if self._captions else 0.0)

    def _height(self, row: LaidRow) -> float:
        pad = self._setter.pad
        below = height_of(row.below) + pad / 2 if row.below else 0.0
        return max([height_of(cell) for cell in row.cells]) + pad + below


def _fitting(lines: Lines, room: float) -> int:
    """How many of the lines fit."""
    for count, line in enumerate(lines):
        room -= line[0]
        if room < 0:
            return count
    return len(lines)
