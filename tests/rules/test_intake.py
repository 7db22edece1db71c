"""What reception asks, and the sentence for each thing that is wrong."""

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Fee, FeeRule, Limit, ProcedureCase, ProcedureVersion, RequiredPaper
from db.vocabulary import AfterCutoff, Channel, LimitUnit, ProcedureStatus
from desktop.rules.intake import (
    IntakeForm,
    Person,
    Principal,
    Problem,
    SubmittedPaper,
    TypedLimit,
    limit_for,
    missing_papers,
    normalised,
    papers_for,
    problems,
)

TODAY = date(2026, 11, 23)
THREE_DAYS = Limit(Decimal(3), LimitUnit.WORKING_DAYS)
THU = Person(
    name="Lò Văn Thử",
    id_number="012087000001",
    birth_date="1987-03-15",
    gender="Nam",
    address="Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu",
    residence="Bản Mẫu Một, xã Mường Than",
    phone="0912345678",
    email="thu@vidu.vn",
)
PLAIN = ProcedureVersion("1.001193", "Đăng ký khai sinh", "Hộ tịch", THREE_DAYS)
BY_CASE = replace(
    PLAIN,
    limit=None,
    cases=(
        ProcedureCase("Đủ điều kiện", Limit(Decimal(0), LimitUnit.SAME_DAY)),
        ProcedureCase("Cần xác minh", Limit(Decimal(5), LimitUnit.WORKING_DAYS)),
    ),
    papers=(
        RequiredPaper("Tờ khai", 1, 0),
        RequiredPaper("Giấy xác minh", 1, 0, case="Cần xác minh"),
        RequiredPaper("Giấy của người nước ngoài", 1, 0, case="Có yếu tố nước ngoài"),
        RequiredPaper("Giấy khác", 1, 0, required=False),
    ),
)
UNCLEAR = replace(PLAIN, limit=None, needs_review=True)
FORM = IntakeForm("1.001193", "direct", "key-1", THU)


def found(form: IntakeForm, procedure: ProcedureVersion | None = PLAIN, *, checklist: bool = False) -> list[Problem]:
    """The hard problems of a form."""
    return [one for one in problems(form, procedure, today=TODAY, checklist=checklist) if not one.soft]


def of_person(**changes: str) -> list[tuple[str, str, str]]:
    """The hard problems of the sample person with some fields changed."""
    return [(one.field, one.code, one.message) for one in found(replace(FORM, applicant=replace(THU, **changes)))]


def test_a_complete_form_has_no_problem() -> None:
    assert problems(FORM, PLAIN, today=TODAY, checklist=True) == ()


