"""What the fee table and the competence of a decision mean at the counter: the day, the channel and the exemption."""

from dataclasses import replace
from datetime import date

import pytest

from db.records import FeeRule
from db.vocabulary import Channel
from desktop.office import counter, decisions, settings, sheets
from tests.office.deciding import CODE, DAY, DECISION, refused, speaking

POOR = "Miễn – người thuộc hộ nghèo"
TABLE = (
    FeeRule(8000, "8.000 đồng"),
    FeeRule(4000, "4.000 đồng khi nộp trực tuyến", Channel.ONLINE, valid_to=date(2026, 12, 31)),
    FeeRule(0, "Miễn theo Luật Hộ tịch", exemption=POOR),
)


@pytest.fixture
def priced(commune, monday):
    """The register after a decision with a fee table for the procedure of ``correction_form``."""
    version = replace(speaking(commune, CODE, DAY), fees=TABLE)
    decisions.edit(commune, version, DECISION, clerk="truc", now=monday)
    return commune


@pytest.mark.parametrize(
    ("on", "channel", "exemption", "fee"),
    [
        (date(2026, 11, 30), "direct", "", None),
        (DAY, "direct", "", 8000),
        (DAY, "online", "", 4000),
        (DAY, "online", POOR, 0),
        (date(2027, 1, 4), "online", "", 8000),
    ],
)
def test_looking_ahead_tells_the_fee_of_the_day(priced, monday, correction_form, on, channel, exemption, fee):
    form = replace(correction_form, channel=channel, fee_exemption=exemption)
    now = monday.replace(year=on.year, month=on.month, day=on.day)
    assert counter.preview(priced, form, now=now).fee == fee


def test_the_fee_slip_names_the_line_of_the_table_that_counts(priced, monday, correction_form):
    now = monday.replace(month=12, day=1)
    code = counter.register(priced, replace(correction_form, channel="online"), clerk="truc", now=now).code
    told = str(sheets.fee_slip(priced, code, clerk="truc", now=now))
    assert "4.000 đồng" in told and "4.000 đồng khi nộp trực tuyến" in told


def test_what_another_commune_handles_is_refused_from_its_day_on(commune, monday, correction_form):
    version = replace(speaking(commune, CODE, DAY), units=("H35.17.29",))
    decisions.edit(commune, version, DECISION, clerk="truc", now=monday)
    counter.register(commune, correction_form, clerk="truc", now=monday)
    later, again = monday.replace(month=12, day=1), replace(correction_form, key="2")
    told = refused(lambda: counter.register(commune, again, clerk="truc", now=later))
    assert (told.code, told.facts["units"]) == ("other_unit", ["H35.17.29"])
    unit = replace(settings.unit(commune), agency_code="H35.17.29")
    settings.change_unit(commune, unit, clerk="truc", now=later)
    assert counter.register(commune, again, clerk="truc", now=later).code.startswith("H35.17.29-")
