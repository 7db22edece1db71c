"""Where the data folder is when nobody names one."""

import os
from pathlib import Path


def data_folder(named: str | None) -> Path:
    """The folder of ``--data``, else of ``MOTCUA_DATA``, else the platform's own for this program."""
    chosen = named or os.environ.get("MOTCUA_DATA")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("motcua", appauthor=False))
