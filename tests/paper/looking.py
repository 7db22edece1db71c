"""What every paper must keep to: words in their order, nothing outside the margins, nothing over something else."""

import re
from itertools import combinations


def in_order(text: str, labels) -> None:
    at = 0
    for label in labels:
        found = text.find(label, at)
        assert found >= 0, f"{label!r} not after {text[max(0, at - 60) : at]!r} in {text!r}"
        at = found + len(label)


def squeezed(text: str) -> str:
    """Without blanks: a word too long for a line is broken, and a break reads as a blank."""
    return re.sub(r"\s", "", text)


def check_page(inks, paper) -> None:
    for ink in inks:
        assert ink.left >= paper.left - 1 and ink.right <= paper.width - paper.right + 1, ink
        assert ink.bottom >= paper.bottom - 1 and ink.top <= paper.height - paper.top + 1, ink
        assert ink.kind != "text" or ink.size >= 9, ink
    whole = [ink for ink in inks if ink.kind != "text" or ink.words.strip()]
    for one, other in combinations(whole, 2):
        if "text" in (one.kind, other.kind):
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.top, other.top) - max(one.bottom, other.bottom)
            assert across < 0.6 or down < 0.4, (one, other)
