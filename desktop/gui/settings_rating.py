"""Ý kiến người dân: the scale of the question, and whether a second screen and keys of its own stand there."""

from PySide6.QtWidgets import QCheckBox

from desktop.gui.buttons import Choice, Tick
from desktop.gui.cards import Card
from desktop.gui.commands import Commands
from desktop.gui.fields import FieldRow
from desktop.gui.settings_section import Section
from desktop.gui.texts import line
from desktop.office import settings
from desktop.rules import ratings
from desktop.rules.ratings import KEYPAD_SETTING, SCREEN_SETTING


class RatingSection(Section):
    """Each change is stored at once, as an event."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(commands)
        scales = Choice()
        scales.addItems([f"{scale} mức" for scale in ratings.SCALES])
        self._faces = line("", "note", wrap=True)
        scales.currentIndexChanged.connect(self._name_faces)
        self._name_faces(0)
        self._scale = FieldRow("rating_scale", "Thang", scales)
        self._screen = _tick("rating_screen", "Hỏi trên màn hình thứ hai quay về phía người dân")
        self._keypad = _tick("rating_keypad", "Người dân có bàn phím số riêng ở màn hình đó")
        self.first = scales
        self._scale.edited.connect(lambda _words: self._store_scale(scales.currentIndex()))
        for tick, name in ((self._screen, SCREEN_SETTING), (self._keypad, KEYPAD_SETTING)):
            tick.clicked.connect(lambda on, name=name: self._store(name, on))
        self._lay_out()

    def _name_faces(self, at: int) -> None:
        """What a citizen reads below the faces of the scale."""
        words = tuple(ratings.SCALES.values())[max(at, 0)]
        self._faces.setText(f"Người dân thấy: {', '.join(words).lower()}.")

    def _lay_out(self) -> None:
        card = Card("Ý kiến của người dân")
        for part in (self._scale, self._faces, self._screen, self._keypad):
            card.body.addWidget(part)
        told = (
            "Ý kiến không ghi tên. Bấm từ bàn phím hoặc màn hình của công chức thì sổ ghi rõ là như vậy, không tính là "
            "người dân tự bấm; phím bấm chỉ tính của người dân khi họ có bàn phím số riêng."
        )
        card.body.addWidget(line(told, "note", wrap=True))
        self.column.addWidget(self.strip)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        scale = self.commands.ask(settings.get, ratings.SCALE_SETTING, ratings.DEFAULT_SCALE)
        scales = list(ratings.SCALES)
        editor = self._scale.editor
        assert isinstance(editor, Choice)
        editor.setCurrentIndex(scales.index(scale) if scale in scales else scales.index(ratings.DEFAULT_SCALE))
        self._screen.setChecked(bool(self.commands.ask(settings.get, SCREEN_SETTING, True)))
        self._keypad.setChecked(bool(self.commands.ask(settings.get, KEYPAD_SETTING, False)))

    def _store_scale(self, place: int) -> None:
        scale = list(ratings.SCALES)[place]
        self.change(settings.change, ratings.SCALE_SETTING, scale, said=f"Từ nay hỏi theo thang {scale} mức.")

    def _store(self, name: str, on: bool) -> None:
        words = {
            (SCREEN_SETTING, True): "Màn hình thứ hai dùng cho người dân.",
            (SCREEN_SETTING, False): "Không dùng màn hình thứ hai; hỏi trên màn hình này khi công chức bấm Alt+Y.",
            (KEYPAD_SETTING, True): "Phím số bấm khi đang hỏi được tính là của người dân.",
            (KEYPAD_SETTING, False): "Phím số bấm khi đang hỏi được tính là của công chức.",
        }
        self.change(settings.change, name, on, said=words[name, on])


def _tick(name: str, words: str) -> QCheckBox:
    tick = Tick(words)
    tick.setObjectName(name)
    return tick
