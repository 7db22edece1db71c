"""Whose work is limited to some fields is listed, found and told nothing personal of the others (domain.md 12)."""

import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pypdfium2
import pytest

from db.vocabulary import DocumentKind, EventKind, Role, WorkingList
from desktop.errors import UserError
from desktop.office import (
    access,
    acts,
    citizens,
    counter,
    counting,
    dossier_lists,
    issuing,
    listings,
    lists,
    lookup,
    old_book_lookup,
    old_books,
    opening,
    overdue_list,
    people,
    rights,
    signing_in,
    slip_lookup,
    slips,
)
from desktop.office.lookup import DayList
from desktop.rules import periods
from desktop.rules import slips as rules
from desktop.rules.slips import SlipForm
from tests.conftest import MONDAY, correction
from tests.office import old_book_files as files

LAND, STATUS = "Đất đai", "Hộ tịch"
NAME, NUMBER = "Vàng Thị Ví Dụ", "012195000002"
#: Two weeks later the dossier is long overdue and owes its letter.
LATER = MONDAY + timedelta(days=14)
WEEKS = periods.free(MONDAY.date(), LATER.date())


@pytest.fixture(scope="module")
def desk(live_template, tmp_path_factory):
    """One dossier of civil status that is overdue, one slip and one row of an old book; a person for each case."""
    home = shutil.copytree(live_template, tmp_path_factory.mktemp("fields") / "data")
    form = correction()
    with opening.open_register(home, now=MONDAY) as book:
        for role in Role:
            for nth, fields in enumerate(((), (STATUS,), (LAND,), (LAND, STATUS))):
                people.add(book, f"{role}{nth}", "Lý Thị Một", roles={role}, fields=fields, clerk="quay1", now=MONDAY)
        code = counter.register(book, form, clerk="truc", now=MONDAY).code
        acts.perform(book, code, EventKind.FORWARD, {"to": "Tư pháp – hộ tịch"}, clerk="truc", now=MONDAY)
        asked = SlipForm(DocumentKind.REFUSAL, replace(form, key="f2"), "slip-1", reason="Không thuộc thẩm quyền.")
        slip = slips.give(book, asked, clerk="truc", now=MONDAY).slip
        path = files.plain_book(home / "so.xlsx", files.plain_row(name=NAME))
        old_books.bring_in(book, old_books.look(book, path, now=MONDAY), clerk="truc", now=MONDAY)
        yield SimpleNamespace(book=book, code=code, slip=slip)


