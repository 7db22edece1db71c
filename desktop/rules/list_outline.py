"""For which rows of a list the levels hold that a title, a section or the name of a sheet says.

Called by ``published_lists`` as it passes the rows. A level taken for another one would hide a commune's procedure from
its counter, so that a section which stands beside the one that named a level, or above it, ends what that one said.
"""

import re

from desktop.rules.levels import in_title

_FIRST = ("A", "I", "1")
_ROMAN = re.compile(r"[IVX]+")


class Outline:
    """``levels`` are those of the next row, none where nothing says so."""

    def __init__(self, sheet: str) -> None:
        self.levels: tuple[str, ...] = ()
        self._titled: set[str] = set()
        self._styles: list[str] = []
        self._depth = 0
        self.title(in_title(sheet))

    def title(self, named: tuple[str, ...]) -> None:
        """A title above the heading: several levels are those of the list, which says nothing of a single row."""
        self._titled |= set(named)
        self.levels = tuple(self._titled) if len(self._titled) == 1 else ()

    def section(self, ordinal: str, named: tuple[str, ...]) -> None:
        """A row without a procedure, numbered or not, that speaks of those below it."""
        depth = self._depth_of(ordinal)
        if named:
            self.levels, self._depth = named, depth
        elif 0 < depth <= self._depth:
            self.levels, self._depth = (), 0

    def _depth_of(self, ordinal: str) -> int:
        """1 for the outermost numbers; 0 for none. Numbers that begin anew are below, however they are written."""
        if not ordinal:
            return 0
        style = _style(ordinal)
        if style not in self._styles:
            self._styles.append(style)
        elif ordinal in _FIRST:
            return len(self._styles) + 1
        else:
            del self._styles[self._styles.index(style) + 1 :]
        return len(self._styles)


def _style(ordinal: str) -> str:
    """What numbers of one row have in common: Roman, a letter, or figures with as many points."""
    if _ROMAN.fullmatch(ordinal):
        return "roman"
    return "letter" if ordinal.isalpha() else "." * ordinal.count(".") + "figure"
