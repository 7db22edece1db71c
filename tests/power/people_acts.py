"""What is done to the people of a counter: added, changed, given passwords, lost ones replaced, signed in.

A secret is said before it is tried and again once it holds; a one-time password and a recovery code are on paper only
once they hold, and are said then.
"""

from collections.abc import Callable, Iterable

from db.vocabulary import Role
from desktop.errors import UserError
from desktop.office import people, recovery, signing_in
from desktop.rules.rights import WORKING
from tests.power.desk import ANYTHING, CODE, FIRST, SECOND, Desk, say

_NAMES = ("an", "bình", "chi", "dung", "giang", "hạnh")


def let_in(desk: Desk) -> None:
    """Whoever works here proves it with what he knows; whom nobody knows a password of is given one."""
    if not signing_in.required(desk.book):
        return
    for name in (FIRST, SECOND):
        if name in desk.known.secrets:
            signed = signing_in.sign_in(desk.book, name, desk.known.secrets[name], now=desk.now)
            if signed.must_change:
                own_password(desk, name)
        else:
            one_time(desk, name)
            own_password(desk, name)


def begin(desk: Desk) -> None:
    """From now on this register asks who acts; its first recovery sheet is drawn."""
    new = _new(desk)
    _try({FIRST: new, CODE: ANYTHING})
    code = signing_in.begin(desk.book, FIRST, new, now=desk.now)
    _holds(desk, {FIRST: new, CODE: code})
    assert recovery.people_sheet(desk.book, code, now=desk.now)
    let_in(desk)


def own_password(desk: Desk, name: str = SECOND) -> None:
    old, new = desk.known.secrets.get(name, ""), _new(desk)
    if not old:
        raise UserError("no_password", name)
    _try({name: new})
    signing_in.set_password(desk.book, name, new, old=old, clerk=name, now=desk.now)
    _holds(desk, {name: new})


def one_time(desk: Desk, name: str = "") -> None:
    """Handed out on paper; whoever gets it has to choose his own with it."""
    name = name or desk.chance.choice([one.short_name for one in people.clerks(desk.book)[1:]])
    _try({name: ANYTHING})
    secret = signing_in.reset(desk.book, name, clerk=FIRST, now=desk.now)
    _holds(desk, {name: secret})
    assert recovery.one_time_sheet(desk.book, people.found(desk.book, name), secret, now=desk.now)
    if signing_in.sign_in(desk.book, name, secret, now=desk.now).must_change is False:
        say("bug", f"{name} need not change a one-time password")
    own_password(desk, name)


def new_sheet(desk: Desk) -> None:
    _try({CODE: ANYTHING})
    code = signing_in.new_recovery_code(desk.book, clerk=FIRST, now=desk.now)
    _holds(desk, {CODE: code})
    assert recovery.people_sheet(desk.book, code, now=desk.now)


def recover(desk: Desk) -> None:
    """The administrator's password is lost: the sheet opens, and the next one takes its place."""
    code, new = desk.known.secrets.get(CODE, ""), _new(desk)
    if not code:
        raise UserError("no_sheet", "")
    _try({FIRST: new, CODE: ANYTHING})
    following = signing_in.use_recovery_code(desk.book, FIRST, code, new, now=desk.now)
    _holds(desk, {FIRST: new, CODE: following})


def add(desk: Desk) -> None:
    name = f"{desk.chance.choice(_NAMES)}{desk.chance.randrange(1000)}"
    people.add(desk.book, name, "Lò Văn Ví Dụ", roles=_roles(desk), clerk=FIRST, now=desk.now)
    say("person", name)


def change_role(desk: Desk) -> None:
    others = [one.short_name for one in people.everyone(desk.book) if one.short_name not in (FIRST, SECOND)]
    if not others:
        raise UserError("nobody", "")
    works = desk.chance.random() < 0.7
    one = desk.chance.choice(others)
    people.change(desk.book, one, roles=_roles(desk), active=works, clerk=FIRST, now=desk.now)


def sign_in(desk: Desk) -> None:
    """A slip of the fingers, then in."""
    try:
        signing_in.sign_in(desk.book, SECOND, "không phải câu này", now=desk.now)
    except UserError as refusal:
        if refusal.code != "wrong_password":
            raise
    else:
        say("bug", "a wrong password let somebody in")
    secret = desk.known.secrets.get(SECOND)
    if secret:
        signing_in.sign_in(desk.book, SECOND, secret, now=desk.now)


def _roles(desk: Desk) -> Iterable[Role]:
    roles = sorted(WORKING)
    return desk.chance.sample(roles, desk.chance.randint(1, len(roles)))


def _new(desk: Desk) -> str:
    return f"lúa nương {desk.chance.randrange(10**9)} chín vàng"


def _try(secrets: dict[str, str]) -> None:
    """Said in one line: they come to hold together or not at all."""
    say("tries", *(part for pair in secrets.items() for part in pair))


def _holds(desk: Desk, secrets: dict[str, str]) -> None:
    say("holds", *(part for pair in secrets.items() for part in pair))
    desk.known.secrets |= secrets


ACTS: dict[Callable[[Desk], None], int] = {
    **{begin: 2, own_password: 3, one_time: 3, new_sheet: 2, recover: 2, add: 3, change_role: 3, sign_in: 3}
}
