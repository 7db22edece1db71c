"""One act of the office for each kind of event that somebody records, and what it is done to."""

from dataclasses import replace
from datetime import timedelta

from db.records import CalendarDay
from db.vocabulary import DayKind, DocumentKind, EventKind, PrintOutcome, Role
from desktop.office import (
    access,
    acts,
    carrying,
    closing,
    counter,
    decisions,
    enrolling,
    illustrations,
    issuing,
    people,
    postings,
    proposals,
    settings,
    slips,
)
from desktop.office.posting_sheets import wall
from desktop.rules.rights import WORKING
from desktop.rules.slips import SlipForm
from tests.conftest import MONDAY
from tests.office.deciding import CODE, DAY, OTHER, amended, change_set, days

E, R = EventKind, Role
NOW, LATE = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=21)


class Desk:
    """The register, and what each kind of event is done to."""

    def __init__(self, book, home):
        self.book, self.home, self.number = book, home, 0

    def form(self, form):
        self.number += 1
        return replace(form, key=f"form-{self.number}")

    def dossier(self, form, *before):
        """A new dossier after some acts by somebody with every role."""
        code = counter.register(self.book, self.form(form), clerk="truc", now=MONDAY).code
        for event, facts in before:
            acts.perform(self.book, code, event, facts, clerk="truc", now=MONDAY)
        return code


LIFE = {
    E.FORWARD: ((), {"to": "Phòng Tư pháp"}, NOW),
    E.HAND_BACK: (((E.FORWARD, {"to": "Phòng Tư pháp"}),), {}, NOW),
    E.REQUEST_SUPPLEMENT: ((), {"items": ["Bản chính"], "note": "Thiếu bản chính"}, NOW),
    E.SUPPLEMENT: (((E.REQUEST_SUPPLEMENT, {"items": ["Bản chính"], "note": "Thiếu"}),), {}, NOW),
    E.REQUEST_OBLIGATION: ((), {"amount": 50_000, "note": "Thuế trước bạ"}, NOW),
    E.FULFIL_OBLIGATION: (((E.REQUEST_OBLIGATION, {"amount": 50_000, "note": "Thuế trước bạ"}),), {}, NOW),
    E.REFUSE: ((), {"note": "Không thuộc thẩm quyền"}, NOW),
    E.EXTEND: ((), {"to": "2026-12-04T17:00", "note": "Xác minh"}, NOW),
    E.APOLOGISE: ((), {"to": "2026-12-18T17:00", "note": "Quá tải"}, LATE),
    E.STOP: ((), {"note": "Theo đề nghị"}, NOW),
    E.WITHDRAW: ((), {}, NOW),
    E.FINISH: ((), {}, NOW),
    E.HAND_OVER: (((E.FINISH, {}),), {"to": "Vàng Thị Ví Dụ"}, NOW),
    E.RATE: (((E.FINISH, {}), (E.HAND_OVER, {"to": "Vàng Thị Ví Dụ"})), {"score": 5}, NOW),
    E.CORRECT: ((), {"set": {"applicant.phone": "0987000002"}, "note": "Gõ nhầm"}, NOW),
    E.FEE_PAID: ((), {"receipt_number": "0001", "amount": 8000}, NOW),
    E.ATTACH_OFFICIAL_CODE: ((), {"official_code": "H35.17.28-261123-0001"}, NOW),
}


def _life(kind):
    before, facts, now = LIFE[kind]

    def prepare(desk, form):
        code = desk.dossier(form, *before)
        return lambda who: acts.perform(desk.book, code, kind, facts, clerk=who, now=now)

    return prepare


def _undo(desk, form):
    code = desk.dossier(form)

    def act(who):
        """Each takes back his own; who records nothing of his own is refused for the undoing itself."""
        own = {R.RECEPTION: E.FORWARD, R.PROCESSING: E.FORWARD, R.LEAD: E.STOP}.get(Role(who))
        if own is not None:
            acts.perform(desk.book, code, own, LIFE[own][1], clerk=who, now=NOW)
        return acts.perform(desk.book, code, E.UNDO, {}, clerk=who, now=NOW)

    return act


def _put_up(desk):
    (name,) = list(wall(desk.book, NOW.date()).names)[:1]
    return postings.post(desk.book, [postings.Place(name)], clerk="truc", now=MONDAY), name


def _post(desk, _):
    (name,) = list(wall(desk.book, NOW.date()).names)[:1]
    return lambda who: postings.post(desk.book, [postings.Place(name)], clerk=who, now=NOW)


def _take_down(desk, _):
    _, name = _put_up(desk)
    return lambda who: postings.take_down(desk.book, [postings.Place(name)], clerk=who, now=NOW)


