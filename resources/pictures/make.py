"""Makes the README's pictures from the running program: ``python resources/pictures/make.py``.

A practice commune of its own, invented citizens, the sample day Monday 23/11/2026; no screen needed.
"""

import os
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.connection import Register
from db.vocabulary import WorkingList
from desktop.gui.printing import FilePrinter
from desktop.hub import carrying as hub_carrying
from desktop.hub import founding, units
from desktop.office import carrying, demo, enrolling, issuing, lists, lookup, opening, outbox, people, settings
from desktop.program import Program
from desktop.rules.calendar import VN_TZ
from desktop.rules.citizen_id import parse

_HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
CARD = "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
PROCEDURE = "1.004859"
_KEYS = Qt.Key
#: Second case of the list, then the first two papers handed in.
CASE_AND_PAPERS = (_KEYS.Key_Down, _KEYS.Key_Down, _KEYS.Key_Tab, _KEYS.Key_Space, _KEYS.Key_Down, _KEYS.Key_Space)
#: A maximised window on 1366×768 without its title bar and the task bar.
WINDOW = QSize(1366, 696)
#: The days of the outbox that are still on the stick.
_ON_THE_STICK = 3


def main() -> int:
    """Write intake.png, home.png, dossier.png, outbox.png and receipt.png beside this file."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make(Path(folder, "demo"), days=20, per_day=12, seed=7, now=NOW, tell=lambda _line: None)
        with opening.open_register(made.data, now=NOW) as book:
            carry_up(book, Path(folder))
            program = Program(app, book, lambda: NOW, printer=FilePrinter(Path(folder, "printed.pdf")))
            program.window.resize(WINDOW)
            program.window.show()
            program.start()
            _grab(program, "home")
            intake = program.window.open("intake")
            intake.take_card(parse(CARD, today=NOW.date()))  # type: ignore[attr-defined]
            intake.choose_procedure(PROCEDURE)  # type: ignore[attr-defined]
            press(program, *CASE_AND_PAPERS)
            _grab(program, "intake")
            newest = lookup.page(book, limit=1)[0]
            program.open_dossier(eventful(book))
            _grab(program, "dossier")
            program.window.open("outbox")
            _grab(program, "outbox")
            paper = issuing.receipt_pdf(book, newest.code, size="A5", copies=1, reprint=0, now=NOW)
            _raster(paper.path, _HERE / "receipt.png")
            program.close()
    return 0


def carry_up(book: Register, folder: Path) -> None:
    """A real hub acknowledges all days but the newest; everything travels by stick."""
    stick, clerk, earlier = folder / "usb", people.clerks(book)[0].short_name, NOW - timedelta(hours=1)
    stick.mkdir()
    unit = settings.unit(book)
    with founding.init(
        folder / "hub", now=earlier, name="Trung tâm PVHCC tỉnh Lai Châu (tập huấn)", practice=True
    ) as hub:
        code = units.add(hub, unit.code, unit.name, who="quantri", now=earlier).enrolment_code
        assert code is not None, "the unit is new"
        enrolling.write_request(book, code, place=stick, clerk=clerk, now=earlier)
        (met,) = hub_carrying.take_files(hub, stick, now=earlier)
        assert met.answer is not None
        enrolling.read_answer(book, met.answer, clerk=clerk, now=earlier)
        for row in outbox.rows(book)[_ON_THE_STICK:]:
            packet = carrying.write_day(book, stick, row.day, clerk=clerk, now=earlier)
            list(hub_carrying.take_files(hub, packet.path, now=earlier))
    carrying.read_answers(book, stick, now=earlier)


def press(program: Program, *keys: Qt.Key) -> None:
    """One key after another, each to whatever has the focus by then."""
    for key in keys:
        QTest.qWait(80)
        QTest.keyClick(program.window.focusWidget(), key)


def eventful(book: Register) -> str:
    """The dossier on a working list to which most happened."""
    listed = [
        row.code for name in (WorkingList.DUE_SOON, WorkingList.DUE_TODAY) for row in lists.rows(book, name, now=NOW)
    ]
    return max(listed, key=lambda code: len(lookup.dossier(book, code).events))


def _grab(program: Program, name: str) -> None:
    QTest.qWait(400)
    program.window.grab().save(str(_HERE / f"{name}.png"))


def _raster(pdf: Path, target: Path) -> None:
    document = QPdfDocument()
    document.load(str(pdf))
    points = document.pagePointSize(0)
    page = document.render(0, (points * 110 / 72).toSize())
    image = QImage(page.size(), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.drawImage(0, 0, page)
    painter.end()
    image.save(str(target))


if __name__ == "__main__":
    sys.exit(main())
