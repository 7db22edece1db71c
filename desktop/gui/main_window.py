"""The window: rail, top bar, pages, status strip. Navigation only; it knows no dossier and no rule.

Built by the composition root with everything it needs. Pages are made when first shown, so that the
window is usable at once.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.changes import Changes
from desktop.gui.commands import Commands, Problem
from desktop.gui.messages import of_problem
from desktop.gui.page import Destination, Page
from desktop.gui.rail import Rail
from desktop.gui.search import Hit, SearchBox
from desktop.gui.status import Status, StatusStrip
from desktop.gui.strips import MessageStrip
from desktop.gui.top_bar import TopBar
from desktop.rules.calendar import WorkCalendar

#: Below this logical width the rail shows icons only (1366 px at 150 % are 911).
_NARROW = 1100


class MainWindow(QMainWindow):
    """Shows one destination at a time and remembers the way back; none while ``is_covered`` (by ``lock``).

    ``statuses(now)`` and ``calendar()`` are asked at each beat, ``search(text)`` while typing. ``shown`` carries the
    key of each page that comes into sight.
    """

    shown = Signal(str)

    def __init__(
        self,
        commands: Commands,
        destinations: Sequence[Destination],
        *,
        unit: str,
        calendar: Callable[[], WorkCalendar],
        search: Callable[[str], Sequence[Hit]],
        statuses: Callable[[datetime], Iterable[Status]],
    ) -> None:
        super().__init__()
        self._commands = commands
        self._destinations = {destination.key: destination for destination in destinations}
        self._calendar, self._statuses = calendar, statuses
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._narrow = False
        self.is_covered = False
        self._rail = Rail(destinations, unit, practice=commands.practice)
        self.search = SearchBox(search, self)
        self._bar = TopBar(self.search)
        self._notice = MessageStrip()
        self._stack = QStackedWidget()
        self._above = QVBoxLayout()
        self._strip = StatusStrip(practice=commands.practice)
        self.setWindowTitle(f"Một cửa – {unit}" + (" – BẢN TẬP HUẤN" if commands.practice else ""))
        self._lay_out()
        self._connect()

    def open(self, key: str) -> Page:
        """Show a page (made now if it never was), its first focus ready."""
        page = self._page(key)
        if self.current_key != key:
            page.come_from(self.current_key)
            self._trail = [*self._trail[-8:], key]
        self._show(key)
        return page

    def back(self) -> None:
        """Show the page before this one, focus where it was."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._show(self._trail[-1], returning=True)

    @property
    def destinations(self) -> tuple[str, ...]:
        """The keys of all pages, in the order of the rail."""
        return tuple(self._destinations)

    def begin_anew(self) -> None:
        """Somebody else sits here: the first page, and no way back to what was open before."""
        self._trail.clear()
        self.open(next(iter(self._destinations)))

    def put_above(self, strip: QWidget) -> None:
        """A strip that stands above whatever page is shown."""
        self._above.addWidget(strip)

    def made(self, key: str) -> Page | None:
        """A page as it stands, if it was ever shown."""
        return self._pages.get(key)

    @property
    def current_key(self) -> str:
        """The key of the page that is shown, ``""`` before the first."""
        return self._trail[-1] if self._trail else ""

    def show_moment(self, now: datetime) -> None:
        """Bring date, tomorrow's note, status strip and the page in sight up to ``now``."""
        self._bar.show_moment(now, self._calendar())
        statuses = tuple(self._statuses(now))
        self._strip.show_statuses(statuses)
        self._rail.show_counts({status.page: status.waiting for status in statuses if status.waiting})
        if self.current_key:
            self._pages[self.current_key].show_moment(now)

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            page = self._destinations[key].make()
            page.left.connect(self.back)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def _show(self, key: str, *, returning: bool = False) -> None:
        destination, page = self._destinations[key], self._pages[key]
        self._bar.show_title(destination.title, destination.note)
        self._rail.mark(destination.belongs_to or key)
        self._notice.hush()
        self._stack.setCurrentWidget(page)
        if returning:
            self.take_focus()
        else:
            # The first page is opened before the window is seen, and where the work begins depends on what was read.
            page.catch_up()
            page.focus_first()
        self.shown.emit(key)

    def take_focus(self) -> None:
        """The page in sight goes on where its focus was."""
        page = self._pages[self.current_key]
        if (before := page.focusWidget()) is not None:
            before.setFocus()
        else:
            page.focus_first()

    def _lay_out(self) -> None:
        centre = QWidget()
        self.setCentralWidget(centre)
        across = QHBoxLayout(centre)
        column = QVBoxLayout()
        for layout in (across, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        notice = QVBoxLayout()
        notice.setContentsMargins(16, 0, 16, 0)
        notice.addWidget(self._notice)
        column.addWidget(self._bar)
        column.addLayout(self._above)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)
        column.addWidget(self._strip)
        across.addWidget(self._rail)
        across.addLayout(column, 1)

    def _connect(self) -> None:
        for destination in self._destinations.values():
            if destination.shortcut:
                action = QAction(self, text=destination.title)
                action.setShortcut(destination.shortcut)
                action.triggered.connect(lambda _checked=False, key=destination.key: self.open(key))
                self.addAction(action)
        self.addAction(self.search.focus_action)
        self.search.left.connect(self.take_focus)
        self._rail.chosen.connect(self.open)
        self._strip.chosen.connect(self.open)
        self._commands.changed.connect(self._take)
        self._commands.refused.connect(self._say)
        self._commands.succeeded.connect(self._notice.hush)
        self._commands.clerk_changed.connect(lambda _clerk: self.show_moment(self._commands.now()))

    def _take(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.take(changes)
        if changes.settings or changes.outbox:
            self.show_moment(self._commands.now())

    def _say(self, problem: Problem) -> None:
        self._notice.say(*of_problem(problem))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW or event.size().height() < self._rail.full_height()
        if narrow != self._narrow:
            self._narrow = narrow
            self._rail.fold(narrow)
            self._bar.fold(narrow)
            self._strip.fold(narrow)
            self.show_moment(self._commands.now())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.search.close_list()
        super().closeEvent(event)
