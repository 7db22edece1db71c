"""What goes into the built program."""

from pathlib import Path

import pytest

from desktop.building import contents

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/printsupport/libcupsprintersupport.so",
        r"PySide6\plugins\platforms\qwindows.dll",
        f"{QT}/lib/libQt6Pdf.so.6",
        "PySide6/QtPdf.abi3.so",
        "libcups.so.2",
        "pillow.libs/libharfbuzz-fb49c9fc.so.0.61450.0",
        "cryptography/hazmat/bindings/_rust.abi3.so",
    ],
)
def test_what_windows_and_printers_need_goes_in(name):
    assert contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/sqldrivers/libqsqlite.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/qml/QtQuick/x.so",
        f"{QT}/lib/libQt6Quick.so.6",
        f"{QT}/lib/libQt6EglFsKmsSupport.so.6",
        "libgtk-3.so.0",
    ],
)
def test_what_is_never_shown_stays_out(name):
    assert not contents.is_wanted(name)


def test_all_that_our_modules_read_is_carried():
    carried = {place for _, place in contents.data()}
    assert {"resources", "resources/calendar", "resources/catalogue", "resources/forms", "resources/units"} <= carried
    assert {"desktop/hub/web/templates", "desktop/hub/web/static"} <= carried
    assert all(Path(source).exists() for source, _ in contents.data())
    assert not any("pictures" in place for place in carried)


def test_a_font_is_carried_whole_and_with_its_licence():
    fonts = contents.fonts()
    serif = [source for source, _ in fonts if "Serif" in source or "Tinos" in source]
    assert len(serif) in (0, 4)
    assert any(source.endswith("copyright") for source, _ in fonts) or not fonts
