"""Mẫu 01 as a citizen reads it: every label in order, every copy marked, the same bytes each time."""

import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from desktop.documents.letterhead import Signer
from desktop.documents.receipt import Party, ReceiptContent, page_count, render
from tests.paper.looking import in_order

LABELS = (
    "ỦY BAN NHÂN DÂN",
    "TRUNG TÂM PHỤC VỤ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 15/-TTPVHCC",
    "Mường Than, ngày 23 tháng 11 năm 2026",
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Mã hồ sơ: TN-MT-261123-0015",
    "(Mã tiếp nhận tạm)",
    "Bản giao người nộp",
    "Trung tâm Phục vụ hành chính công xã Mường Than",
    "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Vàng Thị Ví Dụ",
    "Số định danh cá nhân/tổ chức: 012195000002",
    "Địa chỉ: Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
    "Số điện thoại: 0987 000 001",
    "Email: vidu@vidu.example",
    "Nội dung yêu cầu giải quyết: Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc (1.004859)",
    "Thành phần hồ sơ nộp gồm:",
    "1. Tờ khai đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch (01 bản chính)",
    "2. Giấy tờ làm căn cứ thay đổi, cải chính (01 bản chính, 02 bản sao)",
    "3. Giấy tờ tùy thân (xuất trình)",
    "Số lượng hồ sơ: 01 (bộ)",
    "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
    "Thời gian nhận hồ sơ: 09 giờ 14 phút, ngày 23 tháng 11 năm 2026",
    "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
    "Không tính ngày nhận và ngày nghỉ lễ 24/11 (Nghị quyết 28/2026/QH16).",
    "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Mường Than",
    "Vào Sổ theo dõi hồ sơ, Quyển số 02 Số thứ tự 1847",
    "NGƯỜI NỘP HỒ SƠ",
    "(Ký và ghi rõ họ tên)",
    "NGƯỜI TIẾP NHẬN HỒ SƠ",
    "Lò Thị Trực",
    "Khi đến nhận kết quả, mang theo Giấy này và giấy tờ tùy thân. Kết quả có thể có sớm hơn ngày hẹn.",
)


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_every_label_of_mau_01_stands_in_its_order(content, pages_text, size):
    pdf = render(content, size=size)
    assert page_count(pdf) == 1
    (text,) = pages_text(pdf)
    in_order(text, LABELS)
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_two_copies_are_two_pages_that_differ_by_their_mark(content, pages_text, size):
    pdf = render(content, size=size, copies=2)
    assert page_count(pdf) == 2
    citizen, counter = pages_text(pdf)
    assert "Bản giao người nộp" in citizen and "Bản lưu" not in citizen
    assert citizen.replace("Bản giao người nộp", "Bản lưu") == counter


def test_frozen_content_survives_json(content, principal):
    full = replace(content, principal=principal)
    stored = msgspec.json.encode(msgspec.to_builtins(full))
    thawed = msgspec.convert(msgspec.json.decode(stored), ReceiptContent)
    assert thawed == full
    assert render(thawed) == render(full)


