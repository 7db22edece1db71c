"""A rating without a name: its dossier keeps that there was one, a count keeps what was said, nothing ties them."""

import itertools
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest

from db import backup, events
from db import ballots as stored
from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.office import acts, ballots, checking, counter, lookup, opening, restoring, settings
from desktop.rules.ballots import LEAST, Box, Question
from desktop.rules.calendar import VN_TZ
from desktop.rules.ratings import CITIZENS_SCREEN, CLERKS_KEYBOARD
from tests import granted

SCREEN, KEYBOARD = Question(5, CITIZENS_SCREEN), Question(5, CLERKS_KEYBOARD)


def at(day, hour=9, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=VN_TZ)


def finished(book, form, number, now=None):
    """So many dossiers with a result; their codes."""
    now = now or at(25, 8)
    made = [
        counter.register(book, replace(form, key=f"{now.isoformat()}-{n}"), clerk="truc", now=now).code
        for n in range(number)
    ]
    for code in made:
        acts.perform(book, code, EventKind.FINISH, {}, clerk="truc", now=now)
    return made


@pytest.fixture
def codes(commune, correction_form):
    return finished(commune, correction_form, 12)


@pytest.fixture
def rate(commune):
    """Answer on the citizen's screen without agreeing to a name."""

    def record(code, score, now, **facts):
        given = {"score": score, "scale": 5, "source": CITIZENS_SCREEN} | facts
        return acts.perform(commune, code, EventKind.RATE, given, clerk="truc", now=now)

    return record


def rated(book, code):
    return [event.payload for event in lookup.dossier(book, code).events if event.event is EventKind.RATE]


def counts(book):
    return [json.loads(event.payload) for event in events.of_kinds(book, EventKind.COUNT_BALLOTS)]


def test_the_dossier_keeps_that_there_was_an_answer_and_no_more(commune, codes, rate):
    rate(codes[0], 1, at(25), reason="Chờ lâu")
    (payload,) = rated(commune, codes[0])
    assert payload["facts"] == {"anonymous": True, "scale": 5, "source": CITIZENS_SCREEN}
    assert re.fullmatch("[0-9a-f]{64}", payload["box"])
    with pytest.raises(UserError) as refusal:
        rate(codes[0], 5, at(25, 10))
    assert refusal.value.code == "already_rated"


def test_with_consent_the_answer_stands_in_the_dossier(commune, codes, rate):
    rate(codes[0], 2, at(25), reason="phải chờ cô Mẫu cả buổi", anonymous=False)
    (payload,) = rated(commune, codes[0])
    assert (payload["facts"]["score"], payload["facts"]["reason"]) == (2, "phải chờ cô Mẫu cả buổi")
    assert "box" not in payload and not stored.boxes(commune)
    assert ballots.tally(commune, at(25).date(), at(25).date()).scores == {SCREEN: (0, 1, 0, 0, 0)}


def test_words_of_ones_own_need_a_name(commune, codes, rate):
    before = events.head(commune)
    with pytest.raises(UserError) as refusal:
        rate(codes[0], 2, at(25), reason="cô Mẫu bắt tôi chờ")
    assert (refusal.value.code, events.head(commune)) == ("own_reason", before)


def test_an_answer_by_command_line_is_on_the_communes_scale_and_the_clerks(commune, codes):
    settings.change(commune, "rating_scale", 3, clerk="truc", now=at(25))
    acts.perform(commune, codes[0], EventKind.RATE, {"score": 3}, clerk="truc", now=at(25))
    assert rated(commune, codes[0])[0]["facts"] == {"anonymous": True, "scale": 3, "source": CLERKS_KEYBOARD}


def test_a_key_told_twice_is_one_ballot(commune, codes):
    for score in (5, 5, 1):
        acts.perform(commune, codes[0], EventKind.RATE, {"score": score}, clerk="truc", now=at(25), key="once")
    assert stored.boxes(commune)[KEYBOARD.key].ballots == 1


