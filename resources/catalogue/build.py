"""Builds the shipped catalogue: ``python3 resources/catalogue/build.py SHARED_PROCEDURES.json [OUTPUT.json]``.

Takes facts only (codes, names, limits, papers, fees, figures, decision numbers) out of the collected data, applies what
the law and the notes on those data say, and writes one procedure per line, sorted by code. Same input, same bytes.

Decisions:
- Status: active and unverified are in force, superseded is replaced, repealed is abolished. An unverified code stays
  offered and carries a ``review_note``.
- ``needs_review`` (the clerk types the limit) is set exactly where there is no usable limit: none in the source, "Không
  quy định", a bare figure of the unit "Khác" that no text explains, or texts that contradict each other (``unclear``).
- Limits that the portal shows per submission channel are what they really mean: zones, kinds of building, or channels
  (``labels``). The limit of mountainous communes stands first: it is the one used in nearly all of Lai Châu.
- Where the commune's limit was cut below the law's, both are kept and the cut one counts (``reduced``, ``statutory``).
- Same-day matters received after 15:00 are returned on the next working day where their text says so (NĐ 23/2015
  Điều 7, Luật Hộ tịch Điều 5); ``clock_hours`` run through nights and days off.
- A paper whose condition is one of the cases belongs to that case. With any other condition it stays on every
  checklist, optional, with the condition in its name: only the clerk knows whether it holds.
- "1 original and 1 copy" means original OR copy and stays so, except where the citizen writes the paper: there is no
  copy of an application. What is named a copy counts as a copy. Digits of a cut name that were glued to the number
  of originals ("Mẫu số 1" + 81) go back to the name.
- ``required`` was inferred from words; the same inference is finished here for papers "đối với …" and for papers of
  which one is enough. Remarks listed among the papers are the only rows dropped (``remarks``).
- A fee without a usable amount is typed at the counter. Where two figures stand in one text the text is shown.
- Validity days are given only where known. Provenance is said in words of the publisher and its day.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]

STATUSES = {"active": "in_force", "unverified": "in_force", "superseded": "replaced", "repealed": "abolished"}
CHANNELS = {"Trực tiếp": "direct", "Trực tuyến": "online", "Dịch vụ bưu chính": "post"}

#: What the collected source says → how the entry names its provenance, and the day it speaks of.
SOURCES: tuple[tuple[str, str, str | None], ...] = (
    (
        "Cổng DVCQG 7/2026",
        "Cổng Dịch vụ công quốc gia, bản chụp 20/7/2026; 2873/QĐ-UBND Hà Tĩnh 19/11/2025",
        "2026-07-20",
    ),
    ("bản chụp Cổng DVC quốc gia 20/7/2026", "Cổng Dịch vụ công quốc gia, bản chụp 20/7/2026", "2026-07-20"),
    ("cấu hình Lai Châu H35, 10/2026", "Cổng Dịch vụ công quốc gia, cấu hình Lai Châu tháng 10/2026", "2026-10-01"),
    ("danh mục cấu hình tỉnh Lai Châu", "Danh mục cấu hình của tỉnh Lai Châu (H35), tháng 10/2026", "2026-10-01"),
    ("Cổng DVCQG, 01/2026", "Cổng Dịch vụ công quốc gia, bản ghi chi tiết tháng 01/2026", "2026-01-01"),
    ("2022/QĐ-UBND Cao Bằng", "2022/QĐ-UBND Cao Bằng 27/11/2025", "2025-11-27"),
    ("2637/QĐ-UBND Vĩnh Long", "2873/QĐ-UBND Hà Tĩnh 19/11/2025; 2637/QĐ-UBND Vĩnh Long", "2025-11-19"),
    ("2816/QĐ-UBND Đồng Nai", "2816/QĐ-UBND Đồng Nai 20/11/2025; Nghị quyết 66.7/2025/NQ-CP", "2025-11-20"),
    ("phụ lục Nghị quyết 66.7/2025", "Phụ lục Nghị quyết 66.7/2025/NQ-CP", "2025-11-15"),
    ("3771/QĐ-UBND Nghệ An", "3771/QĐ-UBND Nghệ An 19/11/2025", "2025-11-19"),
    ("3851/QĐ-UBND Nghệ An", "3851/QĐ-UBND Nghệ An 26/11/2025", "2025-11-26"),
    ("1520/QĐ-UBND Bắc Ninh", "1520/QĐ-UBND Bắc Ninh 22/11/2025", "2025-11-22"),
    ("4508/QĐ-BVHTTDL", "4508/QĐ-BVHTTDL 28/11/2025; 1498/QĐ-UBND Ninh Bình", "2025-11-28"),
    ("1868/QĐ-BTP", "1868/QĐ-BTP 10/8/2026; 3582/QĐ-UBND Hải Phòng", "2026-08-10"),
    ("3582/QĐ-UBND", "3582/QĐ-UBND Hải Phòng", None),
    ("quyết định của UBND TP Hải Phòng 2026", "Các quyết định của UBND thành phố Hải Phòng năm 2026", None),
    ("Danh mục mẫu", "Danh mục mẫu của địa phương khác, chưa đối chiếu", None),
    ("Phú Thọ 2022", "Danh mục của tỉnh Phú Thọ năm 2022", None),
    ("memory", "Ghi theo trí nhớ, chưa đối chiếu", None),
)

#: Sentences of the notes that tell how the data came about rather than what to doubt.
STORIES = (
    "Mới 10/2026",
    "Thay ",
    "Cổng ghi tên chữ HOA",
    "Đúng địa bàn",
    "Cổng tách thành",
    "TTHC đặc thù của Lai Châu",
    "Không còn trong danh mục",
    "Cắt bớt",
    "Chỉ giữ thành phần hồ sơ",
    '"Một trong"',
    "Tiếp nhận ở xã, giải quyết ở",
    "NĐ 63/2024",
    "Đồng Nai đề xuất",
    "Hải Phòng dùng mã cũ",
    "Hải Phòng (3626/QĐ-UBND) dùng mã cũ",
)
_TYPOS = (("Điều l ệ", "Điều lệ"), ("đăng ký đăng ký", "đăng ký"), ("Thủ Tục", "Thủ tục"))
_NAMED_COPY = re.compile(r"(Bản sao|Bản chụp|Bản phô ?tô)(?! hoặc)\b|.*\(bản phô tô")
_OWN_WORDS = re.compile(
    r"(Đơn|Tờ khai|Bản khai|Giấy đề nghị|Văn bản đề nghị|Phương án|Hồ sơ|Tờ trình|Đăng ký|Danh sách|Biên bản|Báo cáo"
    r"|Sơ đồ|Dự thảo|Quy chế)\b"
)
_CONDITION_IN_NAME = re.compile(
    r"Đối với |.*\bđối với (phương tiện|tổ chức nước ngoài|bến thủy nội địa có|hạ sĩ quan|những thí sinh"
    r"|chuyển đổi|đào tạo)"
)
_LIST_INTRO = re.compile(r"[,:]?\s*(hồ sơ )?(bao )?(gồm|thì cần có|như sau)?\s*:?$")
_SAME_DAY_AFTER_15 = re.compile(r"[Ss]au 15 giờ|Trong ngày làm việc|[Bb]ổ sung thông tin hộ tịch|1\.004859")


def tidy(text: object) -> str:
    """Text of the source as it is kept: NFC, single spaces, no trailing punctuation, known slips of the pen mended."""
    plain = " ".join(unicodedata.normalize("NFC", str(text or "")).replace("\u00a0", " ").split())
    for wrong, right in _TYPOS:
        plain = plain.replace(wrong, right)
    return plain.rstrip(" :;,.")


def provenance(source: str) -> tuple[str, str | None]:
    """The publisher and its day; KeyError for a source that nobody has put into words yet."""
    for needle, words, day in SOURCES:
        if needle in source:
            return words, day
    raise KeyError(f"no words for the source {source!r}")


def limit_of(part: Row, told: str, clock_hours: bool = False) -> Row | None:
    """A limit from ``value`` and ``unit`` of the source; ``told`` is the text that may speak of 15:00."""
    unit, value = part["unit"], part["value"]
    if unit is None or value is None:
        return None
    limit: Row = {"value": value, "unit": "clock_hours" if clock_hours else unit}
    if unit == "same_day" and _SAME_DAY_AFTER_15.search(told):
        limit["after_cutoff"] = "return_next_day"
    return limit


def cases_of(entry: Row, fix: Row) -> tuple[list[Row], list[str]]:
    """The cases, those of mountainous communes first, and their labels in the order of the source."""
    term = entry["time_limit"]
    variants = term.get("variants") or []
    labels = [tidy(label) for label in fix.get("labels") or [v["label"] for v in variants]]
    told = f"{term.get('note')} {term.get('raw')}"
    cases = [{"label": lb, "limit": limit_of(v, told)} for lb, v in zip(labels, variants, strict=True)]
    return sorted(cases, key=lambda case: "miền núi" not in case["label"]), labels


def words_of_condition(condition: str) -> str:
    """A condition as it is put in brackets behind a paper: ``trường hợp ủy quyền thực hiện thủ tục``."""
    bare = _LIST_INTRO.sub("", re.sub(r"^[A-Z]\.\s*", "", tidy(condition)))
    lower = bare if bare[:2].isupper() else bare[0].lower() + bare[1:]
    spoken = re.match(r"(trường hợp|đối với|trừ |hồ sơ|thông báo|bản sao)", lower)
    return lower if spoken else f"trường hợp {lower}"


def counts(name: str, originals: int, copies: int) -> tuple[str, int, int]:
    """Name, originals and copies as a clerk expects them on the counter."""
    if originals >= 20:
        glued, originals = divmod(originals, 10)
        name += str(glued) if name[-1].isdigit() else ""
    if originals and _NAMED_COPY.match(name):
        return name, 0, max(originals, copies)
    if originals and _OWN_WORDS.match(name):
        return name, originals, 0
    return name, originals, copies


def starts(text: str, prefixes: Iterable[str] | None) -> bool:
    return text.startswith(tuple(prefixes or ()))


def cases_of_paper(condition: str, fix: Row, labels: list[str]) -> list[str]:
    """Labels of the cases that need a paper with this condition; none when the condition is not about the cases."""
    for start, places in (fix.get("paper_cases") or {}).items():
        if condition.startswith(start):
            return [labels[place] for place in places]
    return [label for label in labels if label == condition]


def papers_of(entry: Row, fix: Row, labels: list[str]) -> list[Row]:
    """The papers of one procedure; one that belongs to two cases appears under both, a remark not at all."""
    papers = []
    for raw in entry["documents"]:
        name, condition, required = tidy(raw["name"]), tidy(raw["case"]), bool(raw["required"])
        if starts(name, fix.get("remarks")):
            continue
        if required and (starts(name, fix.get("optional")) or _CONDITION_IN_NAME.match(name)):
            required = False
        kept_name, originals, copies = counts(name, raw["original_copies"], raw["photocopies"])
        if starts(name, fix.get("one_of")):
            kept_name, required = f"{kept_name} – một trong các giấy tờ về đất là đủ", False
        belongs = cases_of_paper(condition, fix, labels)
        if condition and (not belongs or starts(condition, fix.get("conditional"))):
            kept_name = f"{kept_name} ({words_of_condition(condition)})"
            required = required and starts(condition, fix.get("always"))
        for label in belongs or [""]:
            paper: Row = {"name": kept_name, "originals": originals, "copies": copies}
            paper |= {} if required else {"required": False}
            paper |= {"shown_only": True} if raw["present_only"] else {}
            papers.append(paper | ({"case": label} if label else {}))
    return papers


def why_no_limit(entry: Row) -> str:
    """Why the source gives no usable limit, in a few words."""
    term = entry["time_limit"]
    if term.get("note"):
        return term["note"]
    if "Không quy định" in (term.get("raw") or ""):
        return "Cổng ghi “Không quy định”"
    return "Cổng để trống" if term.get("raw") else "nguồn chỉ có tên thủ tục"


def notes_of(entry: Row, fix: Row, no_limit: bool) -> str:
    """Why the entry wants a second look, in sentences; empty when nothing is known against it."""
    notes = [fix.get("unclear") or (f"Chưa có thời hạn dùng được: {why_no_limit(entry)}" if no_limit else "")]
    notes.append(fix.get("note") or "")
    sentences = re.split(r"(?<=\.)\s+(?=\D)", entry["notes"] or "")
    notes += [sentence for sentence in sentences if not sentence.startswith(STORIES)]
    if entry["status"] == "unverified" and not re.search("xác minh|đối chiếu", " ".join(notes)):
        notes.append("Chưa xác minh mã còn dùng ở Lai Châu")
    return " ".join(f"{tidy(note)}." for note in notes if tidy(note))


def fee_of(fee: Row) -> Row:
    """Amount in đồng or null, the text beside it, and the formula's name where the fee depends on pages."""
    named = {"rule": "certified_copy"} if fee.get("rule") else {}
    return {"amount": fee["amount_vnd"], "text": tidy(fee["text"])} | named


