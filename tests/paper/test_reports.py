"""Documents of the statistics on paper: cell for cell what the content says, charts with their words, nothing cut."""

from dataclasses import replace

import pytest

from desktop.documents.pages import page_count
from desktop.documents.report import Grid, Paper, words
from desktop.documents.report_pdf import PAPERS, render
from tests.paper import report_samples as samples
from tests.paper.looking import check_page, in_order, squeezed
from tests.paper.tables_read import rows_of


def test_every_cell_of_the_table_is_read_back(inks):
    pages = inks(render([samples.form()]))
    read = rows_of(pages, PAPERS[Paper.LANDSCAPE], samples.COLUMNS, head=4)
    assert read == [[squeezed(words(cell)) for cell in row] for row in samples.ROWS]


def test_numbers_read_as_they_are_written_in_vietnamese(pages_text):
    (text,) = pages_text(render([samples.form()]))
    in_order(
        text, ("1.234", "99,66 %", "23/11/2026", "09:14 23/11/2026", "—", "99,99 %", "Tổng cộng 1.241", "100,00 %")
    )


def test_head_table_notes_and_signatures_stand_in_their_order(pages_text, inks):
    pdf = render([samples.form()])
    (text,) = pages_text(pdf)
    assert "Biểu số II.06a/VPCP/KSTT" in text and "TÌNH HÌNH, KẾT QUẢ" in text
    in_order(
        text,
        (
            "Đơn vị tính: Số hồ sơ TTHC",
            "Tiếp nhận",
            "(1)",
            "(8)",
            "Đối chiếu: (3) 1241 = 1241.",
            "Mường Than, ngày 23 tháng 11 năm 2026",
            "NGƯỜI LẬP BIỂU",
        ),
    )
    assert "Đơn vị nhận báo cáo: Văn phòng UBND tỉnh Lai Châu" in text and "Giàng Văn Mẫu" in text
    for page in inks(pdf):
        check_page(page, PAPERS[Paper.LANDSCAPE])


def test_blocks_of_the_head_stand_side_by_side(inks):
    (page,) = inks(render([samples.form()]))
    starts = [next(ink for ink in page if ink.words.startswith(said)) for said in ("Biểu", "TÌNH", "- Đơn vị báo")]
    assert starts[0].left < starts[1].left < starts[2].left
    assert max(ink.top for ink in starts) - min(ink.top for ink in starts) < 4


@pytest.mark.parametrize("paper", list(Paper))
def test_long_tables_go_on_with_their_captions(paper, pages_text, inks):
    rows = [(n, f"Lĩnh vực {n} " + "rất dài " * (n % 4), n, n, None, None, None, "") for n in range(1, 150)]
    content = samples.form(paper=paper, section={"grid": Grid(samples.COLUMNS, rows)})
    pdf = render([content])
    pages = pages_text(pdf)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "(1) (2) (3) (4) (5) (6) (7) (8)" in page or number == len(pages)
        assert f"Trang {number}/{len(pages)}" in page
    read = rows_of(inks(pdf), PAPERS[paper], samples.COLUMNS, head=4)
    assert [row[0] for row in read] == [str(n) for n in range(1, 150)]


def test_signatures_never_stand_alone(pages_text):
    for count in range(14, 34):
        rows = [(n, "Hộ tịch", n, n, None, None, None, "") for n in range(count)]
        *_, last = pages_text(render([samples.form(section={"grid": Grid(samples.COLUMNS, rows)})]))
        assert "THỦ TRƯỞNG" in last and "Đối chiếu" in last


def test_a_table_without_rows_says_why(pages_text):
    text = " ".join(pages_text(render([samples.pack()])))
    assert "3. Quá hạn Không thiếu gì. Không có." in text


def test_strips_stand_framed_above_the_figures(pages_text):
    text = " ".join(pages_text(render([samples.pack()])))
    in_order(text, ("1. Diễn biến", "SỐ LIỆU CHƯA KHỚP: TN-MT-261123-0001.", "Tỷ lệ đúng hạn", "Kỳ Tiếp nhận"))


def test_a_practice_document_says_so_on_every_page(pages_text):
    rows = [(n, "Hộ tịch", n, n, None, None, None, "") for n in range(80)]
    pages = pages_text(render([samples.form(overlay="BẢN TẬP HUẤN", section={"grid": Grid(samples.COLUMNS, rows)})]))
    assert len(pages) > 1 and all("BẢN TẬP HUẤN" in page for page in pages)


def test_each_document_begins_a_page_and_counts_its_own(pages_text):
    first, second = pages_text(render([samples.form(), replace(samples.form(), head=samples.TITLE_HEAD)]))
    assert "TÌNH HÌNH" in first and "TÀI LIỆU HỌP" in second and "Trang" not in first + second


def test_the_same_content_gives_the_same_bytes():
    first = render([samples.pack(), samples.pack()])
    render([samples.form()])
    assert render([samples.pack(), samples.pack()]) == first


def test_progress_is_told_and_may_stop_the_work():
    told = []

    def listen(done, total):
        told.append((done, total))
        return done < 400

    rows = [(n, "Hộ tịch", n, n, None, None, None, "") for n in range(1000)]
    content = samples.form(section={"grid": Grid(samples.COLUMNS, rows)})
    assert render([content], progress=listen) is None
    assert told == [(0, 1000), (200, 1000), (400, 1000)]
    told.clear()
    pdf = render([samples.form()], progress=lambda *now: told.append(now) or True)
    assert pdf is not None and page_count(pdf) == 1 and told[-1] == (4, 4)
