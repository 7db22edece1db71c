"""The sums that must hold in every table of Biểu II.06a, as a reader checks them by hand.

Pure. ``statistics.holds`` judges a line as a whole; here is which sum it is and how it reads. Asked by
``office.identities``, which names the dossiers behind one that does not hold.
"""

from dataclasses import dataclass

from desktop.rules.statistics import COLUMNS, Line


@dataclass(frozen=True, slots=True)
class Sum:
    """Column ``whole`` is the sum of the columns ``parts``."""

    whole: str
    parts: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.whole, *self.parts)

    def holds(self, line: Line) -> bool:
        """Whether it is so in a line, with nothing below zero."""
        figures = [getattr(line, name) for name in self.columns]
        return min(figures) >= 0 and figures[0] == sum(figures[1:])

    def words(self, line: Line) -> str:
        """``(3) 377 = (4) 66 + (5) 282 + (6) 29``, with ≠ where it does not hold."""
        whole, *parts = (f"({number(name)}) {getattr(line, name)}" for name in self.columns)
        return f"{whole} {'=' if self.holds(line) else '≠'} {' + '.join(parts)}"


SUMS = (
    Sum("received_total", ("received_online", "received_direct", "carried_over")),
    Sum("resolved_total", ("early", "on_time", "late")),
    Sum("pending_total", ("pending_in_time", "pending_overdue")),
    Sum("received_total", ("resolved_total", "pending_total")),
)


def number(column: str) -> int:
    """The number of a column in the form: 3 for ``received_total``, up to 13."""
    return COLUMNS.index(column) + 3


def broken(line: Line) -> tuple[Sum, ...]:
    """The sums that a line breaks."""
    return tuple(each for each in SUMS if not each.holds(line))
