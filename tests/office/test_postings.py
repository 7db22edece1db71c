"""The wall knows what hangs on it: exactly the sheets that are out of date are named, with why and since when."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from db import postings as stored
from db.records import Fee, FeeRule, ProcedureVersion
from db.vocabulary import EventKind as E
from db.vocabulary import ProcedureStatus
from desktop.documents.posting_sheet import SheetKind
from desktop.office import checking, decisions, posting_checks, posting_facts, postings
from desktop.office.posting_checks import Do, Verdict
from desktop.office.posting_facts import PostingFacts
from desktop.office.posting_sheets import wall
from desktop.office.postings import Place
from desktop.rules import sheet_codes
from desktop.rules.change_sets import Change
from desktop.rules.list_entries import Kind
from tests import granted
from tests.office.deciding import CODE, DAY, DECISION, OTHER, amended, change_set, days, refused, speaking

EVE = DAY - timedelta(days=1)
THIRD = "1.001193"


@pytest.fixture
def post(commune, monday):
    """Record that sheets were put up, on Monday unless another moment is given."""

    def posted(*names, now=monday, **more):
        return postings.post(commune, [Place(name) for name in names], clerk="truc", now=now, **more)

    return posted


@pytest.fixture
def decide(commune, monday):
    """Apply changes as one decision; returns its event's number."""

    def decided(*changes, now=monday, decision=DECISION, content="list 1"):
        found = change_set(commune, *changes, decision=decision, content=content)
        return decisions.accept(commune, found, clerk="truc", now=now).seq

    return decided


def at(on: date, moment: datetime) -> datetime:
    return datetime.combine(on, moment.timetz())


def gone(book, code, status=ProcedureStatus.ABOLISHED, row=9, **told) -> Change:
    version = replace(speaking(book, code, DAY), status=status, valid_from=None, decision="", **told)
    return Change(Kind.REPLACED if told else Kind.ABOLISHED, row, version)


def listing(book, code, on=EVE) -> str:
    """The sheet of the field's list that names a procedure."""
    shown = wall(book, on)
    lists = [name for name in shown.names if shown.sheet(name).kind is SheetKind.LIST]
    (found,) = [name for name in lists if code in {row.key for row in shown.sheet(name).rows}]
    return found


def todo(book, on, *kinds) -> set[tuple[Do, str]]:
    return {(task.do, task.name) for task in posting_checks.stale(book, on).tasks if task.do in kinds or not kinds}


def qr(book, name, on, *, practice=False) -> str:
    return sheet_codes.sheet_text(name, sheet_codes.version_digits(wall(book, on).sha256(name)), practice=practice)


def test_of_forty_posted_sheets_exactly_the_five_outdated_ones_are_named(commune, post, decide, monday):
    mine = [CODE, OTHER, THIRD, listing(commune, CODE), listing(commune, OTHER)]
    shown = wall(commune, EVE)
    others = [name for name in shown.names if shown.sheet(name).kind is SheetKind.PROCEDURE and name not in mine]
    post(*mine, *others[::12][:35])
    assert len(set(mine)) == 5 and len(postings.hanging(commune)) == 40
    assert posting_checks.stale(commune, monday.date()).of(Do.REPLACE) == ()
    decide(
        amended(commune, CODE, limit=days(1), cases=()),
        amended(commune, OTHER, row=2, legal_basis=("18/2026/NĐ-CP",)),
        gone(commune, THIRD),
    )
    assert todo(commune, EVE, Do.REPLACE, Do.TAKE_DOWN) == set()
    state = posting_checks.stale(commune, DAY)
    wrong = {task.name: task for task in state.tasks if task.do is not Do.PUT_UP}
    assert {name: task.do for name, task in wrong.items()} == {
        CODE: Do.REPLACE,
        OTHER: Do.REPLACE,
        THIRD: Do.TAKE_DOWN,
        listing(commune, CODE): Do.REPLACE,
        listing(commune, OTHER): Do.REPLACE,
    }
    assert len(state.right) == 35
    assert wrong[OTHER].why == ("đổi quyết định công bố, căn cứ pháp lý từ 01/12/2026 (2934/QĐ-UBND ngày 20/11/2026)")
    assert "thời hạn giải quyết" in wrong[CODE].fields
    assert f"ở dòng {OTHER}" in wrong[listing(commune, OTHER)].why
    assert wrong[THIRD].why == "đã bãi bỏ từ 01/12/2026 (2934/QĐ-UBND ngày 20/11/2026)"
    assert {task.cause.since for task in wrong.values()} == {DAY}


