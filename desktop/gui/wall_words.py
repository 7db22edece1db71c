"""How the states of the wall and of an import are said: tone, shape and word, once for every list and card."""

from desktop.gui.icons import Mark
from desktop.office.posting_checks import Do, Task, Verdict
from desktop.rules.list_entries import Kind

RIGHT = Mark("ok", "check-circle", "Đúng")
DO_MARKS = {
    Do.REPLACE: Mark("soon", "file-replace-outline", "Thay"),
    Do.PUT_UP: Mark("accent", "file-plus-outline", "Dán mới"),
    Do.TAKE_DOWN: Mark("late", "file-remove-outline", "Gỡ"),
}
VERDICT_MARKS = {
    Verdict.CURRENT: Mark("ok", "check-circle", "Đúng"),
    Verdict.OLD: Mark("soon", "file-replace-outline", "Cũ"),
    Verdict.ABOLISHED: Mark("late", "alert-octagon", "Đã bãi bỏ"),
    Verdict.UNKNOWN: Mark("idle", "help-circle-outline", "Không rõ"),
}
UNCHANGED, REJECTED = "unchanged", "rejected"
KIND_MARKS = {
    str(Kind.NEW): Mark("accent", "plus-circle-outline", "Mới"),
    str(Kind.AMENDED): Mark("soon", "circle-edit-outline", "Sửa"),
    str(Kind.REPLACED): Mark("soon", "swap-horizontal-circle-outline", "Thay thế"),
    str(Kind.ABOLISHED): Mark("late", "minus-circle-outline", "Bãi bỏ"),
    UNCHANGED: Mark("idle", "equal", "Như cũ"),
    REJECTED: Mark("late", "alert-circle-outline", "Không đọc được"),
}
#: Kinds that add a version; the other two leave the catalogue as it is.
CHANGING = tuple(name for name in KIND_MARKS if name not in (UNCHANGED, REJECTED))
CERTAIN = Mark("ok", "check-circle", "Đọc chắc")
WAITS = Mark("wait", "account-question-outline", "Chờ quyết")
DECIDED = Mark("accent", "account-check-outline", "Đã quyết")
WARNED = Mark("soon", "alert-outline", "Có lưu ý")
UNREADABLE = Mark("late", "alert-circle", "Không ghi")


def place_words(board: str, slot: str) -> str:
    """``Bảng 1, ô 07``; what is not known is left out."""
    return ", ".join(part for part in (board, slot and f"ô {slot}") if part) or "chưa có chỗ"


def task_words(task: Task) -> str:
    """Why, and where."""
    return f"{place_words(task.board, task.slot)} – {task.why}"
