"""peewee's side of the open file. Loaded by ``db.database`` at the first statement that needs it."""

import sqlite3
from pathlib import Path
from typing import Any

import peewee

from db.connection import translated


class Engine(peewee.SqliteDatabase):
    """SQLite whose environment troubles come out as ``RegisterProblem``, for reads and writes alike."""

    _adopted: sqlite3.Connection | None = None

    def adopt(self, connection: sqlite3.Connection) -> None:
        """Use this connection, opened by the present thread, as the one of this thread."""
        self._adopted = connection
        self.connect()

    def _connect(self) -> sqlite3.Connection:
        connection, self._adopted = self._adopted, None
        return connection or super()._connect()  # type: ignore[misc]

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        with translated(Path(self.database).parent):
            return super().execute_sql(*args, **kwargs)
