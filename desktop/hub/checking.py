"""Whether what the hub shows follows from what it was sent: every signature, every verdict, every derived row, again.

Called by ``hub check``. It reads everything, a few reports at a time, and changes nothing.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from db import hub_people, hub_reports, hub_units
from db.hub import Hub
from db.hub_reports import StoredReport
from desktop.hub import standings
from desktop.hub.history import History
from desktop.hub.lines import Link
from desktop.rules.statistics import COLUMNS
from desktop.sync import protocol
from desktop.sync.protocol import DayReport, ProtocolError


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and a sentence for everything that does not hold."""

    reports: int
    units: int
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def check(hub: Hub) -> Checked:
    """Look at everything."""
    retold = _Retold(hub)
    faults, count = [], 0
    for report, document in hub_reports.walk(hub):
        count += 1
        faults += [f"{_name(report)}: {why}" for why in retold.faults(report, document)]
    faults += retold.derived_faults()
    faults += hub_people.event_faults(hub)
    return Checked(count, len(retold.histories), tuple(faults))


class _Retold:
    """Every unit's history, judged again in the order in which the hub took the reports."""

    def __init__(self, hub: Hub) -> None:
        self.histories: dict[str, History] = {}
        self._hub = hub
        self._keys = {
            unit.code: {one.public_key for one in hub_units.keys_of(hub, unit.code)} for unit in hub_units.every(hub)
        }
        self._matters = {number: group for group, number in hub_reports.matters(hub).items()}
        self._settled: dict[str, list[tuple[int, str]]] = {}
        for unit, _, _, choice, _, after_report in hub_reports.settlements(hub):
            self._settled.setdefault(unit, []).append((after_report, choice))

    def faults(self, report: StoredReport, document: bytes) -> Iterator[str]:
        """What is wrong with one report; then its verdict is remembered."""
        history = self.histories.setdefault(report.unit, History())
        settled = self._settled.get(report.unit, [])
        while settled and settled[0][0] < report.id:
            after, choice = settled.pop(0)
            history.settle(choice, after=after)
        link = standings.link_of(report)
        try:
            content = self._content(report, document)
        except (ProtocolError, zlib.error):
            yield "chữ ký không khớp nội dung đang giữ"
            history.take_in(link, report.verdict)
            return
        if _told(report, content) != link:
            yield "các cột không khớp báo cáo đã ký"
        judged = history.judge(link, lambda held, _: self._said_alike(held, content))
        if (judged.verdict, judged.why) != (report.verdict, report.why):
            yield f"kết luận “{report.verdict}” không theo các báo cáo trước đó"
        if not self._has_figures(report, content):
            yield "các dòng số liệu không khớp báo cáo đã ký"
        history.take_in(link, report.verdict)

    def derived_faults(self) -> Iterator[str]:
        """Where the rows that are shown do not follow from the histories."""
        fronts = hub_reports.fronts(self._hub)
        for unit, history in self.histories.items():
            for after, choice in self._settled.get(unit, []):
                history.settle(choice, after=after)
            if standings.front_of(unit, history) != fronts.pop(unit, None):
                yield f"Đơn vị {unit}: chỗ đứng trong lịch sử không theo các báo cáo."
            held = {row.day: row for row in hub_reports.standing_of(self._hub, unit)}
            wanted = {day: standings.row_of(self._hub, unit, *found) for day, found in history.standing().items()}
            for day in sorted(held.keys() | wanted.keys()):
                if held.get(day) != wanted.get(day):
                    yield f"Đơn vị {unit}, ngày {day}: số liệu đang tính không theo các báo cáo."
        yield from (f"Đơn vị {unit}: có chỗ đứng mà không có báo cáo." for unit in sorted(fronts))

    def _content(self, report: StoredReport, document: bytes) -> DayReport:
        told = standings.unpacked(document)
        if told.key.hex() not in self._keys.get(report.unit, ()):
            raise ProtocolError("forged", "a key that the unit never had")
        return protocol.content_as(DayReport, told)

    def _said_alike(self, held: Link, content: DayReport) -> bool:
        kept = standings.unpacked(hub_reports.document(self._hub, held.report))
        return standings.said_alike(protocol.content_as(DayReport, kept), content)

    def _has_figures(self, report: StoredReport, content: DayReport) -> bool:
        stored = {(*self._matters[row[0]], *row[1:]) for row in hub_reports.figures_of(self._hub, report.id)}
        return stored == {row for row in content.rows if any(row[-len(COLUMNS) :])}


def _told(report: StoredReport, content: DayReport) -> Link:
    """The link as the signed report tells it."""
    previous = content.previous
    before = (previous.day.isoformat(), previous.revision, previous.hash) if previous else None
    return Link(
        report.id,
        content.day.isoformat(),
        content.revision,
        protocol.report_sha256(content),
        content.hash,
        content.chain.seq,
        before,
        content.code,
        content.before,
    )


def _name(report: StoredReport) -> str:
    return f"Đơn vị {report.unit}, ngày {report.day}, bản {report.revision}"
