"""All tests: ``python3 tests/run.py [pytest arguments]``, from any folder, on Linux and Windows.

Makes the checkout runnable as desktop/run.py does, with the tests' own lock, and becomes pytest: its closing
line and its exit code are the answer. Standard library only.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop import bootstrap
from desktop.debian import Part

if __name__ == "__main__":
    os.chdir(bootstrap.CHECKOUT)
    environment = bootstrap.prepare("tests", Part.EVERYTHING & ~Part.X11)
    # Where they cannot be installed the tests that need them are skipped and say so.
    bootstrap.offer(Part.POSTGRES | Part.BROWSER, environment)
    bootstrap.become(environment, "-m", "pytest", *sys.argv[1:])
