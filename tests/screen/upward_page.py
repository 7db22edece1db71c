"""A commune with closed days, a hub behind a socket on loopback, and the desk of its outbox, for the tests of F8."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from desktop.gui.outbox_desk import OutboxDesk
from desktop.office import enrolling, outbox
from tests.office import upward
from tests.office.upward import DAYS, evening
from tests.sync import little_hub
from tests.sync.little_hub import CODE, LittleHub


class Upward:
    """The commune's end (``commands``, ``desk``) and the hub's; ``cut`` is a cable that is out."""

    def __init__(self, commands, form, qtbot) -> None:
        self.commands, self.book, self.form, self.qtbot = commands, commands.book, form, qtbot
        self.hub, self.desk = LittleHub(practice=self.book.practice), OutboxDesk(commands)
        self.told: list[tuple[str, str]] = []
        self.desk.told.connect(lambda tone, words: self.told.append((tone, words)))

    def live_through(self, days: int) -> None:
        """So many days with a dossier each, closed; it is the morning after the last of them."""
        upward.live_through(self.book, self.form, days)
        self.commands.clock.now = evening(DAYS[days], hour=8)

    def enrol(self, url: str) -> None:
        enrolling.enrol(self.book, CODE, url=url, clerk="truc", now=self.commands.now())

    @contextmanager
    def hub_on_the_line(self) -> Iterator[str]:
        """The hub answers at this address."""
        with little_hub.serving(self.hub.answer) as url:
            yield url

    def until_idle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.is_idle, timeout=20_000)

    def send(self) -> None:
        self.desk.send()
        self.until_idle()

    def later(self, **after: int) -> None:
        """Time passes for the commune."""
        self.commands.clock.now += timedelta(**after)

    def states(self) -> list[str]:
        """The newest day first."""
        return [str(row.state) for row in outbox.rows(self.book)]
