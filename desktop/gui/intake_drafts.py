"""What the intake page has begun and not yet submitted: the form on the screen and those put aside.

Hides how they are kept. Every edit is stored at once through ``office.drafts`` (one small durable write),
so that a power cut takes at most the key that was going down. Never an act: a draft is not counted.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from db.vocabulary import Channel
from desktop.gui.commands import Commands, Problem
from desktop.office import drafts
from desktop.rules.intake import IntakeForm, Person


@dataclass(frozen=True, slots=True)
class Begun:
    """An intake on its way: the form, the wished receipt (size, copies), when the card was read."""

    form: IntakeForm
    paper: tuple[str, int] = ("A5", 2)
    scanned_at: datetime | None = None
    saved_at: datetime | None = None
    #: Full name of who typed it.
    by: str = ""

    @property
    def is_blank(self) -> bool:
        """Has the clerk entered nothing yet?"""
        plain = replace(self.form, key="", channel=Channel.DIRECT, filed_by="", result_by=blank_form().result_by)
        return plain == replace(blank_form(), key="")

    @property
    def whose(self) -> str:
        """Whom the strip names."""
        return self.form.applicant.name or self.form.applicant.organisation or "một người chưa ghi tên"


def blank_form() -> IntakeForm:
    """A new form with its own idempotency key: F12 twice, or once more after a crash, gives one dossier."""
    return IntakeForm(procedure="", channel=Channel.DIRECT, key=uuid4().hex, applicant=Person())


class Drafts:
    """The station's drafts. ``trouble`` hears why one could not be kept."""

    def __init__(self, commands: Commands, station: str, trouble: Callable[[str], None]) -> None:
        self._commands = commands
        self._station = station
        self._trouble = trouble
        self._waiting: list[Begun] = []

    @property
    def waiting(self) -> Begun | None:
        """The draft that is offered next."""
        return self._waiting[0] if self._waiting else None

    def load(self) -> None:
        """Read what an earlier session left; all of it waits to be opened again."""
        kept = self._commands.ask(drafts.load, self._station, refused=self._tell)
        if kept is None:
            return
        stored = [kept.state.get("current"), *kept.state.get("waiting", [])]
        self._waiting = [begun for begun in map(_read, stored) if begun is not None]

    def keep(self, begun: Begun) -> datetime | None:
        """Store the form on the screen; the moment of it, or None when it could not be."""
        now = self._commands.now()
        return now if self._write(replace(begun, saved_at=now, by=self._commands.clerk.full_name), now) else None

    def put_aside(self, begun: Begun) -> None:
        """Let the form on the screen wait behind the others."""
        self.let_wait(begun)
        self.forget_current()

    def let_wait(self, begun: Begun) -> None:
        """The same where another form takes its place at once: both are stored together, by :meth:`keep` of that."""
        if not begun.is_blank:
            self._waiting.append(self._signed(begun))

    def _signed(self, begun: Begun) -> Begun:
        return replace(
            begun, saved_at=begun.saved_at or self._commands.now(), by=begun.by or self._commands.clerk.full_name
        )

    def take_waiting(self) -> Begun | None:
        """The draft that waited longest, taken out of the waiting ones."""
        return self._waiting.pop(0) if self._waiting else None

    def take(self, key: str) -> Begun | None:
        """The waiting draft of this form, taken out of the waiting ones; None when there is none."""
        found = next((begun for begun in self._waiting if begun.form.key == key), None)
        if found is not None:
            self._waiting.remove(found)
        return found

    def settle(self, keys: Collection[str]) -> None:
        """These forms were taken in under another one: they wait no more."""
        self._waiting = [begun for begun in self._waiting if begun.form.key not in keys]

    def forget_current(self) -> None:
        """The form on the screen was submitted or emptied."""
        if self._waiting:
            self._write(None, self._commands.now())
        else:
            self._commands.ask(drafts.discard, self._station, refused=self._tell)

    def _write(self, current: Begun | None, now: datetime) -> bool:
        state = {
            "current": msgspec.to_builtins(current) if current else None,
            "waiting": [msgspec.to_builtins(begun) for begun in self._waiting],
        }
        refused: list[Problem] = []
        self._commands.ask(drafts.save, self._station, state, now=now, refused=refused.append)
        for problem in refused:
            self._tell(problem)
        return not refused

    def _tell(self, problem: Problem) -> None:
        self._trouble(problem.message)


def _read(stored: Any) -> Begun | None:
    """A stored draft; one that an older program wrote in another shape is left out, not guessed."""
    try:
        return msgspec.convert(stored, Begun) if stored else None
    except msgspec.ValidationError:
        return None