def test_what_was_replaced_is_right_and_every_day_in_between_can_be_told(commune, post, decide, monday):
    post(CODE, OTHER)
    decide(amended(commune, CODE, limit=days(1), cases=()))
    old, new = (wall(commune, on).sha256(CODE) for on in (EVE, DAY))
    later = at(DAY + timedelta(days=2), monday)
    post(CODE, now=later)
    postings.take_down(commune, [Place(OTHER)], clerk="truc", now=later)
    assert todo(commune, later.date(), Do.REPLACE, Do.TAKE_DOWN) == set()
    hung = {
        day: {one.name: one.sha256 for one, _ in postings.posted_on(commune, monday.date() + timedelta(days=day))}
        for day in range(-1, 12)
    }
    kept = wall(commune, EVE).sha256(OTHER)
    for day, sheets in hung.items():
        on = monday.date() + timedelta(days=day)
        if day < 0:
            assert sheets == {}
        elif on < later.date():
            assert sheets == {CODE: old, OTHER: kept}
        else:
            assert sheets == {CODE: new}
    assert checking.verify_chain(commune).faults == ()


def test_of_a_fields_list_only_the_sheet_whose_line_changed_is_replaced(commune, post, decide):
    lists = [name for name in wall(commune, EVE).names if name.startswith("DANH MUC")]
    post(*lists)
    mine = listing(commune, CODE)
    decide(amended(commune, CODE, name="Thay đổi hộ tịch " + "với tên dài hơn nhiều " * 20))
    assert todo(commune, DAY, Do.REPLACE, Do.TAKE_DOWN) == {(Do.REPLACE, mine)}


def test_a_new_procedure_takes_the_next_place_and_moves_nobody(commune, post, decide, monday):
    everything = [name for name in wall(commune, EVE).names if name != "MUC LUC"]
    post(*everything)
    decide(Change(Kind.NEW, 1, ProcedureVersion("1.000001", "Thủ tục mới thử nghiệm", "Hộ tịch", days(2))))
    tasks = todo(commune, DAY)
    assert (Do.PUT_UP, "1.000001") in tasks
    ((do, name),) = tasks - {(Do.PUT_UP, "1.000001")}
    assert do in (Do.REPLACE, Do.PUT_UP) and name == listing(commune, "1.000001", DAY)
    before, after = wall(commune, EVE).sheet(CODE), wall(commune, DAY).sheet(CODE)
    assert before == after


def test_an_abolished_procedure_leaves_its_number_empty(commune, decide):
    mark = wall(commune, EVE).sheet(CODE).mark
    decide(gone(commune, OTHER))
    shown = wall(commune, DAY)
    assert OTHER not in shown.names and shown.sheet(CODE).mark == mark
    numbers = [row.cells[0][0].rest for row in shown.sheet(listing(commune, CODE, DAY)).rows]
    assert numbers == [row.cells[0][0].rest for row in wall(commune, EVE).sheet(listing(commune, CODE)).rows]


def test_a_decision_taken_back_makes_the_old_sheet_right_again_and_the_new_one_wrong(commune, post, decide, monday):
    post(CODE, THIRD)
    seq = decide(amended(commune, CODE, limit=days(1), cases=()), amended(commune, OTHER, row=2, result="Giấy mới"))
    post(OTHER, on=DAY)
    assert todo(commune, DAY, Do.REPLACE) == {(Do.REPLACE, CODE)}
    decisions.undo(commune, seq, "nhập nhầm tệp", clerk="truc", now=monday)
    (task,) = posting_checks.stale(commune, DAY).of(Do.REPLACE)
    assert task.name == OTHER
    assert task.why.endswith("(thôi áp dụng 2934/QĐ-UBND)")


def test_a_decision_that_came_late_is_the_cause_although_its_day_was_before_the_posting(commune, post, decide, monday):
    post(CODE, now=monday)
    early = replace(
        DECISION, decided_on=monday.date() - timedelta(days=9), effective_on=monday.date() - timedelta(days=5)
    )
    decide(amended(commune, CODE, monday.date(), limit=days(1), cases=()), decision=early)
    (task,) = posting_checks.stale(commune, monday.date()).of(Do.REPLACE)
    assert task.cause.since == early.effective_on


def test_a_fee_that_ends_makes_its_sheet_old_without_any_decision(commune, post, decide, monday):
    rules = (FeeRule(5000, "5.000 đồng", valid_to=date(2026, 12, 31)),)
    decide(amended(commune, OTHER, fee=Fee(8000, "8.000 đồng"), fees=rules))
    post(OTHER, now=at(DAY, monday))
    assert todo(commune, date(2026, 12, 31), Do.REPLACE) == set()
    (task,) = posting_checks.stale(commune, date(2027, 1, 1)).of(Do.REPLACE)
    assert (task.name, task.fields, task.cause.since) == (OTHER, ("phí, lệ phí",), date(2027, 1, 1))


