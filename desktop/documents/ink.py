"""Breaks words into lines and writes them, each word measured and turned into the font's codes once a document.

For documents of hundreds of pages: Vietnamese has few syllables, so that a line costs a tenth of what reportlab's text
object takes. Hides reportlab's subsets of dynamic fonts. Papers of one page are set by lines.py, which also justifies.
Lengths are points, x from the left margin, y downwards.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.lines import Align, Run

#: Codes of one subset of a face, escaped for a PDF string.
_Codes = tuple[int, str]
#: A word's codes: those of the first subset, which holds nearly all letters, or of several.
_Coded = str | tuple[_Codes, ...]
#: A line that is full to the last letter is full, not too long.
_TOLERANCE = 1e-6


#: Words in one face on one line: where they begin, the face, its size, their codes in this document. A bare tuple:
#: there are tens of thousands of them.
Stroke = tuple[float, str, float, tuple[_Codes, ...]]


class Ink:
    """Sets and writes the words of one canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._faces: dict[str, _Face] = {}

    def lines(
        self, runs: Iterable[Run], size: float, left: float, width: float, align: Align = "left"
    ) -> list[tuple[Stroke, ...]]:
        """The lines of a paragraph, one empty line where there are no words; ``justify`` is not known here.

        A word wider than a line goes on between its letters.
        """
        room, used = width / size, 0.0
        done: list[tuple[Stroke, ...]] = []
        line: list[tuple[float, str, tuple[_Codes, ...]]] = []

        def end_line() -> None:
            spare = width - used * size
            x = left + (spare if align == "right" else spare / 2 if align == "center" else 0.0)
            done.append(tuple([(x + at * size, name, size, codes) for at, name, codes in line]))
            line.clear()

        for words, name in runs:
            face = self._faces.get(name) or self._first_met(name)
            codes, ends = face.measured(words, room)
            begin, at = (used + face.blank if used else 0.0), 0
            while at < len(ends):
                before = ends[at - 1] if at else 0.0
                stop = bisect_right(ends, before + room - begin + face.blank + _TOLERANCE, at)
                if stop > at:
                    line.append((begin, name, _joined(codes[at:stop])))
                    used, at = begin + ends[stop - 1] - before - face.blank, stop
                if at < len(ends):
                    end_line()
                    begin = 0.0
        end_line()
        return done

    def write(self, strokes: Iterable[tuple[float, Stroke]]) -> None:
        """Put each stroke with its baseline so far below the canvas's origin."""
        written = ["BT"]
        set_as: tuple[str, float, int] | None = None
        last_x = last_y = 0.0
        for y, (x, name, size, codes) in strokes:
            moved = f"{x - last_x:.2f} {last_y - y:.2f} Td "
            last_x, last_y = x, y
            for subset, text in codes:
                if set_as != (name, size, subset):
                    set_as = (name, size, subset)
                    written.append(f"{self._faces[name].subset_name(subset)} {size:.4g} Tf")
                written.append(f"{moved}({text}) Tj")
                moved = ""
        written.append("ET")
        self._canvas.addLiteral("\n".join(written))

    def _first_met(self, name: str) -> "_Face":
        self._faces[name] = _Face(self._canvas, name)
        return self._faces[name]


class _Face:
    """One face in one document: how wide its words are, in ems, and which codes they have."""

    def __init__(self, canvas: Canvas, name: str) -> None:
        self._font = pdfmetrics.getFont(name)
        self._document = canvas._doc
        self._widths: dict[str, float] = {}
        self._codes: dict[str, _Coded] = {}
        self.blank = self._width(" ")

    def subset_name(self, subset: int) -> str:
        """What the PDF calls a subset of the face."""
        return self._font.getSubsetInternalName(subset, self._document)

    def measured(self, words: str, room: float) -> tuple[list[_Coded], list[float]]:
        """The codes of each word, and where each ends when all stand in one line with a blank after every one."""
        texts = words.split(" ")
        try:
            widths = [self._widths[text] for text in texts]
        except KeyError:
            self._learn(texts)
            return self.measured(words, room)
        if max(widths) - self.blank > room:
            return self.measured(" ".join([part for text in texts for part in self._parted(text, room)]), room)
        return [self._codes[text] for text in texts], list(accumulate(widths))

    def _learn(self, texts: Iterable[str]) -> None:
        for text in texts:
            if text in self._widths:
                continue
            coded = self._font.splitString(text, self._document)
            runs = tuple((subset, escapePDF(codes)) for subset, codes in coded)
            self._codes[text] = "".join(text for _, text in runs) if not any(subset for subset, _ in runs) else runs
            self._widths[text] = self._width(text) + self.blank

    def _parted(self, text: str, room: float) -> Iterator[str]:
        """A word in as many parts as lines of ``room`` need."""
        while self._width(text) > room:
            fits = max((n for n in range(1, len(text)) if self._width(text[:n]) <= room), default=1)
            yield text[:fits]
            text = text[fits:]
        yield text

    def _width(self, text: str) -> float:
        return self._font.stringWidth(text, 1)


def _joined(words: Sequence[_Coded]) -> tuple[_Codes, ...]:
    """The codes of words with blanks between them; a blank has the same code in every subset."""
    try:
        return ((0, " ".join(words)),)  # type: ignore[arg-type]
    except TypeError:  # a word with letters of another subset: rare, and not worth asking about every word
        runs = [((0, word),) if isinstance(word, str) else word for word in words]
    joined = list(runs[0])
    for run in runs[1:]:
        for subset, text in ((joined[-1][0], " "), *run):
            if subset == joined[-1][0]:
                joined[-1] = (subset, joined[-1][1] + text)
            else:
                joined.append((subset, text))
    return tuple(joined)
