"""Writing on the hot path: peewee builds the same SQL anew at every call, here it is built once per shape."""

from functools import cache
from typing import Any

from db.connection import Register


def insert(book: Register, table: str, values: dict[str, Any]) -> int:
    """Add one row of ``column name → value``; inside ``Register.write``. Returns its id."""
    sql = _insert(table, tuple(values))
    return book.database.execute_sql(sql, tuple(values.values())).lastrowid


def update(book: Register, table: str, values: dict[str, Any], **key: Any) -> None:
    """Change the row whose one column named by ``key`` has that value; inside ``Register.write``."""
    ((column, value),) = key.items()
    sql = _update(table, tuple(values), column)
    book.database.execute_sql(sql, (*values.values(), value))


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _update(table: str, columns: tuple[str, ...], key: str) -> str:
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {key} = ?"
