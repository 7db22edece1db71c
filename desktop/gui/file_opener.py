"""The way to a file that somebody brings, or to a stick: the system's own dialog, or in tests an answer without one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class FileOpener(Protocol):
    """Asks which file; tests answer in its place."""

    def ask(
        self,
        parent: QWidget,
        title: str,
        endings: Sequence[str],
        then: Callable[[Path], None],
        start: Path | None = None,
    ) -> None:
        """Ask for a file with one of these endings ("xlsx") and call ``then`` with it, unless the clerk gives up.

        No ``endings`` means any file. It begins at the folder ``start`` if that is there.
        """
        ...

    def ask_folder(self, parent: QWidget, title: str, start: Path | None, then: Callable[[Path], None]) -> None:
        """Ask for a folder (a stick), beginning at ``start`` if it is there, and call ``then`` with it."""
        ...


class SystemFileOpener:
    """The operating system's own dialog, opened without stopping the window."""

    def ask(
        self,
        parent: QWidget,
        title: str,
        endings: Sequence[str],
        then: Callable[[Path], None],
        start: Path | None = None,
    ) -> None:
        dialog = _dialog(parent, title, start, endings)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def ask_folder(self, parent: QWidget, title: str, start: Path | None, then: Callable[[Path], None]) -> None:
        dialog = _dialog(parent, title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()


def _dialog(parent: QWidget, title: str, start: Path | None, endings: Sequence[str] = ()) -> QFileDialog:
    pattern = " ".join(f"*.{ending}" for ending in endings) or "*"
    begin = start if start is not None and start.is_dir() else Path.home()
    dialog = QFileDialog(parent, title, str(begin), f"{', '.join(endings) or 'Mọi tệp'} ({pattern})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
