"""A small part of the campaign (``run``) with every test run, and proof that the campaign finds what it looks for."""

import os
import sqlite3
from contextlib import closing
from random import Random

import pytest

from desktop.office.setting_up import Part
from tests.power import disk, finding, run
from tests.power.counters import Counters
from tests.power.day import Order
from tests.power.disk import Fault
from tests.power.said import Said
from tests.power.windows import FirstDays

needs_disk = pytest.mark.skipif(not disk.is_possible(), reason="needs Linux and a C compiler")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return disk.library(tmp_path_factory.mktemp("disk"))


@pytest.fixture
def home(tmp_path):
    return run.founded(tmp_path / "one", sealed=False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the counters fork")
def test_a_counter_killed_at_any_moment_loses_nothing(tmp_path):
    told = run.kills(tmp_path, 12, seed=3)
    assert told.breaches == [] and told.acknowledged


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the windows fork")
def test_the_window_killed_at_each_step_of_the_setting_up_goes_on_there(tmp_path):
    days = FirstDays(tmp_path, seed=3)
    days.die(len(Part), at_steps=True)
    assert days.breaches == []
    assert days.fell.keys() == set(Part)


@needs_disk
def test_a_power_cut_that_drops_and_tears_writes_loses_nothing(tmp_path, library):
    told = run.cuts(tmp_path, library, recordings=1, each=6, seed=3)
    assert told.breaches == [] and told.acknowledged


@needs_disk
@pytest.mark.parametrize(
    ("fault", "count"), [(Fault.FULL, -1), (Fault.READ_ONLY, 30), (Fault.SYNC_FAILS, 20), (Fault.DIES, 1)]
)
def test_a_disk_that_fails_at_any_call_loses_nothing(tmp_path, library, fault, count):
    told = run.faults(tmp_path, library, fault, fault.name, apart=700, seed=3, count=count)
    assert told.breaches == [] and told.blows
    assert told.refused or fault is Fault.DIES


@needs_disk
def test_a_program_that_does_not_sync_is_found(tmp_path, library, home, monkeypatch):
    """The same recording without its syncs: what was acknowledged is then gone, or the file broken."""
    log = tmp_path / "log"
    recording = disk.Recording(home.parent, log)
    with Counters(library) as counters:
        counters.finished(Order(home, "x", 30, log=str(log)))
    real = disk._records
    monkeypatch.setattr(disk, "_records", lambda data: (record for record in real(data) if record[0] != b"S"))
    breaches = []
    for number, crash in enumerate(recording.crashes(6, Random(1))):
        crash.put(tmp_path / str(number))
        breaches += finding.wrong(tmp_path / str(number) / home.name, Said().hear(crash.acknowledged))
    assert any(breach.startswith(("lost", "broken", "printed")) for breach in breaches)


def test_each_breach_is_found(home):
    said = Said().hear(
        ["done\t1\t" + "0" * 64, "printed\tTN-MT-261123-0009\tx.pdf", "draft\t3", "backup\tsao-luu_MT_2.mcsl"]
    )
    kinds = sorted(breach.split(" ")[0] for breach in finding.wrong(home, said))
    assert kinds == ["lost:", "lost:", "lost:", "printed"]
    assert finding.files_wrong(home, said) == ["paper gone: x.pdf"]
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        file.execute("DELETE FROM setting WHERE name = 'unit'")
        file.commit()
    assert [breach for breach in finding.wrong(home, Said()) if breach.startswith("chain")]
    (home / "register.sqlite3").write_bytes(b"x" * 5000)
    assert finding.wrong(home, Said()) == ["lost: the register does not open (register_corrupt)"]
