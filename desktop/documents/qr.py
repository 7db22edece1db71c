"""Draws a text as a QR symbol with error correction M: one path of merged runs, black on the bare paper.

Hides the qrcode library. Called by the papers that carry a QR; decides nothing about the text.
"""

from collections.abc import Iterator
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

#: Modules of blank paper a reader needs on every side (ISO/IEC 18004).
QUIET = 4
#: Below this a cheap laser printer and a worn scanner disagree.
SMALLEST_MODULE = 0.45 * mm

# Choosing the best of the eight masks anew takes 9 of 11 ms. This one has the fewest penalty points for sealed texts.
_MASK = 3


class Symbol:
    """The QR of one text. ``modules`` is its width without the quiet zone."""

    def __init__(self, text: str) -> None:
        code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=_MASK)
        code.add_data(text)
        code.make()
        self._rows = code.modules
        self.modules: int = code.modules_count

    def module_size(self, side: float) -> float:
        """Width of a module in points so that symbol and quiet zone fill ``side``; never too small to read."""
        return max(side / (self.modules + 2 * QUIET), SMALLEST_MODULE)

    def draw(self, canvas: Canvas) -> None:
        """Fill the symbol in units of modules, lower left dark corner at (0, 0)."""
        path = canvas.beginPath()
        for x, y, length in self._runs():
            path.rect(x, y, length, 1)
        canvas.drawPath(path, stroke=0, fill=1)

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        for y, row in enumerate(reversed(self._rows)):
            x = 0
            for dark, run in groupby(row):
                length = sum(1 for _ in run)
                if dark:
                    yield x, y, length
                x += length
