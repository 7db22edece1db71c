"""A sample that anybody can draw again: the same names and seed give the same ones on every copy and every machine.

Pure. Asked by the office for inspections. Nobody can steer it once the seed is said, and it does not depend on the
order in which names come.
"""

import hashlib
from collections.abc import Iterable


def sample(names: Iterable[str], size: int, seed: str) -> list[str]:
    """The ``size`` names (or all) whose SHA-256 of ``seed:name`` is lowest, in the order in which they were drawn."""
    return sorted(set(names), key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).digest(), name))[:size]
