"""What a page is made of: blocks that no page break may cut, stacked, set side by side or framed.

Composed by layout.py and the forms, broken into pages and drawn by pages.py. Lengths are points, y grows downwards
from the top of the block, x from the left margin.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.documents.lines import Align, Run, Text, line_height, set_paragraph, text_width


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """A drawing the document makes once, shown with its lower left corner at (x, y) and ``unit`` points a unit."""

    x: float
    y: float
    name: str
    unit: float


Piece = Text | Rule | Stamp


@dataclass(frozen=True, slots=True)
class Block:
    """What a page break may not cut.

    ``gap`` is the space above, the first thing given up when a page is nearly enough; ``keep`` ties the block to
    the one after it.
    """

    height: float
    pieces: tuple[Piece, ...]
    gap: float = 0.0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of a stack. ``underline`` draws a centred line beneath, that part of the last line's width."""

    runs: tuple[Run, ...]
    size: float
    align: Align = "left"
    gap: float = 0.0
    underline: float = 0.0


def stack(paras: Sequence[Para], left: float, width: float, *, gap: float = 0.0, keep: bool = False) -> Block:
    """Paragraphs below each other as one unbreakable block."""
    pieces: list[Piece] = []
    top = 0.0
    for para in paras:
        top += para.gap
        for line in set_paragraph(para.runs, para.size, left, width, para.align):
            pieces += (replace(text, y=top + text.y) for text in line)
            top += line_height(para.size)
        if para.underline:
            pieces.append(_underline(line, top + 1.5, para.underline))
            top += 3.0
    return Block(top, tuple(pieces), gap, keep)


def shifted(block: Block, dx: float, dy: float) -> tuple[Piece, ...]:
    """The pieces of ``block`` moved right and down."""
    return tuple(
        replace(piece, x1=piece.x1 + dx, x2=piece.x2 + dx, y1=piece.y1 + dy, y2=piece.y2 + dy)
        if isinstance(piece, Rule)
        else replace(piece, x=piece.x + dx, y=piece.y + dy)
        for piece in block.pieces
    )


def beside(*blocks: Block, middle: bool = False, gap: float = 0.0, keep: bool = False) -> Block:
    """Blocks that already stand in different columns, as one; tops aligned, or middles."""
    height = max(block.height for block in blocks)
    pieces: list[Piece] = []
    for block in blocks:
        pieces += shifted(block, 0, (height - block.height) / 2 if middle else 0)
    return Block(height, tuple(pieces), gap, keep)


def framed(paras: Sequence[Para], left: float, width: float, padding: float, *, gap: float = 0.0) -> Block:
    """A stack in a box of ``width``."""
    inner = stack(paras, left + padding, width - 2 * padding)
    right, height = left + width, inner.height + padding
    box = (
        Rule(left, 0, right, 0),
        Rule(right, 0, right, height),
        Rule(right, height, left, height),
        Rule(left, height, left, 0),
    )
    return Block(height, box + shifted(inner, 0, padding / 2), gap)


def _underline(line: Sequence[Text], y: float, part: float) -> Rule:
    start = line[0].x
    length = line[-1].x + text_width(line[-1].words, line[-1].face, line[-1].size) - start
    return Rule(start + length * (1 - part) / 2, y, start + length * (1 + part) / 2, y)
