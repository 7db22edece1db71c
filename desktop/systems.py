"""Where the screen's library cannot run, said in one sentence before it is loaded and crashes instead.

An old Windows, and a machine without a display. Asked first thing by ``desktop.__main__``. Standard library only.
"""

import os
import sys

#: Windows 10 version 1809 (October 2018), the oldest that Qt 6 supports.
OLDEST_BUILD = 17763
NO_DISPLAY = "Máy này không có màn hình nên không mở được cửa sổ; dùng các lệnh, xem motcua --help."


def has_display() -> bool:
    """Whether a window can be shown; a Qt platform asked for by name (``offscreen``) counts as one."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


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
        say(sentence)
    elif sentence:
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Một Cửa", 0x10)
    return bool(sentence)


def say(sentence: str) -> None:
    """One line on the console, in UTF-8 whatever it is set to."""
    sys.stderr.buffer.write(f"{sentence}\n".encode())
    sys.stderr.flush()
