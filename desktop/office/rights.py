"""The one place where somebody's right is asked for: nothing enters the chain before (``db.events.append`` sees to it).

Hides who stands for whom when nobody is named, and that a live register with passwords believes only whom it has heard.
The table itself is ``rules.rights``. Light to load, for the window asks it at its start.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from db import credentials, events, people
from db.connection import Register
from db.records import Clerk
from db.vocabulary import EventKind
from desktop.errors import UserError
from desktop.rules.text import TextError, clean

if TYPE_CHECKING:
    from desktop.rules.rights import Deed

#: Who acts where nobody does; no person has this short name.
PROGRAM = "chương trình"
#: A word given for an act that was then not even tried stands for no later one.
_WORD_STANDS = timedelta(minutes=1)


def acting(
    book: Register,
    short_name: str | None,
    kind: EventKind,
    *,
    now: datetime,
    procedure: str | None = None,
    setting: str | None = None,
) -> Clerk:
    """Who acts: the named one, or the first of the register when nobody is named; granted until the transaction ends.

    ``procedure`` is the code of the matter that the act is about, ``setting`` the name of a changed setting. A name
    that is not known is refused on a live register and added on a practice one: ask inside the transaction of the act,
    so that nobody is added for an act that is refused. UserError ``unknown_clerk``, ``person_closed``,
    ``sign_in_required``, ``must_change``, ``not_allowed``, ``other_field``.
    """
    clerk = named(book, short_name, now=now)
    refuse(book, clerk, kind, procedure=procedure, setting=setting)
    book.grant(clerk.short_name, kind)
    return clerk


def by_itself(book: Register, kind: EventKind, *, clerk: str = PROGRAM) -> str:
    """An act of the machine, or of somebody who is not at work here: needs no right, and only some kinds are."""
    from desktop.rules import rights

    if kind not in rights.BY_ITSELF:
        raise RuntimeError(f"{kind} is somebody's act")
    book.grant(clerk, kind)
    return clerk


def at_work(book: Register, clerk: str) -> str:
    """In whose name the machine does something by itself: nobody's who has not signed in where people have to."""
    return PROGRAM if asks_who(book) and not book.proved.get(clerk) else clerk


def confirming(
    book: Register, short_name: str, *, actor: str, procedure: str | None, needed: bool, now: datetime
) -> tuple[Clerk, bool]:
    """The second person in whose name ``actor`` has something confirmed, and whether his password proved it.

    Where people have passwords nobody stands as confirming who did not type his own (``signing_in.vouch``), which this
    spends. What is ``needed`` is confirmed by another, a lead; else by whoever was named. UserError
    ``needs_second_person``, ``unknown_clerk``, ``person_closed``, ``not_allowed``, ``other_field``,
    ``has_no_password``, ``needs_their_password``.
    """
    from desktop.rules.rights import Deed

    second = known(book, short_name, now=now)
    if needed and second.short_name == actor:
        raise UserError("needs_second_person", "Người xác nhận phải là một người khác.")
    if needed and (said := why_not(book, second, Deed.CONFIRM, procedure=procedure)):
        code, message = said
        raise UserError(code, f"{second.full_name} không xác nhận được. {message}", clerk=second.short_name)
    return second, asks_who(book) and _vouched(book, second, now)


def _vouched(book: Register, second: Clerk, now: datetime) -> bool:
    if credentials.of(book, second.short_name) is None:
        message = f"{second.full_name} chưa có mật khẩu nên chưa xác nhận được."
        raise UserError("has_no_password", message, clerk=second.short_name)
    said = book.vouched.pop(second.short_name, None)
    if said is None or abs(now - said) > _WORD_STANDS:
        message = f"{second.full_name} phải tự gõ mật khẩu của mình để xác nhận."
        raise UserError("needs_their_password", message, clerk=second.short_name)
    return True


def own_password(book: Register, clerk: Clerk, *, now: datetime) -> None:
    """Grant somebody his own password: also who has signed in with one that he must change, and may do nothing else."""
    if book.proved.get(clerk.short_name) is False:
        book.grant(clerk.short_name, EventKind.SET_PASSWORD)
    else:
        acting(book, clerk.short_name, EventKind.SET_PASSWORD, now=now)


def refuse(
    book: Register,
    clerk: Clerk,
    kind: "EventKind | Deed",
    *,
    procedure: str | None = None,
    setting: str | None = None,
) -> None:
    """UserError ``not_allowed``, ``other_field`` for what is not this person's work."""
    if said := why_not(book, clerk, kind, procedure=procedure, setting=setting):
        code, message = said
        raise UserError(code, message, clerk=clerk.short_name)


def demand(
    book: Register, short_name: str | None, kind: "EventKind | Deed", *, now: datetime, setting: str | None = None
) -> Clerk:
    """Who does what leaves no event here, or begins what will be recorded later; UserError as :func:`acting`."""
    clerk = named(book, short_name, now=now)
    refuse(book, clerk, kind, setting=setting)
    return clerk


