"""The file of a whole backup: what goes in comes out, and nothing that was cut, changed or swapped ever opens."""

import hashlib
import io
import os
import random
from pathlib import Path

import pytest

from db import backup_file
from db.errors import RegisterProblem
from desktop.rules import backup_keys

CONTENTS = {"register.sqlite3": random.Random(1).randbytes(3_000_000), "documents/2026/11/dinh-kem/a.pdf": b"x" * 10}


@pytest.fixture(scope="module")
def locks():
    return backup_keys.new_locks("Chè Shan tuyết đầu mùa", None)


@pytest.fixture(params=["open", "sealed"])
def made(request, tmp_path, locks):
    """A file of either kind, and its key."""
    facts = {"unit": {"code": "MT", "name": "xã Mường Than"}}
    head, key = backup_file.open_head(facts) if request.param == "open" else backup_file.sealed_head(facts, locks)
    path = tmp_path / "whole.mcsl"
    with path.open("wb") as file, backup_file.written(file, head, key) as tar:
        for name, data in CONTENTS.items():
            backup_file.add(tar, name, io.BytesIO(data), len(data))
    return path, key


def read(path, key):
    return {name: source.read() for name, source in backup_file.members(path, key)}


def test_everything_comes_back(made):
    path, key = made
    assert read(path, key) == CONTENTS


def test_a_sealed_file_opens_with_the_private_half_only(tmp_path, locks):
    head, key = backup_file.sealed_head({}, locks)
    private = backup_keys.private_key(locks, "Chè Shan tuyết đầu mùa")
    assert head.is_sealed and head.file_key(private) == key
    assert head.file_key(os.urandom(32)) != key
    assert key.hex().encode() not in head.line and private.hex().encode() not in head.line


def test_no_byte_can_be_changed_and_no_end_cut_or_added(made):
    path, key = made
    whole, chance = path.read_bytes(), random.Random(2)
    body = whole.index(b"\n") + 1
    places = [*range(0, body, 40), body, len(whole) - 1, *chance.sample(range(body, len(whole)), 20)]
    broken = [whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :] for at in places]
    piece = 1024 * 1024 + 16
    broken += [whole[:end] for end in (0, 5, body, body + piece, body + 2 * piece, len(whole) - 1)]
    broken += [whole + b"\0", whole + whole[body:], whole[: body + piece] + whole[body:]]
    swapped = whole[body + piece : body + 2 * piece] + whole[body : body + piece]
    broken.append(whole[:body] + swapped + whole[body + 2 * piece :])
    for data in broken:
        path.write_bytes(data)
        with pytest.raises(RegisterProblem) as problem:
            read(path, key)
        assert problem.value.code == "backup_bad"


def test_a_body_never_opens_under_another_head(made, tmp_path):
    path, key = made
    head, _ = backup_file.open_head({"unit": {"code": "XX", "name": "xã khác"}})
    data = path.read_bytes()
    path.write_bytes(head.line + data[data.index(b"\n") + 1 :])
    with pytest.raises(RegisterProblem):
        read(path, key)


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "C:x", "a\\b"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    head, key = backup_file.open_head({})
    path = tmp_path / "bad.mcsl"
    with path.open("wb") as file, backup_file.written(file, head, key) as tar:
        backup_file.add(tar, name, io.BytesIO(b"x"), 1)
    with pytest.raises(RegisterProblem):
        read(path, key)


def test_memory_stays_small_however_well_a_file_was_deflated(tmp_path):
    """Two hundred megabytes of nothing go through a few pieces at a time."""
    import tracemalloc

    head, key = backup_file.open_head({})
    path, size = tmp_path / "zeros.mcsl", 200_000_000
    with path.open("wb") as file, Path("/dev/zero").open("rb") as zeros, backup_file.written(file, head, key) as tar:
        backup_file.add(tar, "register.sqlite3", zeros, size)
    tracemalloc.start()
    digest = hashlib.sha256()
    for _, source in backup_file.members(path, key):
        while piece := source.read(1 << 20):
            digest.update(piece)
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()
