"""A list against the catalogue: exactly what differs, nothing lost in silence, and no list that contradicts itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Fee, FeeRule, Limit, ProcedureCase, ProcedureVersion
from db.vocabulary import AfterCutoff, Channel, LimitUnit, ProcedureStatus
from desktop.rules import change_sets
from desktop.rules.change_sets import Decision, FieldChange
from desktop.rules.list_entries import Entry, Kind, ListError, Reading, Rejected

DAY = date(2026, 12, 1)
DECISION = Decision("2934/QĐ-UBND", date(2026, 11, 20), DAY)
W = LimitUnit.WORKING_DAYS


def days(value, unit=W):
    return Limit(Decimal(value), unit)


BIRTH = ProcedureVersion(
    "1.001193",
    "Thủ tục đăng ký khai sinh",
    "Hộ tịch",
    Limit(Decimal(0), LimitUnit.SAME_DAY, AfterCutoff.RETURN_NEXT_DAY),
    fee=Fee(0, "Không thu"),
    legal_basis=("60/2014/QH13", "123/2015/NĐ-CP"),
    authority="UBND cấp xã",
    channels=(Channel.DIRECT, Channel.ONLINE),
    decision="163/QĐ-BTP",
    valid_from=date(2025, 7, 1),
    version_id=7,
)
DEATH = replace(BIRTH, code="1.000656", name="Thủ tục đăng ký khai tử", limit=days(3))
GONE = replace(BIRTH, code="2.001009", name="Khai nhận di sản", status=ProcedureStatus.ABOLISHED)
CATALOGUE = {version.code: version for version in (BIRTH, DEATH, GONE)}


def entry(old=DEATH, row=5, **told):
    return Entry(**{"row": row, "code": old.code, "name": old.name} | told)


def compare(*entries, current=CATALOGUE, decision=DECISION, rejected=()):
    return change_sets.compare(Reading(entries, rejected), current, decision)


def amended(**told):
    (change,) = compare(entry(**told)).amended
    return change


def test_the_same_in_other_words_is_unchanged():
    found = compare(
        entry(
            BIRTH,
            name="ĐĂNG KÝ KHAI SINH.",
            field="hộ  tịch",
            authority="Uỷ ban nhân dân cấp xã",
            limit_text="Trong ngày làm việc",
            fee_text="Miễn phí",
            legal_basis=("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015", "Luật Hộ tịch số 60/2014/QH13"),
            channels=(Channel.ONLINE, Channel.DIRECT),
        ),
        entry(limit_text="Không quá 03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ", kind=Kind.AMENDED),
        entry(GONE, kind=Kind.ABOLISHED),
    )
    assert found.unchanged == ("1.001193", "1.000656", "2.001009")
    assert not found.changes and not found.to_decide and not found.rejected


def test_a_list_that_says_nothing_of_a_field_changes_nothing_of_it():
    assert compare(entry(), entry(BIRTH, limit_text=" - ", fee_text="–")).unchanged == ("1.000656", "1.001193")


def test_every_field_that_differs_is_told_old_and_new():
    change = amended(
        name="Đăng ký khai tử",
        field="Tư pháp",
        limit_text="05 ngày làm việc",
        fee_text="8.000 đồng/bản; miễn: hộ nghèo",
        legal_basis=("Luật Hộ tịch số 60/2014/QH13", "18/2026/NĐ-CP"),
        place="Trung tâm Phục vụ hành chính công",
        channels=(Channel.DIRECT,),
    )
    assert change.fields == (
        FieldChange("field", "Hộ tịch", "Tư pháp"),
        FieldChange("limit", "03 ngày làm việc", "05 ngày làm việc"),
        FieldChange("fee", "Không thu", "8.000 đồng/bản; miễn: hộ nghèo; hộ nghèo: 0 đồng"),
        FieldChange("legal_basis", "60/2014/QH13\n123/2015/NĐ-CP", "Luật Hộ tịch số 60/2014/QH13\n18/2026/NĐ-CP"),
        FieldChange("channels", "trực tiếp, trực tuyến", "trực tiếp"),
        FieldChange("place", "chưa có", "Trung tâm Phục vụ hành chính công"),
    )
    assert change.version == replace(
        DEATH,
        field="Tư pháp",
        limit=days(5),
        limit_text="05 ngày làm việc",
        fee=Fee(8_000, "8.000 đồng/bản; miễn: hộ nghèo"),
        fees=(FeeRule(0, "Miễn", exemption="hộ nghèo"),),
        legal_basis=("Luật Hộ tịch số 60/2014/QH13", "18/2026/NĐ-CP"),
        place="Trung tâm Phục vụ hành chính công",
        channels=(Channel.DIRECT,),
        valid_from=DAY,
        decision="2934/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        source="2934/QĐ-UBND",
        source_on=date(2026, 11, 20),
        version_id=0,
    )


def test_the_commune_s_limit_and_the_law_s_are_both_kept():
    version = amended(limit_text="02 ngày làm việc", statutory_text="03 ngày làm việc").version
    assert (version.limit, version.statutory) == (days(2), days(3))
    version = amended(limit_text="05 ngày làm việc", statutory_text="02 ngày làm việc").version
    assert (version.limit, version.statutory) == (days(2), days(5))
    version = amended(limit_text="02 ngày làm việc (theo quy định: 03 ngày làm việc)").version
    assert (version.limit, version.statutory) == (days(2), days(3))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"limit_text": "03 ngày làm việc; trường hợp phức tạp 05 ngày làm việc"}, "nhiều thời hạn"),
        ({"limit_text": "02 ngày làm việc", "statutory_text": "tùy trường hợp"}, "thời hạn theo quy định"),
        ({"limit_text": "02 ngày", "statutory_text": "03 giờ làm việc"}, "không so được"),
    ],
)
def test_a_limit_in_doubt_is_left_to_a_person_and_typed_until_then(told, why):
    found = compare(entry(**told))
    (change,), (question,) = found.amended, found.to_decide
    assert (question.number, question.row, question.code, question.current) == (1, 5, "1.000656", days(3))
    assert (question.text, change.version.limit_text) == (told["limit_text"],) * 2
    assert why in question.why and why in change.version.review_note
    assert (change.version.limit, change.version.needs_review) == (None, True)
    assert change.fields == (
        FieldChange("limit", "03 ngày làm việc", f"“{told['limit_text']}” – cần người quyết định"),
    )


def test_a_text_that_a_person_decided_is_never_asked_again():
    text = "03 ngày làm việc; trường hợp phức tạp 05 ngày làm việc"
    decided = replace(DEATH, limit_text=text)
    again = entry(limit_text=text.upper())
    assert compare(again, current={DEATH.code: decided}).unchanged == ("1.000656",)


def test_cases_are_not_swept_away_by_one_limit():
    cases = (ProcedureCase("Thường", days(3)), ProcedureCase("Phức tạp", days(5)))
    old = replace(DEATH, limit=None, cases=cases)
    found = compare(entry(limit_text="03 ngày làm việc"), current={DEATH.code: old})
    (change,), (question,) = found.amended, found.to_decide
    assert change.version.cases == cases and not change.version.needs_review
    assert "theo trường hợp" in question.why


def test_a_new_procedure_carries_what_the_list_says_and_asks_for_the_rest():
    told = Entry(9, "1.116909", "Trợ giúp xã hội", "Tờ 1", Kind.AMENDED, field="Bảo trợ xã hội", limit_text="22 ngày")
    bare = Entry(10, "1.116910", "Trợ giúp khác")
    found = compare(told, bare)
    first, second = found.new
    assert (first.row, first.sheet, first.version.limit, first.version.field) == (
        9,
        "Tờ 1",
        days(22, LimitUnit.CALENDAR_DAYS),
        "Bảo trợ xã hội",
    )
    assert (first.version.valid_from, first.version.decision) == (DAY, "2934/QĐ-UBND")
    assert first.warnings == ("Danh sách ghi sửa đổi, bổ sung mà danh mục chưa có thủ tục này.",)
    assert (second.version.field, second.version.limit, second.version.needs_review) == (
        "Chưa phân lĩnh vực",
        None,
        True,
    )
    (question,) = found.to_decide
    assert (question.code, question.text, question.why) == ("1.116910", "", "danh sách không nói thời hạn")


def test_abolishing_adds_a_version_that_says_so():
    found = compare(entry(kind=Kind.ABOLISHED), Entry(6, "1.999999", "Không có", kind=Kind.ABOLISHED))
    (change,) = found.abolished
    assert change.version == replace(
        DEATH,
        status=ProcedureStatus.ABOLISHED,
        valid_from=DAY,
        decision="2934/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        source="2934/QĐ-UBND",
        source_on=date(2026, 11, 20),
        version_id=0,
    )
    assert change.fields == (FieldChange("status", "còn hiệu lực", "bãi bỏ"),)
    assert found.rejected == (Rejected(6, "Danh mục không có thủ tục 1.999999 nên không có gì để bãi bỏ."),)


def test_a_day_of_its_own_never_reaches_behind_the_decision_s():
    early, late = date(2026, 11, 25), date(2027, 1, 1)
    assert amended(field="A", valid_from=early).version.valid_from == DAY
    assert amended(field="A", valid_from=late).version.valid_from == late
    (change,) = compare(entry(valid_to=early)).abolished
    assert change.version.valid_from == DAY
    found = compare(entry(valid_to=late, field="A"))
    (kept,), (ended,) = found.amended, found.abolished
    assert (kept.version.status, kept.version.valid_from) == (ProcedureStatus.IN_FORCE, DAY)
    assert (ended.version.status, ended.version.valid_from) == (ProcedureStatus.ABOLISHED, late)
    assert ended.version.field == "A"


def new(code="1.116909", row=8, **told):
    return Entry(**{"row": row, "code": code, "name": f"Thủ tục {code}", "limit_text": "05 ngày"} | told)


@pytest.mark.parametrize(
    "entries",
    [
        (new(replaces=("1.000656",)),),
        (entry(kind=Kind.REPLACED, replaced_by="1.116909"), new()),
        (entry(kind=Kind.REPLACED, successor_name="THỦ TỤC 1.116909"), new()),
        (entry(kind=Kind.REPLACED), new(replaces=("1.000656",))),
        (entry(kind=Kind.REPLACED, replaced_by="1.116909", successor_name="Thủ tục 1.116909"),),
    ],
)
def test_replacing_is_the_same_from_whichever_side_it_is_told(entries):
    found = compare(*entries)
    (old,), (successor,) = found.replaced, found.new
    assert (old.version.code, old.version.status, old.version.replaced_by) == (
        "1.000656",
        ProcedureStatus.REPLACED,
        "1.116909",
    )
    assert old.version.valid_from == DAY and old.version.limit == DEATH.limit
    assert old.fields == (FieldChange("status", "còn hiệu lực", "được thay thế bởi 1.116909"),)
    assert successor.version.code == "1.116909" and not old.warnings and not found.rejected


def test_replacing_without_the_other_side_is_said():
    found = compare(entry(kind=Kind.REPLACED))
    assert found.rejected == (Rejected(5, "Danh sách không nói thủ tục nào thay thế 1.000656."),)
    (change,) = compare(entry(kind=Kind.REPLACED, replaced_by="1.116909")).replaced
    assert change.warnings == ("Thủ tục thay thế 1.116909 chưa có trong danh mục.",)
    found = compare(new(kind=Kind.REPLACED))
    assert [change.version.code for change in found.new] == ["1.116909"]
    found = compare(new(replaces=("1.000656",)), new("1.116910", 9, replaces=("1.000656",)))
    assert [change.version.replaced_by for change in found.replaced] == ["1.116909"]
    assert found.new[1].warnings == ("Thủ tục 1.000656 đã ghi được thay thế bởi 1.116909.",)
    (change,) = compare(new(replaces=("1.999999",))).new
    assert change.warnings == ("Thủ tục bị thay thế 1.999999 không có trong danh mục.",)


def test_what_is_replaced_already_stays_so():
    gone = replace(DEATH, status=ProcedureStatus.REPLACED, replaced_by="1.116909")
    current = {DEATH.code: gone, "1.116909": replace(BIRTH, code="1.116909", name="Thủ tục 1.116909")}
    found = compare(entry(kind=Kind.REPLACED, replaced_by="1.116909"), current=current)
    assert found.unchanged == ("1.000656",) and not found.changes


def test_a_procedure_that_was_abolished_comes_back_in_sight_of_everybody():
    (change,) = compare(entry(GONE)).amended
    assert change.fields == (FieldChange("status", "đã bãi bỏ", "còn hiệu lực"),)
    assert change.version.status is ProcedureStatus.IN_FORCE


def test_a_name_finds_its_code_where_the_list_has_none():
    twice = replace(BIRTH, code="1.001194", name="Đăng ký khai sinh")
    found = compare(
        Entry(3, "", "đăng ký khai tử", field="Tư pháp"),
        Entry(4, "", "Đăng ký khai sinh"),
        Entry(5, "", "Thủ tục lạ"),
        current=CATALOGUE | {"1.001194": twice},
    )
    assert [change.version.code for change in found.amended] == ["1.000656"]
    assert found.rejected == (
        Rejected(4, "Không ghi mã, mà tên này là của 2 thủ tục: 1.001193, 1.001194."),
        Rejected(5, "Không ghi mã, và tên không khớp thủ tục nào trong danh mục."),
    )


def test_a_code_that_lost_its_zero_needs_the_name_as_witness():
    lost = replace(DEATH, code="1.000650")
    doubted = {"code": "1.000650", "doubt": "Mã “1.00065” thiếu chữ số"}
    current = {"1.000650": lost}
    assert compare(entry(**doubted, field="Tư pháp"), current=current).amended[0].version.code == "1.000650"
    for wrong in (entry(**doubted, name="Thủ tục khác"), entry(**doubted | {"code": "1.000640"})):
        (rejected,) = compare(wrong, current=current).rejected
        assert rejected.reason == "Mã “1.00065” thiếu chữ số; hãy ghi lại mã đủ 6 chữ số sau dấu chấm, ở dạng chữ."


def test_one_procedure_over_two_rows_is_one():
    found = compare(entry(limit_text="03 ngày làm việc"), entry(row=6, limit_text="05 ngày làm việc", field="Tư pháp"))
    (change,), (question,) = found.amended, found.to_decide
    assert question.text == "03 ngày làm việc\n05 ngày làm việc"
    assert change.version.field == "Tư pháp"
    assert compare(entry(), entry(row=6)).unchanged == ("1.000656",)


@pytest.mark.parametrize(
    ("entries", "code", "row"),
    [
        ((entry(), entry(row=9, name="Tên khác hẳn")), "same_code", 9),
        ((entry(kind=Kind.NEW), entry(row=9, kind=Kind.ABOLISHED)), "contradiction", 9),
        ((entry(replaced_by="1.000656", kind=Kind.REPLACED),), "replaced_by_itself", 5),
        ((entry(replaces=("1.000656",)),), "replaced_by_itself", 5),
        (
            (
                entry(kind=Kind.REPLACED, replaced_by="1.001193"),
                entry(BIRTH, 7, kind=Kind.REPLACED, replaced_by="1.000656"),
            ),
            "replaced_by_itself",
            5,
        ),
        ((entry(row=4, valid_from=date(2026, 11, 19)),), "effective_before_decided", 4),
    ],
)
def test_a_list_that_contradicts_itself_is_refused_whole(entries, code, row):
    with pytest.raises(ListError) as refused:
        compare(*entries)
    assert (refused.value.code, refused.value.row) == (code, row)
    assert f"òng {row}" in refused.value.message and refused.value.message.endswith("chưa ghi gì.")


def test_our_own_export_says_everything():
    whole = replace(DEATH, name="ĐĂNG KÝ KHAI TỬ", result="", channels=(), version_id=0, decision="x")
    found = compare(entry(whole=replace(DEATH, version_id=0, decision="x", valid_from=None)))
    assert found.unchanged == ("1.000656",)
    (change,) = compare(entry(whole=whole)).amended
    assert [field.name for field in change.fields] == ["name", "channels"]
    (change,) = compare(entry(whole=replace(DEATH, status=ProcedureStatus.ABOLISHED))).abolished
    assert change.version.status is ProcedureStatus.ABOLISHED


def test_rejections_of_the_reader_stay_in_the_order_of_the_rows():
    found = compare(Entry(5, "", "Thủ tục lạ"), rejected=(Rejected(9, "Chín."), Rejected(2, "Hai.")))
    assert [rejected.row for rejected in found.rejected] == [2, 5, 9]


@given(
    st.lists(
        st.builds(
            Entry,
            row=st.integers(1, 99),
            code=st.sampled_from(["1.001193", "1.000656", "2.001009", "1.116909", "1.116910", ""]),
            name=st.sampled_from([BIRTH.name, DEATH.name, GONE.name, "Mới"]),
            kind=st.sampled_from(Kind),
            limit_text=st.sampled_from([None, "03 ngày làm việc", "tùy"]),
            replaces=st.lists(st.sampled_from(["1.001193", "1.000656"]), max_size=1).map(tuple),
            replaced_by=st.sampled_from([None, "1.116909", "1.001193"]),
            valid_to=st.none() | st.dates(date(2026, 12, 1), date(2027, 1, 1)),
        ),
        max_size=6,
    )
)
def test_no_entry_is_dropped_and_none_is_told_twice(entries):
    try:
        found = compare(*entries)
    except ListError:
        return
    told = {change.version.code for change in found.changes} | set(found.unchanged)
    rejected = {each.row for each in found.rejected}
    for each in entries:
        codes = {each.code} if each.code else {code for code, known in CATALOGUE.items() if known.name == each.name}
        assert (
            codes & told
            or each.row in rejected
            or any(other.code in codes and other.row in rejected for other in entries)
        )
    versions = [(change.version.code, change.version.valid_from) for change in found.changes]
    assert len(set(versions)) == len(versions)
