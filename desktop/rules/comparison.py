"""A list against the catalogue, procedure by procedure: the work behind ``change_sets.compare``, called by it alone.

Hides the order in which new, amended, replaced and abolished procedures of one list depend on each other. An entry
ends as a change, as unchanged or as rejected, never without a word.
"""

from collections.abc import Mapping
from dataclasses import replace

from db.records import ProcedureVersion
from db.vocabulary import ProcedureStatus
from desktop.rules.change_sets import Change, ChangeSet, Decision, FieldChange, Question
from desktop.rules.list_differences import blank, difference
from desktop.rules.list_entries import Entry, Kind, Reading, Rejected
from desktop.rules.list_matching import matched, name_key

#: Where a new procedure stands whose list names no field.
NO_FIELD = "Chưa phân lĩnh vực"
_ENDED = (ProcedureStatus.REPLACED, ProcedureStatus.ABOLISHED)
_DONE = {Kind.REPLACED: "thay thế", Kind.ABOLISHED: "bãi bỏ"}
_ENDS = {Kind.REPLACED: ProcedureStatus.REPLACED, Kind.ABOLISHED: ProcedureStatus.ABOLISHED}


def compared(reading: Reading, current: Mapping[str, ProcedureVersion], decision: Decision) -> ChangeSet:
    """What ``change_sets.compare`` promises."""
    found = matched(reading.entries, current, decision.decided_on)
    comparison = _Comparison(decision, current, {entry.code: entry for entry in found.entries})
    comparison.rejected += [*reading.rejected, *found.rejected]
    for entry in found.entries:
        comparison.take(entry)
    made = {kind: tuple(each for each in comparison.changes if each.kind is kind) for kind in Kind}
    return ChangeSet(
        decision,
        made[Kind.NEW],
        made[Kind.AMENDED],
        made[Kind.REPLACED],
        made[Kind.ABOLISHED],
        unchanged=tuple(comparison.unchanged),
        rejected=tuple(sorted(comparison.rejected, key=lambda each: (each.sheet, each.row))),
        to_decide=tuple(comparison.questions),
    )


