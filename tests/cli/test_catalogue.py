"""The catalogue by command line: edited, told, taken back, exported, and handed from one register to another."""

import csv
import json

import pytest

from desktop.office import opening
from tests.conftest import MONDAY

CODE = "1.004873"
DECISION = ["--decision", "2934/QĐ-UBND", "--decided", "2026-11-20", "--effective", "2026-12-01"]
CUT = {
    "code": CODE,
    "limit": {"value": 2, "unit": "working_days"},
    "statutory": {"value": 3, "unit": "working_days"},
}


@pytest.fixture
def done(ask, live_home):
    """Run one command line that must succeed; returns what it said."""

    def run(*words, data=None, **given):
        told = ask(*words, data=data or live_home, **given)
        assert told.exit_code == 0, told
        return told.json

    return run


def edit(done, **changes):
    return done("procedures", "edit", "-", *DECISION, "--title", "Cắt giảm thời hạn", stdin=CUT | changes)


def test_an_edit_waits_for_its_day_and_says_both_limits(done):
    told = edit(done)
    assert (told["code"], told["decision"]) == (CODE, "2934/QĐ-UBND")
    before = done("procedures", "show", CODE, "--on", "2026-11-30")
    after = done("procedures", "show", CODE, "--on", "2026-12-01")
    assert (before["limit"]["value"], before["valid_to"], before["time_cut"]) == (3, "2026-11-30", None)
    assert (after["limit"]["value"], after["valid_from"], after["valid_to"]) == (2, "2026-12-01", None)
    assert after["statutory"] == {"value": 3, "unit": "working_days", "after_cutoff": "none"}
    assert after["time_cut"] == {"value": 1, "unit": "working_days"}
    assert done("due", "--received", "2026-12-01T09:00", "--procedure", CODE)["due_at"] == "2026-12-03T17:00:00+07:00"


def test_history_names_decisions_and_what_each_changed(done, live_home, tmp_path):
    paper = tmp_path / "qd.pdf"
    paper.write_bytes(b"%PDF-1.7")
    seq = done("procedures", "edit", "-", *DECISION, "--attach", paper, "--clerk", "truc", stdin=CUT)["seq"]
    told = done("procedures", "history", CODE)
    (row,) = told["decisions"]
    assert (row["seq"], row["decision"], row["effective_on"], row["clerk"]) == (
        seq,
        "2934/QĐ-UBND",
        "2026-12-01",
        "truc",
    )
    assert row["counts"] == {"new": 0, "amended": 1, "replaced": 0, "abolished": 0}
    assert (live_home / row["attachment"]["path"]).read_bytes() == b"%PDF-1.7"
    assert [(past["decision"], past["speaks"]) for past in told["versions"]] == [(None, True), ("2934/QĐ-UBND", True)]
    assert "limit" in told["versions"][1]["differs"]
    assert done("procedures", "history") == {"decisions": [row]}


def test_a_decision_is_taken_back_with_its_reason(ask, done, live_home):
    seq = edit(done)["seq"]
    refused = ask("procedures", "undo", seq, "--note", " ", data=live_home)
    assert (refused.exit_code, refused.error["code"]) == (2, "missing")
    told = done("procedures", "undo", seq, "--note", "nhập nhầm ngày")
    assert (told["undoes"], told["decision"]) == (seq, "2934/QĐ-UBND")
    assert done("procedures", "show", CODE, "--on", "2026-12-01")["limit"]["value"] == 3
    assert done("procedures", "history")["decisions"][0]["undone_by"] == told["seq"]
    assert done("verify-chain")["verdict"] == "intact"


@pytest.mark.parametrize(
    ("given", "words", "code"),
    [
        (CUT, [], "usage"),
        (CUT | {"colour": "red"}, DECISION, "unknown_key"),
        (CUT | {"limit": {"value": "ba", "unit": "working_days"}}, DECISION, "bad_request"),
        (CUT | {"limit": {"value": 3, "unit": "weeks"}}, DECISION, "bad_request"),
        ({"code": CODE}, DECISION, "nothing_to_change"),
        ({"code": "1.00487", "name": "x"}, DECISION, "bad_code"),
        ({"code": CODE, "status": "replaced", "replaced_by": CODE}, DECISION, "replaced_by_itself"),
        ([], DECISION, "bad_request"),
        (CUT, [*DECISION[:-1], "2026-11-19"], "effective_before_decided"),
        (CUT, [*DECISION, "--clerk", "ai đó"], "unknown_clerk"),
        (CUT, [*DECISION, "--attach", "/không/có"], "no_file"),
    ],
    ids=str,
)
def test_an_edit_that_cannot_be_is_refused_in_one_sentence(ask, live_home, unchanged, given, words, code):
    with unchanged(live_home):
        told = ask("procedures", "edit", "-", *words, data=live_home, stdin=given)
    assert (told.exit_code, told.error["code"]) == (2, code)


