"""The first day at the real window, by keys, from an empty folder to the first receipt, until somebody kills it.

Started by ``windows`` as a program that forks a window for each line on its standard input (``Order``): what the
window showed was durable before, and is said in the words that ``said.Said`` hears.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from db import events
from db.connection import Register
from desktop import app
from desktop.gui import theme
from desktop.gui.pages.setup import SetupPage
from desktop.office import issuing, lookup, setting_up, signing_in
from desktop.office.setting_up import Part
from tests.journeys import setting_up_keys as by_keys
from tests.journeys.counter_window import CARD, Counter
from tests.power.day import Order
from tests.power.desk import ANYTHING, CODE, FIRST, START, codes, say

#: Where an order has a plan there is a rest at each step, so that a death falls there.
_REST_MS = 500


def sit_down(running: QApplication, home: Path) -> Counter:
    """The program on this folder, founded on the way; whoever has to signs in."""
    by_keys.found_when_asked()
    book = app._opened(running, home)
    assert book is not None
    _acknowledge(book)
    trays = len(list(home.parent.glob("tray-*")))
    counter = Counter(book, home.parent / f"tray-{trays}", START, QtBot(cast(Any, None)))
    if signing_in.required(book) and lookup.is_empty(book):
        by_keys.sign_in(counter)
    return counter


def first_day(order: Order) -> None:
    """Every step that is left, from the one that is shown; then the first dossier with its receipt."""
    qInstallMessageHandler(lambda *_: None)
    app.now = lambda: START
    counter = sit_down(theme.application(), order.home)
    if lookup.is_empty(counter.book):
        for part in _left(counter):
            counter.qtbot.wait(_REST_MS if order.plan else 0)
            _settle(counter, part)
        counter.qtbot.wait(_REST_MS if order.plan else 0)
        _receive(counter)
    say("finished", "")


def _receive(counter: Counter) -> None:
    """The first dossier, printed by itself: nothing may be on that paper that is not in the register."""
    counter.press(Qt.Key.Key_F12)
    counter.scan(CARD)
    counter.choose_correction()
    counter.press(Qt.Key.Key_F12)
    counter.until_said("Máy in đã nhận đủ 2 bản")
    (code,) = codes(counter.book)
    (paper,) = counter.book.documents.rglob(f"{code}*.pdf")
    say("printed", code, paper.name)
    _acknowledge(counter.book)
    if issuing.verify_receipt(counter.book, counter.printed_text()).verdict != "genuine":
        say("bug", "the first receipt is not genuine")


def _left(counter: Counter) -> list[Part]:
    shown = _page(counter).current
    say("reached", shown)
    return list(Part)[list(Part).index(shown) : -1]


def _page(counter: Counter) -> SetupPage:
    page = counter.page
    assert isinstance(page, SetupPage)
    return page


def _settle(counter: Counter, part: Part) -> None:
    """By the keys of the journeys; at the step of people there are passwords from now on."""
    following = list(Part)[list(Part).index(part) + 1]
    if part is Part.PEOPLE and not signing_in.required(counter.book):
        say("tries", FIRST, by_keys.PASSPHRASE, CODE, ANYTHING)
        by_keys.begin_passwords(counter)
        say("holds", FIRST, by_keys.PASSPHRASE)
        counter.press(Qt.Key.Key_F12)
        counter.until_said("chưa in, chưa lưu")
        counter.alt("I")
        counter.until_said("Đã gửi in")
    say("reaching", following)
    if part is Part.BACKUP and _is_settled(counter, part):
        counter.press(Qt.Key.Key_F12)
    else:
        by_keys.SETTLED[part](counter)
    counter.qtbot.waitUntil(lambda: _page(counter).current is following)
    say("reached", following)
    say("settled", part)
    _acknowledge(counter.book)


def _is_settled(counter: Counter, part: Part) -> bool:
    return any(step.part is part and step.state is setting_up.State.DONE for step in setting_up.steps(counter.book))


def _acknowledge(book: Register) -> None:
    seq, head = events.head(book)
    say("done", str(seq), head)


def serve() -> None:
    """A window for each line; the libraries are loaded once, before anybody dies."""
    qt_api.set_qt_api("pyside6")
    gc.freeze()
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            say("working", str(os.getpid()))
            try:
                first_day(Order.read(line))
            except Exception as error:
                say("bug", repr(error)[-600:].replace("\n", " | ").replace("\t", " "))
            os._exit(0)
        _, status = os.waitpid(worker, 0)
        say("dead", str(status))


if __name__ == "__main__":
    serve()
