"""Lists page from the database, keep their selection by record and are driven by the keyboard."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from desktop.gui import theme
from desktop.gui.icons import Mark
from desktop.gui.table_view import RecordTable
from desktop.gui.tables import Column, RecordTableModel

LONG_NAME = "Thủ tục cấp, cấp lại, điều chỉnh giấy chứng nhận " * 8


@dataclass(frozen=True)
class Row:
    id: int
    name: str = "Ắ Ễ Ộ Ữ Ỵ"
    note: str = LONG_NAME


COLUMNS = (
    Column("Còn lại", mark=lambda row: Mark("soon", "clock-outline", "Còn 2 ngày làm việc"), width=184),
    Column("Người nộp", lambda row: row.name, note=lambda row: row.note, strong=True),
    Column("Mã", lambda row: f"TN-{row.id}", 164),
    Column("Giấy hẹn", mark=lambda row: Mark("ok", "printer-check", "đã gửi in"), width=120, bare=True, least=640),
)


class Register:
    """A hundred thousand rows that count how often they are asked for."""

    def __init__(self, total: int = 100_000) -> None:
        self.rows = [Row(number) for number in range(total, 0, -1)]
        self.asked: list[tuple[int, int]] = []

    def fetch(self, offset: int, limit: int) -> list[Row]:
        self.asked.append((offset, limit))
        return self.rows[offset : offset + limit]


@pytest.fixture
def table(qtbot):
    shown = RecordTable(RecordTableModel(COLUMNS), "Danh sách hồ sơ")
    qtbot.addWidget(shown)
    shown.resize(1000, 500)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_the_model_keeps_qt_s_contract(qtmodeltester):
    model = RecordTableModel(COLUMNS)
    qtmodeltester.check(model)
    model.set_rows([Row(3), Row(2), Row(1)])
    qtmodeltester.check(model)


def test_a_paged_model_keeps_qt_s_contract(qtmodeltester):
    model = RecordTableModel(COLUMNS)
    model.set_pages(Register(250).fetch, 250)
    qtmodeltester.check(model)


def test_the_head_of_a_column_of_figures_stands_over_its_figures():
    model = RecordTableModel([Column("Ngày"), Column("Quá hạn", right=True)])
    sides = [model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) for n in range(2)]
    assert sides == [None, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter]


def test_a_figure_that_needs_somebody_is_coloured(qtbot):
    column = Column("Quá hạn", lambda row: "■" * row.id, tone=lambda row: "late" if row.id > 1 else "")
    shown = RecordTable(RecordTableModel([column]), "Báo cáo", heads=False)
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show_rows([Row(1), Row(2)])
    shown.show()
    picture = shown.viewport().grab().toImage()
    tall = shown.rowHeight(0)
    seen = [
        {picture.pixelColor(x, y).name() for x in range(300) for y in range(row * tall, (row + 1) * tall)}
        for row in range(2)
    ]
    assert [theme.LIGHT["late"].lower() in colours for colours in seen] == [False, True]


def test_a_pill_keeps_its_shape_on_the_selected_row(qtbot):
    column = Column("Việc", mark=lambda _row: Mark("accent", "check", "Dán mới"))
    shown = RecordTable(RecordTableModel([column]), "Việc", heads=False)
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show_rows([Row(1), Row(2)])
    shown.show()
    shown.select_row(0)
    picture, tall = shown.viewport().grab().toImage(), shown.rowHeight(0)
    grounds = [
        (picture.pixelColor(22, row * tall + tall // 2).name(), picture.pixelColor(250, row * tall + tall // 2).name())
        for row in range(2)
    ]
    assert all(pill != ground for pill, ground in grounds), grounds


@pytest.mark.parametrize("tone", ["late", "accent", "idle"])
def test_a_pill_has_a_border_in_high_contrast_where_no_tint_shapes_it(qtbot, light_theme, tone):
    theme.apply(light_theme, "contrast")
    column = Column("Việc", mark=lambda _row: Mark(tone, "check", "Quá hạn"))
    shown = RecordTable(RecordTableModel([column]), "Việc", heads=False)
    qtbot.addWidget(shown)
    shown.resize(300, 200)
    shown.show_rows([Row(1)])
    shown.clearSelection()
    shown.show()
    picture, middle = shown.viewport().grab().toImage(), shown.rowHeight(0) // 2
    assert "#000000" in [picture.pixelColor(30, y).name() for y in range(middle - 13, middle - 7)]


def test_a_hundred_thousand_rows_are_read_only_where_somebody_looks(table, qtbot):
    register = Register()
    table.show_pages(register.fetch, len(register.rows))
    table.grab()
    assert register.asked == [(0, 100)]
    qtbot.keyClick(table, Qt.Key.Key_End)
    table.grab()
    assert table.current == Row(1)
    assert (99_900, 100) in register.asked
    assert len(register.asked) <= 3


def test_a_model_forgets_pages_that_nobody_looks_at():
    register = Register()
    model = RecordTableModel(COLUMNS)
    model.set_pages(register.fetch, len(register.rows))
    for page in range(40):
        model.record(page * 100)
    assert len(model._pages) <= 12
    register.asked.clear()
    model.record(3900)
    assert register.asked == []


def test_the_selection_follows_the_record_when_rows_arrive_above_it(table, qtbot):
    rows = [Row(number) for number in range(50, 0, -1)]
    table.show_rows(rows)
    table.select_row(20)
    table.verticalScrollBar().setValue(15)
    before = table.visualRect(table.currentIndex()).top()
    table.show_rows([Row(52), Row(51), *rows])
    assert table.current == Row(30)
    assert table.currentIndex().row() == 22
    assert table.visualRect(table.currentIndex()).top() == before


def test_the_selection_stays_in_place_when_its_record_is_gone(table):
    table.show_rows([Row(3), Row(2), Row(1)])
    table.select_row(1)
    table.show_rows([Row(3), Row(1)])
    assert table.current == Row(1)
    table.show_rows([])
    assert table.current is None


def test_selection_is_found_again_in_a_paged_list(table):
    register = Register()
    table.show_pages(register.fetch, len(register.rows))
    table.select_row(50_000)
    chosen = table.current
    register.rows.insert(0, Row(100_001))
    table.show_pages(register.fetch, len(register.rows))
    assert table.current == chosen
    assert table.currentIndex().row() == 50_001


def test_keys_move_and_enter_opens(table, qtbot):
    table.show_rows([Row(3), Row(2), Row(1)])
    table.setFocus()
    assert table.current == Row(3)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [Row(2)]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current == Row(1)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current == Row(3)


def test_letters_of_a_scanner_never_move_the_selection(table, qtbot):
    table.show_rows([Row(3, "Anh"), Row(2, "Bình"), Row(1, "Tám")])
    table.select_row(0)
    qtbot.keyClicks(table, "TN-1")
    assert table.current == Row(3, "Anh")


def test_what_is_shortened_stands_whole_in_the_tooltip(table):
    table.show_rows([Row(1)])
    index = table.model().index(0, 1)
    assert LONG_NAME in index.data(Qt.ItemDataRole.ToolTipRole)
    assert table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Còn 2 ngày làm việc"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_a_narrow_table_drops_a_column_rather_than_scrolling_sideways(table):
    table.show_rows([Row(1)])
    table.resize(600, 300)
    assert table.isColumnHidden(3)
    table.resize(1000, 300)
    assert not table.isColumnHidden(3)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_rows_are_tall_enough_for_two_lines_of_vietnamese(table):
    table.show_rows([Row(1)])
    needed = 2 * table.fontMetrics().tightBoundingRect("ẮỄỘỮỴ").height()
    assert table.rowHeight(0) >= max(46, needed)


def test_colours_follow_the_theme(table, qapp):
    from desktop.gui import theme

    table.show_rows([Row(1)])
    assert theme.ink("late").name() == theme.LIGHT["late"].lower()
    theme.apply(qapp, "dark")
    assert theme.ink("late").name() == theme.DARK["late"].lower()
    assert table.grab().toImage().pixelColor(600, 400).name() == theme.DARK["surface"].lower()
