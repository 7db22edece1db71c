"""What acts issue and what events are drawn up into: frozen, numbered in series, never printed once they are void."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pypdfium2
import pytest

from db import events, issued
from db.vocabulary import DocumentKind as Kind
from db.vocabulary import EventKind as E
from db.vocabulary import PrintOutcome
from desktop.documents.letter import LetterContent
from desktop.documents.receipt import ReceiptContent
from desktop.errors import UserError
from desktop.office import acts, checking, counter, forms, issuing, lookup, people, sheets
from desktop.rules.rights import WORKING
from tests.conftest import MONDAY

NOTE = "Cần xác minh tại nơi đã đăng ký"
LETTERS = {
    E.REQUEST_SUPPLEMENT: (Kind.SUPPLEMENT, {"note": NOTE, "items": ["Giấy khai sinh", "Tờ khai"]}),
    E.REFUSE: (Kind.REFUSAL, {"note": NOTE}),
    E.EXTEND: (Kind.APOLOGY, {"note": NOTE, "to": "2026-12-02", "signer": "Giàng Văn Mẫu"}),
    E.STOP: (Kind.STOP, {"note": NOTE}),
}


@pytest.fixture
def clock(monday):
    """The next minute at each call."""
    minutes = iter(range(1, 1000))
    return lambda: monday + timedelta(minutes=next(minutes))


@pytest.fixture
def take(commune, clock, correction_form):
    """Take in a dossier; returns its code."""
    numbers = iter(range(1000))

    def register(**changes):
        form = replace(correction_form, key=f"key-{next(numbers)}", **changes)
        return counter.register(commune, form, clerk="truc", now=clock()).code

    return register


@pytest.fixture
def act(commune, clock):
    """Record an act on a dossier a minute later."""
    return lambda code, event, *, clerk="truc", **facts: acts.perform(
        commune, code, event, facts, clerk=clerk, now=clock()
    )


def papers(book, code, kind):
    return [paper for paper in lookup.dossier(book, code).documents if paper.kind is kind]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.replace("\x02", "-").split())


@pytest.mark.parametrize("event", LETTERS)
def test_an_act_issues_its_form_and_seals_it(commune, take, act, monday, event):
    kind, facts = LETTERS[event]
    code = take()
    done = act(code, event, **facts)
    (paper,) = papers(commune, code, kind)
    assert (paper.id, paper.number, paper.version) == (done.document, "01", 1)
    content = msgspec.convert(paper.content, LetterContent)
    assert content.form_ref == forms.official(kind, monday.date()).form_ref
    assert content.values["lý do"] == NOTE and content.values["người nộp"] == "Vàng Thị Ví Dụ"
    assert content.values["công chức"] == "Lò Thị Trực"
    sealed = lookup.dossier(commune, code).events[-1].payload["paper"]
    assert sealed == {"kind": kind, "number": 1, "version": 1, "sha256": issued.digest(paper.content)}
    assert checking.verify_chain(commune).holds
    made = issuing.document_pdf(commune, code, kind, now=monday)
    assert made.pages == 1 and made.path.read_bytes() == made.data
    assert NOTE in text_of(made.data)


@pytest.mark.parametrize("kind", [kind for kind, _ in LETTERS.values()])
def test_a_form_is_filled_with_exactly_what_it_offers(commune, take, act, kind):
    event = next(event for event, (issues, _) in LETTERS.items() if issues is kind)
    code = take()
    act(code, event, **LETTERS[event][1])
    (paper,) = papers(commune, code, kind)
    offered = set(forms.official(kind, paper.issued_at.date()).slots)
    assert {*paper.content["values"], "…"} == offered


def test_numbers_run_by_form_and_year(commune, take, act, clock, monday):
    codes = [take() for _ in range(4)]
    for code in codes[:3]:
        act(code, E.REQUEST_SUPPLEMENT, note="thiếu")
    act(codes[3], E.REFUSE, note="không thuộc thẩm quyền")
    assert [papers(commune, code, Kind.SUPPLEMENT)[0].number for code in codes[:3]] == ["01", "02", "03"]
    assert papers(commune, codes[3], Kind.REFUSAL)[0].content["number_line"] == "Số: 01/PTC-TTPVHCC"
    assert [papers(commune, code, Kind.RECEIPT)[0].number for code in codes] == ["01", "02", "03", "04"]
    next_year = monday.replace(year=2027, month=1, day=4)
    acts.perform(commune, codes[0], E.SUPPLEMENT, {}, clerk="truc", now=next_year)
    facts = {"note": "vẫn thiếu", "confirmed_by": "quay1"}
    acts.perform(commune, codes[0], E.REQUEST_SUPPLEMENT, facts, clerk="truc", now=next_year)
    second = papers(commune, codes[0], Kind.SUPPLEMENT)[-1]
    assert (second.number, second.content["number_line"]) == ("01", "Số: 01/PBS-TTPVHCC")
    assert second.content["remark"] == f"Mã hồ sơ: {codes[0]} – Yêu cầu lần 2"


def test_a_request_without_a_list_asks_for_its_note(commune, take, act):
    code = take()
    act(code, E.REQUEST_SUPPLEMENT, note="Bản chính Giấy khai sinh")
    text = text_of(issuing.document_pdf(commune, code, Kind.SUPPLEMENT, now=MONDAY).data)
    assert "1. Bản chính Giấy khai sinh Lý do: Hồ sơ chưa có đủ nội dung nêu trên." in text


def test_an_apology_tells_of_the_promise_that_was_made(commune, take, act):
    code = take()
    act(code, E.EXTEND, note=NOTE, to="2026-12-02")
    text = text_of(issuing.document_pdf(commune, code, Kind.APOLOGY, now=MONDAY).data)
    assert "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026." in text
    assert "vào ngày 02 tháng 12 năm 2026." in text
    assert f"{lookup.row(commune, code).due_at:%d/%m}" == "02/12"


def test_an_apology_for_a_result_that_came_late_offers_it_at_once(commune, take, monday):
    code, late = take(), monday.replace(day=30)
    acts.perform(commune, code, E.FINISH, {}, clerk="truc", now=late)
    acts.perform(commune, code, E.APOLOGISE, {"note": NOTE}, clerk="truc", now=late + timedelta(minutes=1))
    text = text_of(issuing.document_pdf(commune, code, Kind.APOLOGY, now=late).data)
    assert "sẽ trả kết quả giải quyết hồ sơ vào ngày 30 tháng 11 năm 2026." in text


def test_an_apology_while_the_end_is_open_leaves_the_day_to_the_hand(commune, take, monday):
    code, late = take(), monday.replace(day=30)
    acts.perform(commune, code, E.APOLOGISE, {"note": NOTE}, clerk="truc", now=late)
    text = text_of(issuing.document_pdf(commune, code, Kind.APOLOGY, now=late).data)
    assert "sẽ trả kết quả giải quyết hồ sơ vào ngày ……" in text


def test_a_later_letter_of_the_same_form_leaves_the_first_one_valid(commune, take, act, clock):
    code = take()
    first = act(code, E.REQUEST_SUPPLEMENT, note="thiếu một").document
    act(code, E.SUPPLEMENT)
    second = act(code, E.REQUEST_SUPPLEMENT, note="thiếu hai", confirmed_by="quay1").document
    assert issuing.current(commune, code, Kind.SUPPLEMENT).id == second
    for document, words in ((first, "thiếu một"), (second, "thiếu hai")):
        made = issuing.document_pdf(commune, code, Kind.SUPPLEMENT, document=document, now=clock())
        assert words in text_of(made.data)


def test_a_corrected_receipt_takes_the_place_of_the_old_one(commune, take, act, clock):
    code, other = take(), take()
    (old,) = papers(commune, code, Kind.RECEIPT)
    act(code, E.CORRECT, note="gõ nhầm tên", set={"applicant.name": "Vàng Thị Ví Dụ Hai", "result_by": "post"})
    before, after = papers(commune, code, Kind.RECEIPT)
    assert before == old
    assert (after.number, after.version) == ("03", 2)
    was, now = (msgspec.convert(paper.content, ReceiptContent) for paper in (before, after))
    assert now.applicant.name == "Vàng Thị Ví Dụ Hai" and "bưu chính" in now.collect_at
    assert now.replaces == "Thay thế Giấy số 01/-TTPVHCC ngày 23/11/2026"
    assert (now.due_at, now.why, now.entry_no, now.papers) == (was.due_at, was.why, was.entry_no, was.papers)
    assert issuing.verify_receipt(commune, was.qr_text).verdict == "superseded"
    assert issuing.verify_receipt(commune, was.qr_text).successor == f"{code} bản 2"
    assert issuing.verify_receipt(commune, now.qr_text).verdict == "genuine"
    assert issuing.current_receipt(commune, code).id == after.id
    assert issuing.current_receipt(commune, other).version == 1
    assert checking.verify_chain(commune).holds


def test_a_superseded_receipt_is_never_printed_as_current(commune, take, act, clock):
    code = take()
    (old,) = papers(commune, code, Kind.RECEIPT)
    act(code, E.CORRECT, note="sai số", set={"applicant.phone": "0987000009"})
    made = issuing.receipt_pdf(commune, code, now=clock())
    assert "0987 000 009" in text_of(made.data) and "Thay bản số 1" in text_of(made.data)
    with pytest.raises(UserError) as refusal:
        issuing.document_pdf(commune, code, Kind.RECEIPT, document=old.id, now=clock())
    assert refusal.value.code == "superseded" and "bản 2" in refusal.value.message


def test_a_third_version_names_the_second(commune, take, act):
    code = take()
    for phone in ("0987000008", "0987000009"):
        act(code, E.CORRECT, note="sai số", set={"applicant.phone": phone})
    first, second, third = papers(commune, code, Kind.RECEIPT)
    assert third.content["replaces"].startswith("Thay thế Giấy số 02/")
    assert [issuing.verify_receipt(commune, p.content["qr_text"]).verdict for p in (first, second, third)] == [
        "superseded",
        "superseded",
        "genuine",
    ]


def test_a_receipt_corrected_after_an_extension_promises_the_new_date(commune, take, act):
    code = take()
    act(code, E.EXTEND, note=NOTE, to="2026-12-02")
    act(code, E.CORRECT, note="sai số", set={"applicant.phone": "0987000009"})
    receipt = msgspec.convert(issuing.current_receipt(commune, code).content, ReceiptContent)
    assert f"{receipt.due_at:%d/%m}" == "02/12"
    assert receipt.why == "Hẹn lại theo văn bản xin lỗi và đề nghị gia hạn (Mẫu 04)."
    assert "HEN TRA 17:00 02/12/2026 BAN 2" in receipt.qr_text


def test_a_receipt_corrected_after_the_official_code_bears_it(commune, take, act):
    code = take()
    act(code, E.ATTACH_OFFICIAL_CODE, official_code="H35.17.28-261123-0007")
    act(code, E.CORRECT, note="sai số", set={"applicant.phone": "0987000009"})
    receipt = msgspec.convert(issuing.current_receipt(commune, code).content, ReceiptContent)
    assert (receipt.code, receipt.temporary) == ("H35.17.28-261123-0007", False)
    assert issuing.verify_receipt(commune, receipt.qr_text).verdict == "genuine"


def test_the_paper_of_an_undone_act_is_void(commune, take, act, clock):
    code = take()
    act(code, E.REQUEST_SUPPLEMENT, note="nhầm hồ sơ")
    act(code, E.UNDO)
    with pytest.raises(UserError) as refusal:
        issuing.document_pdf(commune, code, Kind.SUPPLEMENT, now=clock())
    assert refusal.value.code == "taken_back"
    act(code, E.REQUEST_SUPPLEMENT, note="đúng hồ sơ")
    assert "đúng hồ sơ" in text_of(issuing.document_pdf(commune, code, Kind.SUPPLEMENT, now=clock()).data)
    assert checking.verify_chain(commune).holds


def test_printing_a_letter_is_recorded_and_leaves_the_receipt_alone(commune, take, act, clock):
    code = take()
    act(code, E.REQUEST_SUPPLEMENT, note="thiếu")
    report = {"printer": "Canon", "copies": 1, "clerk": "truc"}
    issuing.record_print(commune, code, outcome=PrintOutcome.SENT, now=clock(), **report)
    for kind in (Kind.SUPPLEMENT, Kind.CONTROL):
        issuing.record_print(commune, code, kind=kind, outcome=PrintOutcome.FAILED, now=clock(), **report)
    issuing.record_print(commune, code, kind=Kind.SUPPLEMENT, outcome=PrintOutcome.SENT, now=clock(), **report)
    issuing.record_print(commune, None, kind=Kind.REGISTER_BOOK, outcome=PrintOutcome.SENT, now=clock(), **report)
    row = lookup.row(commune, code)
    assert (row.printed, row.print_failed) == (1, False)
    assert [paper.printed for paper in lookup.dossier(commune, code).documents] == [1, 1]
    again = issuing.document_pdf(commune, code, Kind.SUPPLEMENT, now=clock())
    assert "Bản in lại lần 1" in text_of(again.data)
    assert checking.verify_chain(commune).holds


def test_the_control_sheet_has_a_row_for_each_hand_over(commune, take, act, clock):
    code = take()
    act(code, E.FORWARD, to="Phòng Kinh tế", note="kèm bản chính", inner_days="1")
    act(code, E.UNDO)
    act(code, E.FORWARD, to="Phòng Văn hóa – Xã hội", inner_days="1")
    act(code, E.HAND_BACK, note="đủ điều kiện")
    act(code, E.REQUEST_SUPPLEMENT, note="thiếu")
    act(code, E.SUPPLEMENT)
    act(code, E.FORWARD, to="Lãnh đạo UBND xã")
    act(code, E.FINISH, note="Trích lục")
    act(code, E.HAND_OVER, to="Lò Văn Thử", relation="chồng")
    sheet = sheets.control(commune, code, clerk="truc", now=clock())
    here = "Trung tâm Phục vụ hành chính công xã Mường Than"
    assert [(cells[0].split("\n"), cells[2], cells[3].split("\n")[0]) for cells in sheet.rows] == [
        (["1. Giao: Người nộp hồ sơ", f"2. Nhận: {here}"], "", "Tiếp nhận hồ sơ"),
        ([f"1. Giao: {here}", "2. Nhận: Phòng Văn hóa – Xã hội"], "", "Hạn của chặng: 25/11/2026"),
        (["1. Giao: Phòng Văn hóa – Xã hội", f"2. Nhận: {here}"], "Trước hạn", "đủ điều kiện"),
        (["1. Giao: Người nộp hồ sơ", f"2. Nhận: {here}"], "", "Nộp bổ sung"),
        ([f"1. Giao: {here}", "2. Nhận: Lãnh đạo UBND xã"], "", ""),
        (["1. Giao: Lãnh đạo UBND xã", f"2. Nhận: {here}"], "Trước hạn", "Trích lục"),
        ([f"1. Giao: {here}", "2. Nhận: Người nộp hồ sơ"], "Trước hạn", "Trả kết quả"),
    ]
    assert sheet.rows[-1][1].endswith("Người giao: Lò Thị Trực\nNgười nhận: Lò Văn Thử")
    assert sheet.number_line == "Số: 01/PKS-TTPVHCC"
    assert sheet.values["cơ quan giải quyết"] == "Phòng Văn hóa – Xã hội"
    assert sheet.values["cơ quan phối hợp"] == "Lãnh đạo UBND xã"


def test_a_desk_that_was_late_is_told_so(commune, take, act, monday):
    code = take()
    act(code, E.FORWARD, to="Phòng Kinh tế", inner_days="1")
    acts.perform(commune, code, E.FINISH, {}, clerk="truc", now=monday.replace(day=30))
    sheet = sheets.control(commune, code, clerk="truc", now=monday.replace(day=30))
    assert sheet.rows[-1][2] == "Quá hạn"


def test_hand_over_lists_go_by_desk_and_day(commune, take, act, monday, clock):
    first, second, third = take(), take(), take()
    people.add(commune, "minh", "Vàng Văn Minh Họa", roles=WORKING, clerk="quay1", now=clock())
    act(first, E.FORWARD, to="Phòng Kinh tế", note="gấp")
    act(second, E.FORWARD, to="Phòng Kinh tế", clerk="minh")
    act(third, E.FORWARD, to="Công an xã")
    act(first, E.HAND_BACK)
    act(first, E.FORWARD, to="Công an xã")
    act(first, E.UNDO)
    on = monday.date()
    police, economy = sheets.handover_lists(commune, on, on, now=clock())
    assert (police.values["bên nhận"], police.values["công chức"]) == ("Công an xã", "Lò Thị Trực")
    assert [row[0] for row in police.rows] == ["1"] and third[-4:] in police.rows[0][1]
    # Two clerks gave: nobody's name stands below.
    assert (economy.values["số hồ sơ"], economy.values["công chức"]) == ("02", "")
    assert [row[-1] for row in economy.rows] == ["gấp", ""]
    with pytest.raises(UserError) as refusal:
        sheets.handover_lists(commune, on + timedelta(days=1), on + timedelta(days=1), now=clock())
    assert refusal.value.code == "nothing_forwarded"


def test_a_fee_slip_is_no_receipt_of_money(commune, take, act, clock):
    code = take(fee_amount=15000, fee_exemption="giảm vì hộ cận nghèo")
    act(code, E.FEE_PAID, receipt_number="0001234", amount=15000)
    text = text_of(issuing.document_pdf(commune, code, Kind.FEE_SLIP, clerk="truc", now=clock()).data)
    assert "PHIẾU THÔNG BÁO PHÍ (KHÔNG PHẢI BIÊN LAI)" in text and "BIÊN LAI THU" not in text
    assert "Phí, lệ phí phải nộp: 15.000 đồng" in text and "Biên lai đã thu số: 0001234" in text
    assert "Miễn, giảm: giảm vì hộ cận nghèo" in text


def test_nothing_to_pay_needs_no_slip_unless_somebody_was_exempted(commune, take, clock):
    with pytest.raises(UserError) as refusal:
        issuing.document_pdf(commune, take(fee_amount=0), Kind.FEE_SLIP, now=clock())
    assert refusal.value.code == "nothing_to_pay"
    text = text_of(
        issuing.document_pdf(commune, take(fee_amount=0, fee_exemption="hộ nghèo"), Kind.FEE_SLIP, now=clock()).data
    )
    assert "Phí, lệ phí phải nộp: 0 đồng" in text and "Miễn, giảm: hộ nghèo" in text


def test_an_acknowledgement_names_who_took_the_result(commune, take, act, clock):
    code = take()
    act(code, E.FINISH, note="Trích lục cải chính hộ tịch")
    act(code, E.HAND_OVER, to="Lò Văn Thử", relation="chồng", id_number="012087000001")
    values = sheets.handover_receipt(commune, code, clerk="quay1", now=clock()).values
    assert values["người nhận"] == "Lò Văn Thử" and values["quan hệ"] == "chồng"
    assert values["số định danh người nhận"] == "012087000001"
    assert values["kết quả"] == "Trích lục cải chính hộ tịch" and values["công chức"] == "Lò Thị Trực"


def test_the_book_of_a_period_is_what_was_received_and_corrected(commune, take, act, monday, clock):
    codes = [take() for _ in range(3)]
    act(codes[0], E.FINISH)
    act(codes[0], E.HAND_OVER)
    act(codes[1], E.REFUSE, note="không thuộc thẩm quyền")
    act(codes[2], E.CORRECT, note="sai", set={"applicant.name": "Lò Văn Thử", "applicant.residence": "Bản Mẫu Chín"})
    on = monday.date()
    paper = issuing.period_pdf(commune, Kind.REGISTER_BOOK, on, on, now=clock())
    text = text_of(paper.data)
    assert "Số: 01/STD-TTPVHCC" in text and "Quyển số 01 – Năm 2026" in text
    assert all(code in text for code in codes)
    assert "Lò Văn Thử Bản Mẫu Chín" in text and "Từ chối 23/11/2026" in text
    assert "Cộng trang: 3 hồ sơ, đã trả 1" in text
    assert paper.path.read_bytes() == paper.data
    assert issuing.period_pdf(commune, Kind.REGISTER_BOOK, on, on, now=clock()).sha256 == paper.sha256


def test_drawing_papers_adds_no_event(commune, take, act, clock):
    code = take(fee_amount=8000)
    act(code, E.FORWARD, to="Phòng Kinh tế")
    act(code, E.FINISH)
    act(code, E.HAND_OVER)
    before = events.head(commune)
    for kind in (Kind.RECEIPT, Kind.CONTROL, Kind.FEE_SLIP, Kind.HANDOVER_RECEIPT, Kind.HANDOVER_LIST):
        issuing.document_pdf(commune, code, kind, now=clock())
    assert events.head(commune) == before
