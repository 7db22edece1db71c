"""Writing on the hot path: peewee builds the same SQL anew at every call, here it is built once per shape."""

from functools import cache
from typing import Any

from db.connection import Register
from db.schema import Table


def insert(book: Register, table: type[Table], values: dict[str, Any]) -> int:
    """Add one row of ``column name → value``; inside ``Register.write``. Returns its id."""
    sql = _insert(table._meta.table_name, tuple(values), book.database.param)
    return book.database.execute_sql(sql, tuple(values.values())).lastrowid


def update(book: Register, table: type[Table], values: dict[str, Any], **key: Any) -> None:
    """Change the row whose one column named by ``key`` has that value; inside ``Register.write``."""
    ((column, value),) = key.items()
    sql = _update(table._meta.table_name, tuple(values), column, book.database.param)
    book.database.execute_sql(sql, (*values.values(), value))


@cache
def _insert(table: str, columns: tuple[str, ...], mark: str) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"


@cache
def _update(table: str, columns: tuple[str, ...], key: str, mark: str) -> str:
    return f"UPDATE {table} SET {', '.join(f'{column} = {mark}' for column in columns)} WHERE {key} = {mark}"
