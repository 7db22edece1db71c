"""Packets on a stick: whole under their name or not there, found whatever they are called, bad ones with their reason.

A full and a locked stick are real file systems where the system lets us mount one; a pulled one fails at every call.
"""

import os
import shutil
import subprocess
import sys

import pytest

from desktop.errors import EnvironmentProblem, UserError
from desktop.sync import packet_files, protocol
from desktop.sync.protocol import Kind
from tests.sync import told


def packet(*days: str) -> bytes:
    return protocol.packet([protocol.sign(Kind.DAY_REPORT, told.day_report(day), told.COMMUNE) for day in days])


DATA = packet("2026-11-12", "2026-11-30", "2026-11-02")


@pytest.mark.parametrize("kind", Kind)
def test_a_name_says_what_it_is(kind):
    document = told.documents()[kind]
    data = protocol.packet([document])
    own, answered = protocol.packet_sha256(data)[:8], "56565656"
    assert (
        packet_files.file_name(data)
        == {
            Kind.DAY_REPORT: f"bao-cao_MT_20261112_20261112_{own}.motcua",
            Kind.ENROLMENT: f"ghi-danh_MT_{own}.motcua",
            Kind.HOLDINGS_WANTED: f"hoi-so-lieu_MT_{own}.motcua",
            Kind.ACKNOWLEDGEMENT: f"xac-nhan_MT_{answered}.motcua",
            Kind.ENROLLED: f"xac-nhan-ghi-danh_MT_{own}.motcua",
            Kind.REFUSAL: f"tu-choi_{answered}.motcua",
        }[kind]
    )


def test_a_packet_is_written_under_its_name_and_read_again(tmp_path):
    path = packet_files.write(tmp_path, DATA)
    assert path.name.startswith("bao-cao_MT_20261102_20261130_") and path.read_bytes() == DATA
    assert packet_files.write(tmp_path, DATA) == path and list(tmp_path.iterdir()) == [path]
    (found,) = packet_files.read_all(tmp_path)
    assert (found.path, found.data, found.problem) == (path, DATA, None)
    assert found.documents == protocol.read_packet(DATA)


