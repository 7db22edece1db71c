"""A counter goes back to an older backup, by the window's two ways, and its register is opened anew."""

from collections.abc import Callable
from pathlib import Path

from db.errors import RegisterProblem
from desktop.errors import UserError
from desktop.office import keepers, restoring
from tests.power import dossier_acts
from tests.power.desk import FIRST, PASSPHRASE, Desk, WentBack, say


def bring_back(desk: Desk) -> None:
    """What was done since is lost, and no number that it printed may come again."""
    book = desk.book
    # Those of a register that gave way lie with it.
    there = {path.name: path for path in book.home.parent.glob(f"{book.home.name}*/backups/*")}
    known = sorted(there.keys() & desk.known.at.keys())
    if not known:
        dossier_acts.backup(desk)
        return
    name = desk.chance.choice(known[-3:])
    path = there[name]
    say("restoring", name, desk.now.isoformat())
    if desk.chance.random() < 0.5:
        brought = restoring.bring_beside(book, path, PASSPHRASE, clerk=FIRST, now=desk.now)
        assert brought is not None
        restored = brought[0]
    else:
        restored = restoring.beside(book.home, desk.now)
        restoring.restore(path, restored, secret=_secret(desk, path), replaces=book.home)
    book.close()
    try:
        restoring.put_in_place(book.home, restored, now=desk.now)
    except (UserError, RegisterProblem) as problem:
        say("refused", problem.code)
    raise WentBack(name)


def _secret(desk: Desk, path: Path) -> str:
    sealed = restoring.look(path).sealed
    asked = keepers.asks([desk.book.home])
    return PASSPHRASE if sealed or not asked else desk.known.secrets[FIRST]


ACTS: dict[Callable[[Desk], None], int] = {bring_back: 2}
