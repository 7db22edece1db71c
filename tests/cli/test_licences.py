"""What the program is made of, as the verb tells it."""

import re

from desktop import licences
from tests.architecture.source import CHECKOUT

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)( ; .+)? \\$", re.MULTILINE)
#: Locked to install the checkout itself, or for Windows; a running program on Linux has none of them.
NOT_RUNNING = {"setuptools", "colorama", "tzdata"}


def test_every_locked_package_is_told_with_the_version_that_is_locked(motcua):
    told = motcua("licences", "--json")
    assert told.exit_code == 0
    versions = {re.sub(r"[-_.]+", "-", part["name"]).lower(): part["version"] for part in told.json["parts"]}
    locked = {name: version for name, version, _ in PIN.findall((CHECKOUT / "desktop/requirements.txt").read_text())}
    assert {name: versions.get(name) for name in locked.keys() - NOT_RUNNING} == {
        name: locked[name] for name in locked.keys() - NOT_RUNNING
    }
    assert versions.keys() - locked.keys() == {"python", "sqlite", "openssl"}


def test_each_part_names_a_licence_in_a_few_words():
    assert [part.name for part in licences.parts() if not 2 < len(part.licence) < 80] == []


def test_the_whole_texts_come_on_request(motcua):
    brief, whole = motcua("licences"), motcua("licences", "--whole")
    assert brief.exit_code == whole.exit_code == 0
    assert whole.out.startswith(brief.out.rstrip("\n"))
    assert "Permission is hereby granted, free of charge" in whole.out.removeprefix(brief.out)
    assert "Permission" not in brief.out
