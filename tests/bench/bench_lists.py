"""The day's work of a register of 100,000 dossiers, 3,000 of them open: every count at once, any list's first page.

One pass over every dossier counts the same without an index: it is the yardstick, and it checks the counts.
"""

import tempfile
from functools import partial
from pathlib import Path

from db.connection import Register
from db.vocabulary import WorkingList
from desktop.office import lists
from tests.bench import registers
from tests.bench.measuring import Row, in_turns, milliseconds, percentile_95

_NOW = registers.NOW
_PAGE = 50


def measure(quick: bool) -> list[Row]:
    """The counts and the slowest list's first page, against what was promised and against a full scan."""
    dossiers, rounds = (600, 3) if quick else (100_000, 60)
    with tempfile.TemporaryDirectory() as folder, registers.filled(Path(folder, "data"), dossiers) as book:
        registers.put_under_way(book, _NOW)
        assert tuple(lists.counts(book, _NOW).values()) == _scanned(book)
        assert all(_scanned(book)), "a list with nothing on it would measure nothing"
        ours, scan = in_turns(lambda: lists.counts(book, _NOW), lambda: _scanned(book), rounds=rounds)
        slowest, name = max((_page_time(book, name, rounds), name) for name in WorkingList)
    claim = f"Home's counts, {dossiers:,} dossiers, {dossiers * 3 // 100:,} open"
    return [
        Row(claim, ours, 30.0, 1.0, "promised 30 ms"),
        Row(claim, ours, scan, 1 / 5, "one pass over every dossier"),
        Row(f"First page of the slowest list ({name}), p95", slowest, 20.0, 1.0, "promised 20 ms"),
    ]


def _page_time(book: Register, name: WorkingList, rounds: int) -> float:
    times = [milliseconds(partial(lists.rows, book, name, now=_NOW, limit=_PAGE)) for _ in range(rounds)]
    return percentile_95(times)


def _scanned(book: Register) -> tuple[int, ...]:
    """The same counts in the same order, in one pass without an index."""
    today, tomorrow, soon = "2026-11-23", "2026-11-24", "2026-11-27"
    late = "substr(coalesce(paused_since, finished_at, :today), 1, 10) > substr(due_at, 1, 10)"
    row = book.database.execute_sql(
        "SELECT sum(open AND due_at >= :today AND due_at < :tomorrow), sum(open AND due_at >= :tomorrow AND"
        " due_at < :soon), sum(open AND due_at < :today), sum(status = 5), sum(status = 9),"
        f" sum(NOT apologised AND {late}), sum(status = 6)"
        " FROM (SELECT *, status IN (2, 4) AS open FROM dossier NOT INDEXED)",
        {"today": today, "tomorrow": tomorrow, "soon": soon},
    )
    return tuple(row.fetchone())
