"""Verbs that show or write out personal data leave a line in the access log, and no refusal repeats a whole number."""

import hashlib
from pathlib import Path

import openpyxl
import pytest

NUMBER = "012195000002"


@pytest.fixture
def home(live_home, registered):
    """A live register with one dossier."""
    assert registered(live_home) == "TN-MT-261123-0001"
    return live_home


def lines(ask, home, *words):
    return ask("access", *words, data=home).json["rows"]


def test_show_find_and_list_say_who_looked_and_with_which_verb(home, ask):
    ask("show", "TN-MT-261123-0001", "--clerk", "truc", data=home)
    ask("find", NUMBER, "--clerk", "truc", data=home)
    ask("find", "không ai như thế", "--clerk", "truc", data=home)
    ask("act", "TN-MT-261123-0001", "finish", data=home)
    ask("list", "ready", data=home)
    ask("list", "overdue", data=home)

    told = [(row["event"], row["clerk"], row["about"], row["why"]) for row in lines(ask, home)]

    assert told[1:] == [
        ("search", "truc", "“0121****0002”, 1 dòng", "lệnh find"),
        ("view", "truc", "TN-MT-261123-0001", "lệnh show"),
    ]
    assert told[0] == ("view", "quay1", "ready, 1 dòng", "lệnh list")


def test_a_paper_that_is_written_out_stands_there_with_its_hash(home, ask, tmp_path):
    paper = tmp_path / "mau-01.pdf"
    ask("form", "TN-MT-261123-0001", "receipt", "-o", paper, data=home)
    ask(
        "form", "-", "register_book", "--from", "2026-11-01", "--to", "2026-11-30", "-o", tmp_path / "so.pdf", data=home
    )

    book, receipt = lines(ask, home)

    assert receipt["event"] == book["event"] == "export"
    assert receipt["dossier"] == "TN-MT-261123-0001" and book["dossier"] is None
    assert hashlib.sha256(paper.read_bytes()).hexdigest()[:16] in receipt["about"]


def test_the_log_narrows_to_days_a_person_and_a_dossier(home, ask, clock):
    ask("show", "TN-MT-261123-0001", "--clerk", "truc", data=home)
    clock.now = clock.now.replace(day=25)
    ask("show", "TN-MT-261123-0001", data=home)

    assert len(lines(ask, home, "--from", "2026-11-23", "--to", "2026-11-25")) == 2
    assert len(lines(ask, home, "--from", "2026-11-24", "--to", "2026-11-25")) == 1
    assert len(lines(ask, home, "--from", "2026-11-23", "--to", "2026-11-25", "--person", "truc")) == 1
    assert len(lines(ask, home, "--from", "2026-11-23", "--to", "2026-11-25", "--dossier", "TN-MT-261123-0001")) == 2
    assert len(lines(ask, home, "--from", "2026-11-23", "--person", "TRUC")) == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--dossier", "TN-MT-261123-0009"), "unknown_dossier"),
        (("--person", "trucc"), "unknown_clerk"),
        (("--from", "2026-11-25", "--to", "2026-11-23"), "from_after_to"),
        (("--to", "2026-11-20"), "from_after_to"),
    ],
)
def test_what_nobody_can_have_looked_at_is_refused_rather_than_answered_with_nothing(home, ask, asked, code):
    assert ask("access", *asked, data=home).error["code"] == code


def test_what_the_program_itself_wrote_down_can_be_asked_for_though_it_is_nobody(home, ask):
    assert lines(ask, home, "--person", "chương trình") == []


def test_the_log_for_a_report_of_a_breach_is_a_file_and_itself_an_export(home, ask, tmp_path):
    ask("show", "TN-MT-261123-0001", data=home)
    told = ask("access", "-o", tmp_path / "nhat-ky.xlsx", "--clerk", "truc", data=home).json

    assert told["file"] == str(tmp_path / "nhat-ky.xlsx") and (tmp_path / "nhat-ky.xlsx").stat().st_size > 1000
    newest = lines(ask, home)[0]
    assert (newest["event"], newest["clerk"]) == ("export", "truc") and "Nhật ký truy cập" in newest["about"]


@pytest.mark.parametrize("typed", [NUMBER, "0121 9500 0002"])
def test_a_refusal_does_not_repeat_an_identity_number(home, ask, motcua, typed):
    refused = ask("show", typed, data=home)

    assert refused.exit_code == 2 and NUMBER not in refused.out.replace(" ", "")
    assert "0121****0002" in refused.error["message"]
    assert NUMBER not in motcua("show", NUMBER, data=home).err


def test_what_is_shown_without_a_known_name_is_not_shown(home, ask):
    refused = ask("show", "TN-MT-261123-0001", "--clerk", "người lạ", data=home)

    assert refused.error["code"] == "unknown_clerk" and "Vàng" not in refused.out


def test_retention_is_listed_changed_and_what_is_over_its_time_destroyed(home, ask, clock, tmp_path):
    ask("form", "TN-MT-261123-0001", "receipt", "-o", tmp_path / "a.pdf", data=home)
    clock.now = clock.now.replace(year=2029)

    rows = {row["kind"]: row for row in ask("retention", "list", data=home).json["rows"]}
    assert rows["papers"]["due"] > 0 and rows["old_entries"]["months"] == 0
    assert ask("retention", "keep", "papers", "0", data=home).error["code"] == "bad_months"
    assert ask("retention", "destroy", "--reason", " ", data=home).error["code"] == "needs_reason"

    done = ask("retention", "destroy", "--kind", "papers", "--reason", "Hết thời hạn lưu", data=home).json
    assert done["destroyed"] == {"papers": rows["papers"]["due"]} and done["protocol"].endswith(".pdf")
    assert ask("retention", "destroy", "--reason", "Hết hạn", data=home).error["code"] == "nothing_due"
    Path(done["protocol"]).unlink()
    assert ask("retention", "list", data=home).json["protocols"] == [done["protocol"]]
    assert ask("retention", "list", data=home).json["protocols"] == []
    assert ask("check", data=home).exit_code == 0


def test_what_is_of_other_fields_is_not_told_to_whom_it_is_not(ask, registered, practice_home, tmp_path):
    code = registered(practice_home)
    here = {"data": practice_home}
    ask("people", "add", "lan", "Vàng Thị Lan", "--role", "reception", "--field", "Đất đai", "--clerk", "quay1", **here)
    name = ask("find", code, "--clerk", "truc", **here).json["rows"][0]["applicant"]
    of_a_list = ("list", "overdue", "--at", "2026-12-23T10:00:00")
    assert [row["code"] for row in ask(*of_a_list, "--clerk", "truc", **here).json["rows"]] == [code]
    assert ask("find", name, "--clerk", "lan", **here).json == {"rows": []}
    assert ask(*of_a_list, "--clerk", "lan", **here).json == {"rows": []}
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    for words in (
        ("find", code),
        ("show", code),
        ("book", "find", name),
        ("form", "-", "register_book", *days, "-o", tmp_path / "so.pdf"),
    ):
        told = ask(*words, "--clerk", "lan", **here)
        assert (told.exit_code, told.error["code"]) == (2, "other_field"), words
    behind = ("report", *days, "--behind", "received_total", "--format", "xlsx", "-o", tmp_path / "danh-sach.xlsx")
    for clerk, there in (("truc", True), ("lan", False)):
        assert ask(*behind, "--clerk", clerk, **here).exit_code == 0
        sheet = openpyxl.load_workbook(tmp_path / "danh-sach.xlsx").active
        cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
        assert code in cells and (name in cells) == there
