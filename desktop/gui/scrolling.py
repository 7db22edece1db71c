"""A column that scrolls up and down when the screen is low, never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


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


def scrolled_column(gap: int) -> tuple[Scroller, QVBoxLayout]:
    """An empty column of cards ``gap`` pixels apart, and its layout; cards go before the stretch at its end."""
    inside = QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    box.addStretch(0)
    return Scroller(inside), box


def application() -> QApplication:
    """The running program, to hear where the focus goes."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