def test_the_name_never_matters_and_files_of_others_are_passed_over(tmp_path):
    (tmp_path / "System Volume Information").mkdir()
    (tmp_path / "ảnh.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "rỗng").touch()
    (tmp_path / "bao-cao.motcua.part").write_bytes(DATA[:100])
    os.mkfifo(tmp_path / "ống.motcua")
    (tmp_path / "lối tắt.motcua").symlink_to("/dev/zero")
    (tmp_path / "thang 11").mkdir()
    (tmp_path / "thang 11" / "đổi tên (2).txt").write_bytes(DATA)
    (tmp_path / "GOI.MOTCUA").write_bytes(packet("2026-11-12"))
    found = list(packet_files.read_all(tmp_path))
    assert [(one.path.name, one.problem, len(one.documents)) for one in found] == [
        ("GOI.MOTCUA", None, 1),
        ("đổi tên (2).txt", None, 3),
    ]


def test_each_bad_file_has_its_own_reason_and_stops_no_other(tmp_path):
    bad = {
        "1.motcua": (b"", "not_a_packet"),
        "2.motcua": (b"PK\x03\x04", "not_a_packet"),
        "3": (DATA[:-1], "damaged"),
        "4": (DATA[:40], "damaged"),
        "5": (DATA.replace(b"packet 1", b"packet 2"), "unknown_kind"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "6.motcua").write_bytes(DATA)
    with (tmp_path / "7.motcua").open("wb") as file:
        file.truncate(packet_files.LARGEST_FILE + 1)
    found = {one.path.name: one for one in packet_files.read_all(tmp_path)}
    assert {name: one.problem.code for name, one in found.items() if one.problem} == {
        **{name: code for name, (_, code) in bad.items()},
        "7.motcua": "too_large",
    }
    assert len(found["6.motcua"].documents) == 3


def test_a_file_may_be_given_its_name_and_replaces_what_had_it(tmp_path):
    path = tmp_path / "gói"
    path.write_bytes(b"older")
    assert packet_files.write(path, DATA) == path and path.read_bytes() == DATA
    assert list(tmp_path.iterdir()) == [path]


def test_one_file_may_be_named_and_must_be_there(tmp_path):
    path = tmp_path / "thư.docx"
    path.write_bytes(b"PK\x03\x04")
    (found,) = packet_files.read_all(path)
    assert found.problem is not None and found.problem.code == "not_a_packet"
    with pytest.raises(UserError) as missing:
        list(packet_files.read_all(tmp_path / "không có"))
    assert missing.value.code == "no_file"


@pytest.fixture
def mounted(tmp_path):
    """Mounts a small file system of the test's own; skips where the system does not let us."""
    place, made = tmp_path / "usb", []

    def mount(options: str):
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("this system lets us mount nothing")
        made.append(place)
        return place

    yield mount
    for each in made:
        subprocess.run(["umount", str(each)], check=True)


def test_a_full_stick_keeps_what_it_had_and_nothing_half(mounted):
    stick = mounted("size=32k")
    older = packet_files.write(stick, packet("2026-11-12"))
    (stick / "phim.mp4").write_bytes(b"x" * 24 * 1024)
    large = packet(*(f"2026-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)))
    with pytest.raises(EnvironmentProblem) as full:
        packet_files.write(stick, large)
    assert full.value.code == "no_space"
    assert sorted(path.name for path in stick.iterdir()) == sorted(["phim.mp4", older.name])


def test_a_locked_stick_is_said_to_be_locked(mounted):
    with pytest.raises(EnvironmentProblem) as locked:
        packet_files.write(mounted("ro"), DATA)
    assert locked.value.code == "read_only"


def test_a_stick_that_is_not_there_is_said_to_be_gone(tmp_path):
    with pytest.raises(EnvironmentProblem) as gone:
        packet_files.write(tmp_path / "usb" / "tháng 11", DATA)
    assert gone.value.code == "carrier_gone"


CHILD = """
import sys
from pathlib import Path
from desktop.errors import EnvironmentProblem
from desktop.sync import packet_files

try:
    packet_files.write(Path(sys.argv[2]), Path(sys.argv[1]).read_bytes())
    print("written")
except EnvironmentProblem as problem:
    print(problem.code)
"""


class Stick:
    """A folder whose every system call may be made to fail, as when a stick is pulled, or to be the last one."""

    def __init__(self, folder) -> None:
        self.source, self.place, self.log = folder / "source", folder / "usb", folder / "calls"
        self.target = self.place / "bao-cao.motcua"
        self.source.write_bytes(DATA)

    def written(self, *inject: str) -> tuple[str, list[str]]:
        """What the program said, and the calls that touched the stick."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        watched = [f"-P{path}" for path in (self.place, self.target, f"{self.target}.part")]
        child = [sys.executable, "-c", CHILD, str(self.source), str(self.target)]
        command = ["strace", "-qq", "-o", str(self.log), *watched, *inject, *child]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip(), [line.split("(")[0] for line in self.log.read_text().splitlines() if "(" in line]


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace to pull the stick")
@pytest.mark.parametrize("fate", ["error=EIO", "signal=KILL"])
def test_pulled_or_dead_at_any_call_nothing_half_is_under_the_name(tmp_path, fate):
    stick = Stick(tmp_path)
    said, calls = stick.written()
    assert said == "written" and {"openat", "write", "fsync", "rename"} <= set(calls)
    for number, call in enumerate(calls):
        said, _ = stick.written("-e", f"inject={call}:{fate}:when={calls[: number + 1].count(call)}")
        there = stick.target.exists()
        assert not there or stick.target.read_bytes() == DATA, call
        assert said in ("", "carrier_gone", "written"), call
        if said == "written":
            assert there, call
        if call in ("write", "fsync", "rename"):
            assert said != "written", call
