"""A short day of the soak (``run``) with every test run, and proof that its judgement finds what grows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak import gauges
from tests.soak.gauges import Sample


def test_a_short_day_goes_through_every_kind_of_work_and_holds():
    """Forty citizens: the window takes every key, the chain holds; too short to be judged by its memory."""
    program = Path(__file__).with_name("run.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, str(program), "--acts", "40", "--before", "20", "--every", "20"],
        capture_output=True, text=True, env=environment, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "chain holds: True" in done.stdout and done.stdout.count(" acts ") == 2


PRINTING = """
import psutil, sys
from pathlib import Path
from desktop.gui import theme
from desktop.gui.printer_port import PrinterSetup
from desktop.gui.printing import FilePrinter
from desktop.office import issuing
app, paper = theme.application(), issuing.calibration_pdf("A4")
printer = FilePrinter(Path(sys.argv[1]))
def resident(times):
    for _ in range(times):
        assert printer.send(paper, PrinterSetup()).accepted
    return psutil.Process().memory_info().rss
before = resident(5)
print(resident(30) - before)
"""


def test_thirty_prints_leave_nothing_behind(tmp_path):
    """Each left 200 KB while Qt ended PDFium with its last document and began it anew."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PRINTING, str(tmp_path / "x.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=200, check=True)
    assert int(done.stdout) < 2_000_000


def day(*, grows=0.0, jitter=0.3, **leaks):
    """A day's samples, each fifty acts; ``leaks`` are counts that grow by so many each sample."""
    flat = Sample(0, 250.0, 16, 4, 3500, 4.2)
    return [
        flat._replace(
            acts=acts,
            # What is allocated until everything was used once is no leak.
            resident=250.0 + min(acts, 200) * 0.1 + grows * acts / 1000 + jitter * (acts // 50 % 3),
            **{name: getattr(flat, name) + int(step * (acts // 50)) for name, step in leaks.items()},
        )
        for acts in range(50, 1001, 50)
    ]


def test_a_flat_day_is_flat():
    assert gauges.faults(day()) == []
    assert abs(gauges.slope(gauges.after_warm_up(day()), "resident")) < 0.5


@pytest.mark.parametrize("name", ["handles", "threads", "objects"])
def test_one_handle_that_is_not_closed_each_fifty_citizens_is_found(name):
    (fault,) = gauges.faults(day(**{name: 1}))
    assert fault.startswith(f"{name} never come back")


def test_a_thread_that_comes_and_goes_is_no_leak():
    samples = [one._replace(threads=4 + number % 3) for number, one in enumerate(day())]
    assert gauges.faults(samples) == []


def test_three_megabytes_in_a_thousand_citizens_are_found_among_the_noise():
    (fault,) = gauges.faults(day(grows=3.0))
    assert fault.startswith("resident memory grows by")


def test_a_log_that_is_never_folded_in_is_found():
    samples = [one._replace(log=number * 1.5) for number, one in enumerate(day())]
    assert gauges.faults(samples)[0].startswith("the write-ahead log holds")
