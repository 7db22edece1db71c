"""What officials do on the pages: codes and keys, forks, other officials; each act shows where it counts."""

import html
import re
from datetime import date

import pytest

from db import hub_people, hub_units
from desktop.hub import founding, settling, units, users
from desktop.sync import protocol
from tests.hub.conftest import Place
from tests.hub.province import FORKED, NOW, PASSWORD, SILENT, make
from tests.hub.served import serve
from tests.sync.invented import InventedCommune

KEYED = "03618"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "hub"
    make(folder, days=4, practice=False).close()
    return folder


@pytest.fixture
def served(home):
    with serve(home) as running:
        running.sign_in("quantri", PASSWORD)
        yield running


def _once(answer):
    found = re.search(r'class="once">([^<]+)<', answer.text)
    assert found, answer.text
    return found[1]


def _said(answer):
    (document,) = protocol.read_packet(answer.body)
    return protocol.content_of(document)


def test_the_code_on_the_page_lets_the_unit_in(served, home):
    code = _once(served.post(f"/keys/{SILENT}", token=served.token("/keys"), act="new_code"))
    commune = InventedCommune(SILENT, "xã Thu Lũm")
    with founding.open_founded(home) as hub:
        assert Place(hub, home, None).enrol(commune, code).kind == "enrolled 1"
    answer = served.send("/api/v1/reports", commune.packet(commune.day(date(2026, 11, 20), 5)))
    assert [str(item.verdict) for item in _said(answer).items] == ["accepted"]


def test_a_unit_that_has_ended_is_offered_no_code(served, home):
    with founding.open_founded(home) as hub:
        units.add(hub, SILENT, "xã Thu Lũm", valid_to=date(2026, 10, 31), who="", now=NOW)
    row = served.get("/keys").text.split(f'action="/keys/{SILENT}"')[1].split("</form>")[0]
    assert "new_code" not in row
    assert "đến 31/10/2026" in served.get("/keys").text
    answer = served.post(f"/keys/{SILENT}", token=served.token("/keys"), act="new_code")
    assert (answer.status, "đã kết thúc" in answer.text) == (400, True)


def test_a_merged_unit_says_where_what_it_had_open_is_counted(served, home):
    page = f"/units/{KEYED}?kind=free&from=2026-11-16&to=2026-11-20"
    assert "đơn vị tiếp nối" not in served.get(page).text
    with founding.open_founded(home) as hub:
        units.add(hub, KEYED, "xã Mường Than", valid_to=date(2026, 11, 18), merged_into=FORKED, who="", now=NOW)
    told = served.get(page)
    assert (told.status, "ngày 18/11/2026: hồ sơ còn lại được tính ở đơn vị tiếp nối" in told.text) == (200, True)


def test_a_revoked_key_is_believed_no_more_after_one_was_asked_again(served, home):
    assert f'action="/keys/{KEYED}"' in served.get(f"/keys?revoke={KEYED}").text.split('id="revoke"')[1]
    assert served.post(f"/keys/{KEYED}", token=served.token("/keys"), act="revoke").status == 303
    commune = InventedCommune(KEYED, "xã Mường Than")
    answer = served.send("/api/v1/reports", commune.packet(commune.day(date(2026, 11, 20), 5)))
    assert (answer.status, _said(answer).code) == (403, "not_enrolled")
    again = served.post(f"/keys/{KEYED}", token=served.token("/keys"), act="revoke")
    assert again.status == 400
    assert "không có khóa nào đang dùng" in again.text
    with founding.open_founded(home) as hub:
        assert hub_units.keys_now(hub, [KEYED]) == {}
        assert hub_people.events(hub, 1)[0].who == "quantri"


def _seen(served):
    return re.search(r'name="seen" value="([^"]*)"', served.get("/forks").text)[1]


