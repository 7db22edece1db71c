"""The people who act at the counter."""

from db.connection import Register
from db.records import Clerk
from db.schema import Person


def everyone(book: Register) -> list[Clerk]:
    """All clerks, in the order they were added."""
    rows = Person.select(Person.short_name, Person.full_name, Person.active).order_by(Person.id).tuples()
    return [Clerk(short, full, bool(active)) for short, full, active in rows.execute(book.database)]


def find(book: Register, short_name: str) -> Clerk | None:
    """The clerk of this short name."""
    return next((clerk for clerk in everyone(book) if clerk.short_name == short_name), None)


def insert(book: Register, short_name: str, full_name: str) -> None:
    """Add a clerk; inside ``Register.write``."""
    Person.insert(short_name=short_name, full_name=full_name, active=True).execute(book.database)
