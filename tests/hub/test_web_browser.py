"""The pages in a real Chromium: by keyboard alone, on a phone, on paper, with nothing asked of any other host."""

import json
import re
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from desktop.gui import theme
from desktop.hub import founding, status
from desktop.hub.web.wording import static
from tests.hub import browser
from tests.hub.province import FORKED, GAPPED, NOW, PASSWORD, SILENT, make
from tests.hub.served import serve

pytestmark = pytest.mark.skipif(browser.missing() is not None, reason=str(browser.missing()))

PATHS = (
    "/", "/?kind=free&from=2026-11-01&to=2026-11-20", "/units", "/units/03618", f"/units/{SILENT}", f"/units/{GAPPED}",
    "/units/03618?field=H%E1%BB%99+t%E1%BB%8Bch", "/fields", "/fields?field=H%E1%BB%99+t%E1%BB%8Bch",
    "/fields?field=H%E1%BB%99+t%E1%BB%8Bch&procedure=1.001193", "/forks", "/keys", "/people", "/password",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province") / "hub"
    make(folder, days=30).close()
    return folder


@pytest.fixture(scope="module")
def url(home):
    with serve(home) as served:
        yield served.url


@pytest.fixture(scope="module")
def chromium(url):
    """A browser in which somebody has signed in, by keyboard alone."""
    with browser.chromium() as driver:
        browser.sign_in(driver, url, "quantri", PASSWORD)
        yield driver


@pytest.fixture
def page(chromium):
    """The browser with an empty log, as wide as the smallest counter screen."""
    browser.resize(chromium, 1366)
    for name in ("browser", "performance"):
        chromium.get_log(name)
    return chromium


def _focused(page):
    return page.switch_to.active_element.text


def _until(page, holds):
    WebDriverWait(page, 20).until(lambda _: holds())


def _tab_to(page, words):
    """Tab until the focus is on a link or button with these words; the words passed on the way."""
    passed = []
    while len(passed) < 150:
        browser.type_keys(page, Keys.TAB)
        passed.append(_focused(page))
        if words in passed[-1]:
            return passed
    raise AssertionError((words, passed))


def test_by_keyboard_from_the_sign_in_to_a_procedure(page, url):
    page.get(url)
    browser.type_keys(page, Keys.TAB)
    assert _focused(page) == "Đến nội dung chính"
    browser.type_keys(page, Keys.ENTER)
    passed = _tab_to(page, "xã Mường Than")
    assert "Tổng quan" not in passed, "the skip link skips the rail"
    browser.type_keys(page, Keys.ENTER)
    _until(page, lambda: urlsplit(page.current_url).path == "/units/03618")
    _tab_to(page, "Hộ tịch")
    browser.type_keys(page, Keys.ENTER)
    _until(page, lambda: "xã Mường Than – Hộ tịch" in page.find_element("tag name", "h1").text)
    assert "1.001193 Thủ tục đăng ký khai sinh" in page.page_source


def test_the_overview_says_what_the_hub_status_says(page, url, home):
    page.get(f"{url}/?kind=free&from=2026-01-01&to=2026-11-20")
    rows = page.find_elements("css selector", "table.brief tbody tr")
    shown = {row.find_element("tag name", "th").text: row.text.replace("\n", " ") for row in rows}
    with founding.open_founded(home) as hub:
        told = status.statuses(hub, now=NOW)
    for one in told:
        if one.rate.denominator:
            said = f"{one.rate.words} {one.rate.numerator} / {one.rate.denominator}"
            assert said in re.sub(r" ít hồ sơ", "", shown[one.unit.name]).replace(".", "")
        else:
            assert one.unit.name not in shown
    silent = page.find_element("css selector", "[aria-labelledby=silent]").text
    for one in told:
        assert (one.unit.name in silent) == bool(one.missing or not one.last_day)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_and_nothing_asked_of_another_host(page, url, path):
    for width in (1366, 683, 390, 360):
        browser.resize(page, width)
        page.get(url + path)
        assert browser.sideways(page) == 0, width
        cut = page.execute_script(_CUT)
        assert cut == [], width
    assert [entry for entry in page.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
    asked = (json.loads(entry["message"])["message"] for entry in page.get_log("performance"))
    urls = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
    assert {urlsplit(one).netloc for one in urls if not one.startswith("data:")} == {urlsplit(url).netloc}


#: Texts that stick out of what holds them, and what can be pressed but is too small for a finger.
_CUT = """
const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll('main *, header *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && !e.closest('.unseen, svg, .skip')
    && (box.right > wide + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 80));
"""


@pytest.mark.parametrize("path", PATHS)
def test_what_a_screen_reader_needs_is_there(page, url, path):
    page.get(url + path)
    found = page.execute_script(_STRUCTURE)
    assert found["language"] == "vi"
    assert (found["h1"], found["mains"], found["navs"] >= 1) == (1, 1, True)
    assert found["heads_without_scope"] == []
    assert found["fields_without_label"] == []
    assert found["pictures_without_words"] == []
    assert found["nameless"] == []
    assert found["doubled_ids"] == []


_STRUCTURE = """
const all = q => [...document.querySelectorAll(q)], say = e => e.outerHTML.slice(0, 90);
const ids = all('[id]').map(e => e.id);
return {
  language: document.documentElement.lang,
  h1: all('h1').length, mains: all('main').length, navs: all('nav[aria-label]').length,
  heads_without_scope: all('th:not([scope])').map(say),
  fields_without_label: all('input:not([type=hidden]), select, textarea').filter(e => !e.labels.length).map(say),
  pictures_without_words: all('svg').filter(e => !e.closest('[aria-hidden=true], [aria-label]')).map(say),
  nameless: all('a, button').filter(e => !e.textContent.trim() && !e.getAttribute('aria-label')).map(say),
  doubled_ids: ids.filter((one, at) => ids.indexOf(one) !== at),
};
"""


def test_the_focus_is_seen_on_everything_that_takes_it(page, url):
    page.get(f"{url}/units/03618")
    for _ in range(60):
        browser.type_keys(page, Keys.TAB)
        ring = page.execute_script(
            "const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]"
        )
        if page.execute_script("return document.activeElement === document.body"):
            return
        assert ring[0] != "none", _focused(page)
        assert ring[1] >= 2, _focused(page)


def test_it_works_without_a_script(page, url):
    """Nothing to switch off: the pages have none, and would not run one."""
    for path in PATHS:
        page.get(url + path)
        assert page.find_elements("tag name", "script") == []


def test_a_fork_is_settled_with_a_reason_by_keyboard(page, url):
    page.get(f"{url}/forks#{FORKED}")
    page.find_element("css selector", "input[value=keep]").send_keys(Keys.SPACE)
    browser.type_keys(page, Keys.TAB)
    browser.type_keys(page, "Máy khôi phục từ bản sao lưu cũ", Keys.TAB)
    browser.type_keys(page, Keys.ENTER)
    _until(page, lambda: "Không đơn vị nào có lịch sử rẽ nhánh." in page.find_element("tag name", "main").text)


def test_a_code_is_shown_once(page, url):
    page.get(f"{url}/keys")
    page.find_element("css selector", f"form[action='/keys/{SILENT}'] button").send_keys(Keys.ENTER)
    _until(page, lambda: page.find_elements("css selector", ".once"))
    code = page.find_element("css selector", ".once").text
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", code)
    page.get(f"{url}/keys")
    assert code not in page.page_source


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed here")
def test_on_paper_there_is_the_period_and_every_unit_and_no_button(page, url, tmp_path):
    page.get(url)
    (tmp_path / "page.pdf").write_bytes(browser.pdf(page))
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "Tháng 12 năm 2026 (15/11/2026 – 14/12/2026)" in re.sub(r"\s+", " ", text)
    assert "xã Mường Than" in text
    assert "Tuần 16/11 – 22/11/2026" in text, "the figures of the chart are printed"
    for words in ("Đăng xuất", "Tải xlsx", "Tự chọn"):
        assert words not in text


def test_light_and_dark_are_those_of_the_desktop_program():
    told = re.findall(r":root \{(.*?)\}", static("hub.css").decode(), re.DOTALL)
    for css, tokens in zip(told, (theme.LIGHT, theme.DARK), strict=False):
        for name, colour in re.findall(r"--(\w+): (#\w+)", css):
            assert tokens[name] == colour, name
