"""The open file: plain questions go straight to SQLite, everything else to peewee over the same connection.

Opening a window asks a dozen plain questions, and loading peewee would be a tenth of its start. Made by
``db.connection`` alone; whoever holds one uses it as the peewee database that it becomes at the first need.
"""

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.engine import Engine

_QUESTIONS = ("SELECT", "PRAGMA")
#: Seconds that peewee, too, waits for a lock before ``busy_timeout`` is set.
_PATIENCE = 5


class Database:
    """One file with a connection for the thread that opened it; other threads open theirs by ``connection_context``."""

    def __init__(self, path: Path, pragmas: Mapping[str, Any]) -> None:
        self.path = path
        self._pragmas = pragmas
        self._opener = get_ident()
        self._handed_on = False
        self._plain = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            for name, value in pragmas.items():
                self._plain.execute(f"PRAGMA {name} = {value}")
        except BaseException:
            self._plain.close()
            raise

    def execute_sql(self, sql: str, params: Any = None) -> sqlite3.Cursor:
        """Run one statement; environment troubles are ``RegisterProblem``."""
        if not sql.startswith(_QUESTIONS) or self._opener != get_ident():
            return self._peewee.execute_sql(sql, params)
        from db.connection import translated

        with translated(self.path.parent):
            return self._plain.execute(sql, params or ())

    def close(self) -> None:
        """Close the opener's connection."""
        self._peewee.close() if self._handed_on else self._plain.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._peewee, name)

    @property
    def _peewee(self) -> "Engine":
        engine = self._engine
        if not self._handed_on and self._opener == get_ident():
            self._handed_on = True
            engine.adopt(self._plain)
            # From here on there is nothing to choose.
            self.execute_sql = engine.execute_sql  # type: ignore[method-assign]
        return engine

    @cached_property
    def _engine(self) -> "Engine":
        from db.engine import Engine

        return Engine(str(self.path), pragmas=self._pragmas, autoconnect=False)
