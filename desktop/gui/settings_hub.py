"""Nối tuyến trên: how the commune meets the hub that receives its figures, over the network or by files on a stick.

Shows whose acknowledgements are believed. The one-time code is typed, never kept; what waits for the network waits in
the desk's worker and can be stopped.
"""

from dataclasses import replace
from pathlib import Path

from desktop.errors import UserError
from desktop.gui.buttons import ActButton, Tick
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow
from desktop.gui.file_opener import FileOpener
from desktop.gui.icons import Mark
from desktop.gui.outbox_desk import OutboxDesk
from desktop.gui.settings_section import Section, act_row
from desktop.gui.texts import line
from desktop.office import enrolling

_LABEL = 150
_KEY_SHOWN = 16
_NOT_YET = "Chưa nối. Tuyến trên cấp cho xã một mã nối dùng một lần; quầy vẫn làm việc bình thường khi chưa nối."
_BY_STICK = (
    "Không có mạng: ghi tệp xin nối ra USB, mang lên tuyến trên, rồi đọc tệp trả lời mang về. Mã nối dùng một lần."
)
_NO_OWN = "Tin chứng chỉ của hệ điều hành. Mạng riêng của tỉnh có chứng chỉ riêng thì chọn tệp PEM."
_PLAIN = "Chỉ khi tuyến trên bảo, trong mạng riêng đã đóng; số liệu vẫn được ký."
_LARGEST_CERTIFICATES = 1_000_000


