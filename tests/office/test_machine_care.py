"""A look at the machine below a real register: what it finds, what it asks, and what it leaves alone."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest

from desktop.errors import UserError
from desktop.office import counter, disk_protection, machine_care, opening, sealing, settings
from desktop.office.disk_protection import Protection, State
from desktop.rules.cautions import GB, LAW_MONTHS_SETTING, MB

ON = Protection(State.ON, "LUKS")


def said(look):
    return " | ".join(one.words for one in look.cautions)


def test_on_a_good_machine_nothing_is_said(commune, monday):
    look = machine_care.look(commune, now=monday, protection=ON)
    assert look == machine_care.Look((), ON)


def test_in_december_and_with_old_law_both_are_said(commune, monday):
    later = monday.replace(month=12, day=1)
    assert "Lịch nghỉ năm 2027 chưa xác nhận" in said(machine_care.look(commune, now=later, protection=ON))
    settings.confirm_year(commune, 2027, "Thông báo 1/TB", clerk="quay1", now=later)
    assert said(machine_care.look(commune, now=later, protection=ON)) == ""
    source = machine_care.source_day(commune, monday.date())
    old = monday.replace(year=source.year + 1)
    assert f"theo nguồn ngày {source:%d/%m/%Y}" in said(machine_care.look(commune, now=old, protection=ON))
    settings.change(commune, LAW_MONTHS_SETTING, 0, clerk="quay1", now=later)
    assert "theo nguồn" not in said(machine_care.look(commune, now=old, protection=ON))


def test_the_disk_and_each_stick_are_looked_at(commune, monday, tmp_path, monkeypatch):
    from desktop.office import backup_locks, backup_sticks

    stick = tmp_path / "USB"
    stick.mkdir()
    backup_locks.set_key(commune, "Chè Shan tuyết đầu mùa", clerk="quay1", now=monday)
    backup_sticks.label(commune, stick, "đỏ", clerk="quay1", now=monday)
    monkeypatch.setattr(backup_sticks, "_mounted", lambda: [stick])
    usage = namedtuple("usage", "total used free")
    free = {commune.home: 700 * MB, stick: 90 * MB}
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(8 * GB, 0, free[path]))
    look = machine_care.look(commune, now=monday, protection=ON)
    assert [(one.tone, one.short) for one in look.cautions] == [
        ("soon", "Ổ đĩa chứa sổ còn 700 MB"),
        ("late", "USB đỏ còn 90 MB"),
    ]


def test_an_open_disk_is_asked_of_the_system_once_a_day(commune, practice_home, monday, monkeypatch):
    asked = []
    monkeypatch.setattr(disk_protection, "standing", lambda path: asked.append(path) or Protection(State.OFF))
    assert "chưa được mã hóa" in said(machine_care.look(commune, now=monday))
    machine_care.look(commune, now=monday, protection=Protection(State.OFF))
    assert asked == [commune.home]
    with opening.open_register(practice_home, now=monday) as book:
        assert said(machine_care.look(book, now=monday)) == ""


def test_the_key_is_looked_after_and_one_that_cannot_be_is_no_trouble(commune, monday):
    key = commune.home / sealing.KEY_FILE
    key.chmod(0o644)
    machine_care.look(commune, now=monday, protection=ON)
    assert key.stat().st_mode & 0o077 == 0
    key.unlink()
    machine_care.look(commune, now=monday, protection=ON)


@pytest.mark.parametrize(("days", "asks"), [(0, False), (1, False), (2, False), (3, True), (400, True)])
def test_a_register_left_alone_for_a_working_day_asks_for_the_day(commune, monday, days, asks):
    """Tuesday 24/11 is a holiday, so that Wednesday follows Monday."""
    question = machine_care.doubt(commune, monday + timedelta(days=days))
    assert bool(question) is asks
    assert not asks or "23/11/2026" in question


def test_a_practice_register_is_never_asked(practice_home, monday):
    with opening.open_register(practice_home, now=monday) as book:
        assert machine_care.doubt(book, monday + timedelta(days=90)) == ""
        assert machine_care.clock_back(book, monday - timedelta(days=90)) is None


def test_a_live_register_is_not_begun_under_the_clock_of_an_empty_battery(monday, tmp_path):
    live, practice = (opening.unit_as_printed("MT", "xã Mường Than", practice=kind) for kind in (False, True))
    with pytest.raises(UserError, match="Đồng hồ máy đang chỉ 09:14 23/11/2025"):
        opening.init(tmp_path / "live", live, now=monday.replace(year=2025))
    assert not (tmp_path / "live").exists()
    opening.init(tmp_path / "practice", practice, now=monday.replace(year=2025)).close()


def test_a_clock_that_went_back_is_said_until_it_is_right(commune, monday, correction_form):
    counter.register(commune, correction_form, clerk="truc", now=monday)
    assert machine_care.doubt(commune, monday - timedelta(days=3)) == ""
    back = machine_care.clock_back(commune, monday - timedelta(days=3))
    assert back is not None and "09:14 20/11/2026" in back.words
    assert machine_care.clock_back(commune, monday) is None
