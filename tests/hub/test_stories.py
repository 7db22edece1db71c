"""Random communes with restored backups, told to a real hub: it holds what the plain rules say on every short way."""

from dataclasses import replace
from random import Random

import pytest

from db import hub_reports
from desktop.hub import checking, receiver, settling
from desktop.hub.history import Choice, History
from desktop.sync import protocol
from tests.hub.registers import Register, report_of, settle, shown, tell

UNITS = ("03618", "03640", "03598")


@pytest.mark.parametrize("seed", range(12))
def test_the_hub_holds_what_the_rules_say(live_hub, seed):
    random = Random(seed)
    communes = {code: live_hub.enrolled(code) for code in UNITS}
    histories = {code: History() for code in UNITS}
    stories = {code: _story(random) for code in UNITS}
    while any(stories.values()):
        packets, expected = [], []
        for code in random.sample(UNITS, k=random.randint(1, 3)):
            links, stories[code] = _next(random, stories[code])
            if links:
                packets.append(communes[code].packet(*(report_of(link, code) for link in links)))
                expected.append([tell(histories[code], _as_sent(link, code)) for link in links])
        answers = receiver.take_many(live_hub.hub, packets, now=live_hub.now, carrier=receiver.NETWORK)
        assert [_verdicts(answer) for answer in answers] == expected
        for code in UNITS:
            if histories[code].forked and random.random() < 0.2:
                choice = random.choice(list(Choice))
                settle(histories[code], choice)
                settling.settle(live_hub.hub, code, choice, "đối chiếu", who="thu", now=live_hub.now)
    for code in UNITS:
        standing = {row.day: row.sha256 for row in hub_reports.standing_of(live_hub.hub, code)}
        assert standing == {day: link.sha256 for day, (_, link) in histories[code].standing().items()}
        assert standing.keys() == shown(histories[code]).keys()
        waiting = [fork for fork in settling.forks(live_hub.hub) if fork.unit.code == code]
        assert len(waiting) == len(histories[code].forked)
    assert checking.check(live_hub.hub).faults == ()


def _story(random):
    """Closings in the order in which they arrive: mostly their own, some late, some twice, some of another life."""
    register = Register(random)
    register.live(random.randint(5, 25))
    backup = register.copy()
    register.live(random.randint(0, 10))
    sent = list(register.links)
    if random.random() < 0.7:
        backup.live(random.randint(1, 15))
        sent += backup.links
    for _ in range(random.randint(0, 12)):
        one = sent.pop(random.randrange(len(sent)))
        sent.insert(random.randint(0, len(sent)), one)
    return [*sent, *random.choices(sent, k=5)]


def _next(random, story):
    """What is sent together next, each once and in the order of its own chain, and what is left."""
    count = random.randint(1, 6)
    links = {link.hash: link for link in story[:count]}
    return sorted(links.values(), key=lambda link: (link.seq, link.hash)), story[count:]


def _as_sent(link, code):
    return replace(link, sha256=protocol.report_sha256(report_of(link, code)))


def _verdicts(answer):
    (document,) = protocol.read_packet(answer)
    return [item["verdict"] for item in document.body["items"]]
