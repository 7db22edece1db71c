"""PaperPreview: the very file that goes to the printer, shown as a sheet; larger on Alt+X, saved on Alt+S.

Draws the bytes it is given and nothing else, so that a preview can never differ from the paper. Only pages in sight
are drawn, so that a book of two thousand pages opens like a receipt.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QImage, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import labels
from desktop.errors import of_system
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.empty import EmptyState
from desktop.gui.keys import KeyBadge
from desktop.gui.scrolling import Scroller
from desktop.gui.texts import line
from desktop.whole_files import write_whole

if TYPE_CHECKING:
    from desktop.gui.printing import PdfPages

_MARGIN = 12
#: Between two pages of the large view.
_APART = 16


class FileChooser(Protocol):
    """Asks where to save; tests answer in its place."""

    def choose(self, parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
        """Ask for a place for a file called ``name`` and call ``then`` with it, unless the clerk gives up."""
        ...


class SystemFileChooser:
    """The operating system's own save dialog, opened without stopping the window."""

    def choose(self, parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
        ending = Path(name).suffix.removeprefix(".")
        dialog = QFileDialog(parent, "Lưu tệp", str(Path.home() / name), f"{ending.upper()} (*.{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()


class Sheet(QFrame):
    """One page drawn as large as the place allows, sharp at any screen scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._page = 0
        self._drawn: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, pages: "PdfPages | None", page: int = 0) -> None:
        """Draw ``page``; an empty place when there is no paper yet."""
        self._pages, self._page, self._drawn = pages, page, None
        self.update()

    def _place(self) -> QRect:
        """The rectangle of the paper within the widget."""
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        assert self._pages is not None
        ratio = self._pages.ratio(self._page)
        width = min(room.width(), round(room.height() / ratio))
        height = round(width * ratio)
        return QRect(room.x() + (room.width() - width) // 2, room.y() + (room.height() - height) // 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._pages:
            return
        place = self._place()
        if place.width() < 20:
            return
        dots = round(place.width() * self.devicePixelRatioF())
        if self._drawn is None or self._drawn.width() != dots:
            self._drawn = self._pages.picture(self._page, dots)
        _paint_paper(QPainter(self), place, self._drawn, self)

    def sizeHint(self) -> QSize:
        return QSize(300, 420)


class PaperPreview(Card):
    """A paper with its two acts; a paper of several pages is turned by Ctrl+PgUp and Ctrl+PgDn.

    ``saved`` carries the place of a file that was written.
    """

    saved = Signal(object)

    def __init__(
        self,
        chooser: FileChooser,
        parent: QWidget | None = None,
        *,
        title: str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ) -> None:
        super().__init__(title, parent=parent)
        self._chooser = chooser
        self._data = b""
        self._pages: PdfPages | None = None
        self._page = 0
        self._name = self._paper_title = ""
        self.sheet = Sheet()
        self.sheet.setObjectName("sheet")
        self._nothing = EmptyState("file-eye-outline", "", tone="idle")
        self.note = line("", "note", wrap=True)
        self.enlarge = _action(self, "Xem to", "Alt+X", self._enlarge)
        self.save = _action(self, "Lưu PDF", "Alt+S", self._save)
        self._turns = (
            _action(self, "Trang trước", "Ctrl+PgUp", lambda: self._turn(-1)),
            _action(self, "Trang sau", "Ctrl+PgDown", lambda: self._turn(1)),
        )
        self._turner = QWidget()
        self._count = line("", "note")
        self._lay_out()
        self.show_paper(b"", "")

    def _lay_out(self) -> None:
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self._nothing, 1)
        turner = QHBoxLayout(self._turner)
        turner.setContentsMargins(0, 0, 0, 0)
        turner.setSpacing(6)
        turner.addStretch(1)
        for part in (KeyBadge(self._turns[0]), self._count, KeyBadge(self._turns[1])):
            turner.addWidget(part)
        turner.addStretch(1)
        self.body.addWidget(self._turner)
        self.body.addWidget(self.note)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(ActButton(self.enlarge, "magnify-plus-outline"))
        acts.addWidget(ActButton(self.save, "file-pdf-box"))
        self.body.addLayout(acts)

    def show_paper(self, data: bytes, name: str, note: str = "", *, title: str = "Giấy hẹn") -> None:
        """Show the first page of the PDF ``data``; ``name`` is offered when saving, ``title`` heads the large view.

        Without ``data`` the note stands where the paper would.
        """
        self._data, self._name, self._paper_title = data, name, title
        self._pages = _pages(data) if data else None
        self._page = 0
        empty = not data and bool(note)
        self.sheet.setHidden(empty)
        self._nothing.setVisible(empty)
        self._nothing.say(note)
        self.note.setText("" if empty else note)
        for act in (self.enlarge, self.save):
            act.setEnabled(bool(data))
        self._show_page()

    def _turn(self, by: int) -> None:
        if self._pages:
            self._page = min(max(self._page + by, 0), len(self._pages) - 1)
            self._show_page()

    def _show_page(self) -> None:
        pages = len(self._pages) if self._pages else 0
        self.sheet.show_page(self._pages, self._page)
        self._turner.setVisible(pages > 1)
        self._count.setText(f"Trang {self._page + 1}/{labels.count_words(pages)}")

    def _enlarge(self) -> None:
        if self._pages:
            PaperDialog(self._pages, self, title=self._paper_title, page=self._page).open()

    def _save(self) -> None:
        self._chooser.choose(self, self._name, self._write)

    def _write(self, path: Path) -> None:
        try:
            write_whole(path, self._data)
        except OSError as trouble:
            self.note.setText(f"Chưa lưu được vào {path.name}: {of_system(trouble)}. Chọn chỗ khác.")
        else:
            self.note.setText(f"Đã lưu {path}.")
            self.saved.emit(path)


class PaperDialog(QDialog):
    """Every page below the other, large enough to read, ``page`` in sight; Esc closes it."""

    def __init__(self, pages: "PdfPages", parent: QWidget, *, title: str = "Giấy hẹn", page: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window = parent.window().size()
        self.resize(min(900, window.width() - 40), window.height() - 40)
        roll = _Roll(pages, self.width() - 60)
        scroll = Scroller(roll)
        scroll.take_focus(title)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        # The range of the bar is known only now that it has a place.
        outer.activate()
        scroll.verticalScrollBar().setValue(roll.top_of(page))
        scroll.setFocus()


class _Roll(QWidget):
    """All pages of a document on one strip; those that come into sight are drawn."""

    def __init__(self, pages: "PdfPages", width: int) -> None:
        super().__init__()
        self._pages, self._across = pages, width
        heights = [round(width * pages.ratio(page)) + _APART for page in range(len(pages))]
        self._tops = [_APART, *(_APART + sum_ for sum_ in accumulate(heights))]
        self._drawn: dict[int, QImage] = {}
        self.setFixedSize(width + 2 * _APART, self._tops[-1])

    def top_of(self, page: int) -> int:
        """Where a page begins, the gap above it included."""
        return self._tops[page] - _APART

    def paintEvent(self, event: QPaintEvent) -> None:
        first = max(bisect_right(self._tops, event.rect().top()) - 1, 0)
        last = min(bisect_left(self._tops, event.rect().bottom()), len(self._pages))
        self._drawn = {page: drawn for page, drawn in self._drawn.items() if first - 1 <= page <= last}
        dots = round(self._across * self.devicePixelRatioF())
        painter = QPainter(self)
        for page in range(first, last):
            if page not in self._drawn:
                self._drawn[page] = self._pages.picture(page, dots)
            height = self._tops[page + 1] - self._tops[page] - _APART
            place = QRect(_APART, self._tops[page], self._across, height)
            _paint_paper(painter, place, self._drawn[page], self)


def _pages(data: bytes) -> "PdfPages":
    # QtPdf and the print system are loaded with the first paper: a page that may show one has none yet.
    from desktop.gui.printing import PdfPages

    return PdfPages(data)


def _paint_paper(painter: QPainter, place: QRect, drawn: QImage, on: QWidget) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, drawn)
    painter.setPen(QColor(on.palette().color(on.palette().ColorRole.Dark)))
    painter.drawRect(place.adjusted(0, 0, -1, -1))


def _action(owner: QWidget, words: str, keys: str, act: Callable[[], None]) -> QAction:
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)
    return action
