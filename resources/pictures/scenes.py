"""What the contact sheet shows: every page with something on it, then every page of a register with nothing.

The registers are practice ones with invented citizens, made by the same acts as at a counter. A scene drives the
running program by its doors and keys; it never builds a page itself.
"""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.records import Clerk, StandingReport
from db.vocabulary import WorkingList
from desktop import labels
from desktop.gui.clock_question import ClockQuestion
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.gui.rating_window import RatingWindow
from desktop.office import demo, lists, lookup, old_book_lookup, old_books, opening, outbox, people, postings
from desktop.rules import sheet_codes
from desktop.rules.calendar import PUBLISHED_HOURS
from desktop.rules.citizen_id import parse
from resources.pictures import make
from resources.pictures.stage import Scene, Stage, settle

_KEYS = Qt.Key
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
#: The parts of the settings after these are reached with Ctrl and a digit from 1 on.
_WITH_ALT = 10
_ON_THE_WALL = "1.001193"
_OLD_BOOKS = "Sổ năm trước"
_DOUBT = "Việc cuối ghi trong sổ là ngày 26/02/2026, cách hôm nay hơn 60 ngày làm việc không có việc nào."
_LAST_YEAR = (
    ("Vàng Thị Thử Nghiệm", "012185000031", "Đăng ký khai sinh", "03/02/2025", "04/02/2025"),
    ("Lò Văn Ví Dụ", "012079000042", "Xác nhận tình trạng hôn nhân", "03/02/2025", "06/02/2025"),
    ("Giàng A Minh Họa", "012090000057", "Hỗ trợ chi phí mai táng", "12/03/2025", "19/03/2025"),
    ("Tẩn Thị Làm Mẫu", "012199000068", "Đăng ký khai tử", "32/03/2025", "02/04/2025"),
    ("Mùa A Giả Định", "01208800007", "Chứng thực bản sao từ bản chính", "07/05/2025", "07/05/2025"),
)


def practice_book(folder: Path, now: datetime) -> Path:
    """The data folder of a register with something on every page: twenty days, a wall, reports half of them green."""
    made = demo.make(folder / "demo", days=20, per_day=12, seed=7, now=now, tell=lambda _line: None)
    with opening.open_register(made.data, now=now) as book:
        make.carry_up(book, folder)
        looked = old_books.look(book, _last_year(made.data), now=now)
        assert looked is not None, "nobody stops it"
        old_books.bring_in(book, looked, clerk=people.clerks(book)[0].short_name, now=now)
    return made.data


def _last_year(folder: Path) -> Path:
    """A commune's own book of the year before, invented; two rows of it are wrong."""
    path = folder.parent / "so-2025.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("STT", "Họ và tên", "Số CCCD", "Số điện thoại", "Nội dung", "Ngày nhận", "Hẹn trả", "Ngày trả"))
        for number, (name, person_id, matter, received, due) in enumerate(_LAST_YEAR, start=1):
            table.writerow((number, name, person_id, "", matter, received, due, due))
    return path


def empty_book(folder: Path, now: datetime) -> Path:
    """The data folder of a register on its first morning."""
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=True)
    opening.init(folder / "empty", unit, now=now, clerk=Clerk("truc", "Lò Thị Trực")).close()
    return folder / "empty"


def _search(stage: Stage) -> None:
    stage.page("home")
    stage.program.window.search.focus_action.trigger()
    QTest.keyClicks(stage.program.window.search.field, "vang")
    QTest.qWait(400)


def _begun_intake(stage: Stage) -> None:
    page = stage.page("intake")
    page.take_card(parse(make.CARD, today=stage.now.date()))
    page.choose_procedure(make.PROCEDURE)
    make.press(stage.program, *make.CASE_AND_PAPERS)


def _refused_intake(stage: Stage) -> None:
    _begun_intake(stage)
    stage.press(_KEYS.Key_F12)


def _slip(stage: Stage) -> None:
    _begun_intake(stage)
    stage.press(_KEYS.Key_B, _ALT)


def _copies(stage: Stage) -> None:
    stage.page("copies").take_card(parse(make.CARD, today=stage.now.date()))


def _submitted(stage: Stage) -> None:
    stage.page("submitted").print_again(lookup.page(stage.book, limit=1)[0].code)


def _dossier(stage: Stage) -> None:
    stage.program.open_dossier(make.eventful(stage.book))


def _act_form(stage: Stage) -> None:
    _dossier(stage)
    stage.press(_KEYS.Key_B, _ALT)


