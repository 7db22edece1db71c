"""Mẫu giấy: title, text and signers of every form as this commune prints it, with a preview while it is typed.

What was printed keeps its words; a text that cannot be printed is refused in one sentence.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db.vocabulary import DocumentKind
from desktop import labels
from desktop.gui.buttons import ActButton, Choice
from desktop.gui.cards import Card
from desktop.gui.commands import Commands, Problem
from desktop.gui.fields import FieldRow
from desktop.gui.icons import Mark
from desktop.gui.messages import of_problem
from desktop.gui.paper_preview import PaperDialog, Sheet
from desktop.gui.pills import Pill
from desktop.gui.printing import PdfPages
from desktop.gui.settings_section import Section
from desktop.gui.texts import line
from desktop.gui.wrapped_acts import WrappedActs
from desktop.office import forms, specimens
from desktop.office.forms import SignerWords, Template

#: Long enough not to draw at each letter, short enough to see what a word did.
_PAUSE_MS = 400
_WITH_PREVIEW = 800
_SHEET_WIDTH = 320
_LEAST_WIDTH = 400
#: Who signs where; no form has more than two signers.
_ALONE, _BESIDE = ("Người ký",), ("Ký, trái", "Ký, phải")
_OFFICIAL = Mark("ok", "shield-check", "mẫu chính thức")
_OWN = Mark("soon", "pencil-outline", "xã đã sửa")


class FormsSection(Section):
    """One form at a time; F12 prints its wording from now on, Alt+R the official one again."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        self._template: Template | None = None
        self._pages: PdfPages | None = None
        kinds = Choice()
        kinds.addItems([labels.DOCUMENT_WORDS[kind] for kind in DocumentKind])
        self._kind = FieldRow("form", "Mẫu", kinds, label_width=64)
        self._state = Pill(_OFFICIAL)
        self._title = FieldRow("title", "Tên mẫu", hint="các dòng cách nhau bằng dấu /", label_width=64)
        text = QPlainTextEdit()
        text.setMinimumHeight(120)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._text = FieldRow("text", "Nội dung", text, label_width=64)
        self._signers = [
            FieldRow(f"signer{place}", caption, hint="chức danh / (cách ký)", label_width=64)
            for place, caption in enumerate(_BESIDE)
        ]
        self._slots, self._note = line("", "note", wrap=True), line("", "note", wrap=True)
        self._slots.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sheet = Sheet()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._preview)
        self.first = kinds
        kinds.activated.connect(lambda _index: self.refresh())
        for row in (self._title, self._text, *self._signers):
            row.edited.connect(lambda _text: self._pause.start())
        self._lay_out()

    def _lay_out(self) -> None:
        card, self._paper = Card("Mẫu giấy"), Card("Xem trước, dữ liệu bịa")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._kind, 1)
        head.addWidget(self._state)
        card.body.addLayout(head)
        card.body.addWidget(self._title)
        card.body.addWidget(self._text, 1)
        for part in (self._slots, *self._signers, self._note):
            card.body.addWidget(part)
        card.body.addStretch(0)
        store = ActButton(self.act("Ghi mẫu", "F12", self._store), "content-save-check-outline", kind="primary")
        enlarge = ActButton(self.act("Xem to", "Alt+X", self._enlarge), "magnify-plus-outline")
        self._restore_button = ActButton(self.act("Mẫu chính thức", "Alt+R", self._restore), "undo-variant")
        card.body.addLayout(WrappedActs(store, enlarge, self._restore_button))
        self._paper.body.addWidget(self._sheet, 1)
        self._paper.setFixedWidth(_SHEET_WIDTH)
        across = QHBoxLayout()
        across.setSpacing(12)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        across.addWidget(left, 1)
        across.addWidget(self._paper)
        self.column.addWidget(self.strip)
        self.column.addLayout(across, 1)

    @property
    def kind(self) -> DocumentKind:
        """The form that is shown."""
        chooser = self._kind.editor
        assert isinstance(chooser, Choice)
        return list(DocumentKind)[max(chooser.currentIndex(), 0)]

    def refresh(self) -> None:
        template = self.commands.ask(forms.template, self.kind, self.commands.now().date())
        if template is None:
            return
        self._template = template
        self._state.show_mark(_OWN if template.edited else _OFFICIAL)
        self._title.set_value(" / ".join(template.title_lines))
        self._text.set_value(template.text)
        self._text.setVisible(bool(template.text))
        self._show_signers(template.signer_words)
        self._slots.setText("Dùng được: " + " ".join(f"{{{slot}}}" for slot in template.slots))
        self._slots.setVisible(bool(template.text))
        since = f"{template.form_ref}, áp dụng từ {template.valid_from:%d/%m/%Y}."
        self._note.setText(f"{since} {template.note}".strip())
        self._restore_button.set_ready(template.edited)
        self._preview()

    def _show_signers(self, signers: Sequence[SignerWords]) -> None:
        captions = _BESIDE if len(signers) > 1 else _ALONE
        for row, caption, words in zip_longest(self._signers, captions, signers):
            row.setVisible(words is not None)
            if words is not None:
                row.set_caption(caption)
                row.set_value(" / ".join(part for part in (*words[0].split("\n"), words[1]) if part))

    def _typed(self) -> dict[str, Any]:
        """The wording as the office reads it."""
        shown = [row for row in self._signers if not row.isHidden()]
        return {
            "text": self._text.value() if self._template and self._template.text else "",
            "title": "\n".join(_parts(self._title.value())),
            "signers": [_signer_words(row.value()) for row in shown],
        }

    def _preview(self) -> None:
        """Draw what is typed; a text that cannot be printed keeps the last picture and says why."""
        self._pause.stop()
        now = self.commands.now()
        drawn = self.commands.ask(specimens.preview, self.kind, now=now, **self._typed(), refused=self._cannot_print)
        if drawn is not None:
            self.strip.hush()
            self._show(drawn)

    def _cannot_print(self, problem: Problem) -> None:
        self.strip.say(*of_problem(problem))

    def _show(self, data: bytes) -> None:
        self._pages = PdfPages(data)
        self._sheet.show_page(self._pages)
        self._paper.setVisible(self._pages is not None and self.width() >= _WITH_PREVIEW)

    def _enlarge(self) -> None:
        self._preview()
        if self._pages is not None:
            PaperDialog(self._pages, self, title=labels.DOCUMENT_WORDS[self.kind]).open()

    def _store(self) -> None:
        typed = self._typed()
        words = labels.DOCUMENT_WORDS[self.kind]
        said = f"Đã ghi. {words}: giấy lập từ bây giờ in theo lời mới, giấy đã phát giữ nguyên."
        if self._template is not None and typed == _wording(self._template):
            self.strip.say("accent", "Chưa có gì thay đổi.")
        elif self.commands.do(forms.change_template, self.kind, **typed, refused=self._cannot_print) is not None:
            self.refresh()
            self.strip.say("ok", said)

    def _restore(self) -> None:
        if self._template is None or not self._template.edited:
            self.strip.say("accent", "Đang dùng mẫu chính thức.")
        elif self.commands.do(forms.restore_template, self.kind, refused=self._cannot_print) is not None:
            self.refresh()
            self.strip.say("ok", "Đã trở về mẫu chính thức.")

    def minimumSizeHint(self) -> QSize:
        """Narrower than with the preview, or a window that shrinks would never let go of it."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._paper.setVisible(self._pages is not None and event.size().width() >= _WITH_PREVIEW)


def _wording(template: Template) -> dict[str, Any]:
    """What a form says, in the shape of what is typed."""
    return {
        "text": template.text,
        "title": "\n".join(template.title_lines),
        "signers": template.signer_words,
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("/") if part.strip()]


def _signer_words(text: str) -> SignerWords:
    """The lines of a role, and how to sign: the last part when it stands in brackets."""
    parts = _parts(text)
    note = parts.pop() if parts and parts[-1].startswith("(") else ""
    return "\n".join(parts), note
