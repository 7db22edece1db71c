"""What the exercise of the first receipt needs of the office: a card of nobody. Never on a live register."""

from datetime import date

from db.connection import Register
from desktop.errors import UserError
from desktop.office import lookup
from desktop.rules import citizen_id, practice
from desktop.rules.citizen_id import CitizenCard

_SEED = 2026
_ISSUED = "05062022"


def check(book: Register) -> None:
    """UserError ``practice_only`` on a live register: invented people must not get into it."""
    if not book.practice:
        raise UserError("practice_only", "Bài tập chỉ làm trong sổ tập huấn, không làm trong sổ thật.")


def sample_card(book: Register, *, today: date) -> CitizenCard:
    """The card of an invented citizen who was not here before, read as a scanner's letters are."""
    check(book)
    person = next(each for each in practice.people(_SEED) if lookup.known_person(book, each.id_number) is None)
    born = date.fromisoformat(person.birth_date)
    parts = (person.id_number, "", person.name, f"{born:%d%m%Y}", person.gender, person.address, _ISSUED)
    return citizen_id.parse("|".join(parts), today=today)
