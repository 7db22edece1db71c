"""Dates as a clerk types them."""

import re
from datetime import date


def typed_date(text: str) -> date | None:
    """The date in ``24/11/2026`` (or with - or .), ``None`` when it is none."""
    found = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