class _Comparison:
    """The entries of one list, each taken against what the catalogue says of its procedure."""

    def __init__(
        self, decision: Decision, current: Mapping[str, ProcedureVersion], listed: Mapping[str, Entry]
    ) -> None:
        self.changes: list[Change] = []
        self.unchanged: list[str] = []
        self.rejected: list[Rejected] = []
        self.questions: list[Question] = []
        self._decision, self._current, self._listed = decision, current, listed
        self._successors: dict[str, str] = {}
        for entry in listed.values():
            for old in entry.replaces:
                self._successors.setdefault(old, entry.code)
        self._codes = {name_key(version.name): code for code, version in current.items()}
        self._codes |= {name_key(entry.name): entry.code for entry in listed.values()}

    def take(self, entry: Entry) -> None:
        """Everything that one entry does: to its own procedure, and to those that it replaces."""
        kind, old = self._kind(entry), self._current.get(entry.code)
        successor = self._successor(entry)
        if kind is Kind.ABOLISHED or (kind is Kind.REPLACED and (old or successor)):
            self._end(entry, kind, old, successor)
        else:
            self._set(entry, old)
        for code in entry.replaces:
            replaced = self._current.get(code)
            first = self._successors[code] == entry.code
            if replaced and first and code not in self._listed and replaced.status not in _ENDED:
                self._end(replace(entry, code=code, name=replaced.name), Kind.REPLACED, replaced, entry.code)

    def _kind(self, entry: Entry) -> Kind:
        if entry.whole:
            return next((kind for kind, status in _ENDS.items() if status is entry.whole.status), Kind.LISTED)
        over = entry.valid_to is not None and entry.valid_to <= self._decision.effective_on
        return Kind.ABOLISHED if over and entry.kind is not Kind.REPLACED else entry.kind

    def _successor(self, entry: Entry) -> str | None:
        """What takes the entry's place, by code or by name."""
        told = entry.whole.replaced_by if entry.whole else entry.replaced_by
        by_name = self._codes.get(name_key(entry.successor_name)) if entry.successor_name else None
        return told or self._successors.get(entry.code) or by_name

    def _set(self, entry: Entry, old: ProcedureVersion | None) -> None:
        """A procedure in force by this list: new, amended or as it was; perhaps with the day of its end."""
        found = difference(entry, old or blank(entry))
        version = self._dated(found.version, entry)
        before = len(self.changes)
        if old is None:
            self._add(Kind.NEW, entry, replace(version, field=version.field or NO_FIELD), (), self._warnings(entry))
        elif found.fields:
            self._add(Kind.AMENDED, entry, version, found.fields, self._warnings(entry))
        if found.undecided:
            known = old.limit if old else None
            told = (entry.row, entry.code, version.name, version.limit_text, found.undecided, known, entry.sheet)
            self.questions.append(Question(len(self.questions) + 1, *told))
        if entry.valid_to:
            ended = replace(version, status=ProcedureStatus.ABOLISHED, valid_from=entry.valid_to)
            self._add(Kind.ABOLISHED, entry, ended, (_status("còn hiệu lực", f"bãi bỏ từ {entry.valid_to:%d/%m/%Y}"),))
        if len(self.changes) == before:
            self.unchanged.append(entry.code)

    def _end(self, entry: Entry, kind: Kind, old: ProcedureVersion | None, successor: str | None) -> None:
        """A procedure that this list abolishes or replaces; the one that takes its place may be named here only."""
        if successor and entry.successor_name and successor not in self._listed and successor not in self._current:
            self._listed = {**self._listed, successor: entry}
            told = replace(entry, code=successor, name=entry.successor_name, kind=Kind.NEW, replaces=())
            self._set(told, None)
        if old is None:
            self._reject(entry, f"Danh mục không có thủ tục {entry.code} nên không có gì để {_DONE[kind]}.")
        elif old.status in _ENDED and (kind is Kind.ABOLISHED or old.replaced_by == successor):
            self.unchanged.append(entry.code)
        elif kind is Kind.REPLACED and not successor:
            self._reject(entry, f"Danh sách không nói thủ tục nào thay thế {entry.code}.")
        else:
            replaced_by = successor if kind is Kind.REPLACED else None
            version = self._dated(replace(old, status=_ENDS[kind], replaced_by=replaced_by), entry)
            unknown = replaced_by and replaced_by not in self._listed and replaced_by not in self._current
            warnings = (f"Thủ tục thay thế {replaced_by} chưa có trong danh mục.",) if unknown else ()
            now = f"được thay thế bởi {replaced_by}" if replaced_by else "bãi bỏ"
            self._add(kind, entry, version, (_status("còn hiệu lực", now),), warnings)

    def _dated(self, version: ProcedureVersion, entry: Entry) -> ProcedureVersion:
        """The version as this decision makes it; a list never reaches back behind the day from which it counts."""
        decision = self._decision
        return replace(
            version,
            valid_from=max(entry.valid_from or decision.effective_on, decision.effective_on),
            valid_to=None,
            decision=decision.number,
            decided_on=decision.decided_on,
            source=version.source or decision.number,
            source_on=version.source_on or decision.decided_on,
            version_id=0,
        )

    def _warnings(self, entry: Entry) -> tuple[str, ...]:
        gone = [code for code in entry.replaces if code not in self._current]
        said = [f"Thủ tục bị thay thế {code} không có trong danh mục." for code in gone]
        taken = {code: self._successors[code] for code in entry.replaces if self._successors[code] != entry.code}
        said += [f"Thủ tục {code} đã ghi được thay thế bởi {other}." for code, other in taken.items()]
        if entry.kind is Kind.AMENDED and entry.code not in self._current:
            said.append("Danh sách ghi sửa đổi, bổ sung mà danh mục chưa có thủ tục này.")
        if entry.level_text and not entry.levels:
            said.append(f"Không hiểu cấp thực hiện “{entry.level_text[:80]}”; để như chưa ghi.")
        return tuple(said)

    def _add(
        self,
        kind: Kind,
        entry: Entry,
        version: ProcedureVersion,
        fields: tuple[FieldChange, ...],
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.changes.append(Change(kind, entry.row, version, fields, entry.sheet, warnings))

    def _reject(self, entry: Entry, reason: str) -> None:
        self.rejected.append(Rejected(entry.row, reason, entry.sheet))


def _status(old: str, new: str) -> FieldChange:
    return FieldChange("status", old, new)
