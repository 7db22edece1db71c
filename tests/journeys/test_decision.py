"""A decision arrives as a spreadsheet of the province, is looked at, applied, lived under and taken back."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from desktop.errors import UserError
from desktop.office import checking, counter, decisions, lookup, procedures, published_files
from desktop.rules.change_sets import Decision

HEADING = (
    "STT",
    "Mã TTHC",
    "Tên thủ tục hành chính",
    "Thời hạn giải quyết",
    "Địa điểm",
    "Phí, lệ phí",
    "Căn cứ pháp lý",
)
DECISION = Decision("3050/QĐ-UBND", date(2026, 11, 20), date(2026, 12, 1), "Công bố danh mục lĩnh vực Hộ tịch")
PLACE = "Trung tâm Phục vụ hành chính công cấp xã"
AMENDED, ABOLISHED, NEW = "1.004873", "1.004845", "1.120001"


@pytest.fixture
def decided(tmp_path):
    """The list as the province sends it: three parts, a field row between, codes with suffixes."""
    path = tmp_path / "Danh mục kèm theo QĐ 3050.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH",),
        HEADING,
        ("A. Thủ tục hành chính mới ban hành",),
        ("I. Lĩnh vực Hộ tịch",),
        (1, f"{NEW}.H35", "Đăng ký giám hộ theo quy định mới", "02 ngày làm việc", PLACE, "Không", "Luật Hộ tịch"),
        ("B. Thủ tục hành chính được sửa đổi, bổ sung",),
        (1, f" {AMENDED} ", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "02 ngày làm việc", PLACE, None, None),
        ("C. Thủ tục hành chính bị bãi bỏ",),
        (1, ABOLISHED, "Thủ tục đăng ký chấm dứt giám hộ", None, None, None, None),
    ):
        sheet.append(row)
    book.save(path)
    return path


def test_from_the_file_to_the_counter_and_back(commune, decided, monday, correction_form):
    form = replace(correction_form, procedure=AMENDED, case=None)
    reading = published_files.read(decided)
    found = decisions.prepare(commune, reading, DECISION, now=monday)
    assert [[change.version.code for change in kind] for kind in (found.new, found.amended, found.abolished)] == [
        [NEW],
        [AMENDED],
        [ABOLISHED],
    ]
    assert (found.rejected, found.to_decide) == ((), ())
    assert decisions.history(commune) == ()
    done = decisions.accept(commune, found, attachment=decided, clerk="truc", now=monday)

    eve, day = (monday.replace(month=month, day=day) for month, day in ((11, 30), (12, 1)))
    old = counter.register(commune, form, clerk="truc", now=eve)
    new = counter.register(commune, replace(form, key="2"), clerk="truc", now=day)
    assert (old.due_at.date(), new.due_at.date()) == (date(2026, 12, 3), date(2026, 12, 3))
    assert procedures.get(commune, NEW, on=day.date()).field == "Hộ tịch"
    with pytest.raises(UserError, match="đã bị bãi bỏ"):
        procedures.get(commune, ABOLISHED, on=day.date())

    with pytest.raises(UserError) as again:
        decisions.accept(commune, decisions.prepare(commune, reading, DECISION, now=day), clerk="truc", now=day)
    assert again.value.code in ("decision_repeated", "nothing_to_change")

    decisions.undo(commune, done.seq, "nhập nhầm ngày hiệu lực", clerk="truc", now=day)
    assert procedures.get(commune, ABOLISHED, on=day.date()).code == ABOLISHED
    kept = [lookup.dossier(commune, each.code).events[0].payload["version_id"] for each in (old, new)]
    assert [str(procedures.version(commune, version).limit.value) for version in kept] == ["3", "2"]
    assert checking.verify_chain(commune).faults == ()


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (replace(DECISION, effective_on=date(2026, 11, 19)), "effective_before_decided"),
        (replace(DECISION, number=" "), "missing"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_before_anything_is_written(commune, decided, monday, decision, code):
    with pytest.raises(UserError) as refused:
        found = decisions.prepare(commune, published_files.read(decided), decision, now=monday)
        decisions.accept(commune, found, clerk="truc", now=monday)
    assert refused.value.code == code
    assert decisions.history(commune) == ()
