"""FieldRow: label, input and the problem that is said beside it at once.

Pages build rows, fill them and tell them what is wrong; a row decides nothing. No completion inside
the input (it breaks Vietnamese input methods): suggestions are lists below.
"""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from desktop.gui.icons import Icon
from desktop.gui.texts import line
from desktop.gui.theme import restyle

Editor = QLineEdit | QComboBox | QPlainTextEdit


class FieldRow(QWidget):
    """One named input. ``objectName`` of the editor is the record's field, its label is the buddy.

    ``edited`` carries the text after each change by a person, ``left`` fires when the focus leaves.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        name: str,
        caption: str,
        editor: Editor | None = None,
        *,
        label_width: int = 104,
        hint: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor: Editor = editor if editor is not None else QLineEdit()
        self.editor.setObjectName(name)
        self.editor.setAccessibleName(caption)
        self.editor.setMinimumWidth(60)
        tall = isinstance(self.editor, QPlainTextEdit)
        self.editor.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding if tall else QSizePolicy.Policy.Fixed
        )
        self.editor.installEventFilter(self)
        self._caption = line(caption, "quiet")
        self._caption.setBuddy(self.editor)
        self._caption.setMinimumWidth(label_width)
        self._caption.setMaximumWidth(label_width)
        self._problem: _Problem | None = None
        self._filled = False
        self._lay_out()
        self._listen(hint, icon)

    def _listen(self, hint: str, icon: str) -> None:
        editor = self.editor
        if isinstance(editor, QLineEdit):
            editor.setPlaceholderText(hint)
            editor.setToolTip(hint)
            editor.textEdited.connect(self._typed)
            if icon:
                _lead_with(editor, icon)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlaceholderText(hint)
            editor.setTabChangesFocus(True)
            editor.textChanged.connect(lambda: self._typed(self.value()))
        else:
            editor.activated.connect(lambda _index: self._typed(self.value()))
            if (inside := editor.lineEdit()) is not None:
                inside.setPlaceholderText(hint)
                inside.textEdited.connect(self._typed)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        tall = isinstance(self.editor, QPlainTextEdit)
        grid.addWidget(self._caption, 0, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag(0))
        grid.addWidget(self.editor, 0, 1)
        grid.setColumnStretch(1, 1)

    def value(self) -> str:
        """The text in the input."""
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.currentText()

    def set_value(self, text: str, *, filled: bool = False) -> None:
        """Put ``text`` there; ``filled`` marks it as the machine's (from a card or an earlier dossier)."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
            self.editor.setCursorPosition(0)
        elif isinstance(self.editor, QPlainTextEdit):
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(text)
        else:
            self.editor.setCurrentText(text)
        self._filled = filled and bool(text)
        self._restate()

    def set_caption(self, caption: str) -> None:
        """Call the same input something else."""
        self._caption.setText(caption)
        self.editor.setAccessibleName(caption)

    def hide_caption(self) -> None:
        """The card's own title says what this is: the input begins at the left."""
        self._caption.hide()

    @property
    def problem(self) -> str:
        return self._problem.words if self._problem is not None else ""

    def show_problem(self, message: str, *, soft: bool = False) -> None:
        """One sentence under the input; a soft one warns and blocks nothing."""
        if message and self._problem is None:
            self._problem = _Problem()
            self._grid.addWidget(self._problem, 1, 1)
        if self._problem is not None:
            self._problem.say(message, soft=soft)
        self.editor.setAccessibleDescription(message)
        self._restate()

    def clear_problem(self) -> None:
        self.show_problem("")

    def focus(self) -> None:
        """Put the cursor here with the text selected."""
        self.editor.setFocus()
        if not isinstance(self.editor, QComboBox):
            self.editor.selectAll()

    def _typed(self, text: str) -> None:
        self._filled = False
        self._restate()
        self.edited.emit(text)

    def _restate(self) -> None:
        if self._problem is not None and self._problem.words:
            restyle(self.editor, state="soft" if self._problem.soft else "error")
        else:
            restyle(self.editor, state="filled" if self._filled else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


class _Problem(QWidget):
    """A sentence with its sign. Made when there is one: a page has dozens of rows, and nearly all are right."""

    def __init__(self) -> None:
        super().__init__()
        self.soft = False
        self._icon = Icon("alert-circle", "late", 15)
        self._words = line("", "note", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, message: str, *, soft: bool) -> None:
        """Gone without a message."""
        self.soft = soft
        self._words.setText(message)
        self._icon.show_icon("alert-outline" if soft else "alert-circle")
        for part in (self._words, self._icon):
            restyle(part, tone="soon" if soft else "late")
        self.setVisible(bool(message))


def _lead_with(editor: QLineEdit, icon: str) -> None:
    editor.setTextMargins(22, 0, 0, 0)
    Icon(icon, "text2", 16, parent=editor).setGeometry(8, 6, 16, 16)
