"""What a request may be refused with: a status, a stable code and one Vietnamese sentence.

Raised by every part of the web side; whoever answers decides whether it goes out as a packet, as JSON or as a page.
It never carries what an exception said by itself.
"""


class Problem(Exception):
    """A request that is refused. ``retry_after`` is in seconds, for what may succeed later; ``allow`` names methods."""

    def __init__(
        self, status: int, code: str, message: str, *, retry_after: int | None = None, allow: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.allow = allow

    @property
    def headers(self) -> dict[str, str]:
        told = {"Retry-After": str(self.retry_after) if self.retry_after is not None else "", "Allow": self.allow}
        return {name: value for name, value in told.items() if value}


def busy(seconds: int = 5) -> Problem:
    """The hub has as much in hand as it can hold; nothing of this request was taken."""
    return Problem(
        503, "busy", "Đầu mối đang nhận nhiều báo cáo cùng lúc; hãy gửi lại sau ít giây.", retry_after=seconds
    )


def too_often(seconds: int) -> Problem:
    return Problem(
        429, "too_often", "Gửi quá nhiều lần trong thời gian ngắn; hãy chờ rồi thử lại.", retry_after=seconds
    )


def too_large() -> Problem:
    return Problem(413, "too_large", "Nội dung gửi lên quá lớn nên không nhận.")


def too_slow() -> Problem:
    return Problem(408, "too_slow", "Nội dung gửi lên bị ngắt quãng quá lâu; chưa nhận gì, hãy gửi lại.")
