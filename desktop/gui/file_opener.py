"""The way to a file that somebody brings: the system's own dialog, or in tests an answer without one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class FileOpener(Protocol):
    """Asks which file; tests answer in its place."""

    def ask(self, parent: QWidget, title: str, endings: Sequence[str], then: Callable[[Path], None]) -> None:
        """Ask for a file with one of these endings ("xlsx") and call ``then`` with it, unless the clerk gives up.

        No ``endings`` means any file.
        """
        ...


class SystemFileOpener:
    """The operating system's own dialog, opened without stopping the window."""

    def ask(self, parent: QWidget, title: str, endings: Sequence[str], then: Callable[[Path], None]) -> None:
        pattern = " ".join(f"*.{ending}" for ending in endings) or "*"
        dialog = QFileDialog(parent, title, str(Path.home()), f"{', '.join(endings) or 'Mọi tệp'} ({pattern})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
