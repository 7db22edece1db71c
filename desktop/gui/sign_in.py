"""The forms at the door: who one is, a password of one's own, the recovery sheet when nobody knows one any more.

Each is a card that asks the office and tells what came of it; which of them stands there is ``lock``'s.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent

from db.records import Clerk
from desktop.gui.buttons import ActButton
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.messages import of_problem
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.secret_row import SecretRow, Secrets
from desktop.gui.settings_section import act_row
from desktop.gui.strips import MessageStrip
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel
from desktop.gui.texts import line
from desktop.office import people, signing_in
from desktop.office.signing_in import SignedIn

WIDTH = 540
_ROW, _SHOWN = 34, 5


class DoorCard(Card):
    """What the forms share: a width, a sentence, acts that work while the card is in sight."""

    def __init__(self, title: str, commands: Commands) -> None:
        super().__init__(title)
        self.commands = commands
        self.strip = MessageStrip()
        self.setFixedWidth(WIDTH)
        self.body.setSpacing(10)

    def act(self, words: str, keys: str, then: Callable[[], object]) -> QAction:
        """An act of this card."""
        action = QAction(words, self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: then())
        self.addAction(action)
        return action

    def focus_first(self) -> None:
        """Where the typing begins."""

    def leave(self) -> None:
        """Another card takes the place: nothing that was typed stays."""

    def refuse(self, problem: Problem) -> None:
        """Say why not."""
        self.strip.say(*of_problem(problem))
        bring_into_sight(self.strip)


class NamesTable(RecordTable):
    """The people who can sign in."""

    def __init__(self) -> None:
        columns = [Column("", lambda one: one.full_name), Column("", lambda one: one.short_name, 140, quiet=True)]
        model = RecordTableModel(columns, key=lambda one: one.short_name)
        super().__init__(model, "Ai đăng nhập", two_lines=False, heads=False)

    def show_people(self, known: Iterable[Clerk]) -> None:
        """These, as high as they need, at most five rows at once."""
        rows = tuple(known)
        self.show_rows(rows)
        self.setFixedHeight(min(max(len(rows), 1), _SHOWN) * self.verticalHeader().defaultSectionSize() + 4)

    def select(self, one: Clerk | None) -> None:
        """Choose this person, or the first."""
        rows = [self.records.record(row) for row in range(self.records.rowCount())]
        names = [each.short_name for each in rows if each is not None]
        self.select_row(names.index(one.short_name) if one is not None and one.short_name in names else 0)


class SignInCard(DoorCard):
    """Name and secret. ``entered`` carries a :class:`SignedIn`; the others ask for another card, or the end."""

    entered = Signal(object)
    forgotten = Signal()
    closing = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__("Đăng nhập", commands)
        self.names, self.secret = NamesTable(), SecretRow("secret", "PIN hoặc mật khẩu")
        self._secrets = Secrets(self.secret)
        self._show = self.act("Hiện chữ", "Alt+H", self._toggle)
        self._go = self.act("Đăng nhập", "F12", self._sign_in)
        self.secret.entered.connect(self._sign_in)
        self.names.opened.connect(lambda _one: self.secret.focus())
        self.secret.editor.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(line("↑ ↓ chọn tên, gõ mã PIN hoặc mật khẩu, rồi Enter.", "note"))
        self.body.addWidget(self.names)
        self.body.addWidget(self.secret)
        self.body.addWidget(self.strip)
        row = act_row(ActButton(self._go, "account-check-outline", kind="primary"), ActButton(self._show))
        self.body.addLayout(row)
        forgotten = ActButton(self.act("Quên mật khẩu?", "Alt+Q", self.forgotten.emit), kind="quiet")
        ends = ActButton(self.act("Đóng chương trình", "Alt+F4", self.closing.emit), kind="quiet")
        self.body.addLayout(act_row(forgotten, ends))

    def show_people(self, chosen: Clerk | None) -> None:
        """Who can sign in now, ``chosen`` ready to type."""
        held = self.commands.ask(signing_in.have_passwords) or frozenset()
        working = self.commands.ask(people.clerks) or ()
        self.names.show_people(one for one in working if one.short_name in held)
        self.names.select(chosen)

    def focus_first(self) -> None:
        self.secret.focus()

    def leave(self) -> None:
        self._secrets.clear()
        self._show.setText("Hiện chữ")
        self.strip.hush()

    def _toggle(self) -> None:
        self._secrets.toggle()
        self._show.setText("Ẩn chữ" if self._show.text() == "Hiện chữ" else "Hiện chữ")

    def _sign_in(self) -> None:
        one, secret = self.names.current, self.secret.value()
        if one is None or not secret:
            self.strip.say("soon", "Gõ mã PIN hoặc mật khẩu của mình.")
            self.secret.focus()
            return
        now = self.commands.now()
        done = self.commands.ask(signing_in.sign_in, one.short_name, secret, now=now, refused=self.refuse)
        if isinstance(done, SignedIn):
            self.leave()
            self.entered.emit(done)
        else:
            self.secret.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ in the field choose the name."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.secret.editor:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.names.select_row(self.names.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)


class OwnPasswordCard(DoorCard):
    """The first thing after a one-time password: one of one's own. ``chosen`` when it is stored."""

    chosen = Signal()
    given_up = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__("Đặt mật khẩu của riêng mình", commands)
        self._person: Clerk | None = None
        self._lead = line("", wrap=True)
        self.new, self.again = SecretRow("new_secret", "Mật khẩu mới"), SecretRow("again", "Gõ lại lần nữa")
        self._secrets = Secrets(self.new, self.again)
        self.new.entered.connect(self.again.focus)
        self.again.entered.connect(self._store)
        for part in (self._lead, line(HOW, "note", wrap=True), self.new, self.again, self.strip):
            self.body.addWidget(part)
        store = ActButton(self.act("Đặt mật khẩu", "F12", self._store), kind="primary")
        letters = ActButton(self.act("Hiện/ẩn chữ", "Alt+H", self._secrets.toggle))
        self.body.addLayout(act_row(store, letters, ActButton(self.act("Để sau", "Esc", self.given_up.emit))))

    def show_person(self, person: Clerk) -> None:
        """For whom."""
        self._person = person
        self._lead.setText(f"{person.full_name}: mật khẩu vừa gõ chỉ dùng một lần. Chọn mật khẩu của riêng mình.")

    def focus_first(self) -> None:
        self.new.focus()

    def leave(self) -> None:
        self._secrets.clear()
        self.strip.hush()

    def _store(self) -> None:
        if self._person is None or not same(self.new, self.again, self.strip):
            return
        name = self._person.short_name
        stored = self.commands.do(signing_in.set_password, name, self.new.value(), clerk=name, refused=self._weak)
        if stored is not None:
            self.leave()
            self.chosen.emit()

    def _weak(self, problem: Problem) -> None:
        self.refuse(problem)
        self.new.focus()


HOW = "Mã PIN từ 6 chữ số (không phải ngày sinh, không lặp), hoặc mật khẩu từ 8 ký tự, ví dụ vài chữ ghép lại."


def same(new: SecretRow, again: SecretRow, strip: MessageStrip) -> bool:
    """Whether both were typed alike; else it is said and asked again."""
    if not new.value():
        strip.say("soon", "Gõ mật khẩu mới.")
        new.focus()
    elif new.value() != again.value():
        strip.say("late", "Hai lần gõ khác nhau; hãy gõ lại lần nữa.")
        again.focus()
    else:
        return True
    return False