def test_another_phone_for_feedback_concerns_the_sheets_that_bear_it(commune, post, monday):
    mine = listing(commune, CODE)
    post(CODE, mine, "PHAN ANH")
    posting_facts.change(commune, PostingFacts(feedback_phone="0213000000"), clerk="truc", now=monday)
    state = posting_checks.stale(commune, monday.date())
    assert {task.name for task in state.of(Do.REPLACE)} == {mine, "PHAN ANH"}
    (task,) = [task for task in state.of(Do.REPLACE) if task.name == mine]
    assert task.why == "đổi nơi nộp, giờ tiếp nhận, nơi nhận phản ánh" and task.cause.since is None


def test_what_must_hang_is_to_be_put_up_until_it_does(commune, post, monday):
    shown = wall(commune, monday.date())
    state = posting_checks.stale(commune, monday.date())
    required = {name for name in shown.names if shown.must_hang(name)}
    assert {task.name for task in state.of(Do.PUT_UP)} == required == {task.name for task in state.tasks}
    assert set(shown.names) - required == {"BIA", "MUC LUC", "BANG MA TO 1", "BIEN CUA"}
    post(*shown.names)
    after = posting_checks.stale(commune, monday.date())
    assert after.tasks == () and len(after.right) == len(shown.names)


def test_a_scan_answers_right_old_abolished_or_unknown(commune, post, decide, monday):
    post(CODE, OTHER)
    mine = listing(commune, CODE)
    before = {name: qr(commune, name, EVE) for name in (CODE, OTHER, THIRD, mine)}
    decide(
        amended(commune, CODE, limit=days(1), cases=()),
        gone(commune, OTHER),
        gone(commune, THIRD, ProcedureStatus.REPLACED, row=3, replaced_by=CODE),
    )

    def ask(text, on=DAY):
        return posting_checks.answer(commune, text, on)

    assert {ask(text, EVE).verdict for text in before.values()} == {Verdict.CURRENT}
    assert ask(before[CODE]).verdict is Verdict.OLD and ask(before[CODE]).words == "Cũ từ 01/12/2026"
    assert ask(before[CODE]).cause.decision == "2934/QĐ-UBND ngày 20/11/2026"
    assert [one.name for one in ask(before[CODE]).hangs] == [CODE]
    assert ask(before[mine]).words == "Cũ từ 01/12/2026"
    assert (ask(before[OTHER]).verdict, ask(before[OTHER]).words) == (Verdict.ABOLISHED, "Đã bãi bỏ")
    assert ask(before[THIRD]).words == f"Đã thay bằng {CODE}"
    assert ask(qr(commune, CODE, DAY)).verdict is Verdict.CURRENT
    assert ask(f"  {qr(commune, CODE, DAY).lower()}\r\n").verdict is Verdict.CURRENT
    for text in ("", "rác", f"NIEM YET {CODE} BAN 000000000000", "NIEM YET 9.999999 BAN 000000000000"):
        assert ask(text).verdict is Verdict.UNKNOWN
    assert ask(qr(commune, CODE, DAY, practice=True)).verdict is Verdict.UNKNOWN


def test_a_posted_sheet_is_known_as_old_also_when_no_decision_changed_it(commune, post, monday):
    post("PHAN ANH")
    text = qr(commune, "PHAN ANH", monday.date())
    posting_facts.change(commune, PostingFacts(feedback_phone="0213000000"), clerk="truc", now=monday)
    told = posting_checks.answer(commune, text, monday.date())
    assert (told.verdict, told.words) == (Verdict.OLD, "Cũ")


def test_a_sheet_put_up_without_a_place_goes_where_it_hung(commune, post, monday):
    postings.post(commune, [Place(CODE, "Bảng 1", "7"), Place(CODE, "Bảng 2", "3")], clerk="truc", now=monday)
    post(CODE)
    assert [(one.board, one.slot) for one in postings.hanging(commune)] == [("Bảng 1", "7"), ("Bảng 2", "3")]
    postings.take_down(commune, [Place(CODE, "Bảng 2", "3")], clerk="truc", now=monday)
    postings.take_down(commune, [Place(CODE)], clerk="truc", now=monday)
    post(CODE)
    assert [(one.board, one.slot) for one in postings.hanging(commune)] == [("Bảng 1", "7")]


def test_tasks_come_by_board_and_slot_as_people_count(commune, decide, monday):
    places = [Place(CODE, "Bảng 1", "10"), Place(OTHER, "Bảng 1", "9"), Place(THIRD, "Bảng 0", "x")]
    postings.post(commune, places, clerk="truc", now=monday)
    decide(*(amended(commune, code, row=row, result="Giấy mới") for row, code in enumerate((CODE, OTHER, THIRD), 1)))
    tasks = [task for task in posting_checks.stale(commune, DAY).tasks if task.do is Do.REPLACE]
    assert [task.slot for task in tasks] == ["x", "9", "10"]


