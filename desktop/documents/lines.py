"""Turns runs of words into lines and stacks of lines: measuring, wrapping, aligning.

Hides word widths and the rules of breaking. Called by layout.py and the letterhead; draws nothing and knows no page.
All lengths are points, y grows downwards from the top of a block, x from the left margin.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth

#: Height of a line and place of its baseline, in parts of the type size: room for Ẫ above and ợ below.
LEADING = 1.25
BASELINE = 0.98

NBSP = "\u00a0"
_BREAKS = re.compile(rf"[^\S{NBSP}]+")

#: Words in one face; runs that follow each other are joined by a space.
Run = tuple[str, str]
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one baseline. ``stretch`` widens each space of a justified line."""

    x: float
    y: float
    words: str
    face: str
    size: float
    stretch: float = 0.0


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


def text_width(words: str, face: str, size: float) -> float:
    """Width of words as set, in points."""
    return _em_width(words, face) * size


@lru_cache(maxsize=16_384)
def _em_width(words: str, face: str) -> float:
    return stringWidth(words, face, 1)


def line_height(size: float) -> float:
    """Distance between two baselines of a paragraph."""
    return size * LEADING


def set_paragraph(
    runs: Sequence[Run], size: float, left: float, width: float, align: Align = "left"
) -> list[tuple[Text, ...]]:
    """The lines of a paragraph, each with y measured from its own top. No runs, one empty line."""
    lines = list(_wrapped(runs, size, width if align != "center" else _balanced(runs, size, width)))
    last = len(lines) - 1
    return [_set_line(line, size, left, width, _alignment(align, index == last)) for index, line in enumerate(lines)]


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


def _alignment(align: Align, last: bool) -> Align:
    return "left" if align == "justify" and last else align


def _wrapped(runs: Iterable[Run], size: float, width: float) -> Iterator[list[Run]]:
    line: list[Run] = []
    room = width
    for word, face in _words(runs):
        space = text_width(" ", face, size) if line else 0.0
        while text_width(word, face, size) > (width if line else room):
            # No line holds this word: fill what is left of this one and go on between its letters.
            fits = _letters_within(word, face, size, room - space)
            if fits or not line:
                line.append((word[: fits or 1], face))
                word = word[fits or 1 :]
            yield line
            line, room, space = [], width, 0.0
        advance = text_width(word, face, size)
        if line and space + advance > room:
            yield line
            line, room, space = [], width, 0.0
        line.append((word, face))
        room -= space + advance
    yield line


def _balanced(runs: Sequence[Run], size: float, width: float) -> float:
    """The narrowest measure that needs no more lines: centred lines of like length, no word alone on the last."""
    count = len(list(_wrapped(runs, size, width)))
    if count == 1:
        return width
    narrow, wide = 0.0, width
    while wide - narrow > size / 2:
        middle = (narrow + wide) / 2
        if len(list(_wrapped(runs, size, middle))) > count:
            narrow = middle
        else:
            wide = middle
    return wide


def _words(runs: Iterable[Run]) -> Iterator[Run]:
    # Decomposed letters would be drawn with their marks beside them.
    composed = ((unicodedata.normalize("NFC", words), face) for words, face in runs)
    return ((word, face) for words, face in composed for word in _BREAKS.split(words) if word)


def _letters_within(word: str, face: str, size: float, room: float) -> int:
    return max((n for n in range(1, len(word)) if text_width(word[:n], face, size) <= room), default=0)


def _set_line(line: Sequence[Run], size: float, left: float, width: float, align: Align) -> tuple[Text, ...]:
    groups = [(" ".join(word for word, _ in group), face) for face, group in groupby(line, key=itemgetter(1))]
    groups = [(words + " ", face) for words, face in groups[:-1]] + groups[-1:]
    spare = width - sum(text_width(words, face, size) for words, face in groups)
    x, stretch = left, 0.0
    if align == "center":
        x += spare / 2
    elif align == "right":
        x += spare
    elif align == "justify" and (spaces := sum(_spaces(words) for words, _ in groups)):
        # A line left short by a very long word stays ragged: wide gaps would read as columns.
        each = spare / spaces
        stretch = each if each <= 0.6 * size else 0.0
    texts = []
    for words, face in groups:
        texts.append(Text(x, size * BASELINE, words, face, size, stretch))
        x += text_width(words, face, size) + stretch * _spaces(words)
    return tuple(texts)


def _spaces(words: str) -> int:
    return words.count(" ") + words.count(NBSP)


def _underline(line: Sequence[Text], y: float, part: float) -> Rule:
    start = line[0].x
    length = line[-1].x + text_width(line[-1].words, line[-1].face, line[-1].size) - start
    return Rule(start + length * (1 - part) / 2, y, start + length * (1 + part) / 2, y)
