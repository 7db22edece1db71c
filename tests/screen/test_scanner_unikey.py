"""A scanner behind Unikey or an input method: each card read exactly or refused, each typed word left alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from desktop.gui.burst import GAP_MS
from desktop.gui.scanner import UNREADABLE
from desktop.rules import citizen_id
from tests.rules.scanners import Unikey, keys_for, payloads
from tests.screen.scanner_desk import CARD, PERSON, SCANNER, Desk, compose, scanner_desk


@pytest.fixture
def desk(qtbot) -> Iterator[Desk]:
    with scanner_desk(qtbot) as made:
        yield made


def steps(*shown: str) -> str:
    """The keys that Unikey sends while a word grows through these shapes: backspaces, then letters."""
    keys, before = "", ""
    for now in shown:
        same = next((n for n, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), None)
        same = min(len(before), len(now)) if same is None else same
        keys += "\b" * (len(before) - same) + now[same:]
        before = now
    return keys


TELEX = "".join(
    (
        "012195000002||",
        steps("V", "Va", "Và", "Vàn", "Vàng"),
        " ",
        steps("T", "Th", "Thi", "Thị"),
        " ",
        steps("V", "Vi", "Ví"),
        " ",
        steps("D", "Du", "Dụ"),
        "|02111995|",
        steps("N", "Nu", "Nư", "Nữ"),
        "|",
        steps("B", "Ba", "Bả", "Bản"),
        " ",
        steps("M", "Ma", "Mâ", "Mẫ", "Mẫu"),
        " Hai, ",
        steps("M", "Mu", "Muo", "Mươ", "Mườ", "Mườn", "Mường"),
        " ",
        steps("M", "Mi", "Mí", "Mít"),
        ", Than ",
        steps("U", "Uy", "Uye", "Uyê", "Uyên"),
        ", Lai ",
        steps("C", "Ch", "Cha", "Châ", "Châu"),
        "|05062022",
    )
)


def test_a_card_that_unikey_composed_is_read_exactly(desk):
    desk.scan(TELEX)
    assert (desk.heard, desk.line.text()) == (["Vàng Thị Ví Dụ"], "")


def test_a_card_that_unikey_spoilt_is_refused_and_nothing_is_filled(desk):
    desk.scan(TELEX.replace("\b", ""))
    assert (desk.heard, desk.line.text()) == ([UNREADABLE], "")


@pytest.mark.parametrize("method", ["telex", "vni"])
@pytest.mark.parametrize("spells", [True, False])
def test_two_hundred_cards_through_unikey_are_each_exact_or_refused(desk, method, spells):
    unikey = Unikey(method, checks_spelling=spells)
    exact = 0
    for card in payloads(20261123, 200):
        desk.heard.clear()
        desk.scan(unikey.type(card))
        assert desk.heard in ([citizen_id.parse(card).name], [UNREADABLE])
        exact += desk.heard != [UNREADABLE]
    assert exact > 190
    assert desk.line.text() == ""


@pytest.mark.parametrize("method", ["telex", "vni"])
def test_cards_that_the_scanner_spells_in_keys_are_each_exact_or_refused(desk, method):
    unikey = Unikey(method, checks_spelling=False)
    for card in payloads(20261124, 60):
        desk.heard.clear()
        desk.scan(unikey.type(keys_for(card, method, tone_last=True)))
        assert desk.heard in ([citizen_id.parse(card).name], [UNREADABLE])
    assert desk.line.text() == ""


def test_a_card_that_comes_through_an_input_method_is_heard(desk):
    for char in CARD:
        desk.clock.ms += SCANNER
        if char.isalpha():
            compose("", preedit=char)
            compose(char)
        else:
            compose(char)
    desk.enter()
    assert (desk.heard, desk.line.text()) == (["Vàng Thị Ví Dụ"], "")


def test_words_composed_by_a_person_reach_the_field_at_once(desk):
    for shown in ("N", "Ng", "Ngu", "Nguy", "Nguye", "Nguyê", "Nguyễ", "Nguyễn"):
        desk.clock.ms += PERSON
        compose("", preedit=shown)
    compose("Nguyễn")
    assert desk.line.text() == "Nguyễn"


def test_a_number_composed_by_a_person_reaches_the_field_with_its_corrections(desk, qtbot):
    desk.clock.ms += PERSON
    compose("3")
    desk.clock.ms += GAP_MS - 5
    compose("5", replaced=1)
    desk.rest()
    qtbot.waitUntil(lambda: desk.line.text() == "5")


def test_unikey_correcting_a_person_leaves_the_right_word(desk, qtbot):
    desk.type("Ma", gap=PERSON)
    desk.key(Qt.Key.Key_Backspace, "\b", PERSON)
    desk.type("â", gap=1)
    desk.type("u", gap=PERSON)
    desk.rest()
    qtbot.waitUntil(lambda: desk.line.text() == "Mâu")
