"""One application in the light theme for every screen test; widgets are real, shown offscreen."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from db.connection import Register
from db.vocabulary import PrintOutcome
from desktop.gui import theme
from desktop.gui.commands import Commands
from desktop.office import counter, issuing, people, signing_in
from desktop.rules.intake import IntakeForm

#: Passwords that tests type.
SECRETS = {"quay1": "mua rung ngo vang", "truc": "nuong ngo chin vang", "minh": "tre xanh bui thu tu"}


class SettableClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication):
    if qapp.styleSheet() != theme.style_sheet(theme.LIGHT):
        theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def commands(commune: Register, monday: datetime) -> Commands:
    """The door to an open register of xã Mường Than; Lò Thị Trực acts, Monday 23/11/2026 at 09:14."""
    clock = SettableClock(monday)
    door = Commands(commune, next(clerk for clerk in people.clerks(commune) if clerk.short_name == "truc"), clock)
    door.clock = clock
    return door


@pytest.fixture
def with_passwords(commune: Register, monday: datetime):
    """Everybody of the register gets a password of his own; only truc is signed in then."""

    def give() -> None:
        signing_in.begin(commune, "quay1", SECRETS["quay1"], now=monday)
        for name in (one.short_name for one in people.clerks(commune) if one.short_name != "quay1"):
            once = signing_in.reset(commune, name, clerk="quay1", now=monday)
            signing_in.sign_in(commune, name, once, now=monday)
            signing_in.set_password(commune, name, SECRETS[name], clerk=name, now=monday)
        for name in set(commune.proved) - {"truc"}:
            signing_in.sign_out(commune, name)

    return give


@pytest.fixture
def take_in(commune: Register, monday: datetime, correction_form: IntakeForm):
    """Register a dossier ``minutes`` after 09:14; gives its code."""
    numbers = itertools.count(1)

    def register(name: str = "Vàng Thị Ví Dụ", *, minutes: int = 0, printed: bool | None = None, **changed) -> str:
        form = replace(
            correction_form,
            key=f"key-{next(numbers)}",
            applicant=replace(correction_form.applicant, name=name),
            **changed,
        )
        at = monday + timedelta(minutes=minutes)
        code = counter.register(commune, form, clerk="truc", now=at).code
        if printed is not None:
            outcome = PrintOutcome.SENT if printed else PrintOutcome.FAILED
            issuing.record_print(commune, code, printer="Canon", copies=2, outcome=outcome, clerk="truc", now=at)
        return code

    return register


@pytest.fixture
def nothing_cut():
    """Assert that no line of a shown widget is lower than its letters or runs out of its window."""

    def check(shown: QWidget) -> None:
        QApplication.processEvents()
        for label in shown.findChildren(QLabel):
            if not label.isVisible() or not label.text() or label.visibleRegion().isEmpty():
                continue
            metrics = label.fontMetrics()
            assert label.height() >= metrics.lineSpacing(), f"lines of “{label.text()}” are cut"
            if not label.wordWrap():
                seen = min(label.width(), label.visibleRegion().boundingRect().width())
                assert seen >= metrics.horizontalAdvance(label.text()), f"“{label.text()}” is cut"

    return check
