"""Whether the disk below the register is encrypted: the kernel's tables in a made-up tree, and on this machine."""

import os
import sys
from pathlib import Path

import pytest

from desktop.office import disk_protection
from desktop.office.disk_protection import Protection, State, read_bitlocker


class Kernel:
    """The parts of /proc and /sys that are asked, below a root of their own."""

    def __init__(self, root):
        self.root = root
        (root / "proc/self").mkdir(parents=True)
        (root / "sys/dev/block").mkdir(parents=True)
        (root / "sys/class/block").mkdir(parents=True)
        self.mounts = []

    def disk(self, name, number, *, below=(), uuid=None, partition_of=None):
        place = self.root / "sys/devices" / (f"{partition_of}/{name}" if partition_of else name)
        (place / "slaves").mkdir(parents=True)
        for one in below:
            (place / "slaves" / one).symlink_to(self.root / "sys/class/block" / one)
        if uuid is not None:
            (place / "dm").mkdir()
            (place / "dm/uuid").write_text(f"{uuid}\n")
        if partition_of:
            (place / "partition").write_text("1\n")
        (self.root / "sys/dev/block" / number).symlink_to(place)
        (self.root / "sys/class/block" / name).symlink_to(place)

    def mount(self, number, place, kind="ext4", source="/dev/sda1"):
        place = place.replace(" ", "\\040")
        self.mounts.append(f"30 1 {number} / {place} rw,relatime shared:1 - {kind} {source} rw")
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")

    def says(self, path):
        return disk_protection._on_linux(path, self.root)


@pytest.fixture
def kernel(tmp_path):
    made = Kernel(tmp_path / "kernel")
    made.disk("sda", "8:0")
    made.disk("sda1", "8:1", partition_of="sda")
    made.mount("8:1", "/")
    return made


@pytest.fixture
def data(tmp_path):
    (tmp_path / "sổ xã").mkdir()
    return tmp_path / "sổ xã"


def test_a_bare_partition_is_not_encrypted(kernel, data):
    assert kernel.says(data) == Protection(State.OFF)
    assert "chưa được mã hóa" in kernel.says(data).words


@pytest.mark.parametrize("uuid", ["CRYPT-LUKS2-0a1b-luks", "CRYPT-PLAIN-x"])
def test_a_mapping_of_dm_crypt_is_found_below_a_volume_group(kernel, data, uuid):
    kernel.disk("dm-0", "253:0", below=["sda1"], uuid=uuid)
    kernel.disk("dm-1", "253:1", below=["dm-0"], uuid="LVM-abcdef")
    kernel.mount("253:1", str(data.parent), source="/dev/mapper/vg-home")
    assert kernel.says(data) == Protection(State.ON, "LUKS")


def test_half_of_an_array_that_is_encrypted_is_not_enough(kernel, data):
    kernel.disk("sdb", "8:16")
    kernel.disk("dm-0", "253:0", below=["sda1"], uuid="CRYPT-LUKS2-x")
    kernel.disk("md0", "9:0", below=["dm-0", "sdb"])
    kernel.mount("9:0", str(data), source="/dev/md0")
    assert kernel.says(data).state is State.OFF


def test_a_partition_of_an_encrypted_disk_is_encrypted(kernel, data):
    kernel.disk("dm-0", "253:0", below=["sda"], uuid="CRYPT-LUKS1-x")
    kernel.disk("dm-0p1", "253:2", partition_of="dm-0")
    kernel.mount("253:2", str(data.parent), source="/dev/dm-0p1")
    assert kernel.says(data).state is State.ON


def test_the_nearest_mount_counts_and_of_two_on_one_place_the_later(kernel, data):
    kernel.disk("dm-0", "253:0", below=["sda1"], uuid="CRYPT-LUKS2-x")
    kernel.mount("253:0", str(data.parent), source="/dev/dm-0")
    kernel.mount("8:1", str(data), source="/dev/sda1")
    assert kernel.says(data).state is State.OFF
    kernel.mount("253:0", str(data), source="/dev/dm-0")
    assert kernel.says(data).state is State.ON
    assert kernel.says(data.parent / "another").state is State.ON


def test_a_file_system_over_several_disks_is_known_by_its_source_only_when_that_is_encrypted(kernel, data):
    kernel.mount("0:45", str(data), kind="btrfs", source="/dev/sda1")
    assert kernel.says(data) == Protection(State.UNKNOWN, "btrfs")
    kernel.disk("dm-3", "253:3", below=["sda1"], uuid="CRYPT-LUKS2-x")
    kernel.mount("0:46", str(data), kind="btrfs", source="/dev/dm-3")
    assert kernel.says(data).state is State.ON


@pytest.mark.parametrize(
    ("kind", "source", "state"),
    [
        ("ecryptfs", "/home/.ecryptfs/truc", State.ON),
        ("tmpfs", "tmpfs", State.UNKNOWN),
        ("zfs", "rpool/x", State.UNKNOWN),
    ],
)
def test_what_is_no_disk_is_on_only_where_it_encrypts_itself(kernel, data, kind, source, state):
    kernel.mount("0:50", str(data), kind=kind, source=source)
    assert kernel.says(data).state is state


def test_a_loop_of_devices_ends(kernel, data):
    kernel.disk("dm-7", "253:7", below=["dm-8"], uuid="LVM-x")
    kernel.disk("dm-8", "253:8", below=["dm-7"], uuid="LVM-y")
    kernel.mount("253:7", str(data), source="/dev/dm-7")
    assert kernel.says(data).state is State.OFF


@pytest.mark.parametrize(
    ("said", "state"),
    [("1\r\n", "on"), ("2\r\n", "off"), ("3", "off"), ("4", "off"), ("5", "off"), ("0", "unknown"), ("6", "unknown"),
     ("", "unknown"), ("Access denied", "unknown"), ("-1", "unknown")],
)  # fmt: skip
def test_what_explorer_says_of_a_drive(said, state):
    assert read_bitlocker(said).state == state
    assert read_bitlocker(said).words.endswith(".")


def test_a_system_that_does_not_answer_is_unknown(tmp_path, monkeypatch):
    def unreadable(*_):
        raise OSError("no table")

    monkeypatch.setattr(disk_protection, "_on_windows" if sys.platform == "win32" else "_on_linux", unreadable)
    assert disk_protection.standing(tmp_path) == Protection(State.UNKNOWN, "hệ điều hành không trả lời")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the kernel's tables")
def test_this_machine_is_asked_for_real(tmp_path):
    """Below this folder the kernel names a dm-crypt device, or none; both ways round must agree."""
    told = disk_protection.standing(tmp_path)
    uuid = f"/sys/dev/block/{os.major(tmp_path.stat().st_dev)}:{os.minor(tmp_path.stat().st_dev)}/dm/uuid"
    if Path(uuid).exists() and Path(uuid).read_text().startswith("CRYPT-"):
        assert told.state is State.ON
    assert told.state in set(State)


def test_what_to_do_is_three_steps_on_each_system():
    for windows in (True, False):
        assert len(disk_protection.what_to_do(windows)) == 3
