"""Lines of text in the type scale: the only place that makes plain labels.

A line is plain text (a citizen's name may hold ``<``), never shorter than its font's line spacing.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_LEAST_SNUG = 60


def line(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """A label in ``role`` (body note caption quiet strong title date figure code), coloured by ``tone``."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    if wrap:
        label.setWordWrap(True)
    if name:
        label.setObjectName(name)
    return label


class ElidedLabel(QLabel):
    """A line that shortens its end with … and keeps the whole text in its tooltip.

    It takes the room that is left over; a ``snug`` one takes what its words need, as far as there is room.
    """

    def __init__(
        self, text: str = "", role: str = "body", parent: QWidget | None = None, *, snug: bool = False
    ) -> None:
        super().__init__(parent)
        self._full = ""
        self._snug = snug
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        across = QSizePolicy.Policy.Maximum if snug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 1)))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, hint.height()) if self._snug else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_SNUG, super().minimumSizeHint().height()) if self._snug else super().minimumSizeHint()
