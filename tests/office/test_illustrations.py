"""Second language, pictograms and sound: what people brought is kept and shown, what is no image is refused."""

import os

import pytest
from PIL import Image

from desktop.errors import EnvironmentProblem
from desktop.office import checking, illustrations, posting_checks, posting_facts, posting_prints, postings
from desktop.office.illustrations import Kind
from desktop.office.posting_facts import PostingFacts
from desktop.office.posting_sheets import wall
from desktop.office.postings import Place
from tests.office.deciding import CODE, refused


@pytest.fixture
def bring(commune, monday):
    def brought(kind, code=CODE, **told):
        return illustrations.bring(commune, code, kind, clerk="truc", now=monday, **told)

    return brought


@pytest.fixture
def image(tmp_path):
    def made(name="h.png", size=(40, 40)):
        Image.new("L", size, 128).save(tmp_path / name, "PNG")
        return tmp_path / name

    return made


def test_what_was_brought_stands_on_the_sheet_and_makes_the_posted_one_old(commune, bring, image, monday):
    posting_facts.change(commune, PostingFacts(language="Tiếng Thái"), clerk="truc", now=monday)
    postings.post(commune, [Place(CODE), Place("1.001193")], clerk="truc", now=monday)
    assert bring(Kind.TEXT, language="Tiếng Thái", text="dòng một\ndòng hai").postings
    (task,) = posting_checks.stale(commune, monday.date()).of(posting_checks.Do.REPLACE)
    assert (task.name, task.fields) == (CODE, ("tiếng thái",))
    bring(Kind.PICTURE, file=image())
    sheet = wall(commune, monday.date()).sheet(CODE)
    assert [para.rest for para in sheet.rows[-1].cells[1]][:2] == ["dòng một", "dòng hai"]
    assert sheet.picture and illustrations.picture(commune, sheet.picture) == image().read_bytes()
    assert posting_prints.sheets_pdf(commune, [CODE], now=monday).pages
    assert checking.verify_chain(commune).holds


def test_the_latest_of_a_kind_and_language_holds_and_nothing_takes_it_back(commune, bring, image):
    bring(Kind.TEXT, language="Tiếng Thái", text="một")
    bring(Kind.TEXT, language="Tiếng Mông", text="ib")
    bring(Kind.TEXT, language="Tiếng Thái", text="hai")
    bring(Kind.PICTURE, file=image())
    assert illustrations.everything(commune)[CODE].texts == {"Tiếng Thái": "hai", "Tiếng Mông": "ib"}
    bring(Kind.TEXT, language="Tiếng Thái")
    bring(Kind.PICTURE)
    own = illustrations.everything(commune)[CODE]
    assert (own.texts, own.picture) == ({"Tiếng Mông": "ib"}, "")


def test_sound_is_kept_beside_the_register(commune, bring, tmp_path):
    (tmp_path / "nghe.mp3").write_bytes(b"ID3 sound")
    bring(Kind.SOUND, language="Tiếng Thái", file=tmp_path / "nghe.mp3")
    file = illustrations.everything(commune)[CODE].sounds["Tiếng Thái"]
    assert (commune.home / file["path"]).read_bytes() == b"ID3 sound"


def test_an_image_of_200_mb_is_refused_in_one_sentence_and_never_read(commune, bring, tmp_path):
    large = tmp_path / "anh.png"
    with large.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        os.truncate(file.fileno(), 200_000_000)
    told = refused(lambda: bring(Kind.PICTURE, file=large))
    assert (told.code, told.message) == ("bad_image", "Tệp anh.png phải là hình png hoặc jpg, nhiều nhất 5 MB.")
    assert not illustrations.everything(commune) and not list(commune.documents.rglob("*anh*"))


@pytest.mark.parametrize(
    ("kind", "told", "code"),
    [
        (Kind.PICTURE, {"file": "h.png", "data": b"not an image"}, "bad_image"),
        (Kind.PICTURE, {"file": "h.gif", "data": b"GIF89a"}, "bad_image"),
        (Kind.PICTURE, {"file": "h.png", "data": b""}, "bad_image"),
        (Kind.PICTURE, {"file": "none.png"}, "no_file"),
        (Kind.SOUND, {"file": "nghe.exe", "data": b"MZ", "language": "Tiếng Thái"}, "bad_sound"),
        (Kind.SOUND, {"file": "nghe.mp3", "data": b"", "language": "Tiếng Thái"}, "bad_file"),
        (Kind.TEXT, {"file": "h.png", "data": b"x", "language": "Tiếng Thái"}, "bad_image"),
        (Kind.TEXT, {"text": "chữ"}, "missing"),
        (Kind.TEXT, {"text": "chữ" * 2000, "language": "Tiếng Thái"}, "too_long"),
        (Kind.TEXT, {"text": "chữ", "language": "x" * 41}, "too_long"),
        (Kind.TEXT, {"text": "chữ", "language": "x", "code": "9.999999"}, "unknown_procedure"),
    ],
)
def test_what_is_not_what_it_should_be_is_refused_and_nothing_is_kept(commune, bring, tmp_path, kind, told, code):
    given = dict(told)
    if "file" in given:
        given["file"] = tmp_path / given["file"]
        if "data" in given:
            given["file"].write_bytes(given.pop("data"))
    assert refused(lambda: bring(kind, **given)).code == code
    assert not illustrations.everything(commune)


def test_an_image_with_more_points_than_a_wall_needs_is_refused(bring, image):
    assert refused(lambda: bring(Kind.PICTURE, file=image(size=(4001, 2)))).code == "bad_image"


def test_an_image_that_was_lost_is_found_and_stops_the_print_in_one_sentence(commune, bring, image, monday):
    bring(Kind.PICTURE, file=image())
    (kept,) = commune.documents.rglob("*h.png")
    kept.write_bytes(b"changed")
    assert checking.verify_chain(commune).faults == (f"thủ tục {CODE}: tệp kèm theo bị mất hoặc bị sửa",)
    with pytest.raises(EnvironmentProblem) as trouble:
        posting_prints.sheets_pdf(commune, [CODE], now=monday)
    assert trouble.value.code == "picture_lost"
