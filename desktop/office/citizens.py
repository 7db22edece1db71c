"""People as the register knows them: who handed dossiers in, found by number, name or phone.

There is no table of people: a citizen is what their dossiers say. Changes nothing.
"""

from dataclasses import dataclass
from datetime import date

from db import dossiers
from db.connection import Register
from db.reach import Reach
from db.records import DossierRow
from desktop.office import lookup, rights
from desktop.rules.text import fold

#: Of so many newest matches people are made; whoever is meant came lately or is typed more fully.
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person or organisation; ``dossiers`` is how many they handed in, ``last_on`` the day of the newest."""

    name: str
    id_number: str
    phone: str
    dossiers: int
    last_on: date

    @property
    def id(self) -> str:
        """The words that find their dossiers: the number, or name and phone where there is none."""
        return self.id_number or f"{self.name} {self.phone}".strip()


def found(book: Register, text: str, *, limit: int = 3, clerk: str | None = None) -> tuple[Citizen, ...]:
    """Those whose own name, number or phone ``text`` finds, who came last first; a dossier's code finds nobody.

    Found and counted by what is of the fields of ``clerk``, who asks.
    """
    wanted, reach = lookup.words(text), rights.reach(book, clerk)
    people: dict[str, list[DossierRow]] = {}
    for row in dossiers.page(book, wanted, limit=_LOOKED_AT, offset=0, reach=reach) if wanted else ():
        if _is_meant(row, wanted):
            people.setdefault(row.id_number or fold(f"{row.applicant} {row.phone}"), []).append(row)
    return tuple(_citizen(book, rows, reach) for rows in list(people.values())[:limit])


def _is_meant(row: DossierRow, wanted: list[str]) -> bool:
    """Whether the words are the person's own, and not those of the code or of whom they came for."""
    person = {"name": row.applicant, "organisation": "", "id_number": row.id_number, "phone": row.phone}
    own = lookup.search_key({"applicant": person, "principal": None}).split()
    return all(any(word.startswith(start) for word in own) for start in wanted)


def _citizen(book: Register, rows: list[DossierRow], reach: Reach) -> Citizen:
    newest = rows[0]
    number = newest.id_number
    return Citizen(
        name=newest.applicant,
        id_number=number,
        phone=newest.phone,
        dossiers=dossiers.count_of_person(book, number, reach) if number else len(rows),
        last_on=newest.received_at.date(),
    )
