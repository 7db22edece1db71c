"""A dossier followed to its return: the numbers of the law, the clock, corrections, undoing, two windows, one key."""

from dataclasses import replace
from datetime import datetime

import pytest

from db import events, projection
from db.errors import RegisterProblem
from db.records import CalendarDay
from db.vocabulary import DayKind, DossierStatus, EventKind, PrintOutcome
from desktop.errors import UserError
from desktop.office import acts, checking, counter, issuing, lookup, opening, people, settings
from desktop.rules.calendar import VN_TZ
from desktop.rules.rights import WORKING

S = DossierStatus


def at(day, hour=9, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=VN_TZ)


@pytest.fixture
def code(commune, monday, correction_form):
    """A dossier received on Monday 23/11 at 09:14 for three working days: due on Friday 27/11 (the 24th is off)."""
    return counter.register(commune, correction_form, clerk="truc", now=monday).code


@pytest.fixture
def act(commune, code):
    """Record an act on that dossier."""

    def record(event, now, *, clerk="truc", key=None, seen=None, **facts):
        return acts.perform(commune, code, EventKind(event), facts, clerk=clerk, now=now, key=key, seen=seen)

    return record


@pytest.fixture
def refused(commune, act):
    """The word of a refusal that left the register alone."""

    def ask(event, now, **given):
        before = (events.head(commune), people.clerks(commune))
        with pytest.raises(UserError) as refusal:
            act(event, now, **given)
        assert (events.head(commune), people.clerks(commune)) == before
        assert refusal.value.message.endswith(".")
        return refusal.value.code

    return ask


def due(commune, code):
    return f"{lookup.row(commune, code).due_at:%d/%m %H:%M}"


def test_the_clock_stops_for_the_citizen(commune, code, act):
    """Wednesday's request leaves two days; they count again from the day after the answer."""
    asked = act("request_supplement", at(25), note="thiếu bản chính")
    assert (asked.status, due(commune, code)) == (S.WAITING_SUPPLEMENT, "27/11 17:00")
    assert lookup.row(commune, code).paused_since == at(25)
    assert act("supplement", at(7, month=12)).status is S.PROCESSING
    assert due(commune, code) == "09/12 17:00"
    assert lookup.row(commune, code).paused_since is None
    labels = [step["label"] for step in lookup.dossier(commune, code).explanation]
    assert labels[:3] == ["Nhận", "Nghỉ", "1"] and labels[-2:] == ["2", "3"] and "Dừng" in labels


@pytest.fixture
def ten_days(practice_home, correction_form):
    """A practice register with a dossier of ten working days received on Monday 02/11: due on 16/11."""
    book = opening.open_register(practice_home, now=at(23))
    form = replace(correction_form, procedure="1.014027", case=None)
    code = counter.register(book, form, clerk="truc", now=at(2)).code
    yield lambda event, now, **facts: acts.perform(book, code, EventKind(event), facts, clerk="truc", now=now)
    assert checking.verify_chain(book).holds
    book.close()


def test_the_clock_stop_of_the_reference(ten_days):
    """domain.md 6.5: asked on 05/11, answered on 16/11, the seven days left end on Thursday 26/11."""
    assert ten_days("request_supplement", at(5), note="thiếu").due_at == at(16, 17)
    assert ten_days("supplement", at(16)).due_at == at(26, 17)


def test_an_appointment_given_anew_waits_for_the_citizen_as_well(ten_days):
    """Extended to 23/11; asked on 18/11 (three days left), answered on 25/11: Monday 30/11."""
    assert ten_days("extend", at(13), note="chờ xác minh", to="2026-11-23T17:00").due_at == at(23, 17)
    ten_days("request_obligation", at(18), note="thuế")
    assert ten_days("fulfil_obligation", at(25)).due_at == at(30, 17)


def test_a_clock_stop_before_the_extension_is_counted_once(ten_days):
    ten_days("request_supplement", at(5), note="thiếu")
    ten_days("supplement", at(16))
    assert ten_days("extend", at(25), note="chờ", to="2026-12-01").due_at == at(1, 17, month=12)
    assert ten_days("finish", at(1, month=12)).due_at == at(1, 17, month=12)


def test_a_clock_stop_after_the_due_day_changes_nothing(ten_days):
    ten_days("request_supplement", at(18), note="thiếu")
    assert ten_days("supplement", at(30)).due_at == at(16, 17)


