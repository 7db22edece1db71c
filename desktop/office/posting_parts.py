"""The constituent parts of one procedure as the wall words them, in their official order.

Pure functions of a version and a day, used by ``posting_sheets``. What the catalogue does not know is said in words.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from db.records import Limit, ProcedureVersion, RequiredPaper
from db.vocabulary import Channel
from desktop.documents.posting_sheet import Para, Row
from desktop.labels import sentence_start
from desktop.office.illustrations import Illustration
from desktop.office.posting_plan import FEE_IN_COLUMN
from desktop.rules import intake, slips
from desktop.rules import procedure_words as words
from desktop.rules.reasons import limit_words

PORTAL, PORTAL_NAME = "https://dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn)"

#: A part that the catalogue says nothing of.
MISSING = (Para(rest=f"{words.MISSING}."),)
_ASK = Para(rest=f"{words.MISSING}; công chức cho biết khi nhận hồ sơ.")
_BY = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}


def list_row(version: ProcedureVersion, number: int, mark: str, on: date) -> Row:
    """The procedure in the list of its field (danh mục, NĐ 63/2010 Đ13; the columns of Lai Châu's QĐ 2934/QĐ-UBND)."""
    fees = tuple(Para(rest=line) for line in words.fee_lines(version, on))
    bases = Para(strong="Căn cứ pháp lý:", rest="; ".join(version.legal_basis) or f"{words.MISSING}.", small=True)
    # What is long stands below, in the full width: a narrow column would make it as tall as half a page.
    long = sum(len(fee.rest) for fee in fees) > FEE_IN_COLUMN
    below = tuple(replace(fee, strong="Phí, lệ phí:") for fee in fees) if long else ()
    return Row(
        version.code,
        (
            (Para(rest=str(number)),),
            (Para(strong=version.name), Para(rest=f"Mã: {version.code} – tờ {mark}", small=True)),
            limits(version),
            _where(version),
            (Para(rest="Xem dòng dưới"),) if long else fees,
        ),
        (*below, bases),
    )


def full_rows(
    version: ProcedureVersion, centre: str, on: date, extras: Iterable[tuple[str, Iterable[Para]]] = ()
) -> tuple[Row, ...]:
    """The parts of NĐ 63/2010/NĐ-CP Đ8 k2 in their order, the name (a) standing above them, and the legal bases.

    ``extras`` are what the commune adds, such as a second language.
    """
    parts: tuple[tuple[str, Iterable[Para]], ...] = (
        ("Trình tự thực hiện", _text(version.steps)),
        ("Cách thức thực hiện", _ways(version, centre)),
        ("Thành phần, số lượng hồ sơ", (*_papers(version), _sets(version))),
        ("Thời hạn giải quyết", limits(version)),
        ("Đối tượng thực hiện", _text(version.subjects)),
        ("Cơ quan giải quyết", _text(version.authority)),
        ("Mẫu đơn, mẫu tờ khai", _listed(version.forms)),
        ("Kết quả thực hiện", _text(version.result)),
        ("Yêu cầu, điều kiện", _text(version.conditions)),
        ("Phí, lệ phí", tuple(Para(strong=line) for line in words.fee_lines(version, on))),
        ("Căn cứ pháp lý", _text("; ".join(version.legal_basis), small=True)),
        *extras,
    )
    return tuple(
        Row(label, ((Para(strong=label, item=f"{number}."),), tuple(paras) or MISSING))
        for number, (label, paras) in enumerate(parts, start=1)
    )


def fee_row(version: ProcedureVersion, mark: str, on: date) -> Row:
    """The procedure in the fee table."""
    return Row(
        version.code,
        (
            (Para(rest=mark),),
            (Para(strong=version.name), Para(rest=f"Mã: {version.code}", small=True)),
            tuple(Para(rest=line) for line in words.fee_lines(version, on)),
        ),
    )


def link_row(version: ProcedureVersion, mark: str) -> Row:
    """The procedure in the QR index, with the address that the catalogue keeps for it."""
    named = (
        Para(strong=version.name),
        Para(rest=f"Mã: {version.code}", small=True),
        Para(rest=version.link, small=True),
    )
    return Row(version.code, ((Para(rest=mark),), named, (Para(qr=version.link),)))


def decision_words(version: ProcedureVersion) -> str:
    """The decision behind a version: ``163/QĐ-BTP ngày 12/01/2026``; empty where the catalogue has none."""
    day = f" ngày {version.decided_on:%d/%m/%Y}" if version.decision and version.decided_on else ""
    return version.decision + day


def limits(version: ProcedureVersion) -> tuple[Para, ...]:
    """Every limit, of each case, and the law's own beside the commune's shorter one (both are posted)."""
    if intake.needs_typed_limit(version):
        # The sentence of the decision, where there is one that nobody has turned into a rule yet.
        return (Para(rest=version.limit_text),) if version.limit_text else (_ASK,)
    if not version.cases:
        assert version.limit is not None, "needs_typed_limit() says when there is none"
        return (_limit("", version.limit, version.statutory),)
    return tuple(_limit(f"{case.label}:", case.limit, case.statutory) for case in version.cases)


def in_language(language: str, illustration: Illustration) -> tuple[Para, ...]:
    """What people brought in a second language; what is missing is said."""
    sound = "có, hỏi công chức tại quầy." if language in illustration.sounds else f"{words.MISSING.lower()}."
    return (*(_text(illustration.texts.get(language, "")) or MISSING), Para(lead="Bản nghe:", rest=sound, small=True))


def _limit(label: str, limit: Limit, statutory: Limit | None) -> Para:
    rest = "; ".join(filter(None, (words.late_words(limit), words.cut_words(limit, statutory))))
    told = limit_words(limit)
    return Para(label, (told if label else sentence_start(told)) + (";" if rest else ""), rest)


def _where(version: ProcedureVersion) -> tuple[Para, ...]:
    place = (Para(rest=version.place),) if version.place else ()
    return (*place, *(Para(rest=_BY[channel]) for channel in version.channels)) or MISSING


def _ways(version: ProcedureVersion, centre: str) -> Iterator[Para]:
    if version.place:
        yield Para(rest=version.place)
    told = {
        Channel.DIRECT: "" if version.place else f"tại {centre}",
        Channel.ONLINE: f"trên {PORTAL_NAME}",
        Channel.POST: "qua dịch vụ bưu chính công ích",
    }
    for channel in version.channels:
        colon = ":" if told[channel] else ""
        yield Para(strong=_BY[channel] + colon, rest=told[channel], item="–")
    if version.link:
        yield Para(lead="Xem trên cổng:", rest=version.link, small=True)


def _papers(version: ProcedureVersion) -> Iterator[Para]:
    """The papers of every case first, then those of each case under its name; numbered anew under each."""
    if not version.papers:
        yield from MISSING
    cases = [case.label for case in version.cases]
    others = dict.fromkeys(paper.case for paper in version.papers if paper.case and paper.case not in cases)
    for case in (None, *cases, *others):
        papers = [paper for paper in version.papers if (paper.case or None) == case]
        if case and papers:
            yield Para(strong=f"Trường hợp: {case}")
        for number, paper in enumerate(papers, start=1):
            yield Para(rest=_paper(paper), item=f"{number}.")


def _paper(paper: RequiredPaper) -> str:
    optional = not paper.required and not paper.shown_only
    return slips.wanted(paper) + (" – nếu\u00a0có" if optional else "")


def _sets(version: ProcedureVersion) -> Para:
    return Para(strong="Số lượng:", rest=f"{version.sets:02d} bộ" if version.sets else f"{words.MISSING.lower()}.")


def _listed(texts: tuple[str, ...]) -> tuple[Para, ...]:
    return tuple(Para(rest=text, item=f"{number}.") for number, text in enumerate(texts, start=1))


def _text(text: str, *, small: bool = False) -> tuple[Para, ...]:
    return tuple(Para(rest=line.strip(), small=small) for line in text.splitlines() if line.strip())
