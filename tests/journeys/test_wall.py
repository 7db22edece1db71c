"""A decision comes, the wall follows: what is old is named, only that is printed anew, each scan tells the truth."""

from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest
import zxingcpp

from db.vocabulary import DocumentKind
from desktop.errors import UserError
from desktop.gui.intake_papers import PaperLine
from desktop.office import checking, counter, decisions, issuing, posting_checks, posting_prints, postings, procedures
from desktop.office import slips as given_slips
from desktop.office.posting_checks import Do, Verdict
from desktop.office.postings import Place
from desktop.rules import intake, sheet_codes, slips
from desktop.rules.slips import USUAL_REASON, SlipForm
from tests.office.deciding import CODE, DAY, OTHER, amended, change_set, days
from tests.paper.looking import squeezed

BOARD = "Bảng 1"


def scanned(pdf):
    """The QR of every page of a PDF that has one, as a scanner reads it from the paper."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=100 / 72, grayscale=True).to_pil()
            found += [code.text for code in zxingcpp.read_barcodes(picture) if code.text.startswith("NIEM YET")]
    return found


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return squeezed("".join(page.get_textpage().get_text_bounded() for page in document))


def test_a_walk_along_the_wall_before_and_after_a_decision(commune, monday):
    names = [CODE, OTHER, "1.001193", "2.000635", "PHAN ANH"]
    hung = scanned(posting_prints.sheets_pdf(commune, names, now=monday).data)
    places = [
        Place(one.name, BOARD, str(slot), one.version) for slot, one in enumerate(map(sheet_codes.read, hung), start=1)
    ]
    assert [place.name for place in places] == names
    postings.post(commune, places, clerk="truc", now=monday)

    def walk(on):
        return [posting_checks.answer(commune, text, on).verdict for text in hung]

    assert walk(monday.date()) == [Verdict.CURRENT] * 5
    found = change_set(commune, amended(commune, CODE, limit=days(1), cases=()), amended(commune, OTHER, result="Giấy"))
    decisions.accept(commune, found, clerk="truc", now=monday)
    assert walk(date(2026, 11, 30)) == [Verdict.CURRENT] * 5
    assert walk(DAY) == [Verdict.OLD, Verdict.OLD, Verdict.CURRENT, Verdict.CURRENT, Verdict.CURRENT]

    ahead = posting_prints.reprint_pdf(commune, on=DAY, new=False, now=monday)
    assert "Ápdụngtừngày01/12/2026;khôngdántrướcngàynày." in text_of(ahead.data)
    fresh = scanned(ahead.data)
    assert [sheet_codes.read(text).name for text in fresh] == [CODE, OTHER]
    morning = datetime.combine(DAY, monday.timetz())
    postings.post(
        commune,
        [Place(one.name, version=one.version) for one in map(sheet_codes.read, fresh)],
        clerk="truc",
        now=morning,
    )
    state = posting_checks.stale(commune, DAY)
    assert len(state.right) == 5 and not state.of(Do.REPLACE) and not state.of(Do.TAKE_DOWN)
    assert [(one.board, one.slot) for one in postings.hanging(commune) if one.name in (CODE, OTHER)] == [
        (BOARD, "1"),
        (BOARD, "2"),
    ]
    with pytest.raises(UserError) as nothing:
        posting_prints.reprint_pdf(commune, on=DAY, new=False, now=morning)
    assert nothing.value.code == "nothing_to_print"
    assert checking.verify_chain(commune).holds


def test_what_hung_on_a_day_is_printed_as_it_read_then(commune, monday):
    names = [CODE, "PHAN ANH"]
    hung = scanned(posting_prints.sheets_pdf(commune, names, now=monday).data)
    postings.post(commune, [Place(name) for name in names], clerk="truc", now=monday)
    found = change_set(commune, amended(commune, CODE, limit=days(1), cases=()))
    decisions.accept(commune, found, clerk="truc", now=monday)
    morning = datetime.combine(DAY, monday.timetz())
    postings.post(commune, [Place(CODE)], clerk="truc", now=morning)
    before = posting_prints.posted_pdf(commune, date(2026, 11, 30), full=True, now=morning)
    assert sorted(scanned(before.data)) == sorted(hung)
    after = posting_prints.posted_pdf(commune, DAY, full=True, now=morning)
    assert len(set(scanned(after.data)) - set(hung)) == 1
    told = text_of(posting_prints.posted_pdf(commune, DAY, now=morning).data)
    assert "NIÊMYẾTCUỐINGÀY01/12/2026" in told and "Thủtụcthayđổi" in told and "09:1401/12/2026,truc" in told
    with pytest.raises(UserError) as nothing:
        posting_prints.posted_pdf(commune, date(2026, 11, 1), now=morning)
    assert nothing.value.code == "nothing_posted"


@pytest.mark.parametrize("code", ["1.001193", "1.004859", "2.000815", "1.014027", "1.004837"])
def test_wall_receipt_slip_and_checklist_say_the_same(commune, monday, correction_form, code):
    procedure = procedures.get(commune, code, on=monday.date())
    case = procedure.cases[0].label if procedure.cases else None
    papers = intake.papers_for(procedure, case)
    lines = [PaperLine(n, asked, intake.SubmittedPaper(asked.name)).with_tick(True) for n, asked in enumerate(papers)]
    form = replace(
        correction_form, procedure=code, case=case, key=code, papers=tuple(line.handed for line in lines), limit=None
    )
    taken = counter.register(commune, form, clerk="truc", now=monday)
    receipt = text_of(issuing.receipt_pdf(commune, taken.code, now=monday).data)
    wanted = tuple(map(slips.wanted, papers))
    slip = SlipForm(DocumentKind.SUPPLEMENT, replace(form, key="slip", papers=()), "slip", wanted, USUAL_REASON)
    missing = text_of(given_slips.preview(commune, slip, clerk="truc", now=monday))
    wall = text_of(posting_prints.wall_pdf(commune, code=code, now=monday).data)

    limit = intake.limit_for(form, procedure)
    assert limit is not None
    for words in (procedure.name, code):
        assert squeezed(words) in wall and squeezed(words) in receipt
    told = squeezed(issuing.current_receipt(commune, taken.code).content["limit_text"])
    assert told in receipt and told.lower() in wall.lower()
    for line, words in zip(lines, wanted, strict=True):
        assert squeezed(words) in wall and squeezed(words) in missing
        for text in (wall, missing, receipt):
            assert squeezed(line.asked.name) in text
        counted = f"({line.handed.originals:02d}bảnchính)"
        if line.handed.originals and line.asked.copies == 0 and "bản chính" not in line.asked.name.lower():
            assert squeezed(line.asked.name) + counted in wall and squeezed(line.asked.name) + counted in receipt


def test_stopping_the_print_of_the_whole_wall_leaves_no_file(commune, monday):
    before = sorted(commune.documents.rglob("*"))
    heard = []
    stopped = posting_prints.wall_pdf(
        commune, now=monday, progress=lambda done, total: heard.append((done, total)) or done < 20
    )
    assert stopped is None and sorted(commune.documents.rglob("*")) == before
    assert heard[-1][0] == 20 and heard[-1][1] > 600
