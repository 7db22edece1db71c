"""What the letters of a dossier say: every fact that may be filled in, copied out of the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db import people
from db.connection import Register
from db.records import DossierRow
from desktop import labels
from desktop.documents.wording import date_words, moment_words
from desktop.office import settings


def values(book: Register, row: DossierRow, form: Mapping[str, Any], *, clerk: str, now: datetime) -> dict[str, Any]:
    """The facts that any form may name; ``form`` is the intake form as it stands, ``clerk`` who draws the paper up."""
    return before_dossier(book, form, row.procedure_name, row.procedure, clerk=clerk, now=now) | {
        "mã hồ sơ": row.official_code or row.code,
        "lúc tiếp nhận": moment_words(row.received_at),
        "ngày tiếp nhận": day(row.received_at),
        "lúc hẹn trả": moment_words(row.due_at),
    }


def before_dossier(
    book: Register, form: Mapping[str, Any], procedure_name: str, procedure: str, *, clerk: str, now: datetime
) -> dict[str, Any]:
    """The same facts while there is no dossier: no code and no moment of reception.

    ``procedure`` is empty where the catalogue has none for the matter that ``procedure_name`` tells.
    """
    person = form["applicant"]
    coded = f" ({procedure})" if procedure else ""
    case = f" – {form['case']}" if form["case"] else ""
    return {
        "mã hồ sơ": "",
        "người nộp": party(form),
        "số định danh": person["id_number"],
        "địa chỉ": person["residence"] or person["address"],
        "điện thoại": labels.grouped_phone(person["phone"]),
        "email": person["email"],
        "nội dung yêu cầu": f"{procedure_name}{coded}{case}",
        "tên thủ tục": _within_sentence(procedure_name),
        "tên cơ quan": settings.unit(book).centre_name,
        "lúc tiếp nhận": "",
        "ngày tiếp nhận": "",
        "lúc hẹn trả": "",
        "ngày lập": day(now),
        "công chức": full_name(book, clerk),
    }


def party(form: Mapping[str, Any]) -> str:
    """Who the dossier is of: the organisation first, and for whom it is handed in."""
    person, principal = form["applicant"], form["principal"] or {}
    name = person["name"]
    if person["organisation"]:
        name = f"{person['organisation']} (người nộp: {name})" if name else person["organisation"]
    behind = principal.get("name") or principal.get("organisation")
    return f"{name} (nộp theo ủy quyền của {behind})" if behind else name


def day(at: datetime) -> str:
    """``23 tháng 11 năm 2026``: a date where the form already says "ngày"."""
    return date_words(at.date()).removeprefix("ngày ")


def full_name(book: Register, short_name: str) -> str:
    """The clerk's name as it is signed."""
    found = people.find(book, short_name)
    return found.full_name if found else short_name


def _within_sentence(procedure_name: str) -> str:
    bare = procedure_name.removeprefix("Thủ tục ")
    # An abbreviation keeps its capitals.
    return f"thủ tục {bare}" if bare[1:2].isupper() else f"thủ tục {bare[:1].lower()}{bare[1:]}"
