"""Who proves to be who he says: passwords set and tried, lost ones replaced, the recovery code on its sheet.

On a live register from the moment its first administrator has a password; a practice register asks nothing. Who has
proved himself is remembered with the open register (``Register.proved``) and asked for by ``rights``. Whatever is done
about a password stands in the chain, the secret nowhere. Loads argon2 only when a secret is tried or set.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db import credentials, events, people
from db.connection import Register
from db.credentials import Proof
from db.looks import LOGGED
from db.records import Clerk
from db.vocabulary import EventKind, Role
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.office import keepers, people_trail, rights
from desktop.office.people import PEOPLE_KINDS, found, runs, told

E = EventKind
_CHANGED = Changes(settings=True)
#: The doors. Only the first is an event: who unlocks has signed in before, and a verb's act is recorded anyway.
WINDOW, UNLOCK, VERB = "window", "unlock", "verb"
#: Where the recovery code is tried, and where the second person of a confirmation says so himself.
_SHEET, _CONFIRM = "recovery", "confirm"
#: So long everybody who signs in is told that the recovery code was used.
_TOLD_FOR = timedelta(days=30)
_WRONG = "Tên hoặc mật khẩu không đúng."
_WRONG_SECOND = "Tên hoặc mật khẩu của người xác nhận không đúng."
_WRONG_CODE = "Mã khôi phục không đúng."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in; with ``must_change`` he may only choose a password of his own (:func:`set_password`).

    ``misses`` is how often somebody failed in his name since he was last here.
    """

    clerk: Clerk
    must_change: bool
    misses: int


@dataclass(frozen=True, slots=True)
class RecoveryUse:
    """That somebody took back the administrator's rights by the printed code: whose name got the new password."""

    at: datetime
    person: str
    full_name: str


def required(book: Register) -> bool:
    """Whether people of this register have to sign in."""
    return rights.asks_who(book)


def have_passwords(book: Register) -> frozenset[str]:
    """Short names of all who have a password."""
    return credentials.holders(book)


def sign_in(book: Register, short_name: str, secret: str, *, now: datetime, through: str = WINDOW) -> SignedIn:
    """Prove who one is; the same sentence after the same work for names that nobody has.

    UserError ``wrong_password``, ``wait`` (its ``seconds`` tell how long), ``password_altered`` for one that was put
    into the file behind the program. Misses stand in the chain.
    """
    person, proof = _tried(book, short_name, secret, through, now)
    with book.write():
        _forget_misses(book, person, proof)
        if through == WINDOW:
            actor = rights.by_itself(book, E.SIGN_IN, clerk=person.short_name)
            _record(book, E.SIGN_IN, {"misses": proof.failures}, actor, now)
    book.proved[person.short_name] = not proof.must_change
    return SignedIn(person, proof.must_change, proof.failures)


def vouch(book: Register, short_name: str, secret: str, *, now: datetime) -> Clerk:
    """The second person of a confirmation says by his password that he stands for the very next transaction.

    He is not signed in by it. UserError as :func:`sign_in`, and ``must_change``: a one-time password is known to
    whoever handed it out, and proves nobody.
    """
    person, proof = _tried(book, short_name, secret, _CONFIRM, now)
    if proof.must_change:
        message = f"{person.full_name} phải đăng nhập và đặt mật khẩu của riêng mình trước đã."
        raise UserError("must_change", message, clerk=person.short_name)
    with book.write():
        _forget_misses(book, person, proof)
    book.vouched[person.short_name] = now
    return person


def sign_out(book: Register, short_name: str) -> None:
    """From now on this person has to sign in again to act."""
    book.proved.pop(short_name, None)


