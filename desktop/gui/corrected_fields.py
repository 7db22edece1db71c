"""What may be corrected on a dossier and how each field is shown: captions, old values as a clerk reads them.

Used where a correction is typed and where it is told. What is right is the office's to say.
"""

from collections.abc import Mapping
from typing import Any

from db.vocabulary import ResultBy
from desktop import labels
from desktop.rules.citizen_id import mask

_PERSON = {
    "name": "Họ và tên",
    "id_number": "Số định danh",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "address": "Địa chỉ trên thẻ",
    "residence": "Nơi ở hiện nay",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "organisation": "Tên tổ chức",
}
_PRINCIPAL = {
    "name": "Người ủy quyền",
    "id_number": "Số định danh người ủy quyền",
    "address": "Địa chỉ người ủy quyền",
    "phone": "Điện thoại người ủy quyền",
    "authority_paper": "Giấy ủy quyền",
}
#: Path in the form → caption, in the order of the intake page.
CAPTIONS = {
    **{f"applicant.{name}": caption for name, caption in _PERSON.items()},
    **{f"principal.{name}": caption for name, caption in _PRINCIPAL.items()},
    "sets": "Số bộ hồ sơ",
    "result_by": "Nơi nhận kết quả",
    "note": "Ghi chú",
}


def paths(form: Mapping[str, Any]) -> tuple[str, ...]:
    """What this form has that may be corrected."""
    return tuple(path for path in CAPTIONS if form["principal"] or not path.startswith("principal."))


def shown(form: Mapping[str, Any], path: str) -> str:
    """The value as a clerk reads and types it: dates by day, ways of return in words."""
    part, _, name = path.rpartition(".")
    value = (form[part] or {}).get(name, "") if part else form[name]
    if name == "birth_date":
        return "/".join(reversed(str(value).split("-")))
    return labels.RESULT_BY_WORDS[ResultBy(value)] if path == "result_by" else str(value)


def told(form: Mapping[str, Any], path: str) -> str:
    """The value as it stands among what happened: an identity number masked, as everywhere that nobody types it."""
    value = shown(form, path)
    return mask(value) if path.endswith(".id_number") else value


def typed(path: str, text: str) -> str:
    """The value to record for what was typed."""
    if path == "result_by":
        return next((str(way) for way, words in labels.RESULT_BY_WORDS.items() if words == text), text)
    return text


def choices(path: str) -> tuple[str, ...]:
    """The only values a field may have, if they are few."""
    if path == "result_by":
        return tuple(labels.RESULT_BY_WORDS.values())
    return ("Nam", "Nữ", "") if path == "applicant.gender" else ()
