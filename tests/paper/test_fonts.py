"""The paper font is found by what it can draw, not by its name."""

import shutil
from pathlib import Path

import pytest
import reportlab

from desktop.documents import fonts
from desktop.documents.fonts import FOLDER_VARIABLE, find_paper_font
from desktop.documents.receipt import render
from desktop.errors import EnvironmentProblem

STYLES = ("regular", "bold", "italic", "bold_italic")
NAMES = {
    "Times New Roman": ("times.ttf", "TIMESBD.TTF", "timesi.ttf", "timesbi.ttf"),
    "Liberation Serif": tuple(f"LiberationSerif-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    "Tinos": tuple(f"Tinos-{s}.ttf" for s in ("Regular", "Bold", "Italic", "BoldItalic")),
}
LATIN_ONLY = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def put(folder: Path, family: str, source: Path | None = None) -> None:
    """Lay four files with the names of ``family`` into ``folder``: real letters, or those of ``source``."""
    folder.mkdir(parents=True, exist_ok=True)
    real = find_paper_font()
    for style, name in zip(STYLES, NAMES[family], strict=True):
        shutil.copy(source or getattr(real, style), folder / name)


def test_this_machine_has_a_font_with_every_letter():
    font = find_paper_font()
    assert font.family in NAMES
    assert all(getattr(font, style).is_file() for style in STYLES)


@pytest.mark.parametrize("family", NAMES)
def test_each_family_is_known_by_its_file_names(tmp_path, family):
    put(tmp_path / "below" / "deep", family)
    font = find_paper_font(tmp_path)
    assert font.family == family
    assert [getattr(font, style).name for style in STYLES] == list(NAMES[family])


def test_times_comes_before_liberation_before_tinos(tmp_path):
    put(tmp_path / "a", "Tinos")
    put(tmp_path / "b", "Liberation Serif")
    assert find_paper_font(tmp_path).family == "Liberation Serif"
    whole = tmp_path.parent / f"{tmp_path.name}-whole"
    shutil.copytree(tmp_path, whole)
    put(whole / "c", "Times New Roman")
    assert find_paper_font(whole).family == "Times New Roman"


def test_a_font_without_vietnamese_is_passed_over(tmp_path):
    """As Liberation 1.07 is, which Debian 12 installs first."""
    put(tmp_path / "liberation", "Liberation Serif", LATIN_ONLY)
    put(tmp_path / "liberation2", "Liberation Serif")
    assert find_paper_font(tmp_path).regular.parent.name == "liberation2"


@pytest.mark.parametrize("style", range(4))
def test_one_poor_or_missing_or_broken_style_is_enough_to_refuse(tmp_path, style):
    for kind in ("poor", "missing", 0, 100, 2_000, 50_000):
        folder = tmp_path / str(kind)
        put(folder, "Liberation Serif")
        odd = folder / NAMES["Liberation Serif"][style]
        if kind == "poor":
            shutil.copy(LATIN_ONLY, odd)
        elif kind == "missing":
            odd.unlink()
        else:
            odd.write_bytes(odd.read_bytes()[:kind])
        with pytest.raises(EnvironmentProblem):
            find_paper_font(folder)


def test_no_font_is_one_sentence_that_says_what_to_install(tmp_path, monkeypatch, content):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(EnvironmentProblem) as trouble:
        render(content)
    assert trouble.value.code == "no_font"
    assert trouble.value.exit_code == 3
    for words in ("tiếng Việt", "Times New Roman", "fonts-liberation2"):
        assert words in trouble.value.message
    assert trouble.value.message.count(". ") == 0 and trouble.value.message.endswith(".")


def test_a_font_installed_after_the_complaint_is_found(tmp_path, monkeypatch, content):
    folder = tmp_path / "fonts"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    with pytest.raises(EnvironmentProblem):
        render(content)
    monkeypatch.delenv(FOLDER_VARIABLE)
    put(folder, "Tinos")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    assert find_paper_font().family == "Tinos"


def test_fonts_of_the_user_are_searched_too(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", "/one:/two")
    folders = fonts.system_folders()
    assert folders[1:] == (tmp_path / "fonts", Path("/one/fonts"), Path("/two/fonts"))


def test_windows_fonts_of_the_user_come_before_those_of_the_system(monkeypatch):
    monkeypatch.setattr(fonts.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "C:/Users/x/AppData/Local")
    monkeypatch.setenv("WINDIR", "D:/Windows")
    user, system = fonts.system_folders()
    assert user == Path("C:/Users/x/AppData/Local/Microsoft/Windows/Fonts")
    assert system == Path("D:/Windows/Fonts")


def test_the_same_font_is_found_and_read_once(tmp_path):
    put(tmp_path, "Tinos")
    assert find_paper_font(tmp_path) is find_paper_font(tmp_path)
    assert fonts.register(find_paper_font(tmp_path)) is fonts.register(find_paper_font(tmp_path))
