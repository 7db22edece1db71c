"""The texts of forms: shipped as data with their days, edited by the commune with care, shown before they are kept."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp

from db import events, journal
from db.vocabulary import DocumentKind as Kind
from db.vocabulary import EventKind as E
from desktop.documents import template as notation
from desktop.errors import UserError
from desktop.office import acts, checking, counter, forms, issuing, settings, sheets, specimens

TODAY = date(2026, 11, 23)
OWN = """
Kính gửi: *{người nộp}*
Mã hồ sơ: {mã hồ sơ} | Ngày: {Ngày  lập}
 Ủy ban nhân dân xã dừng giải quyết hồ sơ vì: {lý do}
"""


@pytest.fixture
def change(commune, monday):
    """Change a form's text as a clerk would."""

    def put(kind, text, **given):
        return forms.change_template(commune, kind, text, clerk="truc", now=monday, **given)

    return put


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_form_that_says_where_it_is_from(kind):
    form = forms.official(kind, TODAY)
    assert form.kind is kind and form.form_ref and form.note and form.title_lines
    assert form.valid_from <= TODAY and not form.edited
    assert set(notation.slots(form.text)) <= set(form.slots)
    assert set(form.needs) <= set(notation.slots(form.text))
    assert all(signer.name in ("", "{công chức}", "{người ký}") for signer in form.signers)


def test_the_seven_forms_are_numbered_as_the_circular_does():
    official = [kind for kind in Kind if "Thông tư 03/2025" in forms.official(kind, TODAY).form_ref]
    assert [forms.official(kind, TODAY).form_ref for kind in official] == [
        f"Mẫu số {number:02d} – Thông tư 03/2025/TT-VPCP" for number in range(1, 8)
    ]


@pytest.mark.parametrize("kind", Kind)
def test_a_preview_shows_invented_data_and_no_slot(commune, monday, kind):
    text = text_of(specimens.preview(commune, kind, now=monday))
    assert "BẢN TẬP HUẤN" in text and "{" not in text
    form = forms.official(kind, TODAY)
    assert form.title_lines[0] in text and all(signer.title in text for signer in form.signers)
    assert not list(commune.documents.rglob("*.pdf"))