def _text(paper):
    with pypdfium2.PdfDocument(paper.data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def _day(desk, clerk):
    return issuing.period_pdf(
        desk.book, DocumentKind.HANDOVER_LIST, MONDAY.date(), MONDAY.date(), clerk=clerk, now=LATER
    )


_OVERDUE = {"title": "Quá hạn", "order": "ngày"}
#: Everything that lists or finds people: whose name it shows to somebody.
ENTRIES = {
    "find by name": lambda desk, clerk: lookup.find(desk.book, "vi du", clerk=clerk),
    "find by number": lambda desk, clerk: lookup.find(desk.book, NUMBER, clerk=clerk),
    "find by code": lambda desk, clerk: lookup.find(desk.book, desk.code, clerk=clerk),
    "all dossiers": lambda desk, clerk: lookup.page(desk.book, clerk=clerk),
    "count": lambda desk, clerk: lookup.count(desk.book, clerk=clerk),
    "count found": lambda desk, clerk: lookup.count(desk.book, "vi du", clerk=clerk),
    "working list": lambda desk, clerk: lists.rows(desk.book, "overdue", now=LATER, clerk=clerk),
    "working counts": lambda desk, clerk: lists.counts(desk.book, LATER, clerk=clerk)[WorkingList.TO_APOLOGISE],
    "day's list": lambda desk, clerk: lookup.day_rows(
        desk.book, DayList.RECEIVED, MONDAY.date(), limit=None, clerk=clerk
    ),
    "day's counts": lambda desk, clerk: lookup.day_counts(desk.book, MONDAY.date(), clerk=clerk)[DayList.RECEIVED],
    "people": lambda desk, clerk: citizens.found(desk.book, "vang thi", clerk=clerk),
    "known person": lambda desk, clerk: lookup.known_person(desk.book, NUMBER, clerk=clerk),
    "slips": lambda desk, clerk: slip_lookup.page(desk.book, clerk=clerk),
    "slips found": lambda desk, clerk: slip_lookup.find(desk.book, "vang thi", limit=3, clerk=clerk),
    "slips counted": lambda desk, clerk: slip_lookup.count(desk.book, "vang thi", clerk=clerk),
    "printed list": lambda desk, clerk: (
        NAME in _text(listings.list_pdf(desk.book, WorkingList.OVERDUE, **_OVERDUE, clerk=clerk, now=LATER))
    ),
    "hand-over list": lambda desk, clerk: NAME in _text(_day(desk, clerk)),
    "behind a figure": lambda desk, clerk: [
        row
        for row in counting.seen_behind(desk.book, "received_total", WEEKS.first, WEEKS.last, now=LATER, clerk=clerk)
        if NAME in row.applicant or row.id_number or row.phone
    ],
    "list behind a figure": lambda desk, clerk: (
        NAME in str(dossier_lists.content(desk.book, WEEKS, "received_total", clerk=clerk, now=LATER))
    ),
    "overdue and apology list": lambda desk, clerk: (
        NAME in str(overdue_list.content(desk.book, WEEKS, clerk=clerk, now=LATER))
    ),
}
#: Also not for whoever works in the very field: what names no field is for those who work in all.
OF_ALL_FIELDS = {
    "old books": lambda desk, clerk: old_book_lookup.page(desk.book, clerk=clerk),
    "old books found": lambda desk, clerk: old_book_lookup.find(desk.book, "vi du", limit=3, clerk=clerk),
    "old books counted": lambda desk, clerk: old_book_lookup.count(desk.book, clerk=clerk),
    "register book": lambda desk, clerk: (
        NAME
        in _text(
            issuing.period_pdf(desk.book, DocumentKind.REGISTER_BOOK, WEEKS.first, WEEKS.last, clerk=clerk, now=LATER)
        )
    ),
}


def shown(entry, desk, clerk):
    """Whether something of the citizen is shown; refused, or an empty list that is refused, is nothing."""
    try:
        return bool(entry(desk, clerk))
    except UserError as refused:
        assert refused.code in ("other_field", "empty_list", "nothing_forwarded")
        return False


@pytest.mark.parametrize("role", Role, ids=str)
@pytest.mark.parametrize("name", [*ENTRIES, *OF_ALL_FIELDS])
def test_each_list_shows_somebody_the_people_of_his_fields_and_no_others(desk, name, role):
    seen = [shown((ENTRIES | OF_ALL_FIELDS)[name], desk, f"{role}{nth}") for nth in range(4)]
    assert seen == ([True, True, False, True] if name in ENTRIES else [True, False, False, False])


def test_figures_stay_whole_and_open_the_codes_of_other_fields(desk):
    (row,) = counting.seen_behind(
        desk.book, "received_total", WEEKS.first, WEEKS.last, now=LATER, clerk=f"{Role.LEAD}2"
    )
    assert (row.code, row.applicant, row.id_number, row.phone) == (desk.code, "(lĩnh vực khác)", "", "")


def test_a_code_typed_whole_or_scanned_says_whose_it_is(desk):
    theirs = "Hồ sơ thuộc lĩnh vực Hộ tịch; Lý Thị Một phụ trách Đất đai."
    other, own = f"{Role.RECEPTION}2", f"{Role.RECEPTION}1"
    receipt = lookup.dossier(desk.book, desk.code).documents[0].content["qr_text"]
    for text in (desk.code, f" {desk.code.lower()} ", receipt):
        assert lookup.elsewhere(desk.book, text, clerk=other) == theirs
        assert lookup.elsewhere(desk.book, text, clerk=own) == ""
    for text in ("vi du", NUMBER, desk.code[:-1], "TN-MT-990101-0001", ""):
        assert lookup.elsewhere(desk.book, text, clerk=other) == ""
    for act, about in ((access.viewed_slip, desk.slip.id), (access.viewed_entry, 1), (access.revealed_entry, 1)):
        with pytest.raises(UserError) as refused:
            act(desk.book, about, why="", clerk=other, now=MONDAY)
        assert refused.value.code == "other_field"
    scanned = rules.qr_text(rules.SlipCode(desk.slip.kind, 2026, 1, "MT"), practice=False)
    assert slip_lookup.scanned(desk.book, scanned, clerk=own) == desk.slip
    with pytest.raises(UserError) as refused:
        slip_lookup.scanned(desk.book, scanned, clerk=other)
    assert refused.value.message == theirs


def test_nobody_named_is_nobody_where_people_have_passwords(commune, correction_form):
    counter.register(commune, correction_form, clerk="truc", now=MONDAY)
    assert lookup.find(commune, "vi du"), "as long as nobody has a password"
    signing_in.begin(commune, "quay1", "mưa rừng ngõ vắng", now=MONDAY)
    for ask in (
        lambda: lookup.find(commune, "vi du"),
        lambda: lists.counts(commune, MONDAY),
        lambda: old_book_lookup.page(commune),
        lambda: rights.reach(commune, None),
    ):
        with pytest.raises(UserError) as refused:
            ask()
        assert refused.value.code == "sign_in_required"
    assert lookup.find(commune, "vi du", clerk="truc")
    with pytest.raises(UserError) as refused:
        lookup.find(commune, "vi du", clerk="nguoi la")
    assert refused.value.code == "unknown_clerk"


def test_a_slip_that_names_no_procedure_is_shown_to_everybody_at_the_counter(commune, correction_form):
    blank = replace(correction_form, procedure="", case=None, key="f3")
    asked = SlipForm(DocumentKind.REFUSAL, blank, "slip-3", reason="Không thuộc thẩm quyền.", request="Xin xác nhận")
    slips.give(commune, asked, clerk="truc", now=MONDAY)
    people.add(commune, "lan", "Vàng Thị Lan", roles={Role.RECEPTION}, fields=[LAND], clerk="quay1", now=MONDAY)
    assert slip_lookup.count(commune, clerk="lan") == 1