def test_the_catalogue_is_exported_as_a_list_of_the_province(done, tmp_path):
    path = tmp_path / "danh-muc.csv"
    told = done("procedures", "export", "-o", path, "--field", "Hộ tịch")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert told == {"file": str(path), "procedures": len(rows)}
    assert {row["Lĩnh vực"] for row in rows} == {"Hộ tịch"}
    assert CODE in {row["Mã TTHC"] for row in rows}


def test_an_export_that_cannot_be_written_is_refused(ask, live_home, tmp_path, unchanged):
    with unchanged(live_home):
        for path, code in ((tmp_path / "a.docx", "unknown_format"), (tmp_path / "none" / "a.csv", "cannot_write")):
            told = ask("procedures", "export", "-o", path, data=live_home)
            assert (told.exit_code, told.error["code"]) == (2, code)
        told = ask("procedures", "export", "-o", tmp_path / "a.json", "--signed", data=live_home)
        assert (told.exit_code, told.error["code"]) == (2, "usage")
    assert not list(tmp_path.glob("a.*"))


@pytest.fixture
def packet(done, tmp_path, clock):
    """A packet of the province that cuts one limit, and the province's public key."""
    unit = opening.unit_as_printed("LC", "tỉnh Lai Châu", practice=False)
    opening.init(tmp_path / "province", unit, now=MONDAY).close()
    province, path = tmp_path / "province", tmp_path / "goi.json"
    today = ["--decision", "2900/QĐ-UBND", "--effective", "2026-11-23"]
    done("procedures", "edit", "-", *today, data=province, stdin=CUT)
    done("procedures", "export", "-o", path, "--signed", *DECISION, data=province)
    return path, done("procedures", "key", data=province)["key"]


def test_a_packet_is_seen_first_and_then_accepted(done, packet, live_home, unchanged):
    path, key = packet
    assert done("procedures", "trust", key, "--name", "UBND tỉnh Lai Châu") == {
        "rows": [{"key": key, "name": "UBND tỉnh Lai Châu"}]
    }
    with unchanged(live_home):
        seen = done("procedures", "accept", path, "--dry-run")
    assert (seen["new"], seen["amended"], seen["unchanged"], seen["rejected"]) == (0, 1, 437, [])
    assert (seen["decision"], seen["issuer"]) == ("2934/QĐ-UBND", "UBND tỉnh Lai Châu (tỉnh Lai Châu)")
    (change,) = seen["changes"]
    assert (change["code"], [field["field"] for field in change["fields"]]) == (CODE, ["limit"])
    told = done("procedures", "accept", path, "--key", "k")
    assert "seq" not in done("procedures", "accept", path)
    assert told["amended"] == 1 and told["seq"]
    assert done("procedures", "show", CODE, "--on", "2026-12-01")["limit"]["value"] == 2
    assert done("verify-chain")["verdict"] == "intact"


def test_a_packet_that_nobody_may_believe_does_not_verify(ask, done, packet, live_home, unchanged):
    path, key = packet
    with unchanged(live_home):
        unknown = ask("procedures", "accept", path, data=live_home)
        assert (unknown.exit_code, unknown.error["code"], unknown.error["key"]) == (4, "unknown_key", key)
    done("procedures", "trust", key, "--name", "UBND tỉnh Lai Châu")
    told = json.loads(path.read_text(encoding="utf-8"))
    told["body"]["decision"]["number"] = "1/QĐ-UBND"
    path.write_text(json.dumps(told), encoding="utf-8")
    with unchanged(live_home):
        forged = ask("procedures", "accept", path, data=live_home)
    assert (forged.exit_code, forged.error["code"]) == (4, "forged_packet")
    assert done("procedures", "trust", key, "--remove") == {"rows": []}


def test_notes_of_the_counter_are_kept_and_listed(ask, done, live_home, tmp_path):
    told = done("procedures", "propose", CODE, "--note", "Bỏ bản sao sổ hộ khẩu", "--clerk", "truc")
    assert told["code"] == CODE
    (row,) = done("procedures", "proposals", "--from", "2026-10-01", "--to", "2026-12-31")["rows"]
    assert (row["code"], row["text"], row["clerk"]) == (CODE, "Bỏ bản sao sổ hộ khẩu", "truc")
    assert done("procedures", "proposals", "--from", "2026-12-01") == {"rows": []}
    path = tmp_path / "kien-nghi.csv"
    assert done("procedures", "proposals", "-o", path) == {"file": str(path), "proposals": 1}
    assert "Bỏ bản sao sổ hộ khẩu" in path.read_text(encoding="utf-8-sig")
    refused = ask("procedures", "propose", "9.999999", "--note", "x", data=live_home)
    assert (refused.exit_code, refused.error["code"]) == (2, "unknown_procedure")
