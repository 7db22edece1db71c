"""The passwords of a register: begun with an administrator's, one's own changed, the recovery sheet made anew.

And what a first password or a recovery code is printed from, once.
"""

from db.records import Clerk
from desktop.changes import Changes
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.recover_card import NEXT, SHEET_FILE
from desktop.gui.scrolling import bring_into_sight
from desktop.gui.secret_row import SecretRow, Secrets
from desktop.gui.secret_sheet import Devices, MakeAct, SecretSheet
from desktop.gui.settings_section import act_row
from desktop.gui.sign_in import HOW, same
from desktop.gui.strips import MessageStrip
from desktop.gui.texts import line
from desktop.office import keepers, recovery, settings, signing_in
from desktop.rules.rights import LOCK_MINUTES, LOCK_SETTING

_CHANGED = Changes(settings=True)
_PRACTICE = "Sổ tập huấn không hỏi mật khẩu."
_NONE = (
    "Sổ này chưa hỏi mật khẩu: ai mở máy cũng làm việc được dưới tên đang chọn. Bắt đầu: đặt mật khẩu của mình "
    "(người quản trị), in tờ khôi phục, rồi cấp mật khẩu dùng một lần cho từng người."
)
_ASKS = "Sổ này hỏi mật khẩu. Ctrl+L khóa màn hình hoặc đổi người."
_BEGUN = "Từ nay sổ này hỏi mật khẩu. In tờ khôi phục ngay, rồi chọn từng người và cấp mật khẩu (Alt+K)."
_FIRST = "In tờ khôi phục bây giờ, bỏ phong bì, cất vào tủ khóa của lãnh đạo: rời phần này là mã không còn ở đâu nữa."
_TIMES = {5: "sau 5 phút", 10: "sau 10 phút", 15: "sau 15 phút", 30: "sau 30 phút", 0: "không tự khóa"}


