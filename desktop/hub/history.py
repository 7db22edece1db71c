"""What a hub believes of one unit: its lines, what waits for a decision, and the verdict on the next report.

Pure: the fold over a unit's reports and settlements in the order in which the hub took them. The receiver asks it for
whatever is not simply the next closing; ``hub check`` tells it everything again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.hub.lines import Line, Link, standing, taken
from desktop.sync.protocol import Verdict


class Choice(StrEnum):
    """What an official decides about a fork: what is held stays, or the commune's present history is taken."""

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
        if why := self._branch(link) or self.line.contradiction(link):
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

    def settle(self, choice: str) -> None:
        """An official's decision about everything that waits."""
        if choice == Choice.TAKE:
            self.lines.append(taken(self.line, self.forked[::-1], self.told))
        self.forked = []

    def standing(self) -> dict[str, tuple[int, Link]]:
        """Day → line number and the report that counts."""
        return standing(self.lines)

    def _judge_again(self, link: Link, held: Link | None) -> Judgement:
        if any((one.hash, one.sha256) == (link.hash, link.sha256) for one in self.forked):
            return Judgement(Verdict.FORKED, "branch", is_new=False)
        best = self.line.of_day(link.day)
        if held is not None and held.sha256 == link.sha256 and best is held:
            return Judgement(Verdict.UNCHANGED, is_new=False)
        if held is None and best is None:
            return Judgement(Verdict.REJECTED, "settled", is_new=False)
        return Judgement(Verdict.SUPERSEDED, "" if held else "settled", is_new=False)

    def _by_revision(self, link: Link) -> Judgement:
        best = self.line.of_day(link.day)
        if best is not None and best.revision > link.revision:
            return Judgement(Verdict.SUPERSEDED)
        return Judgement(Verdict.ACCEPTED)

    def _branch(self, link: Link) -> str:
        """Whether it follows a closing that was told here and is not believed."""
        previous = link.previous[2] if link.previous else ""
        return "branch" if previous in self.told and self.line.with_hash(previous) is None else ""
