"""The people who act at the counter."""

from db.connection import Register
from db.records import Clerk


def everyone(book: Register) -> list[Clerk]:
    """All clerks, in the order they were added."""
    rows = book.database.execute_sql("SELECT short_name, full_name, active FROM person ORDER BY id")
    return [Clerk(short_name, full_name, bool(active)) for short_name, full_name, active in rows]


def find(book: Register, short_name: str) -> Clerk | None:
    """The clerk of this short name; ``Lan`` is who is known as ``lan``."""
    row = book.database.execute_sql(
        "SELECT short_name, full_name, active FROM person WHERE short_name = ?", (short_name,)
    ).fetchone()
    if row:
        return Clerk(row[0], row[1], bool(row[2]))
    return next((one for one in everyone(book) if one.short_name.casefold() == short_name.casefold()), None)


def insert(book: Register, short_name: str, full_name: str) -> None:
    """Add a clerk; inside ``Register.write``."""
    from db.schema import Person

    Person.insert(short_name=short_name, full_name=full_name, active=True).execute(book.database)
