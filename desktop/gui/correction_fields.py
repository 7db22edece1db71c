"""What is corrected: choose a field, see what stands there, type what is right; several fields in one correction."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui import corrected_fields as fields
from desktop.gui.act_fields import LABEL_WIDTH, make_free
from desktop.gui.buttons import Choice
from desktop.gui.facts import FactList
from desktop.gui.fields import FieldRow


class CorrectionFields(QWidget):
    """Old and new side by side; ``edited`` follows typing. What was typed for a field stays when another is chosen."""

    edited = Signal()

    def __init__(self, form: Mapping[str, Any]) -> None:
        super().__init__()
        self._form = form
        self._typed: dict[str, str] = {}
        self._paths = fields.paths(form)
        self._field = FieldRow("field", "Mục sửa", Choice(), label_width=LABEL_WIDTH)
        self._old = FactList(label_width=LABEL_WIDTH)
        new = Choice()
        make_free(new)
        self.new = FieldRow("new", "Sửa thành", new, label_width=LABEL_WIDTH)
        self._others = FactList(label_width=LABEL_WIDTH)
        self._chooser().addItems([fields.CAPTIONS[path] for path in self._paths])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._field, self._old, self.new, self._others):
            column.addWidget(part)
        self._chooser().currentIndexChanged.connect(lambda _index: self._show())
        self.new.edited.connect(self._keep)
        self._show()

    @property
    def path(self) -> str:
        """The field that is being corrected."""
        return self._paths[self._chooser().currentIndex()]

    @property
    def changes(self) -> dict[str, str]:
        """Path → value to record, of every field that was changed."""
        changed = {path: text for path, text in self._typed.items() if text.strip() != fields.shown(self._form, path)}
        return {path: fields.typed(path, text.strip()) for path, text in changed.items()}

    def texts(self) -> dict[str, str]:
        """Everything as typed, to be put back with :meth:`restore`."""
        return dict(self._typed)

    def restore(self, texts: Mapping[str, str]) -> None:
        """Go on with what was typed before."""
        self._typed = {path: text for path, text in texts.items() if path in self._paths}
        if self._typed:
            self._chooser().setCurrentIndex(self._paths.index(next(reversed(self._typed))))
        self._show()

    def show_problem(self, path: str, message: str) -> bool:
        """Say what is wrong with a field; False when the path names none."""
        found = next((each for each in self._paths if path in (each, each.rpartition(".")[2])), None)
        if found is None:
            return False
        self._chooser().setCurrentIndex(self._paths.index(found))
        self.new.show_problem(message)
        self.new.focus()
        return True

    def focus(self) -> None:
        self._chooser().setFocus()

    def _chooser(self) -> Choice:
        assert isinstance(self._field.editor, Choice)
        return self._field.editor

    def _show(self) -> None:
        path, editor = self.path, self.new.editor
        assert isinstance(editor, Choice)
        editor.clear()
        editor.addItems(fields.choices(path))
        self.new.set_value(self._typed.get(path, ""))
        editor.setEditText(self._typed.get(path, ""))
        self.new.clear_problem()
        self._old.show_facts([("Đang ghi", fields.told(self._form, path) or "(trống)")])
        self._show_others()

    def _keep(self, text: str) -> None:
        self._typed.pop(self.path, None)
        self._typed[self.path] = text
        self.new.clear_problem()
        self._show_others()
        self.edited.emit()

    def _show_others(self) -> None:
        """What else this correction changes, while another field is in sight."""
        others = [path for path in self.changes if path != self.path]
        told = [f"{fields.told(self._form, path) or '(trống)'} → {self._typed[path]}" for path in others]
        self._others.show_facts(zip((fields.CAPTIONS[path] for path in others), told, strict=True))
        self._others.setVisible(bool(others))
