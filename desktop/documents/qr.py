"""Draws a text as a QR symbol with error correction M: one path of merged runs, black on the bare paper.

Called by the papers that carry a QR; decides nothing about the text.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.documents.units import mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: Modules of blank paper a reader needs on every side (ISO/IEC 18004).
QUIET = 4
#: Below this a cheap laser printer and a worn scanner disagree.
SMALLEST_MODULE = 0.45 * mm


class Symbol:
    """The QR of one text. ``modules`` is its width without the quiet zone.

    ``version`` (1–40) is the least size wanted; a longer text takes the size it needs.
    """

    def __init__(self, text: str, version: int = 1) -> None:
        from desktop.documents.qr_modules import dark_modules  # its library loads pictures; wanted when a QR is drawn

        self._rows = dark_modules(text, version)
        self.modules = len(self._rows)

    def module_size(self, side: float) -> float:
        """Width of a module in points so that symbol and quiet zone fill ``side``; never too small to read."""
        return max(side / (self.modules + 2 * QUIET), SMALLEST_MODULE)

    def draw(self, canvas: "Canvas") -> None:
        """Fill the symbol in units of modules, lower left dark corner at (0, 0)."""
        canvas.addLiteral(self._path)

    @cached_property
    def _path(self) -> str:
        # As PDF operators: reportlab's path object takes longer than the whole page of text around it.
        operators = []
        for y, row in enumerate(reversed(self._rows)):
            x = 0
            for run in row.split("0"):
                if run:
                    operators.append(f"{x} {y} {len(run)} 1 re")
                x += len(run) + 1
        return "\n".join([*operators, "f"])