def _undo_posting(desk, _):
    done, name = _put_up(desk)

    def act(who):
        mine = done
        if Role(who) in WORKING:
            mine = postings.take_down(desk.book, [postings.Place(name)], clerk=who, now=NOW)
        return postings.undo(desk.book, mine.seq, clerk=who, now=NOW)

    return act


def _slip(desk, form):
    slip = SlipForm(DocumentKind.REFUSAL, replace(form, key="form-slip"), "slip-1", reason="Không thuộc thẩm quyền")
    return lambda who: slips.give(desk.book, slip, clerk=who, now=NOW)


def _decide(desk, _):
    found = change_set(desk.book, amended(desk.book, OTHER, limit=days(2)))
    return lambda who: decisions.accept(desk.book, found, clerk=who, now=NOW)


def _undo_decision(desk, _):
    found = change_set(desk.book, amended(desk.book, OTHER, limit=days(5)), content="list 2")
    done = decisions.accept(desk.book, found, clerk="truc", now=MONDAY)
    return lambda who: decisions.undo(desk.book, done.seq, "Nhập nhầm", clerk=who, now=NOW)


def _packet(desk, _):
    closing.close_day(desk.book, MONDAY.date(), clerk="truc", now=MONDAY)
    numbers = iter(range(100))
    return lambda who: carrying.write_day(
        desk.book, desk.home.parent / f"packet-{next(numbers)}.mcgoi", MONDAY.date(), clerk=who, now=NOW
    )


def _register(desk, form):
    return lambda who: counter.register(desk.book, desk.form(form), clerk=who, now=NOW)


def _print(desk, form):
    code = desk.dossier(form)
    return lambda who: issuing.record_print(
        desk.book, code, printer="Máy thử", copies=1, outcome=PrintOutcome.SENT, clerk=who, now=NOW
    )


def _close(desk, form):
    desk.dossier(form)
    return lambda who: closing.close_day(desk.book, MONDAY.date(), clerk=who, now=NOW)


def _day(desk, _):
    day = CalendarDay(DAY, DayKind.HOLIDAY, "Ngày nghỉ thử", "QĐ 1")
    return lambda who: settings.set_day(desk.book, day, clerk=who, now=NOW)


def _about(kind, act):
    """An act of looking at a dossier."""

    def prepare(desk, form):
        code = desk.dossier(form)
        return lambda who: act(desk.book, code, why=str(kind), clerk=who, now=NOW)

    return prepare


def _plain(act):
    return lambda desk, _: lambda who: act(desk.book, who)


ACTS = {
    **{kind: _life(kind) for kind in LIFE},
    E.UNDO: _undo,
    E.REGISTER: _register,
    E.GIVE_SLIP: _slip,
    E.PRINT: _print,
    E.CLOSE_DAY: _close,
    E.WRITE_PACKET: _packet,
    E.POST_SHEETS: _post,
    E.TAKE_DOWN: _take_down,
    E.UNDO_POSTING: _undo_posting,
    E.DECIDE_CATALOGUE: _decide,
    E.UNDO_DECISION: _undo_decision,
    E.PROPOSE: _plain(lambda book, who: proposals.propose(book, CODE, "Bớt giấy tờ", clerk=who, now=NOW)),
    E.ILLUSTRATE: _plain(
        lambda book, who: illustrations.bring(
            book, CODE, illustrations.Kind.TEXT, language="Tiếng Thái", text="Chữ", clerk=who, now=NOW
        )
    ),
    E.SET_CALENDAR_DAY: _day,
    E.CONFIRM_YEAR: _plain(lambda book, who: settings.confirm_year(book, 2027, "TB 1", clerk=who, now=NOW)),
    E.CHANGE_SETTING: _plain(lambda book, who: settings.change(book, "unheard_of", 1, clerk=who, now=NOW)),
    E.ADD_PERSON: _plain(lambda book, who: people.add(book, "mai", "Lù Thị Mai", roles={R.LEAD}, clerk=who, now=NOW)),
    E.CHANGE_PERSON: _plain(lambda book, who: people.change(book, "truc", active=False, clerk=who, now=NOW)),
    E.VIEW: _about(E.VIEW, access.viewed),
    E.REVEAL: _about(E.REVEAL, access.revealed),
    E.SEARCH: _plain(lambda book, who: access.searched(book, "vang", count=1, why="find", clerk=who, now=NOW)),
    E.EXPORT: _plain(
        lambda book, who: access.exported(book, "danh sách", count=1, sha256="0" * 64, clerk=who, now=NOW)
    ),
    E.ENROL: _plain(lambda book, who: enrolling.request_file(book, "7F3K-92QD-HM4X-P8TW", clerk=who, now=NOW)),
}
