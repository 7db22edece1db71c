"""A real Chromium without a screen, for pages that a hub really serves. It sees no network but the hub's.

Used by the browser tests and by ``resources/pictures/hub.py``.
"""

import base64
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip
_WAIT_SECONDS = 20


def missing() -> str | None:
    """Why there is no browser here; None when there is one."""
    for name in ("chromium", "chromedriver"):
        if shutil.which(name) is None:
            return f"{name} is not installed here"
    return None


@contextmanager
def chromium(width: int = 1366, height: int = 768) -> Iterator[WebDriver]:
    """A browser of its own with a window of this size."""
    with tempfile.TemporaryDirectory() as profile:
        options = webdriver.ChromeOptions()
        for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        options.binary_location = str(shutil.which("chromium"))
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = webdriver.Chrome(options, Service(str(shutil.which("chromedriver"))))
        try:
            yield driver
        finally:
            driver.quit()


def resize(driver: WebDriver, width: int, height: int = 768, *, scale: float = 1) -> None:
    """Let the page be so many CSS pixels wide, whatever the window's smallest size is."""
    told = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)  # type: ignore[attr-defined]


def picture(driver: WebDriver, target: Path, *, whole: bool = True) -> None:
    """The page as a PNG, to its end or as far as the window shows it."""
    told = {"format": "png", "captureBeyondViewport": whole}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", told)  # type: ignore[attr-defined]
    target.write_bytes(base64.b64decode(shot["data"]))


def pdf(driver: WebDriver) -> bytes:
    """The page as it is printed."""
    told = {"printBackground": True, "preferCSSPageSize": True}
    return base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", told)["data"])  # type: ignore[attr-defined]


def type_keys(driver: WebDriver, *keys: str) -> None:
    """Keys to whatever has the focus."""
    driver.switch_to.active_element.send_keys(*keys)


def sign_in(driver: WebDriver, url: str, name: str, password: str) -> None:
    """Sign in by keyboard alone: the first field has the focus."""
    driver.get(f"{url}/sign-in")
    type_keys(driver, name, Keys.TAB)
    type_keys(driver, password, Keys.ENTER)
    WebDriverWait(driver, _WAIT_SECONDS).until(lambda one: "/sign-in" not in one.current_url)


def sideways(driver: WebDriver) -> int:
    """By how many pixels the page is wider than its window."""
    return driver.execute_script("const e = document.documentElement; return e.scrollWidth - e.clientWidth")
