"""Detail records of the national portal: its traps (domain.md 8.2) end as doubts, never as wrong facts."""

import pytest

from db.records import RequiredPaper
from db.vocabulary import Channel
from desktop.rules import fee_texts, limit_texts, portal_records
from desktop.rules.list_cells import RowError

KEY = "019d2bfd-3fe0-70ac-b9d6-5e9e20d6eef7"


def method(kind="DIRECT", time=3, unit="WORKING_DAY", fees=(), description=""):
    return {
        "submissionMethod": kind,
        "processingTime": time,
        "processingTimeUnit": unit,
        "fees": list(fees),
        "description": description,
    }


def vnd(value, description=""):
    return {"type": "FEE", "value": value, "currencyName": "VND", "description": description}


def paper(name, originals=1, copies=0):
    return {"name": name, "originalQty": originals, "copyQty": copies, "required": False, "hasElectronicForm": False}


def record(**told):
    whole = {
        "id": KEY,
        "code": " 1.001193 ",
        "name": "Thủ tục\u00a0đăng ký khai sinh.",
        "decisionNo": "163/QĐ-BTP",
        "categoriesDetails": [{"name": "Hộ tịch"}],
        "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
        "isWard": True,
        "executionSteps": [
            {"name": "Bước 1", "description": "Nộp hồ sơ.\nNhận giấy hẹn."},
            {"name": "", "description": "Trả."},
        ],
        "executionMethods": [method("ONLINE"), method("POSTAL"), method()],
        "executionCases": [{"name": "", "profileComponents": [paper("Tờ khai;"), paper("Lưu ý", 0, 0)]}],
        "requirementsAndConditions": "Không",
        "legalBasisesDetails": [
            {"code": "Thông tư 04/2020/TT-BTP", "name": "x"},
            {"code": None, "name": "Luật Hộ tịch"},
        ],
        "resultsDetails": [{"name": "Giấy khai sinh"}],
        "subjectTypesDetails": [{"name": "Công dân"}, {"name": "Người nước ngoài"}],
        "fees": [],
        "profileComponents": [],
        "cases": [],
    }
    return whole | told


def entry(**told):
    return portal_records.entry(record(**told), 4)


def test_everything_the_record_says():
    found = entry()
    assert portal_records.is_detail(record()) and not portal_records.is_detail({"code": "1.001193"})
    assert (found.row, found.code, found.name) == (4, "1.001193", "Thủ tục đăng ký khai sinh")
    assert (found.field, found.levels, found.authority) == ("Hộ tịch", ("Cấp xã",), "Ủy ban nhân dân cấp xã")
    assert found.channels == (Channel.ONLINE, Channel.POST, Channel.DIRECT)
    assert found.papers == (RequiredPaper("Tờ khai", 1, 0),)
    assert found.legal_basis == ("04/2020/TT-BTP", "Luật Hộ tịch")
    assert (found.result, found.subjects) == ("Giấy khai sinh", "Công dân; Người nước ngoài")
    assert found.steps == "Bước 1\nNộp hồ sơ.\nNhận giấy hẹn.\nTrả."
    assert (found.decision, found.link) == ("163/QĐ-BTP", f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{KEY}")
    assert entry(id="1.001193").link is None
    assert entry(decisionNo="", procedureProposal={"proposalNumber": "4946/QĐ-BCA"}).decision == "4946/QĐ-BCA"


def limit(**told):
    return limit_texts.read(entry(**told).limit_text or "")


def test_a_limit_on_which_everything_agrees_is_certain():
    reading = limit(cases=[{"name": "A", "processingDay": {"qty": 3, "type": "WORKING_DAY"}}])
    assert reading.certain and reading.limit.value == 3
    assert limit(executionMethods=[method(description="không quá 03 ngày làm việc kể từ ngày nhận đủ hồ sơ")]).certain


@pytest.mark.parametrize(
    "told",
    [
        {"executionMethods": [method(unit="OTHER")]},
        {"executionMethods": [method(time=None)]},
        {"executionMethods": [method(), method("ONLINE", 5)]},
        {"executionMethods": [method(description="15 ngày; vùng khó khăn 25 ngày")]},
        {"cases": [{"name": "A", "processingDay": {"qty": 5, "type": "WORKING_DAY"}}]},
        {"executionMethods": [], "cases": [{"name": "A", "processingDay": {"qty": 5, "type": "WORKING_DAY"}}]},
    ],
)
def test_any_other_word_on_time_leaves_the_limit_to_a_person(told):
    assert not limit(**told).certain


@pytest.mark.parametrize(
    ("methods", "text", "amount"),
    [
        ([method(fees=[vnd(8000)])], "8.000 đồng", 8000),
        ([method(fees=[vnd(0)]), method("ONLINE", fees=[vnd(0)])], "Không", 0),
        ([method(fees=[vnd(0, "Theo HĐND tỉnh")])], "Theo HĐND tỉnh", None),
        ([method(fees=[vnd(700)])], "700 đồng", None),
        ([method(fees=[{"value": 10, "currencyName": "USD"}])], "10 USD", None),
        ([method(fees=[vnd(8000, "mỗi bản")])], "8.000 đồng (mỗi bản)", None),
        (
            [method(fees=[vnd(10000)]), method("ONLINE", fees=[vnd(5000)])],
            "Trực tiếp: 10.000 đồng; Trực tuyến: 5.000 đồng",
            None,
        ),
        ([method()], None, None),
    ],
)
def test_fees_are_told_as_they_stand(methods, text, amount):
    found = entry(executionMethods=methods)
    assert found.fee_text == text
    assert fee_texts.read(text or "").fee.amount == amount


def test_papers_of_a_case_and_conditional_ones_are_not_required_of_everybody():
    cases = [
        {"name": "", "profileComponents": [paper("Tờ khai"), paper("Văn bản ủy quyền (nếu có)")]},
        {"name": "Trẻ bị bỏ rơi", "profileComponents": [paper("Biên bản")]},
    ]
    assert entry(executionCases=cases).papers == (
        RequiredPaper("Tờ khai", 1, 0),
        RequiredPaper("Văn bản ủy quyền (nếu có)", 1, 0, required=False),
        RequiredPaper("Biên bản (Trẻ bị bỏ rơi)", 1, 0, required=False),
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"code": "abc"}, "Mã thủ tục phải có dạng"),
        ({"executionMethods": 5}, "không đúng mẫu"),
        ({"executionCases": [{"profileComponents": [paper("Tờ khai", "nhiều")]}]}, "không đúng mẫu"),
        ({"executionCases": [{"profileComponents": [paper("Tờ khai", 5000)]}]}, "không dùng được"),
        ({"name": "Khai\u202esinh"}, "đảo chiều"),
    ],
)
def test_a_record_of_another_shape_is_rejected(told, reason):
    with pytest.raises(RowError, match=reason):
        entry(**told)
