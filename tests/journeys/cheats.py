"""The ways to make a late dossier look punctual or an event disappear, and what each comes to.

Each is done for real: at the counter, by command line, or with SQL on the file; the cleverest recompute every hash.
What nothing on one machine can find stands in ``BEYOND``, with the sentence of the README's limits.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace

from db import events
from db.records import CalendarDay
from db.vocabulary import DayKind, EventKind
from desktop.office import acts, attachments, counter, issuing, lookup, opening, settings
from tests.journeys.desk import ASKED_TWICE, EXTENDED, FORM, LATE, NEW, NOW, Desk, at


def _history(desk, ref="x"):
    file = desk.home / "history.jsonl"
    file.write_text(json.dumps({"ref": ref, "event": "finish", "at": "2026-11-27T10:00:00"}))
    return file


#: What the program does not do, whoever asks: a way, and the word of its refusal.
REFUSED: dict[str, tuple[Callable[[Desk], object], str]] = {
    "finish with a moment from outside": (
        lambda d: d.cli("act", LATE, "finish", "--at", "2026-11-27T10:00"),
        "time_from_outside",
    ),
    "make it a practice register to backdate an act": (lambda d: _as_practice(d), "time_from_outside"),
    "tell a history to a live register": (lambda d: d.cli("replay", _history(d)), "practice_only"),
    "finish with the machine's clock set back": (lambda d: d.act(LATE, "finish", at(27)), "clock_back"),
    "register with the clock set back": (
        lambda d: counter.register(d.book, replace(FORM, key="k"), clerk="truc", now=at(27)),
        "clock_back",
    ),
    "extend a dossier that is late": (lambda d: d.act(LATE, "extend", note="x", to="2026-12-10"), "too_late_to_extend"),
    "extend on the due day": (
        lambda d: d.act(NEW, "extend", at(3, month=12), note="x", to="2026-12-10"),
        "too_late_to_extend",
    ),
    "extend a second time": (lambda d: d.act(EXTENDED, "extend", note="x", to="2026-12-20"), "second_extension"),
    "extend to a day before": (lambda d: d.act(NEW, "extend", note="x", to="2026-12-02"), "not_later"),
    "undo an extension to extend again": (lambda d: d.act(EXTENDED, "undo"), "nothing_to_undo"),
    "ask a third time for a supplement": (
        lambda d: d.act(ASKED_TWICE, "request_supplement", note="x", confirmed_by="quay1"),
        "third_supplement",
    ),
    "correct the due date": (
        lambda d: d.act(LATE, "correct", note="x", set={"due_at": "2026-12-10"}),
        "not_correctable",
    ),
    "correct the procedure to a longer one": (
        lambda d: d.act(LATE, "correct", note="x", set={"procedure": "1.014027"}),
        "not_correctable",
    ),
    "correct the case to a longer one": (
        lambda d: d.act(LATE, "correct", note="x", set={"case": "Cần xác minh"}),
        "not_correctable",
    ),
    "undo yesterday's act": (lambda d: d.act(ASKED_TWICE, "undo"), "minute_over"),
    "apologise instead of extending, for a new date": (
        lambda d: d.act(NEW, "apologise", note="x", to="2026-12-20"),
        "not_late",
    ),
    "slip a date in beside the facts": (lambda d: d.act(LATE, "finish", finished_at="2026-11-27"), "unknown_fact"),
    "register other content under the old key": (
        lambda d: counter.register(d.book, replace(FORM, sets=2), clerk="truc", now=NOW),
        "key_reused",
    ),
    "act in another's name": (lambda d: d.act(LATE, "finish", clerk="ai đó"), "unknown_clerk"),
}


#: Lawful acts that might hide lateness, and do not: the dossier counts as late and its letter stays owed.
HARMLESS: dict[str, Callable[[Desk], object]] = {
    "refuse it": lambda d: d.act(LATE, "refuse", note="không đủ điều kiện"),
    "withdraw it": lambda d: d.act(LATE, "withdraw"),
    "stop it": lambda d: d.act(LATE, "stop"),
    "finish it": lambda d: d.act(LATE, "finish"),
    "ask for a supplement": lambda d: d.act(LATE, "request_supplement", note="thiếu"),
    "ask for a supplement and withdraw": lambda d: [
        d.act(LATE, "request_supplement", note="thiếu"),
        d.act(LATE, "withdraw"),
    ],
    "ask for a supplement, be answered and finish": lambda d: [
        d.act(LATE, "request_supplement", note="thiếu"),
        d.act(LATE, "supplement"),
        d.act(LATE, "finish"),
    ],
    "register it again under its old key": lambda d: counter.register(d.book, FORM, clerk="truc", now=NOW),
    "declare last Friday a day off": lambda d: [
        settings.set_day(d.book, CalendarDay(at(27).date(), DayKind.HOLIDAY, "Nghỉ", "CV 1"), clerk="truc", now=NOW),
        d.act(LATE, "correct", note="gõ sai", set={"phone": "0987000009"}),
        d.act(LATE, "finish"),
    ],
}


def _replaced(before, after):
    """SQL that changes what the late dossier's events recorded."""
    return f"UPDATE event SET payload = replace(payload, '{before}', '{after}') WHERE dossier = '{LATE}'"


