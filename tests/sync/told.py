"""Bodies of every kind, invented: for the tests of the protocol."""

from desktop.rules import seal
from desktop.rules.statistics import COLUMNS
from desktop.sync import protocol
from desktop.sync.protocol import Document, Kind

#: Private keys of a commune and of a hub.
COMMUNE, HUB = bytes(range(32)), bytes(range(32, 64))
CODE = "7F3K-92QD-HM4X-P8TW"
_AT = "2026-11-12T17:04:00+07:00"
_HUB = {"code": "LC", "name": "Trung tâm điều hành tỉnh Lai Châu"}


def day_report(day: str = "2026-11-12", revision: int = 1, **changed: object) -> dict:
    """The body of a day's report with two procedures."""
    return {
        "unit": {"code": "MT", "name": "xã Mường Than", "parent": "H35", "agency": ""},
        "practice": True,
        "from": day,
        "to": day,
        "columns": ["field", "procedure", *COLUMNS],
        "rows": [
            ["Chứng thực", "2.000815", 7, 2, 5, 0, 7, 3, 4, 0, 0, 0, 0],
            ["Hộ tịch", "1.001193", 9, 1, 4, 4, 5, 2, 2, 1, 4, 3, 1],
        ],
        "total": [16, 3, 9, 4, 12, 5, 6, 1, 4, 3, 1],
        "on_time": {"numerator": 11, "denominator": 12, "percent": "91.66"},
        "holds": True,
        "broken": [],
        "program": "motcua 0.1.0",
        "revision": revision,
        "code": "7F3K-92QD",
        "closed_at": f"{day}T17:04:00+07:00",
        "late": False,
        "reason_given": revision > 1,
        "before": "7F3K-92QC" if revision > 1 else "",
        "unanswered": 0,
        "list_sha256": "ab" * 32,
        "chain": {"seq": 210, "hash": "cd" * 32},
        "hash": "ef" * 32,
        "previous": {"day": "2026-11-11", "revision": 1, "hash": "01" * 32},
    } | changed


def proved(body: dict) -> dict:
    return body | {"proof": protocol.prove(protocol.derived_key(CODE), body)}


def enrolment() -> dict:
    key = seal.public_of(COMMUNE).hex()
    return proved({"unit": "MT", "name": "xã Mường Than", "practice": True, "at": _AT, "public_key": key})


def enrolled() -> dict:
    key = seal.public_of(HUB).hex()
    return proved({"unit": "MT", "name": "xã Mường Than", "hub": _HUB, "hub_key": key, "practice": True, "at": _AT})


def acknowledgement() -> dict:
    """An answer with an item of every verdict."""
    standing = {"revision": 2, "code": "7F3K-92QD", "sha256": "12" * 32, "total": [0] * 11}
    items = [
        {
            "day": f"2026-11-{10 + number}",
            "revision": 1,
            "sha256": "34" * 32,
            "verdict": verdict,
            "reason": "Dòng tổng không bằng tổng các thủ tục." if verdict == "rejected" else "",
            "standing": standing if verdict in ("superseded", "forked") else None,
        }
        for number, verdict in enumerate(protocol.Verdict)
    ]
    return {
        "unit": "MT",
        "hub": _HUB,
        "practice": True,
        "at": _AT,
        "answers": "56" * 32,
        "items": items,
        "missing": ["2026-11-02", "2026-11-03"],
        "held": {"count": 1, "digest": "78" * 8},
        "holdings": [["2026-11-12", 1, "34" * 32]],
    }


def documents() -> dict[str, Document]:
    """One document of each kind, signed by whoever makes such documents."""
    made = {
        Kind.DAY_REPORT: (day_report(), COMMUNE),
        Kind.ENROLMENT: (enrolment(), COMMUNE),
        Kind.HOLDINGS_WANTED: ({"unit": "MT", "practice": True, "at": _AT}, COMMUNE),
        Kind.ACKNOWLEDGEMENT: (acknowledgement(), HUB),
        Kind.ENROLLED: (enrolled(), HUB),
        Kind.REFUSAL: (
            {
                "hub": _HUB,
                "practice": True,
                "at": _AT,
                "answers": "56" * 32,
                "code": "unknown_unit",
                "message": "Đầu mối chưa có đơn vị “MT”.",
            },
            HUB,
        ),
    }
    return {kind: protocol.sign(kind, body, private) for kind, (body, private) in made.items()}
