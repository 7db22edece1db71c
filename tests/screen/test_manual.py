"""The manual's command on one topic, read back; and that each page of the program has its picture in the whole one."""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from desktop.office import help_texts
from resources.pictures import manual_scenes
from resources.pictures.scene_sets import ALL
from tests.architecture.source import CHECKOUT

TOPICS = {topic.key: topic for topic in help_texts.topics()}
#: A page that needs a hub that answers, and one that is shown part by part.
WITHOUT_PICTURE = {"settings"}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The manual with nothing but the help of the intake page."""
    folder = tmp_path_factory.mktemp("manual")
    command = [sys.executable, str(CHECKOUT / "resources/pictures/manual.py"), "--out", str(folder), "--topic=intake"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return folder / "huong-dan.pdf"


@pytest.fixture(scope="module")
def pages(written) -> list[str]:
    with pypdfium2.PdfDocument(written) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_it_says_all_that_the_help_says_and_the_keys_of_the_page(pages):
    said = " ".join(pages)
    topic = TOPICS["intake"]
    for text in topic.texts():
        assert help_texts.plain(text) in said
    for step in help_texts.exercise()["manual"]:
        assert help_texts.plain(help_texts.exercise()["steps"][step]) in said
    assert "Alt+U Từ chối" in said
    assert "3.1" not in said and "2.1 Tiếp nhận (F3)" in said


def test_the_contents_name_the_pages_where_the_headings_are(pages):
    listed = re.findall(r"(\d+\.\d* [^.]+?)(?: \.)+ (\d+)", pages[1])
    assert len(listed) == 3
    for heading, number in listed:
        assert heading in pages[int(number) - 1]
        assert f"Trang {number} " in pages[int(number) - 1]


def test_its_pictures_are_the_program_s(written):
    with pypdfium2.PdfDocument(written) as document:
        kinds = [drawn.type for page in document for drawn in page.get_objects(max_depth=4)]
        outline = [entry.get_title() for entry in document.get_toc()]
    wanted = manual_scenes.wanted([TOPICS["intake"]])
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == len(wanted) == 6
    assert outline == ["1. Bài tập: giấy hẹn đầu tiên", "2. Hằng ngày ở quầy", "2.1 Tiếp nhận (F3)"]


def test_a_topic_that_is_none_is_refused(tmp_path):
    command = [sys.executable, str(CHECKOUT / "resources/pictures/manual.py"), "--out", str(tmp_path), "--topic=none"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode != 0 and "none" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_every_page_has_its_picture_and_every_picture_is_a_scene():
    names = {scene.name for scene in ALL}
    assert set(manual_scenes.wanted(list(TOPICS.values()))) <= names
    assert {key for key, topic in TOPICS.items() if not manual_scenes.of_topic(topic)} <= WITHOUT_PICTURE


def test_every_part_of_the_settings_has_its_picture():
    topic = TOPICS["settings"]
    assert [part.title for part in topic.parts if not manual_scenes.of_part(topic, part)] == []