@pytest.mark.parametrize(
    ("changes", "field", "code", "message"),
    [
        ({"name": ""}, "name", "missing", "Còn thiếu họ tên người nộp hoặc tên tổ chức."),
        ({"name": " \u00a0\u200b"}, "name", "missing", "Còn thiếu họ tên người nộp hoặc tên tổ chức."),
        ({"name": "…"}, "name", "no_letters", "Họ tên phải có chữ."),
        ({"name": "a" * 201}, "name", "too_long", "Họ tên dài 201 ký tự, chỉ nhận đến 200."),
        ({"name": "ễ" * 10_000}, "name", "too_long", "Họ tên dài 10.000 ký tự, chỉ nhận đến 200."),
        ({"name": "Lò\x00Thử"}, "name", "control_character", "Họ tên: có ký tự điều khiển (U+0000). Xóa đi và gõ lại."),
        ({"name": "\u202eThử"}, "name", "bidi_mark", "Họ tên: có ký tự đảo chiều chữ (U+202E). Xóa đi và gõ lại."),
        ({"id_number": "01208700000"}, "id_number", "wrong_length", "Số định danh phải đủ 12 chữ số, đã gõ 11."),
        ({"id_number": "0120870000011"}, "id_number", "wrong_length", "Số định danh phải đủ 12 chữ số, đã gõ 13."),
        ({"id_number": "045000123"}, "id_number", "wrong_length", "Số định danh phải đủ 12 chữ số, đã gõ 9."),
        ({"id_number": "01208700000O"}, "id_number", "not_digits", "Có chữ “O”. Số định danh chỉ gồm chữ số."),
        ({"id_number": "0102030405-001"}, "id_number", "not_digits", "Có ký tự “-”. Số định danh chỉ gồm chữ số."),
        ({"birth_date": "2026-11-24"}, "birth_date", "in_future", "Ngày sinh ở tương lai."),
        ({"birth_date": "2027"}, "birth_date", "in_future", "Ngày sinh ở tương lai."),
        ({"birth_date": "2026-12"}, "birth_date", "in_future", "Ngày sinh ở tương lai."),
        ({"birth_date": "2001-02-29"}, "birth_date", "not_a_date", "Ngày sinh “2001-02-29” không có thật."),
        ({"birth_date": "31/02/2001"}, "birth_date", "not_a_date", "Ngày sinh “2001-02-31” không có thật."),
        ({"birth_date": "2001-13"}, "birth_date", "not_a_date", "Ngày sinh “2001-13” không có thật."),
        ({"birth_date": "0087"}, "birth_date", "not_a_date", "Ngày sinh “0087” không có thật."),
        ({"birth_date": "hôm qua"}, "birth_date", "not_a_date", "Ngày sinh “hôm qua” không có thật."),
        ({"birth_date": "2001-W05-1"}, "birth_date", "not_a_date", "Ngày sinh “2001-W05-1” không có thật."),
        ({"gender": "Khác"}, "gender", "unknown", "Giới tính là Nam hoặc Nữ."),
        ({"phone": "09123A5678"}, "phone", "not_digits", "Có chữ “A”. Số điện thoại chỉ gồm chữ số."),
        ({"phone": "0912345678/9"}, "phone", "not_digits", "Có ký tự “/”. Số điện thoại chỉ gồm chữ số."),
        ({"phone": "0912345"}, "phone", "wrong_length", "Số điện thoại có từ 8 đến 15 chữ số, đã gõ 7."),
        ({"phone": "0" * 16}, "phone", "wrong_length", "Số điện thoại có từ 8 đến 15 chữ số, đã gõ 16."),
        ({"email": "thu@vidu"}, "email", "bad_email", "Thư điện tử phải có dạng ten@noi.vn."),
        ({"email": "thu vidu.vn"}, "email", "bad_email", "Thư điện tử phải có dạng ten@noi.vn."),
    ],
)  # fmt: skip
def test_a_wrong_field_of_the_applicant_gets_one_sentence(
    changes: dict[str, str], field: str, code: str, message: str
) -> None:
    assert of_person(**changes) == [(f"applicant.{field}", code, message)]


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", unicodedata.normalize("NFD", " Lò  Văn Thử\u00a0"), "Lò Văn Thử"),
        ("id_number", "012 087 000 001", "012087000001"),
        ("phone", "+84 912.345.678", "0912345678"),
        ("phone", "0084-912-345-678", "0912345678"),
        ("phone", "(0213) 3 876 543", "02133876543"),
        ("phone", "+86 139 1234 5678", "+8613912345678"),
        ("birth_date", "15/3/1987", "1987-03-15"),
        ("birth_date", "15031987", "1987-03-15"),
        ("birth_date", "03/1987", "1987-03"),
        ("birth_date", "1987", "1987"),
        ("birth_date", "1987-03", "1987-03"),
        ("gender", "NAM", "Nam"),
        ("gender", "nữ", "Nữ"),
        ("email", " thu@vidu.vn ", "thu@vidu.vn"),
    ],
)
def test_what_is_written_otherwise_is_brought_to_one_shape(field: str, typed: str, stored: str) -> None:
    form = replace(FORM, applicant=replace(THU, **{field: typed}))
    assert getattr(normalised(form).applicant, field) == stored
    assert found(form) == []


@pytest.mark.parametrize("number", ["0102030405", "0102030405001", "0102030405-001", "010203040501", ""])
def test_an_organisation_may_stand_alone_with_its_own_number(number: str) -> None:
    assert found(replace(FORM, applicant=Person(organisation="Hợp tác xã Mẫu", id_number=number))) == []


