"""The periods that reports are made for: official ones with their cut-off on the 14th, calendar days, free ranges.

Pure. Official periods run from the 15th to the 14th (NĐ 09/2019/NĐ-CP Đ12; domain.md 4.3), so that "tháng 11"
begins on 15 October. Asked by ``office.reporting`` and by the pages that offer periods.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_FIRST_DAY, _LAST_DAY = 15, 14
#: Whoever asks for other years has mistyped one; their neighbours would run out of the calendar.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class PeriodKind(StrEnum):
    """Kinds of period, as Điều 12 names them, and the two that everybody also asks for."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    FREE = "free"


#: Kind → how many months it has; a half year and nine months always begin with the year.
_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_REPEATED = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}


class PeriodError(ValueError):
    """A period that cannot be: stable ``code`` and one Vietnamese sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``first`` to ``last``, both included; ``number`` counts months and quarters of ``year`` from 1."""

    kind: PeriodKind
    first: date
    last: date
    year: int = 0
    number: int = 1

    @property
    def name(self) -> str:
        """What a report's head calls it: "Tháng 11 năm 2026", "Từ 01/11/2026 đến 22/11/2026"."""
        match self.kind:
            case PeriodKind.DAY:
                return f"Ngày {self.first:%d/%m/%Y}"
            case PeriodKind.FREE:
                return f"Từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"
            case PeriodKind.MONTH:
                return f"Tháng {self.number} năm {self.year}"
            case PeriodKind.QUARTER:
                return f"Quý {('I', 'II', 'III', 'IV')[self.number - 1]} năm {self.year}"
            case PeriodKind.HALF:
                return f"6 tháng đầu năm {self.year}"
            case PeriodKind.NINE_MONTHS:
                return f"9 tháng đầu năm {self.year}"
        return f"Năm {self.year}"


def official(kind: PeriodKind, year: int, number: int = 1) -> Period:
    """The official period of a year: its ``number``-th month or quarter, or the one of its kind.

    >>> official(PeriodKind.QUARTER, 2026, 4).last
    datetime.date(2026, 12, 14)
    """
    months = _MONTHS[kind]
    if not 1 <= number <= _REPEATED.get(kind, 1):
        raise PeriodError("no_such_period", f"Năm không có kỳ thứ {number} thuộc loại này.")
    last_month = months * number
    return Period(kind, _begin(year, last_month - months + 1), date(year, last_month, _LAST_DAY), year, number)


def containing(kind: PeriodKind, on: date) -> Period:
    """The period of this kind that a day lies in; nine months and half years only reach their own ends.

    After 14 September a day lies in no "9 tháng" any more: the one that has just ended is given.
    """
    if kind is PeriodKind.DAY:
        return Period(kind, on, on, on.year)
    month_of = on if on.day < _FIRST_DAY else (on.replace(day=28) + timedelta(days=7)).replace(day=1)
    number = -(-month_of.month // _MONTHS[kind]) if kind in _REPEATED else 1
    return official(kind, month_of.year, number)


def through(kind: PeriodKind, first: date, last: date) -> tuple[Period, ...]:
    """The periods of a kind that hold any of these days, oldest first."""
    found, period = [], containing(kind, first)
    while period.first <= last:
        if period.last >= first:
            found.append(period)
        period = neighbour(period, 1)
    return tuple(found)


def free(first: date, last: date) -> Period:
    """Any days; PeriodError ``from_after_to``, ``far_away``."""
    if first > last:
        raise PeriodError(
            "from_after_to", f"Ngày đầu kỳ {first:%d/%m/%Y} ở sau ngày cuối kỳ {last:%d/%m/%Y}; hãy chọn lại kỳ."
        )
    if first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        raise PeriodError("far_away", f"Kỳ phải nằm trong các năm {_FIRST_YEAR}–{_LAST_YEAR}; hãy chọn lại kỳ.")
    return _of_days(first, last)


def named(first: date, last: date) -> Period:
    """The official period that has just these days, or a free one. PeriodError as ``free``."""
    asked = free(first, last)
    for kind in _MONTHS:
        if (period := containing(kind, last)).first == first and period.last == last:
            return period
    return asked


def neighbour(period: Period, step: int) -> Period:
    """The period of the same kind and length before (``step`` -1) or after (1)."""
    if period.kind in _REPEATED:
        count = _REPEATED[period.kind]
        index = period.year * count + period.number - 1 + step
        return official(period.kind, index // count, index % count + 1)
    if period.kind in _MONTHS:
        return official(period.kind, period.year + step)
    days = ((period.last - period.first).days + 1) * step
    return _of_days(period.first + timedelta(days=days), period.last + timedelta(days=days))


def _of_days(first: date, last: date) -> Period:
    return Period(PeriodKind.DAY if first == last else PeriodKind.FREE, first, last, last.year)


def _begin(year: int, month: int) -> date:
    """The 15th of the month before."""
    return date(year - 1, 12, _FIRST_DAY) if month == 1 else date(year, month - 1, _FIRST_DAY)
