"""Events put into the chain by a test itself, below the office that would ask for a right."""

from db import events


def append(book, kind, payload, *, clerk, **facts):
    """``events.append`` with the right granted; inside ``Register.write``."""
    book.grant(clerk, kind)
    return events.append(book, kind, payload, clerk=clerk, **facts)