def _handover(stage: Stage) -> None:
    code = lists.rows(stage.book, WorkingList.READY, now=stage.now)[0].code
    stage.page("handover").show_dossier(code)


def _decision(stage: Stage) -> None:
    stage.page("posting")
    stage.press(_KEYS.Key_2, _ALT)


def _walk(stage: Stage) -> None:
    page = stage.page("wall_walk")
    page.begin()
    sheet = postings.hanging(stage.book)[0]
    page.take_scan(sheet_codes.sheet_text(sheet.name, sheet_codes.version_digits(sheet.sha256), practice=True))


def _indicators(stage: Stage) -> None:
    stage.page("statistics")
    stage.press(_KEYS.Key_K, _ALT)


def _reports(stage: Stage) -> None:
    stage.page("statistics")
    stage.press(_KEYS.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(stage)
    stage.press(_KEYS.Key_F12)


def _sample(stage: Stage) -> None:
    """The report that asks for something."""
    stage.page("statistics")
    stage.press(_KEYS.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(stage)
    stage.program.window.made("reports").select("report_inspection")  # type: ignore[union-attr]
    stage.press(_KEYS.Key_F12)


def _drawn(key: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page(key)
        stage.press(_KEYS.Key_F12)

    return show


def _part(number: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page("settings")
        stage.press(Qt.Key(_KEYS.Key_0 + number % 10), _ALT if number <= _WITH_ALT else _CONTROL)

    return show


def _opened(key: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page(key)

    return show


def _of(topic: str) -> Callable[[Stage], None]:
    """The help of a page, as F1 opens it there."""

    def show(stage: Stage) -> None:
        stage.page(topic)
        stage.page("help")

    return show


def _comparison(stage: Stage) -> None:
    """A day of which the tier above answered that it holds another history."""
    row = outbox.rows(stage.book)[0]
    ours = tuple(outbox.body(stage.book, row)["total"])
    theirs = StandingReport(row.revision, "7F3K-92QD", "0" * 64, (ours[0] + 1, ours[1] + 1, *ours[2:]))
    told = replace(row, standing=theirs, reason="tuyến trên đang giữ một lịch sử khác của đơn vị này")
    stage.page("comparison").show_row(told)


def _file_of_last_year(stage: Stage) -> None:
    page = stage.page("settings")
    page.show_part(_OLD_BOOKS)
    page.section.open_file(stage.book.home.parent / "so-2025.csv")


def _rested(key: str) -> Callable[[Stage], None]:
    """A page that reads its row once nobody moves on."""

    def show(stage: Stage) -> None:
        stage.page(key)
        QTest.qWait(400)

    return show


def _old_entry(stage: Stage) -> None:
    stage.page("old_books").show_entry(old_book_lookup.page(stage.book, limit=1)[0])


def _clock_question(stage: Stage) -> QWidget:
    return ClockQuestion(lambda: stage.now, lambda _now: _DOUBT, stage.program.window)


def _rating(*keys: Qt.Key) -> Callable[[Stage], QWidget]:
    """The citizen's own window: its question, then what follows the keys."""

    def show(_stage: Stage) -> QWidget:
        window = RatingWindow(
            "Trung tâm Phục vụ hành chính công xã Mường Than", labels.hours_words(PUBLISHED_HOURS), unseen_ms=0
        )
        window.ask(5)
        for key in keys:
            QTest.keyClick(window, key)
        return window

    return show


def _first_run(_stage: Stage) -> QWidget:
    return FirstRun("C:/MotCua", lambda _founding: None, lambda *_: None)


def _trouble(_stage: Stage) -> QWidget:
    return StartTrouble("Sổ không còn nguyên vẹn. Bản sao lưu gần nhất: 22/11/2026, 17:03.", lambda *_: None)


def _exercise(stage: Stage) -> None:
    stage.page("home")
    stage.press(_KEYS.Key_B, _ALT)


def _exercise_papers(stage: Stage) -> None:
    _exercise(stage)
    stage.press(_KEYS.Key_Q, _ALT)
    stage.page("intake").choose_procedure(make.PROCEDURE)
    make.press(stage.program, *make.CASE_AND_PAPERS)


def _exercise_done(stage: Stage) -> None:
    table = stage.page("intake").sheet.papers.table
    table.setFocus()
    for row in range(table.records.rowCount()):
        table.select_row(row)
        if not table.current.ticked:
            make.press(stage.program, _KEYS.Key_Space)
    stage.press(_KEYS.Key_F12)
    settle(stage)


#: The parts of the settings have no names of their own outside their page.
_PARTS = (
    "Người làm việc",
    "Đơn vị",
    "Lịch nghỉ",
    "Máy in",
    "Máy này",
    "Ý kiến người dân",
    "Mẫu giấy",
    "Niêm yết",
    "Nối tuyến trên",
    "Sao lưu",
    "Nhật ký truy cập",
    "Thời hạn lưu",
    "Chẩn đoán",
    _OLD_BOOKS,
    "Giờ làm việc",
    "Thiết lập lần đầu",
)

FILLED = (
    Scene("home", "Hôm nay", _opened("home")),
    Scene("intake", "Tiếp nhận", _begun_intake),
    Scene("intake-refused", "Tiếp nhận, còn chỗ phải xem", _refused_intake),
    Scene("submitted", "Đã tiếp nhận", _submitted),
    Scene("copies", "Chứng thực bản sao", _copies),
    Scene("slip", "Phiếu bổ sung", _slip),
    Scene("slips", "Phiếu tại quầy", _rested("slips")),
    Scene("dossiers", "Hồ sơ", _opened("dossiers")),
    Scene("dossier", "Một hồ sơ", _dossier),
    Scene("dossier-act", "Một hồ sơ, đang ghi một việc", _act_form),
    Scene("printouts", "In sổ và danh sách", _drawn("printouts")),
    Scene("handover", "Trả kết quả", _handover),
    Scene("posting", "Niêm yết", _opened("posting")),
    Scene("decision", "Niêm yết, quyết định", _decision),
    Scene("wall-walk", "Đi soát tường", _walk),
    Scene("procedures", "Tra, sửa thủ tục", lambda stage: stage.page("procedures").show_procedure(_ON_THE_WALL)),
    Scene("wall-prints", "In niêm yết", lambda stage: stage.page("wall_prints").show_one(_ON_THE_WALL)),
    Scene("statistics", "Thống kê", _opened("statistics")),
    Scene("indicators", "Thống kê, chỉ tiêu khác", _indicators),
    Scene("reports", "Báo cáo", _reports),
    Scene("reports-sample", "Báo cáo, mẫu kiểm tra", _sample),
    Scene("outbox", "Hộp gửi", _opened("outbox")),
    Scene(
        "figures-sent", "Từng số gửi đi", lambda stage: stage.page("figures_sent").show_row(outbox.rows(stage.book)[-1])
    ),
    Scene("comparison", "So hai bản", _comparison),
    *(Scene(f"settings-{number}", f"Cài đặt: {title}", _part(number)) for number, title in enumerate(_PARTS, start=1)),
    Scene("settings-old-file", "Cài đặt, xem trước sổ năm trước", _file_of_last_year),
    Scene("old-books", "Sổ năm trước", _rested("old_books")),
    Scene("old-entry", "Sổ năm trước, một dòng", _old_entry),
    Scene("help", "Trợ giúp", _opened("help")),
    Scene("help-intake", "Trợ giúp của Tiếp nhận", _of("intake")),
    Scene("help-marks", "Trợ giúp, nhãn trạng thái", lambda stage: stage.page("help").come_from("marks")),
    Scene("rating", "Ý kiến người dân", _rating()),
    Scene("rating-reason", "Ý kiến người dân, vì sao", _rating(_KEYS.Key_1)),
    Scene("clock-question", "Hỏi lại ngày giờ của máy", _clock_question),
)
#: Last of all: what was searched for stays in the field.
LAST = (Scene("search", "Hôm nay, đang tìm", _search),)

EMPTY = (
    *(
        Scene(f"empty-{key.replace('_', '-')}", f"Sổ mới: {title}", _opened(key))
        for key, title in {
            "home": "Hôm nay", "intake": "Tiếp nhận", "slips": "Phiếu tại quầy", "dossiers": "Hồ sơ",
            "printouts": "In sổ và danh sách", "old_books": "Sổ năm trước", "handover": "Trả kết quả",
            "posting": "Niêm yết", "wall_walk": "Đi soát tường", "procedures": "Tra, sửa thủ tục",
            "statistics": "Thống kê", "outbox": "Hộp gửi",
        }.items()
    ),
    # One after the other: from here on the register is no longer empty.
    Scene("exercise", "Bài tập, bắt đầu", _exercise),
    Scene("exercise-papers", "Bài tập, giấy tờ", _exercise_papers),
    Scene("exercise-done", "Bài tập, xong", _exercise_done),
    Scene("first-run", "Chưa có sổ", _first_run),
    Scene("start-trouble", "Không mở được sổ", _trouble),
)  # fmt: skip
