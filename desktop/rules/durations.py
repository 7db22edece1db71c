"""How long dossiers took: average, median and longest by procedure, and what was cut off the limit of the law.

Pure. Working days are those of the calendar, without the days on which the clock stood (``cases.Ruler``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from db.vocabulary import LimitUnit
from desktop.rules.cases import Case, Ruler, calendar_days
from desktop.rules.figures import Figure, Group, Span, resolved, share
from desktop.rules.statistics import Rate

_TENTH = Decimal("0.1")
_COUNTED = {LimitUnit.WORKING_DAYS: "ngày làm việc", LimitUnit.CALENDAR_DAYS: "ngày"}


@dataclass(frozen=True, slots=True)
class Duration:
    """Working days that the solved dossiers of one procedure took; ``days`` of each, shortest first."""

    procedure: str
    name: str
    days: tuple[int, ...]
    dossiers: tuple[str, ...]

    @property
    def average(self) -> Decimal:
        return (Decimal(sum(self.days)) / len(self.days)).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def median(self) -> Decimal:
        return Decimal(str(median(self.days))).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def longest(self) -> int:
        return self.days[-1]


def by_procedure(cases: Sequence[Case], ruler: Ruler, span: Span) -> tuple[Duration, ...]:
    """Of every procedure with a result in the period, the longest average first."""
    solved: dict[str, list[tuple[int, Case]]] = {}
    for one in resolved(cases, span):
        if one.has_result:
            solved.setdefault(one.procedure, []).append((ruler.taken(one), one))
    found = []
    for procedure, taken in solved.items():
        taken.sort(key=lambda pair: pair[0])
        newest = max((one for _, one in taken), key=lambda one: one.course.received_on)
        days, codes = tuple(days for days, _ in taken), tuple(one.code for _, one in reversed(taken))
        found.append(Duration(procedure, newest.reception.procedure_name, days, codes))
    return tuple(sorted(found, key=lambda one: (-one.average, one.procedure)))


def group(durations: Iterable[Duration]) -> Group:
    """The same as figures; each opens its dossiers, the longest first."""
    figures = tuple(
        Figure(
            f"duration.{one.procedure}",
            one.name,
            len(one.days),
            None,
            one.dossiers,
            value=f"{decimal_words(one.average)} ngày",
            note=f"trung vị {decimal_words(one.median)}, lâu nhất {one.longest}, {len(one.days)} hồ sơ",
        )
        for one in durations
    )
    notes = ("Ngày làm việc trung bình từ khi nhận đến khi có kết quả, không kể lúc dừng chờ người nộp.",)
    return Group("durations", "Thời gian giải quyết theo thủ tục", figures, notes)


@dataclass(frozen=True, slots=True)
class Cut:
    """Days of one unit over the dossiers whose limit the commune has cut: by the law, as promised, as taken."""

    unit: LimitUnit
    statutory: Decimal
    promised: Decimal
    taken: int
    dossiers: tuple[str, ...]


def cuts(cases: Sequence[Case], ruler: Ruler, span: Span) -> tuple[Cut, ...]:
    """What was cut off the law's limits in the period (practices.md A13), by unit; only solved dossiers."""
    found = []
    for unit in _COUNTED:
        some = [one for one in resolved(cases, span) if one.has_result and _is_cut(one, unit)]
        if some:
            taken = sum(ruler.taken(one) if unit is LimitUnit.WORKING_DAYS else calendar_days(one) for one in some)
            statutory = sum((one.reception.statutory.value for one in some if one.reception.statutory), Decimal(0))
            promised = sum((one.reception.limit.value for one in some), Decimal(0))
            found.append(Cut(unit, statutory, promised, taken, tuple(one.code for one in some)))
    return tuple(found)


def _is_cut(one: Case, unit: LimitUnit) -> bool:
    ours, law = one.reception.limit, one.reception.statutory
    return law is not None and ours.unit is law.unit is unit and ours.value < law.value


def cut_group(cases: Sequence[Case], ruler: Ruler, span: Span) -> Group:
    """What was promised and really saved against the law."""
    solved = [one for one in resolved(cases, span) if one.has_result]
    told = cuts(cases, ruler, span)
    codes = {code for cut in told for code in cut.dossiers}
    figures = [
        share("cut.dossiers", "Hồ sơ có thời hạn đã cắt giảm", [one for one in solved if one.code in codes], solved)
    ]
    for cut in told:
        for key, name, saved in (
            ("promised", "Cam kết cắt", cut.statutory - cut.promised),
            ("taken", "Thực tế ít hơn luật định", cut.statutory - cut.taken),
        ):
            value = f"{decimal_words(saved)} / {decimal_words(cut.statutory)} {_COUNTED[cut.unit]}"
            figures.append(Figure(f"cut.{key}.{cut.unit}", name, None, None, cut.dossiers, value=value))
    notes = ("Tổng thời hạn luật định trừ thời hạn cam kết, và trừ số ngày thực tế, của hồ sơ có kết quả trong kỳ.",)
    return Group("cuts", "Cắt giảm thời gian", tuple(figures), notes)


def against_limits(cases: Sequence[Case], ruler: Ruler, span: Span) -> tuple[Rate, tuple[str, ...]]:
    """Quarter days taken of those promised, over solved dossiers whose limit is counted in working days."""
    some = [
        one for one in resolved(cases, span) if one.has_result and one.reception.limit.unit is LimitUnit.WORKING_DAYS
    ]
    promised = sum((one.reception.limit.value for one in some), Decimal(0))
    return Rate(4 * sum(map(ruler.taken, some)), int(promised * 4)), tuple(one.code for one in some)


def decimal_words(number: Decimal | int) -> str:
    """As people write it: ``3,5``, ``12``."""
    plain = format(Decimal(number).normalize(), "f")
    return plain.replace(".", ",")