def procedure(entry: Row, fix: Row) -> Row:
    """One line of the shipped catalogue: those fields of ``ProcedureVersion`` that differ from their defaults."""
    term = entry["time_limit"]
    cases, labels = cases_of(entry, fix)
    told = f"{term.get('note')} {term.get('raw')}"
    counts, law = (term["reduced"], term.get("statutory") or term) if term.get("reduced") else (term, None)
    limit = None if cases or fix.get("unclear") else limit_of(counts, told, bool(term.get("clock_hours")))
    needs_review = bool(fix.get("unclear")) or not (cases or limit)
    source, source_on = provenance(entry["source"])
    line: Row = {
        "code": entry["code"],
        "name": tidy(entry["name"]),
        "field": tidy(entry["field"]),
        "limit": limit,
        "statutory": limit_of(law, told) if law and limit else None,
        "cases": cases,
        "papers": papers_of(entry, fix, labels),
        "fee": fee_of(entry["fee"]),
        "result": tidy(entry["result"]),
        "legal_basis": entry["legal_basis"],
        "decision": tidy(entry["decision"]),
        "authority": tidy(re.sub(r"\s*\((Cổng ghi|2\.000815)[^)]*\)", "", entry["authority"] or "")),
        "channels": [CHANNELS[channel] for channel in entry["channels"]],
        "needs_review": needs_review,
        "review_note": notes_of(entry, fix, needs_review),
        "status": STATUSES[entry["status"]],
        "valid_to": fix.get("valid_to"),
        "replaced_by": entry["replaced_by"],
        "source": source,
        "source_on": source_on,
        "levels": [level.capitalize() for level in tidy(entry["level"]).split(", ")],
    }
    always = {"code", "name", "field", "limit", "fee"}
    return {k: v for k, v in line.items() if k in always or (v and v != "in_force")}


