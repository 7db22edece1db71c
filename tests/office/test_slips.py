"""Slips before any dossier: numbered in their form's series, found again, followed by a dossier that names them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import msgspec
import pypdfium2
import pytest
import zxingcpp

from db import events, issued
from db.vocabulary import DocumentKind as Kind
from db.vocabulary import EventKind as E
from db.vocabulary import PrintOutcome
from desktop.documents.letter import LetterContent
from desktop.errors import UserError
from desktop.office import acts, at_once, checking, counter, forms, issuing, lookup, opening, slip_lookup, slips
from desktop.rules.intake import Person
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.conftest import MONDAY
from tests.journeys.desk import recompute

ITEMS = ("Giấy tờ làm căn cứ thay đổi (01 bản chính)", "Tờ khai chưa ký ở mục 3")


@pytest.fixture
def clock(monday):
    """The next two minutes at each call: nothing can be taken back any more."""
    turns = iter(range(1, 1000))
    return lambda: monday + timedelta(minutes=2 * next(turns))


@pytest.fixture
def asking(correction_form):
    """What is missing of a correction: two things."""
    return SlipForm(Kind.SUPPLEMENT, correction_form, "slip-1", ITEMS, USUAL_REASON)


@pytest.fixture
def refusing(correction_form):
    return SlipForm(Kind.REFUSAL, correction_form, "slip-r", reason="Không thuộc thẩm quyền của xã.")


@pytest.fixture
def give(commune, clock):
    """Give a slip; its row."""
    return lambda slip, *, clerk="truc", now=None: slips.give(commune, slip, clerk=clerk, now=now or clock()).slip


def refusal(call, *arguments, **facts):
    with pytest.raises(UserError) as refused:
        call(*arguments, **facts)
    return refused.value.code


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_a_slip_is_an_event_without_a_dossier_and_a_frozen_paper(commune, asking, give):
    slip = give(asking)
    stored = events.by_seq(commune, slip.id)
    assert (stored.kind, stored.dossier, stored.clerk, stored.key) == (E.GIVE_SLIP, None, "truc", "slip-1")
    assert (slip.label, slip.kind, slip.told) == ("01/PBS-TTPVHCC", Kind.SUPPLEMENT, "; ".join(ITEMS))
    told = slip_lookup.detail(commune, slip.id)
    assert (told.row, told.form, told.items, told.reason) == (slip, asking.intake, ITEMS, USUAL_REASON)
    payload = msgspec.json.decode(stored.payload)
    paper = issued.of_slip(commune, slip)
    assert payload["paper"] == {"kind": "supplement", "number": 1, "version": 1, "sha256": issued.digest(paper.content)}
    assert lookup.is_empty(commune)
    assert checking.verify_chain(commune).holds


def test_mau_02_says_everything_the_form_asks_and_carries_its_number_as_qr(commune, asking, give, monday):
    slip = give(asking)
    made = issuing.document_pdf(commune, None, slip.kind, document=slip.document, now=monday)
    text = text_of(made.data)
    for words in (
        "Số: 01/PBS-TTPVHCC",
        "Hồ sơ của: Vàng Thị Ví Dụ",
        "Địa chỉ: Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
        "Số điện thoại: 0987 000 001",
        f"1. {ITEMS[0]} 2. {ITEMS[1]} Lý do: {USUAL_REASON}",
        "NGƯỜI HƯỚNG DẪN",
        "Lò Thị Trực",
    ):
        assert words in text
    assert "Mã hồ sơ" not in text and made.pages == 1
    assert made.path.name == "phieu-2026-mau-02-so-01-a4x1.pdf" and made.path.read_bytes() == made.data
    with pypdfium2.PdfDocument(made.data) as document:
        picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    (qr,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert slip_lookup.scanned(commune, qr.text) == slip


def test_mau_03_is_given_before_there_is_a_code(commune, refusing, give, monday):
    slip = give(refusing)
    assert (slip.label, slip.told) == ("01/PTC-TTPVHCC", "Không thuộc thẩm quyền của xã.")
    text = text_of(issuing.document_pdf(commune, None, slip.kind, document=slip.document, now=monday).data)
    assert "Tiếp nhận hồ sơ của: Vàng Thị Ví Dụ" in text and "Mã hồ sơ (nếu có): ……" in text
    assert "với lý do cụ thể như sau: Không thuộc thẩm quyền của xã." in text
    assert "Thủ tục thay đổi, cải chính" in text


def test_a_matter_that_is_not_in_the_catalogue_is_refused_in_its_own_words(commune, refusing, give, monday):
    elsewhere = replace(
        refusing, intake=replace(refusing.intake, procedure="", case=None), request="Cấp hộ chiếu phổ thông"
    )
    slip = give(elsewhere)
    assert (slip.procedure, slip.procedure_name) == ("", "Cấp hộ chiếu phổ thông")
    text = text_of(issuing.document_pdf(commune, None, slip.kind, document=slip.document, now=monday).data)
    assert "Nội dung yêu cầu giải quyết: Cấp hộ chiếu phổ thông Qua xem xét" in text
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize("kind", [Kind.SUPPLEMENT, Kind.REFUSAL])
def test_a_slip_fills_exactly_what_its_form_offers(commune, asking, refusing, give, kind):
    slip = give(asking if kind is Kind.SUPPLEMENT else refusing)
    content = msgspec.convert(issued.of_slip(commune, slip).content, LetterContent)
    assert {*content.values, "…"} == set(forms.official(kind, slip.given_at.date()).slots)


def test_slips_and_requests_to_dossiers_share_the_series_of_their_form(commune, asking, give, correction_form, clock):
    code = counter.register(commune, correction_form, clerk="truc", now=clock()).code
    acts.perform(commune, code, E.REQUEST_SUPPLEMENT, {"note": "thiếu"}, clerk="truc", now=clock())
    other = replace(asking.intake, key="other", applicant=Person(name="Giàng Thị Giả Định"))
    assert give(replace(asking, intake=other)).label == "02/PBS-TTPVHCC"
    next_year = MONDAY.replace(year=2027, month=1, day=4)
    assert give(replace(asking, key="slip-2", intake=replace(other, key="x")), now=next_year).label == "01/PBS-TTPVHCC"
    assert checking.verify_chain(commune).holds


def test_asking_twice_gives_one_slip_and_other_words_are_refused(commune, asking, give):
    first = give(asking)
    again = slips.give(commune, asking, clerk="truc", now=MONDAY + timedelta(hours=1))
    assert (again.slip, again.again) == (first, True)
    assert refusal(give, replace(asking, items=("Giấy khác",))) == "key_reused"
    assert refusal(give, replace(asking, key="")) == "missing"
    assert slip_lookup.count(commune) == 1


def test_what_is_refused_changes_nothing(commune, asking, give):
    before = events.head(commune)
    assert refusal(give, replace(asking, items=())) == "missing"
    assert refusal(give, replace(asking, reason="")) == "missing"
    assert refusal(give, asking, clerk="ai đó") == "unknown_clerk"
    assert refusal(give, replace(asking, intake=replace(asking.intake, procedure="9.999999"))) == "unknown"
    assert events.head(commune) == before
    assert issued.next_number(commune, Kind.SUPPLEMENT, 2026) == 1


def test_the_dossier_that_follows_names_every_slip_before_it(commune, asking, refusing, give, correction_form, clock):
    given = [give(refusing), give(asking)]
    ahead = counter.preview(commune, replace(correction_form, key="new"), now=clock())
    assert list(ahead.slips) == given
    done = counter.register(commune, replace(correction_form, key="new"), clerk="truc", now=clock())
    assert done.changes.slips
    event = lookup.dossier(commune, done.code).events[0]
    assert event.payload["after_slips"] == [slip.id for slip in given]
    assert [slip.id for slip in slip_lookup.of_dossier(commune, done.code)] == [slip.id for slip in given]
    assert counter.preview(commune, replace(correction_form, key="next"), now=clock()).slips == ()
    second = counter.register(commune, replace(correction_form, key="next"), clerk="truc", now=clock())
    assert "after_slips" not in lookup.dossier(commune, second.code).events[0].payload
    assert checking.verify_chain(commune).holds


def test_other_people_and_other_matters_follow_nothing(commune, asking, give, correction_form, clock):
    give(asking)
    other = replace(correction_form, key="a", applicant=replace(correction_form.applicant, id_number="012303000003"))
    assert counter.preview(commune, other, now=clock()).slips == ()
    assert counter.preview(commune, replace(correction_form, key="b", procedure="1.001193"), now=clock()).slips == ()


def test_somebody_without_a_number_is_followed_by_the_form_that_was_kept(commune, asking, give, correction_form, clock):
    nobody = replace(correction_form, applicant=Person(name="Giàng Thị Giả Định"))
    slip = give(replace(asking, intake=nobody))
    done = counter.register(commune, nobody, clerk="truc", now=clock())
    assert [each.id for each in slip_lookup.of_dossier(commune, done.code)] == [slip.id]


def test_what_is_solved_at_once_follows_its_slip_too(commune, asking, give, correction_form, clock):
    form = replace(correction_form, procedure="2.000635", case=None)
    slip = give(replace(asking, intake=form))
    done = at_once.solve(commune, replace(form, key="again"), clerk="truc", now=clock())
    assert slip_lookup.detail(commune, slip.id).row.followed_by == done.code


def test_a_second_slip_says_so_and_needs_another_person(commune, asking, give, monday):
    give(asking)
    again = replace(asking, key="slip-2", items=("Giấy tờ khác",))
    assert refusal(give, again) == "needs_second_person"
    assert refusal(give, replace(again, confirmed_by="ai đó")) == "unknown_clerk"
    slip = give(replace(again, confirmed_by="quay1"))
    made = issuing.document_pdf(commune, None, slip.kind, document=slip.document, now=monday)
    assert "Yêu cầu lần 2" in text_of(made.data)
    assert checking.verify_chain(commune).holds


def test_a_slip_given_by_mistake_is_taken_back_within_the_minute(commune, asking, give, monday):
    slip = give(asking, now=monday)
    assert refusal(slips.take_back, commune, slip, clerk="quay1", now=monday) == "not_yours"
    assert slips.take_back(commune, slip, clerk="truc", now=monday + timedelta(seconds=60)).slips
    assert not slips.take_back(commune, slip, clerk="truc", now=monday + timedelta(seconds=61))
    assert slip_lookup.detail(commune, slip.id).row.taken_back
    assert refusal(issuing.document_pdf, commune, None, slip.kind, document=slip.document, now=monday) == "taken_back"
    later = monday + timedelta(minutes=5)
    assert give(replace(asking, key="slip-2"), now=later).label == "02/PBS-TTPVHCC"
    assert (
        refusal(
            slips.take_back,
            commune,
            give(replace(asking, key="slip-3", confirmed_by="quay1"), now=later),
            clerk="truc",
            now=later + timedelta(seconds=61),
        )
        == "minute_over"
    )
    assert checking.verify_chain(commune).holds


def test_a_slip_that_was_taken_back_is_followed_by_nothing(commune, asking, give, correction_form, monday):
    slips.take_back(commune, give(asking, now=monday), clerk="truc", now=monday)
    done = counter.register(commune, correction_form, clerk="truc", now=monday)
    assert slip_lookup.of_dossier(commune, done.code) == ()
    assert checking.verify_chain(commune).holds


def test_what_the_printer_said_stands_on_the_slip_and_reprints_are_counted(commune, asking, give, clock):
    slip = give(asking)

    def printed(outcome):
        facts = {"printer": "Canon", "copies": 1, "outcome": outcome, "clerk": "truc", "now": clock()}
        changes = issuing.record_print(commune, None, kind=slip.kind, document=slip.document, **facts)
        assert changes.slips
        return slip_lookup.detail(commune, slip.id).row

    failed = printed(PrintOutcome.FAILED)
    assert (failed.printed, failed.print_failed) == (0, True)
    sent = printed(PrintOutcome.SENT)
    assert (sent.printed, sent.print_failed) == (1, False)
    again = issuing.document_pdf(commune, None, slip.kind, document=slip.document, now=clock())
    assert "Bản in lại lần 1" in text_of(again.data)
    assert checking.verify_chain(commune).holds


@pytest.mark.parametrize("text", ["01/PBS", "1/pbs", "vang thi vi", "0121 9500 0002", "0987000001", "0002", "0001"])
def test_a_slip_is_found_by_number_name_citizens_number_and_phone(commune, asking, refusing, give, text):
    slip = give(asking)
    give(replace(refusing, intake=replace(refusing.intake, applicant=Person(name="Giàng Văn Khác"))))
    assert slip_lookup.find(commune, text, limit=5) == slip_lookup.page(commune, text=text) == (slip,)
    assert slip_lookup.count(commune, text) == 1


def test_the_day_counts_what_still_holds(commune, asking, refusing, give, monday):
    slips.take_back(commune, give(asking, now=monday), clerk="truc", now=monday)
    give(refusing, now=monday)
    assert lookup.slips_given(commune, monday.date()) == 1
    assert slip_lookup.count(commune) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("MAU 02 SO 7 NAM 2026 MT", "unknown_slip"), ("MAU 02 SO 1 NAM 2026 XA", "foreign_slip"), ("xin", "unknown_slip")],
)
def test_a_scanned_slip_that_is_not_here_is_said_to_be_so(commune, asking, give, text, code):
    give(asking)
    assert refusal(slip_lookup.scanned, commune, text) == code


def test_the_paper_is_seen_before_it_is_given(commune, asking, monday):
    head = events.head(commune)
    text = text_of(slips.preview(commune, replace(asking, items=ITEMS[:1], reason=""), clerk="truc", now=monday))
    assert f"1. {ITEMS[0]} Lý do: ……" in text and "Số: 01/PBS-TTPVHCC" in text
    assert events.head(commune) == head


def test_a_practice_register_marks_its_slips(practice_home, asking, monday):
    with opening.open_register(practice_home, now=monday) as book:
        slip = slips.give(book, asking, clerk="ai đó", now=monday).slip
        text = text_of(issuing.document_pdf(book, None, slip.kind, document=slip.document, now=monday).data)
        assert "BẢN TẬP HUẤN" in text
        assert checking.verify_chain(book).holds


def _told(before, after, where):
    return f"UPDATE event SET payload = replace(payload, '{before}', '{after}') WHERE {where}"


def told_otherwise(book, home, *statements):
    """SQL on the events behind the program's back, every hash made right again; what the check says then."""
    book.close()
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        for trigger in ("event_no_update", "event_no_delete", "slip_no_delete"):
            file.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            file.execute(statement)
        recompute(file)
        file.commit()
    with opening.open_register(home, now=MONDAY) as again:
        return checking.verify_chain(again).faults


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (_told('"after_slips":[4],', "", "kind = 'register'"), "trước hồ sơ"),
        (_told('"items":[', '"items":[],"x":[', "seq = 4"), "missing"),
        ("UPDATE event SET clerk = 'truc' WHERE seq = 5", "needs_second_person"),
        (_told('"after_slips":[4]', '"after_slips":[]', "seq = 5"), "phiếu trước"),
        ("UPDATE event SET at = '2026-11-23T10:30:00+07:00' WHERE kind = 'undo'", "minute_over"),
    ],
    ids=["a visit forgotten", "nothing asked for", "confirmed by oneself", "said to be the first", "taken back later"],
)
def test_a_history_of_slips_that_the_rules_would_not_have_let_be_is_found(
    commune, live_home, asking, give, correction_form, monday, statement, fault
):
    at = [monday + timedelta(minutes=n) for n in range(6)]
    give(asking, now=at[0])
    second = give(replace(asking, key="s2", confirmed_by="truc"), clerk="quay1", now=at[1])
    assert second.id == 5
    slips.take_back(commune, second, clerk="quay1", now=at[1])
    counter.register(commune, replace(correction_form, key="new"), clerk="truc", now=at[2])
    assert checking.verify_chain(commune).holds
    assert any(fault in said for said in told_otherwise(commune, live_home, statement))