class HubSection(Section):
    """F12 meets the hub; the way to it is stored by an act of its own and may change without meeting it anew."""

    def __init__(self, commands: Commands, desk: OutboxDesk, opener: FileOpener) -> None:
        super().__init__(commands)
        self._desk, self._opener = desk, opener
        self._state = line(_NOT_YET, wrap=True)
        self._facts = FactList(label_width=_LABEL)
        self._url = FieldRow("hub_url", "Địa chỉ nơi nhận", label_width=_LABEL, hint="https://… do tuyến trên cho biết")
        self._code = FieldRow("hub_code", "Mã nối", label_width=_LABEL, hint="XXXX-XXXX-XXXX-XXXX")
        self._proxy = FieldRow("hub_proxy", "Proxy", label_width=_LABEL, hint="để trống nếu mạng không qua proxy")
        self._plain = Tick("Cho phép http không mã hóa")
        self._ca, self._ca_words = "", line("", "note", wrap=True)
        self._fields = {
            **dict.fromkeys(("bad_address", "plain_http"), self._url),
            "bad_proxy": self._proxy,
            "bad_code": self._code,
        }
        self.first = self._url.editor
        self._stop = self.act("Thôi", "Alt+H", desk.stop)
        self._lay_out()
        desk.busy.connect(self._show_busy)
        desk.told.connect(self.strip.say)

    def _lay_out(self) -> None:
        known = Card("Nơi nhận báo cáo")
        known.body.addWidget(self._state)
        known.body.addWidget(self._facts)
        meet = Card("Nối với tuyến trên")
        meet.body.addWidget(self._url)
        meet.body.addWidget(self._code)
        meet.body.addLayout(act_row(ActButton(self.act("Nối", "F12", self.enrol), "lan-connect", kind="primary")))
        meet.body.addWidget(line(_BY_STICK, "note", wrap=True))
        ask = ActButton(self.act("Ghi tệp xin nối", "Alt+U", self._ask_request), "usb-flash-drive-outline")
        answer = ActButton(self.act("Đọc trả lời", "Alt+X", self._ask_answer), "file-check-outline")
        meet.body.addLayout(act_row(ask, answer))
        way = Card("Đường mạng")
        for part in (self._proxy, self._ca_words):
            way.body.addWidget(part)
        choose = ActButton(self.act("Chọn chứng chỉ", "Alt+K", self._ask_certificate), "certificate-outline")
        drop = ActButton(self.act("Bỏ chứng chỉ", "Alt+B", self._drop_certificate))
        store = ActButton(self.act("Ghi đường mạng", "Alt+G", self._store_way), "content-save-check-outline")
        way.body.addLayout(act_row(choose, drop))
        way.body.addWidget(self._plain)
        way.body.addWidget(line(_PLAIN, "note", wrap=True))
        way.body.addLayout(act_row(store))
        self.column.addWidget(self.strip)
        for card in (known, meet, way):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        way = self.commands.ask(enrolling.line)
        if way is not None:
            self._url.set_value(way.url)
            self._proxy.set_value(way.proxy)
            self._plain.setChecked(way.allow_plain)
            self._ca = way.ca
        self._tell_certificate()
        self._show_hub(self.commands.ask(enrolling.hub))

    def _show_hub(self, hub: enrolling.Hub | None) -> None:
        self._state.setVisible(hub is None)
        self._facts.setVisible(hub is not None)
        if hub is not None:
            kind = "tập huấn" if hub.practice else "số liệu thật"
            self._facts.show_facts(
                [
                    ("Trạng thái", Mark("ok", "shield-check", "Đã nối")),
                    ("Nơi nhận", f"{hub.name} ({hub.code}, {kind})"),
                    ("Khóa được tin", f"{hub.key[:_KEY_SHOWN]}… chỉ xác nhận ký bằng khóa này mới hiện xanh"),
                    ("Nối lúc", f"{hub.enrolled_at:%H:%M %d/%m/%Y}"),
                ]
            )

    def _typed(self) -> enrolling.Line:
        """The way as it stands in the fields."""
        way = self.commands.ask(enrolling.line) or enrolling.Line()
        return replace(
            way,
            url=self._url.value().strip(),
            proxy=self._proxy.value().strip(),
            ca=self._ca,
            allow_plain=self._plain.isChecked(),
        )

    def _checked(self) -> enrolling.Line | None:
        """The way in the fields, if it can be one; it is stored only with the hub that was met on it."""
        try:
            way = self._typed().checked()
        except UserError as problem:
            self._show_problem(problem)
            return None
        self._clear_problems()
        return way

    def _clear_problems(self) -> None:
        for row in self._fields.values():
            row.clear_problem()

    def _store(self) -> bool:
        self._clear_problems()
        return self.commands.do(enrolling.change_line, self._typed(), refused=self._show_problem) is not None

    def _store_way(self) -> None:
        if self._store():
            self.strip.say("ok", "Đã ghi đường mạng; lần gửi tới dùng ngay.")

    def _show_problem(self, problem: Problem) -> None:
        """Beside the field that it is about, else above the cards."""
        if (row := self._fields.get(problem.code)) is None:
            self._refused(problem)
        else:
            row.show_problem(problem.message)
            row.focus()

    @property
    def has_typed_code(self) -> bool:
        """Whether somebody has begun to meet the hub."""
        return bool(self._code.value().strip())

    def enrol(self) -> None:
        """Meet the hub at what is typed; what is missing is said beside its field."""
        if not self._url.value().strip():
            self._url.show_problem("Ghi địa chỉ nơi nhận, hoặc nối bằng tệp nếu không có mạng.")
            self._url.focus()
        elif self._has_code() and (way := self._checked()) is not None:
            self._desk.enrol(self._code.value(), way)

    def _has_code(self) -> bool:
        has = bool(self._code.value().strip())
        self._code.show_problem("" if has else "Ghi mã nối mà tuyến trên cấp cho xã.")
        if not has:
            self._code.focus()
        return has

    def _ask_request(self) -> None:
        if self._has_code():
            code = self._code.value()
            self._opener.ask_folder(
                self, "Ghi tệp xin nối ra USB", self._desk.stick, lambda folder: self._desk.write_request(code, folder)
            )

    def _ask_answer(self) -> None:
        self._opener.ask(self, "Đọc tệp trả lời của tuyến trên", ("motcua",), self._desk.take_answer)

    def _ask_certificate(self) -> None:
        self._opener.ask(self, "Chứng chỉ của cơ quan cấp", ("pem", "crt", "cer"), self._take_certificate)

    def _take_certificate(self, path: Path) -> None:
        try:
            text = path.read_bytes()[:_LARGEST_CERTIFICATES].decode("ascii")
        except (OSError, UnicodeDecodeError):
            text = ""
        if "BEGIN CERTIFICATE" in text:
            self._believe(text)
        else:
            self.strip.say("soon", f"Không đọc được {path.name}; cần tệp PEM bắt đầu bằng BEGIN CERTIFICATE.")

    def _drop_certificate(self) -> None:
        self._believe("")

    def _believe(self, ca: str) -> None:
        """Stored at once, or not at all: what is wrong with it must not stand in the way of what is stored next."""
        before, self._ca = self._ca, ca
        if self._store():
            self.strip.say("ok", "Đã ghi chứng chỉ được tin; lần gửi tới dùng ngay.")
        else:
            self._ca = before
        self._tell_certificate()

    def _tell_certificate(self) -> None:
        own = self._ca.count("BEGIN CERTIFICATE")
        self._ca_words.setText(f"Tin chứng chỉ của hệ điều hành và {own} chứng chỉ riêng." if own else _NO_OWN)

    def _show_busy(self, words: str) -> None:
        if words:
            self.strip.say("accent", f"{words}…", action=self._stop, icon="progress-clock")
        elif self.strip.tone == "accent":
            self.strip.hush()