def test_a_second_request_needs_another_person_and_a_third_is_blocked(commune, act, refused):
    act("request_supplement", at(25, 8), note="thiếu bản chính")
    act("supplement", at(25, 9))
    for second in ({}, {"confirmed_by": "truc"}, {"confirmed_by": "Truc"}, {"confirmed_by": "  "}):
        assert refused("request_supplement", at(25, 10), note="vẫn thiếu", **second) == "needs_second_person"
    assert refused("request_supplement", at(25, 10), note="vẫn thiếu", confirmed_by="ai đó") == "unknown_clerk"
    assert refused("request_supplement", at(25, 10), confirmed_by="quay1") == "missing_fact"
    act("request_supplement", at(25, 10), note="vẫn thiếu", confirmed_by="quay1")
    act("supplement", at(25, 11))
    assert refused("request_supplement", at(25, 14), note="nữa", confirmed_by="quay1") == "third_supplement"
    events_ = lookup.dossier(commune, lookup.page(commune)[0].code).events
    assert events_[-2].payload["facts"]["confirmed_by"] == "quay1"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("2026-11-20T09:00", "not_later"),
        ("2026-11-27T16:00", "not_later"),
        ("2026-11-27T17:00", "not_later"),
        ("2026-11-27T23:00", "not_later"),
        ("2026-11-28T09:00", "day_off"),
        ("2027-01-01T09:00", "day_off"),
        ("2026-11-30T07:00", "closed_hour"),
        ("2026-11-30T12:00", "closed_hour"),
        ("2026-11-30T17:01", "closed_hour"),
        ("hôm nào đó", "bad_fact"),
        ("", "missing_fact"),
    ],
)
def test_a_new_appointment_is_a_later_open_hour_of_a_working_day(refused, to, reason):
    assert refused("extend", at(26), note="chờ xác minh", to=to) == reason


def test_an_extension_comes_in_time_and_once(commune, code, act, refused):
    assert refused("extend", at(27, 8), note="chờ", to="2026-12-01") == "too_late_to_extend"
    assert refused("extend", at(26), to="2026-12-01") == "missing_fact"
    assert act("extend", at(26), note="chờ", to="2026-12-01").due_at == at(1, 17, month=12)
    assert refused("extend", at(26, 10), note="nữa", to="2026-12-03") == "second_extension"
    assert refused("undo", at(26, 9)) == "nothing_to_undo"
    assert due(commune, code) == "01/12 17:00"
    assert not lookup.row(commune, code).apologised


def test_a_letter_of_apology_is_sent_once_and_moves_nothing(commune, code, act, refused):
    assert refused("apologise", at(27, 18), note="cán bộ ốm") == "not_late"
    for to, word in (("2026-11-27", "not_later"), ("2026-11-29", "day_off"), ("2026-11-30T23:00", "closed_hour")):
        assert refused("apologise", at(28, 8), note="cán bộ ốm", to=to) == word
    act("apologise", at(28, 8), note="cán bộ ốm", to="2026-12-01")
    assert refused("apologise", at(30), note="nữa") == "already_apologised"
    row = lookup.row(commune, code)
    assert (row.apologised, f"{row.due_at:%d/%m}") == (True, "27/11")


@pytest.mark.parametrize("event", ["stop", "withdraw", "refuse"])
def test_stopping_and_withdrawing_come_before_a_result(act, refused, event):
    act("finish", at(25))
    assert refused(event, at(25, 10), note="xin dừng") == "not_now"


def test_what_is_finished_or_handed_over_is_so_once(act, refused):
    assert refused("hand_over", at(25)) == "not_now"
    act("finish", at(25))
    assert refused("finish", at(25, 10)) == "not_now"
    done = act("hand_over", at(25, 10), to="Vàng Thị Ví Dụ", by="counter")
    assert done.status is S.HANDED_OVER
    assert refused("hand_over", at(25, 11)) == "not_now"
    assert refused("finish", at(25, 11)) == "not_now"


@pytest.mark.parametrize("score", [0, 6, -1, True, 4.5, "năm", "99999999999999999999"])
def test_a_rating_outside_the_scale_is_refused(act, refused, score):
    act("finish", at(25))
    assert refused("rate", at(25, 10), score=score) in ("bad_score", "bad_fact")


def test_a_dossier_is_rated_once_on_the_communes_own_scale(commune, act, refused):
    settings.change(commune, "rating_scale", 3, clerk="truc", now=at(24))
    act("finish", at(25))
    assert refused("rate", at(25, 10), score=4) == "bad_score"
    act("rate", at(25, 10), score="3", anonymous=True)
    assert refused("rate", at(25, 11), score=3) == "already_rated"


@pytest.mark.parametrize("code_", ["", "TN-MT-261123-0999", "H35.17.28-261123-0001", "đ", "x" * 5000])
def test_an_act_on_an_unknown_dossier_is_refused(commune, code_):
    before = events.head(commune)
    with pytest.raises(UserError) as refusal:
        acts.perform(commune, code_, EventKind.FINISH, {}, clerk="truc", now=at(25))
    assert (refusal.value.code, events.head(commune)) == ("unknown_dossier", before)


