"""peewee, loaded without the drivers of other databases: everybody below ``db`` takes it from here.

By itself it loads every driver that is installed, and psycopg with asyncio is a tenth of a counter's memory. A hub on
PostgreSQL brings its own (``db.hub_postgres``).
"""

import sys

_DRIVER = "psycopg"
_hidden = _DRIVER not in sys.modules
if _hidden:
    sys.modules[_DRIVER] = None  # type: ignore[assignment]  # what an import meets as not installed
try:
    import peewee
finally:
    if _hidden:
        del sys.modules[_DRIVER]

__all__ = ["peewee"]
