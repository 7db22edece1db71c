"""Taking in a dossier from JSON: the answer as promised, and refusals that name their reason and change nothing."""

import json
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import stored

CODE = "TN-MT-261123-0001"


def person(**changes):
    """The changes of a dossier whose applicant differs."""
    return {"applicant": {"name": "Vàng Thị Ví Dụ", "id_number": "012195000002"} | changes}


def test_the_answer_has_the_code_both_moments_and_the_receipt(ask, live_home, dossier):
    told = ask("register", "-", data=live_home, stdin=dossier())
    assert told.exit_code == 0
    assert list(told.json) == ["code", "received_at", "due_at", "receipt"]
    assert told.json["code"] == CODE
    assert told.json["received_at"] == "2026-11-23T09:14:00+07:00"
    assert told.json["due_at"] == "2026-11-27T17:00:00+07:00"
    assert Path(told.json["receipt"]).read_bytes().startswith(b"%PDF")


def test_a_file_serves_as_well_as_standard_input(motcua, live_home, dossier, tmp_path):
    file = tmp_path / "hồ sơ.json"
    file.write_text("\ufeff" + json.dumps(dossier(), ensure_ascii=False), encoding="utf-8")
    told = motcua("register", file, data=live_home)
    assert (told.exit_code, told.err) == (0, "")
    assert told.out.startswith(f"Đã tiếp nhận {CODE}, hẹn trả 17:00 Thứ Sáu 27/11/2026.\n")


@pytest.mark.parametrize(
    "changes",
    [
        {"papers": ...},
        {"case": "Cần xác minh"},
        {"procedure": "1004859"},
        {"procedure": "1.004859.000.00.00.H35"},
        {"channel": "online", "result_by": "online"},
        {"channel": "online", "filed_by": "helped"},
        {"channel": "online", "filed_by": None},
        {"channel": "post", "result_by": "post"},
        {"applicant": {"organisation": "Hợp tác xã Ví Dụ", "id_number": "0123456789"}},
        {"applicant": {"name": "Vàng Thị Ví Dụ", "id_number": None, "address": None, "phone": None}},
        {"applicant": {"name": "Vàng Thị Ví Dụ", "birth_date": "1995"}},
        {"principal": {"name": "Lò Văn Thử", "authority_paper": "Giấy ủy quyền 12/2026"}},
        {"receiving_unit": "Trung tâm xã Than Uyên", "solving_unit": "Văn phòng đăng ký đất đai", "sets": 2},
        {"note": "a" * 2000, "key": "k" * 200},
        {"clerk": "truc"},
        {"papers": [{"name": f"Giấy tờ {number}", "copies": number} for number in range(60)]},
        {"procedure": "1.008901", "case": ..., "limit": {"value": 2.5, "unit": "working_days"}},
    ],
    ids=lambda changes: json.dumps(changes, default=lambda _: "left out")[:60],
)
def test_what_cli_md_allows_is_taken_in(ask, live_home, dossier, changes):
    told = ask("register", "-", data=live_home, stdin=dossier(**changes))
    assert told.exit_code == 0, told
    assert ask("verify-chain", data=live_home).exit_code == 0


