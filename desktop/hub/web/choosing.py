"""Which period a page is about, as its address says: a kind and a day in it, or two days.

Hides how addresses name periods and which neighbours they have. Used by the pages and the API alike; official periods
are those of ``rules.periods``, a week runs from Monday to Sunday.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from desktop.hub.web.problems import Problem
from desktop.rules import periods
from desktop.rules.periods import Period, PeriodError, PeriodKind

WEEK = "week"
#: What may be chosen, in the order of the bar.
KINDS = {
    "day": "Ngày",
    WEEK: "Tuần",
    "month": "Tháng",
    "quarter": "Quý",
    "half": "6 tháng",
    "nine_months": "9 tháng",
    "year": "Năm",
    "free": "Tự chọn",
}
_SEVEN = timedelta(days=7)
#: So many that every one of them has neighbours in rules.periods.
_YEARS = range(1902, 2199)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A period with the words of its kind, as an address names it."""

    kind: str
    period: Period

    @property
    def name(self) -> str:
        if self.kind == WEEK:
            return f"Tuần {self.period.first:%d/%m} – {self.period.last:%d/%m/%Y}"
        return self.period.name

    @property
    def days(self) -> str:
        """Its true days, where the name does not say them already."""
        if self.kind in ("free", "day", WEEK):
            return ""
        return f"{self.period.first:%d/%m/%Y} – {self.period.last:%d/%m/%Y}"

    @property
    def asked(self) -> dict[str, str]:
        """What an address names it by."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return {"kind": "free", "from": first, "to": last} if self.kind == "free" else {"kind": self.kind, "on": last}

    @property
    def query(self) -> str:
        """How an address names it."""
        return urlencode(self.asked)

    def as_kind(self, kind: str) -> str:
        """The address of another kind of period that ends in or after this one's last day."""
        return Chosen(kind, _containing(kind, self.period)).query

    def beside(self, step: int) -> str:
        """The address of the period before (-1) or after (1); empty where the calendar ends."""
        there = periods.neighbour(self.period, step)
        return Chosen(self.kind, there).query if there.first.year in _YEARS and there.last.year in _YEARS else ""


def chosen(query: Mapping[str, str], otherwise: date) -> Chosen:
    """What an address asks for; without a word the month that ``otherwise`` lies in. Problem ``bad_period``."""
    kind = query.get("kind") or ("free" if query.get("from") or query.get("to") else "month")
    if kind not in KINDS:
        raise Problem(400, "bad_period", "Kỳ chỉ là ngày, tuần, tháng, quý, 6 tháng, 9 tháng, năm hoặc tự chọn.")
    try:
        if kind == "free":
            first, last = (_day(query, name) or otherwise for name in ("from", "to"))
            return Chosen(kind, periods.free(first, last))
        on = _day(query, "on") or otherwise
        return Chosen(kind, _containing(kind, periods.containing(PeriodKind.DAY, on)))
    except PeriodError as error:
        raise Problem(400, "bad_period", error.message) from error


def _day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name)
    if not text:
        return None
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Problem(400, "bad_date", "Ngày trong địa chỉ phải có dạng 2026-11-23.") from None
    if on.year not in _YEARS:
        raise Problem(400, "bad_period", f"Ngày phải nằm trong các năm {_YEARS[0]}–{_YEARS[-1]}.")
    return on


def _containing(kind: str, period: Period) -> Period:
    if kind == "free":
        return period
    if kind == WEEK:
        monday = period.last - timedelta(days=period.last.weekday())
        return periods.free(monday, monday + _SEVEN - timedelta(days=1))
    return periods.containing(PeriodKind(kind), period.last)
