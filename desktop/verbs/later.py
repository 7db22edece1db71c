"""What the command line promises and this version does not do yet: each word gets one plain sentence.

The lists shrink as the acts come; nothing here opens a register.
"""

import argparse

from desktop.errors import UserError

VERBS = ("posting", "report", "export", "sync", "outbox", "enrol", "hub")
#: Verb → the argument that chooses what it does, and the choices of later versions.
CHOICES = {
    "procedures": ("act", ("import",)),
}


def refuse(args: argparse.Namespace) -> None:
    """Raise UserError ``not_in_this_version`` when the words ask for something of a later version."""
    name, choices = CHOICES.get(args.verb, ("verb", VERBS))
    asked = getattr(args, name)
    if asked in choices:
        raise not_in_this_version(asked)


def not_in_this_version(asked: str) -> UserError:
    """The refusal of something that a later version does."""
    return UserError("not_in_this_version", f"Bản này chưa làm được việc “{asked}”; chưa ghi gì.", asked=asked)
