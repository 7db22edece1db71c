"""Documents of the statistics as workbooks: read back they say what the content says, and LibreOffice opens them."""

import io
import shutil
import subprocess
from datetime import datetime, time
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pypdfium2
import pytest

from desktop.documents.report import Grid, Paper, hundredths, words
from desktop.documents.report_xlsx import render
from desktop.rules.statistics import Rate
from tests.paper import report_samples as samples
from tests.paper.looking import squeezed

HEAD = 4


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def table_of(sheet, columns: int, rows: int) -> list[list]:
    """The rows below the frozen head."""
    first = int(sheet.freeze_panes.removeprefix("A"))
    return [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=first, max_row=first + rows - 1, max_col=columns)
    ]


def as_stored(cell):
    """What a cell must be when it is read back: numbers as numbers, moments without their zone."""
    if isinstance(cell, Rate):
        share = hundredths(cell)
        return cell.words if share is None else share / 10_000
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, Decimal):
        return float(cell)
    if cell is None or cell == "":
        return None
    return cell if isinstance(cell, str | int) else datetime.combine(cell, time())


def test_every_cell_is_read_back_as_what_it_is():
    sheet = opened(render([samples.form()])).active
    read = table_of(sheet, len(samples.COLUMNS), len(samples.ROWS))
    assert read == [[as_stored(cell) for cell in row] for row in samples.ROWS]
    assert [type(cell) for cell in read[0]] == [int, str, int, int, float, datetime, datetime, str]


def test_a_rate_is_never_rounded_up_by_the_spreadsheet():
    sheet = opened(render([samples.form()])).active
    share = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 0.9999)
    assert share.number_format == "0.00%"
    assert f"{share.value:.2%}" == "99.99%"


def test_text_that_looks_like_a_formula_stays_text():
    sheet = opened(render([samples.form()])).active
    notes = [cell for row in sheet.iter_rows() for cell in row if cell.value in ("=1+1", "-2")]
    assert [cell.data_type for cell in notes] == ["s", "s"]


def test_heads_stay_pages_repeat_them_and_print_within_bounds():
    sheet = opened(render([samples.form()])).active
    first = int(sheet.freeze_panes.removeprefix("A"))
    assert sheet.print_title_rows == f"${first - HEAD}:${first - 1}"
    assert sheet.print_area == f"'II.06a'!$A$1:$H${sheet.max_row}"
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and int(setup.fitToHeight) == 0
    marks = [cell.value for cell in sheet[first - 1]]
    assert marks == [column.mark for column in samples.COLUMNS]
    assert {str(one) for one in sheet.merged_cells.ranges} >= {
        f"C{first - 4}:D{first - 4}",
        f"A{first - 4}:A{first - 2}",
    }


def test_columns_are_as_wide_as_on_paper_and_rows_hold_their_words():
    rows = [(1, "Chứng thực bản sao từ bản chính giấy tờ, văn bản " * 4, 1, 1, None, None, None, "")]
    sheet = opened(render([samples.form(section={"grid": Grid(samples.COLUMNS, rows)})])).active
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGH"]
    shares = [column.share for column in samples.COLUMNS]
    for (one, other), (width, next_width) in zip(pairwise(shares), pairwise(widths), strict=True):
        assert width / next_width == pytest.approx(one / other, rel=0.1)
    row = int(sheet.freeze_panes.removeprefix("A"))
    assert sheet.row_dimensions[row].height > 4 * 11


def test_head_notes_and_signatures_are_all_there():
    sheet = opened(render([samples.form(overlay="BẢN TẬP HUẤN")])).active
    said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    for line in (
        "BẢN TẬP HUẤN",
        *samples.FORM_HEAD.code_lines,
        *samples.FORM_HEAD.title_lines,
        *samples.FORM_HEAD.party_lines,
        samples.FORM_HEAD.counted_in,
        "Đối chiếu: (3) 1241 = 1241.",
        "Mường Than, ngày 23 tháng 11 năm 2026",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "Giàng Văn Mẫu",
    ):
        assert line in said
    assert "BẢN TẬP HUẤN" in sheet.oddHeader.center.text


def test_each_section_is_a_worksheet_with_its_charts():
    book = opened(render([samples.pack()]))
    assert book.sheetnames == ["Diễn biến", "Lĩnh vực", "Quá hạn"]
    assert [len(sheet._charts) for sheet in book] == [2, 1, 0]
    assert [cell.value for cell in book["Quá hạn"]["A"]][:3] == ["3. Quá hạn", "Không thiếu gì.", "Không có."]


def test_a_rate_that_is_none_leaves_a_gap_in_its_line():
    sheet = opened(render([samples.pack()]))["Diễn biến"]
    first = int(sheet.freeze_panes.removeprefix("A"))
    line = [row[0].value for row in sheet.iter_rows(min_row=first, max_row=first + 11, min_col=6, max_col=6)]
    target = [row[0].value for row in sheet.iter_rows(min_row=first, max_row=first + 11, min_col=7, max_col=7)]
    assert line[-1] is None and all(isinstance(value, float) for value in line[:-1])
    assert target == [0.995] * 12
    assert sheet.print_area.endswith(f"$A$1:$D${sheet.print_area.rsplit('$', 1)[1]}"), "outside the printed area"


def test_several_documents_stand_in_one_workbook():
    book = opened(render([samples.form(), samples.form(section={"name": "Ngày 24/11"})]))
    assert book.sheetnames == ["II.06a", "Ngày 24-11"]


def test_the_same_content_gives_the_same_bytes():
    first = render([samples.pack()])
    render([samples.form()])
    assert render([samples.pack()]) == first


def test_properties_name_the_form_and_the_day_it_was_made():
    told = opened(render([samples.form()])).properties
    assert (told.title, told.subject) == (samples.form().name, "Biểu số II.06a/VPCP/KSTT")
    assert told.created == datetime.combine(samples.ON, time())


def test_progress_is_told_and_may_stop_the_work():
    rows = [(n, "Hộ tịch", n, n, None, None, None, "") for n in range(1000)]
    content = samples.form(section={"grid": Grid(samples.COLUMNS, rows)})
    told = []
    assert render([content], progress=lambda *now: told.append(now) or now[0] < 400) is None
    assert told == [(0, 1000), (200, 1000), (400, 1000)]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("paper", list(Paper))
def test_libreoffice_opens_and_prints_it(paper, tmp_path):
    (tmp_path / "bieu.xlsx").write_bytes(render([samples.form(paper=paper)]))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    done = subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "bieu.xlsx"],
        capture_output=True,
        timeout=120,
    )
    if b"could not be loaded" in done.stderr:
        pytest.skip("LibreOffice is installed without Calc")
    with pypdfium2.PdfDocument(tmp_path / "bieu.pdf") as document:
        assert len(document) == 1
        text = squeezed(document[0].get_textpage().get_text_bounded())
    for row in samples.ROWS:
        for cell in row:
            if isinstance(cell, str):
                assert squeezed(words(cell)) in text
    assert "1,234" in text or "1.234" in text
    assert "99.66%" in text or "99,66%" in text