def test_the_preview_of_a_receipt_is_no_receipt(commune, monday):
    page = pypdfium2.PdfDocument(specimens.preview(commune, Kind.RECEIPT, now=monday))[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
    assert issuing.verify_receipt(commune, found.text).verdict == "forged"


def test_the_book_is_previewed_in_its_columns_without_an_entry_in_the_register(commune, monday):
    text = text_of(specimens.preview(commune, Kind.REGISTER_BOOK, now=monday, text="", title="SỔ GHI HỒ SƠ"))
    assert "SỔ GHI HỒ SƠ" in text and "Cộng trang: 2 hồ sơ, đã trả 1" in text
    assert journal.count(commune, TODAY, TODAY) == 0


def test_signers_bear_the_communes_words_on_letters_receipts_and_the_preview(commune, monday, change, correction_form):
    head = [("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "(Ký tên, đóng dấu)")]
    form = forms.official(Kind.STOP, TODAY)
    change(Kind.STOP, form.text, signers=head)
    changed = forms.template(commune, Kind.STOP, TODAY)
    assert [(s.title, s.note, s.name) for s in changed.signers] == [(*head[0], "{người ký}")]
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Ký tên, đóng dấu)" in text_of(specimens.preview(commune, Kind.STOP, now=monday))
    counters = [("NGƯỜI NỘP", "(Ký tên)"), ("NGƯỜI NHẬN HỒ SƠ", "")]
    change(Kind.RECEIPT, "", signers=counters)
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    text = text_of(issuing.receipt_pdf(commune, code, now=monday).data)
    assert "NGƯỜI NỘP (Ký tên) NGƯỜI NHẬN HỒ SƠ Lò Thị Trực" in text and "NGƯỜI TIẾP NHẬN HỒ SƠ" not in text
    facts = {"note": "rút", "signer": "Giàng Văn Mẫu"}
    acts.perform(commune, code, E.STOP, facts, clerk="truc", now=monday)
    stop = text_of(issuing.document_pdf(commune, code, Kind.STOP, now=monday).data)
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Ký tên, đóng dấu) Giàng Văn Mẫu" in stop
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize(
    ("signers", "code"),
    [
        ([], "signers"),
        ([("A", ""), ("B", "")], "signers"),
        ([(" ", "(Ký)")], "no_signer"),
        ([("A" * 301, "")], "too_long"),
        ([("A\x07", "")], "control_character"),
    ],
)
def test_signers_that_cannot_be_printed_are_refused(commune, monday, change, signers, code):
    text = forms.official(Kind.STOP, TODAY).text
    with pytest.raises(UserError) as refusal:
        change(Kind.STOP, text, signers=signers)
    assert refusal.value.code == code
    assert not forms.template(commune, Kind.STOP, TODAY).edited


def test_a_wording_kept_before_signers_could_be_changed_still_holds(commune, monday, change):
    change(Kind.STOP, OWN)
    stored = settings.get(commune, "form_texts")
    del stored["stop"]["signers"]
    settings.change(commune, "form_texts", stored, clerk="truc", now=monday)
    form = forms.template(commune, Kind.STOP, TODAY)
    assert form.edited and form.signers == forms.official(Kind.STOP, TODAY).signers


def test_a_changed_text_is_printed_from_then_on_and_never_on_issued_papers(commune, monday, change, correction_form):
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    acts.perform(commune, code, E.STOP, {"note": "một"}, clerk="truc", now=monday)
    before = issuing.document_pdf(commune, code, Kind.STOP, now=monday).data
    assert change(Kind.STOP, OWN, title="GIẤY BÁO\nDỪNG HỒ SƠ").settings
    form = forms.template(commune, Kind.STOP, TODAY)
    assert form.edited and form.title_lines == ("GIẤY BÁO", "DỪNG HỒ SƠ")
    assert form.text.splitlines()[2].startswith(" Ủy ban")
    assert issuing.document_pdf(commune, code, Kind.STOP, now=monday).data == before
    acts.perform(commune, code, E.UNDO, {}, clerk="truc", now=monday)
    acts.perform(commune, code, E.STOP, {"note": "hai"}, clerk="truc", now=monday)
    text = text_of(issuing.document_pdf(commune, code, Kind.STOP, now=monday).data)
    assert "GIẤY BÁO DỪNG HỒ SƠ" in text and "dừng giải quyết hồ sơ vì: hai" in text
    assert "Ngày: 23 tháng 11 năm 2026" in text
    assert checking.verify_chain(commune).holds


def test_a_change_is_an_event_and_can_be_taken_back(commune, monday, change):
    change(Kind.STOP, OWN)
    (event,) = [event for event in events.walk(commune) if "form_texts" in event.payload]
    assert (event.kind, event.clerk) == (E.CHANGE_SETTING, "truc")
    forms.restore_template(commune, Kind.STOP, clerk="truc", now=monday)
    assert forms.template(commune, Kind.STOP, TODAY) == forms.official(Kind.STOP, TODAY)


def test_the_title_of_form_04_can_be_the_old_one(commune, monday, change):
    form = forms.official(Kind.APOLOGY, TODAY)
    change(Kind.APOLOGY, form.text, title="PHIẾU XIN LỖI\nVÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in text_of(specimens.preview(commune, Kind.APOLOGY, now=monday))


def test_the_receipts_title_follows_too(commune, monday, change, correction_form):
    change(Kind.RECEIPT, "", title="GIẤY HẸN")
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    assert issuing.current_receipt(commune, code).content["title_lines"] == ["GIẤY HẸN"]


def test_a_wording_can_be_seen_before_it_is_kept(commune, monday):
    text = text_of(specimens.preview(commune, Kind.STOP, now=monday, text=OWN, title="TÊN THỬ"))
    assert "TÊN THỬ" in text and "Ủy ban nhân dân xã dừng giải quyết hồ sơ" in text
    assert not forms.template(commune, Kind.STOP, TODAY).edited


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "no_text", "để trống"),
        ("{người nộp} {mã hồ sơ}", "missing_slot", "{lý do}"),
        ("{người nộp} {mã hồ sơ} {lý do} {tên tôi}", "unknown_slot", "{tên tôi}"),
        ("{người nộp} {mã hồ sơ} {lý do", "braces", "Dòng 1"),
        ("{người nộp}\n{mã hồ sơ} lý do}\n{lý do}", "braces", "Dòng 2"),
        ("{người {nộp}} {mã hồ sơ} {lý do}", "braces", "Dòng 1"),
        ("{người nộp} {mã hồ sơ} *{lý do}", "stars", "Dòng 1"),
        ("{người nộp} | {mã hồ sơ} | {lý do}", "three_fields", "Dòng 1"),
        ("{người nộp} {mã hồ sơ} {lý do} \x07", "control_character", "U+0007"),
        ("{người nộp} {mã hồ sơ} {lý do}" + "a" * 8000, "too_long", "8000"),
    ],
)
def test_a_wording_that_cannot_be_printed_is_one_sentence(commune, monday, change, text, code, said):
    before = events.head(commune)
    for ask in (lambda: change(Kind.STOP, text), lambda: specimens.preview(commune, Kind.STOP, now=monday, text=text)):
        with pytest.raises(UserError) as refusal:
            ask()
        assert refusal.value.code == code and said in refusal.value.message
        assert refusal.value.message.endswith(".")
    assert events.head(commune) == before


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.REGISTER_BOOK])
def test_a_form_without_text_takes_none(change, kind):
    with pytest.raises(UserError) as refusal:
        change(kind, "{mã hồ sơ}")
    assert refusal.value.code == "fixed_form"


