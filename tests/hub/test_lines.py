"""Forks: nobody honest is ever suspected, whatever gets lost or comes late; two histories are always told apart."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.hub.history import Choice, History
from tests.hub.registers import Register, settle, shown, tell


def many(times):
    """So many random stories, the same at every run."""

    def told(test):
        return settings(max_examples=times, derandomize=True)(given(seed=st.integers(0, 2**32))(test))

    return told


GOOD = {"accepted", "superseded", "unchanged"}


@many(300)
def test_an_honest_register_is_never_a_fork(seed):
    random = Random(seed)
    register = Register(random)
    register.live(random.randint(1, 60))
    sent = [*register.links, *random.choices(register.links, k=random.randint(0, 40))]
    random.shuffle(sent)
    history = History()
    lost = random.sample(sent, k=random.randint(0, len(sent)))
    for link in [*(one for one in sent if one not in lost), *lost, *register.links]:
        assert tell(history, link) in GOOD
    assert shown(history) == register.truth()
    assert {tell(history, link) for link in register.links} <= {"unchanged", "superseded"}


@many(300)
def test_what_is_heard_in_part_is_the_truth_of_that_part(seed):
    random = Random(seed)
    register = Register(random)
    register.live(40)
    heard = random.sample(register.links, k=random.randint(1, len(register.links)))
    history = History()
    for link in heard:
        tell(history, link)
    best = {}
    for link in heard:
        if link.day not in best or link.revision > best[link.day].revision:
            best[link.day] = link
    assert shown(history) == {day: link.hash for day, link in best.items()}


def _two_histories(random, shared=1):
    """A register, and the one that a restored backup of it became; both went on."""
    old = Register(random)
    old.live(random.randint(shared, 20))
    restored = old.copy()
    parted = len(old.links)
    while len(old.links) == parted:
        old.live(random.randint(1, 15))
    while len(restored.links) == parted:
        restored.live(random.randint(1, 15))
    return old, restored, parted


@many(300)
def test_two_histories_heard_whole_are_told_apart_in_any_order(seed):
    random = Random(seed)
    old, restored, parted = _two_histories(random, shared=0)
    sent = [*old.links, *restored.links[parted:]]
    random.shuffle(sent)
    history, before = History(), {}
    forked = 0
    for link in sent:
        verdict = tell(history, link)
        if verdict == "forked":
            forked += 1
            assert shown(history) == before, "what is held never changes by a fork"
        before = shown(history)
    assert forked
    assert tell(history, history.forked[0]) == "forked", "and it goes on waiting"


@many(400)
def test_taking_a_fork_lets_the_present_register_stand(seed):
    random = Random(seed)
    old, restored, parted = _two_histories(random)
    history = History()
    early = random.sample(old.links, k=random.randint(parted and 1, len(old.links)))
    mixed = [*early, *random.sample(restored.links, k=random.randint(0, len(restored.links)))]
    for link in mixed:
        tell(history, link)
        if history.forked and random.random() < 0.3:
            settle(history, random.choice(list(Choice)))
    _retry_until_quiet(history, restored, random)
    # What only the lost register told, and nothing connects, is not known as that before today's goes beyond it.
    while restored.links[-1].seq <= old.links[-1].seq:
        restored.live(1)
    _retry_until_quiet(history, restored, random)
    if history.line.kept:
        settle(history, Choice.TAKE)
    assert shown(history) == restored.truth()
    assert history.line.last == history.line.with_hash(restored.links[-1].hash)


@many(200)
def test_keeping_a_fork_keeps_the_days_and_follows_the_register(seed):
    random = Random(seed)
    old, restored, _ = _two_histories(random)
    history = History()
    for link in [*old.links, *restored.links]:
        tell(history, link)
    assert history.forked
    settle(history, Choice.KEEP)
    shared = {link.hash for link in old.links} & {link.hash for link in restored.links}
    kept = {day: digest for day, digest in old.truth().items() if digest not in shared}
    assert shown(history) == restored.truth() | kept
    told = set(restored.truth().values())
    restored.live(20)
    assert {tell(history, link) for link in restored.links} <= GOOD | {"accepted"}
    newer = {day: digest for day, digest in restored.truth().items() if digest not in told and day not in kept}
    assert {day: shown(history)[day] for day in newer} == newer
    settle(history, Choice.TAKE)
    assert shown(history) == restored.truth(), "a decision can be made otherwise"


@many(100)
def test_a_register_begun_anew_takes_over_from_its_first_day(seed):
    random = Random(seed)
    old = Register(random)
    old.live(30)
    new = Register(random, day=old.day)
    new.live(10)
    history = History()
    for link in old.links:
        tell(history, link)
    _retry_until_quiet(history, new, random)
    begun = min(new.truth())
    earlier = {day: digest for day, digest in old.truth().items() if day < begun}
    assert shown(history) == earlier | new.truth()


def test_one_closing_in_other_words_is_no_fork():
    register = Register(Random(1))
    register.live(10)
    history = History()
    for link in register.links:
        tell(history, link)
    last = register.links[-1]
    retold = replace(last, sha256="0" * 64)
    judged = history.judge(retold, lambda held, told: True)
    assert judged.verdict == "accepted"
    history.take_in(retold, judged.verdict)
    assert history.standing()[last.day][1].sha256 == "0" * 64
    assert history.judge(replace(last, sha256="1" * 64), lambda held, told: False).why == "content"


def _retry_until_quiet(history, register, random):
    """The commune sends everything until all of it is green; an official takes its history whenever it is asked."""
    for _ in range(10):
        verdicts = {tell(history, link) for link in random.sample(register.links, k=len(register.links))}
        if history.forked:
            settle(history, Choice.TAKE)
        elif verdicts <= {"unchanged", "superseded"}:
            return
    raise AssertionError(verdicts)