REFUSED = {
    "unknown procedure": ({"procedure": "9.999999"}, "unknown_procedure", "9.999999"),
    "no code at all": ({"procedure": "khai sinh"}, "unknown_procedure", "khai sinh"),
    "empty procedure": ({"procedure": ""}, "unknown_procedure", ""),
    "abolished procedure": ({"procedure": "2.001009", "case": ...}, "abolished_procedure", "bãi bỏ"),
    "replaced procedure": ({"procedure": "1.001776", "case": ...}, "replaced_procedure", "1.116909"),
    "missing case": ({"case": ...}, "missing", "Bổ sung thông tin hộ tịch; Thay đổi, cải chính"),
    "unknown case": ({"case": "khác"}, "unknown", "Bổ sung thông tin hộ tịch; Thay đổi, cải chính"),
    "case not asked for": ({"procedure": "1.001193"}, "not_allowed", "không chia trường hợp"),
    "limit not asked for": ({"limit": {"value": 3, "unit": "working_days"}}, "not_allowed", "danh mục"),
    "limit needed": ({"procedure": "1.008901", "case": ...}, "missing", "thời hạn"),
    "unknown channel": ({"channel": "fax"}, "bad_value", "fax"),
    "unknown typist": ({"channel": "online", "filed_by": "robot"}, "bad_value", "robot"),
    "typist of a dossier on paper": ({"filed_by": "self"}, "not_allowed", "trực tuyến"),
    "unknown way back": ({"result_by": "fax"}, "bad_value", "fax"),
    "unknown key": ({"procedur": "x"}, "unknown_key", "procedur"),
    "unknown key of a person": (person(age=3), "unknown_key", "age"),
    "unknown key of a paper": ({"papers": [{"name": "x", "pages": 2}]}, "unknown_key", "pages"),
    "no procedure": ({"procedure": ...}, "missing_key", "procedure"),
    "no channel": ({"channel": ...}, "missing_key", "channel"),
    "no applicant": ({"applicant": ...}, "missing_key", "applicant"),
    "paper without name": ({"papers": [{"originals": 1}]}, "missing_key", "name"),
    "empty name": (person(name=""), "missing", "họ tên"),
    "blank name": (person(name=" \u00a0 "), "missing", "họ tên"),
    "name without letters": (person(name="12345"), "no_letters", "chữ"),
    "name of 10,000 characters": (person(name="Vàng " * 2000), "too_long", "ký tự"),
    "control character": (person(name="Vàng\x07 Thị"), "control_character", "U+0007"),
    "nothing character": (person(name="Vàng\x00"), "control_character", "U+0000"),
    "right-to-left mark": (person(name="Vàng\u202e Thị"), "bidi_mark", "U+202E"),
    "damaged letter": (person(name="V\ufffdng"), "damaged_character", "U+FFFD"),
    "id of 11 digits": (person(id_number="01219500000"), "wrong_length", "đã gõ 11"),
    "id of 13 digits": (person(id_number="0121950000021"), "wrong_length", "đã gõ 13"),
    "id with a letter": (person(id_number="01219500000O"), "not_digits", "“O”"),
    "id of other digits": (person(id_number="٠١٢١٩٥٠٠٠٠٠٢"), "not_digits", "chữ số"),
    "future birth date": (person(birth_date="2026-11-24"), "in_future", "tương lai"),
    "birth date that is none": (person(birth_date="1995-02-30"), "not_a_date", "không có thật"),
    "phone with letters": (person(phone="09870OO001"), "not_digits", "“O”"),
    "short phone": (person(phone="113"), "wrong_length", "8 đến 15"),
    "odd gender": (person(gender="X"), "unknown", "Nam hoặc Nữ"),
    "odd mail": (person(email="vidu"), "bad_email", "ten@noi.vn"),
    "principal without paper": ({"principal": {"name": "Lò Văn Thử"}}, "missing", "ủy quyền"),
    "no sets": ({"sets": 0}, "out_of_range", "1 đến 99"),
    "huge number of sets": ({"sets": 10**300}, "out_of_range", "1 đến 99"),
    "negative copies": ({"papers": [{"name": "x", "copies": -1}]}, "out_of_range", "0 đến 999"),
    "blank key": ({"key": " \u200b"}, "missing", "Khóa"),
    "long key": ({"key": "k" * 201}, "too_long", "Khóa"),
    "long note": ({"note": "a" * 2001}, "too_long", "Ghi chú"),
    "text for a number": ({"sets": "1"}, "wrong_type", "số nguyên"),
    "half a set": ({"sets": 1.5}, "wrong_type", "số nguyên"),
    "number for a text": ({"procedure": 1.004859}, "wrong_type", "procedure"),
    "number for a name": (person(name=5), "wrong_type", "applicant.name"),
    "list for an object": ({"applicant": ["Vàng"]}, "wrong_type", "applicant"),
    "object for a list": ({"papers": {}}, "wrong_type", "papers"),
    "text for an object": ({"principal": "Lò Văn Thử"}, "wrong_type", "principal"),
    "text for a paper": ({"papers": ["Tờ khai"]}, "wrong_type", "papers"),
    "nothing for a text": ({"procedure": None}, "wrong_type", "procedure"),
    "truth for a text": ({"note": True}, "wrong_type", "note"),
    "time on a live register": ({"received_at": "2026-11-23T08:00"}, "time_from_outside", "received_at"),
    "stranger on a live register": ({"clerk": "ai"}, "unknown_clerk", "ai"),
    "control characters as clerk": ({"clerk": "\x00"}, "control_character", "U+0000"),
}


