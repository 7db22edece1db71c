"""Sets the words of a sheet of the wall into lines: cells, rows, titles, each with its place in the columns.

Hides type sizes and column widths. Called by posting_pages.py, which breaks rows over pages and draws. Lengths are
points; a line knows its texts from its own top, x from the left margin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from desktop.documents.fonts import Faces
from desktop.documents.ink import Ink, Stroke
from desktop.documents.layout import PaperSize, paper_faces
from desktop.documents.lines import Align, Run, line_height
from desktop.documents.posting_sheet import Para, Row, SheetKind
from desktop.documents.units import mm


def _enlarged(paper: PaperSize, name: str, times: float) -> PaperSize:
    lengths = ("width", "height", "top", "bottom", "left", "right", "body", "caps", "title", "small", "gap")
    return PaperSize(name, *(getattr(paper, length) * times for length in lengths))


#: The wall is read standing: 13 pt on A4, codes and bases 11 pt, nothing less.
A4 = PaperSize("A4", 210 * mm, 297 * mm, 11 * mm, 9 * mm, 18 * mm, 13 * mm, 13, 11, 26, 11, 4)
#: A3 is A4 enlarged: 18.4 pt, and every line and page breaks where it does on A4.
A3 = _enlarged(A4, "A3", 2**0.5)
SIZES = {paper.name: paper for paper in (A4, A3)}

#: Shares of the measure, and the columns that are centred.
SHARES: dict[SheetKind, tuple[float, ...]] = {
    SheetKind.LIST: (0.065, 0.375, 0.205, 0.155, 0.2),
    SheetKind.PROCEDURE: (0.28, 0.72),
    SheetKind.FEES: (0.09, 0.42, 0.49),
    SheetKind.LINKS: (0.095, 0.705, 0.2),
    SheetKind.NOTICE: (0.38, 0.62),
    SheetKind.CONTENTS: (0.075, 0.455, 0.115, 0.165, 0.19),
    SheetKind.INVENTORY: (0.095, 0.42, 0.17, 0.165, 0.15),
}
#: Read from farther away than a list.
_ENLARGED = {SheetKind.NOTICE: 1.4}
_CENTRED = {SheetKind.LIST: (0,), SheetKind.FEES: (0,), SheetKind.LINKS: (0,), SheetKind.CONTENTS: (0, 2, 3, 4)}
_SQUARE = 30 * mm
#: How far a paragraph hangs from its number, in parts of the type size: room for two digits and a point.
_HANG = 1.6
_REMEMBERED = 8192


class Graphic(NamedTuple):
    """A square in a line: the symbol of a text or the image of a SHA-256, from its left edge, so wide and high."""

    x: float
    side: float
    qr: str = ""
    picture: str = ""


#: A line of a cell: its height, its strokes, all on one baseline, and a graphic where it is one.
Line = tuple[float, tuple[Stroke, ...], Graphic | None]
Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row ready to draw: lines between each two of ``edges``, and what runs below them over the full width."""

    cells: tuple[Lines, ...]
    edges: tuple[float, ...]
    below: Lines = ()

    @property
    def is_head(self) -> bool:
        """Whether it heads a group and must not be parted from the row after it."""
        return len(self.cells) == 1


def height_of(lines: Iterable[Line]) -> float:
    """How high lines stand above each other."""
    return sum([line[0] for line in lines])


class Setter:
    """Sets words for one paper size; ``pad`` is the white beside a cell's frame."""

    def __init__(self, paper: PaperSize, ink: Ink) -> None:
        self.paper = paper
        self._ink = ink
        self.faces: Faces = paper_faces()
        self.pad = 4.0 * paper.body / A4.body
        self._edges = {
            kind: tuple(accumulate((share * paper.measure for share in shares), initial=0.0))
            for kind, shares in SHARES.items()
        }
        self._known: dict[tuple, Lines] = {}

    def row(self, row: Row, kind: SheetKind) -> LaidRow:
        """The row of a sheet of this kind."""
        measure = self.paper.measure
        below = self.cell(row.below, 0, measure) if row.below else ()
        if len(row.cells) == 1:
            return LaidRow((self.cell(row.cells[0], 0, measure),), (0.0, measure), below)
        edges, centred = self._edges[kind], _CENTRED.get(kind, ())
        times = _ENLARGED.get(kind, 1.0)
        cells = [
            self.cell(paras, edges[at], edges[at + 1], "center" if at in centred else "left", times)
            for at, paras in enumerate(row.cells)
        ]
        return LaidRow(tuple(cells), edges, below)

    def captions(self, words: Sequence[str], kind: SheetKind) -> LaidRow:
        """The head of the table; captions beyond its columns stand below the others."""
        bold = [(Para(strong=caption),) for caption in words]
        edges = self._edges[kind]
        cells = [self.cell(paras, *pair, "center") for paras, pair in zip(bold, pairwise(edges), strict=False)]
        below = [line for paras in bold[len(cells) :] for line in self.cell(paras, 0, edges[-1], "center")]
        return LaidRow(tuple(cells), edges, tuple(below))

    def cell(
        self, paras: Iterable[Para], left: float, right: float, align: Align = "left", times: float = 1.0
    ) -> Lines:
        """Paragraphs between two edges, in type so many times the usual size."""
        lines: list[Line] = []
        for para in paras:
            key = para, left, right, times
            lines += self._known.get(key) or self._remembered(
                key, self._para(para, left + self.pad, right - left - 2 * self.pad, align, times)
            )
        return tuple(lines)

    def words(self, words: str, face: str, size: float, left: float, width: float, align: Align = "left") -> Lines:
        """Words in one face."""
        key = words, face, size, left, width, align
        return self._known.get(key) or self._remembered(key, self._lines(((words, face),), size, left, width, align))

    def _remembered(self, key: tuple, lines: Lines) -> Lines:
        """Labels and remarks come on every page; the words of one procedure give way again."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = lines
        return lines

    def _lines(self, runs: Iterable[Run], size: float, left: float, width: float, align: Align) -> Lines:
        height = line_height(size)
        return tuple([(height, line, None) for line in self._ink.lines(runs, size, left, width, align)])

    def _para(self, para: Para, left: float, width: float, align: Align, times: float) -> Lines:
        faces, size = self.faces, times * (self.paper.small if para.small else self.paper.body)
        if para.qr:
            side = min(_SQUARE * self.paper.body / A4.body, width)
            return ((side, (), Graphic(left + (width - side) / 2, side, para.qr)),)
        told = ((para.lead, faces.regular), (para.strong, faces.bold), (para.rest, faces.regular))
        runs = [run for run in told if run[0]]
        if not para.item:
            return self._lines(runs, size, left, width, align)
        hang = _HANG * size
        first, *rest = self._lines(runs, size, left + hang, width - hang, align)
        (marker,) = self._ink.lines([(para.item, runs[0][1])], size, left, width)
        return ((first[0], marker + first[1], None), *rest)
