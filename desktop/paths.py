"""Where the data folder is when nobody names one."""

import os
from pathlib import Path

import platformdirs


def data_folder(named: str | None) -> Path:
    """The folder of ``--data``, else of ``MOTCUA_DATA``, else the platform's own for this program."""
    chosen = named or os.environ.get("MOTCUA_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("motcua", appauthor=False))
