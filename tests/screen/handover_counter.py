"""The hand-over page on a register, with keys, cards and receipts: what its tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from db.vocabulary import EventKind
from desktop.gui.jobs import Jobs
from desktop.gui.pages.handover import HandOverPage
from desktop.gui.printing import FilePrinter
from desktop.gui.rating_desk import RatingDesk
from desktop.office import acts, lookup
from desktop.rules import citizen_id

OWN = citizen_id.parse("012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Lai Châu|05062022")
OTHER = citizen_id.parse("012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Lai Châu|20082021")


@contextmanager
def hand_over_page(commands, qtbot, tmp_path) -> Iterator[HandOverPage]:
    """The page shown, its printer a file in a tray, its rating a counter with one screen."""
    jobs = Jobs()
    (tmp_path / "tray").mkdir()
    host = QLabel("counter")
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    desk = RatingDesk(commands, host)
    page = HandOverPage(commands, jobs, FilePrinter(tmp_path / "tray" / "printed.pdf", "Canon LBP2900"), desk)
    page.resize(1182, 620)
    commands.changed.connect(page.take)
    qtbot.addWidget(page, before_close_func=lambda _page: qtbot.waitUntil(lambda: jobs.is_idle))
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    yield page
    jobs.finish()
    desk.close()


def finished(commands, take_in, name: str = "Vàng Thị Ví Dụ", *, minutes: int = -60, **changed) -> str:
    """Take a dossier in ``minutes`` from now and finish it a minute later; its code."""
    code = take_in(name, minutes=minutes, **changed)
    at = commands.now() + timedelta(minutes=minutes + 1)
    acts.perform(commands.book, code, EventKind.FINISH, {}, clerk="truc", now=at)
    return code


def receipt(commands, code: str, version: int = 1) -> str:
    papers = commands.ask(lookup.dossier, code).documents
    return next(paper.content["qr_text"] for paper in papers if paper.version == version)


def said(page) -> str:
    QApplication.processEvents()
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text())


def press(key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def alt(key: str) -> None:
    press(getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def handed(commands, code: str) -> dict | None:
    events = commands.ask(lookup.dossier, code).events
    return next((event.payload["facts"] for event in events if event.event is EventKind.HAND_OVER), None)


def settle() -> None:
    """Lines that wrap tell their height to each part above them, one turn of the event loop after the other."""
    for _turn in range(8):
        QApplication.processEvents()
