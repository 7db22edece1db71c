"""The hub's own key: the private half in a file that only its user reads, the public half in its database.

Communes pin the public half when they enrol, so a lost key is never replaced in silence.
"""

from db import folder, hub_people
from db.hub import Hub
from desktop.errors import EnvironmentProblem

KEY_FILE = "hub.key"
_PUBLIC = "public_key"


def ensure(hub: Hub) -> bytes:
    """The private key of a hub that is being founded, made unless an interrupted beginning left one."""
    from desktop.rules import seal

    path = hub.home / KEY_FILE
    if not path.exists():
        folder.keep_secret(path, seal.new_key())
    return path.read_bytes()


def publish(hub: Hub, private: bytes) -> None:
    """Put the public half into the database; inside ``Hub.write``."""
    from desktop.rules import seal

    hub_people.set_setting(hub, _PUBLIC, seal.public_of(private).hex())


def private_key(hub: Hub) -> bytes:
    """This hub's private key; EnvironmentProblem ``no_hub_key`` when it is gone or another hub's."""
    if "private_key" not in hub.derived:
        hub.derived["private_key"] = _read(hub)
    return hub.derived["private_key"]


def public_key(hub: Hub) -> str:
    """The key that communes know this hub by, hexadecimal."""
    return str(hub_people.setting(hub, _PUBLIC))


def _read(hub: Hub) -> bytes:
    from desktop.rules import seal

    path = hub.home / KEY_FILE
    try:
        key = path.read_bytes()
        if seal.public_of(key).hex() == public_key(hub):
            return key
    except (OSError, ValueError):
        pass
    raise EnvironmentProblem(
        "no_hub_key",
        f"Không đọc được khóa của đầu mối ({KEY_FILE}), hoặc tệp là khóa của đầu mối khác. Hãy chép lại từ bản sao "
        "lưu; các xã chỉ tin xác nhận ký bằng khóa ấy.",
        file=str(path),
    )
