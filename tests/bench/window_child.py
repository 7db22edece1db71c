"""A process of its own that opens a window, waits until it can be used, and prints what that took.

``window_child.py STARTED empty`` opens an empty window of PySide6, ``… STARTED DATA [page …]`` the program on that
data folder and then shows each page. STARTED is the parent's ``time.monotonic()`` just before it began this process.
Prints one line: milliseconds until usable, then the resident memory in MB at the end.
"""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


def main(started: float, what: str, *pages: str) -> None:
    """Open, measure at the first idle moment of the event loop, print, close."""
    if what == "empty":
        _open_empty(started)
    else:
        # As ``python -m desktop`` does, from its first line on.
        from desktop.__main__ import open_window

        open_window(what, lambda window: _report(window, started, pages))


def _open_empty(started: float) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.showMaximized()
    QTimer.singleShot(0, lambda: _report(window, started, ()))
    app.exec()


def _report(window: "QMainWindow", started: float, pages: tuple[str, ...]) -> None:
    _settle(window)
    usable = (time.monotonic() - started) * 1000
    for page in pages:
        window.open(page)  # type: ignore[attr-defined]
        _settle(window)
    # Only now: importing it is no part of either side.
    import psutil

    print(usable, psutil.Process().memory_info().rss / 1_000_000)
    window.close()


def _settle(window: "QMainWindow") -> None:
    """Until the window is on its (offscreen) screen, painted, and nothing waits to be done."""
    from PySide6.QtCore import QCoreApplication

    while not window.windowHandle().isExposed():
        QCoreApplication.processEvents()
    for _ in range(3):
        QCoreApplication.processEvents()


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
