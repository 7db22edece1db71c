"""Forms 02 to 06 and the papers built like them: letterhead, title, labelled lines, a table, signers.

Renders a frozen :class:`LetterContent`: the text of the form as it stood on its day, and what was filled in.
The same content gives the same bytes. Reads no database, no clock and no setting.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Literal

from desktop.documents import template
from desktop.documents.blocks import Block, Para, stack
from desktop.documents.layout import DOTS, SIZES, Sheet
from desktop.documents.letterhead import Letterhead, Signer, letterhead, signatures
from desktop.documents.lines import NBSP, Run
from desktop.documents.pages import to_pdf
from desktop.documents.tables import Column, table
from desktop.documents.template import Line, Part
from desktop.documents.units import mm

__all__ = ["PRACTICE_MARK", "LetterContent", "Size", "render", "render_all"]

Size = Literal["A4", "A5"]
#: What is filled in: words by the name of their slot, several where the form has a list.
Values = Mapping[str, str | Sequence[str]]

PRACTICE_MARK = "BẢN TẬP HUẤN"
_COPY_MARKS = ("Bản giao người nộp", "Bản lưu")
_INDENT = 10 * mm
#: A letter says little on its page: more room between paragraphs (NĐ 30: 6 pt on A4).
_AIR = 1.7
_BLANK = DOTS * 6
_QR_SIDE = 24 * mm
_WORD = re.compile(rf"(?:\S|{NBSP})+")


@dataclass(frozen=True, slots=True)
class LetterContent:
    """All that one letter says, frozen in the transaction of its act. Text is NFC.

    ``text`` is written in the notation of template.py and filled from ``values``. ``remark`` stands below the title,
    for example the dossier's code where the form has no line for it. ``recipients`` is "Nơi nhận". ``columns`` and
    ``rows`` are the table of a form that has one, ``notes`` what stands below it. ``qr_text`` stands beside the title.
    """

    form_ref: str
    title_lines: tuple[str, ...]
    superior_lines: tuple[str, ...]
    centre_lines: tuple[str, ...]
    number_line: str
    place: str
    issued_on: date
    code: str
    centre_name: str
    text: str
    values: dict[str, str | list[str]]
    signers: tuple[Signer, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    remark: str = ""
    foot: str = ""
    practice: bool = False
    qr_text: str = ""


def render(content: LetterContent, *, size: Size = "A4", copies: Literal[1, 2] = 1, reprint: int = 0) -> bytes:
    """The letter as PDF; with ``copies=2`` the citizen's and the counter's, each marked, on pages of their own.

    ``reprint`` above 0 prints "Bản in lại lần n". Raises ``EnvironmentProblem("no_font")``.
    """
    copy_marks = _COPY_MARKS if copies == 2 else ("",)
    return _pdf([_sheet(content, size, mark, reprint) for mark in copy_marks], content)


def render_all(contents: Sequence[LetterContent], *, size: Size = "A4") -> bytes:
    """Several letters of one form as one PDF, each on pages of its own."""
    return _pdf([_sheet(content, size, "", 0) for content in contents], contents[0])


def _pdf(sheets: Sequence[Sheet], content: LetterContent) -> bytes:
    return to_pdf(sheets, title=" ".join(content.title_lines), author=content.centre_name, subject=content.form_ref)


def _sheet(content: LetterContent, size: Size, copy_mark: str, reprint: int) -> Sheet:
    marks = [mark for mark in (copy_mark, f"Bản in lại lần {reprint}" if reprint else "") if mark]
    paper = SIZES[size]
    sheet = Sheet(
        replace(paper, gap=_AIR * paper.gap),
        running=" – ".join(part for part in (" ".join(content.title_lines), content.code, *marks) if part),
        foot=content.foot,
        overlay=PRACTICE_MARK if content.practice else "",
    )
    head = Letterhead(
        content.superior_lines, content.centre_lines, content.number_line, content.place, content.issued_on
    )
    letterhead(sheet, head)
    _title(sheet, content, marks)
    signed = bool(content.signers)
    _write(sheet, content.text, content.values, tied=bool(content.columns) or signed)
    if content.columns:
        table(sheet, content.columns, content.rows, tied=signed and not content.notes)
    for note in content.notes:
        sheet.paragraph((note, sheet.faces.italic), keep=signed)
    if signed:
        signatures(sheet, content.signers, content.recipients)
    return sheet


def _title(sheet: Sheet, content: LetterContent, marks: Sequence[str]) -> None:
    """Add the title; remark and marks that are not empty stand below it, or beside it when there is a QR."""
    paper, faces = sheet.paper, sheet.faces
    remarks = [content.remark] if content.qr_text else [content.remark, *marks]
    lines = [Para(((line, faces.bold),), paper.title, "center") for line in content.title_lines]
    lines += [Para(((words, faces.italic),), paper.small, "center") for words in remarks if words]
    if content.qr_text:
        # Few letters bear a QR, and drawing one takes a library of its own.
        from desktop.documents.coded_title import coded_title
        from desktop.documents.qr import Symbol

        sheet.add(coded_title(sheet, lines, Symbol(content.qr_text), _QR_SIDE, marks))
    else:
        sheet.add(stack(lines, 0, paper.measure, gap=2.5 * paper.gap, keep=True))
    sheet.add(Block(paper.gap / 2, (), keep=True))


def _write(sheet: Sheet, text: str, values: Values, *, tied: bool = False) -> None:
    """Add the lines of a form filled from ``values``; ``tied`` keeps the last one with what follows.

    What is empty or unknown leaves dots to write on.
    """
    lines = template.parse(text)
    for line, following in pairwise((*lines, None)):
        assert line is not None
        listed = _list_of(line, values)
        if listed is not None:
            sheet.items(listed)
            continue
        keep = tied if following is None else _list_of(following, values) is not None
        if line.second:
            sheet.fields(_field(line.first, values), _field(line.second, values), keep=keep)
        elif line.indented or not _is_field(line.first):
            sheet.paragraph(*_runs(sheet, line.first, values), indent=_INDENT if line.indented else 0.0, keep=keep)
        else:
            sheet.field(*_field(line.first, values), strong=line.first[-1].strong, keep=keep)


def _list_of(line: Line, values: Values) -> Sequence[str] | None:
    """The entries of a line that is nothing but a slot for a list."""
    if len(line.first) != 1 or line.second or not line.first[0].is_slot:
        return None
    value = values.get(line.first[0].words, "")
    return None if isinstance(value, str) else value


def _is_field(parts: Sequence[Part]) -> bool:
    """Whether the parts are ``label: {slot}``, whose dots reach the margin when there is nothing to say."""
    return len(parts) == 2 and not parts[0].is_slot and not parts[0].strong and parts[1].is_slot


def _field(parts: Sequence[Part], values: Values) -> tuple[str, str]:
    if _is_field(parts):
        return parts[0].words.strip(), _words(parts[1], values)
    return "", "".join(_words(part, values) or _BLANK for part in parts)


def _words(part: Part, values: Values) -> str:
    if not part.is_slot:
        return part.words
    value = values.get(part.words, "")
    return value.strip() if isinstance(value, str) else "; ".join(value)


def _runs(sheet: Sheet, parts: Sequence[Part], values: Values) -> Iterator[Run]:
    """Words of one face after another; the engine puts a space between runs, so a word is never parted."""
    faces = {False: sheet.faces.regular, True: sheet.faces.bold}
    said = [(_words(part, values) or _BLANK, part.strong) for part in parts]
    strong = [flag for words, flag in said for _ in words]
    text = "".join(words for words, _ in said)
    for flag, words in groupby(_WORD.finditer(text), key=lambda word: strong[word.start()]):
        yield " ".join(word.group() for word in words), faces[flag]
