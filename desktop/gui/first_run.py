"""Before there is a register: one short form, or what is wrong with the one that is there and what to do.

Shown instead of the window; knows no register, hands typed words upward.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.errors import RegisterProblem, UserError
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.scrolling import WholeScroller
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.gui.unit_chooser import UnitChooser
from desktop.rules.places import Commune

#: Codes of a refusal that a passphrase or a recovery code may lift.
WANTS_SECRET = ("needs_passphrase", "wrong_passphrase")
_TITLE = "Chưa có sổ ở máy này"
_PRACTICE = "Sổ tập huấn – để tập, không in giấy thật"
_LIVE = "Sổ thật – dùng hằng ngày"


class Founding(NamedTuple):
    """What a new register needs to know."""

    unit_name: str
    unit_code: str
    clerk_name: str
    practice: bool
    parent_name: str = ""


class BroughtBack(NamedTuple):
    """A backup that stands ready beside the register's place: what it holds and lacks, to be told before its use.

    ``use`` lets it take the place, ``drop`` removes it; each is called at most once.
    """

    words: Sequence[str]
    use: Callable[[], None]
    drop: Callable[[], None]


class FirstRun(QDialog):
    """Asks the four things a new register needs; ``found`` makes it and raises a sentence when it cannot.

    Or brings one back: ``restore`` is given a backup that ``opener`` asked for, and a passphrase or recovery code.
    What it answers is told and waits for F12; None where it is in its place already.
    """

    def __init__(
        self,
        folder: str,
        found: Callable[[Founding], None],
        restore: Callable[[Path, str], BroughtBack | None],
        opener: FileOpener,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._found, self._restore, self._opener = found, restore, opener
        self._path: Path | None = None
        self._ready: BroughtBack | None = None
        self.setWindowTitle("Một cửa – lập sổ")
        self.setMinimumWidth(560)
        kinds = Choice()
        kinds.addItems([_PRACTICE, _LIVE])
        self._kind = FieldRow("practice", "Loại sổ", kinds)
        self._name = UnitChooser()
        self._code = FieldRow("unit_code", "Mã đơn vị", hint="03618 – in trong mã tiếp nhận tạm")
        self._clerk = FieldRow("clerk_name", "Công chức", hint="Họ và tên người tiếp nhận")
        self._strip = MessageStrip()
        self._rows = {"bad_unit_name": self._name.row, "bad_unit_code": self._code, "bad_clerk": self._clerk}
        for row in self._rows.values():
            row.edited.connect(lambda _text: self._strip.hush())
        self._secret = FieldRow("secret", "Câu mật khẩu", hint="hoặc mã khôi phục trên tờ đã in")
        self._told = line("", wrap=True, name="brought_back")
        self._title, self._form = line(_TITLE, "title"), self._fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (self._title, line(f"Sổ sẽ nằm ở {folder}", "quiet", wrap=True)):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        column.addWidget(self._form, 1)
        column.addWidget(self._told)
        column.addWidget(self._strip)
        column.addWidget(self._secret)
        column.addLayout(self._acts())
        self._name.taken.connect(self._take_unit)
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
        if self._ready is not None:
            self._use(self._ready)
        elif self._path is not None:
            self._bring_back(self._path)
        else:
            self._found_new()

    def _found_new(self) -> None:
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
        if self._path is not None and self._secret.value() and self._ready is None:
            self._bring_back(self._path)
        else:
            self._opener.ask(self, "Chọn bản sao lưu", ("mcsl", "sqlite3"), self._bring_back)

    def _bring_back(self, path: Path) -> None:
        self._put_away()
        self._path = path
        done, self._ready = _brought_back(lambda secret: self._restore(path, secret), self._secret, self._strip)
        if self._ready is not None:
            self._strip.hush()
            self._secret.set_value("")
            self._say_stage("Bản sao lưu đã mở được", "Dùng sổ này")
            self._secret.hide()
            _show_words(self._told, self._ready)
            _fit(self)
            self._confirm.setFocus()
        elif done:
            self.accept()
        elif self._secret.isHidden():  # no backup at all
            self._path = None
        else:
            self._say_stage(f"Mở {path.name}", "Mở khóa")
            _fit(self)

    def _say_stage(self, title: str, go: str) -> None:
        """The form gives way to the backup that was chosen; Esc brings it back."""
        self._form.hide()
        self._told.hide()
        self._title.setText(title)
        self._go.setText(go)
        self._bring.setText("Chọn bản khác")
        self._leave.setText("Quay lại")

    def _show_form(self) -> None:
        self._path = None
        self._strip.hush()
        self._secret.set_value("")
        for part in (self._told, self._secret):
            part.hide()
        self._form.show()
        self._title.setText(_TITLE)
        self._go.setText("Lập sổ")
        self._bring.setText("Khôi phục từ bản sao lưu")
        self._leave.setText("Để sau")
        self._name.row.focus()

    def _use(self, ready: BroughtBack) -> None:
        if _used(ready, self._strip):
            self._ready = None
            self.accept()

    def _put_away(self) -> None:
        if self._ready is not None:
            self._ready.drop()
        self._ready = None

    def reject(self) -> None:
        """Back to the form, or from there away; nothing is used that was not confirmed."""
        self._put_away()
        if self._path is None:
            super().reject()
        else:
            self._show_form()


class StartTrouble(QDialog):
    """Says in one sentence why the register cannot be opened; offers the newest backup when there is one.

    ``restore`` is given the passphrase or recovery code, at first an empty one: a locked backup asks for it. What it
    answers is told and waits for another F12, as at the first run.
    """

    def __init__(
        self, sentence: str, restore: Callable[[str], BroughtBack | None] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Một cửa – chưa mở được sổ")
        self.setMinimumWidth(560)
        self._restore = restore
        self._ready: BroughtBack | None = None
        self._strip, self._told = MessageStrip(), line("", wrap=True, name="brought_back")
        self._told.hide()
        self._strip.say("late", sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(self._strip)
        row = QHBoxLayout()
        row.addStretch(1)
        if restore is not None:
            self._go = _act(self, "Khôi phục bản sao lưu, giữ lại sổ cũ", "F12", self._accept)
            row.addWidget(ActButton(self._go, kind="primary"))
        row.addWidget(ActButton(_act(self, "Đóng", "Esc", self.reject)))
        secret = self._secret = FieldRow("secret", "Câu mật khẩu", hint="hoặc mã khôi phục trên tờ đã in")
        secret.hide()
        column.addWidget(self._told)
        column.addWidget(secret)
        column.addLayout(row)

    def _accept(self) -> None:
        assert self._restore is not None
        if self._ready is not None:
            if _used(self._ready, self._strip):
                self._ready = None
                self.accept()
            return
        done, self._ready = _brought_back(self._restore, self._secret, self._strip)
        if self._ready is not None:
            self._secret.hide()
            self._strip.hush()
            _show_words(self._told, self._ready)
            self._go.setText("Dùng sổ này, giữ lại sổ cũ")
            _fit(self)
        elif done:
            self.accept()

    def reject(self) -> None:
        """Nothing is used that was not confirmed."""
        if self._ready is not None:
            self._ready.drop()
            self._ready = None
        super().reject()


def _show_words(told: QLabel, ready: BroughtBack) -> None:
    told.setText("\n".join(ready.words))
    told.setAccessibleName(told.text())
    told.show()


def _fit(dialog: QDialog) -> None:
    """As high as its sentences are at this width; a dialog alone counts them as one line."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    dialog.resize(dialog.width(), layout.totalHeightForWidth(dialog.width()))


def _used(ready: BroughtBack, strip: MessageStrip) -> bool:
    """Let it take the register's place; a refusal is said."""
    try:
        ready.use()
    except (UserError, RegisterProblem) as problem:
        strip.say("late", problem.message)
        return False
    return True


def _brought_back(
    restore: Callable[[str], BroughtBack | None], secret: FieldRow, strip: MessageStrip
) -> tuple[bool, BroughtBack | None]:
    """Restore with what was typed: whether it was done, and what is to be told before its use.

    A refusal is said, and a locked backup shows where its secret goes.
    """
    try:
        return True, restore(secret.value())
    except (UserError, RegisterProblem) as problem:
        strip.say("accent" if problem.code == "needs_passphrase" else "late", problem.message)  # asked, nothing wrong
        if problem.code in WANTS_SECRET:
            secret.show()
            secret.focus()
        return False, None


def _act(dialog: QDialog, words: str, keys: str, then: Callable[[], None]) -> QAction:
    act = QAction(words, dialog)
    act.setShortcut(keys)
    act.triggered.connect(lambda _checked=False: then())
    dialog.addAction(act)
    return act
