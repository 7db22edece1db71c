"""One commune's history as a hub hears it: closings of days that must form one chain, in whatever order they arrive.

Pure: the rules by which two reports cannot both come from one register (a fork), and which history stands after an
official has settled it. Late, lost, repeated and out-of-order reports are no contradiction; only proof is.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter

#: Why a report cannot come from the register whose reports are held; each has its sentence in ``FORK_WORDS``.
FORK_WORDS = {
    "revision": "Cùng ngày, cùng bản nhưng là một lần chốt khác với bản đang giữ.",
    "content": "Cùng một lần chốt nhưng số liệu khác với bản đang giữ.",
    "place": "Cùng một chỗ trong chuỗi sự kiện đã có một lần chốt khác.",
    "predecessor": "Một lần chốt khác đã nối tiếp cùng lần chốt trước đó.",
    "order": "Lần chốt này không thể nằm cùng một chuỗi với những lần chốt đang giữ.",
    "beginning": "Đơn vị có hai lần chốt đầu tiên khác nhau.",
    "before": "Mã của bản chốt trước ghi trong báo cáo khác với bản đang giữ.",
    "branch": "Lần chốt này nối tiếp một lịch sử khác đã bị tách ra.",
}

_SEQ = attrgetter("seq")
#: Day and revision, which one event only can have in one register.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """What places a report in its commune's history. ``seq`` is the number of the event before its closing.

    ``previous`` is the closing directly before it: day, revision, hash. ``before`` is the code of the revision before.
    """

    report: int
    day: str
    revision: int
    sha256: str
    hash: str
    seq: int
    previous: tuple[str, int, str] | None
    code: str
    before: str

    @property
    def place(self) -> Place:
        return self.day, self.revision


class Line:
    """Links that no rule keeps from being one register's.

    ``kept`` are days of which an official decided that an older line's report stays (number of that line, report); on
    them only a later revision counts that was taken after the report ``after``.
    """

    def __init__(self, links: Iterable[Link] = (), *, after: int = 0) -> None:
        self.kept: dict[str, tuple[int, Link]] = {}
        self._after = after
        self._links: list[Link] = []
        self._by_hash: dict[str, Link] = {}
        self._by_place: dict[Place, Link] = {}
        self._successors: dict[str, Link] = {}
        #: What links say of the one before them, by its place.
        self._named: dict[Place, str] = {}
        self._by_day: dict[str, list[Link]] = {}
        for link in links:
            self.add(link)

    def __len__(self) -> int:
        return len(self._links)

    def __iter__(self) -> Iterator[Link]:
        """In the order of the commune's chain."""
        return iter(self._links)

    def with_hash(self, digest: str) -> Link | None:
        """The link of this closing."""
        return self._by_hash.get(digest)

    def of_day(self, day: str) -> Link | None:
        """The highest revision of a day, of those that count."""
        links: Iterable[Link] = self._by_day.get(day, ())
        if day in self.kept:
            kept = self.kept[day][1].revision
            links = (link for link in links if link.report > self._after and link.revision > kept)
        return max(links, key=attrgetter("revision"), default=None)

    @property
    def last(self) -> Link | None:
        """The newest closing."""
        return self._links[-1] if self._links else None

    @property
    def days(self) -> Set[str]:
        """Days that it has a report of."""
        return self._by_day.keys()

    def add(self, link: Link) -> None:
        """Take in a link that nothing contradicts; one of a closing that is here replaces how it was told."""
        if held := self._by_hash.get(link.hash):
            self._links.remove(held)
            self._by_day[held.day].remove(held)
        insort(self._links, link, key=_SEQ)
        self._by_hash[link.hash] = self._by_place[link.place] = link
        self._by_day.setdefault(link.day, []).append(link)
        if link.previous:
            self._successors[link.previous[2]] = link
            self._named[link.previous[:2]] = link.previous[2]

    def contradiction(self, link: Link) -> str | None:
        """Why this closing cannot be of the same register as these; a word of ``FORK_WORDS``, None when it can."""
        if link.place in self._by_place or self._named.get(link.place, link.hash) != link.hash:
            return "revision"
        return self._of_day_problem(link) or self._place_problem(link)

    def _of_day_problem(self, link: Link) -> str | None:
        """Revisions of a day follow each other in the chain, each naming the code of the one before."""
        for other in self._by_day.get(link.day, ()):
            if (other.revision < link.revision) != (other.seq < link.seq):
                return "order"
            if other.revision == link.revision - 1 and other.code != link.before:
                return "before"
            if other.revision == link.revision + 1 and other.before != link.code:
                return "before"
        return None

    def _place_problem(self, link: Link) -> str | None:
        """Between a closing and the one that it names as its previous there is no other."""
        at = bisect_left(self._links, link.seq, key=_SEQ)
        below = self._links[at - 1] if at else None
        above = self._links[at] if at < len(self._links) else None
        if above and above.seq == link.seq:
            return "place"
        if link.previous is None:
            if below:
                return "beginning"
        elif problem := self._previous_problem(link, below):
            return problem
        if above is None:
            return None
        if above.previous is None:
            return "beginning"
        follower = self._successors.get(link.hash)
        if follower not in (None, above):
            return "order"
        # Between a closing and what follows it directly there is none, and an unknown one needs an event of its own.
        parted = follower is None and (above.previous[2] in self._by_hash or above.seq < link.seq + 2)
        return "order" if parted else None

    def _previous_problem(self, link: Link, below: Link | None) -> str | None:
        assert link.previous is not None
        place, digest = link.previous[:2], link.previous[2]
        if digest in self._successors:
            return "predecessor"
        previous = self._by_hash.get(digest)
        if previous is not None:
            return None if previous is below else "order"
        if place in self._by_place or self._named.get(place, digest) != digest:
            return "revision"
        # The previous one, not held, needs an event of its own between the two.
        return "order" if below and link.seq < below.seq + 2 else None


