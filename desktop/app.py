"""The composition root of the window, and where it reads the clock.

Opens the register of the data folder, founds one where there is none, says why one cannot be opened.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from db import backup
from db.connection import Register
from db.records import Clerk
from desktop import labels
from desktop.errors import RegisterProblem, UserError, exit_code
from desktop.gui import theme
from desktop.gui.main_window import MainWindow
from desktop.office import opening
from desktop.program import Program
from desktop.rules.calendar import VN_TZ

if TYPE_CHECKING:
    from desktop.gui.bring_back import Ask, BroughtBack, Progress, Restore
    from desktop.gui.first_run import Founding


def run_window(home: Path, when_open: Callable[[MainWindow], None] | None = None) -> int:
    """Open the window on the register of ``home``; returns the exit code when it is closed.

    ``when_open`` is called with the window at the first turn of the event loop: for who measures the start.
    """
    app = theme.application()
    try:
        book = _opened(app, home)
        while book is not None:
            ended = _shown(app, book, when_open)
            book = _rescued(app, home, ended.damage) if ended.damage else _replaced(app, home, ended.replacement)
    except (UserError, RegisterProblem) as problem:
        return exit_code(problem)
    return 0


def now() -> datetime:
    """The machine's clock, in Vietnam's zone."""
    return datetime.now(VN_TZ).replace(microsecond=0)


def _shown(app: QApplication, book: Register, when_open: Callable[[MainWindow], None] | None) -> Program:
    """The window until it is closed; it knows what was found wrong with the register, or what shall replace it."""
    with book:
        program = Program(app, book, now)
        sys.excepthook = program.crashed
        program.start()
        _fill_screen(program.window)
        if when_open is not None:
            QTimer.singleShot(0, partial(when_open, program.window))
        app.exec()
        program.close()
        return program


def _fill_screen(window: MainWindow) -> None:
    """Show it as large as it will be, or everything is laid out for another size first, and its list painted twice."""
    # Makes the native window, and only that one knows how wide its frame is.
    window.winId()
    window.resize(window.screen().availableSize() - (window.frameSize() - window.size()))
    window.showMaximized()


def _opened(app: QApplication, home: Path) -> Register | None:
    """The register of the folder, founded or restored on the way if the clerk says so; None when given up."""
    try:
        if opening.is_at(home):
            return opening.open_register(home, now=now(), check=False)
    except RegisterProblem as problem:
        return _rescued(app, home, problem)
    return _founded(app, home)


def _founded(app: QApplication, home: Path) -> Register | None:
    from desktop.gui.first_run import FirstRun

    theme.apply(app)
    made: list[Register] = []
    asked = FirstRun(
        str(home),
        lambda founding: made.append(_found(home, founding)),
        _asking(partial(_brought_beside, home, lambda: made.append(_moved_in(home)))),
    )
    return made[0] if asked.exec() else None


def _moved_in(home: Path) -> Register:
    """The register of a backup, which was looked through while it was brought back."""
    return opening.open_register(home, now=now(), check=False)


def _rescued(app: QApplication, home: Path, problem: RegisterProblem) -> Register:
    """Say what is wrong; the register restored from the newest copy in the damaged one's place, or the problem."""
    from desktop.gui.first_run import StartTrouble

    theme.apply(app)
    made: list[Register] = []
    bring = partial(_brought_beside, home, lambda: made.append(_moved_in(home)))
    trouble = StartTrouble(problem.message, None)
    if problem.code == "register_corrupt":
        newest = Path(str(path)) if (path := problem.facts["backup"]) else None
        trouble = StartTrouble(_damage_words(newest), partial(bring, newest) if newest else None, _asking(bring))
    if not trouble.exec():
        raise problem
    return made[0]


def _damage_words(newest: Path | None) -> str:
    """What somebody at the window can do about a damaged register, with or without a backup beside it."""
    if newest is None:
        return (
            "Tệp của sổ bị hỏng nên không mở được, và máy này không có bản sao lưu nào. Có USB sao lưu thì cắm vào rồi "
            "bấm Alt+R; không có thì giữ nguyên thư mục và gọi người hỗ trợ."
        )
    made_at = labels.moment_words(backup.made_at(newest))
    return (
        f"Tệp của sổ bị hỏng nên không mở được. Bản sao lưu mới nhất trên máy này: {made_at}. USB sao lưu có bản mới "
        "hơn thì cắm vào rồi bấm Alt+R."
    )


def _asking(bring: "Callable[[Path, str, Progress], BroughtBack | None]") -> "Ask":
    """Ask for the file where the newest backup of the sticks lies that are plugged in."""

    def ask(parent: QWidget, then: "Callable[[str, Restore], None]") -> None:
        from desktop.gui.file_opener import SystemFileOpener
        from desktop.office import backup_sticks

        start = backup_sticks.folder_in_sight()
        SystemFileOpener().ask(
            parent, "Chọn bản sao lưu", backup_sticks.ENDINGS, lambda path: then(path.name, partial(bring, path)), start
        )

    return ask


def _replaced(app: QApplication, home: Path, restored: Path | None) -> Register | None:
    """The register after the restored folder has taken its place, if one was chosen; the old one is kept."""
    if restored is None:
        return None
    from desktop.gui.first_run import StartTrouble
    from desktop.office import restoring

    try:
        restoring.put_in_place(home, restored, now=now())
    except (UserError, RegisterProblem) as problem:
        StartTrouble(problem.message, None).exec()
    return _opened(app, home)


def _brought_beside(
    home: Path, then: Callable[[], None], chosen: Path, secret: str, progress: "Progress"
) -> "BroughtBack | None":
    """Restore beside the register's place; once confirmed it moves in, and what stood there is kept. ``then`` opens it.

    Nothing is used before what it lacks has been read. In a worker thread; None when it was stopped.
    """
    from desktop.gui.bring_back import BroughtBack
    from desktop.office import losses, restoring

    restored = restoring.beside(home, now())
    made_at = restoring.look(chosen).made_at
    if restoring.restore(chosen, restored, secret=secret, replaces=home, progress=progress) is None:
        return None

    def use() -> None:
        if restored.exists():  # else it moved in before, and opening it was refused
            with suppress(OSError):
                home.rmdir()  # an empty folder is nothing to keep
            restoring.put_in_place(home, restored, now=now())
        then()

    def drop() -> None:
        if restored.exists():
            restoring.drop(restored)

    try:
        words = losses.unseen_words(restored, made_at, now=now())
    except RegisterProblem:
        drop()
        raise
    return BroughtBack(words, use, drop)


def _found(home: Path, founding: "Founding") -> Register:
    unit = opening.unit_as_printed(
        founding.unit_code, founding.unit_name, practice=founding.practice, parent_name=founding.parent_name
    )
    if not founding.clerk_name.strip():
        raise UserError("bad_clerk", "Ghi họ và tên công chức tiếp nhận.")
    return opening.init(home, unit, now=now(), clerk=Clerk("quay1", founding.clerk_name.strip()), guided=True)
