"""Charts of a report in black on paper: rates as a line with their target, counts as bars told apart by pattern.

Hides scales, axes and patterns. Composed by report_pdf.py from the columns of a table that stands beside them, so that
no figure is only in a picture. An axis that does not begin at nought says so; few dossiers are drawn hollow.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil
from typing import Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.blocks import Block, Para, Stamp, stack
from desktop.documents.fonts import Faces
from desktop.documents.layout import Sheet
from desktop.documents.lines import Text, text_width
from desktop.documents.report import Chart, Grid, Row, hundredths, words
from desktop.rules.statistics import SMALL_NUMBER, Rate

Pattern = Literal["open", "hatched", "solid"]
#: How the series of a chart are told apart; what is late comes last and is black.
_PATTERNS: tuple[Pattern, ...] = ("open", "hatched", "solid")
#: The smallest type on any paper.
_SIZE = 9
_STEP = _SIZE * 1.25
_GRID, _OUTLINE, _CURVE = 0.5, 0.7, 1.1
_DOTTED, _DASHED = (0.5, 2.5), (5, 3)
_HATCH = 3.5
_PLOT_HEIGHT = 110.0
_AXIS = 34.0
_BOX = 8.0
#: Steps of an axis of rates, in hundredths of a percent, and how many there may be.
_RATE_STEPS = (50, 100, 200, 500, 1000, 2000, 2500)
_MOST_STEPS = 5
_WHOLE = 10_000

_Shape = Callable[[Canvas], None]


class _Point(NamedTuple):
    x: float
    y: float
    rate: Rate


@dataclass(slots=True)
class _Drawing:
    """What has been drawn so far: y grows downwards from the top of the chart."""

    faces: Faces
    width: float
    height: float = 0.0
    texts: list[Text] = field(default_factory=list)
    shapes: list[_Shape] = field(default_factory=list)

    def text(self, said: str, x: float, baseline: float, align: float = 0.0, *, strong: bool = False) -> None:
        """Words on a baseline; ``align`` is the share of their width that lies left of ``x``."""
        face = self.faces.bold if strong else self.faces.regular
        self.texts.append(Text(x - align * text_width(said, face, _SIZE), baseline, said, face, _SIZE))

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float, *dashes: float) -> None:
        """A straight line, whole or of ``dashes``: their length and the gap between them."""

        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(width)
            canvas.setDash(list(dashes))
            canvas.line(x1, self.height - y1, x2, self.height - y2)
            canvas.setDash([])

        self.shapes.append(draw)

    def marker(self, x: float, y: float, *, filled: bool) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(_CURVE)
            canvas.setFillGray(0 if filled else 1)
            canvas.circle(x, self.height - y, 2.4, stroke=1, fill=1)
            canvas.setFillGray(0)

        self.shapes.append(draw)

    def box(self, left: float, top: float, width: float, height: float, pattern: Pattern) -> None:
        """A rectangle in a pattern; nothing where it has no extent."""
        if width <= 0 or height <= 0:
            return

        def draw(canvas: Canvas) -> None:
            bottom = self.height - top - height
            canvas.setLineWidth(_OUTLINE)
            if pattern == "hatched":
                _hatch(canvas, left, bottom, width, height)
            canvas.rect(left, bottom, width, height, stroke=1, fill=int(pattern == "solid"))

        self.shapes.append(draw)

    def legend(self, captions: Sequence[str], x: float) -> None:
        """One line that tells what the patterns mean, below what is there."""
        self.height += _STEP + 3
        for caption, pattern in zip(captions, _PATTERNS, strict=False):
            self.box(x, self.height - _BOX, _BOX, _BOX, pattern)
            self.text(caption, x + _BOX + 4, self.height)
            x += _BOX + 20 + text_width(caption, self.faces.regular, _SIZE)

    def block(self, title: str) -> Block:
        """The chart below its title, which no page break may part."""
        head = stack([Para(((title, self.faces.bold),), _SIZE + 1)], 0, self.width)
        self.height += _SIZE / 2
        shapes, below = tuple(self.shapes), head.height
        texts = [replace(text, y=text.y + below) for text in self.texts]

        def draw(canvas: Canvas) -> None:
            for shape in shapes:
                shape(canvas)

        picture = Stamp(0, below + self.height, 1, draw)
        return Block(below + self.height, (*head.pieces, *texts, picture))


def chart_block(sheet: Sheet, chart: Chart, grid: Grid) -> Block:
    """A chart across the measure of a sheet; the sums of its table are not drawn."""
    rows = grid.rows[: len(grid.rows) - grid.totals]
    drawing = _Drawing(sheet.faces, sheet.paper.measure)
    captions = [grid.columns[at].caption for at in chart.series]
    match chart.kind:
        case "line":
            return drawing.block(chart.title + _rates(drawing, chart, grid, rows))
        case "bars":
            _bars(drawing, chart, rows, captions)
        case "shares":
            _shares(drawing, chart, rows, captions)
    return drawing.block(chart.title)


def axis_of_rates(chart: Chart, grid: Grid) -> tuple[int, int]:
    """Step and lower end of the axis of a line of rates, which reaches up to 100 %; in hundredths of a percent."""
    known = [*_known(grid.rows, chart.series[0]), *([chart.target.hundredths] if chart.target else [])]
    missing = max(_WHOLE - min(known, default=_WHOLE), 1)
    for step in _RATE_STEPS:
        if (count := ceil(missing / step)) <= _MOST_STEPS:
            return step, max(0, _WHOLE - step * count)
    return _RATE_STEPS[-2], 0


def _known(rows: Sequence[Row], column: int) -> list[int]:
    rates = (row[column] for row in rows)
    return [value for rate in rates if isinstance(rate, Rate) and (value := hundredths(rate)) is not None]


def _rates(drawing: _Drawing, chart: Chart, grid: Grid, rows: Sequence[Row]) -> str:
    """Draw a line of rates; returns what the title must add."""
    column, target = chart.series[0], chart.target
    if not _known(rows, column):
        drawing.text("Chưa có hồ sơ đã giải quyết nên chưa có tỷ lệ.", 0, _STEP)
        drawing.height = _STEP
        return ""
    step, low = axis_of_rates(chart, grid)
    right = drawing.width - (_target_room(drawing, chart) if target else 6)
    top, bottom = _STEP, _STEP + _PLOT_HEIGHT

    def height_of(value: int) -> float:
        return bottom - (value - low) / (_WHOLE - low) * (bottom - top)

    for value in range(low, _WHOLE + 1, step):
        drawing.line(_AXIS, height_of(value), right, height_of(value), _GRID, *_DOTTED)
        drawing.text(_percent(value), _AXIS - 5, height_of(value) + 3, 1)
    if target:
        y = height_of(target.hundredths)
        drawing.line(_AXIS, y, right, y, _CURVE, *_DASHED)
        drawing.text(target.words, right + 4, y - 1)
        drawing.text(f"{_percent(target.hundredths)} %", right + 4, y - 1 + _STEP)
    points = list(_points(rows, column, right, height_of))
    _curve(drawing, points)
    counts = [str(rate.denominator) if isinstance(rate := row[column], Rate) else "" for row in rows]
    _under(drawing, chart, rows, right, bottom + _STEP / 2, counts)
    drawing.text("n =", _AXIS - 5, drawing.height, 1)
    few = any(point.rate.is_small for point in points)
    if few:
        drawing.height += _STEP + 2
        drawing.marker(_AXIS, drawing.height - 3, filled=False)
        drawing.text(f"dưới {SMALL_NUMBER} hồ sơ: một hồ sơ làm tỷ lệ đổi hơn hai điểm", _AXIS + 6, drawing.height)
    return f" (%; trục đứng bắt đầu từ {_percent(low)} %)" if low else " (%)"


def _points(rows: Sequence[Row], column: int, right: float, height_of: Callable[[int], float]) -> Iterator[_Point]:
    each = (right - _AXIS) / len(rows)
    for number, row in enumerate(rows):
        rate = row[column]
        if isinstance(rate, Rate) and (value := hundredths(rate)) is not None:
            yield _Point(_AXIS + (number + 0.5) * each, height_of(value), rate)


def _curve(drawing: _Drawing, points: Sequence[_Point]) -> None:
    """The line through the points, and beside each, where no line runs, its rate."""
    for one, other in pairwise(points):
        drawing.line(one.x, one.y, other.x, other.y, _CURVE)
    for number, point in enumerate(points):
        before = points[number - 1].y if number else point.y
        after = points[number + 1].y if number + 1 < len(points) else point.y
        is_valley = before < point.y - 1 and after < point.y - 1
        aside = 0.5 + 0.3 * (after < point.y - 1) - 0.3 * (before < point.y - 1)
        drawing.marker(point.x, point.y, filled=not point.rate.is_small)
        said = _percent(hundredths(point.rate) or 0)
        drawing.text(said, point.x, point.y + (_STEP if is_valley else -5), 0.5 if is_valley else aside)


def _bars(drawing: _Drawing, chart: Chart, rows: Sequence[Row], captions: Sequence[str]) -> None:
    """Counts side by side, with their numbers above as far as these have room."""
    drawing.legend(captions, _AXIS)
    top = drawing.height + _STEP + 4
    bottom, right = top + _PLOT_HEIGHT, drawing.width - 6
    counts = [[_count(row, at) for at in chart.series] for row in rows]
    most = max((count for row in counts for count in row), default=0)
    step = _count_step(most)
    high = max(step, ceil(most / step) * step)
    for value in range(0, high + 1, step):
        y = bottom - value / high * _PLOT_HEIGHT
        drawing.line(_AXIS, y, right, y, _GRID, *_DOTTED)
        drawing.text(words(value), _AXIS - 5, y + 3, 1)
    each = (right - _AXIS) / max(1, len(rows))
    width = min(26.0, 0.8 * each / len(chart.series))
    has_room = text_width("0" * len(str(most)), drawing.faces.regular, _SIZE) <= width
    for number, row in enumerate(counts):
        left = _AXIS + (number + 0.5) * each - width * len(row) / 2
        for at, count in enumerate(row):
            tall = count / high * _PLOT_HEIGHT
            drawing.box(left + at * width, bottom - tall, width, tall, _PATTERNS[at])
            if has_room:
                drawing.text(words(count), left + (at + 0.5) * width, bottom - tall - 3, 0.5)
    _under(drawing, chart, rows, right, bottom, ())


def _under(
    drawing: _Drawing, chart: Chart, rows: Sequence[Row], right: float, bottom: float, below: Sequence[str]
) -> None:
    """The names of the rows below an axis from left to right, and a second line below them."""
    each = (right - _AXIS) / max(1, len(rows))
    for number, row in enumerate(rows):
        x = _AXIS + (number + 0.5) * each
        drawing.text(words(row[chart.labels]), x, bottom + _STEP + 2, 0.5)
        if below:
            drawing.text(below[number], x, bottom + 2 * _STEP + 2, 0.5)
    drawing.height = bottom + (2 if below else 1) * _STEP + 2


def _shares(drawing: _Drawing, chart: Chart, rows: Sequence[Row], captions: Sequence[str]) -> None:
    """One bar a row, its counts end to end, all to one scale; the sum behind it and what is late of it."""
    drawing.legend(captions, 0)
    shown = [(words(row[chart.labels]), [_count(row, at) for at in chart.series]) for row in rows]
    shown = [(name, counts) for name, counts in shown if sum(counts)]
    said = [f"{words(sum(counts))} ({captions[-1].lower()} {words(counts[-1])})" for _, counts in shown]
    longest = max((text_width(name, drawing.faces.regular, _SIZE) for name, _ in shown), default=0)
    left = min(longest, 0.4 * drawing.width) + 6
    room = max((text_width(end, drawing.faces.regular, _SIZE) for end in said), default=0) + 6
    scale = (drawing.width - left - room) / max((sum(counts) for _, counts in shown), default=1)
    for (name, counts), end in zip(shown, said, strict=True):
        drawing.height += _STEP + 4
        drawing.text(_cut(name, drawing.faces.regular, left - 6), 0, drawing.height)
        x = left
        for at, count in enumerate(counts):
            drawing.box(x, drawing.height - _BOX, count * scale, _BOX, _PATTERNS[at])
            x += count * scale
        drawing.text(end, x + 5, drawing.height)


def _count(row: Row, at: int) -> int:
    cell = row[at]
    assert isinstance(cell, int)
    return cell


def _count_step(most: int) -> int:
    """A round step of which four or five reach the highest count."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power * _MOST_STEPS >= most:
                return digit * power
        power *= 10


def _target_room(drawing: _Drawing, chart: Chart) -> float:
    assert chart.target is not None
    said = (chart.target.words, f"{_percent(chart.target.hundredths)} %")
    return max(text_width(each, drawing.faces.regular, _SIZE) for each in said) + 6


def _percent(value: int) -> str:
    """Hundredths of a percent without the nought behind the comma: ``98,53``, ``97``."""
    whole, rest = divmod(value, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def _cut(name: str, face: str, width: float) -> str:
    """A name as far as it has room; the table beside the chart has it whole."""
    if text_width(name, face, _SIZE) <= width:
        return name
    while name and text_width(f"{name}…", face, _SIZE) > width:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _hatch(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, bottom, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.5)
    for number in range(int((width + height) / _HATCH) + 1):
        x = left + number * _HATCH
        canvas.line(x, bottom, x - height, bottom + height)
    canvas.restoreState()
