"""Turns runs of words into lines: measuring, breaking, aligning, stretching.

Hides word widths and the rules of breaking. Called by blocks.py and layout.py; draws nothing, knows no page.
Lengths are points, y grows downwards from the top of the line, x from the left margin.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

#: Height of a line and place of its baseline, in parts of the type size: room for Ẫ above and ợ below.
LEADING = 1.25
BASELINE = 0.98

NBSP = "\u00a0"
_BREAKS = re.compile(rf"[^\S{NBSP}]+")

#: Words in one face; runs that follow each other are joined by a space.
Run = tuple[str, str]
_Word = tuple[str, str, float]
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


def text_width(words: str, face: str, size: float) -> float:
    """Width of words as set, in points."""
    return _em_width(words, face) * size


@lru_cache(maxsize=4096)
def _em_width(words: str, face: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # what draws is loaded with the first paper

    return stringWidth(words, face, 1)


def line_height(size: float) -> float:
    """Distance between two baselines of a paragraph."""
    return size * LEADING


@lru_cache(maxsize=1024)
def set_paragraph(
    runs: tuple[Run, ...],
    size: float,
    left: float,
    width: float,
    align: Align = "left",
    top: float | None = None,
    indent: float = 0.0,
) -> tuple[tuple[Text, ...], ...]:
    """The lines of a paragraph that begins at ``top``, or each with y from its own top. No words, one empty line.

    ``indent`` sets the first line in. Remembered: most paragraphs of a form are the same on every sheet of the day.
    """
    lines = list(_wrapped(runs, size, width, indent))
    if align == "center" and len(lines) > 1:
        lines = list(_wrapped(runs, size, _balanced(runs, size, width, len(lines))))
    aligned: list[Align] = [align] * len(lines)
    if align == "justify":
        aligned[-1] = "left"
    first, step = (0.0, 0.0) if top is None else (top, line_height(size))
    insets = [indent] + [0.0] * (len(lines) - 1)
    return tuple(
        _set_line(line, size, left + inset, first + index * step + size * BASELINE, width - inset, aligned[index])
        for index, (line, inset) in enumerate(zip(lines, insets, strict=True))
    )


def _wrapped(runs: Iterable[Run], size: float, width: float, indent: float = 0.0) -> Iterator[list[_Word]]:
    line: list[_Word] = []
    room = width - indent
    for words, face in runs:
        blank = text_width(" ", face, size)
        for word in _split(words):
            advance = _em_width(word, face) * size
            space = blank if line else 0.0
            while advance > (width if line else room):
                # No line holds this word: fill what is left of this one and go on between its letters.
                fits = _letters_within(word, face, size, room - space) or (0 if line else 1)
                if fits:
                    line.append((word[:fits], face, text_width(word[:fits], face, size)))
                    word = word[fits:]
                yield line
                line, room, space = [], width, 0.0
                advance = text_width(word, face, size)
            if line and space + advance > room:
                yield line
                line, room, space = [], width, 0.0
            line.append((word, face, advance))
            room -= space + advance
    yield line


def _balanced(runs: Sequence[Run], size: float, width: float, count: int) -> float:
    """The narrowest measure that needs no more than ``count`` lines: no word alone on the last line, none broken."""
    words = (text_width(word, face, size) for part, face in runs for word in _split(part))
    narrow, wide = min(max(words, default=0.0), width), width
    while wide - narrow > size / 2:
        middle = (narrow + wide) / 2
        if len(list(_wrapped(runs, size, middle))) > count:
            narrow = middle
        else:
            wide = middle
    return wide


@lru_cache(maxsize=1024)
def _split(words: str) -> tuple[str, ...]:
    # Decomposed letters would be drawn with their marks beside them.
    composed = unicodedata.normalize("NFC", words)
    return tuple(word for word in _BREAKS.split(composed) if word)


def _letters_within(word: str, face: str, size: float, room: float) -> int:
    return max((n for n in range(1, len(word)) if text_width(word[:n], face, size) <= room), default=0)


def _set_line(
    line: Sequence[_Word], size: float, left: float, y: float, width: float, align: Align
) -> tuple[Text, ...]:
    groups = _by_face(line, size) if line else []
    spare = width - sum(advance for _, _, advance in groups)
    x, stretch = left, 0.0
    if align == "center":
        x += spare / 2
    elif align == "right":
        x += spare
    elif align == "justify" and (spaces := sum(_spaces(words) for words, _, _ in groups)):
        # A line left short by a very long word stays ragged: wide gaps would read as columns.
        each = spare / spaces
        stretch = each if each <= 0.6 * size else 0.0
    texts = []
    for words, face, advance in groups:
        texts.append(Text(x, y, words, face, size, stretch))
        x += advance + stretch * _spaces(words)
    return tuple(texts)


def _by_face(line: Sequence[_Word], size: float) -> list[_Word]:
    """Neighbours in one face joined; the space between two faces belongs to the first."""
    changes = [at for at in range(1, len(line)) if line[at][1] != line[at - 1][1]]
    groups = []
    for start, end in pairwise((0, *changes, len(line))):
        joined = " ".join([word for word, _, _ in line[start:end]])
        face = line[start][1]
        spaces = end - start - 1
        if end < len(line):
            joined += " "
            spaces += 1
        advance = sum([advance for _, _, advance in line[start:end]]) + spaces * text_width(" ", face, size)
        groups.append((joined, face, advance))
    return groups


def _spaces(words: str) -> int:
    return words.count(" ") + words.count(NBSP)
