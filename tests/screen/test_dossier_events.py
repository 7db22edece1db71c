"""Every event that a dossier can carry is told with an icon that exists, a word and who did it."""

from datetime import datetime, timedelta, timezone

import pytest

from db.records import EventRow
from db.vocabulary import EventKind
from desktop.gui import icons, theme
from desktop.gui.dossier_events import happenings
from desktop.gui.dossier_facts import papers_handed_in
from desktop.gui.dossier_promises import full_texts, promises
from desktop.gui.timeline import Happening

AT = datetime(2026, 11, 23, 9, 14, tzinfo=timezone(timedelta(hours=7), "ICT"))
CLERKS = {"truc": "Lò Thị Trực", "minh": "Vàng Văn Minh Họa"}
FORM = {"applicant": {"phone": "0987000001", "birth_date": "1995-11-02"}, "principal": None, "result_by": "counter"}
AFTER = {"after": {"due_at": "2026-11-30T17:00:00+07:00"}}
FACTS = {
    EventKind.REGISTER: {"due_at": "2026-11-27T17:00:00+07:00", "form": FORM},
    EventKind.ATTACH_OFFICIAL_CODE: {"official_code": "H35.17.28-261123-0001"},
    EventKind.PRINT: {"printer": "Canon", "copies": 2, "outcome": "sent"},
    EventKind.SUPPLEMENT: AFTER,
    EventKind.FULFIL_OBLIGATION: AFTER,
    EventKind.EXTEND: {"facts": {"to": "2026-12-02T17:00:00+07:00"}},
    EventKind.RATE: {"facts": {"score": 4}},
    EventKind.FEE_PAID: {"facts": {"receipt_number": "AB/26E-0001234", "amount": 15000}},
    EventKind.CORRECT: {"facts": {"set": {"applicant.phone": "0987000002"}}, "form": FORM},
    EventKind.UNDO: {"facts": {"undoes": 1}},
}


def event(kind: EventKind, note: str = "", *, seq: int = 2, **facts) -> EventRow:
    payload = FACTS.get(kind, {}) | ({"facts": facts} if facts else {})
    return EventRow(seq, kind, AT, "truc", note, "hash", payload)


def told(*events: EventRow) -> list[Happening]:
    return happenings([event(EventKind.REGISTER, seq=1), *events], CLERKS)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.UNDO])
def test_every_kind_of_event_can_be_told(kind):
    happening = told(event(kind, "thiếu bản chính"))[-1]
    assert icons.glyph(happening.icon)
    assert happening.tone in (*theme.TONES, "text2")
    assert happening.title
    assert happening.fact.endswith("thiếu bản chính. Lò Thị Trực.")
    assert not happening.struck


def test_reception_tells_the_promise_and_printing_only_what_the_spooler_said():
    (registered,) = told()
    assert registered.fact == "Hẹn 17:00 Thứ Sáu 27/11/2026. Lò Thị Trực."
    assert told(event(EventKind.PRINT))[-1].title == "Máy in đã nhận đủ 2 bản giấy hẹn"
    failed = EventRow(2, EventKind.PRINT, AT, "truc", "", "h", FACTS[EventKind.PRINT] | {"outcome": "failed"})
    assert (told(failed)[-1].tone, told(failed)[-1].title) == ("late", "Chưa in được giấy hẹn")
    letter = EventRow(2, EventKind.PRINT, AT, "truc", "", "h", FACTS[EventKind.PRINT] | {"kind": "supplement"})
    assert told(letter)[-1].title == "Máy in đã nhận đủ 2 bản phiếu yêu cầu bổ sung"


def test_reception_tells_that_the_citizen_came_again_after_a_slip():
    again = EventRow(1, EventKind.REGISTER, AT, "truc", "", "h", FACTS[EventKind.REGISTER] | {"after_slips": [4, 7]})
    (registered,) = happenings([again], CLERKS)
    assert "Người dân quay lại sau 2 phiếu lập tại quầy." in registered.fact


def test_requests_are_counted_and_say_that_the_clock_stands_and_who_confirmed():
    first = event(EventKind.REQUEST_SUPPLEMENT, items=["Giấy khai sinh", "Tờ khai"])
    second = event(EventKind.REQUEST_SUPPLEMENT, seq=4, confirmed_by="minh")
    happenings_ = told(first, event(EventKind.SUPPLEMENT, seq=3), second)
    assert [happening.title for happening in happenings_[1:]] == [
        "Yêu cầu bổ sung lần 1",
        "Đã nộp bổ sung",
        "Yêu cầu bổ sung lần 2",
    ]
    assert happenings_[1].fact.startswith("Đồng hồ dừng. Giấy khai sinh; Tờ khai.")
    assert happenings_[2].fact.startswith("Đồng hồ chạy lại. Hẹn mới 17:00 Thứ Hai 30/11/2026.")
    assert "Người xác nhận: Vàng Văn Minh Họa." in happenings_[3].fact


