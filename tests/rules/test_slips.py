"""Slips before any dossier: what one needs, what its QR says, which dossier answers it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from db.records import ProcedureCase, ProcedureVersion, RequiredPaper
from db.vocabulary import DocumentKind, ProcedureStatus
from desktop.rules import slips
from desktop.rules.calendar import VN_TZ
from desktop.rules.intake import IntakeForm, Person
from desktop.rules.slips import SlipCode, SlipForm, Unanswered
from tests.rules.scanners import Unikey, keys_for

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)
PROCEDURE = ProcedureVersion("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", None)
FORM = IntakeForm("1.001193", "direct", "form-1", Person(name="Vàng Thị Ví Dụ", id_number="012195000002"))
ASKING = SlipForm(DocumentKind.SUPPLEMENT, FORM, "slip-1", ("Giấy chứng sinh",), slips.USUAL_REASON)
REFUSING = SlipForm(DocumentKind.REFUSAL, FORM, "slip-2", reason="Không thuộc thẩm quyền của xã.")


def wrong(slip, procedure=PROCEDURE, *, asked_before=0, clerk="truc"):
    found = slips.problems(slip, procedure, today=TODAY, clerk=clerk, asked_before=asked_before)
    return [(problem.field, problem.code) for problem in found]


def test_a_slip_needs_who_for_what_the_items_and_the_reason():
    assert wrong(ASKING) == wrong(REFUSING) == []
    nobody = replace(FORM, applicant=Person())
    assert wrong(replace(ASKING, intake=nobody)) == [("applicant.name", "missing")]
    assert wrong(replace(ASKING, items=(" ", ""))) == [("items", "missing")]
    assert wrong(replace(REFUSING, reason=" ")) == [("reason", "missing")]
    assert wrong(replace(ASKING, intake=replace(FORM, procedure="")), None) == [("procedure", "missing")]
    bad = replace(FORM, applicant=replace(FORM.applicant, id_number="12345"))
    assert wrong(replace(REFUSING, intake=bad)) == [("applicant.id_number", "wrong_length")]


def test_what_only_reception_needs_stops_no_slip():
    untold = replace(FORM, sets=0, result_by="", fee_amount=-1)
    assert wrong(replace(ASKING, intake=untold)) == []


def test_the_case_decides_which_papers_are_asked_for():
    case = ProcedureCase("Có yếu tố nước ngoài", None)
    assert wrong(ASKING, replace(PROCEDURE, cases=(case,))) == [("case", "missing")]
    assert wrong(REFUSING, replace(PROCEDURE, cases=(case,))) == []


def test_a_refusal_may_be_of_what_the_catalogue_has_no_procedure_for():
    elsewhere = replace(REFUSING, intake=replace(FORM, procedure=""))
    assert wrong(elsewhere, None) == [("request", "missing")]
    assert wrong(replace(elsewhere, request="Cấp hộ chiếu"), None) == []
    abolished = replace(PROCEDURE, status=ProcedureStatus.ABOLISHED)
    assert wrong(REFUSING, abolished) == []
    assert wrong(ASKING, abolished) == [("procedure", "abolished")]


def test_a_second_slip_for_the_same_matter_needs_another_person():
    assert wrong(ASKING, asked_before=1) == [("confirmed_by", "needs_second_person")]
    assert wrong(replace(ASKING, confirmed_by="truc"), asked_before=1) == [("confirmed_by", "needs_second_person")]
    assert wrong(replace(ASKING, confirmed_by="TRUC"), asked_before=1) == [("confirmed_by", "needs_second_person")]
    assert wrong(replace(ASKING, confirmed_by="minh"), asked_before=1) == []
    assert wrong(REFUSING, asked_before=2) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": ("x" * 1001,)}, "items"),
        ({"items": tuple(f"Giấy {n}" for n in range(31))}, "items"),
        ({"items": ("Giấy\x00",)}, "items"),
        ({"reason": "x" * 2001}, "reason"),
        ({"kind": DocumentKind.APOLOGY}, "kind"),
    ],
)
def test_what_no_paper_holds_is_refused(changes, field):
    assert wrong(replace(ASKING, **changes))[0][0] == field


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (RequiredPaper("Giấy chứng sinh", 1, 0), "Giấy chứng sinh (01 bản chính)"),
        (RequiredPaper("Sơ đồ", 0, 2), "Sơ đồ (02 bản sao)"),
        (RequiredPaper("Quyết định", 1, 1), "Quyết định (01 bản chính hoặc 01 bản sao)"),
        (RequiredPaper("Thẻ căn cước", 1, 0, shown_only=True), "Thẻ căn cước (xuất trình)"),
        (RequiredPaper("Tờ khai", 0, 0), "Tờ khai"),
        (RequiredPaper("Thẻ căn cước (xuất trình)", 1, 0, shown_only=True), "Thẻ căn cước (xuất trình)"),
        (RequiredPaper("Bản chính Giấy khai sinh", 1, 0), "Bản chính Giấy khai sinh"),
    ],
)
def test_a_paper_of_the_checklist_is_asked_for_in_its_own_words(paper, words):
    assert slips.wanted(paper) == words


def test_a_slip_is_taken_back_within_the_minute_by_who_gave_it():
    def refused(seconds, clerk="truc", answered=None):
        why = slips.take_back_refusal(NOW, "truc", answered, clerk=clerk, now=NOW + timedelta(seconds=seconds))
        return why.code if why else None

    assert refused(60) is None
    assert refused(61) == "minute_over"
    assert refused(5, clerk="minh") == "not_yours"
    assert refused(5, answered="TN-MT-261123-0001") == "answered"


@pytest.mark.parametrize("kind", list(slips.FORMS))
@pytest.mark.parametrize("practice", [True, False])
def test_the_qr_is_read_back_and_tells_nothing_of_the_citizen(kind, practice):
    code = SlipCode(kind, 2026, 12, "MT")
    text = slips.qr_text(code, practice=practice)
    assert slips.read_qr(f" {text.lower()}\r") == code
    assert text.startswith(f"MAU {slips.FORMS[kind]} SO 12 NAM 2026 MT")
    assert ("TAP HUAN" in text) is practice


@pytest.mark.parametrize("method", ["telex", "vni"])
def test_unikey_composes_nothing_out_of_the_qr(method):
    text = slips.qr_text(SlipCode(DocumentKind.SUPPLEMENT, 2026, 12345, "MT"), practice=True)
    assert Unikey(method, checks_spelling=False).type(keys_for(text, method, tone_last=False)) == text


@pytest.mark.parametrize(
    "text",
    ["", "MAU 02 SO NAM 2026 MT", "MAU 01 SO 1 NAM 2026 MT", "MA HO SO TN-MT-261123-0001", "MAU 02 SO 1 NAM 2026"],
)
def test_another_text_is_no_slip(text):
    assert slips.read_qr(text) is None


def test_a_slip_is_answered_by_its_own_form_or_by_the_same_person_for_the_same_matter():
    kept, asks = Unanswered(), DocumentKind.SUPPLEMENT
    nobody = replace(FORM, key="form-3", applicant=Person(name="Không số"))
    kept.add(5, asks, FORM)
    kept.add(7, DocumentKind.REFUSAL, replace(FORM, key="form-2"))
    kept.add(9, asks, nobody)
    assert kept.of(replace(FORM, key="new")) == [5, 7]
    assert kept.asked(replace(FORM, key="new")) == 1
    assert kept.of(replace(FORM, key="form-2", procedure="1.000894")) == [7]
    assert kept.of(nobody) == [9]
    assert kept.of(replace(nobody, key="new")) == []
    kept.drop(5)
    kept.drop(5)
    assert kept.of(FORM) == [7]
