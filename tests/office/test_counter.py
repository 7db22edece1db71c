"""Taking a dossier in: one act, one number, one promise, one receipt, whatever is asked twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import drafts, events
from db.errors import RegisterProblem
from db.records import CalendarDay
from db.vocabulary import DayKind, PrintOutcome
from desktop.errors import UserError
from desktop.office import checking, counter, issuing, lookup, people, procedures, settings
from desktop.rules.rights import WORKING


@pytest.fixture
def count(commune):
    return lambda: (lookup.count(commune), events.head(commune)[0])


def test_a_dossier_is_numbered_promised_and_found(commune, monday, correction_form):
    done = counter.register(commune, correction_form, clerk="truc", now=monday)
    assert done.code == "TN-MT-261123-0001"
    assert f"{done.due_at:%d/%m/%Y %H:%M}" == "27/11/2026 17:00"
    detail = lookup.dossier(commune, done.code)
    assert detail.row.clerk == "truc"
    assert [step["label"] for step in detail.explanation] == ["Nhận", "Nghỉ", "1", "2", "3"]
    (document,) = detail.documents
    assert document.content["code"] == done.code
    assert document.content["number_line"] == "Số: 01/-TTPVHCC"
    for text in ("vang thi vi du", "VÀNG", "du vi", "0002", "012195000002", "0121 9500 0002", "0987000001", "261123"):
        assert [row.code for row in lookup.find(commune, text)] == [done.code], text
    assert lookup.find(commune, "nguyen") == ()
    assert lookup.find(commune, " ") == ()


def test_the_same_key_answers_the_same_and_adds_nothing(commune, monday, correction_form, count):
    first = counter.register(commune, correction_form, clerk="truc", now=monday)
    before = count()
    again = counter.register(commune, correction_form, clerk="truc", now=monday + timedelta(hours=1))
    assert (again.code, again.due_at, again.again) == (first.code, first.due_at, True)
    assert count() == before


def test_the_same_key_for_another_dossier_is_refused(commune, monday, correction_form, count):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    before = count()
    with pytest.raises(UserError) as refusal:
        counter.register(commune, replace(correction_form, sets=2), clerk="truc", now=monday)
    assert refusal.value.code == "key_reused"
    assert count() == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"procedure": "9.999999"}, "unknown_procedure"),
        ({"procedure": "2.001009", "case": None}, "abolished_procedure"),
        ({"procedure": "1.001776", "case": None}, "replaced_procedure"),
        ({"case": None}, "missing"),
        ({"case": "không có"}, "unknown"),
        ({"channel": "fax"}, "unknown"),
        ({"sets": 0}, "out_of_range"),
    ],
)
def test_a_form_that_cannot_be_taken_changes_nothing(commune, monday, correction_form, count, change, code):
    before = count()
    with pytest.raises(UserError) as refusal:
        counter.register(commune, replace(correction_form, **change), clerk="truc", now=monday)
    assert refusal.value.code == code
    assert count() == before


def test_the_windows_checklist_demands_every_required_paper(commune, monday, correction_form, count):
    before = count()
    with pytest.raises(UserError) as refusal:
        counter.register(commune, correction_form, clerk="truc", now=monday, checklist=True)
    assert refusal.value.facts["field"] == "papers"
    assert count() == before


def test_numbers_follow_the_day_and_the_book_the_year(commune, monday, correction_form):
    codes = [
        counter.register(commune, replace(correction_form, key=str(n)), clerk="truc", now=at).code
        for n, at in enumerate([monday, monday, monday + timedelta(days=2), monday + timedelta(days=60)])
    ]
    assert codes == ["TN-MT-261123-0001", "TN-MT-261123-0002", "TN-MT-261125-0001", "TN-MT-270122-0001"]
    entries = [lookup.dossier(commune, code).documents[0].content["entry_no"] for code in codes]
    assert entries == ["1", "2", "3", "1"]


def test_with_an_agency_code_the_code_is_official_and_not_temporary(commune, monday, correction_form):
    unit = replace(settings.unit(commune), agency_code="H35.17.28")
    settings.change_unit(commune, unit, clerk="truc", now=monday)
    done = counter.register(commune, correction_form, clerk="truc", now=monday)
    assert done.code == "H35.17.28-261123-0001"
    assert lookup.dossier(commune, done.code).documents[0].content["temporary"] is False


def test_a_clock_that_went_back_stops_every_act(commune, monday, correction_form, count):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    before = count()
    earlier = monday - timedelta(minutes=1)
    for act in (
        lambda: counter.register(commune, replace(correction_form, key="2"), clerk="truc", now=earlier),
        lambda: people.add(commune, "mai", "Lù Thị Mai", roles=WORKING, clerk="truc", now=earlier),
        lambda: settings.change(commune, "x", 1, clerk="truc", now=earlier),
    ):
        with pytest.raises(RegisterProblem) as refusal:
            act()
        assert refusal.value.code == "clock_back"
    assert count() == before


def test_a_stranger_cannot_act_on_a_live_register(commune, monday, correction_form, count):
    before = count()
    with pytest.raises(UserError) as refusal:
        counter.register(commune, correction_form, clerk="ai đó", now=monday)
    assert refusal.value.code == "unknown_clerk"
    assert count() == before


def test_the_promise_that_reaches_an_unconfirmed_year_says_so_on_paper(commune, monday, correction_form):
    december = monday.replace(month=12, day=30)
    done = counter.register(commune, correction_form, clerk="truc", now=december)
    content = lookup.dossier(commune, done.code).documents[0].content
    assert content["unconfirmed_note"] == "Lịch nghỉ 2027 chưa xác nhận, ngày hẹn có thể đổi."
    settings.confirm_year(commune, 2027, "Thông báo lịch nghỉ 2027", clerk="truc", now=december)
    after = counter.register(commune, replace(correction_form, key="2"), clerk="truc", now=december)
    assert lookup.dossier(commune, after.code).documents[0].content["unconfirmed_note"] == ""


def test_a_day_off_added_by_the_commune_moves_later_promises_only(commune, monday, correction_form):
    before = counter.register(commune, correction_form, clerk="truc", now=monday)
    day = CalendarDay((monday + timedelta(days=2)).date(), DayKind.HOLIDAY, "Nghỉ bão", "CV 1/UBND")
    settings.set_day(commune, day, clerk="truc", now=monday)
    after = counter.register(commune, replace(correction_form, key="2"), clerk="truc", now=monday)
    assert (after.due_at - before.due_at).days == 3
    assert lookup.row(commune, before.code).due_at == before.due_at


def test_looking_ahead_tells_promise_fee_problems_and_duplicates_and_stores_nothing(
    commune, monday, correction_form, count
):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    before = count()
    seen = counter.preview(commune, replace(correction_form, key="2"), now=monday)
    assert seen.procedure is not None and seen.procedure.code == "1.004859"
    assert f"{seen.promise.due_at:%d/%m}" == "27/11"
    assert [problem.field for problem in seen.problems if not problem.soft] == ["papers"]
    assert [row.code for row in seen.duplicates] == ["TN-MT-261123-0001"]
    assert count() == before


def test_looking_ahead_at_an_empty_form_finds_no_promise(commune, monday, correction_form):
    seen = counter.preview(commune, replace(correction_form, procedure="", case=None), now=monday)
    assert seen.procedure is None and seen.promise is None


def test_a_returning_citizen_is_known_by_number(commune, monday, correction_form):
    assert lookup.known_person(commune, "012195000002") is None
    counter.register(commune, correction_form, clerk="truc", now=monday)
    known = lookup.known_person(commune, "012195000002")
    assert (known.name, known.phone, known.last_on) == ("Vàng Thị Ví Dụ", "0987000001", monday.date())


def test_every_shipped_procedure_can_be_taken_in(commune, monday, correction_form):
    """With its first case, and the limit typed where the catalogue asks for it."""
    from decimal import Decimal

    from desktop.rules.intake import TypedLimit, needs_typed_limit

    for number, version in enumerate(procedures.catalogue(commune).listed(on=monday.date())):
        form = replace(
            correction_form,
            key=f"p{number}",
            procedure=version.code,
            case=version.cases[0].label if version.cases else None,
            limit=TypedLimit(Decimal(3), "working_days") if needs_typed_limit(version) else None,
        )
        done = counter.register(commune, form, clerk="truc", now=monday)
        assert done.due_at > monday, version.code
    assert checking.verify_chain(commune).holds


def test_a_failed_print_is_recorded_and_the_dossier_stands(commune, monday, correction_form):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    report = {"printer": "Canon", "copies": 2, "clerk": "truc", "now": monday}
    issuing.record_print(commune, code, outcome=PrintOutcome.FAILED, **report)
    assert lookup.row(commune, code).print_failed
    assert lookup.day_counts(commune, monday.date())[lookup.DayList.NOT_PRINTED] == 1
    issuing.record_print(commune, code, outcome=PrintOutcome.SENT, **report)
    row = lookup.row(commune, code)
    assert (row.printed, row.print_failed) == (1, False)
    assert lookup.dossier(commune, code).documents[0].printed == 1
    assert checking.verify_chain(commune).holds


def test_a_second_print_says_that_it_is_one(commune, monday, correction_form):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    first = issuing.receipt_pdf(commune, code, now=monday)
    assert issuing.receipt_pdf(commune, code, now=monday).sha256 == first.sha256
    issuing.record_print(commune, code, printer="Canon", copies=2, outcome=PrintOutcome.SENT, clerk="truc", now=monday)
    again = issuing.receipt_pdf(commune, code, now=monday)
    assert again.sha256 != first.sha256
    assert again.path.name.endswith("in-lai-1.pdf") and again.path.read_bytes() == again.data


def test_a_receipt_verifies_offline_and_a_changed_one_does_not(commune, monday, correction_form):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    text = lookup.dossier(commune, code).documents[0].content["qr_text"]
    assert issuing.verify_receipt(commune, text).verdict == "genuine"
    assert issuing.verify_receipt(commune, text.replace("27/11", "28/11")).verdict == "forged"
    assert issuing.verify_receipt(commune, "một đoạn chữ").verdict == "forged"
    assert [row.code for row in lookup.find(commune, text)] == [code]


def test_a_receipt_of_another_commune_has_an_unknown_key(commune, monday, correction_form, tmp_path):
    from desktop.office import opening

    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    text = lookup.dossier(commune, code).documents[0].content["qr_text"]
    unit = opening.unit_as_printed("TU", "xã Than Uyên", practice=False)
    with opening.init(tmp_path / "other", unit, now=monday) as other:
        assert issuing.verify_receipt(other, text).verdict == "unknown_key"


def test_a_restored_register_seals_with_a_new_key_and_still_knows_the_old(commune, monday, correction_form, tmp_path):
    from db import backup
    from desktop.office import opening, restoring, sealing

    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    text = lookup.dossier(commune, code).documents[0].content["qr_text"]
    backup.copy(commune.home / "register.sqlite3", tmp_path / "copy.sqlite3")
    restoring.restore(tmp_path / "copy.sqlite3", tmp_path / "restored")
    with opening.open_register(tmp_path / "restored", now=monday) as restored:
        assert len(sealing.public_keys(restored)) == 2
        assert issuing.verify_receipt(restored, text).verdict == "genuine"
        other = counter.register(restored, replace(correction_form, key="2"), clerk="truc", now=monday).code
        assert other == "TN-MT-261123-0601"


def test_a_draft_survives_closing_and_is_gone_when_discarded(commune, monday):
    drafts.save(commune, "quay1", {"name": "Vàng"}, at=monday)
    drafts.save(commune, "quay1", {"name": "Vàng Thị"}, at=monday)
    assert drafts.load(commune, "quay1").state == {"name": "Vàng Thị"}
    drafts.discard(commune, "quay1")
    assert drafts.load(commune, "quay1") is None