def test_a_correction_tells_old_and_new():
    before = event(EventKind.REGISTER, seq=1)
    after = EventRow(
        2,
        EventKind.CORRECT,
        AT,
        "truc",
        "Người nộp đổi số.",
        "h",
        {
            "facts": {"set": {"applicant.phone": "0987000002", "applicant.birth_date": "03/11/1995"}},
            "form": {**FORM, "applicant": {"phone": "0987000002", "birth_date": "1995-11-03"}},
        },
    )
    happening = happenings([before, after], CLERKS)[-1]
    assert happening.title == "Đính chính điện thoại, ngày sinh"
    assert happening.fact == ("0987000001 → 0987000002. 02/11/1995 → 03/11/1995. Người nộp đổi số. Lò Thị Trực.")


def test_what_was_taken_back_is_struck_and_the_undo_names_it():
    forward = event(EventKind.FORWARD, to="Phòng Kinh tế")
    undo = event(EventKind.UNDO, seq=3, undoes=2)
    registered, forwarded, undone = told(forward, undo)
    assert (forwarded.title, forwarded.struck) == ("Chuyển Phòng Kinh tế", True)
    assert undone.title == "Sửa nhầm: bỏ việc “Chuyển nơi giải quyết”"
    assert not registered.struck and not undone.struck


def test_a_request_that_was_taken_back_does_not_count():
    first = event(EventKind.REQUEST_SUPPLEMENT)
    undo = event(EventKind.UNDO, seq=3, undoes=2)
    again = event(EventKind.REQUEST_SUPPLEMENT, seq=4)
    assert told(first, undo, again)[-1].title == "Yêu cầu bổ sung lần 1"


def test_hand_over_says_to_whom_and_how():
    handed = told(event(EventKind.HAND_OVER, to="Vàng Văn Mẫu", by="post", relation="chồng"))[-1]
    assert handed.fact == "Người nhận: Vàng Văn Mẫu (chồng), gửi bưu chính. Lò Thị Trực."
    assert told(event(EventKind.HAND_OVER, by="online"))[-1].fact == "Trực tuyến. Lò Thị Trực."


STEP = {"on": "2026-11-27", "counted": "3", "because": "hết hạn lúc 17:00", "source": "BLDS 2015 Đ148", "label": "3"}


def test_promises_stand_in_order_and_one_that_was_taken_back_is_none():
    first = EventRow(1, EventKind.REGISTER, AT, "truc", "", "h", {**FACTS[EventKind.REGISTER], "explanation": [STEP]})
    later = EventRow(3, EventKind.SUPPLEMENT, AT, "truc", "", "h", {**AFTER, "explanation": [STEP]})
    made = promises([first, event(EventKind.REQUEST_SUPPLEMENT), later])
    assert [(one.why, f"{one.due_at:%d/%m}") for one in made] == [
        ("Hẹn ban đầu", "27/11"),
        ("Sau khi nộp bổ sung", "30/11"),
    ]
    assert "Sau khi nộp bổ sung (23/11/2026 09:14): hẹn 17:00 Thứ Hai 30/11/2026" in full_texts(made)
    assert "BLDS 2015 Đ148" in full_texts(made)
    undo = EventRow(4, EventKind.UNDO, AT, "truc", "", "h", {"facts": {"undoes": 3}})
    assert len(promises([first, later, undo])) == 1


def test_papers_say_how_many_or_that_they_were_shown():
    paper = {"name": "Tờ khai", "originals": 1, "copies": 2, "shown": False}
    form = {"papers": [paper, {**paper, "name": "Giấy tờ tùy thân", "shown": True}]}
    assert papers_handed_in(form) == [("Tờ khai", "1 bản chính, 2 bản sao"), ("Giấy tờ tùy thân", "xuất trình")]


def test_a_rating_shows_its_words_only_where_the_citizen_agreed():
    secret = told(event(EventKind.RATE, scale=5, anonymous=True, source="second_screen"))[-1]
    assert secret.fact == "Ý kiến không ghi tên, không lưu cùng hồ sơ. Lò Thị Trực."
    agreed = told(event(EventKind.RATE, score=1, scale=3, anonymous=False, reason="Chờ lâu"))[-1]
    assert agreed.fact == "Không hài lòng. Chờ lâu. Lò Thị Trực."
    pressed = told(event(EventKind.RATE, score=5, scale=5, anonymous=False, source="clerk_keyboard"))[-1]
    assert "Bấm từ bàn phím công chức" in pressed.fact


def test_a_return_tells_what_was_out_of_the_ordinary():
    lost = told(event(EventKind.HAND_OVER, to="Lò Văn Thử", by="counter", receipt="missing"))[-1]
    assert lost.fact == "Người nhận: Lò Văn Thử, tại quầy, không có giấy hẹn. Lò Thị Trực."
    posted = told(event(EventKind.HAND_OVER, to="Lò Văn Thử", by="post", tracking="EE123456789VN"))[-1]
    assert posted.fact == "Người nhận: Lò Văn Thử, gửi bưu chính, số EE123456789VN. Lò Thị Trực."
