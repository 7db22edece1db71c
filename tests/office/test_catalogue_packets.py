"""A packet of the tier above: believed with a pinned key only, unchanged on its way, then a decision like any other."""

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.errors import UserError, VerificationFailed
from desktop.office import checking, decisions, opening, packets, procedures, settings
from desktop.rules.change_sets import Decision
from tests.office.deciding import CODE, DAY, DECISION, OTHER, days, refused, speaking

PROVINCE = "Trung tâm Phục vụ hành chính công tỉnh Lai Châu"


@pytest.fixture
def province(tmp_path, monday):
    """The register of the tier above, where a limit was cut and a procedure ended."""
    unit = opening.unit_as_printed("LC", "tỉnh Lai Châu", practice=False)
    with opening.init(tmp_path / "province", unit, now=monday) as book:
        today = Decision("2900/QĐ-UBND", None, monday.date())
        for version in (
            replace(speaking(book, OTHER, DAY), limit=days(1), statutory=days(3)),
            replace(speaking(book, CODE, DAY), status="abolished"),
            replace(speaking(book, OTHER, DAY), code="1.120001", name="Thủ tục mới"),
        ):
            decisions.edit(book, version, today, clerk=None, now=monday)
        yield book


@pytest.fixture
def packet(province, tmp_path, monday):
    path = tmp_path / "danh-muc.motcua"
    packets.make(province, path, DECISION, on=monday.date(), now=monday)
    return path


def pin(book, province, now):
    return packets.trust(book, packets.public_key(province), PROVINCE, clerk="truc", now=now)


def distrusted(call):
    with pytest.raises(VerificationFailed) as caught:
        call()
    assert caught.value.exit_code == 4
    return caught.value


def test_a_commune_previews_and_accepts_what_the_province_sent(commune, province, packet, monday):
    assert pin(commune, province, monday).settings
    opened = packets.read(commune, packet)
    assert (opened.decision, opened.made_at) == (DECISION, monday)
    assert opened.issuer == f"{PROVINCE} (tỉnh Lai Châu)"
    found = decisions.prepare(commune, opened.reading, opened.decision, now=monday)
    assert [[change.version.code for change in kind] for kind in (found.new, found.amended, found.abolished)] == [
        ["1.120001"],
        [OTHER],
        [CODE],
    ]
    assert (found.rejected, found.to_decide) == ((), ())
    decisions.accept(commune, found, source="packet", clerk="truc", now=monday)
    kept = speaking(commune, OTHER, DAY)
    assert (kept.limit, kept.statutory, kept.valid_from) == (days(1), days(3), DAY)
    assert refused(lambda: procedures.get(commune, CODE, on=DAY)).code == "abolished_procedure"
    (row,) = decisions.history(commune)
    assert (row.number, row.source) == (DECISION.number, "packet")
    assert checking.verify_chain(commune).faults == ()


def test_the_same_packet_is_not_applied_twice(commune, province, packet, monday):
    pin(commune, province, monday)

    def accept():
        opened = packets.read(commune, packet)
        found = decisions.prepare(commune, opened.reading, opened.decision, now=monday)
        return decisions.accept(commune, found, source="packet", clerk="truc", now=monday)

    accept()
    assert refused(accept).code in ("decision_repeated", "nothing_to_change")


def test_a_key_that_nobody_pinned_is_not_believed(commune, province, packet, monday):
    assert distrusted(lambda: packets.read(commune, packet)).facts["key"] == packets.public_key(province)
    pin(commune, province, monday)
    packets.read(commune, packet)
    packets.distrust(commune, packets.public_key(province), clerk="truc", now=monday)
    assert distrusted(lambda: packets.read(commune, packet)).code == "unknown_key"


def test_a_packet_changed_on_its_way_is_refused(commune, province, packet, monday):
    pin(commune, province, monday)
    text = packet.read_text(encoding="utf-8")
    packet.write_text(text.replace("2934/QĐ-UBND", "2935/QĐ-UBND"), encoding="utf-8")
    assert distrusted(lambda: packets.read(commune, packet)).code == "forged_packet"
    packet.write_text(json.dumps(json.loads(text)), encoding="utf-8")
    packets.read(commune, packet)


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04", b'{"packet": "catalogue"}'])
def test_what_is_no_packet_is_said_to_be_none(commune, tmp_path, data):
    path = tmp_path / "x.motcua"
    path.write_bytes(data)
    assert refused(lambda: packets.read(commune, path)).code == "not_a_packet"
    assert refused(lambda: packets.read(commune, tmp_path / "none")).code == "no_file"


@pytest.mark.parametrize("procedure", [{"code": "1.000001"}, {"code": 7}, None])
def test_a_genuine_packet_with_something_else_inside_is_refused(commune, province, packet, monday, procedure):
    from desktop.office import sealing
    from desktop.rules import packets as sealed

    body = dict(sealed.read(packet.read_bytes()).body) | {"procedures": [procedure]}
    packet.write_bytes(sealed.sealed("catalogue", body, sealing.private_key(province)))
    pin(commune, province, monday)
    assert refused(lambda: packets.read(commune, packet)).code == "not_a_packet"
    packet.write_bytes(sealed.sealed("report", body, sealing.private_key(province)))
    assert refused(lambda: packets.read(commune, packet)).code == "not_a_packet"


def test_what_a_practice_register_made_changes_no_live_one(commune, practice_home, packet, monday, tmp_path):
    with opening.open_register(practice_home, now=monday) as practice:
        packets.make(practice, packet, DECISION, on=monday.date(), now=monday)
        pin(commune, practice, monday)
        pin(practice, practice, monday)
        assert packets.read(practice, packet).decision == DECISION
    assert refused(lambda: packets.read(commune, packet)).code == "practice_packet"


@pytest.mark.parametrize(("key", "name", "code"), [("12ab", PROVINCE, "bad_key"), ("a" * 64, " ", "missing")])
def test_only_a_key_with_a_name_is_pinned(commune, monday, key, name, code):
    assert refused(lambda: packets.trust(commune, key, name, clerk="truc", now=monday)).code == code
    assert packets.trusted(commune) == {}


def test_a_pinned_key_is_a_setting_that_names_who_pinned_it(commune, monday):
    packets.trust(commune, " ".join(["AB" * 8] * 4), PROVINCE, clerk="truc", now=monday)
    assert packets.trusted(commune) == {"ab" * 32: PROVINCE}
    assert settings.get(commune, "catalogue_keys") == {"ab" * 32: PROVINCE}
    unknown = lambda: packets.distrust(commune, "cd" * 32, clerk="truc", now=monday)  # noqa: E731
    assert refused(unknown).code == "unknown_key"


@pytest.mark.parametrize("told", [{"number": ""}, {"effective_on": date(2026, 11, 1)}])
def test_a_packet_is_made_for_a_whole_decision_only(province, tmp_path, monday, told):
    path = tmp_path / "none.motcua"
    with pytest.raises(UserError):
        packets.make(province, path, replace(DECISION, **told), on=monday.date(), now=monday)
    assert not path.exists()
