"""What the outbox says: calm while nothing is to be done, green only for what was acknowledged, nothing untrue."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.records import OutboxRow, StandingReport
from db.vocabulary import OutboxState
from desktop.errors import UserError
from desktop.gui import icons, outbox_words, theme
from desktop.office.carrying import AnswerRead
from desktop.office.outbox import Way
from desktop.office.sending import Round
from tests.conftest import MONDAY

S = OutboxState
WAY = Way("Trung tâm PVHCC tỉnh Lai Châu", True, None, "", None, MONDAY - timedelta(hours=1), True)
CUT = replace(WAY, works=False, offline_since=MONDAY.replace(hour=7, minute=42), reason="không nối được tới nơi nhận")
NOBODY = Way("", False, None, "", None, None, False)
ROW = OutboxRow(
    seq=7, day=date(2026, 11, 20), revision=1, code="7F3K-92QD", sha256="ab" * 32, received=14, resolved=13, overdue=0,
    state=S.WAITING, rest=S.WAITING, reason="", since=MONDAY - timedelta(days=3), attempts=0, tries=(),
    next_try_at=None, acknowledgement=None, standing=None,
)  # fmt: skip
DONE = Round(sent=0, acknowledged=0, waiting=0, rejected=(), offline=False, reason="", changed=False)


def strip(way: Way, days: int = 3, **counts: int) -> list[tuple[str, str, int]]:
    """What is said; the oldest day on its way was so many ``days`` ago."""
    oldest = MONDAY.date() - timedelta(days) if {"waiting", "sending", "copied"} & counts.keys() else None
    told = outbox_words.statuses({S(name): number for name, number in counts.items()}, oldest, way, MONDAY)
    return [(fact.words, fact.tone, fact.waiting) for fact in told]


def test_the_strip_is_calm_until_somebody_must_act():
    assert strip(NOBODY, waiting=3) == [("Hộp gửi: chưa nối tuyến trên", "text2", 0)]
    assert strip(WAY, acknowledged=9) == [("Hộp gửi: không còn ngày nào chờ", "text2", 0)]
    assert strip(WAY, waiting=1, sending=1) == [("Hộp gửi: 2 ngày chờ gửi", "text2", 2)]
    assert strip(CUT, waiting=2) == [
        ("Mạng: mất từ 07:42, quầy vẫn làm bình thường", "text2", 0),
        ("Hộp gửi: 2 ngày chờ gửi", "text2", 2),
    ]
    assert strip(WAY, waiting=40) == [("Hộp gửi: 40 ngày chờ gửi", "text2", 40)]
    assert strip(WAY, 7, waiting=1)[0][1] == "text2"
    assert strip(WAY, 8, waiting=1) == [("Hộp gửi: 1 ngày chờ gửi, lâu nhất từ 15/11", "soon", 1)]
    assert strip(WAY, waiting=2, review=1) == [("Hộp gửi: 1 ngày cần xem lại", "late", 3)]


def test_what_lies_on_a_stick_is_not_said_to_be_gone():
    assert strip(WAY, copied=4) == [("Hộp gửi: 4 ngày trên USB chờ xác nhận", "text2", 0)]
    assert strip(WAY, waiting=2, copied=4) == [("Hộp gửi: 2 ngày chờ gửi, 4 ngày trên USB chờ xác nhận", "text2", 2)]
    assert strip(WAY, 9, copied=1)[0][1] == "soon"


@pytest.mark.parametrize("state", S)
def test_every_state_has_a_tone_a_shape_and_a_word_and_green_is_only_what_was_acknowledged(state):
    mark = outbox_words.mark(state)
    assert mark.tone in theme.TONES
    assert icons.glyph(mark.icon)
    assert 2 <= len(mark.word.split()) <= 5
    assert (mark.tone == "ok") == (state is S.ACKNOWLEDGED)
    for way in (WAY, CUT, NOBODY):
        told = outbox_words.why(replace(ROW, state=state, reason="tuyến trên báo còn thiếu ngày này"), way)
        assert told[0].isupper()
        assert told.endswith(".")


def test_no_network_and_no_hub_are_facts_and_no_faults():
    assert outbox_words.way_mark(NOBODY).tone == outbox_words.way_mark(CUT).tone == "idle"
    assert outbox_words.way_mark(WAY) == ("ok", "lan-connect", "Thông")
    assert outbox_words.way_mark(replace(WAY, works=False)) == ("idle", "lan-pending", "Chưa thử gửi")
    busy = replace(WAY, works=False, reason="tuyến trên đang bận", next_try_at=MONDAY + timedelta(minutes=2))
    assert outbox_words.way_mark(busy) == ("soon", "lan-pending", "Chưa thông")
    assert outbox_words.why(ROW, busy) == "Tuyến trên đang bận."
    assert dict(outbox_words.way_facts(busy, MONDAY))["Thử lại"] == "09:16"
    by_stick = replace(WAY, reachable=False)
    assert outbox_words.way_mark(by_stick).word == "Chỉ đi bằng USB"
    assert "báo cáo đi bằng USB" in outbox_words.why(ROW, by_stick)
    facts = dict(outbox_words.way_facts(replace(CUT, next_try_at=MONDAY + timedelta(minutes=5)), MONDAY))
    assert facts["Mất từ"] == "07:42 hôm nay"
    assert facts["Thử lại"] == "09:19, rồi thưa dần"
    assert facts["Vì sao"] == "Không nối được tới nơi nhận."
    assert facts["Gửi gì"] == "chỉ con số, không có tên người"


def test_a_report_tells_when_it_was_tried_and_what_the_other_side_holds():
    tries = (*(MONDAY.replace(day=17, hour=17, minute=minute) for minute in (4, 6)), MONDAY)
    theirs = StandingReport(2, "K2MW-41XA", "cd" * 32, (0,) * 11)
    facts = dict(outbox_words.facts(replace(ROW, state=S.REVIEW, tries=tries, standing=theirs), MONDAY))
    assert facts["Đã gửi"] == "17/11 17:04, 17:06, 23/11 09:14"
    assert facts["Máy này"] == "bản 1, mã số 7F3K-92QD"
    assert facts["Tuyến trên"] == "bản 2, mã số K2MW-41XA"
    assert facts["Thiếu gì"] == "chưa mất hồ sơ nào ở máy này"
    assert not facts["Thử lại"]
    later = replace(ROW, state=S.REVIEW, next_try_at=MONDAY + timedelta(hours=6))
    assert dict(outbox_words.facts(later, MONDAY))["Thử lại"] == "15:14"
    waiting = dict(outbox_words.facts(replace(ROW, next_try_at=MONDAY + timedelta(days=1)), MONDAY))
    assert waiting["Thử lại"] == "24/11 09:14"
    assert not waiting["Thiếu gì"]


@pytest.mark.parametrize(
    ("told", "tone", "words"),
    [
        (DONE, "idle", "Không còn gì phải gửi; tuyến trên đang giữ đủ các ngày đã xác nhận."),
        (replace(DONE, waiting=2), "idle", "Còn 2 ngày chờ, nằm yên trong sổ."),
        (replace(DONE, acknowledged=3), "ok", "Tuyến trên đã xác nhận 3 ngày."),
        (
            replace(DONE, offline=True, reason="không nối được tới nơi nhận", waiting=2),
            "idle",
            "Chưa có mạng: không nối được tới nơi nhận. Còn 2 ngày chờ, nằm yên trong sổ. Máy tự thử lại.",
        ),
        (
            replace(DONE, acknowledged=1, waiting=2, reason="đường truyền bị cắt"),
            "soon",
            "Tuyến trên đã xác nhận 1 ngày. Chưa gửi được hết: đường truyền bị cắt. Còn 2 ngày chờ, nằm yên trong sổ. "
            "Máy tự thử lại.",
        ),
        (
            replace(DONE, reason="đường truyền bị cắt"),
            "soon",
            "Chưa hỏi được tuyến trên: đường truyền bị cắt. Máy tự thử lại.",
        ),
        (
            replace(DONE, acknowledged=1, rejected=((date(2026, 11, 20), "đơn vị đã sáp nhập"),)),
            "late",
            "Tuyến trên đã xác nhận 1 ngày. Cần xem lại ngày 20/11: đơn vị đã sáp nhập. Chưa mất hồ sơ nào ở máy này.",
        ),
    ],
)
def test_what_came_of_a_round_is_one_sentence(told, tone, words):
    assert outbox_words.of_round(told) == (tone, words)


@pytest.mark.parametrize(
    ("told", "tone", "begins"),
    [
        ([], "soon", "Không thấy tệp xác nhận nào ở đây"),
        ([AnswerRead(Path("a"), green=5)], "ok", "Tuyến trên đã xác nhận 5 ngày."),
        ([AnswerRead(Path("a"), old=5)], "idle", "Tệp xác nhận này đã đọc rồi"),
        ([AnswerRead(Path("a"), lost=2)], "soon", "Tuyến trên không còn giữ 2 ngày"),
        (
            [AnswerRead(Path("a"), green=1), AnswerRead(Path("b.motcua"), UserError("damaged", "Tệp hỏng."))],
            "soon",
            "Tuyến trên đã xác nhận 1 ngày. b.motcua: Tệp hỏng.",
        ),
        ([AnswerRead(Path("a"), rejected=((date(2026, 11, 20), "khác"),))], "late", "Cần xem lại ngày 20/11: khác."),
    ],
)
def test_what_files_brought_back_is_one_sentence(told, tone, begins):
    told_tone, words = outbox_words.of_answers(told)
    assert told_tone == tone
    assert words.startswith(begins)
