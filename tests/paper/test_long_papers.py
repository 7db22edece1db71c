"""However much a receipt has to say, nothing is cut, nothing overlaps, nothing is too small to read."""

import re
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop.documents.layout import SIZES
from desktop.documents.receipt import Party, ReceiptPaper, page_count, render
from tests.paper.looking import check_page, squeezed

LONG_NAME = " ".join(f"Nguyễn Thị Ngọc Ánh{n}" for n in range(40))[:200]
LONG_REQUEST = " ".join(f"thủ tục đăng ký đất đai lần {n}" for n in range(40))[:300] + " (1.004859)"
LONG_MAIL = "rat.dai." * 20 + "@vidu.example"
PAPERS = tuple(
    ReceiptPaper(f"Giấy tờ thứ {n} " + "về quyền sử dụng đất " * (1 + n % 5), n % 3, (n + 1) % 3, n % 5 == 0)
    for n in range(1, 21)
)


@pytest.fixture(scope="module")
def crowded(content, principal, seal_text):
    code = "000.28.17.H35-230615-000151"
    return replace(
        content,
        code=code,
        temporary=False,
        superior_lines=("ỦY BAN NHÂN DÂN XÃ MƯỜNG THAN THUỘC TỈNH LAI CHÂU",),
        centre_lines=("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ MƯỜNG THAN", "ĐIỂM TIẾP NHẬN SỐ 1"),
        applicant=replace(content.applicant, name=LONG_NAME, organisation="Hợp tác xã " * 20, email=LONG_MAIL),
        principal=replace(principal, name=LONG_NAME, address="Bản Mẫu Ba, " * 20),
        request=LONG_REQUEST,
        papers=PAPERS,
        why="Không tính ngày nhận; nghỉ thứ Bảy, Chủ nhật 28–29/11, 05–06/12, 12–13/12 và ngày nghỉ lễ 24/11.",
        unconfirmed_note="Lịch nghỉ 2027 chưa xác nhận, ngày hẹn có thể đổi.",
        clerk_name=LONG_NAME,
        qr_text=seal_text(code),
    )


def body_of(pages: list[str], content) -> str:
    """The pages without their running heads and feet, joined."""
    parts = []
    for page in pages:
        page = re.sub(r"^Mã hồ sơ: .*? – Trang \d+/\d+ ", "", page)
        parts.append(page.partition(content.foot)[0])
    return squeezed(" ".join(parts))


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_crowded_receipt_keeps_every_word(crowded, pages_text, size):
    pages = pages_text(render(crowded, size=size))
    body = body_of(pages, crowded)
    for words in (
        f"{crowded.applicant.organisation.strip()} (người nộp: {LONG_NAME})",
        f"Email: {LONG_MAIL}",
        f"Nộp theo ủy quyền của Ông (Bà): {LONG_NAME}",
        f"Địa chỉ: {crowded.principal.address}",
        f"Nội dung yêu cầu giải quyết: {LONG_REQUEST}",
        *(f"{n}. {paper.name}" for n, paper in enumerate(PAPERS, start=1)),
        crowded.why,
        crowded.unconfirmed_note,
        f"(Ký và ghi rõ họ tên) {LONG_NAME}",
    ):
        assert squeezed(words) in body


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_crowded_receipt_stays_inside_its_margins_and_apart(crowded, inks, size):
    for page in inks(render(crowded, size=size, copies=2, reprint=3)):
        check_page(page, SIZES[size])


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_later_pages_repeat_code_and_copy_and_count(crowded, pages_text, size):
    pdf = render(crowded, size=size, copies=2)
    pages = pages_text(pdf)
    half = page_count(pdf) // 2
    assert half >= 2 and page_count(pdf) == len(pages) == 2 * half
    for mark, copy in (("Bản giao người nộp", pages[:half]), ("Bản lưu", pages[half:])):
        assert mark in copy[0]
        for number, page in enumerate(copy, start=1):
            if number > 1:
                assert page.startswith(f"Mã hồ sơ: {crowded.code} – {mark} – Trang {number}/{half} ")
            more = f"Trang {number}/{half} – xem tiếp trang sau"
            assert page.endswith(more) == (number < half)
            assert crowded.foot in page


@pytest.mark.parametrize("count", range(0, 21))
def test_signatures_never_stand_alone_on_a_page(content, pages_text, count):
    last = pages_text(render(replace(content, papers=PAPERS[:count]), size="A5"))[-1]
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in last
    assert last.index("Số thứ tự 1847") < last.index("NGƯỜI NỘP HỒ SƠ")


def test_an_ordinary_receipt_with_six_papers_still_fits_one_a5_page(content):
    papers = tuple(ReceiptPaper(f"Giấy tờ thứ {n}", originals=1) for n in range(6))
    assert page_count(render(replace(content, papers=papers), size="A5")) == 1


NAMES = st.text(alphabet="aăâeêioôơuưyđnghtcẤỆỖỮỴỲqQg-/(). ", max_size=260)


# Without shrinking: a failure of one page says enough, and shrinking twenty papers takes minutes.
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    name=NAMES,
    address=NAMES,
    request_words=NAMES,
    papers=st.lists(st.builds(ReceiptPaper, NAMES, st.integers(0, 99), st.integers(0, 99), st.booleans()), max_size=20),
    size=st.sampled_from(["A4", "A5"]),
)
def test_any_text_is_printed_whole_inside_the_margins(content, inks, name, address, request_words, papers, size):
    pdf = render(
        replace(
            content,
            applicant=Party(name=name, address=address),
            request=request_words,
            papers=tuple(papers),
        ),
        size=size,
    )
    pages = inks(pdf)
    for page in pages:
        check_page(page, SIZES[size])
    # Reading back drops a hyphen at the end of a line.
    drawn = squeezed("".join(ink.words for page in pages for ink in page)).replace("-", "")
    for words in (name, address, request_words, *(paper.name for paper in papers)):
        for word in words.split():
            if len(word) < 20:
                assert word.replace("-", "") in drawn
