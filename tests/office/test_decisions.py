"""Decisions applied by date: whole or not at all, in the order of their days, taken back as if they had never been."""

import tracemalloc
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.records import Fee, ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop.office import checking, counter, decision_history, decisions, lookup, procedures
from desktop.rules.change_sets import Change, Question
from desktop.rules.list_entries import Kind
from tests.office.deciding import CODE, DAY, DECISION, OTHER, amended, change_set, days, refused, speaking


def at(moment, on: date):
    return moment.replace(year=on.year, month=on.month, day=on.day)


@pytest.fixture
def accept(commune, monday):
    """Apply changes to the register as one decision; returns its event's number."""

    def apply(*changes, now=monday, **told):
        return decisions.accept(commune, change_set(commune, *changes, **told), clerk="truc", now=now).seq

    return apply


def test_a_decision_waits_for_midnight_of_its_day(commune, accept):
    before = speaking(commune, OTHER, DAY)
    accept(amended(commune, OTHER, limit=days(2)))
    assert replace(speaking(commune, OTHER, DAY - timedelta(days=1)), version_id=0) == replace(before, version_id=0)
    after = speaking(commune, OTHER, DAY)
    assert (after.limit, after.valid_from, after.decision, after.decided_on) == (
        days(2),
        DAY,
        "2934/QĐ-UBND",
        date(2026, 11, 20),
    )


def test_a_dossier_received_the_day_before_keeps_the_old_rule_and_shows_it(commune, accept, correction_form, monday):
    old = counter.register(commune, correction_form, clerk="truc", now=monday)
    accept(amended(commune, CODE, limit=days(1), cases=(), name="Cải chính hộ tịch (mới)"))
    eve = counter.register(commune, replace(correction_form, key="2"), clerk="truc", now=at(monday, date(2026, 11, 30)))
    new = counter.register(commune, replace(correction_form, key="3", case=None), clerk="truc", now=at(monday, DAY))
    assert [each.due_at.date() for each in (old, eve, new)] == [
        date(2026, 11, 27),
        date(2026, 12, 3),
        date(2026, 12, 2),
    ]
    for code, name in ((eve.code, "Thủ tục thay đổi"), (new.code, "Cải chính hộ tịch (mới)")):
        detail = lookup.dossier(commune, code)
        kept = procedures.version(commune, detail.events[0].payload["version_id"])
        assert detail.row.procedure_name.startswith(name) and kept.name == detail.row.procedure_name
    assert checking.verify_chain(commune).faults == ()


def test_what_is_abolished_stays_searchable_and_is_never_offered(commune, accept):
    gone = replace(speaking(commune, OTHER, DAY), status=ProcedureStatus.ABOLISHED, valid_from=None)
    accept(Change(Kind.ABOLISHED, 4, gone))
    catalogue = procedures.catalogue(commune)
    eve = DAY - timedelta(days=1)
    assert OTHER in {each.code for each in catalogue.search("tinh trang hon nhan", on=eve)}
    assert OTHER not in {each.code for each in catalogue.search("tinh trang hon nhan", on=DAY)}
    assert OTHER in {each.code for each in catalogue.search("tinh trang hon nhan", on=DAY, all=True)}
    assert refused(lambda: catalogue.get(OTHER, on=DAY)).code == "abolished_procedure"


def test_a_replaced_procedure_names_the_one_that_the_same_decision_brings(commune, accept):
    new = ProcedureVersion("1.120001", "Xác nhận tình trạng hôn nhân", "Hộ tịch", days(2))
    old = replace(speaking(commune, OTHER, DAY), status=ProcedureStatus.REPLACED, replaced_by=new.code, valid_from=None)
    accept(Change(Kind.NEW, 1, new), Change(Kind.REPLACED, 2, old))
    told = refused(lambda: procedures.get(commune, OTHER, on=DAY))
    assert (told.code, told.facts["replaced_by"]) == ("replaced_procedure", "1.120001")
    assert "1.120001 – Xác nhận tình trạng hôn nhân" in told.message
    assert refused(lambda: procedures.get(commune, "1.120001", on=DAY - timedelta(days=1))).code == "future_procedure"
    assert procedures.get(commune, "1.120001", on=DAY).limit == days(2)


def test_a_decision_is_remembered_with_what_it_did(commune, accept, monday):
    new = ProcedureVersion("1.120001", "Tên mới", "Hộ tịch", days(2))
    seq = accept(Change(Kind.NEW, 1, new), amended(commune, OTHER, limit=days(2)))
    (row,) = decisions.history(commune)
    assert (row.seq, row.number, row.effective_on, row.clerk, row.at) == (seq, "2934/QĐ-UBND", DAY, "truc", monday)
    assert row.counts == {"new": 1, "amended": 1, "replaced": 0, "abolished": 0}
    assert decisions.history(commune, OTHER) == (row,) == decisions.history(commune, "1.120001")
    assert decisions.history(commune, CODE) == ()


