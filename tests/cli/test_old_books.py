"""motcua book: last year's book brought in and found again by command line."""

import pytest

from tests.cli.conftest import assert_sentence
from tests.office import old_book_files as files


@pytest.fixture
def old_book(tmp_path):
    rows = (files.plain_row(), files.plain_row(2, "Lò Văn Ví", received="31/02/2025"))
    return files.plain_book(tmp_path / "so-2025.xlsx", *rows)


def test_a_dry_run_tells_everything_and_writes_nothing(ask, live_home, old_book):
    told = ask("book", "import", old_book, "--dry-run", data=live_home)
    assert told.exit_code == 0
    assert (told.json["new"], told.json["known"], told.json["warnings"]) == (1, [], [])
    assert told.json["rejected"] == [
        {"row": 3, "reason": "Ngày nhận “31/02/2025” không đọc được.", "sheet": "Sổ năm 2025"}
    ]
    assert told.json["columns"]["applicant"] == "Họ và tên"
    assert "seq" not in told.json
    assert ask("book", "find", "vang", data=live_home).json == {"rows": []}


def test_a_book_is_brought_in_once_and_found_as_imported(ask, motcua, live_home, old_book):
    done = ask("book", "import", old_book, "--clerk", "truc", data=live_home)
    assert (done.exit_code, done.json["new"]) == (0, 1)
    assert done.json["seq"] > 0
    (row,) = ask("book", "find", "vang di", data=live_home).json["rows"]
    assert (row["imported"], row["file"], row["row"]) == (True, "so-2025.xlsx", 2)
    assert (row["applicant"], row["received_on"], row["handed_over_on"]) == ("Vàng Thị Dí", "2025-02-03", "2025-02-04")
    assert "011185000123" not in str(row)
    again = ask("book", "import", old_book, data=live_home)
    assert (again.exit_code, again.json["new"], len(again.json["known"])) == (0, 0, 1)
    assert ask("find", "vang di", data=live_home).json == {"rows": []}
    assert ask("verify-chain", data=live_home).json["verdict"] == "intact"
    shown = motcua("book", "find", "vang di", data=live_home)
    assert "nhập từ so-2025.xlsx, dòng 2" in shown.out


def test_a_file_of_which_nothing_can_be_used_ends_with_two(motcua, live_home, tmp_path):
    path = files.plain_book(tmp_path / "so.xlsx", files.plain_row(received=None))
    told = motcua("book", "import", path, data=live_home)
    assert told.exit_code == 2
    assert "Dòng 2: Thiếu ngày nhận." in told.out


def test_what_is_no_book_is_refused(ask, live_home, tmp_path):
    path = files.plain_book(tmp_path / "gia.xlsx", heading=("Tên hàng", "Giá"))
    told = ask("book", "import", path, data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "no_book")
    assert_sentence(told.error["message"])


def test_a_wrong_book_is_taken_back(ask, motcua, live_home, old_book):
    seq = ask("book", "import", old_book, data=live_home).json["seq"]
    (listed,) = ask("book", "list", data=live_home).json["rows"]
    assert (listed["seq"], listed["rows"], listed["file"]) == (seq, 1, "so-2025.xlsx")
    assert ask("book", "undo", seq, "--reason", " ", data=live_home).error["code"] == "needs_reason"
    assert ask("book", "undo", seq, "--reason", "nhầm xã", data=live_home).json == {"seq": seq}
    assert ask("book", "find", "vang", data=live_home).json == {"rows": []}
    assert "Chưa nhập sổ nào." in motcua("book", "list", data=live_home).out
    told = ask("book", "undo", seq, "--reason", "nhầm xã", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "taken_back")
    assert ask("verify-chain", data=live_home).json["verdict"] == "intact"
    assert ask("book", "import", old_book, data=live_home).json["new"] == 1
