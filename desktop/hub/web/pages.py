"""All pages by their address, and those on which somebody signs in, signs out and chooses a password.

``PAGES`` is the whole list: what is not on it is no page, and only what has no role is shown to whoever asks.
"""

from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import Response

from desktop.errors import UserError
from desktop.hub import users
from desktop.hub.users import Role
from desktop.hub.web import acting_pages, asking, overview_pages, routing
from desktop.hub.web.asking import Asked
from desktop.hub.web.frame import framed
from desktop.hub.web.problems import Problem
from desktop.hub.web.routing import Page, see
from desktop.hub.web.wording import static

_STATIC = {"hub.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}
#: The style sheet's address changes with its content.
_KEEP = {"Cache-Control": "public, max-age=604800"}
_SHORTEST_PASSWORD = 10


def show_sign_in(asked: Asked, *, problem: str = "", name: str = "", status: int = 200) -> Response:
    if asked.session is not None:
        return see("/")
    secret = asking.form_secret()
    wanted = asked.form.get("next", "") or asked.query.get("next", "")
    told = {"problem": problem, "name": name, "next": wanted, "form_token": asking.masked(asking.token_of(secret))}
    return asking.with_form_secret(asked.page("sign_in", status=status, **told), asked.request, secret)


def sign_in(asked: Asked) -> Response:
    name = asked.form.get("name", "")
    try:
        asking.check_trial(asked.request, name)
        session = users.sign_in(asked.hub, name, asked.form.get("password", ""), now=asked.now)
        if session is None:
            raise asking.failed_trial(asked.request, name)
    except Problem as problem:
        response = show_sign_in(asked, problem=problem.message, name=name[:64], status=problem.status)
        response.headers.update(problem.headers)
        return response
    return asking.remember(see(_own_path(asked.form.get("next", ""))), asked.request, session.token)


def sign_out(asked: Asked) -> Response:
    assert asked.session is not None
    users.sign_out(asked.hub, asked.session.token)
    return asking.forget(see("/sign-in"), asked.request)


def show_password(asked: Asked, *, problem: str = "", status: int = 200) -> Response:
    said = {"tone": "late", "words": problem} if problem else None
    return framed(asked, "password", status=status, shortest=_SHORTEST_PASSWORD, said=said)


def change_password(asked: Asked) -> Response:
    old, new = asked.form.get("old", ""), asked.form.get("new", "")
    name = asked.official.name
    if new != asked.form.get("again", ""):
        return show_password(asked, problem="Hai lần nhập mật khẩu mới không giống nhau.", status=400)
    try:
        asking.check_trial(asked.request, name)
        users.change_password(asked.hub, name, old, new, now=asked.now)
    except Problem as problem:
        return show_password(asked, problem=problem.message, status=problem.status)
    except UserError as error:
        if error.code == "wrong_password":
            asking.failed_trial(asked.request, name)
        return show_password(asked, problem=error.message, status=400)
    session = users.sign_in(asked.hub, name, new, now=asked.now)
    assert session is not None
    return asking.remember(see("/"), asked.request, session.token)


def give_static(asked: Asked) -> Response:
    name = asked.request.path_params["name"]
    if name not in _STATIC:
        raise Problem(404, "not_found", "Không có tệp này.")
    return Response(static(name), media_type=_STATIC[name], headers=_KEEP)


def say_healthy(asked: Asked) -> Response:
    """Whether the rows can be read; for whoever watches over the process."""
    asked.hub.row("SELECT COUNT(*) FROM setting")
    return Response("ok\n", media_type="text/plain")


def add_routes(application: FastAPI) -> None:
    routing.add(application, PAGES)


def _own_path(wanted: str) -> str:
    """Where somebody wanted to go before he signed in, if that is a page of ours."""
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if is_ours and wanted.isprintable() else "/"


PAGES = (
    Page("GET", "/sign-in", None, show_sign_in),
    Page("POST", "/sign-in", None, sign_in),
    Page("GET", "/static/{name}", None, give_static),
    Page("GET", "/healthz", None, say_healthy),
    Page("POST", "/sign-out", Role.VIEW, sign_out, first_password=True),
    Page("GET", "/password", Role.VIEW, show_password, first_password=True),
    Page("POST", "/password", Role.VIEW, change_password, first_password=True),
    *overview_pages.PAGES,
    *acting_pages.PAGES,
)