def test_a_short_number_of_an_organisation_says_how_many_digits() -> None:
    (problem,) = found(replace(FORM, applicant=Person(organisation="Hợp tác xã Mẫu", id_number="010203040")))
    assert problem.message == "Mã số tổ chức có từ 10 đến 13 chữ số, đã gõ 9."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id_number": "003087000001"}, "applicant.id_number"),
        ({"birth_date": "1988"}, "applicant.id_number"),
        ({"gender": "Nữ"}, "applicant.id_number"),
        ({"residence": ""}, "applicant.residence"),
    ],
)
def test_what_only_looks_odd_does_not_stop_reception(changes: dict[str, str], field: str) -> None:
    (problem,) = problems(replace(FORM, applicant=replace(THU, **changes)), PLAIN, today=TODAY)
    assert problem.soft
    assert problem.field == field


def test_filing_for_somebody_needs_their_name_and_the_paper() -> None:
    assert [(one.field, one.message) for one in found(replace(FORM, principal=Principal()))] == [
        ("principal.name", "Còn thiếu họ tên người ủy quyền hoặc tên tổ chức."),
        ("principal.authority_paper", "Còn thiếu giấy tờ ủy quyền."),
    ]
    principal = Principal(name="Vàng Thị Ví Dụ", id_number="012195000002", authority_paper="Giấy ủy quyền 12/2026")
    assert found(replace(FORM, principal=principal)) == []
    (problem,) = found(replace(FORM, principal=replace(principal, id_number="0121950000021")))
    assert problem.field == "principal.id_number"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"channel": "fax"}, "channel", "unknown"),
        ({"channel": ""}, "channel", "unknown"),
        ({"result_by": "pigeon"}, "result_by", "unknown"),
        ({"channel": "online", "filed_by": "robot"}, "filed_by", "unknown"),
        ({"filed_by": "self"}, "filed_by", "not_allowed"),
        ({"sets": 0}, "sets", "out_of_range"),
        ({"sets": 100}, "sets", "out_of_range"),
        ({"papers": (SubmittedPaper("Tờ khai"), SubmittedPaper("Bản đồ", copies=-1))}, "papers.1", "out_of_range"),
        ({"papers": (SubmittedPaper("Tờ khai", originals=1000),)}, "papers.0", "out_of_range"),
        ({"papers": (SubmittedPaper(" "),)}, "papers.0", "missing"),
        ({"papers": (SubmittedPaper("Tờ\x07khai"),)}, "papers.0", "control_character"),
        ({"fee_amount": -1}, "fee_amount", "out_of_range"),
        ({"fee_amount": 2_000_000_000}, "fee_amount", "out_of_range"),
        ({"note": "x" * 2001}, "note", "too_long"),
        ({"note": "\u2067"}, "note", "bidi_mark"),
        ({"key": "\x00"}, "key", "control_character"),
        ({"case": "Đủ điều kiện"}, "case", "not_allowed"),
        ({"limit": TypedLimit(Decimal(3), "working_days")}, "limit", "not_allowed"),
    ],
)
def test_a_wrong_field_of_the_form_is_named(changes: dict[str, object], field: str, code: str) -> None:
    (problem,) = found(replace(FORM, **changes))
    assert (problem.field, problem.code) == (field, code)
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ProcedureStatus.ABOLISHED, "Thủ tục 1.001193 đã bãi bỏ."),
        (ProcedureStatus.REPLACED, "Thủ tục 1.001193 đã được thay bằng 3.000722."),
        (ProcedureStatus.FUTURE, "Thủ tục 1.001193 có hiệu lực từ 01/03/2027."),
    ],
)
def test_a_procedure_that_is_not_in_force_is_refused(status: ProcedureStatus, words: str) -> None:
    procedure = replace(PLAIN, status=status, replaced_by="3.000722", valid_from=date(2027, 3, 1))
    assert found(FORM, procedure) == [Problem("procedure", status.value, words)]


def test_an_unknown_and_a_missing_procedure() -> None:
    (problem,) = found(replace(FORM, procedure="9.999999"), None)
    assert problem.message == "Không có thủ tục mã “9.999999” trong danh mục."
    (problem,) = found(replace(FORM, procedure=" "), None)
    assert problem.message == "Còn thiếu thủ tục."


