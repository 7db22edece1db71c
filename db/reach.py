"""A question to the register narrowed to some procedures, as SQL: whoever works in some fields is listed no others.

Decides nothing: ``office.rights.reach`` says which procedures they are.
"""

import json
from collections.abc import Collection

#: Codes of procedures; None stands for all of them.
Reach = Collection[str] | None


def narrowed(reach: Reach, column: str = "procedure") -> str:
    """What a WHERE is followed by, with :func:`facts` beside it; nothing where all may be listed."""
    return "" if reach is None else f" AND {column} IN (SELECT value FROM json_each(:reach))"


def facts(reach: Reach) -> dict[str, str]:
    """The values that :func:`narrowed` asks for by their names."""
    return {} if reach is None else {"reach": json.dumps(sorted(reach))}
