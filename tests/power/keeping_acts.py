"""What a counter does with data: looks at it, hands it out, destroys what is due, brings in an old book, sets up.

What is to be destroyed is planted first: papers, a list and a draft as old as they have to be.
"""

from collections.abc import Callable
from datetime import timedelta

from desktop.office import access, access_log, drafts, filing, issuing, old_books, retention, setting_up
from desktop.office.setting_up import Part
from desktop.rules.retention import Kind
from tests.power.desk import FIRST, SECOND, Desk, say

_OLD = timedelta(days=800)
ROWS_OF_A_BOOK = 40
_HEADING = "STT,Họ và tên,Số CCCD,Số điện thoại,Nội dung,Ngày nhận,Hẹn trả,Ngày trả,Ghi chú"


def view(desk: Desk) -> None:
    access.viewed(desk.book, desk.code, why="Hồ sơ", clerk=SECOND, now=desk.now)


def search(desk: Desk) -> None:
    text = f"vang thi {desk.chance.randrange(10**6)}"
    access.searched(desk.book, text, count=3, why="Hồ sơ", clerk=SECOND, now=desk.now)


def reveal(desk: Desk) -> None:
    access.revealed(desk.book, desk.code, why="Hồ sơ", clerk=SECOND, now=desk.now)


def export(desk: Desk) -> None:
    """A file with names lies on the disk only if the chain says that it left."""
    name = f"nhat-ky-{desk.chance.randrange(10**9)}.csv"
    day = desk.now.date()
    access_log.export(desk.book, desk.book.home.with_name(name), day, day, clerk=FIRST, now=desk.now)
    say("exported", name)


def destroy(desk: Desk) -> None:
    """What was kept too long goes, by an event and a protocol."""
    number = desk.chance.randrange(10**9)
    old = filing.store(desk.book, f"danh-sach-{number}", b"%PDF-1.4\n%%EOF", year=2025, month=3)
    say("planted", old.path.name)
    drafts.save(desk.book, f"quay{number}", {}, now=desk.now - _OLD)
    paper = issuing.receipt_pdf(desk.book, desk.code, size="A4", reprint=number, now=desk.now - _OLD)
    say("planted", paper.path.name)
    done = retention.destroy(desk.book, list(Kind), reason="Hết thời hạn lưu", clerk=FIRST, now=desk.now)
    assert done is not None
    say("destroyed", str(done.seq), done.protocol.path.name)


def old_book(desk: Desk) -> None:
    """Last year's book comes in whole or not at all."""
    path = desk.outside / "so-2025.csv"
    first = desk.chance.randrange(10**8)
    rows = [
        f"{row},Vàng Thị Dí {first + row},011185{row:06d},0912345678,Khai sinh,03/02/2025,04/02/2025,04/02/2025,"
        for row in range(ROWS_OF_A_BOOK)
    ]
    path.write_text("\n".join([_HEADING, *rows]), encoding="utf-8")
    looked = old_books.look(desk.book, path, now=desk.now)
    assert looked is not None
    done = old_books.bring_in(desk.book, looked, clerk=FIRST, now=desk.now)
    assert done is not None and done.count == ROWS_OF_A_BOOK
    say("book", str(done.seq))


def setup_step(desk: Desk) -> None:
    """A step of the first setting up is shown, then agreed to or put off."""
    part = desk.chance.choice(list(Part))
    say("reaching", part)
    setting_up.reach(desk.book, part, clerk=FIRST, now=desk.now)
    say("reached", part)
    if desk.chance.random() < 0.5:
        setting_up.agree(desk.book, part, clerk=FIRST, now=desk.now)
        say("settled", part)
    else:
        setting_up.put_off(desk.book, part, clerk=FIRST, now=desk.now)
        say("settled", part)


ACTS: dict[Callable[[Desk], None], int] = {
    **{view: 3, search: 2, reveal: 2, export: 2, destroy: 2, old_book: 2, setup_step: 3}
}
