"""The wall by command line: sheets as PDF, what is stale, what was put up or taken down, what a scan says."""

import hashlib
import json

import pypdfium2
import pytest

from desktop.rules import sheet_codes

STEP = ("--at", "2026-11-23T09:20")
SECOND = "1.004873"


@pytest.fixture
def wall(ask, practice_home):
    """Ask ``posting …`` of a practice register; the answer must be good."""

    def asked(*words, **more):
        told = ask("posting", *words, data=practice_home, **more)
        assert told.exit_code == 0, told
        return told.json

    return asked


def text_of(file):
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_the_wall_of_a_field_of_a_procedure_and_of_everything(wall, tmp_path):
    file = tmp_path / "f.pdf"
    one = wall("--code", "1.001193", "-o", file)
    assert one == {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "pages": 1}
    assert "Thủ tục đăng ký khai sinh" in text_of(file) and "BẢN TẬP HUẤN" in text_of(file)
    field = wall("--field", "ho tich", "-o", file)
    assert 41 < field["pages"] < 120 and "Mã: 1.001193 – tờ 22.11" in text_of(file)
    large = wall("--field", "Hộ tịch", "--size", "A3", "-o", file)
    assert large["pages"] == field["pages"]
    with pypdfium2.PdfDocument(file) as document:
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [297, 420]
    assert wall("-o", file)["pages"] > 600


def test_a_day_ahead_says_so_on_its_sheets(wall, tmp_path):
    wall("--code", "1.001193", "--on", "2026-12-01", "-o", tmp_path / "f.pdf")
    assert "Áp dụng từ ngày 01/12/2026; không dán trước ngày này." in text_of(tmp_path / "f.pdf")


def test_what_is_put_up_is_right_until_a_decision_changes_it(wall, ask, motcua, practice_home, tmp_path):
    posted = wall("post", "1.001193", SECOND, "--board", "Bảng 1", *STEP)
    assert posted["sheets"] == ["1.001193", SECOND]
    before = wall("stale", "--on", "2026-12-01")
    assert (before["right"], before["replace"], before["take_down"], before["rows"]) == (2, 0, 0, [])
    assert before["put_up"] == len(before["missing"]) > 500
    shown = ask("procedures", "show", SECOND, data=practice_home).json
    edited = {
        "code": SECOND,
        "name": shown["name"],
        "field": shown["field"],
        "result": "Giấy mới",
        "limit": shown["limit"],
    }
    (tmp_path / "sua.json").write_text(json.dumps(edited), "utf-8")
    told = ask(
        *("procedures", "edit", tmp_path / "sua.json", "--decision", "01/QĐ-UBND", "--effective", "2026-12-01"),
        data=practice_home,
    )
    assert told.exit_code == 0, told
    after = wall("stale", "--on", "2026-12-01", "-o", tmp_path / "thay.pdf")
    assert (after["on"], after["right"], after["replace"], after["take_down"]) == ("2026-12-01", 1, 1, 0)
    (row,) = after["rows"]
    assert list(row) == [
        *("sheet", "mark", "title", "do", "board", "slot", "why", "fields", "decision", "since"),
    ]
    assert (row["sheet"], row["do"], row["board"], row["decision"]) == (SECOND, "replace", "Bảng 1", "01/QĐ-UBND")
    assert row["since"] == "2026-12-01" and "kết quả thực hiện" in row["fields"]
    assert after["file"] == str(tmp_path / "thay.pdf")
    plain = motcua("posting", "stale", "--on", "2026-12-01", data=practice_home)
    assert plain.out.startswith("Đúng 1, thay 1, dán mới") and "Bảng 1" in plain.out


