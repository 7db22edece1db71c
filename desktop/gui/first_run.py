"""Before there is a register: one short form, or what is wrong with the one that is there and what to do.

Shown instead of the window; knows no register, hands typed words upward.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.errors import RegisterProblem, UserError
from desktop.gui.bring_back import Ask, BringBack, Restore, Stage
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.fields import FieldRow
from desktop.gui.scrolling import WholeScroller
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.unit_chooser import UnitChooser
from desktop.rules.places import Commune

_TITLE = "Chưa có sổ ở máy này"
_PRACTICE = "Sổ tập huấn – để tập, không in giấy thật"
_LIVE = "Sổ thật – dùng hằng ngày"
_REPLACE = "Khôi phục, giữ lại sổ cũ"
_WIDTH = 560
#: What a window's title and edges take of the screen.
_FRAME = 48


class Founding(NamedTuple):
    """What a new register needs to know."""

    unit_name: str
    unit_code: str
    clerk_name: str
    practice: bool
    parent_name: str = ""


class FirstRun(QDialog):
    """Asks the four things a new register needs; ``found`` makes it and raises a sentence when it cannot.

    Or brings one back that ``ask`` has asked for: what it holds and lacks is told and waits for F12.
    """

    def __init__(self, folder: str, found: Callable[[Founding], None], ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found, self._ask = found, ask
        self._chosen = False
        self.setWindowTitle("Một cửa – lập sổ")
        self.setMinimumWidth(_WIDTH)
        kinds = Choice()
        kinds.addItems([_PRACTICE, _LIVE])
        self._kind = FieldRow("practice", "Loại sổ", kinds)
        self._name = UnitChooser()
        self._code = FieldRow("unit_code", "Mã đơn vị", hint="03618 – in trong mã tiếp nhận tạm")
        self._clerk = FieldRow("clerk_name", "Công chức", hint="Họ và tên người tiếp nhận")
        self._strip, self._back = MessageStrip(), BringBack()
        self._rows = {"bad_unit_name": self._name.row, "bad_unit_code": self._code, "bad_clerk": self._clerk}
        for row in self._rows.values():
            row.edited.connect(lambda _text: self._hush())
        self._title, self._form = line(_TITLE, "title"), self._fields()
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # ``_fit`` knows better
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (self._title, line(f"Sổ sẽ nằm ở {folder}", "quiet", wrap=True)):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        column.addWidget(self._form, 1)
        column.addWidget(self._strip)
        column.addWidget(self._back)
        column.addLayout(self._acts())
        self._name.taken.connect(self._take_unit)
        self._back.went.connect(self._follow)
        self._show_form()

    def _fields(self) -> WholeScroller:
        """What is asked; on a low screen (1366×768 at 200 %) it scrolls between the title and the acts."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in (self._kind, self._name, self._code, self._clerk):
            column.addWidget(row)
        column.addStretch(1)
        return WholeScroller(inside)

    def _take_unit(self, commune: Commune) -> None:
        self._code.set_value(commune.code)
        self._clerk.focus()

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._bring, self._go = _act(self, "", "Alt+R", self._choose), _act(self, "", "F12", self._accept)
        self._leave = _act(self, "", "Esc", self.reject)
        self._confirm = ActButton(self._go, kind="primary")
        row.addWidget(ActButton(self._bring, "backup-restore"))
        row.addStretch(1)
        row.addWidget(ActButton(self._leave))
        row.addWidget(self._confirm)
        return row

    def _accept(self) -> None:
        if self._back.is_ready:
            if self._back.use():
                self.accept()
        elif self._back.is_locked:
            self._back.try_again()
        else:
            self._found_new()

    def _hush(self) -> None:
        """What was said of the form, or of a backup that was given up, is over with the next letter."""
        self._strip.hush()
        self._back.forget()

    def _found_new(self) -> None:
        self._back.forget()
        listed = self._name.commune()
        founding = Founding(
            self._name.value(),
            self._code.value(),
            self._clerk.value(),
            self._kind.value() == _PRACTICE,
            listed.parent if listed else "",
        )
        if not founding.unit_name.strip():
            self._strip.say("soon", "Chọn đơn vị trong danh sách, hoặc ghi đủ tên và mã của đơn vị.")
            self._name.row.focus()
            return
        try:
            self._found(founding)
        except (UserError, RegisterProblem) as problem:
            self._strip.say("late", problem.message)
            if (row := self._rows.get(problem.code)) is not None:
                row.focus()
            return
        self.accept()

    def _choose(self) -> None:
        """Ask for a backup, or with one that is locked try what was typed."""
        if self._back.has_secret:
            self._back.try_again()
        else:
            self._ask(self, self._back.begin)

    def _follow(self, stage: Stage) -> None:
        """Say where the backup stands, and what can be done there."""
        self._chosen = True
        for act in (self._bring, self._go):
            act.setVisible(stage is not Stage.OPENING)
        match stage:
            case Stage.OPENING:
                self._say_stage(f"Đang mở {self._back.name}", "Mở khóa", "Dừng")
            case Stage.LOCKED:
                self._say_stage(f"Mở {self._back.name}", "Mở khóa")
            case Stage.READY:
                self._say_stage("Bản sao lưu đã mở được", "Dùng sổ này")
                self._confirm.setFocus()
            case Stage.STOPPED | Stage.REFUSED:
                self._show_form()
        _fit(self)

    def _say_stage(self, title: str, go: str, leave: str = "Quay lại") -> None:
        """The form gives way to the backup that was chosen; Esc brings it back."""
        self._form.hide()
        self._strip.hush()
        self._title.setText(title)
        self._go.setText(go)
        self._bring.setText("Chọn bản khác")
        self._leave.setText(leave)

    def _show_form(self) -> None:
        self._chosen = False
        self._form.show()
        self._title.setText(_TITLE)
        self._go.setText("Lập sổ")
        self._bring.setText("Khôi phục từ bản sao lưu")
        self._leave.setText("Để sau")
        self._name.row.focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        _fit(self)

    def reject(self) -> None:
        """What is being opened stops; else back to the form, or from there away. Nothing is used unconfirmed."""
        if self._back.is_opening:
            self._back.stop()
        elif not self._chosen:
            super().reject()
        else:
            self._back.forget()
            self._show_form()
            _fit(self)

    def done(self, result: int) -> None:
        self._back.close_down()
        super().done(result)


