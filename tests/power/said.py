"""What a counter's workers acknowledged so far, and what they were about to do when they fell silent."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from desktop.office.setting_up import Part
from tests.power.desk import START, Known, words_of


@dataclass
class Said:
    """Acknowledgements so far: heads of the chain, papers, secrets, the newest backup, and what went wrong.

    ``trying`` are secrets that may have come to hold, or none of a line; ``gone`` those that hold no more. ``at`` is
    what had been said when each backup was made; ``kept`` how many registers gave way to one of them.
    """

    heads: dict[int, str] = field(default_factory=dict)
    papers: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    planted: set[str] = field(default_factory=set)
    destroyed: dict[int, str] = field(default_factory=dict)
    draft: int = 0
    backup: str = ""
    #: The step of the setting up that is shown, and perhaps one that was being reached.
    step: tuple[str, ...] = (Part.UNIT,)
    settled: set[str] = field(default_factory=set)
    secrets: dict[str, str] = field(default_factory=dict)
    trying: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    at: dict[str, "Said"] = field(default_factory=dict)
    restoring: str = ""
    kept: int = 0
    now: datetime = START
    bugs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def known(self) -> Known:
        """What the people of the counter carry into their next life."""
        return Known(self.secrets, {name: one.secrets for name, one in self.at.items()}, self.now.isoformat())

    def hear(self, lines: Iterable[str]) -> "Said":
        for line in lines:
            word, rest = words_of(line)
            if hears := getattr(self, f"_{word}", None):
                hears(*rest)
        return self

    def go_back(self) -> None:
        """The backup's register is the register now: what was said since is lost, as everybody was told."""
        then = deepcopy(self.at[self.restoring])
        then.at, then.now, then.kept = self.at, self.now, self.kept + 1
        then.bugs, then.refused = self.bugs, self.refused
        # Papers are in no backup, and are drawn again.
        then.files, then.planted, then.destroyed, then.backup = set(), set(), {}, ""
        self.__dict__.update(then.__dict__)
        self.restoring = ""

    def _done(self, seq: str, head: str, at: str = "") -> None:
        self.heads[int(seq)] = head
        self._clock(at)

    def _clock(self, at: str) -> None:
        self.now = max(self.now, datetime.fromisoformat(at) if at else START)

    def _printed(self, code: str, name: str) -> None:
        self.papers.append((code, name))
        self.files.add(name)

    def _planted(self, name: str) -> None:
        self.planted.add(name)

    def _destroyed(self, seq: str, name: str) -> None:
        self.destroyed[int(seq)] = name

    def _draft(self, step: str) -> None:
        self.draft = int(step)

    def _backup(self, name: str) -> None:
        self.backup = name
        self.at[name] = deepcopy(self, {id(self.at): {}})

    def _reaching(self, part: str) -> None:
        self.step = (*self.step[:1], part)

    def _reached(self, part: str) -> None:
        self.step = (part,)

    def _settled(self, part: str) -> None:
        self.settled.add(part)

    def _tries(self, *secrets: str) -> None:
        self.trying = _pairs(secrets)

    def _holds(self, *secrets: str) -> None:
        for name, secret in _pairs(secrets).items():
            self.hold(name, secret)
        self.trying = {}

    def hold(self, name: str, secret: str) -> None:
        """This is the secret from now on."""
        if name in self.secrets and self.secrets[name] != secret:
            self.gone[name] = self.secrets[name]
        self.secrets[name] = secret

    def _restoring(self, name: str, at: str) -> None:
        self.restoring = name
        self._clock(at)

    def _restored(self) -> None:
        self.go_back()

    def _bug(self, *words: str) -> None:
        self.bugs.append(" ".join(words))

    def _refused(self, code: str) -> None:
        self.refused.append(code)


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(words[::2], words[1::2], strict=True))
