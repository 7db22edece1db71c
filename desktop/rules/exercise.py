"""The exercise of the first receipt: which step a form on the screen has come to. Told by the form, not by memory.

So a clerk may leave the exercise, do things in another order or make mistakes; the next step is always right.
"""

from enum import StrEnum

from db.records import ProcedureVersion
from desktop.rules import intake
from desktop.rules.intake import IntakeForm


class Step(StrEnum):
    """What the clerk is told to do next; the words are in ``resources/help/exercise.json``."""

    OPEN = "open"
    SCAN = "scan"
    PROCEDURE = "procedure"
    CASE = "case"
    LIMIT = "limit"
    PAPERS = "papers"
    FIX = "fix"
    SUBMIT = "submit"
    PRINT = "print"
    SAVE = "save"


#: How far a step is on the way, as the clerk counts.
_PLACES = {
    Step.OPEN: 1, Step.SCAN: 2, Step.PROCEDURE: 3, Step.CASE: 4, Step.LIMIT: 4,
    Step.PAPERS: 5, Step.FIX: 6, Step.SUBMIT: 6, Step.PRINT: 7, Step.SAVE: 7,
}  # fmt: skip
LAST = max(_PLACES.values())


def place(step: Step) -> int:
    """1 to ``LAST``."""
    return _PLACES[step]


def next_step(form: IntakeForm, procedure: ProcedureVersion | None, problems: int) -> Step:
    """The step of an intake; ``problems`` are those that the page still counts, missing papers among them."""
    if not form.applicant.id_number or not form.applicant.name:
        return Step.SCAN
    if procedure is None:
        return Step.PROCEDURE
    if procedure.cases and form.case is None:
        return Step.CASE
    if intake.limit_for(form, procedure) is None:
        return Step.LIMIT
    if intake.missing_papers(form, procedure):
        return Step.PAPERS
    return Step.FIX if problems else Step.SUBMIT