def test_a_box_is_counted_with_the_first_ballot_of_a_later_day(commune, codes, rate):
    for code, score in zip(codes[:LEAST], (5, 5, 4, 2, 5), strict=True):
        rate(code, score, at(25), **({"reason": "Chờ lâu"} if score == 2 else {}))
    assert not counts(commune)
    rate(codes[LEAST], 1, at(26))
    (told,) = counts(commune)
    assert (told["question"], told["ballots"]) == (SCREEN.key, LEAST)
    assert told["counted"]["scores"] == [0, 1, 0, 1, 3] and told["counted"]["reasons"] == {"Chờ lâu": 1}
    assert stored.boxes(commune)[SCREEN.key].ballots == 1
    assert checking.verify_chain(commune).holds


def test_too_few_ballots_wait_for_more_whatever_the_day(commune, codes, rate):
    for day, code in zip((25, 26, 27), codes, strict=False):
        rate(code, 4, at(day))
    with commune.write():
        ballots.count(commune, clerk="truc", now=at(30))
    assert not counts(commune) and stored.boxes(commune)[SCREEN.key].ballots == 3
    for code in codes[3:LEAST]:
        rate(code, 5, at(30, 9, 1))
    with commune.write():
        ballots.count(commune, clerk="truc", now=datetime(2026, 12, 1, 8, tzinfo=VN_TZ))
    (told,) = counts(commune)
    assert (told["counted"]["first"], told["counted"]["last"]) == ("2026-11-25", "2026-11-30")
    assert stored.boxes(commune)[SCREEN.key].ballots == 0
    assert checking.verify_chain(commune).holds


def test_every_question_has_a_box_of_its_own(commune, codes, rate):
    for code in codes[:LEAST]:
        rate(code, 5, at(25))
    rate(codes[LEAST], 1, at(25), source=CLERKS_KEYBOARD)
    rate(codes[LEAST + 1], 3, at(26), scale=3)
    assert [told["question"] for told in counts(commune)] == [SCREEN.key]
    assert {key: box.ballots for key, box in stored.boxes(commune).items()} == {
        SCREEN.key: 0,
        KEYBOARD.key: 1,
        f"3/{CITIZENS_SCREEN}": 1,
    }


def test_the_figures_of_a_period_reconcile(commune, codes, rate):
    for code in codes[:LEAST]:
        rate(code, 5, at(25))
    rate(codes[5], 2, at(25), anonymous=False, reason="Chờ lâu")
    rate(codes[6], 1, at(26))
    told = ballots.tally(commune, at(25).date(), at(25).date())
    assert (told.answered, told.scores, told.reasons) == (6, {SCREEN: (0, 1, 0, 0, 5)}, {"Chờ lâu": 1})
    assert ballots.tally(commune, at(26).date(), at(26).date()).scores == {}
    whole = ballots.tally(commune, at(1).date(), at(30).date())
    waiting = sum(box.ballots for box in stored.boxes(commune).values())
    assert whole.answered == sum(map(sum, whole.scores.values())) + waiting + whole.lost == 7


def whatever_was_said(home, scores, form):
    """A register where each dossier of two days was rated in this order; every byte of its files while it is open.

    Two named answers stand among them. The last box is not full yet.
    """
    with opening.open_register(home, now=at(25, 8)) as book:
        codes = finished(book, form, len(scores))
        for number, (code, score) in enumerate(zip(codes, scores, strict=True)):
            facts = {"score": score, "source": CITIZENS_SCREEN} | ({"reason": "Chờ lâu"} if score < 3 else {})
            if number in (2, 8):
                facts = {"score": 4, "source": CITIZENS_SCREEN, "anonymous": False}
            now = at(25, 9, number) if number < 8 else at(26, 9, number)
            acts.perform(book, code, EventKind.RATE, facts, clerk="truc", now=now, key=f"rate-{number}")
        seen = b"".join(path.read_bytes() for path in sorted(home.glob("register.sqlite3*")))
        assert checking.verify_chain(book).holds
    return seen + (home / "register.sqlite3").read_bytes()


