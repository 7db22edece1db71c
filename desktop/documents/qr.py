"""Draws a text as a QR symbol with error correction M: one path of merged runs, black on the bare paper.

Hides the qrcode library. Called by the papers that carry a QR; decides nothing about the text.
"""

import re
from functools import cached_property

from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

#: Modules of blank paper a reader needs on every side (ISO/IEC 18004).
QUIET = 4
#: Below this a cheap laser printer and a worn scanner disagree.
SMALLEST_MODULE = 0.45 * mm

# Choosing the best of the eight masks anew takes 9 of 11 ms. This one has the fewest penalty points for sealed texts.
_MASK = 3
_DARK = re.compile(b"\x01+")


class Symbol:
    """The QR of one text. ``modules`` is its width without the quiet zone.

    ``version`` (1–40) is the least size wanted; a longer text takes the size it needs. Naming the size that a kind
    of text is known to need saves a quarter of the time.
    """

    def __init__(self, text: str, version: int = 1) -> None:
        code = QRCode(version, ERROR_CORRECT_M, border=QUIET, mask_pattern=_MASK)
        code.add_data(text)
        try:
            code.make(fit=False)
        except DataOverflowError:
            code.make(fit=True)
        self._rows = code.modules
        self.modules: int = code.modules_count

    def module_size(self, side: float) -> float:
        """Width of a module in points so that symbol and quiet zone fill ``side``; never too small to read."""
        return max(side / (self.modules + 2 * QUIET), SMALLEST_MODULE)

    def draw(self, canvas: Canvas) -> None:
        """Fill the symbol in units of modules, lower left dark corner at (0, 0)."""
        canvas.addLiteral(self._path)

    @cached_property
    def _path(self) -> str:
        # As PDF operators: reportlab's path object takes longer than the whole page of text around it.
        spans = [(y, run.span()) for y, row in enumerate(reversed(self._rows)) for run in _DARK.finditer(bytes(row))]
        return "\n".join([f"{start} {y} {end - start} 1 re" for y, (start, end) in spans] + ["f"])
