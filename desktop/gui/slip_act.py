"""The acts of the slip page: F12 before the slip is given; afterwards the next person, a reprint, the way back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.strips import MessageStrip
from desktop.gui.two_columns import Act


class SlipAct(Act):
    """Two faces in one place; ``back`` stands on both."""

    def __init__(self, give: QAction, back: QAction, following: QAction, reprint: QAction) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.give_button = ActButton(give, "printer", kind="primary", tall=True)
        self.give_button.setObjectName("give")
        self.next_button = ActButton(following, "account-plus-outline", kind="primary", tall=True)
        self.next_button.setObjectName("next")
        self._before, self._before_row = _face(self.give_button, (back, "arrow-left"))
        self._after, self._after_row = _face(self.next_button, (reprint, "printer"), (back, "arrow-left"))
        card = Card()
        for part in (self.strip, self._before, self._after):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.turn(given=False)

    def lie_flat(self, flat: bool) -> None:
        flow = QBoxLayout.Direction
        for row in (self._before_row, self._after_row):
            row.setDirection(flow.RightToLeft if flat else flow.TopToBottom)

    def turn(self, *, given: bool) -> None:
        """Show the face before the slip is given, or the one after."""
        self._before.setVisible(not given)
        self._after.setVisible(given)


def _face(primary: ActButton, *minor: tuple[QAction, str]) -> tuple[QWidget, QBoxLayout]:
    face = QWidget()
    row = QBoxLayout(QBoxLayout.Direction.TopToBottom, face)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(primary, 1)
    acts = QVBoxLayout()
    acts.setSpacing(2)
    for act, icon in minor:
        acts.addWidget(ActButton(act, icon, kind="quiet", align=Qt.AlignmentFlag.AlignLeft))
    row.addLayout(acts)
    return face, row
