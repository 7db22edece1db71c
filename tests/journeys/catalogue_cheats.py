"""Ways to make the catalogue say something that no decision said, and what each comes to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from db.records import Limit
from db.vocabulary import LimitUnit
from desktop.office import counter, decisions, procedures
from desktop.rules.change_sets import Decision
from tests.journeys.desk import FORM, LATE, NOW, Desk

CODE = "1.004873"
_DECISION = Decision("2934/QĐ-UBND", date(2026, 11, 20), date(2026, 11, 25))


def _decide(desk, number="2934/QĐ-UBND", code=CODE, days=2):
    limit = Limit(Decimal(days), LimitUnit.WORKING_DAYS)
    version = replace(procedures.get(desk.book, code, on=NOW.date()), limit=limit, cases=())
    return decisions.edit(desk.book, version, replace(_DECISION, number=number), clerk="truc", now=NOW).seq


def _shorter_version(desk):
    """A dossier of today said to have been received under what is in force since a later decision only."""
    counter.register(desk.book, replace(FORM, key="under the old version"), clerk="truc", now=NOW)
    version = _decide(desk, code=FORM.procedure, days=30)
    (row,) = desk.book.database.execute_sql("SELECT id FROM procedure_version WHERE decision = ?", (version,))
    desk.sql(
        f"UPDATE event SET payload = json_set(payload, '$.version_id', {row[0]}) WHERE dossier = '{LATE}'"
        " AND kind = 'register'",
        f"UPDATE dossier SET version_id = {row[0]} WHERE code = '{LATE}'",
        rehash=True,
    )


#: What verify-chain finds afterwards, and a word of what it says.
FOUND: dict[str, tuple[Callable[[Desk], object], str]] = {
    "lengthen a limit that a decision set": (
        lambda d: [
            _decide(d),
            d.sql("UPDATE procedure_version SET content = replace(content, '\"value\":2,', '\"value\":20,')"),
        ],
        "quyết định 2934/QĐ-UBND",
    ),
    "let a decision begin on another day": (
        lambda d: [
            _decide(d),
            d.sql("UPDATE procedure_version SET valid_from = '2027-01-01' WHERE decision IS NOT NULL"),
        ],
        "quyết định 2934/QĐ-UBND",
    ),
    "slip a version in that no decision made": (
        lambda d: d.sql(
            "INSERT INTO procedure_version (code, valid_from, content)"
            f" SELECT code, '2026-11-25', content FROM procedure_version WHERE code = '{CODE}'"
        ),
        "danh mục",
    ),
    "slip a version into a decision": (
        lambda d: [
            _decide(d),
            d.sql(
                "INSERT INTO procedure_version (code, valid_from, content, decision)"
                " SELECT code, valid_from, content, decision FROM procedure_version WHERE decision IS NOT NULL"
            ),
        ],
        "quyết định 2934/QĐ-UBND",
    ),
    "bring a decision back that was taken back": (
        lambda d: [
            decisions.undo(d.book, _decide(d), "nhầm", clerk="truc", now=NOW),
            d.sql("UPDATE decision SET undone_by = NULL"),
        ],
        "bảng quyết định",
    ),
    "silence a decision without an event": (
        lambda d: [_decide(d), d.sql("UPDATE decision SET undone_by = (SELECT max(seq) FROM event)")],
        "bảng quyết định",
    ),
    "say that a dossier was received under a later version, hashes recomputed": (
        _shorter_version,
        "không theo bản đang áp dụng",
    ),
    "take a decision back that a later one builds on, hashes right": (
        lambda d: _taken_back_out_of_turn(d),
        "quyết định sau còn dựa vào",
    ),
}


def _taken_back_out_of_turn(desk):
    first = _decide(desk)
    second = _decide(desk, "3001/QĐ-UBND", days=1)
    seq = decisions.undo(desk.book, second, "nhầm", clerk="truc", now=NOW).seq
    desk.sql(
        f"UPDATE event SET payload = replace(payload, ':{second}}}', ':{first}}}') WHERE seq = {seq}",
        "UPDATE decision SET undone_by = NULL",
        f"UPDATE decision SET undone_by = {seq} WHERE seq = {first}",
        rehash=True,
    )