@pytest.mark.parametrize(("changes", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_dossier_that_cannot_be_taken_in_is_refused_and_changes_nothing(
    ask, live_home, dossier, unchanged, changes, code, says
):
    with unchanged(live_home):
        told = ask("register", "-", data=live_home, stdin=dossier(**changes))
    assert told.exit_code == 2
    assert told.error["code"] == code
    assert says in told.error["message"]


@pytest.mark.parametrize(
    ("value", "unit"),
    [(0, "working_days"), (-1, "months"), (99999, "working_days"), ("NaN", "months"), (1.3, "calendar_days")],
)
def test_a_typed_limit_must_be_one(ask, live_home, dossier, unchanged, value, unit):
    request = dossier(procedure="1.008901", case=..., limit={"value": value, "unit": unit})
    with unchanged(live_home):
        told = ask("register", "-", data=live_home, stdin=request)
    assert (told.exit_code, told.error["code"], told.error["field"]) == (2, "out_of_range", "limit")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" \n",
        b"{",
        b"\x00\x01\xfe\xff" * 50,
        "hồ sơ".encode("utf-16"),
        b'{"procedure": NaN}',
        b'{"sets": 1e999}',
        b'{"note": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"%PDF-1.4 ...",
    ],
    ids=lambda text: ascii(text[:16]),
)
def test_what_is_no_json_is_refused(ask, live_home, unchanged, text):
    with unchanged(live_home):
        told = ask("register", "-", data=live_home, stdin=text)
    assert (told.exit_code, told.error["code"]) == (2, "bad_json")


@pytest.mark.parametrize("value", [[], [{}], "x", None, 7, 1e30, True])
def test_json_that_is_no_object_is_refused(ask, live_home, unchanged, value):
    with unchanged(live_home):
        told = ask("register", "-", data=live_home, stdin=value)
    assert (told.exit_code, told.error["code"]) == (2, "wrong_type")
    assert told.error["message"].startswith("Phải là đối tượng")


def test_a_file_that_cannot_be_read_is_refused(ask, live_home, tmp_path, unchanged):
    for file in (tmp_path, tmp_path / "none.json"):
        with unchanged(live_home):
            told = ask("register", file, data=live_home)
        assert (told.exit_code, told.error["code"], told.error["file"]) == (2, "no_file", str(file))


def test_the_same_key_answers_the_same_and_keeps_one_dossier(ask, clock, live_home, dossier, unchanged):
    first = ask("register", "-", data=live_home, stdin=dossier())
    clock.now += timedelta(hours=2)
    with unchanged(live_home):
        again = ask("register", "-", data=live_home, stdin=dossier())
        short = ask("register", "-", data=live_home, stdin=dossier(procedure="1004859"))
    assert first.json == again.json == short.json


def test_the_same_key_for_another_dossier_is_refused(ask, live_home, dossier, registered, unchanged):
    registered(live_home)
    for changes in ({"sets": 2}, {"procedure": "1.001193", "case": ...}, person(name="Lò Văn Thử")):
        with unchanged(live_home):
            told = ask("register", "-", data=live_home, stdin=dossier(**changes))
        assert (told.exit_code, told.error["code"], told.error["key"]) == (2, "key_reused", "khoa-1")


