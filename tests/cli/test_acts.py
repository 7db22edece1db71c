"""A dossier's life by command line: every event of the promise, the working lists, the outcome."""

import hashlib

import pytest

from db import folder
from tests.cli.test_dossiers import OFFICIAL

CODE = "TN-MT-261123-0001"


@pytest.fixture
def act(ask, practice_home):
    """Record an act on the first dossier of the practice register at a moment."""
    return lambda event, at, *more: ask("act", CODE, event, "--at", at, *more, data=practice_home)


@pytest.fixture
def listed(ask, practice_home):
    """Codes on a working list at a moment."""

    def codes(name, at):
        rows = ask("list", name, "--at", at, data=practice_home).json["rows"]
        assert all(list(row) == ["code", "procedure", "applicant", "received_at", "due_at", "status"] for row in rows)
        return [row["code"] for row in rows]

    return codes


def test_a_dossier_goes_from_reception_to_the_citizens_rating(ask, act, listed, practice_home, registered):
    registered(practice_home)
    for event, at, more, status, due in (
        ("forward", "2026-11-23T10:00", ["--to", "Phòng Văn hóa – Xã hội"], "processing", "2026-11-27"),
        ("request_supplement", "2026-11-25T09:00", ["--note", "thiếu bản chính"], "waiting_supplement", "2026-11-27"),
        ("supplement", "2026-11-30T09:00", [], "processing", "2026-12-02"),
        ("extend", "2026-12-01T09:00", ["--to", "2026-12-07T17:00", "--note", "chờ"], "processing", "2026-12-07"),
        ("correct", "2026-12-01T10:00", ["--note", "gõ sai", "--set", "phone=0987000009"], "processing", "2026-12-07"),
        ("finish", "2026-12-04T09:00", [], "finished", "2026-12-07"),
        ("hand_over", "2026-12-08T09:00", ["--note", "người nộp nhận"], "handed_over", "2026-12-07"),
        ("rate", "2026-12-08T09:01", ["--score", "5"], "handed_over", "2026-12-07"),
    ):
        told = act(event, at, *more)
        assert told.exit_code == 0, told
        assert told.json == {"code": CODE, "status": status, "due_at": f"{due}T17:00:00+07:00", "event": event}
    shown = ask("show", CODE, data=practice_home).json
    assert (shown["status"], shown["outcome"]) == ("handed_over", "early")
    assert shown["finished_at"] == "2026-12-04T09:00:00+07:00"
    assert shown["handed_over_at"] == "2026-12-08T09:00:00+07:00"
    assert [event["note"] for event in shown["events"]][2] == "thiếu bản chính"
    assert ask("verify-chain", data=practice_home).exit_code == 0
    assert all(listed(name, "2026-12-09T08:00") == [] for name in ("overdue", "ready", "to_apologise"))


def test_a_result_fetched_without_the_receipt_needs_a_reason_from_everybody(act, practice_home, registered):
    registered(practice_home)
    assert act("finish", "2026-11-24T09:00").exit_code == 0
    refused = act("hand_over", "2026-11-25T09:00", "--set", "receipt=missing")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "needs_reason")
    told = act("hand_over", "2026-11-25T09:00", "--set", "receipt=missing", "--note", "mất giấy, đã đối chiếu thẻ")
    assert (told.exit_code, told.json["status"]) == (0, "handed_over")


def test_each_list_holds_the_dossier_on_its_days(act, listed, practice_home, registered):
    registered(practice_home)  # due on Friday 27/11; the 24th is off
    assert listed("due_soon", "2026-11-23T10:00") == []
    assert listed("due_soon", "2026-11-25T10:00") == listed("due_soon", "2026-11-26T10:00") == [CODE]
    assert listed("due_today", "2026-11-27T16:00") == listed("due_today", "2026-11-27T18:00") == [CODE]
    assert listed("overdue", "2026-11-27T23:59") == []
    assert listed("overdue", "2026-11-28T00:00") == listed("to_apologise", "2026-11-28T00:00") == [CODE]
    act("apologise", "2026-11-30T08:00", "--note", "cán bộ ốm")
    assert (listed("overdue", "2026-11-30T09:00"), listed("to_apologise", "2026-11-30T09:00")) == ([CODE], [])
    act("finish", "2026-11-30T10:00")
    assert (listed("ready", "2026-11-30T11:00"), listed("overdue", "2026-11-30T11:00")) == ([CODE], [])


