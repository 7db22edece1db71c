"""``report`` and ``meeting`` on the command line: files as promised, refusals in words, and the register as it was."""

import io
import json
import shutil
import zipfile

import openpyxl
import pypdfium2
import pytest

from tests.cli.conftest import assert_sentence

WORDS = ("report", "--from", "2026-11-01", "--to", "2026-11-05")


def text_of(path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_the_table_as_pdf_and_as_workbook(motcua, month, tmp_path, unchanged):
    for as_ in ("pdf", "xlsx"):
        path = tmp_path / f"bieu.{as_}"
        with unchanged(month):
            answer = motcua(*WORDS, "--format", as_, "-o", path, "--json", data=month)
        assert answer.exit_code == 0 and answer.json == {"file": str(path)}
    assert "Tổng cộng 3 1 2 0 2 0 1 1 1 0 1" in text_of(tmp_path / "bieu.pdf")
    rows = openpyxl.load_workbook(tmp_path / "bieu.xlsx").active.iter_rows(values_only=True)
    assert (None, "Tổng cộng", 3, 1, 2, 0, 2, 0, 1, 1, 1, 0, 1) in rows


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("day", "PHIẾU SỐ LIỆU NGÀY"),
        ("month", "TÀI LIỆU HỌP RÚT KINH NGHIỆM"),
        ("quarter", "TÀI LIỆU HỌP RÚT KINH NGHIỆM"),
        ("review", "TÀI LIỆU HỌP RÚT KINH NGHIỆM"),
        ("progress", "CÔNG KHAI TIẾN ĐỘ GIẢI QUYẾT HỒ SƠ"),
        ("overdue", "DANH SÁCH HỒ SƠ QUÁ HẠN VÀ VIỆC XIN LỖI"),
        ("inspection", "MẪU HỒ SƠ RÚT NGẪU NHIÊN ĐỂ KIỂM TRA"),
    ],
)
def test_every_kind_in_both_formats(motcua, month, tmp_path, kind, title):
    for as_ in ("pdf", "xlsx"):
        answer = motcua(*WORDS, "--format", as_, "--kind", kind, "-o", tmp_path / f"a.{as_}", "--json", data=month)
        assert answer.exit_code == 0, answer
    text = text_of(tmp_path / "a.pdf")
    assert title in text and "BẢN TẬP HUẤN" in text
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_a_sample_is_drawn_by_size_and_seed(motcua, month, tmp_path):
    copied = shutil.copytree(month, tmp_path / "copy")
    drawn = []
    for data, name in ((month, "here.pdf"), (copied, "there.pdf")):
        words = ("--kind", "inspection", "--sample", "1", "--seed", "1", "--format", "pdf", "-o", tmp_path / name)
        assert motcua(*WORDS, *words, data=data).exit_code == 0
        drawn.append((tmp_path / name).read_bytes())
    assert drawn[0] == drawn[1] and "Rút 1 trong 3 hồ sơ" in text_of(tmp_path / "here.pdf")


def test_the_list_behind_a_column(motcua, month, tmp_path):
    path = tmp_path / "late.xlsx"
    assert (
        motcua(*WORDS, "--behind", "late", "--field", "Hộ tịch", "--format", "xlsx", "-o", path, data=month).exit_code
        == 0
    )
    sheet = openpyxl.load_workbook(path).active
    assert [row[1] for row in sheet.iter_rows(values_only=True) if row[0] == 1] == ["TN-MT-261102-0002"]


def test_the_signed_figures_and_the_evidence(motcua, month, tmp_path):
    assert motcua(*WORDS, "--format", "json", "-o", tmp_path / "a.json", data=month).exit_code == 0
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["body"]["total"][0] == 3
    assert motcua(*WORDS, "--format", "zip", "-o", tmp_path / "a.zip", data=month).exit_code == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())) as archive:
        assert "SHA256SUMS.txt" in archive.namelist()


def test_a_closed_day_is_had_signed(motcua, month, tmp_path):
    words = (
        "report",
        "--from",
        "2026-11-02",
        "--to",
        "2026-11-02",
        "--kind",
        "day",
        "--format",
        "json",
        "-o",
        tmp_path / "d",
    )
    assert motcua(*words, "--json", data=month).error["code"] == "day_not_closed"
    unanswered = motcua("close-day", "2026-11-02", "--json", data=month).error["dossiers"]
    answers = [word for code in unanswered for word in ("--answer", f"{code}=mất điện")]
    code = motcua("close-day", "2026-11-02", *answers, "--json", data=month).json["code"]
    assert motcua(*words, data=month).exit_code == 0
    assert json.loads((tmp_path / "d").read_text("utf-8"))["body"]["code"] == code


