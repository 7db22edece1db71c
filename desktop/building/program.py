"""What the built program starts: ``motcua`` as ever, and the one trial start by which a build is measured.

``--trial DATA`` opens the window on a data folder, waits until it is painted and closes it again; exit code 0.
"""

import sys
from typing import TYPE_CHECKING

from desktop.__main__ import main, open_window

if TYPE_CHECKING:
    from desktop.gui.main_window import MainWindow


def try_window(folder: str) -> int:
    """Open the window, see it painted, close it."""
    return open_window(folder, _close_once_painted)


def _close_once_painted(window: "MainWindow") -> None:
    from PySide6.QtCore import QCoreApplication

    handle = window.windowHandle()
    while not handle.isExposed():
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    window.close()


if __name__ == "__main__":
    sys.exit(try_window(sys.argv[2]) if sys.argv[1:2] == ["--trial"] and len(sys.argv) == 3 else main())
