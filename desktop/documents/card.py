"""The card beside the machine: the keys of every day and the first steps, one A4 page in large type.

Pure drawing; what it says is given. A key stands in a box in the tables and is bold in the sentences.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import itemgetter

from desktop.documents.blocks import Block, Para, Piece, Rule, beside, stack
from desktop.documents.fonts import Faces
from desktop.documents.layout import SIZES, Sheet
from desktop.documents.lines import BASELINE, Run, Text, line_height, set_paragraph, text_width
from desktop.documents.pages import to_pdf
from desktop.documents.units import mm

#: Words, and whether they name a key.
Words = Sequence[tuple[str, bool]]

_MARGIN = 16 * mm
_BODY, _HEAD, _TITLE = 15.0, 17.0, 24.0
_KEY_WIDTH, _GUTTER = 60.0, 16.0


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Pairs of a key and what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepList:
    """Sentences one after another."""

    title: str
    steps: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the page; ``tables`` stand side by side above the lists."""

    title: str
    lead: str
    tables: tuple[KeyTable, ...]
    lists: tuple[StepList, ...]
    foot: str


def render(card: Card) -> bytes:
    """The page as PDF. Raises ``EnvironmentProblem("no_font")``."""
    a4 = SIZES["A4"]
    paper = replace(a4, left=_MARGIN, right=_MARGIN, top=14 * mm, bottom=12 * mm, body=_BODY, small=13, gap=6.0)
    sheet = Sheet(paper, running=card.title, foot=card.foot)
    faces = sheet.faces
    heads = [Para(((card.title, faces.bold),), _TITLE, "center")]
    heads.append(Para(((card.lead, faces.italic),), _BODY, "center"))
    sheet.add(stack(heads, 0, paper.measure))
    width = (paper.measure - _GUTTER * (len(card.tables) - 1)) / max(len(card.tables), 1)
    columns = [_table(table, place * (width + _GUTTER), width, faces) for place, table in enumerate(card.tables)]
    if columns:
        sheet.add(beside(*columns, gap=16))
    for listed in card.lists:
        sheet.add(_head(listed.title, 0, paper.measure, faces, gap=16, keep=True))
        for number, step in enumerate(listed.steps, start=1):
            sheet.add(_step(f"{number}.", step, paper.measure, faces))
    return to_pdf([sheet], title=card.title, author="Một Cửa", subject=card.title)


def runs(words: Words, faces: Faces) -> tuple[Run, ...]:
    """Words as a paragraph sets them: keys bold, with the punctuation that touches them."""
    tokens: list[tuple[str, bool]] = []
    begins = True
    for text, is_key in words:
        for part in re.split(r"(\s+)", text):
            if part.strip() and begins:
                tokens.append((part, is_key))
            elif part.strip():
                tokens[-1] = (tokens[-1][0] + part, tokens[-1][1] or is_key)
            if part:
                begins = not part.strip()
    faces_of = {True: faces.bold, False: faces.regular}
    return tuple(
        (" ".join(text for text, _ in group), faces_of[is_key]) for is_key, group in groupby(tokens, key=itemgetter(1))
    )


def _head(title: str, left: float, width: float, faces: Faces, *, gap: float = 0.0, keep: bool = False) -> Block:
    head = stack([Para(((title, faces.bold),), _HEAD)], left, width)
    under = Rule(left, head.height + 1, left + width, head.height + 1)
    return Block(head.height + 5, (*head.pieces, under), gap, keep)


def _table(table: KeyTable, left: float, width: float, faces: Faces) -> Block:
    head = _head(table.title, left, width, faces)
    pieces, top = list(head.pieces), head.height
    for key, words in table.keys:
        pieces += _boxed(key, left, top, faces)
        beginning, room = left + _KEY_WIDTH + 8, width - _KEY_WIDTH - 8
        lines = set_paragraph(((words, faces.regular),), _BODY, beginning, room, top=top + 2)
        pieces += chain.from_iterable(lines)
        top += max(len(lines), 1) * line_height(_BODY) + 7
    return Block(top, tuple(pieces))


def _boxed(key: str, left: float, top: float, faces: Faces) -> Iterable[Piece]:
    size = _BODY - 1
    high, right = line_height(_BODY) + 3, left + _KEY_WIDTH
    middle = left + (_KEY_WIDTH - text_width(key, faces.bold, size)) / 2
    yield Text(middle, top + 2 + _BODY * BASELINE, key, faces.bold, size)
    yield Rule(left, top, right, top)
    yield Rule(right, top, right, top + high)
    yield Rule(right, top + high, left, top + high)
    yield Rule(left, top + high, left, top)


def _step(number: str, words: Words, width: float, faces: Faces) -> Block:
    hang = 24.0
    lines = set_paragraph(runs(words, faces), _BODY, hang, width - hang, top=0.0)
    mark = Text(4.0, _BODY * BASELINE, number, faces.regular, _BODY)
    return Block(len(lines) * line_height(_BODY), (mark, *chain.from_iterable(lines)), 5.0)