def _forge(desk, code, event, when, **facts):
    """An event written with SQL at the end of the chain, its hashes right, the row in step."""
    row = lookup.row(desk.book, code)
    seq, head = events.head(desk.book)
    after = {
        "status": int(row.status),
        "due_at": facts.get("to", row.due_at.isoformat()),
        "holder": row.holder,
        "paused_since": None,
        "apologised": row.apologised,
        "finished_at": None,
        "handed_over_at": None,
    }
    payload = events.canonical({"facts": facts, "after": after}).replace("'", "''")
    desk.sql(
        f"INSERT INTO event VALUES ({seq + 1}, '{code}', '{event}', '{when.isoformat()}', 'truc', 'forged',"
        f" '{payload}', '{head}', '')",
        f"UPDATE dossier SET due_at = '{after['due_at']}' WHERE code = '{code}'",
        rehash=True,
    )


def _finished_earlier(desk, when):
    """The finish of 01/12 moved to ``when`` wherever it stands, every hash recomputed."""
    desk.act(LATE, "finish")
    before, after = NOW.isoformat(), when.isoformat()
    desk.sql(
        f"UPDATE event SET at = '{after}', payload = replace(payload, '{before}', '{after}') WHERE kind = 'finish'",
        f"UPDATE dossier SET finished_at = '{after}' WHERE code = '{LATE}'",
        rehash=True,
    )


def _swap_file(desk):
    scan = desk.home / "scan.pdf"
    scan.write_bytes(b"signed on 01/12")
    with attachments.kept(desk.book, scan, now=NOW) as file:
        acts.perform(desk.book, LATE, EventKind.FINISH, {}, clerk="truc", now=NOW, file=file)
    (desk.home / file["path"]).write_bytes(b"signed on 27/11")


def _as_practice(desk):
    desk.sql("UPDATE setting SET value = 'true' WHERE name = 'practice'")
    try:
        desk.cli("act", LATE, "finish", "--at", "2026-11-27T10:00")
    finally:
        desk.sql("UPDATE setting SET value = 'false' WHERE name = 'practice'")


def _own_printing(desk):
    scanned = lookup.dossier(desk.book, LATE).documents[0].content["qr_text"].replace("27/11/2026", "27/12/2026")
    assert issuing.verify_receipt(desk.book, scanned).verdict == "forged"
    desk.sql("UPDATE issued_document SET content = replace(content, '2026-11-27', '2026-12-27')")