def test_the_same_key_gives_the_same_answer_and_no_second_decision(commune, monday):
    asked = change_set(commune, amended(commune, OTHER, limit=days(2)))
    first = decisions.accept(commune, asked, clerk="truc", now=monday, key="k")
    again = decisions.accept(commune, asked, clerk="truc", now=monday, key="k")
    assert (again.seq, again.again, bool(again.changes)) == (first.seq, True, False)
    assert len(decisions.history(commune)) == 1
    other = replace(asked, content="list 2")
    assert refused(lambda: decisions.accept(commune, other, clerk="truc", now=monday, key="k")).code == "key_reused"


def test_the_same_list_under_the_same_number_is_refused_even_when_the_catalogue_moved_on(commune, accept, monday):
    accept(amended(commune, OTHER, limit=days(2)))
    accept(amended(commune, OTHER, limit=days(1)), decision=replace(DECISION, number="3001/QĐ-UBND"), content="list 2")
    told = refused(lambda: accept(amended(commune, OTHER, limit=days(2))))
    assert told.code == "decision_repeated"
    assert (
        told.message == "Danh sách này của quyết định 2934/QĐ-UBND đã được áp dụng lúc 09:14 23/11/2026; chưa ghi gì."
    )


def test_after_it_was_taken_back_the_same_list_may_be_applied_again(commune, accept, monday):
    seq = accept(amended(commune, OTHER, limit=days(2)))
    decisions.undo(commune, seq, "áp dụng nhầm ngày", clerk="truc", now=monday)
    accept(amended(commune, OTHER, limit=days(2)))
    assert speaking(commune, OTHER, DAY).limit == days(2)


def test_a_change_set_of_yesterdays_catalogue_is_refused(commune, accept, monday):
    prepared = change_set(commune, amended(commune, OTHER, limit=days(2)))
    seq = accept(amended(commune, CODE, result="Trích lục"), content="list 2")
    assert refused(lambda: decisions.accept(commune, prepared, clerk="truc", now=monday)).code == "stale_change_set"
    decisions.undo(commune, seq, "nhầm", clerk="truc", now=monday)
    assert refused(lambda: decisions.accept(commune, prepared, clerk="truc", now=monday)).code == "stale_change_set"


def test_what_changes_nothing_is_no_decision(commune, accept):
    assert refused(lambda: accept(amended(commune, OTHER))).code == "nothing_to_change"
    assert decisions.history(commune) == ()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"status": ProcedureStatus.REPLACED, "replaced_by": OTHER}, "replaced_by_itself"),
        ({"status": ProcedureStatus.REPLACED, "replaced_by": None}, "missing"),
        ({"name": "  "}, "missing"),
        ({"limit": days(0)}, "out_of_range"),
        ({"fee": Fee(-1, "")}, "out_of_range"),
        ({"name": "Tên \u202e ngược"}, "bidi_mark"),
    ],
)
def test_one_bad_row_stops_the_whole_decision_and_is_named(commune, accept, told, code):
    good = amended(commune, CODE, result="Trích lục")
    error = refused(lambda: accept(good, amended(commune, OTHER, row=47, **told)))
    assert (error.code, error.facts["row"]) == (code, 47)
    assert error.message.startswith(f"Dòng 47, thủ tục {OTHER}: ")
    assert decisions.history(commune) == () and speaking(commune, CODE, DAY).decision != DECISION.number


def test_a_limit_that_a_person_decided_is_kept_and_the_others_wait_for_review(commune, monday):
    unclear = {"limit": None, "needs_review": True, "cases": (), "limit_text": "theo quy định"}
    changes = [amended(commune, OTHER, row=3, **unclear), amended(commune, CODE, row=4, **unclear)]
    asked = tuple(
        Question(number, change.row, change.version.code, change.version.name, "theo quy định", "không rõ")
        for number, change in enumerate(changes, start=1)
    )
    prepared = change_set(commune, *changes, to_decide=asked)
    decisions.accept(commune, prepared, answers={1: days(4), 2: None}, clerk="truc", now=monday)
    decided, waiting = speaking(commune, OTHER, DAY), speaking(commune, CODE, DAY)
    assert (decided.limit, decided.needs_review) == (days(4), False)
    assert (waiting.limit, waiting.needs_review) == (None, True)


def test_of_two_limits_the_shorter_counts_and_both_are_kept(commune, accept):
    accept(amended(commune, OTHER, limit=days(5), statutory=days(3)))
    version = speaking(commune, OTHER, DAY)
    assert (version.limit, version.statutory) == (days(3), days(5))


