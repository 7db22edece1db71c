"""From an address to a page: every page with who may see it, run in a thread with a session of the hub.

Hides threads, forms and the way to the sign-in. A page is a function of :class:`Asked`; every page says which role it
needs.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from desktop.hub.users import Role
from desktop.hub.web.asking import Asked, asked, check_role
from desktop.hub.web.limits import body_of
from desktop.hub.web.problems import Problem
from desktop.hub.web.site import site_of

#: The longest form has a reason of a few hundred letters.
_LARGEST_FORM = 16 * 1024
_FORM_TYPE = "application/x-www-form-urlencoded"

Handler = Callable[[Asked], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """What answers a method at a path. ``role`` is the least that one must have; None for whoever is not signed in.

    ``first_password``: also for somebody who has not chosen his own yet.
    """

    method: str
    path: str
    role: Role | None
    handler: Handler
    first_password: bool = False


def add(application: FastAPI, pages: tuple[Page, ...]) -> None:
    """Let these pages be asked for; they are no part of the API's description."""
    for page in pages:
        # Whoever watches over a server often asks for the head alone.
        methods = [page.method, "HEAD"] if page.method == "GET" else [page.method]
        application.add_api_route(page.path, _endpoint(page), methods=methods, include_in_schema=False)


def see(path: str) -> Response:
    """Go and look there."""
    return RedirectResponse(path, 303)


def _endpoint(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form = await _form(request) if page.method == "POST" else {}
        return await run_in_threadpool(_answer, page, request, form)

    return endpoint


def _answer(page: Page, request: Request, form: Mapping[str, str]) -> Response:
    with site_of(request).hub.session():
        found = asked(request, form)
        if page.role is not None:
            if found.session is None:
                return see("/sign-in" + (f"?next={quote(_wanted(request), safe='')}" if page.method == "GET" else ""))
            if found.official.must_change and not page.first_password:
                return see("/password")
            if not page.first_password:
                check_role(found.official, page.role)
        if page.method == "POST":
            found.check_form()
        return page.handler(found)


def _wanted(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM_TYPE:
        raise Problem(415, "wrong_type", "Địa chỉ này chỉ nhận biểu mẫu của trang.")
    with site_of(request).room.hold() as hold:
        body = await body_of(request, hold, most=_LARGEST_FORM)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=20))
    except ValueError:
        raise Problem(400, "bad_form", "Không đọc được biểu mẫu.") from None
