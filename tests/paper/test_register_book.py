"""Mẫu 07: columns in order, every row whole, totals that add up on every page, and an end to it when asked."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest

from db.vocabulary import DocumentKind
from desktop.documents.pages import page_count
from desktop.documents.register_book import LANDSCAPE, BookContent, Row, Volume, render
from desktop.office import forms, opening
from tests.paper.looking import check_page, in_order, squeezed

ON = date(2026, 12, 31)
UNIT = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
FORM = forms.official(DocumentKind.REGISTER_BOOK, ON)


@pytest.fixture(scope="module")
def book() -> BookContent:
    return BookContent(
        form_ref=FORM.form_ref,
        title_lines=FORM.title_lines,
        superior_lines=UNIT.superior_lines,
        centre_lines=UNIT.centre_lines,
        place=UNIT.place,
        made_on=ON,
        centre_name=UNIT.centre_name,
        columns=FORM.columns,
        period="Từ ngày 01/01/2026 đến ngày 31/12/2026",
        total=60,
    )


def row(number: int, returned: bool = False, name: str = "Vàng Thị Ví Dụ", procedure: str = "Đăng ký khai sinh") -> Row:
    return Row(
        (
            str(number),
            f"TN-MT-\n261123-{number:04d}",
            procedure,
            name,
            "Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu\n0987 000 001",
            "UBND xã Mường Than",
            "09:14\n23/11/2026",
            "17:00\n27/11/2026",
            "10:00\n26/11/2026" if returned else "",
            "Tại quầy",
            "",
        ),
        returned,
    )


def volume(rows, number="01", year=2026) -> Volume:
    return Volume(f"Số: {number}/STD-TTPVHCC", f"Quyển số {number} – Năm {year}", rows)


def test_head_columns_and_row_stand_in_their_order(book, pages_text):
    (text,) = pages_text(render(book, [volume([row(1, returned=True)])]))
    in_order(
        text,
        (
            "ỦY BAN NHÂN DÂN XÃ MƯỜNG THAN TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
            "Số: 01/STD-TTPVHCC",
            "Mường Than, ngày 31 tháng 12 năm 2026",
            "SỔ THEO DÕI HỒ SƠ",
            "Quyển số 01 – Năm 2026",
            "Từ ngày 01/01/2026 đến ngày 31/12/2026",
            "Nhận và trả kết quả",
            "Vàng Thị Ví Dụ",
            "Cộng trang: 1 hồ sơ, đã trả 1",
            "Lũy kế trong kỳ: 1 hồ sơ, đã trả 1",
        ),
    )
    captions = [column.caption for column in FORM.columns]
    assert captions == [
        *("STT", "Mã hồ sơ", "Tên TTHC", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại"),
        *("Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả"),
        *("Phương thức nhận kết quả", "Ký nhận"),
    ]
    in_order(squeezed(text), map(squeezed, captions))


def test_cells_stand_below_their_captions(book, inks):
    (page,) = inks(render(book, [volume([row(1, returned=True)])]))
    top = min(ink.bottom for ink in page if ink.words == "Ký nhận")
    lefts = [
        next(ink.left for ink in page if ink.top < top and ink.words.startswith(words))
        for words in ("1 ", "TN-MT", "Đăng", "Vàng", "Bản Mẫu", "UBND", "09:14", "17:00", "10:00", "Tại quầy")
    ]
    edges = [LANDSCAPE.left + LANDSCAPE.measure * sum(c.share for c in FORM.columns[:n]) for n in range(12)]
    assert all(edges[n] < left < edges[n + 1] for n, left in enumerate(lefts))
    assert edges[11] == pytest.approx(LANDSCAPE.width - LANDSCAPE.right)


def totals(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"Cộng trang: (\d+) hồ sơ, đã trả (\d+)", text)[0]] + [
        int(number) for number in re.findall(r"Lũy kế trong kỳ: (\d+) hồ sơ, đã trả (\d+)", text)[0]
    ]


def test_every_page_adds_up_and_carries_on(book, pages_text):
    pages = pages_text(render(book, [volume([row(n, returned=n % 3 == 0) for n in range(1, 61)])]))
    assert len(pages) > 3
    rows = returned = 0
    for number, page in enumerate(pages, start=1):
        here, given, so_far, given_so_far = totals(page)
        rows, returned = rows + here, returned + given
        assert (so_far, given_so_far) == (rows, returned)
        assert here == len(re.findall(r"261123.\d{4}", page))
        assert "Nhận và trả kết quả" in page
        assert page.endswith(f" Trang {number}/{len(pages)}")
        if number > 1:
            assert page.startswith("SỔ THEO DÕI HỒ SƠ – Quyển số 01 – Năm 2026 ")
    assert (rows, returned) == (60, 20)


def test_each_book_begins_a_page_with_its_own_head_and_counts(book, pages_text):
    first, second = pages_text(render(book, [volume([row(1)]), volume([row(1), row(2)], "02")]))
    assert "Số: 01/STD" in first and "Quyển số 01" in first and totals(first) == [1, 0, 1, 0]
    assert "Số: 02/STD" in second and "Quyển số 02" in second and totals(second) == [2, 0, 2, 0]
    assert first.endswith("Trang 1/1") and second.endswith("Trang 1/1")


def test_each_book_counts_its_own_pages(book, pages_text, inks):
    volumes = [volume(row(n) for n in range(count)) for count in (5, 300, 40)]
    pdf = render(replace(book, total=345), volumes)
    told = [page.rsplit(" Trang ", 1)[1] for page in pages_text(pdf)]
    firsts = [at for at, number in enumerate(told) if number.startswith("1/")]
    assert len(firsts) == 3
    for start, end in pairwise([*firsts, len(told)]):
        assert told[start:end] == [f"{number}/{end - start}" for number in range(1, end - start + 1)]
    for page in inks(pdf):
        check_page(page, LANDSCAPE)


LONG = " ".join(f"thủ tục đăng ký đất đai lần {n}" for n in range(40))[:300]


def test_long_names_and_procedures_are_whole_inside_the_frame(book, pages_text, inks):
    rows = [row(n, n % 2 == 0, name="Nguyễn Thị Ngọc Ánh " * 10, procedure=f"{LONG} số {n}") for n in range(12)]
    pdf = render(replace(book, overlay=""), [volume(rows)])
    drawn = squeezed(" ".join(pages_text(pdf)))
    assert all(squeezed(f"số {n}") in drawn for n in range(12))
    assert drawn.count(squeezed(LONG)) == 12
    for page in inks(pdf):
        check_page(page, LANDSCAPE)


def test_a_row_taller_than_a_page_goes_on_in_the_next(book, pages_text, inks):
    long = " ".join(f"chữ{n}" for n in range(900))
    pdf = render(book, [volume([row(1, procedure=long)])])
    drawn = squeezed(" ".join(pages_text(pdf)))
    assert page_count(pdf) > 2
    assert all(f"chữ{n}" in drawn for n in range(900))
    for page in inks(pdf):
        check_page(page, LANDSCAPE)


def test_a_practice_book_says_so_on_every_page(book, pages_text):
    pages = pages_text(render(replace(book, overlay="BẢN TẬP HUẤN"), [volume(row(n) for n in range(30))]))
    assert len(pages) > 1 and all("BẢN TẬP HUẤN" in page for page in pages)


def test_the_same_rows_give_the_same_bytes(book):
    def drawn():
        return render(book, [volume(row(n) for n in range(30))])

    first = drawn()
    render(book, [volume([row(1, procedure="Ẫ Ỡ Ữ khác")])])
    assert drawn() == first
    with pypdfium2.PdfDocument(first) as document:
        assert document.get_metadata_dict()["Subject"] == FORM.form_ref


def test_progress_is_told_and_may_stop_the_work(book):
    told = []

    def listen(done, total):
        told.append((done, total))
        return len(told) < 3

    taken = []
    rows = (taken.append(n) or row(n) for n in range(10_000))
    assert render(book, [volume(rows)], progress=listen) is None
    assert len(taken) < 100
    assert [total for _, total in told] == [60] * 3
    assert told == sorted(told) and told[0][0] > 0