def test_without_a_key_each_request_is_a_dossier_of_its_own(ask, live_home, dossier):
    codes = [ask("register", "-", data=live_home, stdin=dossier(key=key)).json["code"] for key in (..., None, "")]
    assert codes == ["TN-MT-261123-0001", "TN-MT-261123-0002", "TN-MT-261123-0003"]


def test_decomposed_letters_are_stored_composed_and_found_without_marks(ask, live_home, dossier):
    name = unicodedata.normalize("NFD", "Vàng Thị Nguyễn Đượm")
    ask("register", "-", data=live_home, stdin=dossier(**person(name=name)))
    for text in ("duom", "VANG THI", "nguyễn", unicodedata.normalize("NFD", "nguyễn đượm"), "0002", "0121 9500 0002"):
        (row,) = ask("find", text, data=live_home).json["rows"]
        assert row["applicant"] == "Vàng Thị Nguyễn Đượm"


def test_a_practice_register_takes_the_moment_and_adds_the_clerk(ask, practice_home, dossier):
    told = ask("register", "-", data=practice_home, stdin=dossier(received_at="2026-03-02T08:10", clerk="lan"))
    assert told.json["code"] == "TN-MT-260302-0001"
    assert told.json["received_at"] == "2026-03-02T08:10:00+07:00"
    again = ask("register", "-", data=practice_home, stdin=dossier(key="2", clerk=" lan ", received_at="2026-03-01"))
    shown = ask("show", again.json["code"], data=practice_home).json
    assert [event["clerk"] for event in shown["events"]] == ["lan"]
    zoned = ask("register", "-", data=practice_home, stdin=dossier(key="3", received_at="2026-03-02T01:00:00Z"))
    assert zoned.json["received_at"] == "2026-03-02T08:00:00+07:00"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("hôm qua", "bad_moment"),
        ("2026-02-30T08:00", "bad_moment"),
        ("0001-01-01T00:00:00+14:00", "bad_moment"),
        ("9999-12-31T23:00:00-10:00", "bad_moment"),
        ("1996-01-01T08:00", "moment_absurd"),
        ("", "bad_moment"),
    ],
)
def test_a_moment_that_is_none_adds_neither_dossier_nor_clerk(ask, practice_home, dossier, unchanged, at, code):
    with unchanged(practice_home):
        told = ask("register", "-", data=practice_home, stdin=dossier(received_at=at, clerk="lan"))
    assert (told.exit_code, told.error["code"]) == (2, code)


@pytest.mark.parametrize("clerk", ["a" * 41, "\u202elan", "  \u200b "])
def test_a_clerk_without_a_usable_name_is_not_added(ask, practice_home, dossier, unchanged, clerk):
    with unchanged(practice_home):
        told = ask("register", "-", data=practice_home, stdin=dossier(clerk=clerk))
    assert told.exit_code == 2
    assert told.error["code"] in ("bad_clerk", "bidi_mark")


def test_a_clock_that_went_back_stops_a_live_register_only(ask, clock, live_home, practice_home, dossier, unchanged):
    for home in (live_home, practice_home):
        ask("register", "-", data=home, stdin=dossier())
    clock.now -= timedelta(minutes=1)
    with unchanged(live_home):
        told = ask("register", "-", data=live_home, stdin=dossier(key="2"))
    assert (told.exit_code, told.error["code"]) == (2, "clock_back")
    assert "Đồng hồ máy đang chỉ 09:13 23/11/2026" in told.error["message"]
    assert ask("register", "-", data=practice_home, stdin=dossier(key="2")).exit_code == 0


def test_where_there_is_no_register_nothing_is_made(ask, tmp_path, dossier):
    told = ask("register", "-", data=tmp_path / "none", stdin=dossier())
    assert (told.exit_code, told.error["code"]) == (2, "no_register")
    assert stored(tmp_path / "none") is None
