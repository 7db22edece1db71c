"""What the program is made of: every part with its version and the licence under which it is handed on.

Read from what the installed parts say of themselves, in a checkout as in the built program, which carries the same
records. Called by the verb ``licences`` and by the build; asks no network and needs no register.
"""

import platform
import re
import sqlite3
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata

_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
#: Where a part names its licence in a whole sentence, or only in the file it brings.
_BY_HAND = {"peewee": "MIT", "reportlab": "BSD-3-Clause", "qrcode": "BSD-3-Clause"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part; ``texts`` are its licence files, empty where the licence is only named."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...] = ()


def parts(program: str = "motcua") -> list[Part]:
    """Everything that ``program`` needs on this machine, directly or not, by name; then Python and what is in it."""
    return [
        *(Part(each.name, each.version, _licence(each), tuple(_texts(each))) for each in distributions(program)),
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("SQLite", sqlite3.sqlite_version, "Public Domain"),
        Part("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0"),
    ]


def as_text(shown: Iterable[Part], *, whole: bool = False) -> str:
    """One line for each part; ``whole`` adds the licences themselves."""
    kept = list(shown)
    widths = [max(len(getattr(part, field)) for part in kept) for field in ("name", "version")]
    lines = [f"{part.name:<{widths[0]}}  {part.version:<{widths[1]}}  {part.licence}" for part in kept]
    if whole:
        lines += [
            f"\n{'=' * 100}\n{part.name} {part.version}\n\n{text.strip()}" for part in kept for text in part.texts
        ]
    return "\n".join(lines)


def distributions(program: str = "motcua") -> list[metadata.Distribution]:
    """The records of every package that ``program`` needs on this machine, its own left out, by name."""
    met: set[tuple[str, str]] = set()
    found: dict[str, metadata.Distribution] = {}
    asked = [(program, "")]
    while asked:
        name, extra = asked.pop()
        if (_plain(name), extra) in met:
            continue
        met.add((_plain(name), extra))
        try:
            found[_plain(name)] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # asked for on other systems only
            continue
        asked += _asked(found[_plain(name)], extra)
    return [found[name] for name in sorted(found) if name != _plain(program)]


def _asked(part: metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    """What a part needs when it was asked for with ``extra`` (or none): names, each with the extra wanted of it."""
    for line in part.requires or ():
        only_with = re.search(r"extra == ['\"]([\w.-]+)['\"]", line)
        named = re.match(r"([\w.-]+)(?:\[([\w.,-]+)\])?", line)
        if named and (only_with is None or only_with[1] == extra):
            yield from ((named[1], each) for each in {"", *(named[2] or "").split(",")})


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(part: metadata.Distribution) -> str:
    told = part.metadata
    by_hand = _BY_HAND.get(part.name.lower())
    if by_hand:
        return by_hand
    for field in ("License-Expression", "License"):
        if field in told and 0 < len(told[field]) < 80:
            return told[field]
    classes = [c.split(" :: ")[-1] for c in told.get_all("Classifier") or () if c.startswith("License :: ")]
    return ", ".join(classes)


def _texts(part: metadata.Distribution) -> Iterator[str]:
    for file in part.files or ():
        if ".dist-info" in str(file) and _LICENCE_FILE.search(str(file)):
            text = file.read_text(encoding="utf-8")
            if text:
                yield text
