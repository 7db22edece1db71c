"""Every kind of paper by command line: the file that was asked for, and a sentence where there is none."""

import hashlib
import sqlite3
from contextlib import closing

import pypdfium2
import pytest

from db.vocabulary import DocumentKind

CODE = "TN-MT-261123-0001"
DAY = ("--from", "2026-11-23", "--to", "2026-11-23")
#: What must have happened before a dossier has the paper, and its title.
BEFORE = {
    "receipt": ([], "GIẤY TIẾP NHẬN HỒ SƠ"),
    "supplement": ([("request_supplement", "--note", "thiếu bản chính")], "PHIẾU YÊU CẦU BỔ SUNG"),
    "refusal": ([("refuse", "--note", "không thuộc thẩm quyền")], "PHIẾU TỪ CHỐI TIẾP NHẬN"),
    "apology": ([("extend", "--to", "2026-12-02", "--note", "chờ xác minh")], "PHIẾU XIN LỖI"),
    "stop": ([("stop", "--note", "người nộp đề nghị")], "DỪNG GIẢI QUYẾT HỒ SƠ"),
    "control": ([("forward", "--to", "Phòng Kinh tế")], "PHIẾU KIỂM SOÁT"),
    "handover_list": ([("forward", "--to", "Phòng Kinh tế")], "PHIẾU BÀN GIAO HỒ SƠ"),
    "handover_receipt": ([("finish",), ("hand_over",)], "GIẤY BIÊN NHẬN"),
}


@pytest.fixture
def lived(ask, practice_home, registered):
    """A dossier of the practice register after some acts, a minute apart."""

    def live(acts, **changes):
        registered(practice_home, **changes)
        for minute, (event, *more) in enumerate(acts, start=15):
            told = ask("act", CODE, event, "--at", f"2026-11-23T09:{minute}", *more, data=practice_home)
            assert told.exit_code == 0, told
        return practice_home

    return live


def words(path) -> str:
    """Everything on the paper; a hyphen at the end of a line is read back as a control character."""
    with pypdfium2.PdfDocument(path) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.replace("\x02", "-").split())


@pytest.mark.parametrize("kind", BEFORE)
def test_a_paper_is_written_where_it_was_asked_for(ask, lived, tmp_path, kind):
    acts, title = BEFORE[kind]
    home, file = lived(acts), tmp_path / "giay.pdf"
    told = ask("form", CODE, kind, "-o", file, data=home)
    assert told.exit_code == 0, told
    assert told.json == {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "pages": 1}
    assert title in words(file) and CODE in words(file)
    assert "BẢN TẬP HUẤN" in words(file)


def test_a_fee_is_told_where_the_catalogue_knows_it(ask, lived, tmp_path):
    home, file = (
        lived([("fee_paid", "--set", "receipt_number=0001234")], procedure="2.000635", case=...),
        tmp_path / "phi.pdf",
    )
    assert ask("form", CODE, "fee_slip", "-o", file, "--clerk", "truc", data=home).exit_code == 0
    assert "(KHÔNG PHẢI BIÊN LAI)" in words(file)
    assert "Phí, lệ phí phải nộp: 8.000 đồng" in words(file) and "Biên lai đã thu số: 0001234" in words(file)
    assert "Lò Thị Trực" in words(file)


@pytest.mark.parametrize("kind", [kind for kind in BEFORE if BEFORE[kind][0] and kind != "control"])
def test_a_paper_that_a_dossier_does_not_have_is_refused(ask, lived, tmp_path, kind):
    told = ask("form", CODE, kind, "-o", tmp_path / "x.pdf", data=lived([]))
    assert told.exit_code == 2
    assert told.error["code"] in (f"no_{kind}", "nothing_forwarded", "not_handed_over")
    assert not (tmp_path / "x.pdf").exists()


def test_the_papers_of_a_period(ask, lived, tmp_path):
    home = lived([("forward", "--to", "Phòng Kinh tế")])
    for kind, title in (("register_book", "SỔ THEO DÕI HỒ SƠ"), ("handover_list", "PHIẾU BÀN GIAO HỒ SƠ")):
        file = tmp_path / f"{kind}.pdf"
        assert ask("form", "-", kind, *DAY, "-o", file, data=home).exit_code == 0
        assert title in words(file)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-", "register_book"], "usage"),
        (["-", "register_book", "--from", "2026-11-23"], "usage"),
        (["-", "register_book", "--from", "23/11/2026", "--to", "2026-11-23"], "bad_date"),
        (["-", "register_book", "--from", "2026-11-24", "--to", "2026-11-23"], "bad_period"),
        (["-", "register_book", "--from", "2025-11-01", "--to", "2025-11-30"], "empty_period"),
        (["-", "handover_list", *DAY], "nothing_forwarded"),
        (["-", "receipt", *DAY], "needs_dossier"),
        ([CODE, "register_book"], "needs_period"),
        (["TN-MT-261123-0009", "control"], "unknown_dossier"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_drawn_is_one_sentence(ask, lived, tmp_path, unchanged, words, code):
    home = lived([])
    with unchanged(home):
        told = ask("form", *words, "-o", tmp_path / "x.pdf", data=home)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_every_kind_is_tried_here():
    assert {*BEFORE, "fee_slip", "register_book"} == set(DocumentKind)


def test_a_corrected_receipt_supersedes_the_old_one(ask, lived, tmp_path):
    home = lived([("correct", "--note", "gõ sai tên", "--set", "applicant.name=Vàng Thị Ví Dụ Hai")])
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        query = "SELECT json_extract(content, '$.qr_text') FROM issued_document WHERE kind = 'receipt' ORDER BY id"
        old, new = (row[0] for row in file.execute(query))
    told = ask("verify-receipt", data=home, stdin=old.encode())
    assert (told.exit_code, told.json["verdict"], told.json["successor"]) == (0, "superseded", f"{CODE} bản 2")
    told = ask("verify-receipt", data=home, stdin=new.encode())
    assert (told.exit_code, told.json["verdict"]) == (0, "genuine")
    ask("form", CODE, "receipt", "-o", tmp_path / "giay.pdf", data=home)
    text = words(tmp_path / "giay.pdf")
    assert "Vàng Thị Ví Dụ Hai" in text and "Thay thế Giấy số 01/-TTPVHCC ngày 23/11/2026" in text
    assert "Số: 02/-TTPVHCC" in text
