"""The private key beside the data: wrapped where the platform has a keyring, bare in a locked backup, never lost."""

import os
from datetime import timedelta
from hashlib import sha256

import pytest

from desktop.errors import EnvironmentProblem, RegisterProblem
from desktop.office import backup_locks, backups, issuing, opening, restoring, sealing, wrapping
from desktop.office.sealing import KeyGuard

PASSPHRASE = "Chè Shan tuyết đầu mùa"


class MachineKeyring:
    """A keyring as Windows has one, with another secret on each machine."""

    def __init__(self, machine: str) -> None:
        self._secret = sha256(machine.encode()).digest()
        self.broken = False

    def wrap(self, secret: bytes) -> bytes:
        if self.broken:
            raise OSError("no keyring today")
        mixed = bytes(a ^ b for a, b in zip(secret, self._secret, strict=True))
        return sha256(self._secret + secret).digest() + mixed

    def unwrap(self, blob: bytes) -> bytes:
        if self.broken:
            raise OSError("no keyring today")
        secret = bytes(a ^ b for a, b in zip(blob[32:], self._secret, strict=True))
        if sha256(self._secret + secret).digest() != blob[:32]:
            raise wrapping.OtherMachine("another machine's")
        return secret


@pytest.fixture
def keyring(monkeypatch):
    ring = MachineKeyring("quay")
    monkeypatch.setattr(wrapping, "of_platform", lambda: ring)
    return ring


def key_file(book):
    return book.home / sealing.KEY_FILE


def test_without_a_keyring_only_this_user_reads_the_key(commune, monday):
    key_file(commune).chmod(0o644)
    assert sealing.guard_key(commune, now=monday) is KeyGuard.FILE
    assert len(key_file(commune).read_bytes()) == 32
    if os.name == "posix":
        assert key_file(commune).stat().st_mode & 0o077 == 0


def test_a_bare_key_is_wrapped_and_stays_the_same_key(commune, monday, keyring):
    before = key_file(commune).read_bytes()
    assert sealing.guard_key(commune, now=monday) is KeyGuard.KEYRING
    assert before not in key_file(commune).read_bytes()
    commune.derived.clear()
    assert sealing.private_key(commune) == before
    assert len(sealing.public_keys(commune)) == 1
    wrapped = key_file(commune).read_bytes()
    assert sealing.guard_key(commune, now=monday) is KeyGuard.KEYRING
    assert key_file(commune).read_bytes() == wrapped, "nothing is written where nothing must be"


def test_a_new_key_is_never_written_bare_where_there_is_a_keyring(live_home, monday, keyring):
    (live_home / sealing.KEY_FILE).unlink()
    with opening.open_register(live_home, now=monday) as book:
        assert sealing.key_guard(book) is KeyGuard.KEYRING
        assert sealing.private_key(book) not in key_file(book).read_bytes()


def test_a_power_cut_while_it_is_wrapped_leaves_the_bare_key(commune, monday, keyring, monkeypatch):
    before = key_file(commune).read_bytes()

    def cut(*_):
        raise OSError("power")

    monkeypatch.setattr("os.fsync", cut)
    with pytest.raises(OSError, match="power"):
        sealing.guard_key(commune, now=monday)
    assert key_file(commune).read_bytes() == before


def test_a_keyring_that_fails_leaves_the_key_as_it_is(commune, monday, keyring):
    before, keyring.broken = key_file(commune).read_bytes(), True
    assert sealing.guard_key(commune, now=monday) is KeyGuard.FILE
    assert key_file(commune).read_bytes() == before


def test_a_wrapped_key_whose_keyring_does_not_answer_is_not_thrown_away(commune, monday, keyring):
    sealing.guard_key(commune, now=monday)
    wrapped, keyring.broken = key_file(commune).read_bytes(), True
    with pytest.raises(OSError, match="no keyring today"):
        sealing.guard_key(commune, now=monday)
    assert key_file(commune).read_bytes() == wrapped
    commune.derived.clear()
    with pytest.raises(EnvironmentProblem, match="Không đọc được khóa ký giấy hẹn"):
        sealing.private_key(commune)


def test_a_folder_copied_to_another_machine_gets_a_key_of_its_own_and_old_receipts_stay_genuine(
    commune, monday, keyring, monkeypatch, correction_form
):
    from desktop.office import counter, lookup

    sealing.guard_key(commune, now=monday)
    code = counter.register(commune, correction_form, clerk="truc", now=monday).code
    text = lookup.dossier(commune, code).documents[0].content["qr_text"]
    monkeypatch.setattr(wrapping, "of_platform", lambda: MachineKeyring("may khac"))
    commune.derived.clear()
    assert sealing.guard_key(commune, now=monday + timedelta(hours=1)) is KeyGuard.KEYRING
    assert (commune.home / "receipt.key.may-khac").exists()
    assert len(sealing.public_keys(commune)) == 2
    assert issuing.verify_receipt(commune, text).verdict == "genuine"


def test_a_locked_backup_brings_the_key_to_another_machine(commune, monday, keyring, monkeypatch, tmp_path):
    private = sealing.private_key(commune)
    sealing.guard_key(commune, now=monday)
    backup_locks.set_key(commune, PASSPHRASE, clerk="quay1", now=monday)
    made = backups.make(commune, now=monday)
    assert made is not None
    monkeypatch.setattr(wrapping, "of_platform", lambda: MachineKeyring("may khac"))
    restoring.restore(made.path, tmp_path / "moi", secret=PASSPHRASE)
    with opening.open_register(tmp_path / "moi", now=monday) as book:
        assert sealing.private_key(book) == private
        assert sealing.guard_key(book, now=monday) is KeyGuard.KEYRING


@pytest.mark.skipif(os.name != "nt", reason="DPAPI is Windows'")
def test_windows_gives_back_what_it_wrapped():
    ring = wrapping.of_platform()
    assert ring is not None
    content = wrapping.wrapped(bytes(range(32)), ring)
    assert content is not None and wrapping.bare(content, ring) == bytes(range(32))


def test_a_register_without_a_key_on_a_disk_that_takes_none_is_refused_in_one_sentence(live_home, monday):
    """As a restored one is: its key has to be made when it is first opened."""
    (live_home / sealing.KEY_FILE).unlink()
    (live_home / f"{sealing.KEY_FILE}.part").mkdir()
    with pytest.raises(RegisterProblem, match="Không ghi được vào thư mục dữ liệu"):
        opening.open_register(live_home, now=monday)
    (live_home / f"{sealing.KEY_FILE}.part").rmdir()
    with opening.open_register(live_home, now=monday) as book:
        assert sealing.private_key(book)


def test_a_register_without_a_key_opens_under_a_clock_that_stands_before_its_last_event(live_home, monday):
    """As on the machine that takes the place of a broken one: what may be done is asked when somebody acts."""
    (live_home / sealing.KEY_FILE).unlink()
    with opening.open_register(live_home, now=monday - timedelta(days=40)) as book:
        assert sealing.private_key(book)