LATER = "2026-12-27T17:00:00+07:00"
#: What verify-chain finds afterwards, and a word of what it says.
FOUND: dict[str, tuple[Callable[[Desk], object], str]] = {
    "change the due date of the row": (
        lambda d: d.sql(f"UPDATE dossier SET due_at = '{LATER}' WHERE code = '{LATE}'"),
        "dòng",
    ),
    "change the end of the row": (
        lambda d: [d.act(LATE, "finish"), d.sql(f"UPDATE dossier SET finished_at = due_at WHERE code = '{LATE}'")],
        "dòng",
    ),
    "mark the row as apologised": (lambda d: d.sql(f"UPDATE dossier SET apologised = 1 WHERE code = '{LATE}'"), "dòng"),
    "change the status of the row": (lambda d: d.sql(f"UPDATE dossier SET status = 5 WHERE code = '{LATE}'"), "dòng"),
    "edit an event": (
        lambda d: d.sql("UPDATE event SET payload = replace(payload, '2026-11-27T17', '2026-12-27T17')"),
        "sửa",
    ),
    "edit the time of an event": (
        lambda d: d.sql("UPDATE event SET at = '2026-11-26T08:00:00+07:00' WHERE seq = 4"),
        "sửa",
    ),
    "edit the clerk of an event": (lambda d: d.sql("UPDATE event SET clerk = 'quay1' WHERE seq = 4"), "sửa"),
    "delete an event": (lambda d: d.sql("DELETE FROM event WHERE seq = 5"), "mất"),
    "delete an event and close the gap": (
        lambda d: d.sql("DELETE FROM event WHERE seq = 5", "UPDATE event SET seq = seq - 1 WHERE seq > 5"),
        "không nối",
    ),
    "remove the tail": (lambda d: d.sql("DELETE FROM event WHERE seq > 8"), "mất"),
    "remove the tail and the counter of it": (
        lambda d: d.sql("DELETE FROM event WHERE seq > 8", "UPDATE sqlite_sequence SET seq = 8 WHERE name = 'event'"),
        "dòng",
    ),
    "delete a dossier with its events, hashes recomputed": (
        lambda d: d.sql(
            f"DELETE FROM issued_document WHERE dossier = '{LATE}'",
            f"DELETE FROM event WHERE dossier = '{LATE}'",
            f"DELETE FROM dossier WHERE code = '{LATE}'",
            rehash=True,
        ),
        "mất",
    ),
    "swap two events, hashes recomputed": (
        lambda d: d.sql(
            "UPDATE event SET seq = 100 WHERE seq = 6",
            "UPDATE event SET seq = 6 WHERE seq = 7",
            "UPDATE event SET seq = 7 WHERE seq = 100",
            rehash=True,
        ),
        "sớm hơn",
    ),
    "promise a later date at reception, hashes recomputed": (
        lambda d: d.sql(
            _replaced("2026-11-27T17", "2026-12-27T17"),
            f"UPDATE dossier SET due_at = '{LATER}' WHERE code = '{LATE}'",
            rehash=True,
        ),
        "ngày hẹn không theo thời hạn",
    ),
    "give reception a longer limit, hashes recomputed": (
        lambda d: d.sql(
            _replaced('"value":"3"', '"value":"5"'),
            _replaced("2026-11-27T17", "2026-12-01T17"),
            f"UPDATE dossier SET due_at = '2026-12-01T17:00:00+07:00' WHERE code = '{LATE}'",
            rehash=True,
        ),
        "thời hạn không phải của danh mục",
    ),
    "move reception itself, hashes recomputed": (
        lambda d: d.sql(
            _replaced("2026-11-23T09:00:00", "2026-11-27T09:00:00"),
            f"UPDATE dossier SET received_at = '{at(27).isoformat()}' WHERE code = '{LATE}'",
            rehash=True,
        ),
        "giờ nhận",
    ),
    "end it on Friday among Monday's events, hashes recomputed": (lambda d: _finished_earlier(d, at(27)), "sớm hơn"),
    "forge a second extension, hashes right": (
        lambda d: _forge(d, EXTENDED, "extend", NOW, note="x", to="2026-12-10T17:00:00+07:00"),
        "không được phép (second_extension)",
    ),
    "forge an extension of a late dossier, hashes right": (
        lambda d: _forge(d, LATE, "extend", NOW, note="x", to="2026-12-10T17:00:00+07:00"),
        "không được phép (too_late_to_extend)",
    ),
    "lengthen a limit of the catalogue": (
        lambda d: d.sql("UPDATE procedure_version SET content = replace(content, '\"value\":3,', '\"value\":30,')"),
        "danh mục",
    ),
    "put a holiday into the calendar": (
        lambda d: d.sql("INSERT INTO calendar_day VALUES ('2026-12-03', 'holiday', 'Nghỉ', 'CV 1')"),
        "lịch nghỉ",
    ),
    "take a made-up day out of the calendar": (
        lambda d: d.sql("DELETE FROM calendar_day WHERE day = '2026-11-24'"),
        "lịch nghỉ",
    ),
    "make the live register a practice one": (
        lambda d: d.sql("UPDATE setting SET value = 'true' WHERE name = 'practice'"),
        "loại sổ",
    ),
    "change a setting": (
        lambda d: [
            settings.change(d.book, "rating_scale", 5, clerk="truc", now=NOW),
            d.sql("UPDATE setting SET value = '3' WHERE name = 'rating_scale'"),
        ],
        "cài đặt",
    ),
    "rewrite the receipt": (_own_printing, "giấy đã phát"),
    "swap a file that came with an act": (_swap_file, "tệp kèm theo"),
}


