"""Sentences for what went wrong: a refusal becomes one message in its tone. Never modal while a clerk types."""

from typing import NamedTuple

from desktop.errors import EnvironmentProblem, RegisterProblem, UserError


class Message(NamedTuple):
    """One sentence and the tone it is said in."""

    tone: str
    text: str


def of_problem(problem: UserError | RegisterProblem) -> Message:
    """A request that cannot be done is a warning; a broken world is an error."""
    broken = isinstance(problem, EnvironmentProblem | RegisterProblem)
    return Message("late" if broken else "soon", problem.message)
