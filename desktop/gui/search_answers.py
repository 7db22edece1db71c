"""What the global search answers, group by group: dossiers, people, procedures; each group led by its name.

Asked by the composition root while somebody types. Identity numbers are masked: the list opens above every page.
"""

from collections.abc import Iterable
from datetime import date

from desktop import labels
from desktop.gui.commands import Commands
from desktop.gui.search import Hit
from desktop.office import citizens, lookup, procedures
from desktop.office.citizens import Citizen
from desktop.rules.citizen_id import mask

_MOST = 8


def dossiers(commands: Commands, text: str) -> list[Hit]:
    """Dossiers by code, name, number or phone, newest first; of one of another field, whose that is."""
    rows = commands.see(lookup.find, text, limit=_MOST) or ()
    if not rows and (theirs := commands.see(lookup.elsewhere, text)):
        field, _, whose = theirs.partition("; ")
        return [Hit("dossier", text.strip().upper(), field, whose, first=True)]
    return _group("dossier", ((row.code, row.applicant, row.procedure_name) for row in rows))


def people(commands: Commands, text: str) -> list[Hit]:
    """Who handed dossiers in, by their own name, number or phone; ``about`` is the ``Citizen``."""
    found = commands.see(citizens.found, text) or ()
    return [
        Hit("person", mask(one.id_number) or one.phone, one.name, _came(one), first=nth == 0, about=one)
        for nth, one in enumerate(found)
    ]


def matters(commands: Commands, text: str, on: date) -> list[Hit]:
    """Procedures in force on a day."""
    versions = (commands.ask(procedures.search, text, on=on, limit=_MOST) or ()) if text.strip() else ()
    return _group("procedure", ((version.code, version.name, version.field) for version in versions))


def _came(one: Citizen) -> str:
    return f"{labels.count_words(one.dossiers)} hồ sơ, gần nhất {one.last_on:%d/%m/%Y}"


def _group(kind: str, answers: Iterable[tuple[str, str, str]]) -> list[Hit]:
    return [Hit(kind, code, title, note, first=nth == 0) for nth, (code, title, note) in enumerate(answers)]
