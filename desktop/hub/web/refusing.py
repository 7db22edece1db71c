"""How a refusal looks to who asked: a signed packet, JSON, or a page with one sentence.

Hides which exceptions there are. None of them tells anything but its own sentence.
"""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from db.errors import RegisterProblem
from desktop.errors import EnvironmentProblem, UserError
from desktop.hub import receiver
from desktop.hub.web import packets
from desktop.hub.web.problems import Problem
from desktop.hub.web.site import site_of
from desktop.hub.web.wording import templates
from desktop.sync.protocol import CONTENT_TYPE

_HTTP = {
    404: ("not_found", "Không có trang này ở đầu mối."),
    405: ("bad_method", "Địa chỉ này không nhận cách gọi ấy."),
}
_BY_BASIC = {"WWW-Authenticate": 'Basic realm="motcua", charset="UTF-8"'}
_TITLES = {403: "Không được phép", 404: "Không tìm thấy", 429: "Hãy chờ một lát", 500: "Đầu mối gặp lỗi"}
_UNPROCESSABLE = 422


def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that was refused."""
    problem = _problem(error)
    site = site_of(request)
    if request.url.path in packets.PATHS:
        content = receiver.refuse(site.hub, b"", problem.code, problem.message, now=site.now())
        return Response(content, problem.status, problem.headers, CONTENT_TYPE)
    if request.url.path.startswith("/api/"):
        headers = problem.headers | (_BY_BASIC if problem.status == 401 else {})
        told = {"error": {"code": problem.code, "message": problem.message}}
        return JSONResponse(told, problem.status, headers)
    page = templates().get_template("problem.html")
    text = page.render(
        title=_TITLES.get(problem.status, "Chưa làm được"),
        message=problem.message,
        hub=site.identity,
    )
    return HTMLResponse(text, problem.status, problem.headers)


def _problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case HTTPException():
            code, message = _HTTP.get(error.status_code, ("refused", "Không làm được việc này."))
            return Problem(error.status_code, code, message, allow=(error.headers or {}).get("Allow", ""))
        case RequestValidationError():
            return Problem(_UNPROCESSABLE, "bad_value", "Một giá trị trong địa chỉ không dùng được.")
        case EnvironmentProblem() | RegisterProblem():
            return Problem(503, error.code, "Đầu mối tạm thời không dùng được dữ liệu của mình.", retry_after=30)
        case UserError():
            return Problem(404 if error.code.startswith("no_such") else 400, error.code, error.message)
    return Problem(500, "broken", "Đầu mối gặp lỗi khi trả lời; hãy thử lại sau ít phút.")