def test_a_scan_of_each_sheet_is_answered_and_a_foreign_one_does_not_verify(wall, ask, motcua, practice_home):
    wall("post", "1.001193", *STEP)
    version = wall("hung", "--on", "2026-11-23")["rows"][0]["version"]
    text = sheet_codes.sheet_text("1.001193", version, practice=True)
    told = wall("scan", stdin=f"{text}\n{text.lower()}\n".encode())
    assert [row["verdict"] for row in told["rows"]] == ["current", "current"]
    assert told["rows"][0]["words"] == "Đúng" and told["rows"][0]["places"] == [{"board": "", "slot": ""}]
    bad = ask("posting", "scan", stdin=b"NIEM YET 1.001193 BAN 000000000000 TAP HUAN", data=practice_home)
    assert (bad.exit_code, bad.json["rows"][0]["verdict"]) == (4, "unknown")
    assert motcua("posting", "scan", stdin=text.encode(), data=practice_home).out.startswith("Đúng: 22.11")


def test_what_hung_on_a_day_and_what_was_taken_down_or_undone(wall, tmp_path):
    wall("post", "1.001193", "PHAN ANH", *STEP)
    down = wall("take-down", "1.001193", "--at", "2026-11-24T08:00")
    assert [row["sheet"] for row in wall("hung", "--on", "2026-11-23")["rows"]] == ["1.001193", "PHAN ANH"]
    assert [row["sheet"] for row in wall("hung", "--on", "2026-11-24")["rows"]] == ["PHAN ANH"]
    assert wall("undo", down["event"], "--at", "2026-11-24T08:00:30")["sheets"] == ["1.001193"]
    told = wall("hung", "--on", "2026-11-24", "--full", "-o", tmp_path / "h.pdf")
    assert len(told["rows"]) == 2 and told["pages"] >= 3
    row = told["rows"][0]
    assert list(row) == ["sheet", "mark", "title", "version", "board", "slot", "posted_at", "clerk"]
    assert "NIÊM YẾT CUỐI NGÀY 24/11/2026" in text_of(tmp_path / "h.pdf")


def test_facts_of_the_wall_are_told_and_listed(wall, motcua, practice_home, tmp_path):
    told = wall("set", "feedback_phone=0213 000 000", "desks=Hộ tịch / Đất đai", "language=Tiếng Thái")
    assert (told["feedback_phone"], told["desks"]) == ("0213 000 000", ["Hộ tịch", "Đất đai"])
    assert wall("set") == told
    wall("bring", "1.001193", "--kind", "text", "--language", "Tiếng Thái", "--text", "chữ ví dụ")
    wall("--code", "1.001193", "-o", tmp_path / "f.pdf")
    assert "12. Tiếng Thái chữ ví dụ" in text_of(tmp_path / "f.pdf")
    assert "desks: Hộ tịch / Đất đai" in motcua("posting", "set", data=practice_home).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "usage"),
        (["-o", "{}/none/f.pdf"], "cannot_write"),
        (["--field", "không có", "-o", "{}/f.pdf"], "unknown_field"),
        (["--code", "9.999999", "-o", "{}/f.pdf"], "unknown_procedure"),
        (["--size", "A5", "-o", "{}/f.pdf"], "usage"),
        (["--on", "mai", "-o", "{}/f.pdf"], "bad_date"),
        (["post"], "usage"),
        (["post", "nosuch"], "unknown_sheet"),
        (["post", "1.001193", "--on", "2026-01-01"], "day_over"),
        (["take-down", "1.001193"], "not_hanging"),
        (["undo", "1"], "nothing_to_undo"),
        (["undo", "x"], "usage"),
        (["set", "phone=1"], "usage"),
        (["bring", "1.001193", "--kind", "picture", "--file", "{}/none.png"], "no_file"),
        (["hung", "-o", "{}/f.pdf"], "nothing_posted"),
        (["nosuch"], "usage"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(ask, practice_home, tmp_path, unchanged, words, code):
    with unchanged(practice_home):
        told = ask("posting", *(word.format(tmp_path) for word in words), data=practice_home)
    assert (told.exit_code, told.error["code"]) == (2, code)
    assert not (tmp_path / "f.pdf").exists()
