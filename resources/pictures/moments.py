"""Scenes of a moment: what opens on a page for a while, what stands there after an act, what was refused.

They follow on the registers of ``scenes`` and ``beginnings``, each from where the one before left off; the last
register is one that was brought back from a backup.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from db.vocabulary import WorkingList
from desktop import labels
from desktop.errors import UserError
from desktop.gui.bring_back import BroughtBack, Progress, Restore
from desktop.gui.buttons import Tick
from desktop.gui.first_run import FirstRun, StartTrouble
from desktop.gui.rating_window import RatingWindow
from desktop.gui.text_window import crash_window
from desktop.office import backup_standing, backups, demo, lists, lookup, losses, opening, outbox, restoring
from desktop.rules.calendar import PUBLISHED_HOURS
from desktop.rules.citizen_id import parse
from resources.pictures import make
from resources.pictures.beginnings import PIN, RECEIVES, inside, sign_in
from resources.pictures.stage import Scene, Stage, settle
from tests.data import golden_decision

_KEYS = Qt.Key
_PLAIN = Qt.KeyboardModifier.NoModifier
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_PASSPHRASE = "che shan tuyet dau mua"
Press = tuple[Qt.Key, Qt.KeyboardModifier]


def _after(show: Callable[[Stage], object], *presses: Press) -> Callable[[Stage], QWidget | None]:
    """What ``show`` shows and these keys then make of it; a window that opened over the page is what is looked at."""

    def scene(stage: Stage) -> QWidget | None:
        show(stage)
        for key, modifier in presses:
            settle(stage)
            stage.press(key, modifier)
        settle(stage)
        return QApplication.activeModalWidget()

    return scene


def _page(key: str, *presses: Press) -> Callable[[Stage], QWidget | None]:
    return _after(lambda stage: stage.page(key), *presses)


def _dossier(stage: Stage) -> None:
    stage.program.open_dossier(make.eventful(stage.book))


def _submitted(stage: Stage) -> None:
    stage.page("submitted").print_again(lookup.page(stage.book, limit=1)[0].code)


def _same_again(stage: Stage) -> Any:
    """The person and the procedure of the dossier that was taken in last."""
    page = stage.page("intake")
    page.take_card(parse(make.CARD, today=stage.now.date()))
    page.choose_procedure(make.PROCEDURE)
    return page


def _duplicate(stage: Stage) -> None:
    _same_again(stage)
    make.press(stage.program, *make.CASE_AND_PAPERS[:3])


def _taken_in(stage: Stage) -> None:
    page = _same_again(stage)
    make.press(stage.program, *make.CASE_AND_PAPERS)
    table = page.sheet.papers.table
    for row in range(table.records.rowCount()):
        table.select_row(row)
        if not table.current.ticked:
            make.press(stage.program, _KEYS.Key_Space)
    stage.press(_KEYS.Key_F12)


def _printer_off(stage: Stage) -> None:
    stage.printer.off = True
    _submitted(stage)
    settle(stage)
    stage.press(_KEYS.Key_P, _ALT)
    settle(stage)
    stage.printer.off = False


def _draft_left(stage: Stage) -> None:
    stage.page("intake")
    stage.press(_KEYS.Key_N, _CONTROL)


def _ready(stage: Stage) -> None:
    stage.page("handover").show_dossier(lists.rows(stage.book, WorkingList.READY, now=stage.now)[0].code)


def _handed_over(stage: Stage) -> None:
    _ready(stage)
    settle(stage)
    for tick in stage.page("handover").findChildren(Tick):
        if tick.isVisible() and not tick.isChecked():
            tick.click()
    stage.press(_KEYS.Key_F12)


def _decision(stage: Stage) -> None:
    stage.opener.path = golden_decision.write_xlsx(stage.book.home.parent / "QD 3120.xlsx")
    stage.page("posting")
    stage.press(_KEYS.Key_2, _ALT)
    settle(stage)
    stage.press(_KEYS.Key_O, _ALT)


def _newest_day(stage: Stage) -> None:
    stage.page("figures_sent").show_row(outbox.rows(stage.book)[0])


def _copied(stage: Stage) -> None:
    page = stage.page("copies")
    page.take_card(parse(make.CARD, today=stage.now.date()))
    for digit in (_KEYS.Key_1, _KEYS.Key_4, _KEYS.Key_2):
        make.press(stage.program, digit, _KEYS.Key_Tab)
    stage.press(_KEYS.Key_F12)


def _part(title: str) -> Callable[[Stage], None]:
    return lambda stage: stage.page("settings").show_part(title)


def _backup_chosen(stage: Stage) -> None:
    path = backup_standing.standing(stage.book).path
    assert path is not None, "a backup was made"
    stage.opener.path = path
    _part("Sao lưu")(stage)


def _passphrase(stage: Stage) -> None:
    _part("Sao lưu")(stage)
    for name in ("passphrase", "passphrase_again"):
        field = stage.program.window.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit), name
        field.setText(_PASSPHRASE)
    stage.press(_KEYS.Key_K, _ALT)


def _public_screen(*keys: Qt.Key, asks: bool = True) -> Callable[[Stage], QWidget]:
    def show(_stage: Stage) -> QWidget:
        window = RatingWindow(
            "Trung tâm Phục vụ hành chính công xã Mường Than", labels.hours_words(PUBLISHED_HOURS), unseen_ms=0
        )
        if asks:
            window.ask(5)
        for key in keys:
            QTest.keyClick(window, key)
        return window

    return show


def _crash(_stage: Stage) -> QWidget:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        window = crash_window(error)
    window.show()
    return window


def _nobody_found(stage: Stage) -> None:
    stage.page("home")
    stage.program.window.search.focus_action.trigger()
    QTest.keyClicks(stage.program.window.search.field, "khong ai ten the nay")
    QTest.qWait(400)


MOMENTS = (
    Scene("why", "Vì sao ngày này", _after(_dossier, (_KEYS.Key_V, _ALT))),
    Scene("who-looked", "Ai đã xem", _after(_dossier, (_KEYS.Key_A, _ALT))),
    Scene("handed-in", "Hồ sơ nộp", _after(_dossier, (_KEYS.Key_O, _ALT))),
    Scene("correction", "Đính chính", _after(_dossier, (_KEYS.Key_C, _ALT))),
    Scene("extension", "Xin lỗi và gia hạn", _after(_dossier, (_KEYS.Key_G, _ALT))),
    Scene("paper-large", "Giấy xem to", _after(_submitted, (_KEYS.Key_X, _ALT))),
    Scene("backup-made", "Sao lưu, vừa sao lưu", _after(_part("Sao lưu"), (_KEYS.Key_L, _ALT))),
    Scene("taken-in", "Vừa tiếp nhận", _after(_taken_in)),
    Scene("print-failed", "Máy in không trả lời", _after(_printer_off)),
    Scene("duplicate", "Tiếp nhận, có thể trùng", _after(_duplicate)),
    Scene("compare", "So hai hồ sơ", _after(lambda _stage: None, (_KEYS.Key_T, _ALT))),
    Scene("refusal-slip", "Phiếu từ chối", _after(lambda _stage: None, (_KEYS.Key_U, _ALT))),
    Scene("draft-left", "Tiếp nhận, nháp để lại", _after(_draft_left)),
    Scene("copies-done", "Chứng thực bản sao, đã ghi", _after(_copied)),
    Scene("authorised", "Người được ủy quyền nhận", _after(_ready, (_KEYS.Key_2, _ALT))),
    Scene("handed-over", "Đã trả kết quả", _after(_handed_over)),
    Scene("closing", "Chốt ngày", _page("statistics", (_KEYS.Key_1, _ALT))),
    Scene("own-period", "Thống kê, kỳ tự chọn", _page("statistics", (_KEYS.Key_7, _ALT))),
    Scene(
        "by-clerk", "Theo công chức",
        _page("statistics", (_KEYS.Key_2, _ALT), (_KEYS.Key_K, _ALT), (_KEYS.Key_Y, _ALT)),
    ),
    Scene("import", "Quyết định, xem trước", _after(_decision)),
    Scene("import-ask", "Quyết định, quyết từng dòng", _after(lambda _stage: None, (_KEYS.Key_R, _ALT))),
    Scene("decision-history", "Quyết định, lịch sử", _page("posting", (_KEYS.Key_2, _ALT), (_KEYS.Key_H, _ALT))),
    Scene("procedure-edit", "Sửa tay một thủ tục", _page("procedures", (_KEYS.Key_S, _ALT))),
    Scene("day-verbatim", "Từng số gửi đi, nguyên văn", _after(_newest_day, (_KEYS.Key_V, _ALT))),
    Scene("restore-lost", "Khôi phục, mất gì", _after(_backup_chosen, (_KEYS.Key_R, _ALT))),
    Scene("recovery-sheet", "Tờ khôi phục của bản sao lưu", _after(_passphrase)),
    Scene("restore-locked", "Khôi phục, bản có khóa", _after(
        _part("Sao lưu"), (_KEYS.Key_X, _ALT), (_KEYS.Key_L, _ALT)
    )),
    Scene("nobody-found", "Tìm không thấy", _after(_nobody_found)),
    Scene("public-rest", "Màn hình người dân, nghỉ", _public_screen(asks=False)),
    Scene("public-thanks", "Màn hình người dân, cảm ơn", _public_screen(_KEYS.Key_5)),
    Scene("crash", "Lỗi của chính chương trình", _crash),
)  # fmt: skip


def _people(stage: Stage) -> None:
    inside(stage)
    _part("Người làm việc")(stage)


def _as_receiver(stage: Stage) -> None:
    stage.press(_KEYS.Key_L, _CONTROL)
    settle(stage)
    sign_in(stage, RECEIVES, PIN)
    _part("Người làm việc")(stage)


_TO_THE_LAST = ((_KEYS.Key_Down, _PLAIN), (_KEYS.Key_Down, _PLAIN))

#: After those of ``beginnings`` on the register with passwords; the last ends with nobody signed in as the lead.
DOORS = (
    Scene("password-once", "Mật khẩu dùng một lần", _after(_people, *_TO_THE_LAST, (_KEYS.Key_K, _ALT))),
    Scene("fields", "Chọn lĩnh vực", _after(_people, (_KEYS.Key_V, _ALT))),
    Scene("person-history", "Việc đã làm về người này", _after(_people, (_KEYS.Key_N, _ALT))),
    Scene("no-right", "Không có quyền sửa người làm việc", _after(_as_receiver)),
)


def brought_back(folder: Path, now: datetime) -> Path:
    """The data folder of a register that came from a backup; the one that it took the place of lies beside."""
    made = demo.make(folder / "lost", days=8, per_day=6, seed=7, now=now, tell=lambda _line: None)
    with opening.open_register(made.data, now=now) as book:
        backup = backups.make(book, now=now)
    assert backup is not None, "nobody stops it"
    restoring.restore(backup.path, folder / "back")
    return folder / "back"


def _told(stage: Stage) -> BroughtBack:
    words = losses.unseen_words(stage.book.home.parent / "lost" / "so-tap-huan", stage.now, now=stage.now)
    return BroughtBack(words, lambda: None, lambda: None)


def _first_run(restore: Restore) -> FirstRun:
    return FirstRun("C:/MotCua", lambda _new: None, lambda _parent, then: then("sao-luu-2026-11-23.mcsl", restore))


def _first_run_brings_back(stage: Stage) -> QWidget:
    return _brings_back(_first_run(lambda *_: _told(stage)), "Alt+R")


def _first_run_asks_secret(_: Stage) -> QWidget:
    def locked(_secret: str, _progress: Progress) -> BroughtBack:
        raise UserError(
            "needs_passphrase", "Bản sao lưu này có khóa: cần câu mật khẩu hoặc mã khôi phục trên tờ đã in."
        )

    return _brings_back(_first_run(locked), "Alt+R")


def _trouble_brings_back(stage: Stage) -> QWidget:
    sentence = "Sổ không còn nguyên vẹn. Bản sao lưu gần nhất: 22/11/2026, 17:03."
    return _brings_back(StartTrouble(sentence, lambda *_rest: _told(stage)), "F12")


def _brings_back(dialog: QDialog, keys: str) -> QDialog:
    """The dialog once its worker has answered."""
    dialog.show()
    next(act for act in dialog.actions() if act.shortcut().toString() == keys).trigger()
    QTest.qWait(600)
    return dialog


BROUGHT_BACK = (
    Scene("brought-back", "Hôm nay, sau khi khôi phục", _page("home")),
    Scene("first-run-told", "Chưa có sổ, bản sao lưu đã mở", _first_run_brings_back),
    Scene("first-run-locked", "Chưa có sổ, bản sao lưu có khóa", _first_run_asks_secret),
    Scene("trouble-told", "Không mở được sổ, bản sao lưu đã mở", _trouble_brings_back),
)
