"""Tables of forms: heads in several rows, every cell where it belongs, no word broken that has room."""

import pytest

from desktop.documents.layout import A4, Sheet
from desktop.documents.pages import to_pdf
from desktop.documents.tables import Caption, Column, captions, table
from tests.paper.looking import check_page
from tests.paper.tables_read import rows_of

GROUPED = (
    Column("STT", 0.1, "center", mark="(1)"),
    Column("Tổng số", 0.15, "right", ("Tiếp nhận",), "(2)"),
    Column("Trực tuyến", 0.15, "right", ("Tiếp nhận", "Trong kỳ"), "(3)"),
    Column("Bưu chính", 0.15, "right", ("Tiếp nhận", "Trong kỳ"), "(4)"),
    Column("Trước hạn", 0.15, "right", ("Đã giải quyết",), "(5)"),
    Column("Ghi chú", 0.3, mark="(6)"),
)


def drawn(columns, rows, **more) -> bytes:
    sheet = Sheet(A4)
    table(sheet, columns, rows, **more)
    return to_pdf([sheet], title="Bảng", author="", subject="")


def test_a_plain_head_is_one_row_of_captions():
    found = captions((Column("A", 0.5), Column("B", 0.5)))
    assert found == (Caption("A", 0, 0, 1, 1), Caption("B", 0, 1, 1, 1))


def test_captions_span_what_stands_under_them():
    found = captions(GROUPED)
    assert [one for one in found if one.row == 0] == [
        Caption("STT", 0, 0, 3, 1),
        Caption("Tiếp nhận", 0, 1, 1, 3),
        Caption("Đã giải quyết", 0, 4, 1, 1),
        Caption("Ghi chú", 0, 5, 3, 1),
    ]
    assert [one for one in found if one.row == 1] == [
        Caption("Tổng số", 1, 1, 2, 1),
        Caption("Trong kỳ", 1, 2, 1, 2),
        Caption("Trước hạn", 1, 4, 2, 1),
    ]
    assert [one for one in found if one.row == 2] == [
        Caption("Trực tuyến", 2, 2, 1, 1),
        Caption("Bưu chính", 2, 3, 1, 1),
    ]
    assert [one.words for one in found if one.row == 3] == ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]


def test_every_square_of_a_head_is_covered_once():
    covered = [
        (row, column)
        for one in captions(GROUPED)
        for row in range(one.row, one.row + one.rows)
        for column in range(one.column, one.column + one.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(4) for column in range(6)]


def test_rows_and_sums_are_read_back_cell_by_cell(inks):
    rows = [[str(n), *(str(n * k) for k in range(1, 5)), f"dòng {n}\nhai hàng"] for n in range(1, 90)]
    pages = inks(drawn(GROUPED, rows, totals=[["", "1", "2", "3", "4", "Cộng"]]))
    assert len(pages) > 1
    for page in pages:
        check_page(page, A4)
    read = rows_of(pages, A4, GROUPED, head=4)
    assert read == [
        [cell.replace("\n", "").replace(" ", "") for cell in (*rows, ["", "1", "2", "3", "4", "Cộng"])[at]]
        for at in range(90)
    ]


def test_the_sum_never_stands_alone_on_a_page(inks):
    for count in range(30, 45):
        *_, last = inks(drawn(GROUPED, [["1"] * 6] * count, totals=[["Cộng"] * 6]))
        assert len(rows_of([last], A4, GROUPED, head=4)) > 1


@pytest.mark.parametrize("words", ["Trước hạn", "Trực tuyến", "Nghiêng ngả"])
def test_a_caption_is_broken_between_words(inks, words):
    (page,) = inks(drawn((Column(words, 0.105, "center"), Column("Rộng", 0.895)), []))
    said = [ink.words.strip() for ink in page if ink.kind == "text"]
    assert said == [*words.split(" "), "Rộng"]