def following(line: Line, forked: Sequence[Link], told: Mapping[str, Link], *, after: int) -> Line:
    """The history of the register that sent the forked reports: theirs, and what both histories have in common.

    ``forked`` is what waits for a decision, the last received first; ``told`` all reports of the unit by hash, held,
    forked or left behind, of which those are theirs that lead to them or on from them; ``after`` the report that was
    taken last.
    """
    new = Line(after=after)
    for link in forked:
        _walk_back(new, link, told)
    _walk_on(new, [link for link in forked if new.with_hash(link.hash)], told)
    # Two histories of one register share its beginning: from the first contradiction on, nothing held is theirs.
    contradicting = (one.seq for one in line if new.with_hash(one.hash) is None and new.contradiction(one))
    parted_at = min(contradicting, default=None)
    for link in list(line):
        shared = parted_at is None or link.seq < parted_at
        if shared and new.with_hash(link.hash) is None and not new.contradiction(link):
            new.add(link)
    return new


def _walk_back(new: Line, link: Link | None, told: Mapping[str, Link]) -> None:
    while link is not None and new.with_hash(link.hash) is None and not new.contradiction(link):
        new.add(link)
        link = told.get(link.previous[2]) if link.previous else None


def _walk_on(new: Line, ends: list[Link], told: Mapping[str, Link]) -> None:
    followers: dict[str, list[Link]] = {}
    for link in told.values():
        if link.previous:
            followers.setdefault(link.previous[2], []).append(link)
    while ends:
        for link in followers.get(ends.pop().hash, ()):
            if new.with_hash(link.hash) is None and not new.contradiction(link):
                new.add(link)
                ends.append(link)


def standing(lines: Sequence[Line]) -> dict[str, tuple[int, Link]]:
    """Day → number of its line (from 1) and the report that counts.

    The newest history speaks from its first day on; what an abandoned one says of the time before stays, and the days
    that were kept.
    """
    found: dict[str, tuple[int, Link]] = {}
    begin = "~"
    for number in range(len(lines), 0, -1):
        line = lines[number - 1]
        for day in line.days | line.kept.keys():
            best = line.of_day(day)
            if day < begin:
                found[day] = line.kept[day] if best is None else (number, best)
        begin = min((begin, *line.days))
    return found
