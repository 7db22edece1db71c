"""Scenes of the contact sheet on live registers: the steps of the first setting up, and the door with passwords.

Nothing in them is printed for anybody: the unit is real by name only, its people and passwords are invented.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.records import Clerk
from db.vocabulary import Role
from desktop.gui.enter_guard import AFTER_KEY_MS
from desktop.gui.secret_row import SecretEdit
from desktop.gui.setup_steps import TITLES
from desktop.gui.sign_in import DoorCard, SignInCard
from desktop.gui.table_view import RecordTable
from desktop.office import opening, people, signing_in
from desktop.rules.citizen_id import parse
from resources.pictures import make
from resources.pictures.stage import Scene, Stage, settle

_KEYS = Qt.Key
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
LEAD, RECEIVES, _INSPECTS = "truc", "minh", "hoa"
SECRET, PIN = "mường 9 than", "804271"


def guided_book(folder: Path, now: datetime) -> Path:
    """The data folder of a live register that was just founded in the window."""
    _found(folder / "guided", now, guided=True)
    return folder / "guided"


def guarded_book(folder: Path, now: datetime) -> Path:
    """The data folder of a live register of three people: two with passwords, one with a first one only."""
    home = folder / "guarded"
    _found(home, now)
    with opening.open_register(home, now=now) as book:
        people.add(book, RECEIVES, "Vàng Văn Minh Họa", roles=[Role.RECEPTION], clerk=LEAD, now=now)
        people.add(book, _INSPECTS, "Giàng Thị Kiểm Tra", roles=[Role.INSPECT], clerk=LEAD, now=now)
        signing_in.begin(book, LEAD, SECRET, now=now)
        once = signing_in.reset(book, RECEIVES, clerk=LEAD, now=now)
        signing_in.sign_in(book, RECEIVES, once, now=now)
        signing_in.set_password(book, RECEIVES, PIN, clerk=RECEIVES, now=now)
        signing_in.set_password(book, _INSPECTS, PIN, clerk=LEAD, now=now)
    return home


def _found(home: Path, now: datetime, *, guided: bool = False) -> None:
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=False)
    opening.init(home, unit, now=now, clerk=Clerk(LEAD, "Lò Thị Trực"), guided=guided).close()


def _step(number: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page("setup").findChild(RecordTable).select_row(number)

    return show


def _at_the_door(stage: Stage, name: str) -> None:
    """The window locked, this person chosen, ready to type."""
    if not stage.program.window.is_covered:
        _press(stage, _KEYS.Key_L, _CONTROL)
    elif not isinstance(_card(stage), SignInCard):
        _press(stage, _KEYS.Key_Escape)
    names = _card(stage).names
    people_shown = [names.records.record(row).short_name for row in range(names.records.rowCount())]
    names.select_row(people_shown.index(name))
    _card(stage).focus_first()


def _card(stage: Stage) -> Any:
    return next(card for card in stage.program.window.findChildren(DoorCard) if card.isVisible())


def _press(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Later than a scanner would."""
    QTest.qWait(AFTER_KEY_MS + 20)
    stage.press(key, modifier)
    settle(stage)


def sign_in(stage: Stage, name: str, secret: str) -> None:
    _at_the_door(stage, name)
    edit = stage.program.window.focusWidget()
    assert isinstance(edit, SecretEdit), edit
    edit.insert(secret)
    _press(stage, _KEYS.Key_Return)


def inside(stage: Stage) -> None:
    if stage.program.window.is_covered:
        sign_in(stage, LEAD, SECRET)


def _forgotten(stage: Stage) -> None:
    _at_the_door(stage, LEAD)
    _press(stage, _KEYS.Key_Q, _ALT)


def _locked(stage: Stage) -> None:
    inside(stage)
    stage.page("intake").take_card(parse(make.CARD, today=stage.now.date()))
    _press(stage, _KEYS.Key_L, _CONTROL)


def _people(*keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        inside(stage)
        stage.page("settings").show_part("Người làm việc")
        for key, modifier in keys:
            _press(stage, key, modifier)

    return show


GUIDED = tuple(
    Scene(f"setup-{number + 1}", f"Thiết lập lần đầu: {title}", _step(number))
    for number, title in enumerate(TITLES.values())
)
GUARDED = (
    Scene("sign-in", "Đăng nhập", lambda stage: _at_the_door(stage, LEAD)),
    Scene("sign-in-refused", "Đăng nhập, gõ sai", lambda stage: sign_in(stage, LEAD, "không phải")),
    Scene("sign-in-sheet", "Đăng nhập, tờ khôi phục", _forgotten),
    Scene("own-password", "Đăng nhập, mật khẩu của riêng mình", lambda stage: sign_in(stage, _INSPECTS, PIN)),
    Scene("people", "Người làm việc, có mật khẩu", _people()),
    Scene("people-change", "Người làm việc, đang sửa", _people((_KEYS.Key_Down, _PLAIN), (_KEYS.Key_E, _ALT))),
    Scene("locked", "Đã khóa giữa chừng", _locked),
)
