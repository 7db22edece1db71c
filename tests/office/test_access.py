"""Who looked at whose data: what is written down, what is not written twice, and what reads it back."""

import json
from datetime import date, timedelta

import pytest

from db import events, looks
from db.vocabulary import DocumentKind, EventKind, PrintOutcome
from desktop.errors import RegisterProblem, UserError
from desktop.office import access, access_log, checking, counter, issuing, lookup

NUMBER = "012195000002"


@pytest.fixture
def code(commune, correction_form, monday):
    return counter.register(commune, correction_form, clerk="truc", now=monday).code


def log(book, monday, **only):
    return access_log.read(book, monday.date(), monday.date(), clerk="truc", now=monday, **only)


def payloads(book, kind):
    return [json.loads(event.payload) for event in events.walk(book) if event.kind == kind]


def test_a_look_names_who_when_what_and_why_and_stays_out_of_the_story(commune, code, monday):
    before = len(lookup.dossier(commune, code).events)
    access.viewed(commune, code.lower(), why="trang hồ sơ", clerk="truc", now=monday + timedelta(minutes=1))

    (look,) = log(commune, monday)

    assert (look.clerk, look.kind, look.dossier, look.about, look.why) == (
        "truc",
        EventKind.VIEW,
        code,
        code,
        "trang hồ sơ",
    )
    assert look.at == monday + timedelta(minutes=1)
    assert len(lookup.dossier(commune, code).events) == before
    assert checking.verify_chain(commune).holds


def test_the_same_look_is_written_again_only_after_five_minutes(commune, code, monday):
    for seconds in (0, 299, 300):
        access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=monday + timedelta(seconds=seconds))

    assert [look.at for look in log(commune, monday)] == [monday + timedelta(seconds=300), monday]


def test_another_person_page_or_act_is_another_look(commune, code, monday):
    access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=monday)
    access.viewed(commune, code, why="trả kết quả", clerk="truc", now=monday)
    access.viewed(commune, code, why="trang hồ sơ", clerk="quay1", now=monday)
    access.revealed(commune, code, why="trang hồ sơ", clerk="truc", now=monday)

    assert len(log(commune, monday)) == 4
    assert len(log(commune, monday, person="truc")) == 3


def test_a_clock_behind_the_last_event_hides_no_look(commune, code, monday):
    wrong = monday - timedelta(days=40)
    access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=wrong)

    (look,) = log(commune, monday)

    assert look.at == monday and "14/10/2026" in look.why
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize(
    "typed",
    [NUMBER, "0121 9500 0002", "0121.9500.0002", "vang 0121 9500 0002 du", "012345678", f"{'vang ' * 38}x {NUMBER}"],
)
def test_no_identity_number_that_was_typed_gets_into_the_chain(commune, code, monday, typed):
    access.searched(commune, typed, count=1, why="ô tìm", clerk="truc", now=monday)

    (payload,) = payloads(commune, EventKind.SEARCH)
    digits = "".join(char for char in payload["text"] if char.isdigit())

    assert "*" in payload["text"] and len(digits) < 9
    assert payload["count"] == 1


def test_a_dossiers_code_stays_readable_in_a_search(commune, code, monday):
    access.searched(commune, code, count=1, why="ô tìm", clerk="truc", now=monday)

    assert payloads(commune, EventKind.SEARCH)[0]["text"] == code


def test_nobody_found_is_nobody_looked_at(commune, code, monday):
    access.searched(commune, "không ai", count=0, why="ô tìm", clerk="truc", now=monday)
    access.listed(commune, "Quá hạn", count=0, why="lệnh list", clerk="truc", now=monday)

    assert log(commune, monday) == ()


def test_who_is_not_known_sees_nothing(commune, code, monday):
    with pytest.raises(UserError) as refused:
        access.viewed(commune, code, why="trang hồ sơ", clerk="ai đó", now=monday)

    assert refused.value.code == "unknown_clerk"
    assert log(commune, monday) == ()


def test_prints_and_exports_stand_in_the_log_beside_the_looks(commune, code, monday):
    later = monday + timedelta(minutes=1)
    access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=monday)
    issuing.record_print(commune, code, printer="Canon", copies=2, outcome=PrintOutcome.SENT, clerk="quay1", now=later)
    book = DocumentKind.REGISTER_BOOK
    access.exported(commune, str(book), count=3, sha256="ab" * 32, clerk="quay1", now=later)

    exported, printed, viewed = log(commune, monday)

    assert (viewed.kind, printed.kind, exported.kind) == (EventKind.VIEW, EventKind.PRINT, EventKind.EXPORT)
    assert printed.dossier == code and "Mẫu 01" in printed.about and "Canon" in printed.about
    assert "(3)" in exported.about and "abababababababab" in exported.about
    assert [look.kind for look in log(commune, monday, dossier=code)] == [EventKind.PRINT, EventKind.VIEW]
    assert [look.kind for look in access_log.of_dossier(commune, code, clerk="truc", now=monday)] == [EventKind.VIEW]


