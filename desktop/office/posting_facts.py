"""What the wall says beside the catalogue: where to send feedback, which desks there are, the second language.

Kept as one setting, so that every change is an event; empty until somebody tells it, and nothing is guessed. Read by
``posting_sheets``; the command line and the settings change it.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import msgspec

from db.connection import Register
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import settings
from desktop.rules.text import TextError, clean

_SETTING = "posting"
_LONGEST, _MOST_DESKS = 300, 40


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """Told by people. ``feedback_*`` is the province's body that takes phản ánh, kiến nghị.

    ``complaint_phone`` is the commune's own number, ``desks`` what stands on the sign of each desk from desk 1 on,
    ``language`` the second language of the sheets, such as ``Tiếng Thái``.
    """

    feedback_to: str = ""
    feedback_address: str = ""
    feedback_phone: str = ""
    feedback_email: str = ""
    feedback_web: str = ""
    complaint_phone: str = ""
    desks: tuple[str, ...] = ()
    language: str = ""


def read(book: Register) -> PostingFacts:
    """What has been told so far."""
    return msgspec.convert(settings.get(book, _SETTING, {}), PostingFacts)


def change(book: Register, told: PostingFacts, *, clerk: str | None, now: datetime) -> Changes:
    """Store what was told, cleaned; UserError for text that cannot be printed. The same again changes nothing."""
    cleaned = msgspec.convert({name: _written(value) for name, value in _as_told(told)}, PostingFacts)
    if len(cleaned.desks) > _MOST_DESKS:
        raise UserError("too_many_desks", f"Nhiều nhất {_MOST_DESKS} quầy.")
    if cleaned == read(book):
        return Changes()
    return settings.change(book, _SETTING, msgspec.to_builtins(cleaned), clerk=clerk, now=now)


def _as_told(told: PostingFacts) -> list[tuple[str, Any]]:
    return [(field.name, getattr(told, field.name)) for field in fields(told)]


def _written(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(text for part in value if (text := str(_written(part))))
    try:
        text = clean(value)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if len(text) > _LONGEST:
        raise UserError("too_long", f"Mỗi mục nhiều nhất {_LONGEST} chữ.")
    return text
