"""One look of the program, every scene: grabs, one sheet of them all, what is wrong with them, which keys they have.

Run by ``contact_sheet.py`` and ``manual.py`` in a process of its own, since Qt takes its scale (``QT_SCALE_FACTOR``)
when it begins. Writes into the folder it is given and prints nothing: ``flaws.json`` and ``keys.json`` tell.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from db.connection import Register
from desktop.gui import theme
from desktop.office import opening, settings, signing_in
from desktop.program import Program
from resources.pictures import beginnings, flaws, make
from resources.pictures.scene_sets import ALL, SETS
from resources.pictures.stage import Opener, Printer, Scene, Stage, settle

#: The citizen's window where there is no second screen, at most: it stands before the clerk's own.
_CITIZENS = QSize(1024, 768)
#: On the sheet a grab is half as large as on the screen.
_THUMB, _COLUMNS, _GAP, _CAPTION = QSize(683, 348), 4, 20, 30

#: Key and words of the acts of each scene's page; those of every page under "".
Keys = dict[str, tuple[tuple[str, str], ...]]


def main(arguments: Sequence[str]) -> int:
    """Grab, check, draw."""
    asked = _asked(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    app = theme.application()
    chosen = [scene for scene in ALL if not asked.scene or scene.name in asked.scene]
    keys: Keys = {}
    told = list(_look(app, chosen, asked, keys))
    (asked.out / "keys.json").write_text(json.dumps(keys, ensure_ascii=False, indent=1), encoding="utf-8")
    (asked.out / "flaws.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    _draw_sheet(chosen, asked.out)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--theme", choices=tuple(theme.THEMES), required=True)
    parser.add_argument("--scale", type=int, required=True)
    parser.add_argument("--scene", action="append")
    parser.add_argument("--focus", action="store_true")
    return parser.parse_args(arguments)


def _look(
    app: QApplication, chosen: Sequence[Scene], asked: argparse.Namespace, keys: Keys
) -> Iterator[tuple[str, ...]]:
    """``(scene, kind, where, said)`` of everything wrong; the grabs lie in the folder by then, ``keys`` is filled."""
    tried: Counter[str] = Counter()
    for scenes, make_book in SETS:
        wanted = [scene for scene in scenes if scene in chosen]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            home = make_book(Path(folder), make.NOW)
            with opening.open_register(home, now=make.NOW) as book:
                _dress(book, asked.theme)
                printer, opener = Printer(Path(folder, "printed.pdf")), Opener()
                program = Program(app, book, lambda: make.NOW, printer=printer, opener=opener)
                program.window.resize(make.WINDOW / (asked.scale / 100))
                program.window.show()
                program.start()
                stage = Stage(program, book, make.NOW, printer, opener)
                settle(stage)
                keys[""] = _acts(program.window.actions())
                for scene in wanted:
                    yield from _grab(stage, scene, asked, tried)
                    page = program.window.made(program.window.current_key)
                    keys[scene.name] = page.acts_shown() if page else ()
                program.close()


def _dress(book: Register, look: str) -> None:
    """The register's window in this look; where people have passwords, somebody signs in for that, and out again."""
    if signing_in.required(book):
        signing_in.sign_in(book, beginnings.LEAD, beginnings.SECRET, now=make.NOW)
    settings.change(book, theme.LOOK_SETTING, look, clerk=beginnings.LEAD, now=make.NOW)
    book.proved.clear()


def _grab(stage: Stage, scene: Scene, asked: argparse.Namespace, tried: Counter[str]) -> Iterator[tuple[str, ...]]:
    screen = make.WINDOW / (asked.scale / 100)
    stage.program.window.resize(screen)
    other = scene.show(stage)
    window: QWidget = other or stage.program.window
    if other is not None and not other.isVisible():
        other.resize((other.sizeHint() if isinstance(other, QDialog) else _CITIZENS).boundedTo(screen))
        other.show()
    settle(stage)
    picture = window.grab().toImage()
    picture.save(str(asked.out / f"{scene.name}.png"))
    for flaw in (*flaws.too_large(window, screen), *flaws.found(window, picture)):
        yield (scene.name, *flaw)
    if asked.focus:
        for flaw in flaws.focus_flaws(window, tried):
            yield (scene.name, *flaw)
    if other is not None:
        other.close()
        other.deleteLater()
        stage.program.window.activateWindow()


def _acts(actions: Sequence[QAction]) -> tuple[tuple[str, str], ...]:
    """Key and words of the acts that the window has on every page."""
    return tuple((act.shortcut().toString(), act.text()) for act in actions if act.isEnabled())


def _draw_sheet(scenes: Sequence[Scene], folder: Path) -> None:
    rows = -(-len(scenes) // _COLUMNS)
    wide, high = _THUMB.width() + _GAP, _THUMB.height() + _CAPTION + _GAP
    sheet = QImage(_COLUMNS * wide + _GAP, rows * high + _GAP, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    font = QFont(theme.body_font())
    font.setPixelSize(18)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    for number, scene in enumerate(scenes):
        corner = QRect(_GAP + number % _COLUMNS * wide, _GAP + number // _COLUMNS * high, _THUMB.width(), _CAPTION)
        painter.drawText(corner, Qt.AlignmentFlag.AlignVCenter, f"{scene.caption} ({scene.name})")
        grab = QImage(str(folder / f"{scene.name}.png"))
        small = grab.scaled(_THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(1)
        painter.drawImage(corner.bottomLeft(), small)
    painter.end()
    sheet.save(str(folder.with_suffix(".png")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