@pytest.mark.parametrize("home", ["live_home", "practice_home"])
def test_only_the_days_that_were_asked_for_are_read(home, request, correction_form, monday):
    from desktop.office import opening

    with opening.open_register(request.getfixturevalue(home), now=monday) as book:
        code = counter.register(book, correction_form, clerk="truc", now=monday).code
        for days in range(5):
            at = monday + timedelta(days=days)
            access.viewed(book, code, why="trang hồ sơ", clerk="truc", now=at)
            issuing.record_print(book, code, printer="P", copies=1, outcome=PrintOutcome.SENT, clerk="truc", now=at)

        found = access_log.read(book, date(2026, 11, 24), date(2026, 11, 25), clerk="truc", now=monday)

    assert [look.at.day for look in found] == [25, 25, 24, 24]


def test_the_log_reads_its_own_index_and_not_the_whole_chain(commune):
    statements = []
    connection = commune.database.connection()
    connection.set_trace_callback(statements.append)
    looks.newest(commune, looks.Asked(date(2026, 11, 1), date(2026, 11, 30)), 10)
    connection.set_trace_callback(None)

    for_looks = next(sql for sql in statements if "'search'" in sql)
    for_prints = next(sql for sql in statements if "'print'" in sql)
    plans = [
        " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")) for sql in (for_looks, for_prints)
    ]
    assert "event_access" in plans[0] and "TEMP B-TREE" not in plans[0]
    assert "PRIMARY KEY (rowid>? AND rowid<?)" in plans[1]


def test_the_newest_lines_and_how_many_there_are(commune, code, monday):
    for minute in range(6):
        access.viewed(commune, code, why=f"trang {minute}", clerk="truc", now=monday + timedelta(minutes=minute))

    assert [look.why for look in log(commune, monday, limit=2)] == ["trang 5", "trang 4"]
    days, who = (monday.date(), monday.date()), {"clerk": "truc", "now": monday}
    assert access_log.count(commune, *days, **who) == 6
    assert access_log.count(commune, *days, person="quay1", **who) == 0


def test_the_log_as_a_file_carries_the_number_and_hash_of_each_event(commune, code, monday, tmp_path):
    access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=monday)
    paths = [tmp_path / f"log.{ending}" for ending in ("xlsx", "csv", "json")]

    made = [access_log.export(commune, path, monday.date(), monday.date(), clerk="truc", now=monday) for path in paths]

    (stored,) = [event for event in events.walk(commune) if event.kind == EventKind.VIEW]
    rows = json.loads(paths[2].read_text(encoding="utf-8"))["rows"]
    assert [row["hash"] for row in rows][-1] == stored.hash
    assert stored.hash in paths[1].read_text(encoding="utf-8-sig")
    # Each file is an export itself, and stands in the next one.
    assert [one.rows for one in made] == [1, 2, 3]
    assert [payload["sha256"] for payload in payloads(commune, EventKind.EXPORT)] == [one.sha256 for one in made]


def test_no_log_leaves_as_a_file_where_the_register_takes_no_word_of_it(commune, code, monday, tmp_path):
    """The disk of the register is full, the stick is not."""
    access.viewed(commune, code, why="trang hồ sơ", clerk="truc", now=monday)
    (pages,) = commune.database.execute_sql("PRAGMA page_count").fetchone()
    commune.database.execute_sql(f"PRAGMA max_page_count = {pages}")
    paths = (tmp_path / f"log-{number}.csv" for number in range(200))
    with pytest.raises(RegisterProblem) as refusal:
        for path in paths:
            access_log.export(commune, path, monday.date(), monday.date(), clerk="truc", now=monday)
    assert refusal.value.code == "disk_full"
    assert len(list(tmp_path.glob("log-*"))) == len(payloads(commune, EventKind.EXPORT))


def test_a_list_of_the_daily_work_is_one_look_a_day_for_each_person(commune, monday):
    for hours, clerk in ((0, "truc"), (3, "truc"), (3, "quay1"), (24, "truc")):
        now = monday + timedelta(hours=hours)
        access.glanced(commune, "Quá hạn", count=7, why="trang Hôm nay", clerk=clerk, now=now)
    access.glanced(commune, "Chờ trả", count=0, why="trang Hôm nay", clerk="truc", now=monday)
    days = (monday.date(), monday.date() + timedelta(days=1))
    found = access_log.read(commune, *days, clerk="truc", now=monday + timedelta(days=1))
    assert [(look.clerk, look.at - monday) for look in reversed(found)] == [
        ("truc", timedelta()),
        ("quay1", timedelta(hours=3)),
        ("truc", timedelta(days=1)),
    ]
    assert found[0].about == "Quá hạn, 7 dòng"
