"""Every event that a dossier can carry is told with an icon that exists, a word and who did it."""

from datetime import datetime, timedelta, timezone

import pytest

from db.records import EventRow
from db.vocabulary import EventKind
from desktop.gui import icons, theme
from desktop.gui.dossier_events import happening, papers_handed_in

AT = datetime(2026, 11, 23, 9, 14, tzinfo=timezone(timedelta(hours=7), "ICT"))
FACTS = {
    EventKind.REGISTER: {"due_at": "2026-11-27T17:00:00+07:00"},
    EventKind.ATTACH_OFFICIAL_CODE: {"official_code": "H35.17.28-261123-0001"},
    EventKind.PRINT: {"printer": "Canon", "copies": 2, "outcome": "sent"},
}


def event(kind: EventKind, note: str = "", **facts) -> EventRow:
    return EventRow(1, kind, AT, "truc", note, "hash", FACTS.get(kind, {}) | facts)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_can_be_told(kind):
    told = happening(event(kind, "thiếu bản chính"), {"truc": "Lò Thị Trực"})
    assert icons.glyph(told.icon)
    assert told.tone in (*theme.TONES, "text2")
    assert told.title
    assert "Lò Thị Trực" in told.fact
    assert told.fact.endswith("thiếu bản chính")


def test_reception_tells_the_promise_and_printing_only_what_the_spooler_said():
    clerks = {"truc": "Lò Thị Trực"}
    assert happening(event(EventKind.REGISTER), clerks).fact == "Lò Thị Trực. Hẹn 17:00 Thứ Sáu 27/11/2026."
    assert happening(event(EventKind.PRINT), clerks).title == "Máy in đã nhận đủ 2 bản giấy hẹn"
    failed = happening(event(EventKind.PRINT, outcome="failed"), clerks)
    assert (failed.tone, failed.title) == ("late", "Chưa in được giấy hẹn")


def test_papers_say_how_many_or_that_they_were_shown():
    paper = {"name": "Tờ khai", "originals": 1, "copies": 2, "shown": False}
    form = {"papers": [paper, {**paper, "name": "Giấy tờ tùy thân", "shown": True}]}
    assert papers_handed_in(form) == [("Tờ khai", "1 bản chính, 2 bản sao"), ("Giấy tờ tùy thân", "xuất trình")]
