"""What limits there may be, and the two limits of one procedure: the law's and the commune's own.

Of those two the shorter one counts (thời hạn cắt giảm). Days of different kinds have no fixed length against each
other, so that most mixed pairs are for a person to decide; nothing is converted here.
"""

from dataclasses import replace
from decimal import Decimal

from db.records import Limit, ProcedureCase, ProcedureVersion
from db.vocabulary import LimitUnit

_LONGEST = 3650
#: Units whose limit is a rule and not a count.
UNCOUNTED = (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)
#: Units that are counted in quarters; the others only in whole numbers.
_QUARTERED = (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS, LimitUnit.CLOCK_HOURS)
#: A limit of one of these is not over before the day of reception is.
_WHOLE_DAYS = (LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS, LimitUnit.MONTHS)


def why_not(value: Decimal, unit: LimitUnit) -> str:
    """One sentence why nobody can be promised something within ``value`` units; empty for a limit that can be."""
    if unit in UNCOUNTED:
        return ""
    if not value.is_finite() or not 0 < value <= _LONGEST:
        return f"Thời hạn phải lớn hơn 0 và không quá {_LONGEST}."
    if value * (4 if unit in _QUARTERED else 1) % 1:
        return "Thời hạn theo ngày, theo tháng không có phần lẻ này."
    return ""


def shorter(one: Limit, other: Limit) -> Limit | None:
    """The limit that ends first whenever a dossier comes; ``one`` where both do, ``None`` where it depends."""
    if one.unit == other.unit:
        return one if one.value <= other.value else other
    if one.unit in UNCOUNTED and other.unit in UNCOUNTED:
        return one if one.unit is LimitUnit.IMMEDIATE else other
    if one.unit in UNCOUNTED and _lasts_a_day(other):
        return one
    if other.unit in UNCOUNTED and _lasts_a_day(one):
        return other
    return None


def _lasts_a_day(limit: Limit) -> bool:
    return limit.unit in _WHOLE_DAYS and limit.value >= 1


def both_kept(version: ProcedureVersion) -> ProcedureVersion:
    """The version with the shorter of its two limits as the one that counts, in each of its cases as well.

    A pair that cannot be compared stays as a person put it; a statutory limit that says the same is dropped.
    """
    limit, statutory = _pair(version.limit, version.statutory)
    cases = tuple(_case(case) for case in version.cases)
    return replace(version, limit=limit, statutory=statutory, cases=cases)


def _case(case: ProcedureCase) -> ProcedureCase:
    limit, statutory = _pair(case.limit, case.statutory)
    assert limit is not None, "a case has its limit"
    return ProcedureCase(case.label, limit, statutory)


def _pair(limit: Limit | None, statutory: Limit | None) -> tuple[Limit | None, Limit | None]:
    if limit is None or statutory is None:
        return limit, statutory
    if (limit.value, limit.unit) == (statutory.value, statutory.unit):
        return limit, None
    if shorter(limit, statutory) is statutory:
        return statutory, limit
    return limit, statutory


def time_cut(limit: Limit | None, statutory: Limit | None) -> Limit | None:
    """What was cut off the law's limit (thời gian cắt giảm); ``None`` where nothing was, or it has no one unit."""
    if limit is None or statutory is None or limit.unit != statutory.unit:
        return None
    cut: Decimal = statutory.value - limit.value
    return Limit(cut, limit.unit) if cut > 0 else None
