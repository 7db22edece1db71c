"""Invented communes say only what a real one could."""

from datetime import date, timedelta

from desktop.sync import protocol
from tests.sync.invented import InventedCommune

MONDAY = date(2026, 11, 23)


def told(seed=0):
    commune = InventedCommune("03388", "phường Đoàn Kết", seed=seed)
    reports = [commune.day(MONDAY + timedelta(days=number), 40) for number in range(20)]
    reports.append(commune.day(MONDAY + timedelta(days=20), 40, every_procedure=True))
    return commune.packet(*reports)


def test_what_invented_communes_report_is_believed_and_is_one_story():
    reports = [protocol.content_of(one) for one in protocol.read_packet(told())]
    assert [protocol.problem_in(one) for one in reports] == [None] * 21
    assert [one.previous.hash for one in reports[1:]] == [one.hash for one in reports[:-1]]
    assert [one.total[3] for one in reports[1:]] == [one.total[8] for one in reports[:-1]], (
        "what was left is carried over"
    )
    assert len(reports[-1].rows) >= 130 > len(reports[0].rows)


def test_the_same_seed_tells_the_same_story():
    assert told() == told() != told(seed=1)
