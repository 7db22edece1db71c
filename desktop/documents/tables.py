"""Tables in a form: framed rows that break between pages, each page with the head again.

Composed by the control sheet and the hand-over list on a :class:`Sheet`; pages.py repeats the head. The register
book has thousands of rows and is drawn by register_book.py itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from desktop.documents.blocks import Block, Piece, Rule
from desktop.documents.layout import Sheet
from desktop.documents.lines import Align, Text, line_height, set_paragraph

_PADDING = 3.0
#: A row is parted between pages only beyond so many lines: half a page of A5.
_MOST_LINES = 16


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its caption, its share of the measure (all shares together make 1), how its cells are set."""

    caption: str
    share: float
    align: Align = "left"


def table(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, tied: bool = False) -> None:
    """Add a table in the small type of the paper; a line end in a cell begins a paragraph of its own.

    ``tied`` keeps the last row with what follows.
    """
    grid = _Grid(sheet, columns)
    (head,) = grid.row([column.caption for column in columns], sheet.faces.bold, centred=True)
    sheet.add(replace(head, gap=sheet.paper.gap, keep=True))
    blocks = [block for cells in rows for block in grid.row(cells, sheet.faces.regular)]
    for number, block in enumerate(blocks, start=1):
        sheet.add(replace(block, head=head, keep=tied and number == len(blocks)))


class _Grid:
    """Where the columns stand on a sheet, and rows drawn in it."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self._size = sheet.paper.small
        self._columns = columns
        self._edges = [0.0, *(share * sheet.paper.measure for share in accumulate(c.share for c in columns))]

    def row(self, cells: Sequence[str], face: str, *, centred: bool = False) -> list[Block]:
        """One row, in several framed parts when it is too tall to stay whole."""
        lines = [self._lines(index, cell, face, centred) for index, cell in enumerate(cells)]
        height = max(map(len, lines))
        parts = range(0, height, height if centred else _MOST_LINES)
        return [self._part([cell[at : at + parts.step] for cell in lines], centred) for at in parts]

    def _lines(self, index: int, cell: str, face: str, centred: bool) -> list[tuple[Text, ...]]:
        left, right = self._edges[index] + _PADDING, self._edges[index + 1] - _PADDING
        align: Align = "center" if centred else self._columns[index].align
        return [
            line
            for paragraph in cell.split("\n")
            for line in set_paragraph(((paragraph, face),), self._size, left, right - left, align)
        ]

    def _part(self, cells: Sequence[Sequence[tuple[Text, ...]]], centred: bool) -> Block:
        step = line_height(self._size)
        count = max(map(len, cells))
        height = count * step + _PADDING + 1
        pieces: list[Piece] = []
        for cell in cells:
            above = _PADDING / 2 + (step * (count - len(cell)) / 2 if centred else 0.0)
            for number, line in enumerate(cell):
                pieces += [replace(text, y=text.y + above + number * step) for text in line]
        pieces += [Rule(left, y, right, y) for y in (0, height) for left, right in pairwise(self._edges)]
        pieces += [Rule(x, 0, x, height) for x in self._edges]
        return Block(height, tuple(pieces))
