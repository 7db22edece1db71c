"""What the program exports it reads back: nothing is new, nothing amended, and nothing is asked again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.records import Fee, FeeRule, Limit
from db.vocabulary import Channel, LimitUnit
from desktop.office import catalogue_export, decisions, procedures, published_files
from desktop.rules.change_sets import Decision
from tests.data import golden_decision as golden

DAY = date(2026, 12, 1)
AGAIN = Decision("9/QĐ-UBND", None, DAY)


@pytest.fixture
def decided(commune, monday, tmp_path):
    """A register after an imported decision, with a limit left open, and a procedure that says all it can."""
    reading = published_files.read(golden.write_csv(tmp_path / "qd.csv"))
    found = decisions.prepare(commune, reading, Decision("3120/QĐ-UBND", None, DAY), now=monday)
    decisions.accept(commune, found, clerk="truc", now=monday)
    rich = replace(
        procedures.catalogue(commune).find("1.001193", on=DAY),
        limit=Limit(Decimal(12), LimitUnit.CLOCK_HOURS),
        fee=Fee(None, "Trực tiếp: 10.000 đồng; trực tuyến: 5.000 đồng"),
        fees=(FeeRule(10_000, channel=Channel.DIRECT), FeeRule(5_000, channel=Channel.ONLINE)),
        steps="Bước 1; nộp.\nBước 2, nhận.",
        conditions="- Một\n- Hai",
        place="Trung tâm",
        link="https://example.vn/1",
    )
    decisions.edit(commune, rich, Decision("4/QĐ-UBND", None, DAY), clerk="truc", now=monday)
    return commune


@pytest.mark.parametrize("everything", [False, True], ids=["in force", "everything"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json"])
def test_an_export_read_back_changes_nothing(decided, monday, tmp_path, ending, everything):
    path = tmp_path / f"danh-muc{ending}"
    count = catalogue_export.export(decided, path, on=DAY, now=monday, all=everything)
    reading = published_files.read(path)
    found = decisions.prepare(decided, reading, AGAIN, now=monday)
    assert len(reading.entries) == count > 400
    assert (found.changes, found.rejected, found.to_decide) == ((), (), ())
    assert len(found.unchanged) == count
