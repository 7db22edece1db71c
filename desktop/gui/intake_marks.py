"""ProblemMarks: says each problem of the form beside its field, at the moment when it helps.

A problem appears when its field was left, or scanned, or when F12 was pressed: never at the first letter.
Knows where a problem stands on the page and leads there; what is a problem is decided by ``rules.intake``.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QApplication

from db.records import RequiredPaper
from desktop.gui.cards import Card
from desktop.gui.fields import FieldRow
from desktop.gui.intake_papers import PapersCard
from desktop.rules.intake import Problem


class ProblemMarks:
    """``parts`` names for each card the beginnings of the paths that are shown in it."""

    def __init__(self, parts: Mapping[Card, tuple[str, ...]], rows: Mapping[str, FieldRow], papers: PapersCard) -> None:
        self._parts = parts
        self._rows = rows
        self._papers = papers
        self._seen: set[str] = set()
        self._see_all = False
        #: Everything that is wrong, as last shown.
        self.problems: tuple[Problem, ...] = ()

    @property
    def left(self) -> int:
        """How many problems stop reception."""
        return sum(not problem.soft for problem in self.problems)

    def forget(self) -> None:
        """A new form: nothing was seen yet."""
        self._seen.clear()
        self._see_all = False

    def see(self, *paths: str) -> None:
        """From now on tell what is wrong with these fields."""
        self._seen.update(paths)

    def see_all(self) -> None:
        """F12 was pressed: tell everything."""
        self._see_all = True

    def show(self, problems: Sequence[Problem], missing: Sequence[RequiredPaper], *, chosen: bool) -> None:
        """Bring every mark up to date; ``chosen`` tells whether there is a procedure."""
        self.problems = tuple(problems)
        for path, row in self._rows.items():
            told = next((found for found in self.problems if found.field == path and self._is_seen(path)), None)
            if told is None:
                row.clear_problem()
            elif (told.message, told.soft) != (row.problem, False) or told.soft:
                row.show_problem(told.message, soft=told.soft)
        self._papers.show_missing(missing, marked=self._is_seen("papers"))
        for card, beginnings in self._parts.items():
            card.set_state(self._state(beginnings, chosen))

    def go_to_first(self) -> None:
        """Lead to the first problem in the order of the page."""
        self._go(0)

    def go_to_next(self) -> None:
        """Lead to the problem after the one where the focus is, round and round."""
        focused = QApplication.focusWidget()
        places = [problem.field for problem in self._hard()]
        here = next((path for path, row in self._rows.items() if row.editor is focused), "")
        if focused is self._papers.table:
            here = next((path for path in places if path.startswith("papers")), "")
        self._go(places.index(here) + 1 if here in places else 0)

    def go_to(self, path: str) -> None:
        """Put the focus where this path is typed."""
        if path in self._rows:
            self._rows[path].focus()
        elif path.startswith("papers"):
            self._papers.go_to_missing()

    def _hard(self) -> list[Problem]:
        """In the order of the eyes: cards from top to bottom, then rows as they stand."""
        order = {path: number for number, path in enumerate(self._rows)}
        return sorted(
            (problem for problem in self.problems if not problem.soft),
            key=lambda problem: (self._card_number(problem.field), order.get(problem.field, 0)),
        )

    def _card_number(self, path: str) -> int:
        beginnings = list(self._parts.values())
        return next((n for n, known in enumerate(beginnings) if path.startswith(known)), len(beginnings))

    def _go(self, number: int) -> None:
        hard = self._hard()
        if not hard:
            return
        self.go_to(hard[number % len(hard)].field)

    def _is_seen(self, path: str) -> bool:
        return self._see_all or path in self._seen

    def _state(self, beginnings: tuple[str, ...], chosen: bool) -> str:
        mine = [problem for problem in self.problems if not problem.soft and problem.field.startswith(beginnings)]
        if any(self._is_seen(problem.field) for problem in mine):
            return "wrong"
        needs_procedure = not any(known.startswith("applicant") for known in beginnings)
        return "done" if not mine and (chosen or not needs_procedure) else ""
