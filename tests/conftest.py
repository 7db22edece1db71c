"""What every test shares: no screen unless one is asked for, and nothing of the tester's own registers and fonts."""

import os
import shutil
from datetime import datetime

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in ("MOTCUA_DATA", "MOTCUA_FONTS"):
    os.environ.pop(name, None)

from desktop.office import opening, people  # noqa: E402
from desktop.rules.calendar import VN_TZ  # noqa: E402
from desktop.rules.intake import IntakeForm, Person, SubmittedPaper  # noqa: E402
from desktop.rules.rights import WORKING  # noqa: E402

#: Monday; the day after is the holiday of 24/11.
MONDAY = datetime(2026, 11, 23, 9, 14, tzinfo=VN_TZ)


def _commune(home, *, practice):
    unit = opening.unit_as_printed("MT", "xã Mường Than", practice=practice)
    book = opening.init(home, unit, now=MONDAY.replace(hour=7, minute=0))
    people.add(book, "truc", "Lò Thị Trực", roles=WORKING, clerk="quay1", now=MONDAY.replace(hour=7, minute=1))
    book.close()
    return home


# Two busy cores must not turn a property into a flaky test.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def live_template(tmp_path_factory):
    """A live register of xã Mường Than with the shipped catalogue and one clerk, closed."""
    return _commune(tmp_path_factory.mktemp("live") / "data", practice=False)


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory):
    """The same as a practice register."""
    return _commune(tmp_path_factory.mktemp("practice") / "data", practice=True)


@pytest.fixture
def live_home(live_template, tmp_path):
    """A live data folder of the test's own."""
    return shutil.copytree(live_template, tmp_path / "live")


@pytest.fixture
def practice_home(practice_template, tmp_path):
    """A practice data folder of the test's own."""
    return shutil.copytree(practice_template, tmp_path / "practice")


@pytest.fixture
def commune(live_home):
    """An open live register, at Monday 23/11/2026."""
    book = opening.open_register(live_home, now=MONDAY)
    yield book
    book.close()


@pytest.fixture
def monday():
    """Monday 23/11/2026, 09:14."""
    return MONDAY


@pytest.fixture
def correction_form():
    """A form that nothing is wrong with: correcting a civil-status record, three working days."""
    return correction()


def correction():
    """The same for registers that many tests share."""
    applicant = Person(
        name="Vàng Thị Ví Dụ",
        id_number="012195000002",
        birth_date="1995-11-02",
        gender="Nữ",
        address="Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu",
        residence="Bản Mẫu Hai, xã Mường Than, tỉnh Lai Châu",
        phone="0987000001",
    )
    return IntakeForm(
        procedure="1.004859",
        channel="direct",
        key="key-1",
        applicant=applicant,
        case="Thay đổi, cải chính, xác định lại dân tộc",
        papers=(SubmittedPaper("Tờ khai", originals=1),),
    )
