"""Asking the law and the catalogue: with a register or without one, and without ever writing."""

import json

import pytest

CARD = "012195000002|123456789|Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022"
CASE = "Thay đổi, cải chính, xác định lại dân tộc"


@pytest.fixture(params=["with a register", "without one"])
def home(request, live_home, tmp_path):
    """A data folder that may have a register."""
    return live_home if request.param == "with a register" else tmp_path / "none"


def test_a_due_moment_comes_with_every_day_and_its_source(ask, home, unchanged):
    with unchanged(home):
        told = ask("due", "--received", "2026-11-23T09:14", "--procedure", "1.004859", "--case", CASE, data=home)
    assert told.exit_code == 0
    assert list(told.json) == ["due_at", "steps"]
    assert told.json["due_at"] == "2026-11-27T17:00:00+07:00"
    assert [(step["on"], step["counted"]) for step in told.json["steps"]] == [
        ("2026-11-23", 0),
        ("2026-11-24", 0),
        ("2026-11-25", 1),
        ("2026-11-26", 1),
        ("2026-11-27", 1),
    ]
    for step in told.json["steps"]:
        assert list(step) == ["on", "counted", "because", "source"]
        assert step["because"] and step["source"]


@pytest.mark.parametrize(
    ("words", "due_at"),
    [
        (["--limit", "3", "--unit", "working_days"], "2026-11-27T17:00:00+07:00"),
        (["--limit", "0.5", "--unit", "working_days"], "2026-11-23T17:00:00+07:00"),
        (["--limit", "7", "--unit", "calendar_days"], "2026-11-30T17:00:00+07:00"),
        (["--limit", "8", "--unit", "working_hours"], "2026-11-25T09:44:00+07:00"),
        (["--unit", "same_day"], "2026-11-23T17:00:00+07:00"),
        (["--procedure", "1001193"], "2026-11-23T17:00:00+07:00"),
        (["--procedure", "1.008901", "--limit", "3", "--unit", "working_days"], "2026-11-27T17:00:00+07:00"),
    ],
)
def test_every_kind_of_limit_is_counted(ask, home, words, due_at):
    told = ask("due", "--received", "2026-11-23T09:14:00+07:00", *words, data=home)
    assert told.exit_code == 0
    assert told.json["due_at"] == due_at


def test_a_due_moment_in_an_unconfirmed_year_says_so(motcua, ask, home):
    told = ask("due", "--received", "2026-12-30", "--limit", "5", "--unit", "working_days", data=home)
    assert told.json["unconfirmed_years"] == [2027]
    words = ["due", "--received", "2026-12-30", "--limit", "5", "--unit", "working_days"]
    assert "Lịch nghỉ 2027 chưa xác nhận, ngày hẹn có thể đổi." in motcua(*words, data=home).out


def test_the_days_of_an_unconfirmed_year_say_so(motcua, home):
    assert "chưa xác nhận" not in motcua("calendar", "--year", "2026", data=home).out
    for year in ("2027", "2029"):
        assert f"Lịch nghỉ {year} chưa xác nhận" in motcua("calendar", "--year", year, data=home).out


def test_a_history_stops_and_moves_the_promise(motcua, ask, home, tmp_path):
    events = [
        {"event": "register", "at": "2026-11-23T09:14", "dossier": {}},
        {"event": "request_supplement", "at": "2026-11-25T09:00"},
        {"event": "supplement", "at": "2026-11-30T09:00"},
        {"event": "finish", "at": "2026-12-01T09:00"},
    ]
    words = ["due", "--received", "2026-11-23T09:14", "--limit", "3", "--unit", "working_days", "--events"]
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join(map(json.dumps, events)))
    assert ask(*words, file, data=home).json["due_at"] == "2026-12-02T17:00:00+07:00"
    assert ask(*words, "-", data=home, stdin=events).json["due_at"] == "2026-12-02T17:00:00+07:00"
    extended = [*events[:1], {"event": "extend", "to": "2026-12-10T17:00"}]
    assert ask(*words, "-", data=home, stdin=extended).json["due_at"] == "2026-12-10T17:00:00+07:00"


def test_an_appointment_is_moved_by_a_later_clock_stop_as_in_the_register(ask, practice_home):
    dossier = {"procedure": "1.004873", "channel": "direct", "applicant": {"name": "Lò Văn Thử"}}
    life = [
        {"event": "extend", "at": "2026-11-04T09:00", "to": "2026-11-12T17:00", "note": "chờ xác minh"},
        {"event": "request_supplement", "at": "2026-11-09T09:00", "note": "thiếu bản chính"},
        {"event": "supplement", "at": "2026-11-11T10:00"},
    ]
    lines = [{"event": "register", "at": "2026-11-02T09:00", "dossier": dossier}, *life]
    words = ["due", "--received", "2026-11-02T09:00", "--procedure", "1.004873", "--events", "-"]
    counted = ask(*words, data=practice_home, stdin=life).json["due_at"]
    told = "\n".join(json.dumps({"ref": "r1", **line}) for line in lines)
    assert ask("replay", "-", data=practice_home, stdin=told.encode()).json["rejected"] == []
    (row,) = ask("find", "lo van thu", data=practice_home).json["rows"]
    assert counted == row["due_at"] == "2026-11-16T17:00:00+07:00"


