"""An invented month of a practice commune: every dossier lives its own life, all of them in time order.

Hides the queue of moments. Called by the demonstration; never used by a live register.
"""

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime

from db.connection import Register
from db.records import Clerk
from desktop.office.practice_life import Life
from desktop.rules.practice import Visit

#: Steps in one transaction: each commit waits for the disk.
_AT_ONCE = 200


def live(
    book: Register, visits: Sequence[Visit], clerks: Sequence[Clerk], *, seed: int, now: datetime
) -> Iterator[str]:
    """Live every visit's life up to ``now``; yields the code of each dossier after it was taken in."""
    lives = [Life(book, visit, clerks, seed) for visit in visits]
    going = [life.run() for life in lives]
    queue = [(life.at, number) for number, life in enumerate(lives)]
    heapq.heapify(queue)
    while queue and queue[0][0] <= now:
        taken_in = []
        with book.write():
            for _ in range(_AT_ONCE):
                if not queue or queue[0][0] > now:
                    break
                at, number = heapq.heappop(queue)
                life, known = lives[number], lives[number].code
                life.at = at
                following = next(going[number], None)
                if following is not None:
                    heapq.heappush(queue, (following, number))
                if life.code != known:
                    taken_in.append(life.code)
        yield from taken_in
