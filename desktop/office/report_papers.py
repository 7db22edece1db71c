"""Reports as the windows want them: a PDF kept among the register's papers, or a workbook where the clerk said.

Runs in the worker; tells progress and can be stopped, and then leaves no file.
"""

from datetime import datetime
from pathlib import Path

from db.connection import Register
from desktop.documents.pages import Progress
from desktop.office import filing, reporting
from desktop.office.filing import Paper
from desktop.office.reporting import Asked, Format
from desktop.rules.periods import Period
from desktop.whole_files import write_whole


def paper(
    book: Register, asked: Asked, period: Period, *, clerk: str, now: datetime, progress: Progress | None = None
) -> Paper | None:
    """The report as a stored PDF; None when it was stopped. UserError as ``reporting.make``."""
    data = reporting.make(book, asked, period, Format.PDF, clerk=clerk, now=now, progress=progress)
    if data is None:
        return None
    return filing.store(book, reporting.file_name(asked, period), data, year=now.year, month=now.month)


def workbook(
    book: Register,
    asked: Asked,
    period: Period,
    target: Path,
    *,
    clerk: str,
    now: datetime,
    progress: Progress | None = None,
) -> Path | None:
    """The report as a workbook, written whole; None when it was stopped. UserError as ``reporting.make``."""
    data = reporting.make(book, asked, period, Format.XLSX, clerk=clerk, now=now, progress=progress)
    if data is None:
        return None
    write_whole(target, data)
    return target
