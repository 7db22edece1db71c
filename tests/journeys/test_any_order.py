"""Whatever is done at a counter, in any order: every table is what the events say, and a refusal leaves no trace."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db import events, projection
from db import settings as stored
from db.records import CalendarDay, Clerk
from db.vocabulary import DayKind, DocumentKind, EventKind, PrintOutcome, Role
from desktop.errors import RegisterProblem, UserError
from desktop.office import acts, checking, counter, issuing, lookup, opening, people, settings
from desktop.rules import calendar
from desktop.rules.intake import Person
from desktop.rules.rights import WORKING
from tests.conftest import MONDAY

ACTS = tuple(map(EventKind, ("forward", "finish", "hand_over", "withdraw", "supplement", "undo")))


class Counter:
    """A counter and its clock. Each method is something that may be asked of it, sensible or not."""

    def __init__(self, book, form):
        self.book, self.form, self.now, self.keys = book, form, MONDAY, 0

    @property
    def actor(self):
        return {"clerk": "truc", "now": self.now}

    def code(self, number):
        rows = lookup.page(self.book, limit=50)
        return rows[number % len(rows)].code if rows else "TN-MT-261123-0001"

    def register(self, person, procedure, clerk, again):
        self.keys += not again
        name = ("Vàng Thị Ví Dụ", "", "Lò Văn Thử\x07")[person]
        code, case = (("1.004859", self.form.case), ("1.001193", None), ("9.999999", None))[procedure]
        form = replace(self.form, key=f"k{self.keys}", procedure=code, case=case, applicant=Person(name=name))
        counter.register(self.book, form, clerk=("truc", None, "người lạ")[clerk], now=self.now)

    def issue(self, number):
        issuing.receipt_pdf(self.book, self.code(number), now=self.now)

    def report_print(self, number, went_well):
        outcome = PrintOutcome.SENT if went_well else PrintOutcome.FAILED
        issuing.record_print(self.book, self.code(number), printer="Canon", copies=2, outcome=outcome, **self.actor)

    def attach(self, number, official):
        code = f"H35.17.28-261123-{official:04}" if official else "sai"
        facts = {"official_code": code}
        acts.perform(self.book, self.code(number), EventKind.ATTACH_OFFICIAL_CODE, facts, **self.actor)

    def act(self, number, kind):
        acts.perform(self.book, self.code(number), ACTS[kind % len(ACTS)], {}, **self.actor)

    def change_unit(self, agency_code, place):
        unit = replace(settings.unit(self.book), agency_code=agency_code, place=place)
        settings.change_unit(self.book, unit, **self.actor)

    def change_setting(self, value):
        settings.change(self.book, "receipt_wording", {"foot": value}, **self.actor)

    def set_day(self, days, kind, name):
        on = self.now.date() + timedelta(days=days)
        settings.set_day(self.book, CalendarDay(on, kind, name, "CV 1/UBND"), **self.actor)

    def drop_day(self, days):
        settings.drop_day(self.book, self.now.date() + timedelta(days=days), **self.actor)

    def confirm_year(self, year, document):
        settings.confirm_year(self.book, year, document, **self.actor)

    def add_clerk(self, name):
        people.add(self.book, name, f"Công chức {name}", roles=WORKING, **self.actor)

    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)


#: What may be asked, how often, and what of.
SOME = range(4)
STEPS = (
    (
        6,
        Counter.register,
        {
            "person": (0, 0, 0, 0, 1, 2),
            "procedure": (0, 0, 0, 1, 2),
            "clerk": (0, 0, 0, 1, 2),
            "again": (False, False, True),
        },
    ),
    (3, Counter.issue, {"number": SOME}),
    (3, Counter.report_print, {"number": SOME, "went_well": (True, False)}),
    (3, Counter.attach, {"number": SOME, "official": SOME}),
    (4, Counter.act, {"number": SOME, "kind": range(6)}),
    (1, Counter.change_unit, {"agency_code": ("", "H35.17.28", "sai"), "place": ("Mường Than", "Than Uyên")}),
    (1, Counter.change_setting, {"value": ("", "Cảm ơn")}),
    (2, Counter.set_day, {"days": SOME, "kind": tuple(DayKind), "name": ("Nghỉ bão", "Nghỉ bão", "", "\u202e")}),
    (1, Counter.drop_day, {"days": SOME}),
    (1, Counter.confirm_year, {"year": (2027,), "document": ("TB 1", "", "TB\x00")}),
    (1, Counter.add_clerk, {"name": ("mai", "lan", "", "truc")}),
    (3, Counter.wait, {"minutes": (1, 60, 60 * 24, -1)}),
)


@pytest.mark.parametrize("seed", range(50))
def test_every_table_is_what_the_events_say(live_home, correction_form, seed):
    chance = random.Random(seed)
    steps = chance.choices(STEPS, [weight for weight, _, _ in STEPS], k=20)
    with opening.open_register(live_home, now=MONDAY) as book:
        at_work = Counter(book, correction_form)
        for _, method, choices in steps:
            before = everything(book)
            try:
                method(at_work, **{name: chance.choice(values) for name, values in choices.items()})
            except (UserError, RegisterProblem):
                assert everything(book) == before
        assert_told_by_events(book)
        last = everything(book)
    with opening.open_register(live_home, now=at_work.now) as book:
        assert everything(book) == last
        assert_told_by_events(book)


def everything(book):
    """The content of every table that acts write, and the files beside it."""
    tables = ("event", "dossier", "issued_document", "rendered_file", "person", "setting", "calendar_day")
    rows = [book.database.execute_sql(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]
    return rows, sorted(path.name for path in book.documents.glob("**/*.*"))


def assert_told_by_events(book):
    assert checking.verify_chain(book).faults == ()
    assert list(projection.faults(book)) == []
    chain = [(event, json.loads(event.payload)) for event in events.walk(book)]
    assert settings_told(chain) == {
        name: stored.get(book, name) for (name,) in book.database.execute_sql("SELECT name FROM setting")
    }
    assert days_told(chain) == {day.on.isoformat(): day for day in settings.calendar_days(book)}
    assert clerks_told(chain) == people.clerks(book)
    rows = lookup.page(book, limit=100)
    for row in rows:
        assert row in lookup.find(book, row.code, limit=100)
        assert row.official_code is None or lookup.row(book, row.official_code).code == row.code
        papers = lookup.dossier(book, row.code).documents
        assert row.printed == sum(paper.printed for paper in papers if paper.kind == DocumentKind.RECEIPT)
    codes = [code for row in rows for code in (row.code, row.official_code) if code]
    assert len(set(codes)) == len(codes)
    for on in {row.received_at.date() for row in rows}:
        numbers = [int(row.code[-4:]) for row in reversed(rows) if row.received_at.date() == on]
        given_away = {int(row.official_code[-4:]) for row in rows if row.official_code}
        assert numbers == sorted(numbers)
        assert set(range(1, numbers[-1] + 1)) - set(numbers) <= given_away


def settings_told(chain):
    """The settings as the chain alone makes them."""
    told = {}
    for event, payload in chain:
        if event.kind == EventKind.OPEN_REGISTER:
            told |= {"unit": payload["unit"], "practice": payload["practice"]}
        elif event.kind == EventKind.CHANGE_SETTING:
            told[payload["name"]] = payload["value"]
    return told


def days_told(chain):
    """The days off and make-up days: those shipped, changed by the chain."""
    told = {day.on.isoformat(): day for day in calendar.shipped_days()}
    for event, payload in chain:
        if event.kind == EventKind.SET_CALENDAR_DAY and payload["kind"] is None:
            told.pop(payload["on"], None)
        elif event.kind == EventKind.SET_CALENDAR_DAY:
            day = CalendarDay(
                date.fromisoformat(payload["on"]), DayKind(payload["kind"]), payload["name"], payload["source"]
            )
            told[payload["on"]] = day
    return told


def clerks_told(chain):
    """The clerks in the order in which the chain names them."""
    opened = [payload for event, payload in chain if event.kind == EventKind.OPEN_REGISTER]
    first = [Clerk(payload["clerk"], "Công chức Quầy 1", roles=WORKING) for payload in opened]
    added = [payload for event, payload in chain if event.kind == EventKind.ADD_PERSON]
    others = (Clerk(one["short_name"], one["full_name"], roles=frozenset(map(Role, one["roles"]))) for one in added)
    return (*first, *others)
