"""The routes on which communes send: a packet comes in, a signed packet goes out.

Hides how a body becomes work for the one writer. Nothing is taken before the whole packet is read and its signature
holds; what is answered 200 is committed. A refusal goes out as a packet as well.
"""

import asyncio
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from db import hub_units
from desktop.errors import UserError
from desktop.hub import receiver
from desktop.hub.receiver import Opened
from desktop.hub.web.answering import address
from desktop.hub.web.limits import body_of
from desktop.hub.web.problems import Problem, busy
from desktop.hub.web.site import Site, site_of
from desktop.hub.web.writer import QueueFull
from desktop.sync.protocol import CONTENT_TYPE, Kind

#: Path below /api/v1 → what may come there.
PATHS = {
    "/api/v1/reports": Kind.DAY_REPORT,
    "/api/v1/enrolments": Kind.ENROLMENT,
    "/api/v1/holdings": Kind.HOLDINGS_WANTED,
}
_SENTENCES = {
    "/api/v1/reports": "Nhận báo cáo ngày của một đơn vị; trả lời từng báo cáo một.",
    "/api/v1/enrolments": "Cấp khóa cho một đơn vị có mã dùng một lần.",
    "/api/v1/holdings": "Cho một đơn vị biết đầu mối đang giữ những báo cáo nào của đơn vị.",
}
#: Word of a refusal → status; any other is a packet that is wrong in itself.
_STATUS = {
    "forged": 403,
    "unknown_unit": 403,
    "not_enrolled": 403,
    "practice_here": 403,
    "practice_there": 403,
    "wrong_code": 403,
    "code_expired": 403,
    "code_used": 403,
    "key_of_another": 403,
    "unit_ended": 403,
    "too_large": 413,
}
#: Bytes of a packet, and of its text, that are opened sooner than another thread is asked to: a day's has 1 and 2 KB.
_SHORT, _SHORT_TEXT = 8 * 1024, 24 * 1024
_BYTES = {CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}


def _refusal(words: str) -> dict[str, Any]:
    return {"description": words, "content": _BYTES}


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Gói trả lời đã ký; mọi việc trong đó đã được ghi.", "content": _BYTES},
    400: _refusal("Không đọc được gói, hoặc gói không thuộc đường dẫn này."),
    403: _refusal("Chữ ký, khóa hoặc mã không được chấp nhận."),
    408: _refusal("Gói đến quá chậm."),
    413: _refusal("Gói quá lớn."),
    415: _refusal(f"Nội dung không phải {CONTENT_TYPE}."),
    429: _refusal("Gửi quá nhiều lần; xem Retry-After."),
    503: _refusal("Đang nhận quá nhiều; xem Retry-After."),
}


def add_routes(application: FastAPI) -> None:
    router = APIRouter(tags=["packets"])
    for path, words in _SENTENCES.items():
        router.post(
            path,
            summary=words,
            operation_id=path.rsplit("/", 1)[1],
            response_class=Response,
            responses=_RESPONSES,
            openapi_extra={"requestBody": {"required": True, "content": _BYTES}},
        )(take)
    application.include_router(router)


async def take(request: Request) -> Response:
    """The signed answer to a packet, or its refusal."""
    site, data = site_of(request), b""
    try:
        _check_type(request)
        with site.room.hold() as hold:
            data = await body_of(request, hold)
            return await _taken(request, site, data)
    except ClientDisconnect:
        # A line that was cut is everyday: nobody hears this answer, and no log needs to tell of it.
        return Response(status_code=400)
    except Problem as problem:
        content = receiver.refuse(site.hub, data, problem.code, problem.message, now=site.now())
        return Response(content, problem.status, problem.headers, CONTENT_TYPE)


async def _taken(request: Request, site: Site, data: bytes) -> Response:
    opened = await _opened(site, data)
    if opened.problem is None and {one.kind for one in opened.documents} != {PATHS[request.scope["path"]]}:
        raise Problem(400, "wrong_place", "Gói này không gửi đến địa chỉ này.")
    asker = address(request)
    if site.failures.is_full(asker) and not await run_in_threadpool(_is_known, site, opened):
        site.failures.check(asker)
    if opened.documents:
        # Whoever signs with a key is one sender, wherever he sends from.
        site.units.check(opened.documents[0].key.hex())
    try:
        answer = await site.writer.submit(opened)
    except QueueFull:
        raise busy() from None
    if answer.refused:
        site.failures.wait(asker)
    return Response(answer.packet, _STATUS.get(answer.refused, 400) if answer.refused else 200, media_type=CONTENT_TYPE)


async def _opened(site: Site, data: bytes) -> Opened:
    """A packet that was read. A day's is opened here at once; whatever is longer, while others are answered."""
    if len(data) <= _SHORT:
        opened = receiver.opened(data, limit=_SHORT_TEXT)
        if not isinstance(opened.problem, UserError) or opened.problem.code != "too_large":
            return opened
    return await asyncio.get_running_loop().run_in_executor(site.readers, receiver.opened, data)


def _check_type(request: Request) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != CONTENT_TYPE:
        raise Problem(415, "wrong_type", f"Nội dung gửi lên phải là gói của Một Cửa ({CONTENT_TYPE}).")


def _is_known(site: Site, opened: Opened) -> bool:
    """Whether a packet is by a key that is believed now: asked only where somebody at this address keeps failing."""
    if not opened.documents:
        return False
    with site.hub.session():
        return hub_units.keys_now(site.hub, [opened.unit]).get(opened.unit) == opened.documents[0].key.hex()
