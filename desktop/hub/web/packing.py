"""Pages, the API's answers and the style sheet on a slow line: packed by gzip for whoever takes that.

What is packed must not tell by its length what is in it (BREACH): somebody who makes a browser ask for a page with a
guess in its address sees it shrink when the guess is right. So the tokens of forms are masked anew in each page
(``asking.masked``), and the answer to a form is never packed: only there stand passwords and codes, shown once, beside
what was typed. Nothing else on a page is a secret from whoever may ask for it, and a foreign page cannot ask in an
official's name: cookies are ``SameSite=Strict``.
"""

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from desktop.hub.web.overview_pages import XLSX

_SMALLEST_BYTES, _LEVEL = 1000, 5


class Packed:
    """An application whose longer answers to GET and HEAD are packed; workbooks are already."""

    def __init__(self, application: ASGIApp) -> None:
        self._plain = application
        self._packed = GZipMiddleware(
            application, _SMALLEST_BYTES, _LEVEL, exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, XLSX)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        await (self._packed if is_read else self._plain)(scope, receive, send)
