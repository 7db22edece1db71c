"""A title with a QR at its left and the marks of a copy at its right, as the receipt and slips bear it.

Hides how the three stand beside each other; says nothing itself.
"""

from collections.abc import Sequence

from desktop.documents.blocks import Block, Para, Stamp, beside, stack
from desktop.documents.layout import Sheet
from desktop.documents.qr import QUIET, Symbol


def coded_title(sheet: Sheet, title: Sequence[Para], symbol: Symbol, side: float, marks: Sequence[str]) -> Block:
    """``title`` in the middle of the text; the symbol with its quiet zone fills ``side`` points."""
    paper, faces = sheet.paper, sheet.faces
    unit = symbol.module_size(side)
    dark, height = symbol.modules * unit, (symbol.modules + 2 * QUIET) * unit
    picture = Block(height, (Stamp(0, height - QUIET * unit, unit, symbol.draw),))
    aside = dark + QUIET * unit
    copy = [
        Para(((mark, faces.italic),), paper.small, "right", gap=paper.gap if n else 0) for n, mark in enumerate(marks)
    ]
    return beside(
        picture,
        stack(title, aside, paper.measure - 2 * aside),
        stack(copy, paper.measure - aside, aside),
        middle=True,
        keep=True,
    )
