"""Makes the README's picture of the hub's overview from a hub that really runs: ``python resources/pictures/hub.py``.

The 38 shipped units with sixty days of invented reports; needs chromium and chromedriver.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.hub import browser
from tests.hub.province import PASSWORD, make
from tests.hub.served import serve

_TARGET = Path(__file__).resolve().with_name("hub.png")


def main() -> int:
    """Write hub.png beside this file: what fits on a screen of 1366×768."""
    if problem := browser.missing():
        sys.exit(problem)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "hub")
        make(home).close()
        with serve(home) as served, browser.chromium() as driver:
            browser.resize(driver, 1366)
            browser.sign_in(driver, served.url, "dieuhanh", PASSWORD)
            browser.picture(driver, _TARGET, whole=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
