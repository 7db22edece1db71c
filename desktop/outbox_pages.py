"""The outbox joined with the window: its pages, its facts in the status strip, and reports that go up by themselves.

Built by ``program`` beside the window. Before the window is awake it asks nothing and loads nothing; what belongs to
the network is loaded by the worker that needs it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.changes import Changes
from desktop.gui.commands import Commands
from desktop.gui.page import Destination, Page

if TYPE_CHECKING:
    from desktop.gui.file_opener import FileOpener
    from desktop.gui.outbox_desk import OutboxDesk
    from desktop.gui.settings_section import Section
    from desktop.gui.status import Status


class OutboxPages:
    """``open_page`` shows a destination; ``opener`` asks for sticks and files, the system's own unless one is given."""

    def __init__(
        self, commands: Commands, open_page: Callable[[str], Page], opener: "FileOpener | None" = None
    ) -> None:
        self._commands, self._open_page, self._given_opener = commands, open_page, opener
        self._desk: OutboxDesk | None = None

    def destinations(self) -> list[Destination]:
        """What goes up, every figure of it, and two versions of a day side by side."""
        home, back = "outbox", "Esc về Hộp gửi"
        return [
            Destination(home, "Hộp gửi", "inbox-arrow-up-outline", "F8", self._make_outbox),
            Destination("figures_sent", "Từng số gửi đi", "", "", self._make_figures, belongs_to=home, note=back),
            Destination("comparison", "So hai bản", "", "", self._make_comparison, belongs_to=home, note=back),
        ]

    def wake(self) -> None:
        """The window answers the keyboard: from now on reports go up when they are due."""
        self._commands.changed.connect(self._follow)
        self._work.begin()

    def close(self) -> None:
        """Nothing more goes out; a network that does not answer is not waited for."""
        if self._desk is not None:
            self._desk.close()

    def send_when_due(self, now: datetime) -> None:
        """A question of the heartbeat."""
        self._work.send_when_due(now)

    def statuses(self, now: datetime) -> "list[Status]":
        """The facts of the status strip; none before the window is awake."""
        if self._desk is None:
            return []
        from desktop.gui import outbox_words
        from desktop.office import outbox

        counts, way = self._commands.ask(outbox.counts), self._commands.ask(outbox.line, now)
        if counts is None or way is None:
            return []
        return outbox_words.statuses(counts, self._commands.ask(outbox.oldest_on_its_way), way, now)

    def settings_section(self) -> "Section":
        """The part of the settings in which the commune meets its hub."""
        from desktop.gui.settings_hub import HubSection

        return HubSection(self._commands, self._work, self._opener)

    @property
    def _work(self) -> "OutboxDesk":
        if self._desk is None:
            from desktop.gui.outbox_desk import OutboxDesk

            self._desk = OutboxDesk(self._commands)
        return self._desk

    @property
    def _opener(self) -> "FileOpener":
        from desktop.gui.file_opener import SystemFileOpener

        return self._given_opener or SystemFileOpener()

    def _follow(self, changes: Changes) -> None:
        """A day that was just closed goes up at once if it can."""
        if changes.reports:
            self._work.gather()
            self._work.send_when_due(self._commands.now())

    def _open(self, key: str) -> Any:
        return self._open_page(key)

    def _make_outbox(self) -> Page:
        from desktop.gui.pages.outbox import OutboxPage

        page = OutboxPage(self._commands, self._work, self._opener)
        page.figures_wanted.connect(lambda row: self._open("figures_sent").show_row(row))
        page.comparison_wanted.connect(lambda row: self._open("comparison").show_row(row))
        page.enrolment_wanted.connect(lambda: self._open("settings").show_hub())
        page.closing_wanted.connect(lambda: self._open("statistics"))
        return page

    def _make_figures(self) -> Page:
        from desktop.gui.pages.figures_sent import FiguresSentPage

        return FiguresSentPage(self._commands)

    def _make_comparison(self) -> Page:
        from desktop.gui.pages.comparison import ComparisonPage

        return ComparisonPage(self._commands)
