"""The forms at the door for who forgot: whom to ask, the code of the recovery sheet, and the sheet that follows it."""

from PySide6.QtCore import Signal

from db.records import Clerk
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.jobs import Jobs
from desktop.gui.secret_row import SecretRow, Secrets
from desktop.gui.secret_sheet import Devices, SecretSheet
from desktop.gui.settings_section import act_row
from desktop.gui.sign_in import HOW, DoorCard, same
from desktop.gui.texts import line
from desktop.office import people, recovery, signing_in

_LABEL = 150
_ASK = (
    "Người quản trị cấp cho bạn một mật khẩu dùng một lần: Cài đặt (F9), phần Người làm việc. "
    "Không mất gì của sổ; việc cấp lại được ghi."
)
_SHEET = (
    "Chỉ khi không còn người quản trị nào vào được: lấy tờ khôi phục trong tủ khóa của lãnh đạo. "
    "Người được chọn thành người quản trị; ai đăng nhập trong 30 ngày tới cũng được báo. Mã chỉ dùng một lần."
)
SHEET_FILE = "to-khoi-phuc-quan-tri.pdf"
NEXT = "Tờ khôi phục cũ hết giá trị. In tờ mới bây giờ, bỏ phong bì, cất vào tủ khóa, rồi hủy tờ cũ."


class RecoverCard(DoorCard):
    """``recovered`` carries the person and the next code."""

    recovered = Signal(object, str)
    given_up = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__("Quên mật khẩu", commands)
        self.who = Choice()
        self._who = FieldRow("recovered", "Ai sẽ quản trị", self.who, label_width=_LABEL)
        self.code = SecretRow("code", "Mã trên tờ khôi phục", label_width=_LABEL)
        self.new, self.again = SecretRow("new_secret", "Mật khẩu mới"), SecretRow("again", "Gõ lại lần nữa")
        self._secrets = Secrets(self.code, self.new, self.again)
        self.code.entered.connect(self.new.focus)
        self.new.entered.connect(self.again.focus)
        self.again.entered.connect(self._use)
        self._lay_out()

    def _lay_out(self) -> None:
        for words in (line("Nhờ người quản trị", "strong"), line(_ASK, wrap=True)):
            self.body.addWidget(words)
        for words in (line("Dùng tờ khôi phục", "strong"), line(_SHEET, wrap=True)):
            self.body.addWidget(words)
        for row in (self._who, self.code, line(HOW, "note", wrap=True), self.new, self.again, self.strip):
            self.body.addWidget(row)
        use = ActButton(self.act("Dùng tờ khôi phục", "F12", self._use), kind="primary")
        letters = ActButton(self.act("Hiện/ẩn chữ", "Alt+H", self._secrets.toggle))
        self.body.addLayout(act_row(use, letters, ActButton(self.act("Quay lại", "Esc", self.given_up.emit))))

    def show_people(self, chosen: Clerk | None) -> None:
        """Everybody who works here."""
        self.who.clear()
        for one in self.commands.ask(people.clerks) or ():
            self.who.addItem(one.full_name, one)
        if chosen is not None:
            self.who.setCurrentText(chosen.full_name)

    def focus_first(self) -> None:
        self.who.setFocus()

    def leave(self) -> None:
        self._secrets.clear()
        self.strip.hush()

    def _use(self) -> None:
        one = self.who.currentData()
        if one is None or not same(self.new, self.again, self.strip):
            return
        if not self.commands.ask(recovery.is_printable, refused=self.refuse):
            return
        secrets = (self.code.value(), self.new.value())
        now = self.commands.now()
        following = self.commands.ask(
            signing_in.use_recovery_code, one.short_name, *secrets, now=now, refused=self.refuse
        )
        if following is None:
            self.code.focus()
            return
        self.leave()
        self.recovered.emit(one, following)


class NextSheetCard(DoorCard):
    """The sheet after the one that was spent. ``gone_on`` leads into the window."""

    gone_on = Signal()

    def __init__(self, commands: Commands, devices: Devices, jobs: Jobs) -> None:
        super().__init__("In tờ khôi phục mới", commands)
        self.sheet = SecretSheet(commands, devices, self.act, jobs)
        self.sheet.told.connect(self.strip.say)
        self._warned = False
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.strip)
        self.body.addLayout(act_row(ActButton(self.act("Vào làm việc", "F12", self._go_on))))

    def show_code(self, code: str) -> None:
        """The page with this code."""
        self._warned = False
        data = self.commands.ask(recovery.people_sheet, code, now=self.commands.now(), refused=self.refuse) or b""
        self.sheet.show_sheet(data, SHEET_FILE, NEXT)

    def focus_first(self) -> None:
        self.sheet.first.setFocus()

    def leave(self) -> None:
        self.sheet.forget()
        self.strip.hush()

    def _go_on(self) -> None:
        if not self.sheet.out and not self._warned:
            self._warned = True
            self.strip.say("late", "Tờ mới chưa in, chưa lưu: rời đây là mất mã. F12 lần nữa để vẫn vào làm việc.")
            return
        self.leave()
        self.gone_on.emit()
