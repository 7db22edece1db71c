"""Who asks, and whether they may: signed-in browsers, HTTP Basic, roles, and the tokens of forms.

Hides cookies. Used by the pages and the API; nobody is let in by default, and whoever still has a first password may do
nothing but choose his own.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from db.hub import Hub
from desktop.hub import users
from desktop.hub.users import ROLE_WORDS, Official, Role, Session
from desktop.hub.web.answering import address, is_secure
from desktop.hub.web.problems import Problem
from desktop.hub.web.site import Site, site_of
from desktop.hub.web.wording import templates

SESSION_COOKIE, _FORM = "motcua-hub", "motcua-form"
_TOKEN_BYTES = 24
_WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a page, within a session of the hub; ``form`` is what was typed, ``session`` who is signed in."""

    request: Request
    site: Site
    now: datetime
    session: Session | None
    form: Mapping[str, str]

    @property
    def hub(self) -> Hub:
        return self.site.hub

    @property
    def official(self) -> Official:
        """Who asks, on a page that needs a role."""
        assert self.session is not None
        return self.session.official

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def form_token(self) -> str:
        """What every form that is shown to this browser sends back, masked."""
        if self.session is not None:
            return self.session.form_key
        return token_of(self.request.cookies.get(_FORM, ""))

    def check_form(self) -> None:
        """A form of ours that was shown to this browser; Problem ``foreign_form``."""
        from_here = self.request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        shown = self.session is not None or bool(self.request.cookies.get(_FORM))
        typed = _unmasked(self.form.get("token", ""))
        if not (from_here and shown and hmac.compare_digest(typed, self.form_token.encode())):
            raise Problem(403, "foreign_form", "Biểu mẫu đã cũ hoặc không phải của trang này; hãy mở lại trang.")

    def page(self, template: str, *, status: int = 200, **told: Any) -> Response:
        """A page with what every page needs."""
        words = {
            "hub": self.site.identity,
            "now": self.now,
            "role_words": ROLE_WORDS,
            "form_token": masked(self.form_token),
            "user": self.session.official if self.session else None,
            "said": None,
        }
        return HTMLResponse(templates().get_template(f"{template}.html").render(words | told), status)


def check_letters(request: Request, form: Mapping[str, str] | None = None) -> None:
    """No database takes a NUL within a text; Problem ``bad_value``."""
    typed = [*(form or {}).values(), *request.query_params.values(), *map(str, request.path_params.values())]
    if any("\0" in text for text in typed):
        raise Problem(400, "bad_value", "Một giá trị gửi lên có ký tự không dùng được.")


def asked(request: Request, form: Mapping[str, str]) -> Asked:
    """A request with who is signed in by its cookie; within a session of the hub."""
    check_letters(request, form)
    site = site_of(request)
    now, token = site.now(), request.cookies.get(SESSION_COOKIE)
    return Asked(request, site, now, users.session(site.hub, token, now=now) if token else None, form)


def official_of(request: Request) -> Official:
    """Who asks the API, by cookie or by HTTP Basic; Problem ``signed_out``, ``bad_sign_in``, ``too_often``."""
    check_letters(request)
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        return _by_basic(request, told)
    session = asked(request, {}).session
    if session is None:
        raise Problem(401, "signed_out", "Hãy đăng nhập, hoặc gửi kèm tên và mật khẩu (HTTP Basic).")
    return session.official


def check_trial(request: Request, name: str) -> None:
    """Before a password is tried: neither this address nor this name from it has failed too often; ``too_often``."""
    site, asker = site_of(request), address(request)
    site.sign_ins.check_open(asker)
    site.names.check_open(_of_name(asker, name))


def failed_trial(request: Request, name: str) -> Problem:
    """Count a wrong password; what is said of it. A right one does not count: programs give theirs each time."""
    site, asker = site_of(request), address(request)
    site.sign_ins.wait(asker)
    site.names.wait(_of_name(asker, name))
    return Problem(401, "bad_sign_in", _WRONG)


def check_role(official: Official, needed: Role) -> None:
    """Problem ``forbidden``, ``must_change``."""
    if official.must_change:
        raise Problem(403, "must_change", "Hãy đăng nhập ở trình duyệt và đổi mật khẩu tạm trước.")
    if not official.role.may(needed):
        raise Problem(403, "forbidden", "Vai trò của bạn không làm được việc này.")


def remember(response: Response, request: Request, token: str) -> Response:
    """Let the browser be signed in until it is closed."""
    return _with_cookie(response, request, SESSION_COOKIE, token)


def forget(response: Response, request: Request) -> Response:
    response.delete_cookie(SESSION_COOKIE, secure=is_secure(request), httponly=True, samesite="strict")
    return response


def form_secret() -> str:
    """What a browser that nobody is signed in with is told to keep for its next form, with the token of that form."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def with_form_secret(response: Response, request: Request, secret: str) -> Response:
    return _with_cookie(response, request, _FORM, secret)


def token_of(secret: str) -> str:
    """The token in forms of a browser with this secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def masked(token: str) -> str:
    """A token as one page shows it, in other letters each time: how short a page can be packed tells nothing of it."""
    pad = secrets.token_bytes(len(token.encode()))
    return base64.urlsafe_b64encode(pad + _crossed(token.encode(), pad)).decode()


def _unmasked(typed: str) -> bytes:
    try:
        told = base64.urlsafe_b64decode(typed)
    except ValueError:
        return b""
    half = len(told) // 2
    return _crossed(told[:half], told[half:])


def _crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def _by_basic(request: Request, told: str) -> Official:
    try:
        name, _, password = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise failed_trial(request, "") from None
    check_trial(request, name)
    if "\0" in name:
        raise failed_trial(request, "")
    official = users.proved(site_of(request).hub, name, password)
    if official is None:
        raise failed_trial(request, name)
    return official


def _of_name(asker: str, name: str) -> str:
    return f"{asker} {name.strip().lower()[:64]}"


def _with_cookie(response: Response, request: Request, name: str, value: str) -> Response:
    response.set_cookie(name, value, secure=is_secure(request), httponly=True, samesite="strict")
    return response
