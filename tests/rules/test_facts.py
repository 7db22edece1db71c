"""What may come with an act: the same plain values from a window, from words and from JSON; everything else refused."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import EventKind
from desktop.rules import lifecycle
from desktop.rules.calendar import VN_TZ, shipped
from desktop.rules.facts import FactError, read

E = EventKind
FOLLOWING = [*lifecycle.TRANSITIONS, E.UNDO]


@pytest.mark.parametrize(
    ("event", "given_", "recorded"),
    [
        (E.FINISH, {"note": "  cấp\u00a0bản sao "}, {"note": "cấp bản sao"}),
        (E.FINISH, {"note": ""}, {}),
        (E.FINISH, {"note": None}, {}),
        (E.EXTEND, {"to": "2026-12-01T17:00"}, {"to": "2026-12-01T17:00:00+07:00"}),
        (E.EXTEND, {"to": "2026-12-01T10:00Z"}, {"to": "2026-12-01T17:00:00+07:00"}),
        (E.EXTEND, {"to": datetime(2026, 12, 1, 17, tzinfo=VN_TZ)}, {"to": "2026-12-01T17:00:00+07:00"}),
        (E.EXTEND, {"to": "2026-12-01"}, {"to": "2026-12-01T17:00:00+07:00"}),
        (E.EXTEND, {"to": "2026-11-28"}, {"to": "2026-11-28T00:00:00+07:00"}),
        (E.FORWARD, {"to": "Chi cục Thuế", "inner_days": "0,5"}, {"to": "Chi cục Thuế", "inner_days": "0.5"}),
        (E.FORWARD, {"inner_days": 10}, {"inner_days": "10"}),
        (E.REQUEST_SUPPLEMENT, {"items": "CCCD\n\n Tờ khai "}, {"items": ["CCCD", "Tờ khai"]}),
        (E.REQUEST_SUPPLEMENT, {"items": ["CCCD"]}, {"items": ["CCCD"]}),
        (E.RATE, {"score": "5", "anonymous": "true"}, {"score": 5, "anonymous": True}),
        (E.RATE, {"score": 0, "anonymous": False}, {"score": 0, "anonymous": False}),
        (E.RATE, {"scale": "3", "source": "second_screen"}, {"scale": 3, "source": "second_screen"}),
        (E.HAND_OVER, {"by": "post", "to": "Vàng Thị Ví Dụ"}, {"by": "post", "to": "Vàng Thị Ví Dụ"}),
        (E.FEE_PAID, {"receipt_number": "AA/25P-0001", "amount": "0"}, {"receipt_number": "AA/25P-0001", "amount": 0}),
        (E.ATTACH_OFFICIAL_CODE, {"official_code": " h35.17-261123-0001 "}, {"official_code": "H35.17-261123-0001"}),
        (E.CORRECT, {"set": {"sets": 2}}, {"set": {"sets": "2"}}),
    ],
)
def test_facts_are_read_into_plain_values(event, given_, recorded):
    assert read(event, given_, shipped()) == recorded


@pytest.mark.parametrize(
    ("event", "name", "value"),
    [
        (E.FINISH, "note", 5),
        (E.FINISH, "note", "a" * 2001),
        (E.FINISH, "note", "x\u202ey"),
        (E.FINISH, "note", "\x00"),
        (E.EXTEND, "to", "ngày mai"),
        (E.EXTEND, "to", "2026-02-30"),
        (E.EXTEND, "to", "0001-01-01T00:00+14:00"),
        (E.EXTEND, "to", ["2026-12-01"]),
        (E.FORWARD, "inner_days", "0"),
        (E.FORWARD, "inner_days", "-1"),
        (E.FORWARD, "inner_days", "0.1"),
        (E.FORWARD, "inner_days", "NaN"),
        (E.FORWARD, "inner_days", "nhiều"),
        (E.FORWARD, "inner_days", None.__class__),
        (E.RATE, "score", True),
        (E.RATE, "score", "năm"),
        (E.RATE, "score", -1),
        (E.RATE, "score", 4.5),
        (E.RATE, "score", "²"),
        (E.RATE, "anonymous", "có"),
        (E.RATE, "scale", 2),
        (E.RATE, "source", "phone"),
        (E.HAND_OVER, "by", "fax"),
        (E.HAND_OVER, "by", ["post"]),
        (E.REQUEST_SUPPLEMENT, "items", 3),
        (E.REQUEST_SUPPLEMENT, "items", ["x"] * 31),
        (E.FEE_PAID, "amount", 10**12),
        (E.FEE_PAID, "by", "post"),
        (E.CORRECT, "set", "phone"),
        (E.FINISH, "certified", {"pages": -1}),
    ],
)
def test_a_fact_that_cannot_be_recorded_is_named_in_one_sentence(event, name, value):
    with pytest.raises(FactError) as refused:
        read(event, {name: value}, shipped())
    assert (refused.value.code, refused.value.field) == ("bad_fact", name)
    assert refused.value.message.endswith("; chưa ghi gì.") and "\n" not in refused.value.message


@pytest.mark.parametrize("event", FOLLOWING)
def test_a_name_that_is_none_is_refused_whatever_it_holds(event):
    for name in ("due_at", "received_at", "at", "after", "file", "undoes", ""):
        with pytest.raises(FactError) as refused:
            read(event, {name: None}, shipped())
        assert refused.value.code == "unknown_fact"


@pytest.mark.parametrize("event", FOLLOWING)
def test_every_act_takes_a_note_and_what_the_table_demands_of_it(event):
    needed = lifecycle.TRANSITIONS[event].needs if event in lifecycle.TRANSITIONS else ()
    values = {"to": "2026-12-01T17:00", "score": 5, "set": {"phone": "1"}}
    given_ = {"note": "x"} | {name: values.get(name, "x") for name in needed}
    assert set(read(event, given_, shipped())) == set(given_)


@given(st.integers(0, 4_000_000_000), st.integers(-12, 14))
def test_a_moment_is_the_same_in_every_zone(seconds, hours):
    told = datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours)))
    recorded = read(E.EXTEND, {"to": told.isoformat()}, shipped())["to"]
    assert datetime.fromisoformat(recorded) == told and recorded.endswith("+07:00")
