"""Which backups stay: the newest of each of so many days, weeks and months. Pure, of moments."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import NamedTuple


class Keep(NamedTuple):
    """How many days, weeks (ISO) and months keep their newest backup; those without one do not count."""

    daily: int = 14
    weekly: int = 8
    monthly: int = 12


def kept(moments: Iterable[datetime], keep: Keep, now: datetime) -> set[datetime]:
    """The moments whose backups stay; the newest of all until now always does.

    What a clock that was ahead has dated after ``now`` takes nobody's place, and stays until its day has come.
    """
    moments = set(moments)
    ahead = {at for at in moments if at > now}
    newest_first = sorted(moments - ahead, reverse=True)
    return {
        *ahead,
        *newest_first[:1],
        *_newest_of(newest_first, keep.daily, lambda at: at.date()),
        *_newest_of(newest_first, keep.weekly, lambda at: at.isocalendar()[:2]),
        *_newest_of(newest_first, keep.monthly, lambda at: (at.year, at.month)),
    }


def _newest_of(newest_first: list[datetime], count: int, span: Callable[[datetime], Hashable]) -> Iterable[datetime]:
    found: dict[Hashable, datetime] = {}
    for at in newest_first:
        found.setdefault(span(at), at)
    return list(found.values())[: max(count, 0)]