class StartTrouble(QDialog):
    """Says in one sentence why the register cannot be opened; offers the newest backup when there is one.

    ``ask`` offers any other. What comes back is told and waits for another F12, as at the first run.
    """

    def __init__(
        self, sentence: str, restore: Restore | None, ask: Ask | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Một cửa – chưa mở được sổ")
        self.setMinimumWidth(_WIDTH)
        self._restore, self._ask = restore, ask
        self._strip, self._back = MessageStrip(), BringBack()
        self._strip.say("late", sentence)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(self._strip)
        column.addWidget(self._back)
        column.addLayout(self._acts())
        self._back.went.connect(self._follow)
        (self._confirm if restore is not None else self._other).setFocus()

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        words = "Chọn bản khác" if self._restore is not None else "Chọn bản sao lưu"
        self._bring = _act(self, words, "Alt+R", self._choose)
        self._go = _act(self, _REPLACE, "F12", self._accept)
        self._leave = _act(self, "Đóng", "Esc", self.reject)
        self._bring.setVisible(self._ask is not None)
        self._go.setVisible(self._restore is not None)
        self._confirm = ActButton(self._go, kind="primary")
        self._confirm.setDefault(True)  # what an Enter in the field of the secret means
        self._other = ActButton(self._bring, "backup-restore")
        row.addWidget(self._other)
        row.addStretch(1)
        row.addWidget(ActButton(self._leave))
        row.addWidget(self._confirm)
        return row

    def _choose(self) -> None:
        assert self._ask is not None
        self._ask(self, self._back.begin)

    def _accept(self) -> None:
        if self._back.is_ready:
            if self._back.use():
                self.accept()
        elif self._back.is_locked:
            self._back.try_again()
        else:
            assert self._restore is not None
            self._back.begin("", self._restore)

    def _follow(self, stage: Stage) -> None:
        opening, goes_on = stage is Stage.OPENING, stage in (Stage.LOCKED, Stage.READY)
        self._go.setText({Stage.LOCKED: "Mở khóa", Stage.READY: "Dùng sổ này, giữ sổ cũ"}.get(stage, _REPLACE))
        self._go.setVisible(goes_on or (self._restore is not None and not opening))
        self._bring.setVisible(self._ask is not None and not opening)
        self._leave.setText("Dừng" if opening else "Đóng")
        self._strip.setVisible(stage is not Stage.READY)
        if stage is not Stage.LOCKED:
            self._confirm.setFocus()
        _fit(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        _fit(self)

    def reject(self) -> None:
        """What is being opened stops; nothing is used that was not confirmed."""
        if self._back.is_opening:
            self._back.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._back.close_down()
        super().done(result)


def _fit(dialog: QDialog) -> None:
    """As high as its sentences are at this width, if the screen is; a dialog alone counts them at their narrowest."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    width = max(dialog.width(), layout.totalMinimumSize().width())
    room = dialog.screen().availableSize().height() - _FRAME
    dialog.resize(width, min(layout.totalHeightForWidth(width), room))


def _act(dialog: QDialog, words: str, keys: str, then: Callable[[], None]) -> QAction:
    act = QAction(words, dialog)
    act.setShortcut(keys)
    act.triggered.connect(lambda _checked=False: then())
    dialog.addAction(act)
    return act
