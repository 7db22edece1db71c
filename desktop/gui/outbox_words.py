"""What the outbox says: states as marks, why a report is where it is and what is safe, how the line out stands.

Pure words from frozen records and a given moment, for page, status strip and help. Green is only what was acknowledged;
no network is a fact like the weather, never a fault.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.vocabulary import OutboxState
from desktop import labels
from desktop.gui.icons import Mark
from desktop.gui.status import Status
from desktop.office import outbox

if TYPE_CHECKING:
    from db.records import OutboxRow
    from desktop.office.carrying import AnswerRead, Copied
    from desktop.office.enrolling import Hub
    from desktop.office.outbox import Way
    from desktop.office.sending import Round

_LOOKS = {
    OutboxState.WAITING: ("idle", "clock-outline"),
    OutboxState.SENDING: ("idle", "send-outline"),
    OutboxState.COPIED: ("soon", "usb-flash-drive-outline"),
    OutboxState.ACKNOWLEDGED: ("ok", "shield-check"),
    OutboxState.REVIEW: ("late", "alert-octagon"),
    OutboxState.SUPERSEDED: ("idle", "file-replace-outline"),
}
_COUNTED = {
    OutboxState.WAITING: "chờ gửi",
    OutboxState.SENDING: "đang gửi",
    OutboxState.COPIED: "trên USB",
    OutboxState.REVIEW: "cần xem lại",
}
#: A day that is on its way longer than this: somebody should carry a stick or look at the line.
_LONG = timedelta(days=7)
_SAFE = "chưa mất hồ sơ nào ở máy này"
#: Days that a sentence names.
_NAMED = 3
_NOT_ENROLLED = "Chưa nối tuyến trên"


def mark(state: OutboxState) -> Mark:
    """A state as its pill."""
    return Mark(*_LOOKS[state], labels.OUTBOX_WORDS[state])


def count_marks(counts: Mapping[OutboxState, int]) -> list[Mark]:
    """What is on its way and what somebody must look at, each with its number."""
    return [
        Mark(*_LOOKS[state], f"{labels.count_words(counts[state])} {words}")
        for state, words in _COUNTED.items()
        if counts.get(state)
    ]


def why(row: "OutboxRow", way: "Way") -> str:
    """One or two sentences: why the report is where it is."""
    match row.state:
        case OutboxState.SUPERSEDED:
            return "Ngày này đã chốt lại; bản mới hơn được gửi thay bản này."
        case OutboxState.COPIED:
            return "Đã chép ra USB, chưa phải đã gửi. Mang USB lên tuyến trên, rồi mang tệp xác nhận về đọc bằng Alt+X."
        case OutboxState.ACKNOWLEDGED:
            return "Tuyến trên đã ký xác nhận đúng bản này."
        case OutboxState.REVIEW:
            return _sentence(row.reason)
        case OutboxState.SENDING:
            return "Đang gửi. Chỉ coi là xong khi tuyến trên ký xác nhận."
    if not way.hub:
        return f"{_NOT_ENROLLED}, nên chưa gửi đi đâu. Nối ở Cài đặt (F9)."
    if not way.reachable:
        return "Chưa ghi địa chỉ mạng của nơi nhận, nên báo cáo đi bằng USB: Alt+U chép ra, Alt+X đọc xác nhận mang về."
    if way.offline_since:
        return "Chưa có mạng nên chưa gửi. Có mạng thì máy tự gửi, không phải làm gì; gấp thì chép ra USB."
    return _sentence(row.reason or way.reason) or "Máy tự gửi, không phải làm gì."


def note(row: "OutboxRow", way: "Way") -> str:
    """A few words beside a row."""
    if row.state is OutboxState.REVIEW and row.standing is not None:
        return "tuyến trên giữ bản khác"
    if row.state is OutboxState.WAITING and not way.hub:
        return "chưa nối tuyến trên"
    if row.state is OutboxState.COPIED:
        return "chờ tệp xác nhận"
    return outbox.note(row, way)


def note_tone(row: "OutboxRow") -> str:
    """The tone of the few words beside a row."""
    return "late" if row.state is OutboxState.REVIEW else ""


def next_step(row: "OutboxRow") -> str:
    """What the clerk may rest assured of, or must do, below the facts."""
    if row.state is OutboxState.REVIEW:
        return "Không tự ghi đè. Các ngày khác vẫn gửi bình thường."
    return ""


def facts(row: "OutboxRow", now: datetime) -> list[tuple[str, str | Mark]]:
    """What is known of a report, for the card beside the list; empty facts are left out."""
    standing = row.standing
    unsettled = row.state not in (OutboxState.ACKNOWLEDGED, OutboxState.SUPERSEDED)
    return [
        ("Đã gửi", _moments(row.tries)),
        ("Máy này", f"bản {row.revision}, mã số {row.code}"),
        ("Tuyến trên", f"bản {standing.revision}, mã số {standing.code}" if standing else ""),
        ("Xác nhận", labels.when_words(row.since, now) if row.state is OutboxState.ACKNOWLEDGED else ""),
        ("Thử lại", _next_try(row.next_try_at, now) if unsettled else ""),
        ("Thiếu gì", _SAFE if row.state is OutboxState.REVIEW else ""),
    ]


def way_mark(way: "Way") -> Mark:
    """The way out as a pill; only an answer of the hub makes it green, and no network is grey."""
    if not way.hub:
        return Mark("idle", "lan-pending", "Chưa nối")
    if not way.reachable:
        return Mark("idle", "usb-flash-drive-outline", "Chỉ đi bằng USB")
    if way.offline_since:
        return Mark("idle", "lan-disconnect", "Chưa có mạng")
    if way.reason:
        return Mark("soon", "lan-pending", "Chưa thông")
    return Mark("ok", "lan-connect", "Thông") if way.works else Mark("idle", "lan-pending", "Chưa thử gửi")


def way_facts(way: "Way", now: datetime) -> list[tuple[str, str | Mark]]:
    """The card "Đường gửi": since when, when again, to whom, and what."""
    return [
        ("Mất từ", labels.when_words(way.offline_since, now) if way.offline_since else ""),
        ("Vì sao", _sentence(way.reason)),
        ("Thử lại", _next_probe(way, now)),
        ("Trả lời", labels.when_words(way.acknowledged_at, now) if way.acknowledged_at else ""),
        ("Nơi nhận", way.hub),
        ("Gửi gì", "chỉ con số, không có tên người"),
    ]


def of_round(told: "Round") -> tuple[str, str]:
    """Tone and sentence of a round that a person asked for. Green only for what was acknowledged in it."""
    green = f"Tuyến trên đã xác nhận {labels.count_words(told.acknowledged)} ngày. " if told.acknowledged else ""
    left = f"Còn {labels.count_words(told.waiting)} ngày chờ, nằm yên trong sổ." if told.waiting else ""
    if told.rejected:
        return "late", f"{green}{_to_review(told.rejected)}"
    if told.offline:
        return "idle", f"{green}Chưa có mạng: {told.reason}. {left or 'Không ngày nào đang chờ.'} Máy tự thử lại."
    if told.reason:
        trouble = "Chưa gửi được hết" if told.waiting else "Chưa hỏi được tuyến trên"
        return "soon", " ".join(f"{green}{trouble}: {told.reason}. {left} Máy tự thử lại.".split())
    if told.acknowledged:
        return "ok", f"{green}{left}".strip()
    return "idle", left or "Không còn gì phải gửi; tuyến trên đang giữ đủ các ngày đã xác nhận."


def of_enrolment(hub: "Hub") -> tuple[str, str]:
    """Tone and sentence of having met the hub."""
    return "ok", f"Đã nối với {hub.name}. Chỉ xác nhận ký bằng khóa của nơi này mới hiện xanh; ngày đã chốt tự gửi."


def of_request(path: Path) -> tuple[str, str]:
    """Tone and sentence of a file that asks for an enrolment."""
    return "soon", f"Đã ghi {path.name}. Mang USB lên tuyến trên; mang tệp trả lời về thì bấm Alt+X. Chưa nối."


def of_packet(told: "Copied") -> tuple[str, str]:
    """Tone and sentence of what was written to a stick: not sent, and said so."""
    left = f" Còn {labels.count_words(told.left)} ngày cho tệp sau." if told.left else ""
    days = labels.count_words(len(told.rows))
    return "soon", f"Đã chép {days} ngày vào {told.path.name}, đọc lại đúng. Chưa phải đã gửi: chờ tệp xác nhận.{left}"


def of_answers(told: "Sequence[AnswerRead]") -> tuple[str, str]:
    """Tone and sentence of what the files on a stick brought; the first thing a person must know leads."""
    green, lost = sum(one.green for one in told), sum(one.lost for one in told)
    rejected = [each for one in told for each in one.rejected]
    refused = next((one for one in told if one.problem is not None), None)
    good = f"Tuyến trên đã xác nhận {labels.count_words(green)} ngày. " if green else ""
    if not told:
        return "soon", "Không thấy tệp xác nhận nào ở đây; chưa có gì thay đổi."
    if rejected:
        return "late", f"{good}{_to_review(rejected)}"
    if refused is not None and refused.problem is not None:
        return "soon", f"{good}{refused.path.name}: {refused.problem.message}"
    if lost:
        return "soon", f"{good}Tuyến trên không còn giữ {labels.count_words(lost)} ngày; các ngày ấy chờ gửi lại."
    return ("ok", good.strip()) if green else ("idle", "Tệp xác nhận này đã đọc rồi; không có gì mới.")


def _to_review(rejected: Sequence[tuple[date, str]]) -> str:
    days = ", ".join(f"{on:%d/%m}" for on, _ in rejected[:_NAMED])
    return f"Cần xem lại ngày {days}: {rejected[0][1].rstrip('.')}. {_sentence(_SAFE)}"


def statuses(counts: Mapping[OutboxState, int], oldest: date | None, way: "Way", now: datetime) -> list[Status]:
    """The facts of the strip, coloured only when somebody must act. ``oldest`` is the first day on its way."""
    return [*_network(way, now), _box(counts, oldest, way, now)]


def _network(way: "Way", now: datetime) -> list[Status]:
    if not way.hub or way.offline_since is None:
        return []
    at = _short_moment(way.offline_since, now)
    return [Status("lan-disconnect", f"Mạng: mất từ {at}, quầy vẫn làm bình thường", page="outbox", short="Mất mạng")]


def _box(counts: Mapping[OutboxState, int], oldest: date | None, way: "Way", now: datetime) -> Status:
    icon, page = "inbox-arrow-up-outline", "outbox"
    waiting = counts.get(OutboxState.WAITING, 0) + counts.get(OutboxState.SENDING, 0)
    copied = counts.get(OutboxState.COPIED, 0)
    review = counts.get(OutboxState.REVIEW, 0)
    if not way.hub:
        return Status(icon, "Hộp gửi: chưa nối tuyến trên", page=page, short="Chưa nối")
    if review:
        words = f"Hộp gửi: {labels.count_words(review)} ngày cần xem lại"
        return Status("alert-octagon", words, "late", page, f"{review} xem lại", waiting + review)
    if oldest is None:
        return Status(icon, "Hộp gửi: không còn ngày nào chờ", page=page, short="Gửi hết")
    told = [f"{labels.count_words(waiting)} ngày chờ gửi"] if waiting else []
    told += [f"{labels.count_words(copied)} ngày trên USB chờ xác nhận"] if copied else []
    short = f"{waiting} chờ gửi" if waiting else f"{copied} trên USB"
    if now.date() - oldest <= _LONG:
        return Status(icon, f"Hộp gửi: {', '.join(told)}", "text2", page, short, waiting)
    return Status(icon, f"Hộp gửi: {', '.join(told)}, lâu nhất từ {oldest:%d/%m}", "soon", page, short, waiting)


def _sentence(words: str) -> str:
    """A reason that stands alone."""
    return f"{labels.sentence_start(words).rstrip('.')}." if words else ""


def _short_moment(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else labels.when_words(at, now)


def _moments(tries: tuple[datetime, ...]) -> str:
    """``17/11 17:04, 17:06, 18/11 08:00``: the day once."""
    told, day = [], None
    for at in tries:
        told.append(f"{at:%H:%M}" if at.date() == day else f"{at:%d/%m %H:%M}")
        day = at.date()
    return ", ".join(told)


def _next_try(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    return _short_moment(at, now) if at > now else "ngay bây giờ"


def _next_probe(way: "Way", now: datetime) -> str:
    if way.offline_since is None:
        return _next_try(way.next_try_at, now)
    return f"{_next_try(way.next_try_at, now)}, rồi thưa dần" if way.next_try_at else "ngay khi có mạng"
