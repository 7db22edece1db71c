"""Second language, pictograms and sound of procedures: what people brought for the wall, nothing made here.

Texts, images and audio files are told by events; files lie beside the register as attachments do. The latest of a kind
and language holds. What nobody brought is missing and is said to be missing.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from db import events
from db.connection import Register
from db.vocabulary import EventKind
from desktop.changes import Changes
from desktop.errors import EnvironmentProblem, UserError
from desktop.office import attachments, procedures, rights
from desktop.office.history import payload_of
from desktop.rules.text import TextError, clean
from desktop.rules.versions import tidied

_LONGEST_TEXT, _LONGEST_LANGUAGE = 4000, 40
_LARGEST_IMAGE, _MOST_PIXELS = 5_000_000, 4000
_IMAGES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_SOUNDS = (".mp3", ".wav", ".ogg", ".m4a")
_LARGEST_SOUND = 20_000_000


class Kind(StrEnum):
    """What may be brought for a procedure."""

    TEXT = "text"
    PICTURE = "picture"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Illustration:
    """All there is for one procedure: texts and sound files by language, the image as its SHA-256."""

    texts: Mapping[str, str] = field(default_factory=dict)
    sounds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    picture: str = ""


def bring(
    book: Register,
    code: str,
    kind: Kind,
    *,
    language: str = "",
    text: str = "",
    file: Path | None = None,
    clerk: str | None,
    now: datetime,
) -> Changes:
    """Record a text, an image or a sound for a procedure; nothing given takes the earlier one back.

    UserError ``unknown_procedure``, ``missing`` (no language for words or sound), ``bad_image``, ``bad_sound``,
    ``too_long`` and those of ``attachments.kept``.
    """
    version = procedures.catalogue(book).find(code)
    payload = {
        "procedure": version.code,
        "kind": str(kind),
        "language": _written(language, _LONGEST_LANGUAGE),
        "text": tidied(text),
    }
    if len(payload["text"]) > _LONGEST_TEXT:
        raise UserError("too_long", f"Nhiều nhất {_LONGEST_TEXT} chữ.", field="text")
    if kind is not Kind.PICTURE and not payload["language"]:
        raise UserError("missing", "Ghi tên tiếng, ví dụ: Tiếng Thái.", field="language")
    if file is not None:
        _check(file, kind)
    with attachments.kept(book, file, now=now) if file else nullcontext() as kept, book.write():
        actor = rights.acting(book, clerk, EventKind.ILLUSTRATE, procedure=version.code, now=now).short_name
        told = payload | ({"attachment": kept} if kept else {})
        events.append(book, EventKind.ILLUSTRATE, told, at=now, clerk=actor, key=str(uuid4()))
    book.derived.pop("illustrations", None)
    book.derived.pop("walls", None)
    return Changes(postings=True)


def everything(book: Register) -> Mapping[str, Illustration]:
    """What there is, by procedure code."""
    if "illustrations" not in book.derived:
        told: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        for event in events.of_kinds(book, EventKind.ILLUSTRATE):
            payload = payload_of(event)
            told[payload["procedure"], payload["kind"], payload["language"]] = payload
        found: dict[str, dict[str, Any]] = {}
        for (code, kind, language), payload in told.items():
            _add(found.setdefault(code, {"texts": {}, "sounds": {}, "picture": ""}), kind, language, payload)
        book.derived["illustrations"] = {code: Illustration(**parts) for code, parts in found.items()}
    return book.derived["illustrations"]


def picture(book: Register, sha256: str) -> bytes:
    """The image of this hash. Raises EnvironmentProblem ``picture_lost`` when its file is gone or changed."""
    for event in events.of_kinds(book, EventKind.ILLUSTRATE):
        file = payload_of(event).get("attachment")
        if file and file["sha256"] == sha256 and (data := attachments.content(book, file)) is not None:
            return data
    raise EnvironmentProblem("picture_lost", "Tệp hình của một thủ tục đã mất hoặc bị sửa; hãy thêm lại hình đó.")


def _add(parts: dict[str, Any], kind: str, language: str, payload: Mapping[str, Any]) -> None:
    if kind == Kind.TEXT and payload["text"]:
        parts["texts"][language] = payload["text"]
    elif kind == Kind.SOUND and "attachment" in payload:
        parts["sounds"][language] = payload["attachment"]
    elif kind == Kind.PICTURE and "attachment" in payload:
        parts["picture"] = payload["attachment"]["sha256"]


def _check(file: Path, kind: Kind) -> None:
    """Refuse what is too large before it is read, and what is not what its name says."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise UserError("no_file", f"Không đọc được tệp {file}.", file=str(file)) from error
    suffix = file.suffix.lower()
    if kind is Kind.SOUND:
        if suffix not in _SOUNDS or size > _LARGEST_SOUND:
            raise UserError("bad_sound", f"Tệp {file.name} phải là mp3, wav, ogg hoặc m4a, nhiều nhất 20 MB.")
        return
    if kind is not Kind.PICTURE or suffix not in _IMAGES or size > _LARGEST_IMAGE:
        raise UserError("bad_image", f"Tệp {file.name} phải là hình png hoặc jpg, nhiều nhất 5 MB.")
    _check_image(file, _IMAGES[suffix])


def _check_image(file: Path, wanted: str) -> None:
    from PIL import Image  # a picture is brought rarely, the library is large

    try:
        with Image.open(file, formats=(wanted,)) as image:
            if max(image.size) > _MOST_PIXELS:
                raise UserError("bad_image", f"Hình {file.name} lớn hơn {_MOST_PIXELS} điểm mỗi cạnh.")
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("bad_image", f"Tệp {file.name} không phải hình {wanted} đọc được.") from error


def _written(words: str, longest: int) -> str:
    try:
        words = clean(words)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if len(words) > longest:
        raise UserError("too_long", f"Nhiều nhất {longest} chữ.")
    return words