def why_not(
    book: Register,
    clerk: Clerk,
    kind: "EventKind | Deed",
    *,
    procedure: str | None = None,
    setting: str | None = None,
) -> tuple[str, str] | None:
    """Code and sentence of why this person may not, naming the roles that may; None when he may."""
    from desktop.rules import rights

    if not rights.may(clerk.roles, kind, setting):
        return "not_allowed", _whose(rights.allowed(kind, setting))
    if procedure is not None and clerk.fields and not rights.in_field(clerk.fields, field := _field(book, procedure)):
        theirs = ", ".join(clerk.fields)
        return "other_field", f"Hồ sơ thuộc lĩnh vực {field or 'chưa rõ'}; {clerk.full_name} phụ trách {theirs}."
    return None


def named(book: Register, short_name: str | None, *, now: datetime) -> Clerk:
    """Who is meant, as one who may act at all; inside the transaction where a practice register may add him."""
    asks = asks_who(book)
    if not short_name:
        return _unnamed(book, asks)
    clerk = known(book, short_name, now=now)
    if asks and clerk.short_name not in book.proved:
        raise UserError("sign_in_required", f"{clerk.full_name} chưa đăng nhập.", clerk=clerk.short_name)
    if asks and not book.proved[clerk.short_name]:
        raise UserError("must_change", "Hãy đặt mật khẩu của riêng mình trước đã.", clerk=clerk.short_name)
    return clerk


def _unnamed(book: Register, asks: bool) -> Clerk:
    if asks:
        raise UserError("sign_in_required", "Sổ này có mật khẩu: hãy đăng nhập bằng tên của mình.")
    return next(one for one in people.everyone(book) if one.active)


def reach(book: Register, short_name: str | None) -> frozenset[str] | None:
    """The procedures of which dossiers are listed for somebody: those of the fields of his work, None for all.

    Every list and every search asks for it; that somebody looked is asked for and recorded by ``access``. UserError
    ``sign_in_required`` where nobody is named and people have passwords, ``unknown_clerk``.
    """
    person = reader(book, short_name)
    if not person.fields:
        return None
    from desktop.office import procedures
    from desktop.rules.rights import in_field

    newest = procedures.catalogue(book).begun(date.max).values()
    return frozenset(version.code for version in newest if in_field(person.fields, version.field))


def reader(book: Register, short_name: str | None) -> Clerk:
    """Who asks for a list; nobody is added for it, as :func:`acting` may on a practice register."""
    if not short_name:
        return _unnamed(book, asks_who(book))
    name = written(short_name)
    found = people.find(book, name)
    if found is None and not book.practice:
        raise _unknown(name)
    return found or Clerk(name, name)


def elsewhere(book: Register, short_name: str | None, procedure: str) -> str:
    """Why a dossier of this procedure is not listed for somebody: whose field it is; empty where it is."""
    said = why_not(book, reader(book, short_name), EventKind.VIEW, procedure=procedure)
    return said[1] if said and said[0] == "other_field" else ""


def known(book: Register, short_name: str, *, now: datetime) -> Clerk:
    """The person of this name, whoever asks: one who acts, or one whom somebody else names."""
    name = written(short_name)
    found = people.find(book, name)
    if found is None and book.practice:
        found = _added(book, name, now)
    if found is None:
        raise _unknown(name)
    if not found.active:
        raise UserError("person_closed", f"{found.full_name} không còn làm việc trên sổ này.", clerk=found.short_name)
    return found


def _unknown(name: str) -> UserError:
    return UserError("unknown_clerk", f"Không có công chức tên “{name[:40]}” trong sổ này.", clerk=name[:40])


def asks_who(book: Register) -> bool:
    """Whether people of this register prove who they are: a live one on which somebody was given a password.

    Asked of the chain too, so that whoever takes the passwords out of the file closes the register and opens nothing.
    """
    return not book.practice and (credentials.exist(book) or _was_begun(book))


def _was_begun(book: Register) -> bool:
    from desktop.office.people import PEOPLE_KINDS

    return any(events.of_kinds(book, *PEOPLE_KINDS, only=EventKind.MAKE_RECOVERY_CODE))


def _added(book: Register, name: str, now: datetime) -> Clerk:
    """Somebody new on a practice register, with all the work of a counter."""
    from desktop.office import people as office
    from desktop.rules.rights import WORKING

    new = office.named(name, name)._replace(roles=WORKING)
    first = next(one for one in people.everyone(book) if one.active)
    with book.write():
        by_itself(book, EventKind.ADD_PERSON, clerk=first.short_name)
        return office.add_unasked(book, new, clerk=first.short_name, now=now)


def _whose(roles: frozenset) -> str:
    from desktop.labels import ROLE_WORDS

    if not roles:
        return "Việc này máy tự ghi, không ai ghi tay."
    words = [ROLE_WORDS[role] for role in ROLE_WORDS if role in roles]
    return f"Việc này của vai trò {' hoặc '.join(words)}; hãy nhờ người có vai trò đó, hoặc người quản trị."


def _field(book: Register, procedure: str) -> str:
    """The field (lĩnh vực) of a procedure; empty for one that no list names."""
    from desktop.office import procedures

    try:
        return procedures.catalogue(book).find(procedure).field
    except UserError:
        return ""


def written(name: str) -> str:
    """A short name, or another word that somebody typed, as it is stored; UserError for what cannot be kept."""
    try:
        return clean(name)
    except TextError as error:
        raise UserError(error.code, error.message) from error
