"""A process of its own that opens a window, waits until it can be used, and prints what that took.

``window_child.py STARTED empty`` opens an empty window of PySide6, ``… STARTED DATA [page …]`` the program on that
data folder and then shows each page. STARTED is the parent's ``time.monotonic()`` just before it began this process.
Prints one line: milliseconds until usable, then the resident memory in MB at the end.
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


def main(started: float, what: str, *pages: str) -> None:
    """Open, measure at the first idle moment of the event loop, print, close."""
    app = QApplication(sys.argv[:1])
    QTimer.singleShot(0, lambda: _report(app, started, pages))
    if what == "empty":
        window = QMainWindow()
        window.showMaximized()
        app.exec()
    else:
        from desktop.__main__ import main as program

        sys.argv[1:] = ["--data", what]
        program()


def _report(app: QApplication, started: float, pages: tuple[str, ...]) -> None:
    window = next(each for each in app.topLevelWidgets() if isinstance(each, QMainWindow))
    _settle(app, window)
    usable = (time.monotonic() - started) * 1000
    for page in pages:
        window.open(page)  # type: ignore[attr-defined]
        _settle(app, window)
    # Only now: importing it is no part of either side.
    import psutil

    print(usable, psutil.Process().memory_info().rss / 1_000_000)
    app.quit()


def _settle(app: QApplication, window: QMainWindow) -> None:
    """Until the window is on its (offscreen) screen, painted, and nothing waits to be done."""
    while not window.windowHandle().isExposed():
        app.processEvents()
    for _ in range(3):
        app.processEvents()


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
