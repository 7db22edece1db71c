"""The ways to beautify what citizens said without their names, by somebody who holds the file and the disk's key."""

from collections.abc import Callable
from dataclasses import replace

from db import ballots as stored
from desktop.office import counter, sealing
from desktop.rules import ballots
from desktop.rules.ballots import LEAST, Question
from tests.journeys.desk import FORM, NOW, Desk, at

QUESTION = Question(5, "second_screen")
NEXT_DAY = at(2, month=12)


def _rated(desk: Desk, number=LEAST, when=NOW):
    """So many citizens of that day who are not satisfied at all."""
    for nth in range(number):
        form = replace(FORM, key=f"rated-{when.isoformat()}-{nth}")
        code = counter.register(desk.book, form, clerk="truc", now=when).code
        desk.act(code, "finish", when)
        desk.act(code, "rate", when, score=1, scale=5, source=QUESTION.source)


def _box(desk: Desk):
    return stored.boxes(desk.book)[QUESTION.key]


def _refill(desk: Desk, *scores):
    """Other sums in the box, locked again with the disk's own key."""
    box, key = _box(desk), sealing.box_key(desk.book)
    opened = ballots.unlocked(box.locked, QUESTION, key)
    assert opened is not None
    locked = ballots.locked(replace(opened, scores=scores), QUESTION, key)
    _put(desk, replace(box, ballots=sum(scores), locked=locked))


def _put(desk: Desk, box: stored.StoredBox):
    desk.sql(
        f"UPDATE ballot_box SET ballots = {box.ballots}, seq = {box.seq}, key_id = '{box.key_id}',"
        f" locked = x'{box.locked.hex()}'"
    )


def _put_back(desk: Desk):
    _rated(desk, 3)
    before = _box(desk)
    _rated(desk, 1, NOW.replace(minute=1))
    _put(desk, before)


#: What verify-chain finds afterwards, and a word of what it says.
FOUND: dict[str, tuple[Callable[[Desk], object], str]] = {
    "put better scores into the box": (lambda d: [_rated(d, 3), _refill(d, 0, 0, 0, 0, 3)], "phiếu bên trong"),
    "… and go on until it is counted": (
        lambda d: [_rated(d), _refill(d, 0, 0, 0, 0, LEAST), _rated(d, 1, NEXT_DAY)],
        "bị sửa trước khi kiểm",
    ),
    "take a ballot out of the box": (lambda d: [_rated(d, 3), _refill(d, 2, 0, 0, 0, 0)], "số ý kiến"),
    "stuff the box": (lambda d: [_rated(d, 3), _refill(d, 3, 0, 0, 0, 40)], "số ý kiến"),
    "put back the box of before the last ballot": (_put_back, "số ý kiến"),
    "throw the box away": (lambda d: [_rated(d, 3), d.sql("DELETE FROM ballot_box")], "số ý kiến"),
    "call the box empty and go on until it is counted": (
        lambda d: [
            _rated(d, 3),
            d.sql("UPDATE ballot_box SET ballots = 0"),
            _rated(d, when=NOW.replace(minute=1)),
            _rated(d, 1, NEXT_DAY),
        ],
        "số phiếu kiểm",
    ),
    "change the sums of a count, hashes recomputed": (
        lambda d: [
            _rated(d),
            _rated(d, 1, NEXT_DAY),
            d.sql(
                f"UPDATE event SET payload = replace(payload, '[{LEAST},0,0,0,0]', '[0,0,0,0,{LEAST}]')"
                " WHERE kind = 'count_ballots'",
                rehash=True,
            ),
        ],
        "không phải phiếu trong hòm",
    ),
    "call a count lost, hashes recomputed": (
        lambda d: [
            _rated(d),
            _rated(d, 1, NEXT_DAY),
            d.sql(
                """UPDATE event SET payload = '{"ballots":1,"lost":"other_key","question":"5/second_screen"}'"""
                " WHERE kind = 'count_ballots'",
                rehash=True,
            ),
        ],
        "số phiếu kiểm",
    ),
}

#: What is told as lost and cannot be read any more, with the sentence of the README's limits.
BEYOND: dict[str, tuple[Callable[[Desk], object], str]] = {
    "make a bad day's ballots unreadable": (
        lambda d: [
            _rated(d),
            d.sql("UPDATE ballot_box SET key_id = 'another'"),
            _rated(d, 1, NEXT_DAY),
        ],
        "Làm cho phiếu chưa kiểm không đọc được nữa: số phiếu mất vẫn hiện, nội dung thì không ai biết.",
    ),
}