def test_waiting_for_a_financial_obligation_stops_the_clock_as_well(ask, home):
    events = [
        {"event": "forward", "at": "2026-11-02T09:30"},
        {"event": "hand_back", "at": "2026-11-02T15:00"},
        {"event": "request_obligation", "at": "2026-11-03T09:00"},
        {"event": "fulfil_obligation", "at": "2026-11-05T09:00"},
        {"event": "fee_paid", "at": "2026-11-05T09:05"},
        {"event": "correct", "at": "2026-11-05T09:10"},
    ]
    words = ["due", "--received", "2026-11-02T09:00", "--limit", "3", "--unit", "working_days", "--events", "-"]
    told = ask(*words, data=home, stdin=events).json
    assert told["due_at"] == "2026-11-09T17:00:00+07:00"
    assert "nghĩa vụ tài chính" in told["steps"][1]["because"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--received", "2026-11-23"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "3"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "ba", "--unit", "months"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "3", "--unit", "weeks"], "bad_limit"),
        (["--received", "2026-11-23", "--unit", "working_days"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "0.00001", "--unit", "working_hours"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "1e-999999", "--unit", "working_hours"], "bad_limit"),
        (["--received", "2026-11-23", "--limit", "0", "--unit", "working_days"], "limit_not_positive"),
        (["--received", "2026-11-23", "--limit", "NaN", "--unit", "working_days"], "limit_not_positive"),
        (["--received", "2026-11-23", "--limit", "sNaN", "--unit", "months"], "limit_not_positive"),
        (["--received", "2026-11-23", "--limit", "1e999999", "--unit", "months"], "limit_too_long"),
        (["--received", "2026-11-23", "--limit", "0.3", "--unit", "working_days"], "limit_in_parts"),
        (["--received", "hôm nay", "--limit", "3", "--unit", "months"], "bad_moment"),
        (["--received", "0001-01-01T00:00+14:00", "--limit", "3", "--unit", "months"], "bad_moment"),
        (["--received", "1999-12-31", "--limit", "3", "--unit", "months"], "moment_absurd"),
        (["--received", "2026-11-23", "--procedure", "9.999999"], "unknown_procedure"),
        (["--received", "2026-11-23", "--procedure", "2.001009"], "abolished_procedure"),
        (["--received", "2026-11-23", "--procedure", "1.004859"], "missing"),
        (["--received", "2026-11-23", "--procedure", "1.004859", "--case", "khác"], "unknown"),
        (["--received", "2026-11-23", "--procedure", "1.008901"], "missing"),
        (["--received", "2026-11-23", "--procedure", "1.001193", "--case", "x"], "not_allowed"),
        (["--received", "2026-11-23", "--procedure", "1.001193", "--limit", "3", "--unit", "months"], "not_allowed"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else given,
)
def test_a_question_without_an_answer_is_refused(ask, home, words, code):
    told = ask("due", *words, data=home)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_a_missing_case_is_asked_with_every_label(ask, home):
    error = ask("due", "--received", "2026-11-23", "--procedure", "1.004859", data=home).error
    assert error["field"] == "case"
    assert CASE in error["cases"] and len(error["cases"]) == 3
    assert all(label in error["message"] for label in error["cases"])


@pytest.mark.parametrize("events", [{"event": "jump", "at": "2026-11-23"}, [5], [{"event": 5}], [[]], "x", 5])
def test_a_history_that_is_none_is_refused(ask, home, events):
    words = ["--received", "2026-11-23T09:14", "--limit", "3", "--unit", "working_days", "--events", "-"]
    told = ask("due", *words, data=home, stdin=events)
    assert (told.exit_code, told.error["code"]) == (2, "bad_events")


def test_a_history_in_disorder_or_unreadable_is_refused(ask, home, tmp_path):
    words = ["due", "--received", "2026-11-23T09:14", "--limit", "3", "--unit", "working_days", "--events"]
    early = [{"event": "request_supplement", "at": "2026-11-20"}, {"event": "supplement", "at": "2026-11-21"}]
    assert ask(*words, "-", data=home, stdin=early).error["code"] == "pauses_out_of_order"
    assert ask(*words, "-", data=home, stdin=b"{").error["code"] == "bad_json"
    assert ask(*words, tmp_path, data=home).error["code"] == "no_file"


def test_the_calendar_lists_days_off_and_make_up_days(ask, home):
    everything = ask("calendar", data=home).json["days"]
    year = ask("calendar", "--year", "2026", data=home).json["days"]
    assert [day for day in everything if day["on"].startswith("2026")] == year
    assert {day["on"][:4] for day in everything} == {"2024", "2025", "2026", "2027"}
    assert all(list(day) == ["on", "kind", "name", "source"] and all(day.values()) for day in everything)
    assert {day["kind"] for day in everything} == {"holiday", "day_off_by_swap", "make_up_working_day"}
    assert "2026-11-24" in [day["on"] for day in year]
    assert ask("calendar", "--year", "1900", data=home).json == {"days": []}


def test_the_catalogue_lists_what_is_in_force(ask, home):
    rows = ask("procedures", "list", data=home).json["rows"]
    everything = ask("procedures", "list", "--all", data=home).json["rows"]
    assert {row["status"] for row in rows} == {"in_force"}
    assert len(everything) > len(rows) > 300
    assert {"replaced", "abolished"} <= {row["status"] for row in everything}
    keys = ["code", "name", "field", "limit", "cases", "needs_review", "fee", "valid_from", "valid_to", "status"]
    assert all(list(row) == keys for row in everything)
    for row in everything:
        assert row["limit"] is None or list(row["limit"]) == ["value", "unit"]
        assert all(list(case) == ["label", "value", "unit"] for case in row["cases"])
    field = ask("procedures", "list", "--field", "ho tich", data=home).json["rows"]
    assert field and {row["field"] for row in field} == {"Hộ tịch"}


def test_a_day_decides_what_is_in_force(ask, home):
    for on, status in (("2025-10-31", "in_force"), ("2025-11-01", "abolished")):
        assert ask("procedures", "show", "2.001009", "--on", on, data=home).json["status"] == status
        listed = ask("procedures", "list", "--on", on, data=home).json["rows"]
        assert ("2.001009" in [row["code"] for row in listed]) is (status == "in_force")
    words = ["--procedure", "2.001009", "--limit", "1", "--unit", "working_days"]
    assert ask("due", "--received", "2025-10-31T08:00", *words, data=home).exit_code == 0


def test_one_procedure_is_shown_whole(motcua, ask, home):
    told = ask("procedures", "show", "1.004859", data=home).json
    assert told["code"] == "1.004859" and told["papers"] and len(told["cases"]) == 3
    plain = motcua("procedures", "show", "1.004859", data=home)
    assert plain.out.startswith("1.004859  ") and "Hộ tịch" in plain.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "9.999999"], "unknown_procedure"),
        (["show", "x" * 10_000], "unknown_procedure"),
        (["list", "--on", "2026-13-01"], "bad_date"),
        (["list", "1.004859"], "usage"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_the_catalogue_refuses_what_it_does_not_know(ask, home, words, code):
    told = ask("procedures", *words, data=home)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_a_card_is_read_with_its_warnings(ask, tmp_path):
    told = ask("parse-id", stdin=CARD.encode(), data=tmp_path / "none")
    assert told.exit_code == 0
    assert told.json == {
        "id_number": "012195000002",
        "old_id": "123456789",
        "name": "Vàng Thị Ví Dụ",
        "birth_date": "1995-11-02",
        "gender": "Nữ",
        "address": "Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu",
        "issued_on": "2022-06-05",
        "warnings": [],
    }
    odd = ask("parse-id", stdin=CARD.replace("|Nữ|", "|Nam|").encode())
    assert odd.exit_code == 0 and len(odd.json["warnings"]) == 1
    assert ask("parse-id", stdin=("\ufeff" + CARD + "\r\n").encode()).json == told.json
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "not_a_card"),
        (b"https://example.vn/x|y", "not_a_card"),
        (CARD[: CARD.rindex("|")].encode(), "cut"),
        (CARD[:-3].encode(), "cut"),
        (CARD[:40].encode(), "cut"),
        (CARD.replace("012195000002", "01219500000").encode(), "id_number"),
        (CARD.replace("02111995", "02112030").encode(), "birth_in_future"),
        (CARD.replace("02111995", "31021995").encode(), "birth_date"),
        (CARD.replace("Vàng", "V?ng").encode(), "damaged"),
        (CARD.replace("Vàng", "V\u202eng").encode(), "bidi_mark"),
        (CARD.encode("utf-16"), "not_utf8"),
        (bytes(range(256)), "not_utf8"),
        (b"1" * 2_000_000, "not_a_card"),
        (b"MA HO SO TN-MT-261123-0001", "not_a_card"),
    ],
    ids=lambda given: ascii(given[:24]),
)
def test_what_is_no_whole_card_is_refused(ask, payload, code):
    told = ask("parse-id", stdin=payload)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_the_card_of_keys_is_written_without_a_register(ask, tmp_path):
    told = ask("card", "-o", tmp_path / "to-phim.pdf", data=tmp_path / "none")
    assert (told.exit_code, told.json) == (0, {"file": str(tmp_path / "to-phim.pdf")})
    assert (tmp_path / "to-phim.pdf").read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "none").exists()


def test_a_card_that_has_no_place_is_refused_in_a_sentence(ask, tmp_path):
    told = ask("card", "-o", tmp_path / "none" / "to-phim.pdf")
    assert told.exit_code in (2, 3)
    assert told.error
