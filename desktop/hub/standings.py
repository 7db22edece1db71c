"""From stored reports to what stands: a unit's history is read back, and its derived rows are written from it.

The rows (``standing``, ``front``) are only ever written here and by the receiver's short way for the next closing;
``hub check`` holds both together. Inside ``Hub.write`` where it changes something.
"""

import zlib
from collections.abc import Iterable
from operator import attrgetter

from db import hub_reports
from db.hub import Hub
from db.hub_reports import Front, StandingRow, StoredReport
from desktop.hub.history import History
from desktop.hub.lines import Link
from desktop.rules.packets import Packet
from desktop.sync import protocol
from desktop.sync.protocol import DayReport, Proved


def link_of(report: StoredReport) -> Link:
    """What places a stored report in its commune's history."""
    previous = None
    if report.previous_hash is not None:
        previous = (str(report.previous_day), int(report.previous_revision or 0), report.previous_hash)
    return Link(
        report.id,
        report.day,
        report.revision,
        report.sha256,
        report.hash,
        report.seq,
        previous,
        report.code,
        report.before,
    )


def history_of(hub: Hub, unit: str) -> History:
    """What is believed of a unit, as its reports and settlements tell it."""
    history = History()
    settled = [(after_report, choice) for *_, choice, _, after_report in hub_reports.settlements(hub, unit)]
    for report in hub_reports.of_unit(hub, unit):
        while settled and settled[0][0] < report.id:
            after, choice = settled.pop(0)
            history.settle(choice, after=after)
        history.take_in(link_of(report), report.verdict)
    for after, choice in settled:
        history.settle(choice, after=after)
    return history


def waiting(hub: Hub, unit: str) -> list[tuple[Link, str, str]]:
    """The forked reports of a unit that wait for a decision: why, and when they came."""
    told = {report.id: report for report in hub_reports.of_unit(hub, unit)}
    return [(link, told[link.report].why, told[link.report].received_at) for link in history_of(hub, unit).forked]


def write(hub: Hub, unit: str, history: History) -> None:
    """Let stand what the history says, and nothing else."""
    held = {row.day: row for row in hub_reports.standing_of(hub, unit)}
    wanted = history.standing()
    hub_reports.clear_standing(hub, unit, held.keys() - wanted.keys())
    changed = [
        row_of(hub, unit, line, link)
        for day, (line, link) in sorted(wanted.items())
        if day not in held or (held[day].report, held[day].line) != (link.report, line)
    ]
    hub_reports.set_standing(hub, changed)
    front = front_of(unit, history)
    if front is None:
        hub_reports.clear_front(hub, unit)
    else:
        hub_reports.set_fronts(hub, [front])


def row_of(hub: Hub, unit: str, line: int, link: Link) -> StandingRow:
    """The row of a report that counts; its lines are stored already."""
    total = hub_reports.total_of(hub, link.report)
    return StandingRow(unit, link.day, link.report, line, link.revision, link.sha256, link.code, total)


def front_of(unit: str, history: History) -> Front | None:
    """Where a history is; None for one that has nothing believed."""
    links = list(history.line)
    if not links:
        return None
    newest = max(links, key=attrgetter("seq"))
    days = [link.day for link in links]
    named = [link.previous[0] for link in links if link.previous]
    return Front(
        unit,
        len(history.lines),
        newest.seq,
        newest.hash,
        min(days),
        max(days),
        max(days + named + list(history.line.kept)),
        len(history.forked),
    )


def packed(document: Proved) -> bytes:
    """A signed document as it is stored."""
    return zlib.compress(document.wire_text, 6)


def unpacked(stored: bytes) -> Packet:
    """The signed document that was stored, proved again; ProtocolError, zlib.error when it is not what it was."""
    return protocol.read_document(zlib.decompress(stored))


def said_alike(one: DayReport, other: DayReport) -> bool:
    """Whether two tellings of one closing differ in nothing but the program's version and the unit's particulars."""
    loose = {"unit", "practice", "program"}
    names: Iterable[str] = (name for name in DayReport.__struct_fields__ if name not in loose)
    return one.unit.code == other.unit.code and all(getattr(one, name) == getattr(other, name) for name in names)
