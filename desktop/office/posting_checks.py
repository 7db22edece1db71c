"""Which sheets on the wall are right, which must be replaced, put up or taken down, and since when and why.

Compares what hangs with what the catalogue says on a day. Read by the page, the command line and a clerk who walks
along the wall with a scanner. Changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db import postings as stored
from db.connection import Register
from db.records import PostedSheet
from db.vocabulary import ProcedureStatus
from desktop.documents.posting_sheet import SheetContent, SheetKind
from desktop.office import decision_history, posting_parts, postings, procedures
from desktop.office.posting_changes import ADDED, DROPPED, Differences, differences
from desktop.office.posting_sheets import Wall, wall
from desktop.rules import sheet_codes
from desktop.rules.procedure_words import fee_days

_OUT = {ProcedureStatus.ABOLISHED: "đã bãi bỏ", ProcedureStatus.REPLACED: "đã được thay thế"}


class Do(StrEnum):
    """What is to be done at the wall."""

    REPLACE = "replace"
    PUT_UP = "put_up"
    TAKE_DOWN = "take_down"


@dataclass(frozen=True, slots=True)
class Cause:
    """What made a sheet wrong: the decision, the day it began, empty where no decision did."""

    decision: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do at the wall. ``fields`` are the parts that changed, ``why`` one line that says it all."""

    do: Do
    name: str
    mark: str
    title: str
    board: str
    slot: str
    why: str
    fields: tuple[str, ...] = ()
    cause: Cause = Cause()


@dataclass(frozen=True, slots=True)
class WallState:
    """The wall on a day: what is right, and everything to do, by board and slot."""

    on: date
    right: tuple[PostedSheet, ...]
    tasks: tuple[Task, ...]

    def of(self, do: Do) -> tuple[Task, ...]:
        """The tasks of one kind."""
        return tuple(task for task in self.tasks if task.do is do)


class Verdict(StrEnum):
    """What a scanned sheet is."""

    CURRENT = "current"
    OLD = "old"
    ABOLISHED = "abolished"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """The answer to a scan; ``words`` are large on the screen: ``Đúng``, ``Cũ từ 16/11/2026``, ``Đã bãi bỏ``."""

    verdict: Verdict
    words: str
    name: str = ""
    mark: str = ""
    title: str = ""
    cause: Cause = Cause()
    hangs: tuple[PostedSheet, ...] = ()


def stale(book: Register, on: date) -> WallState:
    """What hangs now, judged by what the sheets say on a day: today, or one whose sheets are being prepared."""
    shown = wall(book, on)
    right, tasks = [], []
    hanging = postings.hanging(book)
    for one in hanging:
        if one.name in shown.names and shown.sha256(one.name) == one.sha256:
            right.append(one)
        else:
            tasks.append(_wrong(book, shown, one))
    there = {one.name for one in hanging}
    last = stored.last_places(book)
    for name in shown.names:
        if name not in there and shown.must_hang(name):
            sheet, (board, slot) = shown.sheet(name), last.get(name, ("", ""))
            why = "chưa dán lần nào" if name not in last else "đã gỡ, phải dán lại"
            tasks.append(Task(Do.PUT_UP, name, sheet.mark, titled(sheet), board, slot, why))
    tasks.sort(key=lambda task: postings.along_the_wall(task.board, task.slot))
    return WallState(on, tuple(right), tuple(tasks))


def answer(book: Register, text: str, on: date) -> ScanAnswer:
    """What the sheet is whose QR says ``text``, judged on a day."""
    scanned = sheet_codes.read(text)
    if scanned is None or scanned.practice != book.practice:
        return ScanAnswer(Verdict.UNKNOWN, "Không phải tờ niêm yết của sổ này")
    shown = wall(book, on)
    hangs = tuple(one for one in postings.hanging(book) if one.name == scanned.name)
    if scanned.name in shown.names:
        sheet = shown.sheet(scanned.name)
        told = (scanned.name, sheet.mark, titled(sheet))
        if sheet_codes.version_digits(shown.sha256(scanned.name)) == scanned.version:
            return ScanAnswer(Verdict.CURRENT, "Đúng", *told, hangs=hangs)
        known, cause = _known(book, shown, scanned)
        if not known:
            return ScanAnswer(Verdict.UNKNOWN, "Không phải bản nào của xã; hãy thay", *told, hangs=hangs)
        since = f" từ {cause.since:%d/%m/%Y}" if cause.since else ""
        return ScanAnswer(Verdict.OLD, f"Cũ{since}", *told, cause, hangs)
    gone = procedures.known(book, scanned.name, on=on)
    if gone is None or gone.status not in _OUT:
        return ScanAnswer(Verdict.UNKNOWN, "Không có tờ này", scanned.name, hangs=hangs)
    cause = Cause(posting_parts.decision_words(gone), gone.valid_from)
    words = "Đã bãi bỏ" if gone.status is ProcedureStatus.ABOLISHED else f"Đã thay bằng {gone.replaced_by}"
    return ScanAnswer(Verdict.ABOLISHED, words, gone.code, "", gone.name, cause, hangs)


