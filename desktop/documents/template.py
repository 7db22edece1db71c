"""Texts of forms as a commune may edit them: labelled lines, sentences and {mục} to fill in.

Hides the notation: one paragraph a line; ``{lý do}`` is filled in, ``{…}`` stays dots to write on; ``*bold*``;
`` | `` sets two fields side by side; a line that begins with a space is a sentence with its first line indented.
Read by letter.py and by the office, which checks what a clerk typed. Knows no form and no value.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: The place that always stays empty for the hand.
BLANK = "…"
_SLOT = re.compile(r"\{([^{}]*)\}")
_BESIDE = re.compile(r"\s+\|\s+")


class TemplateError(ValueError):
    """A text that cannot be printed: ``code`` is a stable English word, ``message`` one Vietnamese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Part:
    """Words as they are, or the name of a slot to fill in."""

    words: str
    is_slot: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or two fields side by side when ``second`` is not empty."""

    first: tuple[Part, ...]
    second: tuple[Part, ...] = ()
    indented: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of what is to be filled in, in order."""
        return tuple(part.words for part in (*self.first, *self.second) if part.is_slot)


def parse(text: str) -> tuple[Line, ...]:
    """The lines of a text; raises TemplateError naming the line whose braces do not match."""
    lines = []
    for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1):
        if not line.strip():
            continue
        halves = _BESIDE.split(line.strip())
        if len(halves) > 2:
            raise TemplateError("three_fields", f"Dòng {number} có hơn hai mục đặt cạnh nhau (dấu |).")
        sides = [tuple(_parts(half, number)) for half in halves]
        lines.append(Line(sides[0], sides[1] if len(sides) > 1 else (), line[0].isspace()))
    return tuple(lines)


def slots(text: str) -> tuple[str, ...]:
    """Names of every slot of a text, in order; raises TemplateError."""
    return tuple(name for line in parse(text) for name in line.slots)


def _parts(half: str, number: int) -> Iterator[Part]:
    strong = False
    for at, piece in enumerate(_SLOT.split(half)):
        if at % 2:
            yield Part(" ".join(piece.split()).lower(), is_slot=True, strong=strong)
            continue
        if "{" in piece or "}" in piece:
            raise TemplateError("braces", f"Dòng {number} có dấu ngoặc nhọn không đi thành cặp, ví dụ đúng: {{lý do}}.")
        for index, words in enumerate(piece.split("*")):
            strong ^= index > 0
            if words:
                yield Part(words, strong=strong)
    if strong:
        raise TemplateError("stars", f"Dòng {number} có dấu * lẻ; chữ đậm đặt giữa hai dấu *.")