def build(shared: Path) -> bytes:
    """The shipped file's bytes: a JSON list with one procedure per line."""
    entries = json.loads(shared.read_text(encoding="utf-8"))
    fixes = json.loads((HERE / "corrections.json").read_text(encoding="utf-8"))
    unknown = fixes.keys() - {entry["code"] for entry in entries}
    if unknown:
        raise KeyError(f"corrections for codes that the data do not have: {sorted(unknown)}")
    lines = [procedure(entry, fixes.get(entry["code"], {})) for entry in sorted(entries, key=lambda e: e["code"])]
    text = ",\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return f"[\n{text}\n]\n".encode()


def main(arguments: list[str]) -> None:
    shared = Path(arguments[0])
    output = Path(arguments[1]) if len(arguments) > 1 else HERE / "procedures.json"
    data = build(shared)
    output.write_bytes(data)
    lines = json.loads(data)
    print(f"{len(lines)} codes, {len(data):,} bytes")
    print("status:", dict(Counter(line.get("status", "in_force") for line in lines)))
    print("needs review:", sum(bool(line.get("needs_review")) for line in lines))
    print("with cases:", sum("cases" in line for line in lines))
    print("papers:", sum(len(line.get("papers", ())) for line in lines))
    for field, number in Counter(line["field"] for line in lines).most_common():
        print(f"{number:5} {field}")


if __name__ == "__main__":
    main(sys.argv[1:])