def test_an_act_is_undone_within_its_minute_by_who_recorded_it(commune, post, monday):
    post(CODE)
    done = postings.take_down(commune, [Place(CODE)], clerk="truc", now=monday)
    assert refused(lambda: postings.undo(commune, done.seq, clerk="quay1", now=monday)).code == "not_yours"
    late = monday + timedelta(seconds=61)
    assert refused(lambda: postings.undo(commune, done.seq, clerk="truc", now=late)).code == "minute_over"
    assert refused(lambda: postings.undo(commune, done.seq - 1, clerk="truc", now=monday)).code == "nothing_to_undo"
    undone = postings.undo(commune, done.seq, clerk="truc", now=monday + timedelta(seconds=30))
    assert undone.sheets == (CODE,)
    assert [one.name for one in postings.hanging(commune)] == [CODE]
    assert refused(lambda: postings.undo(commune, undone.seq, clerk="truc", now=monday)).code == "nothing_to_undo"
    assert checking.verify_chain(commune).faults == ()


def test_the_same_key_records_once_and_only_the_same(commune, post):
    first = post(CODE, key="k1")
    again = post(CODE, key="k1")
    assert (again.seq, again.sheets, bool(again.changes)) == (first.seq, (CODE,), False)
    assert refused(lambda: post(OTHER, key="k1")).code == "key_reused"
    assert len(postings.hanging(commune)) == 1


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ([], "nothing_to_post"),
        ([Place("9.999999")], "unknown_sheet"),
        ([Place(CODE, version="000000000000")], "old_sheet"),
        ([Place(CODE, "A"), Place(CODE, "A")], "same_place"),
        ([Place(CODE, "A" * 41)], "too_long"),
        ([Place(CODE, "A\x00")], "control_character"),
    ],
)
def test_what_cannot_be_put_up_is_refused_and_nothing_hangs(commune, monday, places, code):
    assert refused(lambda: postings.post(commune, places, clerk="truc", now=monday)).code == code
    assert postings.hanging(commune) == ()


def test_nothing_is_put_up_for_a_day_that_is_over_nor_taken_down_where_it_does_not_hang(commune, post, monday):
    assert refused(lambda: post(CODE, on=monday.date() - timedelta(days=1))).code == "day_over"
    post(CODE)
    assert (
        refused(lambda: postings.take_down(commune, [Place(CODE, "Bảng 9")], clerk="truc", now=monday)).code
        == "not_hanging"
    )


def test_a_sheet_changed_behind_the_registers_back_is_found(commune, post):
    post(CODE, OTHER)
    assert checking.verify_chain(commune).holds
    with commune.write():
        commune.database.execute_sql("UPDATE posted_sheet SET board = 'khác' WHERE name = ?", (CODE,))
    assert checking.verify_chain(commune).faults == (f"niêm yết tờ {CODE}: dòng trong sổ không khớp sự kiện",)


@pytest.mark.parametrize(
    ("kind", "payload", "later", "clerk", "said"),
    [
        (E.TAKE_DOWN, {"sheets": [{"name": OTHER, "board": "", "slot": ""}]}, 0, "truc", "gỡ một tờ không có"),
        (E.TAKE_DOWN, {"sheets": []}, 0, "truc", "không có tờ nào"),
        (E.UNDO_POSTING, {"undoes": 1}, 0, "truc", "không phải lần cuối"),
        (E.UNDO_POSTING, {"undoes": ...}, 61, "truc", "quá một phút"),
        (E.UNDO_POSTING, {"undoes": ...}, 0, "quay1", "người khác"),
        (E.POST_SHEETS, {"on": "2026-01-01", "sheets": ...}, 0, "truc", "ngày đã qua"),
    ],
)
def test_what_the_acts_would_have_refused_is_found_in_the_chain(
    commune, post, monday, kind, payload, later, clerk, said
):
    seq = post(CODE).seq
    (posted,) = postings.hanging(commune)
    sheet = {"name": CODE, "sha256": posted.sha256, "size": "A4", "board": "", "slot": ""}
    told = {
        name: {"undoes": seq, "sheets": [sheet]}[name] if value is ... else value for name, value in payload.items()
    }
    with commune.write():
        at = monday + timedelta(seconds=later)
        event = granted.append(commune, kind, told, at=at, clerk=clerk, key="forged")
        stored.record(commune, event, told)
    (fault,) = checking.verify_chain(commune).faults
    assert fault.startswith(f"sự kiện {event.seq}: ") and said in fault