def restored(desk):
    desk.act(LATE, "finish")
    desk.book.close()
    for name in ("register.sqlite3", "register.sqlite3-wal", "register.sqlite3-shm"):
        (desk.home / name).unlink(missing_ok=True)
    shutil.copy(desk.home / "friday.sqlite3", desk.home / "register.sqlite3")
    desk.book = opening.open_register(desk.home, now=at(27, 16))
    desk.act(LATE, "finish", at(27, 16))


def _quiet_weekend(desk):
    """Nothing else happened since: the end is moved to where no other event contradicts it."""
    desk.act(NEW, "finish")
    before, after = NOW.isoformat(), at(30, 9, 1).isoformat()
    desk.sql(
        f"UPDATE event SET at = '{after}', payload = replace(payload, '{before}', '{after}') WHERE kind = 'finish'",
        f"UPDATE dossier SET finished_at = '{after}' WHERE code = '{NEW}'",
        rehash=True,
    )


#: What no register can find by itself, what it looks like, and what finds it from outside (README, limits).
BEYOND: dict[str, tuple[Callable[[Desk], object], str]] = {
    "put Friday's copy back and act again on it": (
        restored,
        "Chép đè một bản sao lưu cũ rồi ghi lại: chỉ thấy khi mã đầu chuỗi đã in hoặc đã gửi đi không còn trong sổ.",
    ),
    "rewrite the newest events with every hash, in step with every rule": (
        _quiet_weekend,
        "Người ghi được tệp viết lại các sự kiện mới nhất và mọi mã băm: chỉ thấy bằng mã đầu chuỗi đã rời máy.",
    ),
    "set the clock back, though not before the last act": (
        lambda d: d.act(NEW, "finish", at(30, 9, 1)),
        "Chỉnh đồng hồ máy lùi nhưng chưa quá việc cuối đã ghi: chỉ thấy khi so với giờ của nơi khác.",
    ),
    "record a result that does not exist yet": (
        lambda d: d.act(NEW, "finish"),
        "Ghi “đã có kết quả” khi chưa có: chỉ người dân và đánh giá, kiểm tra hồ sơ giấy mới thấy.",
    ),
    "withdraw before the due day and take the same papers in again": (
        lambda d: [
            d.act(NEW, "withdraw"),
            counter.register(d.book, replace(FORM, key="again"), clerk="truc", now=NOW),
        ],
        "Rút rồi tiếp nhận lại cùng một hồ sơ để có hạn mới: cả hai nằm trong sổ, người kiểm tra phải hỏi người dân.",
    ),
    "stop the clock for a citizen who owes nothing": (
        lambda d: [
            d.act(NEW, "request_obligation", note="thuế"),
            d.act(NEW, "fulfil_obligation", at(4, month=12)),
        ],
        "Dừng đồng hồ khi người dân không thiếu giấy tờ, không nợ nghĩa vụ nào: sự kiện nêu lý do, phải hỏi người dân.",
    ),
    "let a colleague's name confirm the second request": (
        lambda d: [
            d.act(NEW, "request_supplement", note="x"),
            d.act(NEW, "supplement"),
            d.act(NEW, "request_supplement", note="y", confirmed_by="quay1"),
        ],
        "Mượn tên đồng nghiệp để xác nhận khi sổ chưa có mật khẩu.",
    ),
    "declare a day off with an invented document before taking dossiers in": (
        lambda d: [
            settings.set_day(
                d.book, CalendarDay(at(3, month=12).date(), DayKind.HOLIDAY, "Nghỉ", "CV bịa"), clerk="truc", now=NOW
            ),
            counter.register(d.book, replace(FORM, key="after"), clerk="truc", now=NOW),
        ],
        "Thêm ngày nghỉ với văn bản không có thật: sự kiện nêu tên người và số văn bản, người kiểm tra phải đối chiếu.",
    ),
}
