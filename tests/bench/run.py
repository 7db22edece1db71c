"""The benchmarks: ``python3 tests/bench/run.py [names…] [--quick]`` prints a table of ratios measured now.

Makes the checkout runnable as the other commands do. Full size takes some minutes and half a gigabyte of disk.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop import bootstrap
from desktop.debian import Part

if __name__ == "__main__":
    os.chdir(bootstrap.CHECKOUT)
    environment = bootstrap.prepare("tests", Part.EVERYTHING & ~Part.X11)
    bootstrap.become(environment, "-m", "tests.bench.table", *sys.argv[1:])
