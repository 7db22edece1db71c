"""A column that scrolls up and down when the screen is low, never sideways."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

#: What is brought into sight does not touch the edge.
_APART = 8
#: What a system draws round a window, at most.
_TITLE_BAR = 48


class Scroller(QScrollArea):
    """Gives ``content`` the full width and scrolls it vertically; follows the focus."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def take_focus(self, name: str, policy: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus) -> None:
        """Be read by the keyboard, ↑ ↓: with a name for screen readers and a ring that tells where one is."""
        self.setFocusPolicy(policy)
        self.setAccessibleName(name)
        self.setProperty("reads", "true")


class WholeScroller(Scroller):
    """A scroller that would like to show all of its content, and scrolls only where the screen is too low for it."""

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content is not None else super().sizeHint()


class TextScroller(Scroller):
    """A scroller of text: its content is as high as its wrapped lines need, which Qt does not ask by itself.

    Takes the focus, so that ↑ ↓ scroll it.
    """

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__(content)
        self.take_focus(name)
        content.installEventFilter(self)

    def show_content(self, content: QWidget) -> None:
        """Another content in the place of the one before."""
        self.setWidget(content)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if inside is not None and layout is not None:
            wrapped = layout.totalMinimumHeightForWidth(self.viewport().width())
            inside.setMinimumHeight(max(wrapped, layout.totalMinimumSize().height()))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)


def scrolled_column(gap: int) -> tuple[Scroller, QVBoxLayout]:
    """An empty column of cards ``gap`` pixels apart, and its layout; cards go before the stretch at its end."""
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    box.addStretch(0)
    return Scroller(inside), box


def open_within_screen(dialog: QWidget, width: int, height: int) -> None:
    """As large as that, or as a low screen (1366×768 at 200 %) leaves below a title bar."""
    room = dialog.screen().availableSize()
    dialog.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR))


def application() -> QApplication:
    """The running program, to hear where the focus goes."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def bring_rows_into_sight(part: QWidget, rect: QRect) -> None:
    """Scroll whatever ``part`` stands in so that ``rect`` of it is seen: a list may be higher than its place."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and (content := above.widget()) is not None:
            for corner in (rect.bottomLeft(), rect.topLeft()):
                at = part.mapTo(content, corner)
                above.ensureVisible(at.x(), at.y(), 0, _APART)
        above = above.parentWidget()


def bring_into_sight(part: QWidget) -> None:
    """Scroll to ``part``, as soon as it has its place, in whatever scroller it stands."""

    def scroll() -> None:
        above = part.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(part, 0, _APART)

    QTimer.singleShot(0, part, scroll)
