"""What schemathesis must know of this API: how packets are made, and that every request is from an address of its own.

Loaded by ``tests.hub.fuzz`` through the environment; nothing else imports it.
"""

from datetime import date
from itertools import count

import schemathesis
from hypothesis import strategies

from desktop.sync.protocol import CONTENT_TYPE
from tests.sync.invented import InventedCommune

_REQUESTS = count()
_COMMUNE = InventedCommune("03618", "xã Mường Than", practice=True)
_GENUINE = _COMMUNE.packet(_COMMUNE.day(date(2026, 11, 20), 12))


def _changed(place: int, byte: int) -> bytes:
    place %= len(_GENUINE)
    return _GENUINE[:place] + bytes([byte]) + _GENUINE[place + 1 :]


_PACKETS = strategies.one_of(
    strategies.binary(max_size=400),
    strategies.just(_GENUINE),
    strategies.builds(_changed, strategies.integers(0, 10_000), strategies.integers(0, 255)),
    strategies.builds(lambda end: _GENUINE[:end], strategies.integers(0, len(_GENUINE))),
)
schemathesis.openapi.media_type(CONTENT_TYPE, _PACKETS)


@schemathesis.serializer(CONTENT_TYPE)
def as_sent(_context, value):
    """A packet goes out as the bytes it is; whatever else is tried as text."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(_context, case, _options):
    """An address of its own, so that slowing down whoever keeps failing does not end the run."""
    number = next(_REQUESTS)
    case.headers = {**(case.headers or {}), "X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
