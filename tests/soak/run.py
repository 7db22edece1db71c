"""``python tests/soak/run.py [--acts 1000]``: eight hours at the counter in one window; does it stay as it was?

The real window without a display, a register of its own, a clock that is given: citizens by scanner and keys, papers
to a file, searches, acts, returns, every page, every theme. Prints the process after every fifty citizens, how it
grew after the first two hundred, and what must not have grown; the exit code is 1 then.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from datetime import datetime, timedelta

from PySide6.QtCore import qInstallMessageHandler

from db.connection import Register
from db.folder import REGISTER_FILE
from db.vocabulary import EventKind
from desktop.gui import theme
from desktop.office import acts, checking, counter, opening
from desktop.rules.calendar import VN_TZ
from tests.bench import registers
from tests.soak import gauges
from tests.soak.gauges import Sample
from tests.soak.shift import Shift

#: Monday morning, the doors open.
BEGIN = datetime(2026, 11, 23, 7, 30, tzinfo=VN_TZ)
EVERY = 50
#: Dossiers of the Friday before.
BEFORE = 2400
#: Kilobytes of the register that SQLite may remember here. A counter's 2 MB fill by 13 KB with each citizen until they
#: are full (``db.connection.PRAGMAS``), hundreds of citizens later: growth that ends, and hides what does not.
REMEMBERED = 1000


def founded(home: Path, before: int = BEFORE) -> Register:
    """A live register with so many dossiers of the Friday before, so that SQLite has enough to remember from the first.

    They are all returned: the day's lists are those of a day.
    """
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    at = BEGIN - timedelta(days=3)
    with opening.init(home, unit, now=at) as book, book.write():  # all at once: nobody is waiting for an answer
        for _number, form in zip(range(before), registers.forms(seed=5), strict=False):
            at += timedelta(seconds=12)
            code = counter.register(book, form, clerk="quay1", now=at).code
            acts.perform(book, code, EventKind.FINISH, {}, clerk="quay1", now=at)
            acts.perform(book, code, EventKind.HAND_OVER, {"to": form.applicant.name}, clerk="quay1", now=at)
    opened = opening.open_register(home, now=BEGIN)
    opened.database.execute_sql(f"PRAGMA cache_size = -{REMEMBERED}")
    return opened


def day(book: Register, tray: Path, citizens: int, every: int = EVERY) -> Iterator[Sample]:
    """So many citizens in one window; the process after each so-manieth of them."""
    shift = Shift(book, tray, BEGIN)
    try:
        for number in range(1, citizens + 1):
            shift.serve(number)
            if number % every == 0:
                yield gauges.take(number, book.home / REGISTER_FILE)
    finally:
        shift.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1000, help="citizens of the day")
    parser.add_argument("--before", type=int, default=BEFORE, help="dossiers that are there in the morning")
    parser.add_argument("--every", type=int, default=EVERY, help="citizens from one sample to the next")
    asked = parser.parse_args()
    # Qt says at every window that a screen in memory cannot be resized like a real one.
    qInstallMessageHandler(lambda _kind, _where, _words: None)
    app, begun, samples = theme.application(), time.monotonic(), list[Sample]()
    with tempfile.TemporaryDirectory(prefix="motcua-soak-") as folder:
        with founded(Path(folder, "data"), asked.before) as book:
            for sample in day(book, Path(folder, "tray"), asked.acts, asked.every):
                print(sample, flush=True)
                samples.append(sample)
            holds = checking.verify_chain(book).holds
        size = Path(folder, "data", REGISTER_FILE).stat().st_size / 1_000_000
    del app
    print(f"{asked.acts} citizens in {time.monotonic() - begun:.0f} s, register {size:.1f} MB, chain holds: {holds}")
    if len(gauges.after_warm_up(samples)) < 2:
        print("too short to be judged")
        return int(not holds)
    judged = gauges.after_warm_up(samples)
    print(f"resident memory {gauges.slope(judged, 'resident'):+.2f} MB in 1,000 citizens")
    faults = gauges.faults(samples)
    print("\n".join(faults) or "flat")
    return int(bool(faults) or not holds)


if __name__ == "__main__":
    sys.exit(main())