def test_a_decision_that_comes_between_is_carried_into_what_waits(commune, accept):
    """The later decision keeps its own word and, where it says nothing, what the earlier day brought."""
    later = replace(DECISION, number="1/QĐ", effective_on=date(2027, 1, 1), decided_on=None)
    accept(amended(commune, OTHER, fee=Fee(9000, "9.000 đồng")), decision=later)
    between = amended(commune, OTHER, fee=Fee(8000, "8.000 đồng"), result="Giấy xác nhận (mẫu mới)")
    accept(between, content="list 2")
    december, january = (speaking(commune, OTHER, on) for on in (DAY, date(2027, 1, 1)))
    assert (december.fee.amount, december.decision) == (8000, "2934/QĐ-UBND")
    assert (january.fee.amount, january.result, january.decision) == (9000, "Giấy xác nhận (mẫu mới)", "1/QĐ")
    assert checking.verify_chain(commune).faults == ()


def test_a_decision_that_others_build_on_is_taken_back_after_them(commune, accept, monday):
    first = accept(amended(commune, OTHER, result="một"))
    second = accept(amended(commune, OTHER, result="hai"), decision=replace(DECISION, number="2/QĐ"), content="2")
    told = refused(lambda: decisions.undo(commune, first, "nhầm", clerk="truc", now=monday))
    assert (told.code, told.facts["seq"], told.facts["procedure"]) == ("decided_since", second, OTHER)
    for seq in (second, first):
        decisions.undo(commune, seq, "nhầm", clerk="truc", now=monday)
    assert speaking(commune, OTHER, DAY).result == speaking(commune, OTHER, monday.date()).result


@pytest.mark.parametrize(("reason", "seq", "code"), [("", None, "missing"), ("nhầm", 999, "unknown_decision")])
def test_taking_back_needs_a_decision_and_a_reason(commune, accept, monday, reason, seq, code):
    made = accept(amended(commune, OTHER, result="một"))
    assert refused(lambda: decisions.undo(commune, seq or made, reason, clerk="truc", now=monday)).code == code
    assert speaking(commune, OTHER, DAY).result == "một"


def test_taking_back_twice_is_refused_and_with_the_same_key_answered(commune, accept, monday):
    seq = accept(amended(commune, OTHER, result="một"))
    first = decisions.undo(commune, seq, "nhầm", clerk="truc", now=monday, key="k")
    assert decisions.undo(commune, seq, "nhầm", clerk="truc", now=monday, key="k").seq == first.seq
    assert refused(lambda: decisions.undo(commune, seq, "nhầm", clerk="truc", now=monday)).code == "already_undone"


def test_a_dossier_of_a_decision_taken_back_keeps_its_version(commune, accept, correction_form, monday):
    seq = accept(amended(commune, CODE, limit=days(1), cases=()))
    form = replace(correction_form, case=None)
    code = counter.register(commune, form, clerk="truc", now=at(monday, DAY)).code
    decisions.undo(commune, seq, "nhầm", clerk="truc", now=at(monday, date(2026, 12, 2)))
    assert procedures.version(commune, lookup.dossier(commune, code).events[0].payload["version_id"]).limit == days(1)
    assert checking.verify_chain(commune).faults == ()


def test_a_procedures_history_says_what_each_decision_changed(commune, accept, monday):
    new = replace(DECISION, number="2/QĐ", effective_on=date(2027, 1, 1), decided_on=None)
    first = accept(amended(commune, OTHER, result="một"))
    undone = accept(amended(commune, OTHER, new.effective_on, place="Trung tâm"), decision=new, content="2")
    decisions.undo(commune, undone, "nhầm", clerk="truc", now=monday)
    last = accept(amended(commune, OTHER, new.effective_on, fee=Fee(1, "")), decision=new, content="3")
    began, *made = decision_history.versions_of(commune, f"{OTHER}.H35")
    assert (began.decision, began.differs, began.speaks) == (None, (), True)
    assert [(past.decision.seq, past.speaks) for past in made] == [(first, True), (undone, False), (last, True)]
    assert [past.differs for past in made] == [("result",), ("place",), ("fee", "fees")]


def test_an_edit_by_hand_is_a_decision_with_one_change(commune, monday):
    version = replace(speaking(commune, OTHER, DAY), name="  Xác nhận   tình trạng  ", limit=days(5), statutory=days(2))
    done = decisions.edit(commune, version, DECISION, clerk="truc", now=monday)
    kept = speaking(commune, OTHER, DAY)
    assert (kept.name, kept.limit, kept.statutory) == ("Xác nhận tình trạng", days(2), days(5))
    (row,) = decisions.history(commune, OTHER)
    assert (row.seq, row.source, row.counts["amended"]) == (done.seq, "hand", 1)
    assert (
        refused(lambda: decisions.edit(commune, kept, DECISION, clerk="truc", now=monday)).code == "nothing_to_change"
    )


