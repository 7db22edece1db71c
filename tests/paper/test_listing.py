"""A working list on paper: every row whole and in order, captions on every page, pages counted, nothing cut."""

import pytest

from desktop.documents.listing import PAPER, ListingContent, render
from tests.paper.looking import check_page, in_order, squeezed

LONG = " ".join(f"chứng thực bản sao từ bản chính lần {n}" for n in range(40))[:300]


def row(number: int, procedure: str = "Đăng ký khai sinh") -> tuple[str, ...]:
    return (
        f"Còn {number} ngày làm việc",
        "Vàng Thị Ví Dụ",
        procedure,
        f"H35.17.28-261123-{number:04d}",
        "09:14\n23/11/2026",
        "17:00\n27/11/2026",
        "Quầy\nĐã tiếp nhận",
    )


@pytest.fixture(scope="module")
def listing():
    def made(rows, **changed) -> ListingContent:
        given = {
            "title": "Sắp đến hạn",
            "centre_name": "Trung tâm Phục vụ hành chính công xã Mường Than",
            "told": "09:14 Thứ Hai 23/11/2026 – 2 hồ sơ – xếp theo ngày giờ hẹn",
            "rows": rows,
        }
        return ListingContent(**given | changed)

    return made


def test_a_list_names_its_unit_its_moment_and_its_columns(listing, pages_text):
    (text,) = pages_text(render(listing([row(1), row(2)])))
    in_order(
        text,
        (
            "Trung tâm Phục vụ hành chính công xã Mường Than DANH SÁCH HỒ SƠ Sắp đến hạn",
            "09:14 Thứ Hai 23/11/2026 – 2 hồ sơ – xếp theo ngày giờ hẹn",
            "STT Còn lại Người nộp Thủ tục Mã hồ sơ Nhận Hẹn trả Đang ở",
            "1 Còn 1 ngày làm việc Vàng Thị Ví Dụ Đăng ký khai sinh",
            "2 Còn 2 ngày làm việc",
        ),
    )
    assert "H35.17.28-261123-0002" in squeezed(text)
    assert "Trang" not in text


def test_each_page_is_counted_and_repeats_the_captions(listing, pages_text):
    pages = pages_text(render(listing([row(n) for n in range(1, 61)])))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert page.count("Còn lại Người nộp Thủ tục") == 1
        assert f"Trang {number}/{len(pages)}" in page
        if number > 1:
            assert page.startswith(f"DANH SÁCH HỒ SƠ – Sắp đến hạn – Trang {number}/{len(pages)}")
    drawn = squeezed(" ".join(pages))
    assert all(f"261123-{n:04d}" in drawn for n in range(1, 61))


def test_long_procedures_stand_whole_inside_the_frame(listing, pages_text, inks):
    pdf = render(listing([row(n, f"{LONG} số {n}") for n in range(8)]))
    assert squeezed(" ".join(pages_text(pdf))).count(squeezed(LONG)) == 8
    for page in inks(pdf):
        check_page(page, PAPER)


def test_the_same_list_gives_the_same_bytes_and_a_practice_one_says_so(listing, pages_text):
    rows = [row(n) for n in range(40)]
    assert render(listing(rows)) == render(listing(rows))
    pages = pages_text(render(listing(rows, overlay="BẢN TẬP HUẤN")))
    assert len(pages) > 1 and all("BẢN TẬP HUẤN" in page for page in pages)
