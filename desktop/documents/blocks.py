"""What a page is made of: blocks that no page break may cut, stacked, set side by side or framed.

Composed by layout.py and the forms, broken into pages and drawn by pages.py. Lengths are points, y grows downwards
from the top of the block, x from the left margin.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from desktop.documents.lines import Align, Run, Text, line_height, set_paragraph, text_width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """A picture: ``draw`` paints it from its lower left corner, here (x, y), in units of ``unit`` points."""

    x: float
    y: float
    unit: float
    draw: "Callable[[Canvas], None]"


Piece = Text | Rule | Stamp


@dataclass(frozen=True, slots=True)
class Block:
    """What a page break may not cut.

    ``gap`` is the space above, the first thing given up when a page is nearly enough; ``keep`` ties the block to
    the one after it. ``head`` is repeated above it where it begins a page: the captions of a table.
    """

    height: float
    pieces: tuple[Piece, ...]
    gap: float = 0.0
    keep: bool = False
    head: "Block | None" = None


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of a stack. ``underline`` draws a centred line beneath, that part of the last line's width."""

    runs: tuple[Run, ...]
    size: float
    align: Align = "left"
    gap: float = 0.0
    underline: float = 0.0


def stack(
    paras: Sequence[Para], left: float, width: float, *, top: float = 0.0, gap: float = 0.0, keep: bool = False
) -> Block:
    """Paragraphs below each other as one unbreakable block that begins with ``top`` points of white."""
    pieces: list[Piece] = []
    for para in paras:
        top += para.gap
        lines = set_paragraph(para.runs, para.size, left, width, para.align, top)
        pieces += chain.from_iterable(lines)
        top += len(lines) * line_height(para.size)
        if para.underline:
            pieces.append(_underline(lines[-1], top + 1.5, para.underline))
            top += 3.0
    return Block(top, tuple(pieces), gap, keep)


def beside(*blocks: Block, middle: bool = False, gap: float = 0.0, keep: bool = False) -> Block:
    """Blocks that already stand in different columns, as one; tops aligned, or middles."""
    height = max(block.height for block in blocks)
    pieces: list[Piece] = []
    for block in blocks:
        pieces += _lowered(block.pieces, (height - block.height) / 2) if middle else block.pieces
    return Block(height, tuple(pieces), gap, keep)


def framed(paras: Sequence[Para], left: float, width: float, padding: float, *, gap: float = 0.0) -> Block:
    """A stack in a box of ``width``."""
    inner = stack(paras, left + padding, width - 2 * padding, top=padding / 2)
    right, height = left + width, inner.height + padding / 2
    box = (
        Rule(left, 0, right, 0),
        Rule(right, 0, right, height),
        Rule(right, height, left, height),
        Rule(left, height, left, 0),
    )
    return Block(height, box + inner.pieces, gap)


def _lowered(pieces: Sequence[Piece], by: float) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Rule):
            yield replace(piece, y1=piece.y1 + by, y2=piece.y2 + by)
        else:
            yield replace(piece, y=piece.y + by)


def _underline(line: Sequence[Text], y: float, part: float) -> Rule:
    start = line[0].x
    length = line[-1].x + text_width(line[-1].words, line[-1].face, line[-1].size) - start
    return Rule(start + length * (1 - part) / 2, y, start + length * (1 + part) / 2, y)