def test_both_versions_stand_side_by_side_until_somebody_decides_with_a_reason(served, home):
    page = served.get("/forks").text
    assert "7F3K-92QD" in page
    assert 'class="number differs"' in page
    token, seen = served.token("/forks"), _seen(served)
    for typed, status in (
        ({"choice": "keep", "reason": " ", "seen": seen}, 400),
        ({"choice": "both", "reason": "x", "seen": seen}, 400),
        ({"choice": "take", "reason": "x", "seen": f"{seen}.999"}, 409),
        ({"choice": "take", "reason": "x"}, 409),
    ):
        assert served.post(f"/forks/{FORKED}", token=token, **typed).status == status
    with founding.open_founded(home) as hub:
        assert len(settling.forks(hub)) == 1
    typed = "</textarea><b>" + "x" * 500
    too_long = served.post(f"/forks/{FORKED}", token=token, choice="take", reason=typed, seen=seen)
    assert (too_long.status, "nhiều nhất 500 chữ" in too_long.text) == (400, True)
    assert f">\n{html.escape(typed)}</textarea>" in too_long.text, "what was typed stays there to be shortened"
    assert re.findall(r'value="(\w+)" required checked>', too_long.text) == ["take"]
    overtaken = served.post(f"/forks/{FORKED}", token=token, choice="take", reason="Đĩa hỏng", seen=f"{seen}.999")
    assert ">\nĐĩa hỏng</textarea>" in overtaken.text
    assert " checked>" not in overtaken.text, "of what came meanwhile nothing is chosen beforehand"
    reason = "Đĩa hỏng, khôi phục từ bản sao lưu" + " của ngày thứ Sáu" * 20
    assert served.post(f"/forks/{FORKED}", token=token, choice="take", reason=reason, seen=seen).status == 303
    page = served.get("/forks").text
    assert "Không đơn vị nào có lịch sử rẽ nhánh." in page
    assert re.findall(r'data-head="(?:Người q|Q)uyết định">([^<]+)<', page) == ["quantri", "nhận lịch sử gửi sau"]
    assert reason in page
    assert served.get(f"/api/v1/units/{FORKED}").json["unit"]["forks"] == 0
    with founding.open_founded(home) as hub:
        assert reason in hub_people.events(hub, 1)[0].facts


def test_an_official_is_added_shut_out_and_given_a_new_password(served):
    token = served.token("/people")
    typed = {"name": "lan", "full_name": "Lò Thị Lan", "role": "view", "unit": KEYED}
    first = _once(served.post("/people", token=token, **typed))
    assert served.post("/people", token=token, **typed).status == 400
    assert "Lò Thị Lan" in served.post("/people", token=token, **typed | {"role": "king"}).text
    assert served.post("/people", token=token, **typed | {"name": "LAN!"}).status == 400
    second = _once(served.post("/people/lan", token=token, act="reset"))
    assert served.post("/people/lan", token=token, act="close").status == 303
    assert served.post("/people/nobody", token=token, act="close").status == 404
    assert served.post("/people/quantri", token=token, act="close").status == 400
    assert served.post("/people/lan", token=token, act="marry").status == 400
    assert served.post("/people/quantri", token=token, act="change", role="admin", unit=KEYED).status == 400
    other = served.from_address("")
    other.told = {}
    assert other.sign_in("lan", second).status == 401
    assert served.post("/people/lan", token=token, act="open").status == 303
    assert other.sign_in("lan", first).status == 401
    assert other.sign_in("lan", second).status == 303
    assert other.get("/").headers["location"] == "/password"


def test_an_official_gets_another_role_and_part_of_the_tree(served, home):
    token = served.token("/people")
    page = served.get("/people?change=xem").text.split('id="change"')[1].split("</form>")[0]
    assert re.findall(r'value="(\w*)" selected', page) == ["view"]
    assert 'id="change"' not in served.get("/people?change=quantri").text
    for wrong in ({"role": "king", "unit": ""}, {"role": "run", "unit": "nowhere"}):
        refused = served.post("/people/xem", token=token, act="change", **wrong)
        assert (refused.status, 'id="change"' in refused.text) == (400, True)
    assert served.post("/people/xem", token=token, act="change", role="run", unit=KEYED).status == 303
    with founding.open_founded(home) as hub:
        (now,) = (one for one in users.everyone(hub) if one.name == "xem")
        assert (now.role, now.unit, now.active, now.must_change) == ("run", KEYED, True, False)
        last = hub_people.events(hub, 1)[0]
        assert (last.kind, last.who) == ("change_user", "quantri")


def test_the_answer_to_a_form_is_never_packed(served):
    """There stand passwords and codes that are shown once, beside what was typed."""
    body = f"act=new_code&token={served.token('/keys')}".encode()
    form = {"content_type": "application/x-www-form-urlencoded", "accept_encoding": "gzip"}
    answer = served.ask("POST", f"/keys/{SILENT}", body, **form)
    assert (answer.status, 'class="once"' in answer.text) == (200, True)
    assert "content-encoding" not in answer.headers