def test_one_dossier_or_none_is_a_report_too(motcua, practice_home, tmp_path):
    for as_ in ("pdf", "xlsx", "json", "zip"):
        assert motcua(*WORDS, "--format", as_, "-o", tmp_path / f"a.{as_}", data=practice_home).exit_code == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"--from": "2026-11-06"}, "from_after_to"),
        ({"--from": "2027-11-05", "--to": "2027-11-06"}, "period_in_future"),
        ({"--from": "0001-01-01"}, "far_away"),
        ({"--to": "9999-12-31", "--kind": "review"}, "far_away"),
        ({"--from": "2026-02-30"}, "bad_date"),
        ({"--from": "hôm qua"}, "bad_date"),
        ({"--format": "docx"}, "usage"),
        ({"--kind": "week"}, "usage"),
        ({"--sample": "0"}, "usage"),
        ({"--sample": "-3"}, "usage"),
        ({"--behind": "everything"}, "usage"),
        ({"--format": "json", "--kind": "progress"}, "no_such_format"),
        ({"--format": "zip", "--kind": "review"}, "no_such_format"),
        ({"--format": "json", "--kind": "day"}, "one_day_at_a_time"),
        ({"--format": "zip", "--behind": "late"}, "no_such_format"),
        ({"--from": "2026-03-01", "--to": "2026-03-02", "--kind": "inspection"}, "nothing_to_draw"),
        ({"-o": "/nowhere/a.pdf"}, "cannot_write"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(motcua, month, tmp_path, unchanged, changes, code):
    given = {"--from": "2026-11-01", "--to": "2026-11-05", "--format": "pdf", "-o": tmp_path / "none.pdf"} | changes
    with unchanged(month):
        refused = motcua("report", *(word for pair in given.items() for word in pair), "--json", data=month)
    assert refused.exit_code == 2 and refused.error["code"] == code
    assert_sentence(refused.error["message"])
    assert not (tmp_path / "none.pdf").exists()


def test_a_document_that_could_not_be_made_leaves_the_old_one(motcua, month, tmp_path):
    path = tmp_path / "old.pdf"
    path.write_bytes(b"as it was")
    words = ("report", "--from", "2027-11-05", "--to", "2027-11-06", "--format", "pdf", "-o", path)
    assert motcua(*words, data=month).exit_code == 2
    assert path.read_bytes() == b"as it was"


def test_what_a_meeting_decides_comes_back_in_the_next_pack(motcua, month, tmp_path):
    one = motcua(
        "meeting", "decide", "Dán mẫu tờ khai", "--who", "Lan", "--due", "2026-12-01", "--json", data=month
    ).json
    assert (one["number"], one["what"], one["due_on"], one["done_on"]) == (1, "Dán mẫu tờ khai", "2026-12-01", None)
    done = motcua("meeting", "done", "1", "--result", "đã dán", "--json", data=month).json
    assert (done["done_on"], done["result"]) == ("2026-11-23", "đã dán")
    assert motcua("meeting", "list", "--json", data=month).json == {"actions": [done]}
    assert (
        "1. Dán mẫu tờ khai (Lan, hạn 01/12/2026) – xong 23/11/2026: đã dán"
        in motcua("meeting", "list", data=month).out
    )
    words = ("report", "--from", "2026-11-15", "--to", "2026-11-23", "--kind", "month", "--format", "pdf")
    assert motcua(*words, "-o", tmp_path / "pack.pdf", data=month).exit_code == 0
    assert "Xong 23/11/2026: đã dán" in text_of(tmp_path / "pack.pdf")
    assert motcua("verify-chain", data=month).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("decide", " "), "empty_action"),
        (("decide", "Việc", "--due", "2026-11-22"), "due_before_decided"),
        (("decide", "Việc", "--due", "mai"), "bad_date"),
        (("done", "4", "--result", "xong"), "unknown_action"),
        (("done", "0", "--result", "xong"), "usage"),
        (("done", "một", "--result", "xong"), "usage"),
        ((), "usage"),
    ],
)
def test_a_meeting_that_says_nothing_is_refused(motcua, month, words, code, unchanged):
    with unchanged(month):
        refused = motcua("meeting", *words, "--json", data=month)
    assert refused.exit_code == 2 and refused.error["code"] == code
