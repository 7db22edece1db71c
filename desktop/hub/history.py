"""What a hub believes of one unit: its lines, what waits for a decision, and the verdict on the next report.

Pure: the fold over a unit's reports and settlements in the order in which the hub took them. The receiver asks it for
whatever is not simply the next closing; ``hub check`` tells it everything again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.hub.lines import Line, Link, following, standing
from desktop.sync.protocol import Verdict


class Choice(StrEnum):
    """What an official decides about a fork: for days told differently, the held figures stay or the new ones count.

    Either way the hub follows the history of the commune's present register from then on.
    """

    KEEP = "keep"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason (a word of ``FORK_WORDS`` or ``settled``); ``is_new``: the report is to be stored."""

    verdict: Verdict
    why: str = ""
    is_new: bool = True


#: Whether two reports of one closing say the same, whatever program wrote them.
SameFigures = Callable[[Link, Link], bool]


@dataclass
class History:
    """The lines of a unit, the last of which is believed; ``forked`` waits for a decision, the last received last."""

    lines: list[Line] = field(default_factory=lambda: [Line()])
    forked: list[Link] = field(default_factory=list)
    told: dict[str, Link] = field(default_factory=dict)
    known: dict[tuple[str, str], Link] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        """The history that is believed now."""
        return self.lines[-1]

    def judge(self, link: Link, same_figures: SameFigures) -> Judgement:
        """What becomes of a report. Nothing changes before :meth:`take_in`."""
        held = self.line.with_hash(link.hash)
        if (link.hash, link.sha256) in self.known:
            return self._judge_again(link, held)
        if held is not None:
            # A newer program may tell the same closing in other words.
            if not same_figures(held, link):
                return Judgement(Verdict.FORKED, "content")
            return self._by_revision(link)
        if why := self._why_not(link):
            return Judgement(Verdict.FORKED, why)
        return self._by_revision(link)

    def take_in(self, link: Link, verdict: str) -> None:
        """Remember a stored report with the verdict that it was given."""
        self.known[link.hash, link.sha256] = link
        self.told[link.hash] = link
        if verdict == Verdict.FORKED:
            self.forked.append(link)
        else:
            self.line.add(link)
            for earlier in list(self._left_behind_before(link)):
                self.line.add(earlier)
            self.forked = [one for one in self.forked if self.line.with_hash(one.hash) is None]

    @property
    def can_settle(self) -> bool:
        """Whether something waits for a decision, or one was made that can be made otherwise."""
        return bool(self.forked) or len(self.lines) > 1

    def settle(self, choice: str, *, after: int) -> None:
        """An official's decision about everything that waits, else about what was decided last.

        ``after`` is the number of the report that was taken last.
        """
        if self.forked:
            before = standing(self.lines)
            new = following(self.line, self.forked[::-1], self.told, after=after)
        else:
            before = standing(self.lines[:-1])
            new = Line(self.line, after=after)
        if choice == Choice.KEEP:
            new.kept = {day: found for day, found in before.items() if new.with_hash(found[1].hash) is None}
        self.lines.append(new)
        self.forked = []

    def standing(self) -> dict[str, tuple[int, Link]]:
        """Day → line number and the report that counts."""
        return standing(self.lines)

    def _judge_again(self, link: Link, held: Link | None) -> Judgement:
        if any((one.hash, one.sha256) == (link.hash, link.sha256) for one in self.forked):
            return Judgement(Verdict.FORKED, "branch", is_new=False)
        if held is None and not self._why_not(link):
            # Left behind by a decision for want of what connects it, and told again by the register that is followed.
            return self._by_revision(link)
        best = self.line.of_day(link.day)
        if held is not None and held.sha256 == link.sha256 and best is held:
            return Judgement(Verdict.UNCHANGED, is_new=False)
        if link.day not in self.line.days | self.line.kept.keys():
            return Judgement(Verdict.REJECTED, "settled", is_new=False)
        return Judgement(Verdict.SUPERSEDED, "" if held and best else "settled", is_new=False)

    def _by_revision(self, link: Link) -> Judgement:
        best = self.line.of_day(link.day)
        if best is not None and best.revision > link.revision:
            return Judgement(Verdict.SUPERSEDED)
        if link.day in self.line.kept and link.revision <= self.line.kept[link.day][1].revision:
            return Judgement(Verdict.SUPERSEDED, "settled")
        return Judgement(Verdict.ACCEPTED)

    def _why_not(self, link: Link) -> str:
        """Why it cannot be of the register that is followed; what it follows and was left behind must be, too."""
        if why := self.line.contradiction(link):
            return why
        earlier = list(self._left_behind_before(link))
        trial = Line([*self.line, link] if earlier else ())
        for one in earlier:
            if trial.contradiction(one):
                return "branch"
            trial.add(one)
        return ""

    def _left_behind_before(self, link: Link) -> Iterator[Link]:
        """What it follows of closings that were told here and are not believed, the nearest first."""
        previous = self.told.get(link.previous[2]) if link.previous else None
        while previous is not None and self.line.with_hash(previous.hash) is None:
            yield previous
            previous = self.told.get(previous.previous[2]) if previous.previous else None