def told_by(home):
    """Every value of every table as text, with what is random by design (keys, hashes, what is locked) masked."""
    rows = []
    with closing(sqlite3.connect(home / "register.sqlite3")) as file:
        for (table,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            rows += [(table, *row) for row in file.execute(f'SELECT * FROM "{table}"')]
    return [_masked(row) for row in rows]


def _masked(row):
    values = [f"{len(value)} bytes" if isinstance(value, bytes) else value for value in row]
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid", repr(values))
    return re.sub(r"[0-9a-f]{64}", "digest", text)


#: What twelve citizens say, and others of whom each says something else, with the same sums for each box.
SAID = (5, 1, 4, 5, 3, 4, 5, 2, 4, 1, 5, 4)
SAID_OTHERWISE = (2, 5, 4, 4, 5, 3, 1, 5, 4, 4, 1, 5)


@pytest.fixture
def homes(live_template, tmp_path, correction_form):
    """Two registers with the same life, the same disk's key and the same sums, but other people behind each score."""
    told = {}
    for name, scores in (("one", SAID), ("other", SAID_OTHERWISE)):
        home = shutil.copytree(live_template, tmp_path / name)
        told[home] = whatever_was_said(home, scores, correction_form)
    return told


def test_the_file_reads_the_same_whoever_gave_which_score(homes):
    """All tables of both registers, row by row: a reader who does not hold the key learns sums and nothing else."""
    one, other = (told_by(home) for home in homes)
    # A receipt's signature covers the moment of its promise and the key only; both are the same here.
    assert one == other
    assert sum("count_ballots" in row for row in one) == 1


def test_no_byte_of_the_files_holds_an_open_box(homes):
    """Log and free pages included: a reason stands where named ones and counts stand, and nowhere else."""
    for home, seen in homes.items():
        with closing(sqlite3.connect(home / "register.sqlite3")) as file:
            told = file.execute("SELECT payload FROM event WHERE instr(payload, 'Chờ lâu')").fetchall()
        assert [set(json.loads(payload)) for (payload,) in told] == [{"ballots", "counted", "question"}]
        before = {seen[found.start() - 80 : found.start()] for found in re.finditer("Chờ lâu".encode(), seen)}
        assert before and all(b'"counted":{' in text for text in before)


def test_no_digest_in_the_file_can_be_opened_but_that_of_a_count(homes):
    """Whoever tries every content of a box with every number in the files finds the sums that stand there anyway."""
    for home, seen in homes.items():
        with closing(sqlite3.connect(home / "register.sqlite3")) as file:
            payloads = [json.loads(row[0]) for row in file.execute("SELECT payload FROM event WHERE kind = 'rate'")]
        digests = {payload["box"] for payload in payloads if "box" in payload}
        numbers = {"", *(found.decode() for found in re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", seen))}
        assert len(digests) == 10
        opened = set()
        day = at(25).date()
        for number in numbers:
            for scores in itertools.product(range(4), repeat=5):
                bad = scores[0] + scores[1]
                guess = Box(scores, {"Chờ lâu": bad} if bad else {}, day, day, number).digest()
                opened |= {guess} & digests
        assert opened == {payloads[7]["box"]}, "the count of the first day tells the last state of its box"


def test_a_restored_copy_cannot_read_the_ballots_and_says_how_many_are_lost(commune, codes, rate, tmp_path):
    for code in codes[:LEAST]:
        rate(code, 5, at(25))
    backup.copy(commune.home / "register.sqlite3", tmp_path / "copy.sqlite3")
    restoring.restore(tmp_path / "copy.sqlite3", tmp_path / "restored")
    with opening.open_register(tmp_path / "restored", now=at(26)) as restored:
        assert checking.verify_chain(restored).holds
        acts.perform(restored, codes[LEAST], EventKind.RATE, {"score": 4}, clerk="truc", now=at(26))
        (told,) = counts(restored)
        assert told == {"question": SCREEN.key, "ballots": LEAST, "lost": "other_key"}
        figures = ballots.tally(restored, at(25).date(), at(26).date())
        assert (figures.answered, figures.lost, figures.scores) == (LEAST + 1, LEAST, {})
        assert checking.verify_chain(restored).holds


def test_ratings_of_before_the_box_stay_what_they_are(commune, codes):
    """Earlier versions kept the score in the event of a rating without a name; the chain cannot be rewritten."""
    state = json.loads(events.of_dossier(commune, codes[0])[-1].payload)["after"]
    payload = {"facts": {"score": 4, "anonymous": True, "reason": "chờ lâu"}, "after": state}
    with commune.write():
        granted.append(commune, EventKind.RATE, payload, at=at(25), clerk="truc", key="old", dossier=codes[0])
    assert checking.verify_chain(commune).holds
    assert ballots.tally(commune, at(25).date(), at(25).date()).scores == {KEYBOARD: (0, 0, 0, 1, 0)}
