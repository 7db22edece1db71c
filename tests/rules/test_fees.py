"""Fees by formula and by catalogue (domain.md 10.1)."""

import pytest

from db.records import Fee, ProcedureVersion
from desktop.rules.fees import certified_copy_fee, fee_for


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (197, 199_000), (198, 200_000), (199, 200_000), (300, 200_000)],
)
def test_fee_of_one_certified_copy(pages: int, fee: int) -> None:
    assert certified_copy_fee(pages, 1) == fee


def test_the_ceiling_holds_for_each_copy() -> None:
    assert certified_copy_fee(3, 20) == 100_000
    assert certified_copy_fee(300, 2) == 400_000


@pytest.mark.parametrize(("pages", "copies"), [(0, 1), (1, 0), (-3, 1)])
def test_nothing_to_copy_is_refused(pages: int, copies: int) -> None:
    with pytest.raises(ValueError):
        certified_copy_fee(pages, copies)


def priced(fee: Fee) -> ProcedureVersion:
    return ProcedureVersion("2.000815", "Chứng thực bản sao", "Chứng thực", None, fee=fee)


@pytest.mark.parametrize(
    ("fee", "pages", "copies", "amount"),
    [
        (Fee(10_000, "10.000 đồng/trường hợp"), None, None, 10_000),
        (Fee(0, "Không"), None, None, 0),
        (Fee(None, "Theo nghị quyết của HĐND tỉnh"), None, None, None),
        (Fee(None, "Theo nghị quyết của HĐND tỉnh"), 3, 2, None),
        (Fee(2_000, "2.000 đồng/trang", "certified_copy"), None, None, None),
        (Fee(2_000, "2.000 đồng/trang", "certified_copy"), 3, None, 5_000),
        (Fee(2_000, "2.000 đồng/trang", "certified_copy"), 3, 4, 20_000),
        (Fee(2_000, "2.000 đồng/trang", "a rule of a later version"), 3, 4, None),
    ],
)
def test_what_a_procedure_costs(fee: Fee, pages: int | None, copies: int | None, amount: int | None) -> None:
    assert fee_for(priced(fee), pages=pages, copies=copies) == amount
