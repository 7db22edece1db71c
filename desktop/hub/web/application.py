"""The application that is served: every route, what goes round them, how each refusal looks to who asked.

Made by ``serving`` for one open hub. A packet route refuses with a packet, the API with JSON, a page with a page.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from db.errors import RegisterProblem
from db.hub import Hub
from desktop.errors import UserError
from desktop.hub.web import api, packets, pages, refusing
from desktop.hub.web.answering import Guarded
from desktop.hub.web.packing import Packed
from desktop.hub.web.problems import Problem
from desktop.hub.web.site import Site

#: Threads that answer pages, each with a connection of its own while it does.
_THREADS = 8


def make(hub: Hub, *, now: Callable[[], datetime], behind_proxy: bool = False) -> Guarded:
    """The ASGI application of a hub; it starts and stops the one writer with itself."""
    site = Site(hub, now)
    return Guarded(_Sorted(_framework(site)), behind_proxy=behind_proxy)


class _Sorted:
    """Packets go straight to their function: the framework's own work for a request would cost as much as theirs."""

    def __init__(self, framework: FastAPI) -> None:
        self.framework = framework

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in packets.PATHS:
            await self.framework(scope, receive, send)
            return
        request = Request({**scope, "app": self.framework}, receive)
        try:
            response = await packets.take(request)
        except Exception as error:
            await refusing.answer(request, error)(scope, receive, send)
            raise
        await response(scope, receive, send)


def _framework(site: Site) -> FastAPI:
    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        site.start(asyncio.get_running_loop())
        try:
            yield
        finally:
            site.stop()

    made = FastAPI(
        title="Một Cửa – đầu mối tiếp nhận báo cáo",
        version="1",
        description="Số liệu của các trang tổng quan, và nơi các đơn vị gửi báo cáo ngày. Chỉ có con số.",
        lifespan=running,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    made.state.site = site
    made.add_middleware(Packed)
    packets.add_routes(made)
    api.add_routes(made)
    pages.add_routes(made)
    for kind in (Problem, UserError, RegisterProblem, RequestValidationError, HTTPException, Exception):
        made.add_exception_handler(kind, refusing.answer)
    return made
