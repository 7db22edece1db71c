"""A file written whole or not at all, also when the power fails: under its own name it is never half there."""

import os
from contextlib import suppress
from pathlib import Path

from db.folder import own_file
from desktop.errors import EnvironmentProblem

#: Ends the name of a file that is still being written.
PART_SUFFIX = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in place of what was there, on Linux for this user's eyes alone.

    OSError leaves what was there and nothing beside it.
    """
    part = path.with_suffix(path.suffix + PART_SUFFIX)
    try:
        part.unlink(missing_ok=True)  # what a power cut left may be everybody's
        with open(part, "wb", opener=own_file) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def hand_out(path: Path, data: bytes) -> None:
    """Write a file that somebody asked for; EnvironmentProblem ``file_not_stored`` when the disk does not take it."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise EnvironmentProblem("file_not_stored", f"Chưa ghi được tệp {path.name}; hãy kiểm tra ổ đĩa.") from error