def test_by_hand_one_may_go_back_to_what_was_there_under_the_same_number(commune, monday):
    for result in ("một", "hai", "một"):
        version = replace(speaking(commune, OTHER, DAY), result=result)
        decisions.edit(commune, version, DECISION, clerk="truc", now=monday)
    assert speaking(commune, OTHER, DAY).result == "một"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"status": ProcedureStatus.ABOLISHED}, "abolished"),
        ({"status": ProcedureStatus.REPLACED, "replaced_by": CODE}, "replaced"),
        ({"code": "1.120009"}, "new"),
    ],
)
def test_by_hand_procedures_begin_and_end(commune, monday, told, kind):
    version = replace(speaking(commune, OTHER, DAY), **told)
    decisions.edit(commune, version, DECISION, clerk="truc", now=monday)
    assert decisions.history(commune)[0].counts[kind] == 1


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": " "}, "missing"),
        ({"effective_on": date(2026, 11, 19)}, "effective_before_decided"),
        ({"title": "x" * 501}, "too_long"),
    ],
)
def test_a_decision_says_its_number_and_does_not_count_before_it_was_taken(commune, monday, told, code):
    version = replace(speaking(commune, OTHER, DAY), result="khác")
    decision = replace(DECISION, **told)
    assert refused(lambda: decisions.edit(commune, version, decision, clerk="truc", now=monday)).code == code


def test_the_decisions_file_is_kept_with_it_and_missed_when_it_is_changed(commune, monday, tmp_path):
    paper = tmp_path / "Quyết định 2934.pdf"
    paper.write_bytes(b"%PDF-1.7 quyet dinh")
    version = replace(speaking(commune, OTHER, DAY), result="khác")
    decisions.edit(commune, version, DECISION, attachment=paper, clerk="truc", now=monday)
    (row,) = decisions.history(commune)
    assert row.attachment["name"] == "Quyết định 2934.pdf"
    kept = commune.home / row.attachment["path"]
    assert kept.read_bytes() == paper.read_bytes()
    assert checking.verify_chain(commune).faults == ()
    kept.write_bytes(b"%PDF-1.7 khac")
    assert checking.verify_chain(commune).faults == ("quyết định 2934/QĐ-UBND: tệp kèm theo bị mất hoặc bị sửa",)


def test_a_refused_decision_leaves_no_file_behind(commune, monday, tmp_path):
    paper = tmp_path / "qd.pdf"
    paper.write_bytes(b"%PDF-1.7")
    kept = speaking(commune, OTHER, DAY)
    refused(lambda: decisions.edit(commune, kept, DECISION, attachment=paper, clerk="truc", now=monday))
    assert not [path for path in commune.documents.glob("**/*") if path.is_file()]


def test_a_picture_of_200_mb_is_refused_without_being_read(commune, monday, tmp_path):
    picture = tmp_path / "quet.png"
    with picture.open("wb") as file:
        file.truncate(200_000_000)
    version = replace(speaking(commune, OTHER, DAY), result="khác")
    tracemalloc.start()
    call = lambda: decisions.edit(commune, version, DECISION, attachment=picture, clerk="truc", now=monday)  # noqa: E731
    assert refused(call).code == "bad_file"
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 50_000_000 and decisions.history(commune) == ()


def test_one_list_may_amend_a_procedure_and_name_the_day_of_its_end(commune, accept):
    end = date(2027, 7, 1)
    better = amended(commune, OTHER, result="Giấy xác nhận (mẫu mới)")
    gone = replace(better.version, status=ProcedureStatus.ABOLISHED, valid_from=end)
    accept(better, Change(Kind.ABOLISHED, 1, gone))
    assert speaking(commune, OTHER, end - timedelta(days=1)).result == "Giấy xác nhận (mẫu mới)"
    assert speaking(commune, OTHER, end).status is ProcedureStatus.ABOLISHED
    _, first, last = decision_history.versions_of(commune, OTHER)
    assert (first.differs, last.differs) == (("result",), ("status", "valid_to", "replaced_by"))
    assert decisions.history(commune)[0].counts == {"new": 0, "amended": 1, "replaced": 0, "abolished": 1}
    later = replace(DECISION, number="2/QĐ", effective_on=date(2027, 1, 1))
    accept(amended(commune, OTHER, later.effective_on, place="Trung tâm"), decision=later, content="2")
    ended = speaking(commune, OTHER, end)
    assert (ended.status, ended.place) == (ProcedureStatus.ABOLISHED, "Trung tâm")
