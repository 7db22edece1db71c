"""Every benchmark runs, with sizes that take no time, and the table says when a promise does not hold."""

import pytest

from tests.bench import table
from tests.bench.measuring import Row


@pytest.mark.parametrize("name", table.BENCHES)
def test_it_measures_something(name):
    rows = list(table.measured(name, quick=True))
    assert rows
    assert all(row.ours > 0 and (row.peer is None or row.peer > 0) for row in rows)


def test_the_table_marks_what_does_not_hold(monkeypatch, capsys):
    rows = [
        Row("Fast", 1.0, 2.0, 0.5, "slow"),
        Row("Slow", 301.0, 100.0, 3.0, "raw"),
        Row("Told", 1.0, 1000.0, None, "other"),
        Row("Alone", 1.0, None, 0.5, "another: not installed here"),
    ]
    monkeypatch.setattr(table, "measured", lambda name, quick: rows)
    table.main(["commit"])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| Fast | 1 ms | 2 ms | slow | 0.5× | ≤ 0.5× | ✓ |",
        "| Slow | 301 ms | 100 ms | raw | 3.01× | ≤ 3× | ✗ |",
        "| Told | 1 ms | 1000 ms | other | 0.001× |  |  |",
        "| Alone | 1 ms | – | another: not installed here | – | ≤ 0.5× |  |",
    ]