def test_the_code_may_be_written_with_its_suffix() -> None:
    assert normalised(replace(FORM, procedure="1.001193.000.00.00.H35")).procedure == "1.001193"


def test_a_procedure_with_cases_asks_for_the_case() -> None:
    (problem,) = found(FORM, BY_CASE)
    assert (problem.field, problem.message) == ("case", "Chọn trường hợp: Đủ điều kiện; Cần xác minh.")
    (problem,) = found(replace(FORM, case="Khác"), BY_CASE)
    assert problem.message == "Không có trường hợp “Khác”. Chọn một trong: Đủ điều kiện; Cần xác minh."
    assert limit_for(FORM, BY_CASE) is None


@pytest.mark.parametrize("case", ["Cần xác minh", unicodedata.normalize("NFD", " Cần  xác minh ")])
def test_the_case_decides_the_limit(case: str) -> None:
    form = normalised(replace(FORM, case=case))
    assert found(form, BY_CASE) == []
    assert limit_for(form, BY_CASE) == Limit(Decimal(5), LimitUnit.WORKING_DAYS)


def test_the_limit_is_typed_where_the_catalogue_is_unclear() -> None:
    (problem,) = found(FORM, UNCLEAR)
    assert (problem.field, problem.code) == ("limit", "missing")
    assert limit_for(FORM, UNCLEAR) is None
    form = replace(FORM, limit=TypedLimit(Decimal("2.5"), "working_days"))
    assert found(form, UNCLEAR) == []
    assert limit_for(form, UNCLEAR) == Limit(Decimal("2.5"), LimitUnit.WORKING_DAYS)
    same_day = replace(FORM, limit=TypedLimit(Decimal(0), "same_day"))
    assert found(same_day, UNCLEAR) == []
    assert limit_for(same_day, UNCLEAR) == Limit(Decimal(0), LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("0", "working_days"),
        ("-1", "working_days"),
        ("3651", "calendar_days"),
        ("NaN", "working_days"),
        ("Infinity", "working_days"),
        ("2.3", "working_days"),
        ("2.5", "calendar_days"),
        ("0.25", "months"),
        ("3", "fortnights"),
    ],
)
def test_a_typed_limit_that_makes_no_sense_is_refused(value: str, unit: str) -> None:
    form = replace(FORM, limit=TypedLimit(Decimal(value), unit))
    (problem,) = found(form, UNCLEAR)
    assert problem.field == "limit"
    assert limit_for(form, UNCLEAR) is None


def test_the_papers_of_a_case() -> None:
    demanded = [(paper.name, paper.required) for paper in papers_for(BY_CASE, "Cần xác minh")]
    assert demanded == [
        ("Tờ khai", True),
        ("Giấy xác minh", True),
        ("Giấy của người nước ngoài", False),
        ("Giấy khác", False),
    ]
    assert [paper.name for paper in papers_for(BY_CASE, "Đủ điều kiện") if paper.required] == ["Tờ khai"]
    assert [paper.name for paper in papers_for(BY_CASE, None) if paper.required] == ["Tờ khai"]


def test_missing_papers_stop_only_where_the_checklist_is_asked_for() -> None:
    form = replace(FORM, case="Cần xác minh")
    assert found(form, BY_CASE) == []
    assert found(form, BY_CASE, checklist=True) == [
        Problem("papers", "missing", "Còn thiếu giấy tờ: Tờ khai; Giấy xác minh.")
    ]
    complete = replace(form, papers=(SubmittedPaper("TỜ KHAI", 1), SubmittedPaper("Giấy xác minh", 1)))
    assert found(complete, BY_CASE, checklist=True) == []