def titled(sheet: SheetContent) -> str:
    """A sheet's title in a list of sheets: ``Danh mục lĩnh vực Hộ tịch, tờ 3``."""
    if sheet.kind is SheetKind.LIST:
        return f"Danh mục {sheet.place.split('. ', 1)[1]}, tờ {sheet.mark.split('/')[1]}"
    if sheet.kind in (SheetKind.FEES, SheetKind.LINKS):
        return f"{sheet.place}, tờ {sheet.mark.split('/')[1]}"
    return sheet.title if sheet.kind is SheetKind.PROCEDURE else sheet.place


def _wrong(book: Register, shown: Wall, one: PostedSheet) -> Task:
    before = postings.said(book, one.sha256)
    place = (one.name, before.mark, titled(before), one.board, one.slot)
    if one.name not in shown.names:
        return Task(Do.TAKE_DOWN, *place, *_gone(book, one, before, shown.on))
    changed = differences(before, shown.sheet(one.name))
    codes = (one.name,) if before.kind is SheetKind.PROCEDURE else changed.rows
    cause = _cause(book, one, codes, shown.on)
    return Task(Do.REPLACE, *place, _why(before, changed, cause), changed.fields, cause)


def _gone(book: Register, one: PostedSheet, before: SheetContent, on: date) -> tuple[str, tuple[str, ...], Cause]:
    codes = [one.name] if before.kind is SheetKind.PROCEDURE else [row.key for row in before.rows]
    cause = _cause(book, one, codes, on)
    gone = procedures.known(book, codes[0], on=on) if len(codes) == 1 else None
    words = _OUT.get(gone.status, "không còn trong danh mục") if gone else "không còn nội dung để dán"
    if gone and gone.status not in _OUT and not procedures.catalogue(book).of_own_level(gone):
        words = "do cấp khác giải quyết"
    if gone and gone.replaced_by:
        words += f" bằng {gone.replaced_by}"
    return words + _told(cause), (), cause


def _why(before: SheetContent, changed: Differences, cause: Cause) -> str:
    listed = before.kind in (SheetKind.LIST, SheetKind.FEES, SheetKind.LINKS) and changed.rows
    rows = f" ở dòng {', '.join(changed.rows)}" if listed else ""
    moved = [field for field in changed.fields if field in (ADDED, DROPPED)]
    others = ", ".join(field for field in changed.fields if field not in moved)
    said = "; ".join([*moved, f"đổi {others}"] if others else moved)
    return f"{said}{rows}{_told(cause)}"


def _told(cause: Cause) -> str:
    since = f" từ {cause.since:%d/%m/%Y}" if cause.since else ""
    return since + (f" ({cause.decision})" if cause.decision else "")


def _cause(book: Register, one: PostedSheet, codes: Iterable[str], on: date) -> Cause:
    """The change since which the sheet has been wrong: the first day after which it never read as it hangs."""
    cause = Cause()
    for found in sorted(_changes(book, one, codes, on), key=lambda each: each.since or date.max, reverse=True):
        if found.since:
            shown = wall(book, found.since)
            if one.name in shown.names and shown.sha256(one.name) == one.sha256:
                break
        cause = found
    return cause


def _changes(book: Register, one: PostedSheet, codes: Iterable[str], on: date) -> Iterator[Cause]:
    """What happened to the procedures after the sheet was put up, up to a day."""
    hung_on = one.posted_at.date()
    for code in codes:
        if procedures.known(book, code, on=on) is None:
            continue
        for past in decision_history.versions_of(book, code):
            day, decision = past.version.valid_from, past.decision
            if decision and decision.undone_by and decision.undone_by > one.posted_by:
                yield Cause(f"thôi áp dụng {decision.number}")
            elif past.speaks and day and day <= on and (day > hung_on or (decision and decision.seq > one.posted_by)):
                yield Cause(posting_parts.decision_words(past.version), day)
            for day in fee_days(past.version):
                if past.speaks and hung_on < day <= on:
                    yield Cause("", day)


def _known(book: Register, shown: Wall, scanned: sheet_codes.ScannedSheet) -> tuple[bool, Cause]:
    """Whether the register ever said what the scanned version says, and since when it says something else."""
    codes = shown.codes_of(scanned.name) or (scanned.name,)
    turns = sorted(_turns(book, codes, shown.on), key=lambda cause: cause.since or date.min, reverse=True)
    for later in turns:
        assert later.since is not None
        before = wall(book, later.since - timedelta(days=1))
        if scanned.name in before.names and _digits(before, scanned.name) == scanned.version:
            return True, later
    versions = stored.versions(book, scanned.name)
    return any(sheet_codes.version_digits(sha256) == scanned.version for sha256 in versions), Cause()


def _turns(book: Register, codes: Iterable[str], on: date) -> Iterator[Cause]:
    """The days up to ``on`` on which the procedures began to read otherwise."""
    for code in codes:
        for version in procedures.catalogue(book).timeline(code):
            if version.valid_from and version.valid_from <= on:
                yield Cause(posting_parts.decision_words(version), version.valid_from)
            yield from (Cause("", day) for day in fee_days(version) if day <= on)


def _digits(shown: Wall, name: str) -> str:
    return sheet_codes.version_digits(shown.sha256(name))
