"""Looking at dossiers, finding them, attaching the official code and making their paper again."""

import hashlib

import pypdfium2
import pytest

OFFICIAL = "H35.17.28-261123-0975"


@pytest.fixture
def attach(ask):
    """Attach an official code."""
    return lambda home, code, official=OFFICIAL, *more: ask(
        "act", code, "attach_official_code", "--set", f"official_code={official}", *more, data=home
    )


def test_a_dossier_is_shown_with_its_events_and_papers(ask, live_home, registered):
    code = registered(live_home, clerk="truc", note="đã xem bản chính")
    head = ask("verify-chain", data=live_home).json["head"]
    told = ask("show", code, data=live_home)
    assert told.exit_code == 0
    assert list(told.json) == [
        *("code", "official_code", "procedure", "status", "received_at", "due_at", "finished_at", "handed_over_at"),
        *("outcome", "events", "documents"),
    ]
    (event,), (paper,) = told.json["events"], told.json["documents"]
    assert event == {
        "event": "register",
        "at": "2026-11-23T09:14:00+07:00",
        "clerk": "truc",
        "note": "đã xem bản chính",
        "hash": head,
    }
    (file,) = live_home.glob("documents/2026/11/*.pdf")
    assert paper == {
        "kind": "receipt",
        "number": "01",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "printed": 0,
    }
    facts = {name: told.json[name] for name in list(told.json)[:9]}
    assert facts == {
        "code": code,
        "official_code": None,
        "procedure": "1.004859",
        "status": "received",
        "received_at": "2026-11-23T09:14:00+07:00",
        "due_at": "2026-11-27T17:00:00+07:00",
        "finished_at": None,
        "handed_over_at": None,
        "outcome": None,
    }


def test_people_read_the_same_dossier_in_a_few_lines(motcua, live_home, registered):
    code = registered(live_home)
    first, *rest = motcua("show", code.lower(), data=live_home).out.splitlines()
    assert first.startswith(f"{code}  Vàng Thị Ví Dụ  ")
    assert rest[0] == "Hẹn trả 17:00 Thứ Sáu 27/11/2026"


@pytest.mark.parametrize("code", ["", "x", "TN-MT-261123-0002", "'; DROP TABLE dossier; --", "Đ", "a" * 10_000])
def test_an_unknown_code_is_refused(ask, live_home, registered, unchanged, code, tmp_path):
    registered(live_home)
    for words in (["show", code], ["form", code, "receipt", "-o", tmp_path / "x.pdf"]):
        with unchanged(live_home):
            told = ask(*words, data=live_home)
        assert (told.exit_code, told.error["code"]) == (2, "unknown_dossier")
    assert not (tmp_path / "x.pdf").exists()


def test_dossiers_are_found_newest_first_up_to_a_limit(ask, live_home, registered):
    codes = [registered(live_home, key=str(number)) for number in range(4)]
    told = ask("find", "vang di vu", data=live_home)
    assert told.json == {"rows": []}
    rows = ask("find", "vang vi du", data=live_home).json["rows"]
    assert [row["code"] for row in rows] == codes[::-1]
    assert all(list(row) == ["code", "procedure", "applicant", "received_at", "due_at", "status"] for row in rows)
    assert len(ask("find", "vang", "--limit", "3", data=live_home).json["rows"]) == 3


@pytest.mark.parametrize(
    "text", ["", " ", '"', "*", "a\x00b", "NEAR(", "AND OR NOT", "code:TN", "%", "\u202e", "đ" * 5000, "\udcff"]
)
def test_any_text_may_be_searched_for(ask, live_home, registered, unchanged, text):
    registered(live_home)
    with unchanged(live_home):
        told = ask("find", text, data=live_home)
    assert (told.exit_code, told.json) == (0, {"rows": []})


