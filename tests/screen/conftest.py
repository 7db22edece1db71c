"""One application in the light theme for every screen test; widgets are real, shown offscreen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from desktop.gui import theme


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication):
    theme.apply(qapp, "light")
    return qapp
