"""Where the points of a chart lie: rates over time as a line that a template draws.

Pure geometry in a frame of fixed size; nothing of a figure is rounded but its place. Every chart stands beside the
table of the same figures. An axis that does not begin at nought says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from desktop.rules.statistics import Rate

_WIDTH, _HEIGHT = 420, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 24, 12, 28
#: Steps of the axis in hundredths of a percent, and how many there may be.
_STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 2500)
_MOST_STEPS = 5
_WHOLE = 10_000
#: Labels of the points stand so far apart at least.
_LABEL = 56


@dataclass(frozen=True, slots=True)
class Point:
    """One rate: where it is, and what it says. ``label`` is empty where there is no room for one."""

    x: float
    y: float
    label: str
    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of rates; ``strokes`` are its unbroken parts, as the points of a polyline."""

    points: tuple[Point, ...]
    strokes: tuple[str, ...]
    grid: tuple[GridLine, ...]
    from_percent: int
    width: int = _WIDTH
    height: int = _HEIGHT
    left: int = _LEFT
    right: int = _WIDTH - _RIGHT

    @property
    def note(self) -> str:
        return f"Trục bắt đầu từ {self.from_percent} %." if self.from_percent else ""


def line(rates: Sequence[tuple[str, str, Rate]]) -> Line | None:
    """The chart of label, full name and rate, oldest first; None with fewer than two rates to join."""
    known = [_hundredths(rate) for _, _, rate in rates if rate.denominator]
    if len(known) < 2:
        return None
    step, low = _axis(min(known))

    def y(hundredths: int) -> float:
        return round(_TOP + (_WHOLE - hundredths) * (_HEIGHT - _TOP - _BOTTOM) / (_WHOLE - low), 1)

    apart = (_WIDTH - _LEFT - _RIGHT) / (len(rates) - 1)
    every = max(1, ceil(_LABEL / apart))
    points: list[Point] = []
    strokes: list[list[str]] = []
    stroke: list[str] = []
    for number, (label, name, rate) in enumerate(rates):
        if not rate.denominator:
            strokes.append(stroke)
            stroke = []
            continue
        x = round(_LEFT + number * apart, 1)
        shown = label if (len(rates) - 1 - number) % every == 0 else ""
        points.append(Point(x, y(_hundredths(rate)), shown, name, rate))
        stroke.append(f"{x},{points[-1].y}")
    grid = tuple(GridLine(y(at), _percent(at)) for at in range(low, _WHOLE + 1, step))
    return Line(tuple(points), tuple(" ".join(one) for one in (*strokes, stroke) if len(one) > 1), grid, low // 100)


@dataclass(frozen=True, slots=True)
class Band:
    """A rate on an axis of 100 parts, and where it would be with one late dossier more or less."""

    x: float
    low: float
    high: float


def band(rate: Rate, from_percent: int) -> Band:
    """Where a rate of at least one lies on the axis from so many percent to 100; what is below lies at its end."""

    def x(good: int) -> float:
        percent = max(0, min(good, rate.denominator)) * 100 / rate.denominator
        return round(max(0.0, (percent - from_percent) * 100 / (100 - from_percent)), 1)

    return Band(x(rate.numerator), x(rate.numerator - 1), x(rate.numerator + 1))


def axis_of(rates: Iterable[Rate]) -> int:
    """Where a common axis of rates begins: at whole fives below the lowest of those that are not small."""
    known = [_hundredths(rate) for rate in rates if rate.denominator and not rate.is_small]
    return min(95, min(known, default=0) // 500 * 5)


def _axis(lowest: int) -> tuple[int, int]:
    """Step and lower end, so that a few steps lead from there to 100 %; the lower end is whole percents."""
    for step in _STEPS:
        count = ceil(max(_WHOLE - lowest, 1) / step)
        if count <= _MOST_STEPS and (low := _WHOLE - step * count) % 100 == 0:
            return step, max(0, low)
    return _STEPS[-1], 0


def _hundredths(rate: Rate) -> int:
    return rate.numerator * _WHOLE // rate.denominator


def _percent(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02d}".rstrip("0") if part else str(whole)
