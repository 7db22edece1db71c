"""The walk along the wall, what is printed of it, and what the settings say on it: by keyboard, on a real register."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.gui.jobs import Jobs
from desktop.gui.pages.settings import SettingsPage
from desktop.gui.pages.wall_prints import WallPrintsPage
from desktop.gui.pages.wall_walk import WallWalkPage
from desktop.gui.printing import FilePrinter
from desktop.gui.settings_section import Section
from desktop.office import packets, posting_checks, posting_facts, postings
from desktop.office.postings import Place
from desktop.rules import sheet_codes
from tests.screen.posting_desk import ALT, press, qr, stand, type_in
from tests.screen.printing_desk import AnsweredChooser

KEY = Qt.Key
CODE = "1.001193"


@pytest.fixture
def jobs():
    worker = Jobs()
    yield worker
    worker.finish()


@pytest.fixture
def walk(commands, jobs, qtbot) -> WallWalkPage:
    page = WallWalkPage(commands)
    commands.changed.connect(page.take)
    stand(page, qtbot, jobs)
    return page


@pytest.fixture
def prints(commands, jobs, tmp_path, qtbot) -> WallPrintsPage:
    (tmp_path / "tray").mkdir()
    printer = FilePrinter(tmp_path / "tray" / "printed.pdf", "Canon LBP2900")
    page = WallPrintsPage(commands, jobs, printer, AnsweredChooser(tmp_path / "saved.pdf"))
    stand(page, qtbot, jobs)
    return page


def numbers(page: WallWalkPage) -> list[str]:
    return [count.accessibleName().rsplit(", ", 1)[1].split()[0] for count in page.counts.stops]


def files(commands) -> list[str]:
    return sorted(path.name for path in commands.book.documents.rglob("*.pdf"))


def pages_of(commands, name: str) -> list[str]:
    (path,) = commands.book.documents.rglob(name)
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_each_sheet_is_answered_and_counted_once(walk, commune, monday):
    text = qr(commune, CODE, monday.date())
    other = sheet_codes.sheet_text("1.000656", "000000000001", practice=False)
    for scanned in (text, other, text):
        walk.take_scan(scanned)
    assert numbers(walk) == ["1", "0", "0", "1"]
    assert walk.answer.accessibleName().startswith("Đúng. 22.")


def test_a_code_may_be_typed_where_no_scanner_is(walk, commune, monday):
    type_in(qr(commune, CODE, monday.date()).lower())
    press(KEY.Key_Return)
    assert numbers(walk)[0] == "1"


def test_a_right_sheet_that_nobody_recorded_is_recorded_by_one_key(walk, commune, monday):
    walk.take_scan(qr(commune, CODE, monday.date()))
    assert walk.button.accessibleName() == "Ghi là đang dán"
    press(KEY.Key_F12)
    (hangs,) = postings.hanging(commune)
    assert (hangs.name, walk.strip.text) == (CODE, "Đã ghi: đang dán.")
    assert not walk.button.isVisible()


def test_something_that_is_no_sheet_is_said_so(walk):
    type_in("xin chao")
    press(KEY.Key_Return)
    assert walk.answer.accessibleName().startswith("Không phải tờ niêm yết của sổ này")
    assert not walk.button.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1182, 620), (855, 372), (627, 272)])
def test_the_answer_is_whole_at_every_scale(walk, commune, monday, nothing_cut, width, height):
    longest = max(
        (task for task in posting_checks.stale(commune, monday.date()).tasks), key=lambda task: len(task.title)
    )
    walk.resize(width, height)
    walk.take_scan(qr(commune, longest.name, monday.date()))
    nothing_cut(walk)


def test_only_what_is_wrong_is_printed_and_nothing_is_marked_posted(prints, commands, commune, monday, qtbot):
    tasks = posting_checks.stale(commune, monday.date()).tasks
    places = [Place(task.name, "Bảng 1", str(n)) for n, task in enumerate(tasks) if task.name != CODE]
    postings.post(commune, places, clerk="truc", now=monday)
    prints.show_reprint(monday.date())
    qtbot.waitUntil(lambda: "Bấm F12 để in." in prints.giving.strip.text)
    told = pages_of(commands, "niem-yet-chon-20261123-a4.pdf")
    assert all("đăng ký khai sinh" in page.lower() for page in told)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "đã nhận đủ" in prints.giving.strip.text)
    assert [task.name for task in posting_checks.stale(commune, monday.date()).tasks] == [CODE]


def test_a_wall_that_is_right_needs_no_paper(prints, commune, monday, qtbot):
    tasks = posting_checks.stale(commune, monday.date()).tasks
    postings.post(commune, [Place(task.name) for task in tasks], clerk="truc", now=monday)
    prints.show_reprint(monday.date())
    qtbot.waitUntil(lambda: prints.giving.strip.text != "")
    assert prints.giving.strip.text == "Không có tờ nào phải in."


def test_one_procedure_and_one_field_are_printed(prints, commands, qtbot):
    prints.show_one(CODE)
    qtbot.waitUntil(lambda: "Bấm F12 để in." in prints.giving.strip.text)
    assert files(commands) == [f"niem-yet-{CODE}-20261123-a4.pdf"]
    press(KEY.Key_Up)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "Bấm F12 để in." in prints.giving.strip.text)
    assert "niem-yet-linh-vuc-20261123-a4.pdf" in files(commands)


def test_a_procedure_must_be_chosen_first(prints):
    prints.select("wall_procedure")
    press(KEY.Key_F12)
    assert prints._procedure.problem == "Chọn một thủ tục trong danh sách."
    assert QApplication.focusWidget().objectName() == "procedure"


def test_what_hung_on_a_day_is_a_list_and_a_day_without_says_so(prints, commands, commune, monday, qtbot):
    postings.post(commune, [Place(CODE, "Bảng 2", "07")], clerk="truc", now=monday)
    press(KEY.Key_End)
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "Đã lập 1 trang" in prints.giving.strip.text)
    assert "Bảng 2 – ô 07" in pages_of(commands, "da-dan-20261123.pdf")[0]
    prints._on.focus()
    type_in("20/11/2026")
    press(KEY.Key_F12)
    qtbot.waitUntil(lambda: "không có tờ nào" in prints.giving.strip.text)


def test_a_whole_wall_is_stopped_without_a_file(prints, commands, qtbot):
    prints.select("wall_all")
    press(KEY.Key_F12)
    press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: prints.giving.strip.text != "", timeout=20_000)
    assert prints.giving.strip.text == "Đã thôi. Không có tệp nào được lập, sổ không đổi."
    assert files(commands) == []


@pytest.fixture
def section(commands, monday, jobs, qtbot):
    page = SettingsPage(
        commands,
        printers=lambda: ("Canon LBP2900",),
        folder="sổ",
        station="1",
        people_section=lambda: Section(commands),
        hub_section=lambda: Section(commands),
        backup_section=lambda: Section(commands),
    )
    commands.changed.connect(page.take)
    stand(page, qtbot, jobs)
    press(KEY.Key_8, ALT)
    return page.section


def test_where_feedback_goes_is_told_in_the_settings_and_stands_on_the_wall(section, commune, monday):
    assert section.accessibleName() == "Niêm yết"
    assert QApplication.focusWidget().objectName() == "feedback_to"
    type_in("Văn phòng UBND tỉnh Lai Châu")
    press(KEY.Key_F12)
    assert posting_facts.read(commune).feedback_to == "Văn phòng UBND tỉnh Lai Châu"
    assert section.strip.text == "Đã ghi. F6 cho biết tờ nào phải thay."


def test_a_key_is_believed_and_dropped(section, commune):
    section._key.focus()
    type_in("12")
    press(KEY.Key_K, ALT)
    assert section.strip.text == "Khóa công khai gồm 64 chữ số thập lục phân."
    section._key.focus()
    type_in("ab" * 32)
    section._issuer.focus()
    type_in("Van phong UBND tinh")
    press(KEY.Key_K, ALT)
    assert packets.trusted(commune) == {"ab" * 32: "Van phong UBND tinh"}
    section._keys.select_row(0)
    press(KEY.Key_X, ALT)
    assert packets.trusted(commune) == {}