def set_password(
    book: Register, short_name: str, secret: str, *, old: str = "", clerk: str | None, now: datetime
) -> Changes:
    """Choose one's own password, or as an administrator one for another, which he must change when he first signs in.

    ``old`` is the present one, asked of whoever changes his own of his own accord. UserError ``wrong_password``,
    ``wait``, ``weak_password``, ``short_password``, ``same_password``, ``no_passwords`` before :func:`begin`.
    """
    from desktop.rules import passwords

    _refuse_before_begin(book)
    person = _working(book, short_name)
    held = credentials.of(book, person.short_name)
    is_own = _is(clerk, person)
    if is_own and held is not None and not held.must_change:
        _refuse_wrong(book, person, held, old, now)
    _refuse_weak(secret, person)
    if held is not None and passwords.verifies(held.hash, secret):
        raise UserError("same_password", "Mật khẩu mới phải khác mật khẩu cũ.")
    kept = passwords.hashed(secret)
    with book.write():
        if is_own:
            rights.own_password(book, person, now=now)
            _put(book, person, kept, E.SET_PASSWORD, person.short_name, now)
        else:
            actor = rights.acting(book, clerk, E.RESET_PASSWORD, now=now).short_name
            _put(book, person, kept, E.RESET_PASSWORD, actor, now)
    keepers.mark(book)
    if is_own:
        book.proved[person.short_name] = True
    else:
        sign_out(book, person.short_name)
    return _CHANGED


def reset(book: Register, short_name: str, *, clerk: str | None, now: datetime) -> str:
    """A one-time password for somebody who has none or forgot his, told once; he must choose his own with it.

    UserError ``own_password`` for one's own, which takes the old one (:func:`set_password`).
    """
    from desktop.rules import passwords

    _refuse_before_begin(book)
    person = _working(book, short_name)
    if _is(clerk, person):
        raise UserError("own_password", "Mật khẩu của mình thì tự đổi, bằng mật khẩu hiện tại.")
    secret = passwords.one_time()
    kept = passwords.hashed(secret)
    with book.write():
        actor = rights.acting(book, clerk, E.RESET_PASSWORD, now=now).short_name
        _put(book, person, kept, E.RESET_PASSWORD, actor, now)
    keepers.mark(book)
    sign_out(book, person.short_name)
    return secret


def begin(book: Register, short_name: str, secret: str, *, now: datetime) -> str:
    """The register's first password, an administrator's; returns the recovery code, which belongs on paper.

    From now on this register asks who acts. UserError ``practice_asks_nothing``, ``has_passwords``,
    ``not_administrator``, ``weak_password``, ``short_password``.
    """
    from desktop.rules import passwords

    if book.practice:
        raise UserError("practice_asks_nothing", "Sổ tập huấn không hỏi mật khẩu.")
    person = _working(book, short_name)
    _refuse_weak(secret, person)
    kept = passwords.hashed(secret)
    with book.write():
        if required(book):
            raise UserError("has_passwords", "Sổ này đã có mật khẩu; hãy đăng nhập.")
        if not runs(book, person):
            raise UserError("not_administrator", "Mật khẩu đầu tiên phải là của một người quản trị.")
        rights.acting(book, person.short_name, E.SET_PASSWORD, now=now)
        rights.acting(book, person.short_name, E.MAKE_RECOVERY_CODE, now=now)
        _put(book, person, kept, E.SET_PASSWORD, person.short_name, now)
        code = _make_code(book, person.short_name, now)
    keepers.mark(book)
    book.proved[person.short_name] = True
    return code


def new_recovery_code(book: Register, *, clerk: str | None, now: datetime) -> str:
    """Another recovery code for a new sheet; the earlier one opens nothing from now on."""
    _refuse_before_begin(book)
    with book.write():
        actor = rights.acting(book, clerk, E.MAKE_RECOVERY_CODE, now=now).short_name
        code = _make_code(book, actor, now)
    keepers.mark(book)
    return code


