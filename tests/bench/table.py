"""Runs the benchmarks asked for and prints their rows as one Markdown table, for the README.

A row that does not hold what was promised is marked; the table says what is so and never fails.
"""

import argparse
import importlib
from collections.abc import Iterable, Sequence

from tests.bench.measuring import Row

BENCHES = (
    "book",
    "catalogue",
    "commit",
    "figures",
    "hub",
    "indicators",
    "lists",
    "posting",
    "receipt",
    "reports",
    "search",
    "sync",
    "window",
)
_HEAD = ("What", "Ours", "Against", "Yardstick", "Ratio", "Promised", "")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; each table row as soon as its benchmark is done."""
    parser = argparse.ArgumentParser(prog="tests/bench/run.py")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="sizes that only show that it runs")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    print(_line(_HEAD), _line(["---"] * len(_HEAD)), sep="\n", flush=True)
    for name in asked.names or BENCHES:
        for row in measured(name, quick=asked.quick):
            print(_line(_cells(row)), flush=True)


def measured(name: str, *, quick: bool) -> Iterable[Row]:
    """The rows of one benchmark."""
    return importlib.import_module(f"tests.bench.bench_{name}").measure(quick)


def _cells(row: Row) -> list[str]:
    promised = "" if row.limit is None else f"≤ {_figure(row.limit)}×"
    mark = {None: "", True: "✓", False: "✗"}[row.holds]
    ours, peer = ("–" if value is None else f"{_figure(value)} {row.unit}" for value in (row.ours, row.peer))
    ratio = "–" if row.ratio is None else f"{_figure(row.ratio)}×"
    return [row.claim, ours, peer, row.yardstick, ratio, promised, mark]


def _figure(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
