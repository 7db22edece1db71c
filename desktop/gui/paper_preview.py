"""PaperPreview: the very file that goes to the printer, shown as a sheet; larger on Alt+X, saved on Alt+S.

Draws the bytes it is given and nothing else, so that a preview can never differ from the paper.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QImage, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.printing import PdfPages
from desktop.gui.texts import line

_MARGIN = 12


class FileChooser(Protocol):
    """Asks where to save; tests answer in its place."""

    def choose(self, parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
        """Ask for a place for a file called ``name`` and call ``then`` with it, unless the clerk gives up."""
        ...


class SystemFileChooser:
    """The operating system's own save dialog, opened without stopping the window."""

    def choose(self, parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(parent, "Lưu PDF", str(Path.home() / name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()


class Sheet(QFrame):
    """One page drawn as large as the place allows, sharp at any screen scale."""

    def __init__(self, parent: QWidget | None = None, *, fixed_width: int = 0) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._page = 0
        self._fixed_width = fixed_width
        self._drawn: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, pages: PdfPages | None, page: int = 0) -> None:
        """Draw ``page``; an empty place when there is no paper yet."""
        self._pages, self._page, self._drawn = pages, page, None
        if pages and self._fixed_width:
            self.setFixedSize(self._fixed_width, round(self._fixed_width * pages.ratio(page)))
        self.update()

    def _place(self) -> QRect:
        """The rectangle of the paper within the widget."""
        margin = 0 if self._fixed_width else _MARGIN
        room = self.rect().adjusted(margin, margin, -margin, -margin)
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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._drawn)
        painter.setPen(QColor(self.palette().color(self.palette().ColorRole.Dark)))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def sizeHint(self) -> QSize:
        return QSize(300, 420)


class PaperPreview(Card):
    """The card "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" with its two acts."""

    def __init__(self, chooser: FileChooser, parent: QWidget | None = None) -> None:
        super().__init__("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", parent=parent)
        self._chooser = chooser
        self._data = b""
        self._pages: PdfPages | None = None
        self._name = ""
        self.sheet = Sheet()
        self.sheet.setObjectName("sheet")
        self.note = line("", "note", wrap=True)
        self.enlarge = _action(self, "Xem to", "Alt+X", self._enlarge)
        self.save = _action(self, "Lưu PDF", "Alt+S", self._save)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self.note)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(ActButton(self.enlarge, "magnify-plus-outline"))
        acts.addWidget(ActButton(self.save, "file-pdf-box"))
        self.body.addLayout(acts)

    def show_paper(self, data: bytes, name: str, note: str = "") -> None:
        """Show the first page of the PDF ``data``; ``name`` is offered when saving."""
        self._data, self._name = data, name
        self._pages = PdfPages(data) if data else None
        self.sheet.show_page(self._pages)
        self.note.setText(note)
        for act in (self.enlarge, self.save):
            act.setEnabled(bool(data))

    def _enlarge(self) -> None:
        if self._pages:
            PaperDialog(self._pages, self).open()

    def _save(self) -> None:
        self._chooser.choose(self, self._name, self._write)

    def _write(self, path: Path) -> None:
        try:
            path.write_bytes(self._data)
        except OSError as trouble:
            self.note.setText(f"Chưa lưu được vào {path.name}: {trouble.strerror}. Chọn chỗ khác.")
        else:
            self.note.setText(f"Đã lưu {path}.")


class PaperDialog(QDialog):
    """Every page, large enough to read; Esc closes it."""

    def __init__(self, pages: PdfPages, parent: QWidget, *, title: str = "Giấy hẹn") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window = parent.window().size()
        self.resize(min(900, window.width() - 40), window.height() - 40)
        column = QVBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        for page in range(len(pages)):
            sheet = Sheet(fixed_width=self.width() - 60)
            sheet.show_page(pages, page)
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        paper = QWidget()
        paper.setLayout(column)
        scroll = QScrollArea()
        scroll.setWidget(paper)
        scroll.setWidgetResizable(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.setFocus()


def _action(owner: QWidget, words: str, keys: str, act: Callable[[], None]) -> QAction:
    action = QAction(words, owner)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)
    return action
