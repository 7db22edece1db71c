"""What a meeting decided to do better: who, until when, and what came of it; told again at the next meeting.

Kept as a setting, so that every change is an event that names the clerk and keeps what was before. Written after the
meeting, read by the review pack.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec

from db.connection import Register
from desktop.errors import UserError
from desktop.office import settings
from desktop.rules.text import TextError, clean

_SETTING = "meeting_actions"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; ``number`` counts from 1 in the register, ``result`` is empty until it is done."""

    number: int
    what: str
    who: str
    decided_on: date
    due_on: date | None = None
    done_on: date | None = None
    result: str = ""


def every(book: Register) -> tuple[Action, ...]:
    """All that was ever decided, oldest first."""
    return msgspec.convert(settings.get(book, _SETTING, []), tuple[Action, ...])


def owed(book: Register, first: date, last: date) -> tuple[Action, ...]:
    """What a meeting about the days ``first`` to ``last`` asks after.

    All that was decided before these days were over and was not done before they began.
    """
    known = every(book)
    return tuple(one for one in known if one.decided_on <= last and (one.done_on is None or one.done_on >= first))


def decide(
    book: Register, what: str, *, who: str = "", due_on: date | None = None, clerk: str | None, now: datetime
) -> Action:
    """Note what was decided; UserError ``empty_action``, ``too_long``, ``due_before_decided``."""
    said = _written(what)
    if not said:
        raise UserError("empty_action", "Ghi việc phải làm.")
    if due_on is not None and due_on < now.date():
        raise UserError("due_before_decided", f"Hạn {due_on:%d/%m/%Y} đã qua; hãy chọn ngày từ hôm nay trở đi.")
    with book.write():
        known = every(book)
        action = Action(len(known) + 1, said, _written(who), now.date(), due_on)
        _keep(book, (*known, action), clerk, now)
    return action


def settle(book: Register, number: int, result: str, *, clerk: str | None, now: datetime) -> Action:
    """Note what came of it; UserError ``unknown_action``, ``action_done``, ``empty_result``, ``too_long``."""
    said = _written(result)
    if not said:
        raise UserError("empty_result", "Ghi kết quả của việc.")
    with book.write():
        known = every(book)
        found = next((action for action in known if action.number == number), None)
        if found is None:
            raise UserError("unknown_action", f"Không có việc số {number}.")
        if found.done_on is not None:
            raise UserError("action_done", f"Việc số {number} đã xong ngày {found.done_on:%d/%m/%Y}.")
        done = replace(found, done_on=now.date(), result=said)
        _keep(book, (done if action.number == number else action for action in known), clerk, now)
    return done


def _keep(book: Register, actions: Iterable[Action], clerk: str | None, now: datetime) -> None:
    settings.change(book, _SETTING, msgspec.to_builtins(list(actions)), clerk=clerk, now=now)


def _written(text: str) -> str:
    try:
        said = clean(text)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if len(said) > _LONGEST:
        raise UserError("too_long", f"Nội dung dài quá {_LONGEST} chữ.")
    return said
