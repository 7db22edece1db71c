"""One page of a sheet of the wall: what stands on it, collected first and then put on the canvas at once.

Hides the canvas. Filled by posting_heads.py and posting_pages.py, which decide what stands where. Lengths are points,
y downwards from the upper edge, x from the left margin.
"""

from collections.abc import Callable, Iterable
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.ink import Ink, Stroke
from desktop.documents.layout import PaperSize
from desktop.documents.lines import BASELINE
from desktop.documents.pages import draw_overlay
from desktop.documents.posting_layout import A4, Graphic, Line
from desktop.documents.qr import QUIET, Symbol

#: Thickness of every line on A4.
_RULE = 0.7
_OVERLAY = "overlay"


class Page:
    """What is drawn on one page."""

    def __init__(self) -> None:
        self.strokes: list[tuple[float, Stroke]] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.graphics: list[tuple[float, Graphic]] = []

    def lines(self, lines: Iterable[Line], y: float) -> float:
        """Add lines from ``y`` down; returns where they end."""
        for height, strokes, graphic in lines:
            for stroke in strokes:
                self.strokes.append((y + stroke[2] * BASELINE, stroke))
            if graphic:
                self.graphics.append((y, graphic))
            y += height
        return y

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Add a straight line."""
        self.rules.append((x1, y1, x2, y2))


class Press:
    """Puts pages on a canvas; ``picture`` gives the image of a SHA-256."""

    def __init__(self, canvas: Canvas, ink: Ink, paper: PaperSize, picture: Callable[[str], bytes]) -> None:
        self._canvas, self._ink, self._paper = canvas, ink, paper
        self._picture = picture
        self._overlay = False

    def overlay(self, words: str, face: str) -> None:
        """Write these words across every page from now on."""
        self._canvas.beginForm(_OVERLAY)
        draw_overlay(self._canvas, self._paper, words, face)
        self._canvas.endForm()
        self._overlay = True

    def bookmark(self, words: str) -> None:
        """Let a viewer's outline lead to the page that is put next."""
        self._canvas.bookmarkPage(words)
        self._canvas.addOutlineEntry(words, words)

    def put(self, page: Page) -> None:
        """Draw the page and begin the next one."""
        canvas, paper = self._canvas, self._paper
        if self._overlay:
            canvas.doForm(_OVERLAY)
        canvas.translate(paper.left, paper.height)
        canvas.setLineWidth(_RULE * paper.body / A4.body)
        rules = [f"{x1:.2f} {-y1:.2f} m {x2:.2f} {-y2:.2f} l S" for x1, y1, x2, y2 in page.rules]
        canvas.addLiteral("\n".join(rules))
        self._ink.write(page.strokes)
        for y, graphic in page.graphics:
            self._draw(graphic, y + graphic.side)
        canvas.showPage()

    def _draw(self, graphic: Graphic, foot: float) -> None:
        canvas, side = self._canvas, graphic.side
        if graphic.picture:
            image = _black_on_white(self._picture(graphic.picture))
            canvas.drawImage(image, graphic.x, -foot, side, side, preserveAspectRatio=True, anchor="c")
            return
        symbol = Symbol(graphic.qr)
        unit = side / (symbol.modules + 2 * QUIET)
        canvas.saveState()
        canvas.transform(unit, 0, 0, unit, graphic.x + QUIET * unit, QUIET * unit - foot)
        symbol.draw(canvas)
        canvas.restoreState()


def _black_on_white(data: bytes) -> ImageReader:
    """An image as a black-only printer takes it; what is transparent is the bare paper."""
    from PIL import Image  # large, and few walls have pictures

    with Image.open(BytesIO(data)) as image:
        solid = image.convert("RGBA")
    paper = Image.new("RGBA", solid.size, "white")
    return ImageReader(Image.alpha_composite(paper, solid).convert("L"))