def test_same_content_gives_the_same_bytes_in_another_process(content, tmp_path):
    stored = tmp_path / "content.json"
    stored.write_bytes(msgspec.json.encode(content))
    script = (
        "import sys, hashlib, msgspec; from pathlib import Path\n"
        "from desktop.documents.receipt import ReceiptContent, render\n"
        "content = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=ReceiptContent)\n"
        "sys.stdout.buffer.write(render(content, copies=2))"
    )
    render(replace(content, place="Ẫ Ỡ Ữ khác"))  # what was drawn before must leave no trace
    ours = render(content, copies=2)
    root = Path(__file__).parents[2]
    theirs = [
        subprocess.run(
            [sys.executable, "-c", script, str(stored)],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert theirs == [ours, ours]


def test_another_content_gives_other_bytes(content):
    assert render(content) != render(replace(content, entry_no="1848"))


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_an_authorised_person_brings_the_principal_with_every_field(content, principal, pages_text, size):
    text = " ".join(pages_text(render(replace(content, principal=principal), size=size)))
    in_order(
        text,
        (
            "Email: vidu@vidu.example",
            "Nộp theo ủy quyền của Ông (Bà): Giàng Thị Giả Định",
            "Địa chỉ: Bản Mẫu Ba, xã Mường Than, tỉnh Lai Châu",
            "Số định danh cá nhân: 012303000003",
            "Số điện thoại: 0912 000 003",
            "Email: giadinh@vidu.example",
            "Giấy tờ ủy quyền: Giấy ủy quyền số 05/2026, chứng thực tại UBND xã Mường Than",
            "Nội dung yêu cầu giải quyết:",
        ),
    )


@pytest.mark.parametrize(
    ("applicant", "words"),
    [
        (Party(organisation="Hợp tác xã Ví Dụ"), "Hợp tác xã Ví Dụ Số định danh"),
        (Party(organisation="Hợp tác xã Ví Dụ", name="Lò Văn Thử"), "Hợp tác xã Ví Dụ (người nộp: Lò Văn Thử) Số"),
    ],
)
def test_an_organisation_is_named_first(content, pages_text, applicant, words):
    (text,) = pages_text(render(replace(content, applicant=applicant)))
    assert f"Ông (Bà)/Tổ chức: {words}" in text


def test_what_is_not_known_leaves_dots_to_write_on(content, pages_text):
    bare = replace(content, applicant=Party(name="Lò Văn Thử"), papers=(), book_no="", entry_no="", collect_at="")
    (text,) = pages_text(render(bare))
    for label in ("tổ chức:", "Địa chỉ:", "điện thoại:", "Email:", "gồm: 1.", "Quyển số", "thứ tự", "kết quả tại:"):
        assert f"{label} ……" in text


def test_an_official_code_is_not_called_temporary(content, pages_text):
    (text,) = pages_text(render(replace(content, temporary=False, code="H35.17.28-261123-0001")))
    assert "Mã hồ sơ: H35.17.28-261123-0001" in text
    assert "tạm" not in text


def test_a_date_in_an_unconfirmed_year_says_so_in_the_box(content, pages_text):
    note = "Lịch nghỉ 2027 chưa xác nhận, ngày hẹn có thể đổi."
    (text,) = pages_text(render(replace(content, unconfirmed_note=note)))
    in_order(text, (content.why, note, "Đăng ký nhận kết quả tại:"))
    assert "chưa xác nhận" not in pages_text(render(content))[0]


def test_title_and_form_number_are_data(content, pages_text):
    signers = (Signer("BÊN GIAO", "(Ký)"), Signer("BÊN NHẬN", "(Ký số)"))
    other = replace(content, title_lines=("PHIẾU HẸN",), form_ref="Mẫu số 99", foot="Chữ cuối trang.", signers=signers)
    pdf = render(other)
    (text,) = pages_text(pdf)
    in_order(text, ("BÊN GIAO", "BÊN NHẬN", "Lò Thị Trực"))
    assert "PHIẾU HẸN" in text and "Chữ cuối trang." in text and "GIẤY TIẾP NHẬN" not in text
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_dict()["Subject"] == "Mẫu số 99"


def test_the_metadata_name_no_citizen(content):
    with pypdfium2.PdfDocument(render(content)) as document:
        said = document.get_metadata_dict()
    assert said["Title"] == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    assert said["Author"] == content.centre_name
    assert "Vàng" not in str(said) and content.code not in str(said)


def test_receipts_drawn_at_the_same_time_do_not_mix(content):
    """Reprints are drawn by a worker while the counter draws its own."""
    others = [replace(content, entry_no=str(number), place=f"Nơi thứ {number} Ẵ") for number in range(4)]
    alone = [render(other, copies=2) for other in others]
    with ThreadPoolExecutor(4) as workers:
        for _ in range(5):
            assert list(workers.map(lambda other: render(other, copies=2), others)) == alone
