"""Why somebody takes something back or destroys it, as typed and as the event keeps it."""

from desktop.errors import UserError
from desktop.rules.text import TextError, clean

_LONGEST = 500


def written_reason(typed: str, otherwise: str) -> str:
    """The reason as it is stored; ``otherwise`` asks for one. UserError ``needs_reason``, and for unwritable text."""
    try:
        said = clean(typed)
    except TextError as error:
        raise UserError(error.code, error.message, field="reason") from error
    if not said or len(said) > _LONGEST:
        raise UserError("needs_reason", otherwise, field="reason")
    return said