def test_a_short_name_in_capitals_is_the_same_person(commune, code, act):
    with pytest.raises(UserError) as refusal:
        people.add(commune, "TRUC", "Lò Thị Trực", roles=WORKING, clerk="quay1", now=at(25))
    assert refusal.value.code == "clerk_exists"
    act("forward", at(25), clerk="Truc")
    assert lookup.dossier(commune, code).events[-1].clerk == "truc"


def test_a_clock_set_back_records_nothing(commune, code, act, refused):
    act("forward", at(25), to="Phòng Kinh tế")
    assert refused("finish", at(24)) == "before_last"
    people.add(commune, "mai", "Lù Thị Mai", roles=WORKING, clerk="truc", now=at(26))
    before = events.head(commune)
    with pytest.raises(RegisterProblem) as problem:
        act("finish", at(25, 10))
    assert (problem.value.code, events.head(commune)) == ("clock_back", before)


def test_a_slip_is_undone_within_the_minute_and_the_date_comes_back(commune, code, act, refused):
    act("request_supplement", at(25), note="nhầm hồ sơ")
    assert refused("undo", at(25), clerk="quay1") == "not_yours"
    assert refused("undo", at(25, 9, 2)) == "minute_over"
    act("undo", at(25, 9, 1))
    row = lookup.row(commune, code)
    assert (row.status, row.paused_since, due(commune, code)) == (S.RECEIVED, None, "27/11 17:00")
    assert refused("undo", at(25, 9, 1)) == "nothing_to_undo"
    assert [event.event for event in lookup.dossier(commune, code).events] == ["register", "request_supplement", "undo"]


def test_undoing_the_answer_stops_the_clock_again(commune, code, act):
    act("request_supplement", at(25), note="thiếu")
    act("supplement", at(30))
    assert due(commune, code) == "02/12 17:00"
    day = CalendarDay(at(2, month=12).date(), DayKind.HOLIDAY, "Nghỉ bão", "CV 1/UBND")
    settings.set_day(commune, day, clerk="truc", now=at(30))
    act("undo", at(30))
    row = lookup.row(commune, code)
    assert (row.status, row.paused_since, due(commune, code)) == (S.WAITING_SUPPLEMENT, at(25), "27/11 17:00")


def test_of_two_windows_the_second_is_told_what_changed(commune, code, act, refused):
    seen = events.head(commune)[0]
    act("forward", at(25), to="Phòng Kinh tế", seen=seen)
    with pytest.raises(UserError) as refusal:
        act("finish", at(25, 10), clerk="quay1", seen=seen)
    assert refusal.value.facts == {"event": "forward", "clerk": "truc", "seq": seen + 1}
    assert "09:00" in refusal.value.message and "truc" in refusal.value.message
    assert refused("finish", at(25, 10), seen=seen) == "changed_elsewhere"
    act("finish", at(25, 10), clerk="quay1", seen=seen + 1)


def test_printing_in_another_window_changes_nothing_to_judge_by(commune, code, act):
    seen = events.head(commune)[0]
    print_ = {"printer": "Canon", "copies": 2, "outcome": PrintOutcome.SENT, "clerk": "quay1", "now": at(24)}
    issuing.record_print(commune, code, **print_)
    assert act("forward", at(25), seen=seen).status is S.PROCESSING


def test_one_key_is_one_event(commune, act, refused):
    first = act("request_supplement", at(25), key="k", note="thiếu")
    before = events.head(commune)
    again = act("request_supplement", at(25, 10), key="k", note="thiếu")
    assert (again.again, again.status, again.due_at) == (True, first.status, first.due_at)
    assert events.head(commune) == before
    assert refused("request_supplement", at(25, 10), key="k", note="thiếu khác") == "key_reused"
    assert refused("request_supplement", at(25, 10), key="k") == "key_reused"
    assert refused("supplement", at(25, 10), key="k") == "key_reused"


def test_one_key_is_one_event_whatever_the_office_completes(commune, act):
    forwarded = {"to": "Phòng Kinh tế", "inner_days": "1", "key": "f"}
    act("forward", at(25), **forwarded)
    act("undo", at(25), key="u")
    before = events.head(commune)
    assert act("forward", at(25, 10), **forwarded).again and act("undo", at(25, 10), key="u").again
    assert events.head(commune) == before


def test_what_a_stranger_asks_is_refused(refused):
    assert refused("finish", at(25), clerk="ai đó") == "unknown_clerk"


