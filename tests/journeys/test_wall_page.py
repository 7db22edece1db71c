"""A decision comes by file, the wall says what to replace, it is printed, hung, recorded and scanned: by keys alone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt

from desktop.gui.pages.home import HomePage
from desktop.gui.pages.posting import PostingPage
from desktop.gui.pages.wall_prints import WallPrintsPage
from desktop.gui.pages.wall_walk import WallWalkPage
from desktop.office import checking, posting_checks, postings
from desktop.office.posting_checks import Do
from desktop.office.postings import Place
from tests.data import golden_decision
from tests.journeys.counter_window import READING_MS, Counter
from tests.screen.posting_desk import AnsweredOpener, qr

CONTROL = Qt.KeyboardModifier.ControlModifier
DAY = date(2026, 12, 1)


@pytest.fixture
def counter(commune, monday, tmp_path, qtbot) -> Iterator[Counter]:
    """Everything that must hang hangs; the decision's file lies ready."""
    tasks = posting_checks.stale(commune, monday.date()).tasks
    places = [Place(task.name, "Bảng 1", f"{n:03d}") for n, task in enumerate(tasks, start=1)]
    postings.post(commune, places, clerk="quay1", now=monday - timedelta(hours=1))
    opener = AnsweredOpener(golden_decision.write_xlsx(tmp_path / "QD 3120.xlsx"))
    desk = Counter(commune, tmp_path / "tray", monday, qtbot, opener=opener)
    qtbot.addWidget(desk.window, before_close_func=lambda _window: qtbot.waitUntil(lambda: desk.program.jobs.is_idle))
    yield desk
    desk.close()


def codes_on(pdf) -> list[str]:
    """The QR of every sheet in a PDF, as a scanner reads it from the paper."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=100 / 72, grayscale=True).to_pil()
            found += [code.text for code in zxingcpp.read_barcodes(picture) if code.text.startswith("NIEM YET")]
    return found


def decide(counter) -> None:
    """F6: the decision's file is opened, its unclear limit decided, everything written."""
    counter.press(Qt.Key.Key_F6)
    assert isinstance(counter.page, PostingPage)
    assert "Tường đúng với danh mục." in counter.said()
    counter.alt("O")
    counter.until_said("Còn 1 thời hạn chờ người quyết trước khi ghi.")
    counter.alt("R")
    counter.press(Qt.Key.Key_5)
    counter.press(Qt.Key.Key_Return, pause=READING_MS)
    counter.press(Qt.Key.Key_F12)
    counter.until_said("15 việc phải làm")


def test_from_the_file_to_a_wall_that_is_right_again(counter, commune, monday, qtbot):
    decide(counter)
    state = posting_checks.stale(commune, DAY)
    assert [len(state.of(do)) for do in (Do.REPLACE, Do.PUT_UP, Do.TAKE_DOWN)] == [11, 2, 2]

    counter.press(Qt.Key.Key_P, CONTROL)
    assert isinstance(counter.page, WallPrintsPage)
    counter.until_said("Bấm F12 để in.")
    (pdf,) = commune.documents.rglob("niem-yet-chon-20261201-a4.pdf")
    sheets = codes_on(pdf)
    assert len(set(sheets)) == 13
    counter.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "Tờ phải in: Canon LBP2900 đã nhận đủ" in counter.said(), timeout=60_000)
    assert posting_checks.stale(commune, DAY).tasks == state.tasks
    counter.press(Qt.Key.Key_Escape)

    counter.now = monday.replace(month=12, day=1)
    counter.program.heartbeat.tick()
    counter.confirm_the_day()
    counter.press(Qt.Key.Key_F2)
    counter.press(Qt.Key.Key_F6)
    counter.press(Qt.Key.Key_Space)
    counter.until_said("14 việc phải làm")
    counter.alt("Z")
    assert posting_checks.stale(commune, DAY).tasks == state.tasks
    for left in reversed(range(len(state.tasks))):
        counter.press(Qt.Key.Key_Space)
        counter.until_said(f"{left} việc phải làm")
    assert "Tường đúng với danh mục." in counter.said()

    old = qr(commune, "1.004873", monday.date())
    for text in sheets:
        counter.scan(text)
        assert isinstance(counter.page, WallWalkPage)
        assert counter.page.answer.accessibleName().startswith("Đúng.")
    counter.scan(old)
    assert counter.page.answer.accessibleName().startswith("Cũ từ 01/12/2026.")
    counter.scan(qr(commune, "1.000110", monday.date()))
    assert counter.page.answer.accessibleName().startswith("Đã bãi bỏ.")
    assert checking.verify_chain(commune).holds


def test_a_sheet_scanned_anywhere_is_answered_and_esc_leads_back(counter, commune, monday):
    assert isinstance(counter.page, HomePage)
    counter.scan(qr(commune, "1.001193", monday.date()))
    assert isinstance(counter.page, WallWalkPage)
    assert counter.page.answer.accessibleName().startswith("Đúng. 22.")
    counter.press(Qt.Key.Key_Escape, pause=READING_MS)
    assert isinstance(counter.page, HomePage)
