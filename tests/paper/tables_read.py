"""Reads a table back from the ink of its pages: what stands between which lines, row by row."""

from itertools import accumulate

from tests.paper.looking import squeezed


def rows_of(pages, paper, columns, head: int) -> list[list[str]]:
    """The cells of every row below the ``head`` rows of each page, as text without blanks.

    One table with these columns on all pages; a row that a page break parts comes in two.
    """
    edges = [paper.left + paper.measure * share for share in accumulate(column.share for column in columns)]
    return [row for page in pages for row in _page_rows(page, edges)[head:]]


def _page_rows(page, edges) -> list[list[str]]:
    uprights = [ink for ink in page if ink.kind == "line" and ink.right - ink.left < 2 < ink.top - ink.bottom]
    if not uprights:
        return []
    low, high = min(ink.bottom for ink in uprights), max(ink.top for ink in uprights)
    across = [ink for ink in page if ink.kind == "line" and ink.top - ink.bottom < 2 < ink.right - ink.left]
    lines = _distinct((ink.top + ink.bottom) / 2 for ink in across if low - 2 < ink.bottom < high + 2)
    rows: list[list[str]] = [[""] * len(edges) for _ in lines[1:]]
    for ink in page:
        if ink.kind == "text" and lines[-1] < ink.bottom < lines[0]:
            row = next(at for at, line in enumerate(lines[1:]) if ink.bottom > line - 1)
            column = next(at for at, edge in enumerate(edges) if (ink.left + ink.right) / 2 < edge)
            rows[row][column] += ink.words
    return [[squeezed(cell) for cell in row] for row in rows]


def _distinct(heights) -> list[float]:
    """From top to bottom, lines that lie on each other once."""
    found: list[float] = []
    for height in sorted(heights, reverse=True):
        if not found or found[-1] - height > 1:
            found.append(height)
    return found
