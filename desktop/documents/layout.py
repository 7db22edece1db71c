"""A sheet of an official form: fields, paragraphs and lists set one below the other on A4 or A5.

Hides the type sizes of the paper and how fields are set. Every form builds one :class:`Sheet` per copy from top to
bottom and hands them to pages.py, which breaks them into pages. It knows no form, no law and no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.blocks import Block
from desktop.documents.fonts import Faces, find_paper_font, register
from desktop.documents.lines import BASELINE, Align, Run, Text, line_height, set_paragraph, text_width
from desktop.documents.units import mm

DOTS = "…"
#: A paragraph of up to so many lines stays on one page.
_UNBROKEN = 3


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A page and the type on it (NĐ 30/2020/NĐ-CP, Phụ lục I; A5 in proportion, nothing below 9 pt).

    Lengths in points. ``caps`` is the type of the unit's name and Quốc hiệu, ``gap`` the space between fields.
    """

    name: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    body: float
    caps: float
    title: float
    small: float
    gap: float

    @property
    def measure(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right


A4 = PaperSize("A4", 210 * mm, 297 * mm, 20 * mm, 15 * mm, 30 * mm, 16 * mm, 13, 12, 14, 11, 3.6)
A5 = PaperSize("A5", 148 * mm, 210 * mm, 8 * mm, 8 * mm, 14 * mm, 10 * mm, 10, 9, 12, 9, 2.6)
SIZES = {paper.name: paper for paper in (A4, A5)}


def paper_faces() -> Faces:
    """The faces of the paper font. Raises ``EnvironmentProblem("no_font")``."""
    return register(find_paper_font())


class Sheet:
    """One copy of a form under construction.

    ``running`` heads every page after the first, ``foot`` ends every page, ``overlay`` is written across every page
    in outline letters.
    """

    def __init__(self, paper: PaperSize, *, running: str = "", foot: str = "", overlay: str = "") -> None:
        self.paper = paper
        self.running = running
        self.foot = foot
        self.overlay = overlay
        self.faces = paper_faces()
        self.blocks: list[Block] = []

    def add(self, block: Block) -> None:
        """Append a block as it is."""
        self.blocks.append(block)

    def paragraph(
        self, *runs: Run, align: Align = "justify", left: float = 0.0, indent: float = 0.0, keep: bool = False
    ) -> None:
        """Running text in the body size, broken over lines and pages as needed; ``indent`` sets its first line in."""
        lines = set_paragraph(runs, self.paper.body, left, self.paper.measure - left, align, indent=indent)
        self._add_lines(lines, keep)

    def field(self, label: str, value: str, *, strong: bool = False, left: float = 0.0, keep: bool = False) -> None:
        """``label: value``; dots to write on where the value is empty."""
        face = self.faces.bold if strong else self.faces.regular
        if value:
            self.paragraph((label, self.faces.regular), (value, face), left=left, keep=keep)
        else:
            self.paragraph((self._dotted(label, self.paper.measure - left), self.faces.regular), left=left, keep=keep)

    def fields(self, first: tuple[str, str], second: tuple[str, str], *, left: float = 0.0, keep: bool = False) -> None:
        """Two fields side by side, or below each other when one of them is too long for its half."""
        half = (self.paper.measure - left) / 2
        gutter = 2 * self.paper.gap
        texts = [
            f"{label} {value}" if value else self._dotted(label, half - gutter) for label, value in (first, second)
        ]
        if any(text_width(text, self.faces.regular, self.paper.body) > half - gutter for text in texts):
            self.field(*first, left=left, keep=keep)
            self.field(*second, left=left, keep=keep)
            return
        halves = [
            set_paragraph(((text, self.faces.regular),), self.paper.body, left + index * half, half)[0]
            for index, text in enumerate(texts)
        ]
        self._add_lines([halves[0] + halves[1]], keep)

    def items(self, texts: Sequence[str]) -> None:
        """A numbered list with hanging numbers; one dotted line where it is empty."""
        body, face = self.paper.body, self.faces.regular
        hang = 1.2 * body + text_width(f"{max(1, len(texts))}. ", face, body)
        if not texts:
            texts = (self._dotted("", self.paper.measure - hang),)
        for number, text in enumerate(texts, start=1):
            left = hang - text_width(f"{number}. ", face, body)
            marker = Text(left, body * BASELINE, f"{number}.", face, body)
            first, *rest = set_paragraph(((text, face),), body, hang, self.paper.measure - hang, "justify")
            self._add_lines([(marker, *first), *rest], keep=False)

    def _dotted(self, label: str, width: float) -> str:
        room = width - text_width(f"{label} ", self.faces.regular, self.paper.body)
        dots = max(1, int(room / text_width(DOTS, self.faces.regular, self.paper.body)))
        return f"{label} {DOTS * dots}"

    def _add_lines(self, lines: Sequence[tuple[Text, ...]], keep: bool) -> None:
        last = len(lines) - 1
        for index, line in enumerate(lines):
            # Neither the first nor the last line of a paragraph stands alone on a page.
            tied = index < last and (last < _UNBROKEN or index in (0, last - 1))
            gap = self.paper.gap if index == 0 else 0.0
            self.add(Block(line_height(self.paper.body), line, gap, tied or (keep and index == last)))
