"""Tables in a form: framed rows that break between pages, each page with the head again.

Composed by forms, lists and reports on a :class:`Sheet`; pages.py repeats the head. The register book has thousands
of rows and is drawn by register_book.py itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from desktop.documents.blocks import Block, Piece, Rule
from desktop.documents.layout import Sheet
from desktop.documents.lines import Align, Text, line_height, set_paragraph

_PADDING = 3.0
#: A row is parted between pages only beyond so many lines: half a page of A5.
_MOST_LINES = 16


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its caption, its share of the measure (all shares together make 1), how its cells are set.

    Neighbours with the same captions ``over`` them, outermost first, stand under these together; ``mark`` is the
    number of the column in its form, below the caption.
    """

    caption: str
    share: float
    align: Align = "left"
    over: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """A cell of a table's head: from which row and column on it stands, and over how many of them."""

    words: str
    row: int
    column: int
    rows: int
    columns: int


def captions(columns: Sequence[Column]) -> tuple[Caption, ...]:
    """The cells of a head, row by row: captions over several columns, each column's own, and the marks if any."""
    depth = max(len(column.over) for column in columns) + 1
    found = []
    for row in range(depth):
        at = 0
        for words, group in groupby(columns, key=lambda column: (*column.over, None)[: row + 1]):
            count = len(list(group))
            if len(words) > row and words[row] is not None:
                found.append(Caption(str(words[row]), row, at, 1, count))
            elif len(words) == row + 1:
                own = columns[at : at + count]
                found += [Caption(one.caption, row, at + n, depth - row, 1) for n, one in enumerate(own)]
            at += count
    if any(column.mark for column in columns):
        found += [Caption(column.mark, depth, at, 1, 1) for at, column in enumerate(columns)]
    return tuple(found)


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    tied: bool = False,
    totals: Sequence[Sequence[str]] = (),
) -> None:
    """Add a table in the small type of the paper; a line end in a cell begins a paragraph of its own.

    ``totals`` are rows below the others that stand out; ``tied`` keeps the last row with what follows.
    """
    grid, faces = _Grid(sheet, columns), sheet.faces
    head = grid.head()
    sheet.add(replace(head, gap=sheet.paper.gap, keep=True))
    blocks = [block for cells in rows for block in grid.row(cells, faces.regular)]
    sums = [block for cells in totals for block in grid.row(cells, faces.bold)]
    last = len(blocks) + len(sums)
    for number, block in enumerate((*blocks, *sums), start=1):
        # Sums never stand alone on a page.
        keep = tied if number == last else bool(sums) and number >= len(blocks)
        sheet.add(replace(block, head=head, keep=keep))


class _Grid:
    """Where the columns stand on a sheet, and rows drawn in it."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self._size = sheet.paper.small
        self._face = sheet.faces.bold
        self._columns = columns
        self._edges = [0.0, *(share * sheet.paper.measure for share in accumulate(c.share for c in columns))]

    def head(self) -> Block:
        """The captions, set in the middle of their cells."""
        step, face = line_height(self._size), self._face
        cells = captions(self._columns)
        lines = [self._lines(cell.column, cell.words, face, "center", cell.columns) for cell in cells]
        heights = [0.0] * (cells[-1].row + cells[-1].rows)
        for cell, words in sorted(zip(cells, lines, strict=True), key=lambda pair: pair[0].rows):
            last, needed = cell.row + cell.rows, len(words) * step + _PADDING + 1
            heights[last - 1] += max(0.0, needed - sum(heights[cell.row : last]))
        tops = [0.0, *accumulate(heights)]
        pieces: list[Piece] = []
        for cell, words in zip(cells, lines, strict=True):
            top, bottom = tops[cell.row], tops[cell.row + cell.rows]
            left, right = self._edges[cell.column], self._edges[cell.column + cell.columns]
            above = top + _PADDING / 2 + (bottom - top - _PADDING - 1 - len(words) * step) / 2
            pieces += _lowered(words, above, step)
            pieces += [Rule(left, top, right, top), Rule(left, top, left, bottom)]
        right = self._edges[-1]
        return Block(tops[-1], (*pieces, Rule(right, 0, right, tops[-1]), Rule(0, tops[-1], right, tops[-1])))

    def row(self, cells: Sequence[str], face: str) -> list[Block]:
        """One row, in several framed parts when it is too tall to stay whole."""
        lines = [self._lines(index, cell, face, self._columns[index].align) for index, cell in enumerate(cells)]
        parts = range(0, max(map(len, lines)), _MOST_LINES)
        return [self._part([cell[at : at + _MOST_LINES] for cell in lines]) for at in parts]

    def _lines(self, index: int, cell: str, face: str, align: Align, columns: int = 1) -> list[tuple[Text, ...]]:
        left, right = self._edges[index] + _PADDING, self._edges[index + columns] - _PADDING
        return [
            line
            for paragraph in cell.split("\n")
            for line in set_paragraph(((paragraph, face),), self._size, left, right - left, align)
        ]

    def _part(self, cells: Sequence[Sequence[tuple[Text, ...]]]) -> Block:
        step = line_height(self._size)
        height = max(map(len, cells)) * step + _PADDING + 1
        pieces: list[Piece] = [piece for cell in cells for piece in _lowered(cell, _PADDING / 2, step)]
        pieces += [Rule(left, y, right, y) for y in (0, height) for left, right in pairwise(self._edges)]
        pieces += [Rule(x, 0, x, height) for x in self._edges]
        return Block(height, tuple(pieces))


def _lowered(lines: Sequence[tuple[Text, ...]], above: float, step: float) -> list[Piece]:
    return [replace(text, y=text.y + above + number * step) for number, line in enumerate(lines) for text in line]