def test_an_official_code_is_attached_shown_and_found(ask, live_home, registered, attach):
    code = registered(live_home)
    told = attach(live_home, code, OFFICIAL.lower())
    assert told.exit_code == 0
    assert told.json == {
        "code": code,
        "status": "received",
        "due_at": "2026-11-27T17:00:00+07:00",
        "event": "attach_official_code",
    }
    shown = ask("show", OFFICIAL, data=live_home).json
    assert (shown["code"], shown["official_code"]) == (code, OFFICIAL)
    assert [event["event"] for event in shown["events"]] == ["register", "attach_official_code"]
    assert [row["code"] for row in ask("find", "261123-0975", data=live_home).json["rows"]] == [code]
    assert ask("verify-chain", data=live_home).exit_code == 0


def test_an_official_code_that_cannot_be_attached_is_refused(ask, live_home, registered, attach, unchanged):
    first, second = registered(live_home), registered(live_home, key="2")
    attach(live_home, first)
    for code, official, reason in (
        (second, OFFICIAL, "official_code_taken"),
        (second, "TN-MT-261123-0002", "bad_official_code"),
        (second, "", "missing_fact"),
        (second, "H35" * 5000, "bad_official_code"),
        ("TN-MT-261123-0009", "H35.17.28-261123-0001", "unknown_dossier"),
    ):
        with unchanged(live_home):
            told = attach(live_home, code, official)
        assert (told.exit_code, told.error["code"]) == (2, reason)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "missing_fact"),
        (["--set", "x=1"], "unknown_fact"),
        (["--set", "official_code"], "usage"),
        (["--set", f"official_code={OFFICIAL}", "--set", "score=5"], "unknown_fact"),
    ],
)
def test_attaching_asks_for_the_code_and_nothing_else(ask, live_home, registered, unchanged, words, reason):
    code = registered(live_home)
    with unchanged(live_home):
        told = ask("act", code, "attach_official_code", *words, data=live_home)
    assert (told.exit_code, told.error["code"]) == (2, reason)


def test_a_moment_and_a_stranger_are_for_practice_registers(
    ask, live_home, practice_home, registered, attach, unchanged
):
    live, practice = registered(live_home), registered(practice_home)
    for more, code in ((["--at", "2026-11-24"], "time_from_outside"), (["--clerk", "mai"], "unknown_clerk")):
        with unchanged(live_home):
            told = attach(live_home, live, OFFICIAL, *more)
        assert (told.exit_code, told.error["code"]) == (2, code)
    with unchanged(practice_home):
        attach(practice_home, practice, "sai", "--clerk", "mai")
    assert attach(practice_home, practice, OFFICIAL, "--at", "2026-11-25T08:00", "--clerk", "mai").exit_code == 0
    event = ask("show", practice, data=practice_home).json["events"][-1]
    assert (event["at"], event["clerk"]) == ("2026-11-25T08:00:00+07:00", "mai")


def test_an_act_that_nobody_knows_is_refused(ask, live_home, registered, unchanged):
    code = registered(live_home)
    with unchanged(live_home):
        told = ask("act", code, "burn", data=live_home)
    assert told.exit_code == 2


def test_the_receipt_is_made_again_where_it_is_wanted(ask, live_home, practice_home, registered, tmp_path):
    for home, pages in ((live_home, 1), (practice_home, 2)):
        code, file = registered(home), tmp_path / f"{home.name}.pdf"
        told = ask("form", code, "receipt", "-o", file, "--size", "A4", "--copies", pages, data=home)
        assert told.exit_code == 0
        assert told.json == {
            "file": str(file),
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "pages": pages,
        }
        with pypdfium2.PdfDocument(file) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        assert len(texts) == pages
        for text in texts:
            assert code in text and "Vàng Thị Ví Dụ" in text
            assert ("BẢN TẬP HUẤN" in text) is (home == practice_home)


def test_a_receipt_that_cannot_be_written_there_is_refused(ask, live_home, registered, unchanged, tmp_path):
    code = registered(live_home)
    for target in (tmp_path, tmp_path / "none" / "x.pdf"):
        with unchanged(live_home):
            told = ask("form", code, "receipt", "-o", target, data=live_home)
        assert (told.exit_code, told.error["code"], told.error["file"]) == (2, "cannot_write", str(target))