def test_a_paused_dossier_is_not_overdue(act, listed, practice_home, registered):
    registered(practice_home)
    act("request_obligation", "2026-11-26T08:00", "--note", "nộp tiền sử dụng đất")
    assert listed("paused", "2026-12-20T08:00") == [CODE]
    assert listed("overdue", "2026-12-20T08:00") == listed("to_apologise", "2026-12-20T08:00") == []


def test_what_may_not_be_done_is_one_sentence_and_changes_nothing(act, ask, practice_home, registered, unchanged):
    registered(practice_home)
    for event, more, code in (
        ("supplement", [], "not_now"),
        ("hand_over", [], "not_now"),
        ("rate", ["--score", "5"], "not_now"),
        ("refuse", [], "missing_fact"),
        ("request_supplement", ["--note", " "], "missing_fact"),
        ("extend", ["--note", "x"], "missing_fact"),
        ("extend", ["--note", "x", "--to", "ngày mai"], "bad_fact"),
        ("extend", ["--note", "x", "--to", "2026-11-28T09:00"], "day_off"),
        ("correct", ["--note", "x", "--set", "due_at=2027-01-01"], "not_correctable"),
        ("fee_paid", ["--set", "receipt_number=1", "--set", "amount=-1"], "bad_fact"),
        ("register", [], "unknown_event"),
        ("explode", [], "unknown_event"),
        ("finish", ["--score", "5"], "unknown_fact"),
    ):
        with unchanged(practice_home):
            told = act(event, "2026-11-25T09:00", *more)
        assert (told.exit_code, told.error["code"]) == (2, code), event
    with unchanged(practice_home):
        assert ask("list", "everything", data=practice_home).error["code"] == "unknown_list"


def test_a_file_comes_along_with_its_digest_and_stays_what_it_was(ask, act, practice_home, registered, tmp_path):
    registered(practice_home)
    scan = tmp_path / "Quyết định đã ký.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    refused = act("hand_over", "2026-11-25T09:00", "--file", scan)
    assert refused.error["code"] == "not_now"
    assert not list(practice_home.glob("documents/**/dinh-kem/*"))
    assert act("finish", "2026-11-25T09:00", "--file", scan).exit_code == 0
    (stored,) = practice_home.glob("documents/**/dinh-kem/*")
    assert stored.name == f"{hashlib.sha256(scan.read_bytes()).hexdigest()[:16]}-quyet-dinh-da-ky.pdf"
    assert ask("verify-chain", data=practice_home).exit_code == 0
    stored.write_bytes(b"%PDF-1.7 forged")
    told = ask("verify-chain", data=practice_home)
    assert (told.exit_code, len(told.json["faults"])) == (4, 1) and CODE in told.json["faults"][0]


def test_a_live_register_takes_no_moment_and_one_key_makes_one_event(ask, live_home, registered, unchanged):
    code = registered(live_home)
    with unchanged(live_home):
        told = ask("act", code, "finish", "--at", "2026-11-20T08:00", data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, "time_from_outside")
    first = ask("act", code, "finish", "--key", "k", data=live_home)
    with unchanged(live_home):
        assert ask("act", code, "finish", "--key", "k", data=live_home).json == first.json
        assert ask("act", code, "finish", data=live_home).error["code"] == "not_now"
        assert ask("act", code, "forward", "--key", "k", data=live_home).error["code"] == "key_reused"
    assert (live_home / folder.REGISTER_FILE).is_file()


def test_an_act_is_told_to_people(motcua, practice_home, registered):
    registered(practice_home)
    words = ["act", CODE, "attach_official_code", "--set", f"official_code={OFFICIAL}"]
    assert motcua(*words, data=practice_home).out.startswith(f"{CODE}: gắn mã hồ sơ chính thức. Đã tiếp nhận")
    assert motcua("list", "ready", data=practice_home).out == "Không có hồ sơ nào.\n"
