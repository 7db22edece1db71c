"""Documents of the statistics: the pack of a busy month with its charts, and the list of a year behind one figure.

The month is lived by a practice commune through the office's own acts. The list is read from the register and written
as a workbook, against raw XlsxWriter that is handed the same cells.
"""

import io
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import xlsxwriter

from db import events, figures
from db.connection import Register
from db.figures import Mark
from db.records import Clerk
from desktop.documents.report import Row as Cells
from desktop.documents.report import words
from desktop.office import counting, dossier_lists, opening, people, practice_month, reporting, settings
from desktop.office.reporting import Asked, Format, ReportKind
from desktop.rules import periods, practice
from desktop.rules.rights import WORKING
from tests.bench import registers
from tests.bench.measuring import Row, in_turns, milliseconds

_CLERKS = (opening.FIRST_CLERK, Clerk("lan", "Lò Thị Lan"))
_NOW = registers.NOW
_PROMISED = 3000.0


def measure(quick: bool) -> list[Row]:
    """The pack of 2,000 dossiers, and a list of 25,000."""
    days, per_day, listed = (8, 5, 200) if quick else (28, 100, 25_000)
    with tempfile.TemporaryDirectory() as folder:
        return [_pack(Path(folder, "month"), days, per_day), _list(Path(folder, "year"), listed, 2 if quick else 5)]


def _pack(home: Path, days: int, per_day: int) -> Row:
    plan = practice.load_profile()
    with opening.init(home, registers.UNIT, now=_NOW, clerk=_CLERKS[0]) as book:
        people.add(
            book, _CLERKS[1].short_name, _CLERKS[1].full_name, roles=WORKING, clerk=_CLERKS[0].short_name, now=_NOW
        )
        calendar = settings.calendar(book)
        visits = list(practice.month(1, days, per_day, _NOW, calendar, plan.weights, plan.channels))
        taken_in = sum(1 for _ in practice_month.live(book, visits, _CLERKS, seed=1, now=_NOW))
        period = periods.free(_NOW.date() - timedelta(days=days), _NOW.date())
        with counting.up_to_date(book, now=_NOW):
            pass
        make = partial(reporting.make, book, Asked(ReportKind.MONTH), period, Format.PDF, now=_NOW)
        taken = median(milliseconds(make) for _ in range(3))
    claim = f"Meeting pack with charts, a month of {taken_in:,} dossiers"
    return Row(claim, taken, _PROMISED, 1.0, f"promised {_PROMISED / 1000:.0f} s")


def _list(home: Path, dossiers: int, rounds: int) -> Row:
    with registers.filled(home, dossiers) as book:
        _count(book)
        period = periods.free(date(_NOW.year - 3, 1, 1), _NOW.date())
        (section,) = dossier_lists.content(book, period, "received_total", now=_NOW).sections
        assert section.grid is not None and len(section.grid.rows) == dossiers
        rows = [[cell if isinstance(cell, int | date) else words(cell) for cell in row] for row in section.grid.rows]
        asked = Asked(ReportKind.LIST, column="received_total")
        make = partial(reporting.make, book, asked, period, Format.XLSX, now=_NOW)
        ours, raw = in_turns(make, partial(_raw, rows), rounds=rounds, warm=1)
    claim = f"The list behind a figure as a workbook, {dossiers:,} rows"
    return Row(claim, ours, raw, 1.5, "the same cells by raw XlsxWriter")


def _count(book: Register) -> None:
    """What the events behind the dossiers would make of them: received, and still within their time."""
    told = book.database.execute_sql("SELECT id, procedure, substr(received_at, 1, 10) FROM dossier").fetchall()
    with figures.opened(book) as kept, kept.write():
        courses = (
            (dossier, "Hộ tịch", procedure, False, on, None, None, [(on, None, None)])
            for dossier, procedure, on in told
        )
        kept.put_courses([], courses)
        kept.set_mark(Mark(*events.head(book), None))


def _raw(rows: Sequence[Cells]) -> bytes:
    """The same cells by the shortest program there is, with borders and days as days."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        plain = book.add_format({"border": 1, "text_wrap": True})
        day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                sheet.write(number, at, cell, day if isinstance(cell, date) else plain)
    return data.getvalue()
