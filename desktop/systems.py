"""Which Windows the screen's library runs on, said in one sentence before it is loaded and crashes instead.

Called first thing by ``desktop.__main__`` on Windows alone. Standard library only.
"""

import sys

#: Windows 10 version 1809 (October 2018), the oldest that Qt 6 supports.
OLDEST_BUILD = 17763


def refusal(build: int) -> str:
    """Why a Windows of this build number cannot run the program, one Vietnamese sentence; empty when it can."""
    if build >= OLDEST_BUILD:
        return ""
    return (
        f"Một Cửa cần Windows 10 phiên bản 1809 (bản dựng {OLDEST_BUILD}) trở lên; máy này là bản dựng {build}: "
        "hãy cập nhật Windows hoặc dùng máy khác, sổ chưa bị đụng đến."
    )


def refused() -> bool:
    """Whether this machine's Windows is too old; it has been told so, in a box where there is no console."""
    if sys.platform != "win32":
        return False
    sentence = refusal(sys.getwindowsversion().build)
    if sentence and sys.stderr is not None:
        sys.stderr.buffer.write(f"{sentence}\n".encode())
    elif sentence:
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Một Cửa", 0x10)
    return bool(sentence)