def use_recovery_code(book: Register, short_name: str, code: str, new_secret: str, *, now: datetime) -> str:
    """Who holds the sheet becomes administrator in the name of a person of this register; returns the next code.

    The code is spent, the new one belongs on a new sheet. For thirty days everybody who signs in is told.
    UserError ``wrong_code``, ``wait``, ``password_altered``, ``no_passwords``, ``weak_password``, ``short_password``,
    ``unknown_clerk``.
    """
    from desktop.rules import passwords
    from desktop.rules.backup_keys import read_code

    _refuse_before_begin(book)
    person = _working(book, short_name)
    _refuse_weak(new_secret, person)
    proof = credentials.recovery(book)
    _refuse_altered(people_trail.proofs(book).code, proof)
    _refuse_waiting(proof, now)
    if not passwords.verifies(proof.hash if proof else None, read_code(code) or ""):
        with book.write():
            if proof is not None:
                credentials.put_recovery(book, _after_miss(proof, now))
            _missed(book, None, None, _SHEET, now)
        raise UserError("wrong_code", _WRONG_CODE)
    kept = passwords.hashed(new_secret)
    with book.write():
        raised = person._replace(roles=person.roles | {Role.ADMINISTER})
        given, (next_code, next_proof) = Proof(kept, now), _new_code(now)
        payload = {"person": person.short_name, "became_administrator": raised != person, "after": told(raised)}
        payload |= {"proof": given.digest, "next_proof": next_proof.digest}
        payload |= {"replaces": _digest(credentials.of(book, person.short_name)), "spent": _digest(proof)}
        _record(book, E.USE_RECOVERY_CODE, payload, rights.by_itself(book, E.USE_RECOVERY_CODE), now)
        people.change(book, raised)
        credentials.put(book, person.short_name, given)
        credentials.put_recovery(book, next_proof)
    keepers.mark(book)
    book.proved[person.short_name] = True
    return next_code


def recovery_uses(book: Register, *, now: datetime) -> tuple[RecoveryUse, ...]:
    """The uses of the recovery code of which everybody who signs in is still told, newest first."""
    uses = []
    for event in events.of_kinds(book, *PEOPLE_KINDS, since=(now - _TOLD_FOR).date(), only=E.USE_RECOVERY_CODE):
        name = json.loads(event.payload)["person"]
        uses.append(RecoveryUse(datetime.fromisoformat(event.at), name, found(book, name).full_name))
    return tuple(reversed(uses))


def codes_made(book: Register) -> int:
    """How many recovery codes this register has had: what the last one's sheet is called by."""
    kinds = (E.MAKE_RECOVERY_CODE, E.USE_RECOVERY_CODE)  # each use makes the next code
    return sum(1 for event in events.of_kinds(book, *PEOPLE_KINDS) if event.kind in kinds)


def _refuse_before_begin(book: Register) -> None:
    if not required(book):
        raise UserError("no_passwords", "Sổ này chưa dùng mật khẩu; một người quản trị phải đặt mật khẩu đầu tiên.")


def _working(book: Register, short_name: str) -> Clerk:
    person = found(book, short_name)
    if not person.active:
        raise UserError("person_closed", f"{person.full_name} không còn làm việc trên sổ này.", clerk=short_name)
    return person


def _is(clerk: str | None, person: Clerk) -> bool:
    return clerk is not None and clerk.casefold() == person.short_name.casefold()


def _refuse_weak(secret: str, person: Clerk) -> None:
    from desktop.rules import passwords

    if problem := passwords.problem(secret, (person.short_name, person.full_name)):
        raise UserError(*problem)


def _tried(book: Register, short_name: str, secret: str, through: str, now: datetime) -> tuple[Clerk, Proof]:
    """Whose password this is; the same sentence after the same work for names that nobody has."""
    from desktop.rules import passwords

    person = people.find(book, " ".join(short_name.split()))
    proof = credentials.of(book, person.short_name) if person and person.active else None
    if person and person.active:
        _refuse_altered(people_trail.proofs(book).of(person.short_name), proof)
    _refuse_waiting(proof, now)
    if not passwords.verifies(proof.hash if proof else None, secret):
        _missed(book, person if proof else None, proof, through, now)
        raise UserError("wrong_password", _WRONG_SECOND if through == _CONFIRM else _WRONG)
    assert person is not None and proof is not None, "nobody's password verifies"
    return person, proof


def _forget_misses(book: Register, person: Clerk, proof: Proof) -> None:
    if proof.failures:
        credentials.put(book, person.short_name, replace(proof, failures=0, wait_until=None))


def _refuse_waiting(proof: Proof | None, now: datetime) -> None:
    """A wait beyond the longest was counted by a clock that has since been set back, and keeps nobody out."""
    from desktop.rules.passwords import LONGEST_WAIT

    if proof is None or proof.wait_until is None or not now < proof.wait_until <= now + LONGEST_WAIT:
        return
    seconds = int((proof.wait_until - now).total_seconds())
    words = f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"
    raise UserError("wait", f"Sai nhiều lần; hãy thử lại sau {words}.", seconds=seconds)


