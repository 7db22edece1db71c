"""The door to every document: both formats of each kind, lists behind figures, names of files, and what is too long."""

import io
from datetime import date

import openpyxl
import pypdfium2
import pytest

from desktop.office import counting, dossier_lists, reporting
from desktop.office.reporting import Asked, Format, ReportKind, make
from desktop.rules import periods, statistics
from desktop.rules.periods import PeriodKind
from tests.office.deciding import refused
from tests.office.reported import AFTERWARDS, NOVEMBER, column

DAY = periods.free(date(2026, 11, 12), date(2026, 11, 12))


@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.parametrize("as_", list(Format))
def test_every_kind_is_had_in_every_format_and_marked_as_practice(november, kind, as_):
    period = DAY if kind is ReportKind.DAY else NOVEMBER
    data = make(november, Asked(kind, sample=2), period, as_, now=AFTERWARDS)
    assert data == make(november, Asked(kind, sample=2), period, as_, now=AFTERWARDS)
    if as_ is Format.PDF:
        with pypdfium2.PdfDocument(data) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        assert texts and all("BẢN TẬP HUẤN" in text for text in texts)
    else:
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            assert sheet["A1"].value == "BẢN TẬP HUẤN" and sheet.print_area


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_period_to_come_is_refused_whatever_is_asked(november, kind):
    to_come = periods.official(PeriodKind.MONTH, 2027, 6)
    assert refused(lambda: make(november, Asked(kind), to_come, Format.PDF, now=AFTERWARDS)).code == "period_in_future"


@pytest.mark.parametrize("cell", statistics.COLUMNS)
def test_every_figure_opens_its_list(november, cell):
    table = counting.counted(november, NOVEMBER.first, NOVEMBER.last, now=AFTERWARDS).table
    for field, line in (statistics.by_field(table.lines) | {None: table.total}).items():
        (section,) = dossier_lists.content(november, NOVEMBER, cell, field=field, now=AFTERWARDS).sections
        assert len(section.grid.rows) == getattr(line, cell)
        assert len(set(column(section, "Mã hồ sơ"))) == len(section.grid.rows)
        assert section.lead[0].startswith(field or "Tổng cộng")


def test_a_list_says_which_cell_it_stands_behind(november):
    content = dossier_lists.content(november, NOVEMBER, "late", now=AFTERWARDS)
    assert ", cột (10) Số lượng hồ sơ đã giải quyết – Quá hạn: " in content.sections[0].lead[0]
    asked = Asked(ReportKind.LIST, column="surely_none")
    assert refused(lambda: make(november, asked, NOVEMBER, Format.XLSX, now=AFTERWARDS)).code == "unknown_column"


def test_what_is_too_long_for_paper_is_had_as_a_workbook(november, monkeypatch):
    monkeypatch.setattr(reporting, "_MOST_ON_PAPER", 100)
    asked = Asked(ReportKind.LIST, column="received_total")
    problem = refused(lambda: make(november, asked, NOVEMBER, Format.PDF, now=AFTERWARDS))
    assert problem.code == "too_long_for_paper" and problem.facts["rows"] > 100
    assert make(november, asked, NOVEMBER, Format.XLSX, now=AFTERWARDS)


def test_files_are_named_by_what_they_are_and_of_which_days():
    assert reporting.file_name(Asked(ReportKind.TABLE), NOVEMBER) == "bieu-ii-06a-20261101-20261130"
    assert reporting.file_name(Asked(ReportKind.DAY), DAY) == "phieu-ngay-20261112"
    names = {reporting.file_name(Asked(kind), DAY) for kind in ReportKind}
    assert len(names) == len(ReportKind)


@pytest.mark.parametrize("as_", list(Format))
def test_work_can_be_stopped_at_the_first_row(november, as_):
    asked = Asked(ReportKind.LIST, column="received_total")
    assert make(november, asked, NOVEMBER, as_, now=AFTERWARDS, progress=lambda done, total: False) is None
