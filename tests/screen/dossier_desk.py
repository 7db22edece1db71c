"""A dossier page on a real register and a keyboard, for every test of its acts."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.connection import Register
from db.vocabulary import EventKind
from desktop.gui.act_rows import ActRow
from desktop.gui.commands import Commands
from desktop.gui.pages.dossier import DossierPage
from desktop.office import acts, lookup

F12, ESC, TAB = Qt.Key.Key_F12, Qt.Key.Key_Escape, Qt.Key.Key_Tab


class Desk:
    """A dossier page on a real register, and a keyboard."""

    def __init__(self, page: DossierPage, commands: Commands, book: Register, qtbot) -> None:
        self.page, self.commands, self.book, self.qtbot = page, commands, book, qtbot

    @property
    def code(self) -> str:
        return self.page.findChild(QLabel, "code").text().split(" ")[0]

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifiers)

    def alt(self, letter: str) -> None:
        self.press(getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def field(self, name: str) -> QWidget:
        return self.page.findChild(QWidget, name)

    def events(self) -> list[EventKind]:
        return [event.event for event in lookup.dossier(self.book, self.code).events]

    def last_facts(self) -> dict:
        return lookup.dossier(self.book, self.code).events[-1].payload["facts"]

    def rows(self, *, locked: bool) -> list[ActRow]:
        shown = [row for row in self.page.findChildren(ActRow) if row.isVisible()]
        return [row for row in shown if row.accessibleName().endswith("chưa làm được") == locked]

    def said(self) -> str:
        QApplication.processEvents()
        return " | ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def elsewhere(self, event: EventKind, **facts) -> None:
        """Somebody acts on the dossier without this window."""
        now = self.commands.clock.now = self.commands.clock.now + timedelta(minutes=2)
        acts.perform(self.book, self.code, event, facts, clerk="quay1", now=now)


def dossier_desk(commands, book: Register, code: str, qtbot) -> Desk:
    """The page of ``code``, shown and active, five minutes after the clock of ``commands``."""
    page = DossierPage(commands)
    commands.changed.connect(page.take)
    page.resize(1182, 620)
    qtbot.addWidget(page)
    page.show_dossier(code)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.focus_first()
    commands.clock.now += timedelta(minutes=5)
    return Desk(page, commands, book, qtbot)
