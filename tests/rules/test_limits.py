"""Which of two limits is the shorter, and what was cut: the law's and the commune's own."""

from decimal import Decimal

import pytest

from db.records import Limit, ProcedureCase, ProcedureVersion
from db.vocabulary import LimitUnit
from desktop.rules.limits import both_kept, shorter, time_cut


def limit(words: str) -> Limit:
    """``3 working_days``, ``same_day``."""
    *value, unit = words.split()
    return Limit(Decimal(value[0]) if value else Decimal(0), LimitUnit(unit))


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("3 working_days", "5 working_days", "3 working_days"),
        ("0.5 working_days", "0.25 working_days", "0.25 working_days"),
        ("2 months", "1 months", "1 months"),
        ("immediate", "same_day", "immediate"),
        ("same_day", "1 working_days", "same_day"),
        ("1 months", "same_day", "same_day"),
        ("3 working_days", "5 calendar_days", None),
        ("1 months", "30 calendar_days", None),
        ("8 working_hours", "12 clock_hours", None),
        ("same_day", "0.5 working_days", None),
        ("same_day", "2 working_hours", None),
    ],
)
def test_the_shorter_counts_and_what_depends_is_not_guessed(one: str, other: str, counts: str | None) -> None:
    wanted = limit(counts) if counts else None
    assert shorter(limit(one), limit(other)) == wanted
    assert shorter(limit(other), limit(one)) == wanted


def version(counts: str, law: str | None, *cases: ProcedureCase) -> ProcedureVersion:
    kept = limit(law) if law else None
    return ProcedureVersion("1.000001", "Tên", "Hộ tịch", limit(counts), cases, statutory=kept)


@pytest.mark.parametrize(
    ("counts", "law", "kept"),
    [
        ("3 working_days", "5 working_days", ("3 working_days", "5 working_days")),
        ("5 working_days", "3 working_days", ("3 working_days", "5 working_days")),
        ("3 working_days", "3 working_days", ("3 working_days", None)),
        ("3 working_days", "1 months", ("3 working_days", "1 months")),
        ("3 working_days", None, ("3 working_days", None)),
    ],
)
def test_both_limits_are_kept_and_the_shorter_one_counts(
    counts: str, law: str | None, kept: tuple[str, str | None]
) -> None:
    settled = both_kept(version(counts, law))
    assert settled.limit == limit(kept[0])
    assert settled.statutory == (limit(kept[1]) if kept[1] else None)


def test_each_case_keeps_both_as_well() -> None:
    swapped = ProcedureCase("Cần xác minh", limit("8 working_days"), limit("5 working_days"))
    (case,) = both_kept(version("1 working_days", None, swapped)).cases
    assert (case.limit, case.statutory) == (limit("5 working_days"), limit("8 working_days"))


@pytest.mark.parametrize(
    ("counts", "law", "cut"),
    [
        ("3 working_days", "5 working_days", "2 working_days"),
        ("0.5 working_days", "1 working_days", "0.5 working_days"),
        ("3 working_days", "1 months", None),
        ("3 working_days", "3 working_days", None),
    ],
)
def test_what_was_cut_is_told_in_the_laws_own_unit(counts: str, law: str, cut: str | None) -> None:
    assert time_cut(limit(counts), limit(law)) == (limit(cut) if cut else None)


def test_nothing_is_cut_where_one_limit_is_unknown() -> None:
    assert time_cut(None, limit("3 working_days")) is None
    assert time_cut(limit("3 working_days"), None) is None
