"""What the command line promises and this version does not do yet: each word gets one plain sentence.

The lists shrink as the acts come; nothing here opens a register.
"""

import argparse

from desktop.errors import UserError

VERBS = ("export", "sync", "outbox", "enrol")


def refuse(args: argparse.Namespace) -> None:
    """Raise UserError ``not_in_this_version`` when the words ask for something of a later version."""
    if args.verb in VERBS:
        raise not_in_this_version(args.verb)


def not_in_this_version(asked: str) -> UserError:
    """The refusal of something that a later version does."""
    return UserError("not_in_this_version", f"Bản này chưa làm được việc “{asked}”; chưa ghi gì.", asked=asked)