def test_a_correction_changes_words_and_never_a_date(commune, code, act, refused):
    changes = {"phone": "0987 000 009", "applicant.name": "Vàng Thị Mẫu"}
    act("correct", at(25), note="gõ sai tên", set=changes)
    row = lookup.row(commune, code)
    assert (row.applicant, row.phone, due(commune, code)) == ("Vàng Thị Mẫu", "0987000009", "27/11 17:00")
    assert [found.code for found in lookup.find(commune, "vang mau")] == [code] and not lookup.find(commune, "vi du")
    for path in ("due_at", "received_at", "procedure", "case", "channel", "limit", "key", "principal.name", "code"):
        assert refused("correct", at(25, 10), note="x", set={path: "2027-01-01"}) == "not_correctable"
    assert refused("correct", at(25, 10), set=changes) == "missing_fact"
    assert refused("correct", at(25, 10), note="x") == "missing_fact"
    assert refused("correct", at(25, 10), note="x", set=changes) == "nothing_to_correct"
    assert refused("correct", at(25, 10), note="x", set={"id_number": "12"}) not in ("", "key_reused")


def test_an_official_code_is_attached_once_and_found(commune, code, act, refused, correction_form):
    other = counter.register(commune, replace(correction_form, key="2"), clerk="truc", now=at(23, 10)).code
    official = "H35.17.28-261123-0975"
    assert act("attach_official_code", at(24), official_code=official.lower()).status is S.RECEIVED
    assert lookup.row(commune, official).code == code
    assert [row.code for row in lookup.find(commune, official)] == [code]
    for dossier in (code, other):
        with pytest.raises(UserError) as refusal:
            taken = {"official_code": official}
            acts.perform(commune, dossier, EventKind.ATTACH_OFFICIAL_CODE, taken, clerk="truc", now=at(24))
        assert refusal.value.code == "official_code_taken"
    assert refused("attach_official_code", at(24), official_code=other) == "bad_official_code"
    act("finish", at(25))
    assert lookup.row(commune, official).status is S.FINISHED


def test_a_dossier_travels_between_units_within_its_promise(commune, code, act, refused):
    assert refused("hand_back", at(24)) == "not_now"
    act("forward", at(25), to="Chi cục Thuế", inner_days="2")
    assert lookup.row(commune, code).holder == "Chi cục Thuế"
    facts = lookup.dossier(commune, code).events[-1].payload["facts"]
    assert facts["inner_due"] == "2026-11-27T17:00:00+07:00"
    act("hand_back", at(26))
    assert lookup.row(commune, code).holder == ""
    assert refused("hand_back", at(26)) == "not_now"
    assert refused("forward", at(26), to="Phòng Kinh tế", inner_days="1.25") == "beyond_promise"
    assert refused("forward", at(26), to="Phòng Kinh tế", inner_due="2026-11-27T18:00") == "beyond_promise"
    assert refused("forward", at(26), to="Phòng Kinh tế", inner_due="2026-11-26T08:00") == "inner_past"
    act("forward", at(26), to="Phòng Kinh tế", inner_days="1")
    act("finish", at(27))
    assert lookup.row(commune, code).holder == ""


def test_a_fee_is_noted_with_the_number_of_its_real_receipt(commune, code, act, refused):
    assert refused("fee_paid", at(25), amount=8000) == "missing_fact"
    act("fee_paid", at(25), receipt_number="AA/26P-0000123", amount="8000")
    facts = lookup.dossier(commune, code).events[-1].payload["facts"]
    assert facts == {"receipt_number": "AA/26P-0000123", "amount": 8000}


def test_screens_are_offered_every_act_with_its_reason(commune, code):
    offers = {offer.event: offer.why_not for offer in acts.offered(commune, code, clerk="truc", now=at(25))}
    assert len(offers) == 18
    possible = {event for event, why_not in offers.items() if not why_not}
    assert {"forward", "finish", "extend", "correct", "withdraw"} <= possible
    assert offers["hand_over"] == "Chưa làm được vì chưa có kết quả."
    assert offers["supplement"] == "Chưa làm được vì không có yêu cầu bổ sung đang chờ."
    assert list(offers.values()) == sorted(offers.values(), key=bool)


def test_the_table_is_what_the_events_say_after_every_act(commune, code, act):
    for event, day, facts in (
        ("forward", 24, {"to": "Phòng Kinh tế"}),
        ("request_supplement", 25, {"note": "thiếu"}),
        ("supplement", 26, {}),
        ("correct", 26, {"note": "sai", "set": {"name": "Vàng Thị Mẫu"}}),
        ("attach_official_code", 26, {"official_code": "H35.17.28-261123-0975"}),
        ("fee_paid", 26, {"receipt_number": "1"}),
        ("finish", 26, {}),
        ("hand_over", 26, {}),
        ("undo", 26, {}),
        ("hand_over", 26, {}),
        ("rate", 26, {"score": 5}),
    ):
        act(event, at(day), **facts)
        assert list(projection.faults(commune)) == []
    assert checking.verify_chain(commune).holds
