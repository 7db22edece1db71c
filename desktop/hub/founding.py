"""Beginning and opening a hub: who it is, where its rows are, and that nobody else's data are taken for its own.

Called by the verbs and by whatever serves. A practice hub is one for ever; the address of a PostgreSQL database may be
kept beside the key, readable by its user only.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from db import folder, hub_people
from db import hub as store
from db.errors import RegisterProblem
from db.hub import Hub
from desktop.errors import UserError
from desktop.hub import keys
from desktop.rules.text import TextError, clean

SETTINGS_FILE = "hub.json"
DEFAULT_CODE, DEFAULT_NAME = "DAU-MOI", "Đầu mối tiếp nhận báo cáo"
UNIT_CODE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,22}[A-Za-z0-9])?")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a hub is, as its answers say."""

    code: str
    name: str
    practice: bool


def init(
    home: Path,
    *,
    now: datetime,
    code: str = DEFAULT_CODE,
    name: str = DEFAULT_NAME,
    practice: bool = False,
    database_url: str | None = None,
    keep_url: bool = True,
) -> Hub:
    """Begin a hub in a folder and give it open. With ``keep_url`` its ``database_url`` is kept there for later.

    UserError ``hub_exists``, ``bad_code``, ``bad_name``; RegisterProblem as ``open_hub``.
    """
    identity = Identity(checked_code(code), cleaned_name(name), practice)
    folder.make(home)
    hub = store.open_hub(home, database_url)
    try:
        if hub_people.setting(hub, "identity") is not None:
            raise UserError("hub_exists", "Ở đây đã có đầu mối. Hãy chọn thư mục hoặc cơ sở dữ liệu khác.")
        if database_url and keep_url:
            told = json.dumps({"database": database_url}, ensure_ascii=False, indent=1)
            folder.keep_secret(home / SETTINGS_FILE, told.encode())
        private = keys.ensure(hub)
        with hub.write():
            keys.publish(hub, private)
            hub_people.set_setting(hub, "identity", asdict(identity))
            hub_people.record(hub, "init", asdict(identity), who="", at=now.isoformat(timespec="seconds"))
    except BaseException:
        hub.close()
        raise
    return hub


def open_founded(home: Path, database_url: str | None = None) -> Hub:
    """The hub of a folder; UserError ``no_hub``, EnvironmentProblem ``no_hub_key``, RegisterProblem as ``open_hub``."""
    url = database_url or kept_url(home)
    if not url and not store.exists(home):
        raise _no_hub(home)
    hub = store.open_hub(home, url)
    try:
        if hub_people.setting(hub, "identity") is None:
            raise _no_hub(home)
        keys.private_key(hub)
    except BaseException:
        hub.close()
        raise
    return hub


def is_founded(home: Path, database_url: str | None = None) -> bool:
    """Whether a hub lives here; RegisterProblem as ``open_hub`` when its database cannot be asked."""
    url = database_url or kept_url(home)
    if not url and not store.exists(home):
        return False
    with store.open_hub(home, url) as hub:
        return hub_people.setting(hub, "identity") is not None


def kept_url(home: Path) -> str | None:
    """The address of the database that was told when the hub began; RegisterProblem ``bad_settings``."""
    path = home / SETTINGS_FILE
    try:
        return json.loads(path.read_text("utf-8"))["database"] if path.exists() else None
    except (ValueError, KeyError, TypeError) as error:
        raise RegisterProblem("bad_settings", f"Không đọc được {SETTINGS_FILE} của đầu mối.", file=str(path)) from error


def identity(hub: Hub) -> Identity:
    """Who this hub is."""
    if "identity" not in hub.derived:
        hub.derived["identity"] = Identity(**hub_people.setting(hub, "identity"))
    return hub.derived["identity"]


def checked_code(code: str) -> str:
    """A code of a unit or hub as documents may name it; UserError ``bad_code``."""
    if not UNIT_CODE.fullmatch(code):
        raise UserError("bad_code", f"Mã “{code}” không dùng được: 1–24 chữ không dấu, số, dấu chấm hoặc gạch ngang.")
    return code


def cleaned_name(name: str) -> str:
    """A name as it is stored; UserError ``bad_name``."""
    try:
        tidied = clean(name)
    except TextError as error:
        raise UserError(error.code, error.message) from error
    if not tidied or len(tidied) > _LONGEST_NAME:
        raise UserError("bad_name", f"Tên phải có từ 1 đến {_LONGEST_NAME} chữ.")
    return tidied


def _no_hub(home: Path) -> UserError:
    return UserError("no_hub", "Chưa có đầu mối ở thư mục này. Hãy lập bằng lệnh hub init.", folder=str(home))