class PasswordCard(Card):
    """``strip`` is the section's, above everything; shows what this register and this person need."""

    def __init__(self, commands: Commands, devices: Devices, act: MakeAct, strip: MessageStrip, jobs: Jobs) -> None:
        super().__init__("Mật khẩu")
        self._commands, self._above, self._strip = commands, strip, MessageStrip()
        self._words = line("", wrap=True)
        self.old, self.new = SecretRow("old_secret", "Mật khẩu hiện tại"), SecretRow("new_secret", "Mật khẩu mới")
        self.again = SecretRow("again", "Gõ lại lần nữa")
        self._secrets = Secrets(self.old, self.new, self.again)
        self._how = line(HOW, "note", wrap=True)
        self._begin = act("Bắt đầu hỏi mật khẩu", "Alt+B", self._start)
        self._own = act("Đổi mật khẩu của tôi", "Alt+D", self._change_own)
        self._anew = act("Tờ khôi phục mới", "Alt+R", self._make_sheet)
        self._letters = act("Hiện/ẩn chữ", "Alt+H", self._secrets.toggle)
        self.lock = Choice()
        for minutes, words in _TIMES.items():
            self.lock.addItem(words, minutes)
        self._lock = FieldRow("lock_minutes", "Tự khóa màn hình", self.lock, label_width=150)
        self._lock.setMaximumWidth(360)
        self._lock.edited.connect(lambda _text: self._set_lock())
        self.sheet = SecretSheet(commands, devices, act, jobs)
        self.sheet.told.connect(self._say_above)
        self.sheet_card = Card("In bây giờ")  # stands where the eye is, above everything
        self.sheet_card.body.addWidget(self.sheet)
        self.sheet_card.hide()
        self._again_entered()
        self._lay_out()

    def _again_entered(self) -> None:
        self.old.entered.connect(self.new.focus)
        self.new.entered.connect(self.again.focus)
        self.again.entered.connect(lambda: self._own.trigger() if self._own.isVisible() else self._begin.trigger())

    def _lay_out(self) -> None:
        for part in (self._words, self._lock, self.old, self.new, self.again, self._how, self._strip):
            self.body.addWidget(part)
        begin, own = ActButton(self._begin, "lock-outline", kind="primary"), ActButton(self._own, "key-variant")
        self.body.addLayout(act_row(begin, own))
        self.body.addLayout(act_row(ActButton(self._letters), ActButton(self._anew, "file-refresh-outline")))

    def refresh(self) -> None:
        """What holds for this register now."""
        practice, asks = self._commands.practice, bool(self._commands.ask(signing_in.required))
        self._words.setText(_PRACTICE if practice else _ASKS if asks else _NONE)
        for part in (self._lock, self.old):
            part.setVisible(asks)
        for shown_part in (self.new, self.again, self._how):
            shown_part.setVisible(not practice)
        for act, shown in (
            (self._begin, not practice and not asks),
            (self._own, asks),
            (self._anew, asks),
            (self._letters, not practice),
        ):
            act.setVisible(shown)
            act.setEnabled(shown)
        minutes = self._commands.ask(settings.get, LOCK_SETTING, LOCK_MINUTES)
        self.lock.setCurrentIndex(max(self.lock.findData(minutes), 0))

    def hand_out(self, person: Clerk) -> None:
        """A password for one time, shown and printed once."""
        secret = self._commands.do(signing_in.reset, person.short_name, refused=self._refuse)
        if secret is None:
            return
        now = self._commands.now()
        data = self._commands.ask(recovery.one_time_sheet, person, secret, now=now, refused=self._refuse) or b""
        words = f"Mật khẩu dùng một lần của {person.full_name}, chỉ hiện lần này. Đưa tận tay; lần đầu vào phải đổi."
        self.sheet.show_sheet(data, f"mat-khau-{person.short_name}.pdf", words, secret)
        self._tell(f"Đã cấp mật khẩu dùng một lần cho {person.full_name}.")

    def forget(self) -> None:
        """Whoever sat here has left: nothing secret stays."""
        self.sheet.forget()
        self.sheet_card.hide()
        self._secrets.clear()

    def _start(self) -> None:
        if not self._typed() or not self._printable():
            return
        name, now = self._commands.clerk.short_name, self._commands.now()
        code = self._commands.ask(signing_in.begin, name, self.new.value(), now=now, refused=self._weak)
        if code is not None:
            self._show_code(code, _FIRST)
            is_open = self._commands.ask(keepers.has_open_copies)
            self._tell(f"{_BEGUN} {keepers.OPEN_COPIES}" if is_open else _BEGUN, tone="soon")

    def _change_own(self) -> None:
        if not self.old.value():
            self._strip.say("soon", "Gõ mật khẩu hiện tại.")
            self.old.focus()
            bring_into_sight(self)
            return
        if not self._typed():
            return
        name = self._commands.clerk.short_name
        done = self._commands.do(
            signing_in.set_password, name, self.new.value(), old=self.old.value(), refused=self._weak
        )
        if done is not None:
            self._secrets.clear()
            self._strip.say("ok", "Đã đổi mật khẩu của bạn.")

    def _make_sheet(self) -> None:
        if not self._printable():
            return
        code = self._commands.do(signing_in.new_recovery_code, refused=self._refuse)
        if code is not None:
            self._show_code(code, NEXT)
            self._tell("Đã lập tờ khôi phục mới; tờ cũ hết giá trị.", tone="soon")

    def _show_code(self, code: str, words: str) -> None:
        data = self._commands.ask(recovery.people_sheet, code, now=self._commands.now(), refused=self._refuse) or b""
        self._secrets.clear()
        self.sheet.show_sheet(data, SHEET_FILE, words)

    def _tell(self, said: str, tone: str = "ok") -> None:
        """The register has changed in what every part shows of people."""
        self._commands.announce(_CHANGED)
        self._strip.hush()
        self._above.say(tone, said)
        self.sheet_card.show()
        self.sheet.first.setFocus()
        bring_into_sight(self.sheet_card)

    def _set_lock(self) -> None:
        minutes = self.lock.currentData()
        done = self._commands.do(settings.change, LOCK_SETTING, minutes, refused=self._refuse)
        if done is not None:
            self._strip.say("ok", f"Màn hình tự khóa {_TIMES[minutes]}." if minutes else "Màn hình không tự khóa nữa.")
        self.refresh()

    def _typed(self) -> bool:
        bring_into_sight(self)
        return same(self.new, self.again, self._strip)

    def _printable(self) -> bool:
        return bool(self._commands.ask(recovery.is_printable, refused=self._refuse))

    def _weak(self, problem: Problem) -> None:
        """What was typed will not do: said where it was typed."""
        self._strip.say(*of_problem(problem))
        row = self.old if problem.code in ("wrong_password", "wait") else self.new
        row.focus()
        bring_into_sight(self)

    def _refuse(self, problem: Problem) -> None:
        self._say_above(*of_problem(problem))

    def _say_above(self, tone: str, said: str) -> None:
        self._above.say(tone, said)
        bring_into_sight(self._above)
