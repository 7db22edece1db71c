"""Packets and proofs changed in every way that chance and malice have, and what the reader says to each of them.

A program, ``python -m tests.sync.mutate --count 1000000``: prints how many of each change were refused with which
code, and ends with 1 when a single one was accepted or made the reader fall over. A smaller run is among the tests.

Deflate has more than one spelling of a text (bits that mean nothing at its end, letters copied from elsewhere), and
whoever finds another one can put the right hash before it. Such a packet says to the letter what was signed: it is no
changed packet, and is counted as ``spelt otherwise``.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from desktop.sync import protocol
from desktop.sync.protocol import Kind, ProtocolError
from tests.sync import told
from tests.sync.changes import CHANGES, Source

KEY = protocol.derived_key(told.CODE)
BELIEVED = {one.key for one in told.documents().values()}
ACCEPTED, FELL_OVER, SPELT_OTHERWISE = "ACCEPTED", "FELL OVER", "spelt otherwise"
#: The only change that works on the compressed bytes and then puts the right hash before them.
_RESPELLING = "stream_edited_and_hashed"


def sources() -> list[Source]:
    """A packet of each kind, one of many days, and one of all kinds together."""
    documents = told.documents()
    days = [protocol.sign(Kind.DAY_REPORT, told.day_report(f"2026-11-{day}"), told.COMMUNE) for day in range(10, 15)]
    groups = [[one] for one in documents.values()] + [days, list(documents.values())]
    return [Source(protocol.packet(group)) for group in groups]


def verdict(data: bytes, was: bytes = b"") -> str:
    """What whoever gets these bytes makes of them: the code of a refusal, ``unbelieved``, or that they are accepted.

    ``was`` is the packet from which they were made.
    """
    try:
        documents = protocol.read_packet(data)
    except ProtocolError as error:
        return error.code
    except Exception as error:  # the very thing that must not be
        return f"{FELL_OVER}: {type(error).__name__}"
    for one in documents:
        if one.kind in (Kind.ENROLMENT, Kind.ENROLLED):
            if not protocol.proves(KEY, one.body):
                return "unproved"
        elif one.key not in BELIEVED:
            return "unbelieved"
    return SPELT_OTHERWISE if protocol.packet(documents) == was else ACCEPTED


def changed(
    random: Random, all_sources: list[Source], change: Callable[[Random, Source], bytes]
) -> tuple[bytes, bytes]:
    """One of the packets after a change that really changed it, and as it was."""
    while True:
        source = random.choice(all_sources)
        data = change(random, source)
        if data != source.data:
            return data, source.data


def run(count: int, seed: int = 1) -> dict[str, Counter[str]]:
    """Name of the change → verdict → how often, over ``count`` changed packets."""
    random, all_sources = Random(seed), sources()
    tally: dict[str, Counter[str]] = {name: Counter() for name in CHANGES}
    names = list(CHANGES)
    for number in range(count):
        name = names[number % len(names)]
        tally[name][verdict(*changed(random, all_sources, CHANGES[name]))] += 1
    return tally


def wrong(tally: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """The changes of a run after which something was accepted or fell over."""
    found = {}
    for name, verdicts in tally.items():
        never = (ACCEPTED, FELL_OVER) if name == _RESPELLING else (ACCEPTED, FELL_OVER, SPELT_OTHERWISE)
        bad = {word: times for word, times in verdicts.items() if word.startswith(never)}
        if bad:
            found[name] = bad
    return found


def mistyped(count: int, seed: int = 1) -> int:
    """How many of ``count`` mistyped one-time codes prove what the right one proves; each costs a derivation."""
    random, body, passed = Random(seed), told.enrolment(), 0
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ01ILOU -"
    for _ in range(count):
        code = list(told.CODE)
        for _ in range(random.choice((1, 1, 2, 16))):
            code[random.randrange(len(code))] = random.choice(letters)
        typed = "".join(code)
        try:
            passed += protocol.tidied_code(typed) != told.CODE and protocol.proves(protocol.derived_key(typed), body)
        except ProtocolError:
            continue
    return passed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    tally = run(asked.count, asked.seed)
    codes = asked.count // 1000
    passed = mistyped(codes, asked.seed)
    for name, verdicts in tally.items():
        print(f"{name:<28}{verdicts.total():>9}  " + ", ".join(f"{word} {n}" for word, n in verdicts.most_common()))
    refused = sum((verdicts for verdicts in tally.values()), Counter[str]())
    respelt = refused.pop(SPELT_OTHERWISE, 0)
    bad = wrong(tally)
    slipped = sum(sum(each.values()) for each in bad.values())
    print(f"\n{asked.count} changed packets and {codes} mistyped codes in {time.monotonic() - begun:.0f} s")
    print("refused with: " + ", ".join(f"{word} {n}" for word, n in refused.most_common()))
    print(f"spelt otherwise, to the letter what was signed: {respelt}")
    print(f"accepted or fallen over: {slipped} packets, {passed} codes {bad or ''}")
    return 1 if bad or passed else 0


if __name__ == "__main__":
    sys.exit(main())