@pytest.mark.parametrize(
    ("wanted", "handed_in", "enough"),
    [
        (RequiredPaper("P", 1, 0), SubmittedPaper("P", 1, 0), True),
        (RequiredPaper("P", 1, 0), SubmittedPaper("P", 0, 1), False),
        (RequiredPaper("P", 1, 0), SubmittedPaper("P", 0, 0, shown=True), False),
        (RequiredPaper("P", 2, 0), SubmittedPaper("P", 1, 0), False),
        (RequiredPaper("P", 1, 1), SubmittedPaper("P", 1, 0), True),
        (RequiredPaper("P", 1, 1), SubmittedPaper("P", 0, 1), True),
        (RequiredPaper("P", 1, 1), SubmittedPaper("P", 0, 0), False),
        (RequiredPaper("P", 0, 1), SubmittedPaper("P", 0, 1), True),
        (RequiredPaper("P", 0, 1), SubmittedPaper("P", 1, 0), True),
        (RequiredPaper("P", 0, 2), SubmittedPaper("P", 1, 0), False),
        (RequiredPaper("P", 0, 0), SubmittedPaper("P", 0, 0), False),
        (RequiredPaper("P", 0, 0), SubmittedPaper("P", 1, 0), True),
        (RequiredPaper("P", 1, 0, shown_only=True), SubmittedPaper("P", 0, 0, shown=True), True),
        (RequiredPaper("P", 1, 0, shown_only=True), SubmittedPaper("P", 0, 0), False),
        (RequiredPaper("P", 1, 0), SubmittedPaper("Q", 1, 0), False),
    ],
)
def test_what_counts_as_handed_in(wanted: RequiredPaper, handed_in: SubmittedPaper, enough: bool) -> None:
    missing = missing_papers(replace(FORM, papers=(handed_in,)), replace(PLAIN, papers=(wanted,)))
    assert (missing == ()) is enough


def test_a_fee_below_the_catalogue_needs_its_reason() -> None:
    procedure = replace(PLAIN, fee=Fee(8000, "8.000 đồng/bản"))
    (problem,) = found(replace(FORM, fee_amount=0), procedure)
    assert problem.field == "fee_exemption"
    assert found(replace(FORM, fee_amount=0, fee_exemption="Hộ nghèo"), procedure) == []
    assert found(replace(FORM, fee_amount=16000), procedure) == []
    assert found(replace(FORM, fee_amount=0), PLAIN) == []


TEXT = st.text(max_size=20)
DIGITS = st.text("0123456789 .+-/", max_size=14)
NUMBERS = st.one_of(TEXT, DIGITS)
PERSONS = st.builds(Person, TEXT, NUMBERS, NUMBERS, TEXT, TEXT, TEXT, NUMBERS, TEXT, TEXT)
FORMS = st.builds(
    IntakeForm,
    TEXT,
    TEXT,
    TEXT,
    PERSONS,
    principal=st.none() | st.builds(Principal, TEXT, authority_paper=TEXT),
    papers=st.lists(st.builds(SubmittedPaper, TEXT, st.integers(), st.integers(), st.booleans()), max_size=3).map(
        tuple
    ),
    sets=st.integers(),
    case=st.none() | TEXT,
    limit=st.none() | st.builds(TypedLimit, st.decimals(), st.sampled_from([*LimitUnit, "x"])),
)


@given(FORMS)
def test_bringing_a_form_to_shape_twice_changes_nothing_more(form: IntakeForm) -> None:
    once = normalised(replace(form, limit=None))
    assert normalised(once) == once


@given(FORMS, st.sampled_from([None, PLAIN, BY_CASE, UNCLEAR]))
def test_any_form_gets_sentences_and_no_exception(form: IntakeForm, procedure: ProcedureVersion | None) -> None:
    for problem in problems(form, procedure, today=TODAY, checklist=True):
        assert problem.message.endswith(".")
    if procedure:
        limit_for(form, procedure)


@given(FORMS.map(lambda form: replace(form, principal=None)))
def test_a_form_without_a_hard_problem_has_a_limit(form: IntakeForm) -> None:
    form = replace(form, applicant=THU, channel="post", result_by="post", papers=(), sets=1, case=None)
    if not found(form, UNCLEAR):
        assert limit_for(form, UNCLEAR) is not None


def test_the_fee_table_of_the_channel_is_what_a_lower_fee_is_measured_by() -> None:
    lines = (FeeRule(8000, "8.000 đồng"), FeeRule(4000, "4.000 đồng", Channel.ONLINE))
    procedure = replace(PLAIN, fee=Fee(None, ""), fees=lines)
    assert found(replace(FORM, channel="online", fee_amount=4000), procedure) == []
    (problem,) = found(replace(FORM, channel="direct", fee_amount=4000), procedure)
    assert problem.field == "fee_exemption"
