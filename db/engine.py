"""peewee's side of the open file. Loaded by ``db.database`` at the first statement that needs it."""

import sqlite3
from pathlib import Path
from threading import get_ident
from typing import Any

from db.connection import problem_of
from db.orm import peewee


class Engine(peewee.SqliteDatabase):
    """SQLite whose environment troubles come out as ``RegisterProblem``, for reads and writes alike."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        #: By thread, so that a worker that connects at the same moment takes a connection of its own.
        self._adopted: dict[int, sqlite3.Connection] = {}
        super().__init__(*args, **kwargs)

    def adopt(self, connection: sqlite3.Connection) -> None:
        """Use this connection, opened by the present thread, as the one of this thread."""
        self._adopted[get_ident()] = connection
        self.connect()

    def _connect(self) -> sqlite3.Connection:
        connection = self._adopted.pop(get_ident(), None)
        return super()._connect() if connection is None else connection  # type: ignore[misc]

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        # Not by ``translated``: building its context would be felt in every act.
        try:
            return super().execute_sql(*args, **kwargs)
        except peewee.DatabaseError as error:
            if problem := problem_of(error, Path(self.database).parent):
                raise problem from error
            raise
