"""The last mistake of the program itself, kept for whoever mends it: where it happened, and nothing of what was said.

Neither the message of an error nor a line of its text is kept: either may hold what a citizen said. Called by the
window when it crashes, and by ``diagnostics``.
"""

import json
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.whole_files import write_whole

_FILE = "last-crash.json"
_DEEPEST = 60
#: Below one of these a path names our own files, or those of a library; above it may stand somebody's name.
_ROOTS = ("desktop", "db", "site-packages", "lib")


def keep(home: Path, error: BaseException, *, now: datetime) -> None:
    """Keep the places of a mistake in place of those of the one before; a disk that refuses stops nothing."""
    with suppress(OSError):
        write_whole(home / _FILE, json.dumps(_told(error, now), indent=1).encode())


def last(home: Path) -> dict[str, Any] | None:
    """``{"at", "errors": [{"type", "frames": [{"file", "line", "function"}]}]}``; None when there was none."""
    try:
        return json.loads((home / _FILE).read_bytes())
    except (OSError, ValueError):
        return None


def _told(error: BaseException, now: datetime) -> dict[str, Any]:
    errors: list[dict[str, Any]] = []
    each: BaseException | None = error
    while each is not None and len(errors) < _DEEPEST:
        frames = traceback.extract_tb(each.__traceback__)[-_DEEPEST:]
        errors.append(
            {
                "type": type(each).__name__,
                "frames": [{"file": _place(one.filename), "line": one.lineno, "function": one.name} for one in frames],
            }
        )
        each = each.__cause__ or each.__context__
    return {"at": now.isoformat(), "errors": errors}


def _place(file: str) -> str:
    """The path below the program or a library; only the file's own name for any other."""
    parts = Path(file.replace("\\", "/")).parts
    below = [place for place, part in enumerate(parts) if part in _ROOTS]
    return "/".join(parts[below[-1] :]) if below else parts[-1] if parts else ""