def test_no_title_is_refused(change):
    with pytest.raises(UserError) as refusal:
        change(Kind.STOP, OWN, title=" \n ")
    assert refusal.value.code == "no_title"


def test_an_edited_wording_gives_way_to_a_new_official_version(commune, monday, change, tmp_path, monkeypatch):
    """When the law prints another form, the commune's text was written for the old one."""
    change(Kind.STOP, OWN)
    file = json.loads((forms._FOLDER / "stop.json").read_text("utf-8"))
    new = file["versions"][0] | {"form_ref": "Mẫu số 05 – Thông tư 99/2027/TT-BTP", "valid_from": "2027-03-01"}
    file["versions"][0]["valid_to"] = "2027-02-28"
    file["versions"].append(new)
    (tmp_path / "stop.json").write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(forms, "_FOLDER", tmp_path)
    forms.shipped.cache_clear()
    try:
        assert forms.template(commune, Kind.STOP, date(2027, 2, 28)).edited
        later = forms.template(commune, Kind.STOP, date(2027, 3, 1))
        assert not later.edited and "TT-BTP" in later.form_ref
        assert forms.official(Kind.STOP, date(2020, 1, 1)).form_ref == "Mẫu số 05 – Thông tư 03/2025/TT-VPCP"
    finally:
        forms.shipped.cache_clear()


def test_sheets_fill_exactly_what_their_forms_offer(commune, monday, correction_form):
    code = counter.register(commune, replace(correction_form, fee_amount=8000), clerk="truc", now=monday).code
    minutes = iter(range(1, 9))
    for event, facts in ((E.FORWARD, {"to": "Phòng Kinh tế"}), (E.FINISH, {}), (E.HAND_OVER, {})):
        now = monday + timedelta(minutes=next(minutes))
        acts.perform(commune, code, event, facts, clerk="truc", now=now)
    asked = {"clerk": "truc", "now": monday}
    for kind, content in (
        (Kind.CONTROL, sheets.control(commune, code, **asked)),
        (Kind.FEE_SLIP, sheets.fee_slip(commune, code, **asked)),
        (Kind.HANDOVER_RECEIPT, sheets.handover_receipt(commune, code, **asked)),
    ):
        assert {*content.values, notation.BLANK} == set(forms.official(kind, TODAY).slots)
    (listed,) = sheets.handover_lists(commune, TODAY, TODAY, now=monday)
    assert set(listed.values) >= set(notation.slots(listed.text))


def test_the_phone_for_guidance_is_a_setting(commune, monday, correction_form):
    before = events.head(commune)
    settings.change_unit(commune, settings.unit(commune), phone="+84 987 000 002", clerk="truc", now=monday)
    assert settings.contact_phone(commune) == "0987000002" and events.head(commune) != before
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    acts.perform(commune, code, E.REQUEST_SUPPLEMENT, {"note": "thiếu"}, clerk="truc", now=monday)
    text = text_of(issuing.document_pdf(commune, code, Kind.SUPPLEMENT, now=monday).data)
    assert "số điện thoại 0987 000 002 để được hướng dẫn" in text
