"""Tables for the tests as a file reader gives them: one line a row, cells between bars, numbered from 1."""

from desktop.rules import published_lists
from desktop.rules.list_entries import Row, Sheet


def sheet(*lines, name="", **cells):
    """A sheet of ``lines``; a keyword such as ``b3=1.5`` puts a value of another type in its place."""
    rows = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    for place, value in cells.items():
        rows[int(place[1:]) - 1][ord(place[0]) - ord("a")] = value
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell is not None for cell in row))
    return Sheet(name, tuple(Row(number, tuple(row)) for number, row in numbered))


def read(*lines, name="", **cells):
    return published_lists.read([sheet(*lines, name=name, **cells)])


def one(*lines, **cells):
    """The only entry of a list without rejections."""
    reading = read(*lines, **cells)
    assert not reading.rejected
    (entry,) = reading.entries
    return entry