def _refuse_altered(told: tuple[str, bool] | None, held: Proof | None) -> None:
    """Nobody is let in by a hash that no event gave; whoever comes is told, with the right password too."""
    if not people_trail.bears_out(told, held):
        raise UserError(
            "password_altered",
            "Tệp của sổ đã bị sửa ngoài chương trình: mật khẩu đang lưu không phải mật khẩu đã đặt. "
            "Hãy báo người quản trị và kiểm tra sổ.",
        )


def _digest(proof: Proof | None) -> str | None:
    return proof.digest if proof else None


def _refuse_wrong(book: Register, person: Clerk, held: Proof, old: str, now: datetime) -> None:
    from desktop.rules import passwords

    _refuse_waiting(held, now)
    if not passwords.verifies(held.hash, old):
        _missed(book, person, held, "change", now)
        raise UserError("wrong_password", "Mật khẩu hiện tại không đúng.")


def _missed(book: Register, person: Clerk | None, proof: Proof | None, through: str, now: datetime) -> None:
    """Count a miss and write it down; what was typed for a name may be a password and is not kept.

    Nobody waits for a name that has no password, so of those the chain takes only so many in a while.
    """
    with book.write():
        if person is None and through != _SHEET and _are_enough(book, now):
            return
        payload: dict[str, Any] = {"person": person.short_name if person else None, "through": through}
        if person and proof:
            after = _after_miss(proof, now)
            credentials.put(book, person.short_name, after)
            payload["failures"] = after.failures
        _record(book, E.FAIL_SIGN_IN, payload, rights.by_itself(book, E.FAIL_SIGN_IN), now)


def _are_enough(book: Register, now: datetime) -> bool:
    """Whether the misses under names that have no password tell already that somebody is trying."""
    from desktop.rules.passwords import FREE_MISSES, LONGEST_WAIT

    since, nobody = now - LONGEST_WAIT, 0
    for event in events.of_kinds(book, *LOGGED, since=since.date(), only=E.FAIL_SIGN_IN):
        told = json.loads(event.payload)
        is_fresh = datetime.fromisoformat(event.at) > since
        nobody += is_fresh and told["person"] is None and told["through"] != _SHEET
    return nobody >= FREE_MISSES


def _after_miss(proof: Proof, now: datetime) -> Proof:
    from desktop.rules import passwords

    failures = proof.failures + 1
    wait = passwords.wait_after(failures)
    return replace(proof, failures=failures, wait_until=now + wait if wait else None)


def _put(book: Register, person: Clerk, kept: str, kind: EventKind, actor: str, now: datetime) -> None:
    given = Proof(kept, now, must_change=kind is E.RESET_PASSWORD)
    before = _digest(credentials.of(book, person.short_name))
    told = {"person": person.short_name, "proof": given.digest, "replaces": before}
    _record(book, kind, told, actor, now)
    credentials.put(book, person.short_name, given)


def _make_code(book: Register, actor: str, now: datetime) -> str:
    """A code in place of the last, as somebody's act."""
    code, proof = _new_code(now)
    told = {"proof": proof.digest, "spent": _digest(credentials.recovery(book))}
    _record(book, E.MAKE_RECOVERY_CODE, told, actor, now)
    credentials.put_recovery(book, proof)
    return code


def _new_code(now: datetime) -> tuple[str, Proof]:
    from random import SystemRandom

    from desktop.rules import backup_keys, passwords

    code = backup_keys.new_code(SystemRandom())
    return code, Proof(passwords.hashed(code), now)


def _record(book: Register, kind: EventKind, payload: dict, actor: str, now: datetime) -> None:
    """At the last event's moment where the machine's clock stands before it: nobody is locked out by a clock."""
    last = None if book.practice else events.last_moment(book)
    payload = payload | ({"clock": now.isoformat(timespec="seconds")} if last and last > now else {})
    events.append(book, kind, payload, at=max(now, last) if last else now, clerk=actor, key=events.new_key())
