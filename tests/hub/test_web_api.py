"""The API: what it says is what the pages say, its description holds, and nothing that is asked of it breaks it."""

import gzip
import json
import subprocess
import sys
from datetime import date
from urllib.parse import quote

import pytest

from desktop.hub import founding, overview, units, users
from desktop.hub.users import Role
from tests.architecture.source import CHECKOUT
from tests.hub.province import LAST, NOW, PASSWORD, SILENT, make
from tests.hub.served import serve


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province") / "hub"
    make(folder, days=10).close()
    return folder


@pytest.fixture(scope="module")
def served(home):
    with serve(home) as running:
        running.sign_in("xem", PASSWORD)
        yield running


def test_the_figures_are_those_of_the_hub(served, home):
    told = served.get(f"/api/v1/overview?kind=month&on={LAST}").json
    with founding.open_founded(home) as hub:
        first, last = (date.fromisoformat(told["period"][name]) for name in ("first", "last"))
        table = overview.of_period(hub, first, last, now=NOW)
    assert list(told["total"].values()) == [getattr(table.total, name) for name in told["total"]]
    assert told["on_time"] == {
        "numerator": table.rate.numerator,
        "denominator": table.rate.denominator,
        "percent": table.rate.percent,
    }
    assert len(told["units"]) == len(table.units) == 38


def test_every_way_to_the_same_sum_agrees(served):
    period = f"kind=free&from=2026-11-01&to={LAST}"
    total = served.get(f"/api/v1/overview?{period}").json["total"]
    for rows in (
        served.get(f"/api/v1/units?{period}").json["units"],
        served.get(f"/api/v1/fields?{period}").json["rows"],
        served.get(f"/api/v1/procedures?{period}").json["rows"],
    ):
        assert {name: sum(row["total"][name] for row in rows) for name in total} == total
    field = served.get(f"/api/v1/fields?{period}").json["rows"][0]
    rows = served.get(f"/api/v1/units-of?{period}&field={quote(field['field'])}").json["rows"]
    assert sum(row["total"]["received_total"] for row in rows) == field["total"]["received_total"]


def test_the_line_of_a_unit_is_of_all_fields_and_says_so_beside_one(served):
    assert "Mọi lĩnh vực: " in served.get(f"/units/03618?field={quote('Hộ tịch')}").text
    assert "Mọi lĩnh vực: " not in served.get("/units/03618").text


def test_a_rank_is_given_to_no_small_number(served):
    told = served.get(f"/api/v1/ranking?kind=day&on={LAST}").json
    for row in told["rows"]:
        assert (row["place"] is None) == (row["on_time"]["denominator"] < told["few_below"])
        assert row["on_time"]["percent"] is not None


def test_a_unit_that_never_came_has_no_rate_and_no_day(served):
    told = served.get(f"/api/v1/units/{SILENT}").json
    assert (told["days"], told["rows"], told["unit"]["last_day"]) == ([], [], None)
    assert told["unit"]["on_time"] == {"numerator": 0, "denominator": 0, "percent": None}


def test_refusals_are_one_sentence_with_a_stable_word(served):
    for path, status, code in (
        ("/api/v1/overview?kind=fortnight", 422, "bad_value"),
        ("/api/v1/overview?kind=free&from=2026-11-20&to=2026-11-01", 400, "bad_period"),
        ("/api/v1/overview?on=2026-02-30", 400, "bad_date"),
        ("/api/v1/units/nobody", 404, "unknown_unit"),
        ("/api/v1/fields?kind=day&on=2026-11-20%00", 422, "bad_value"),
        ("/api/v1/units-of?field=a%00b", 400, "bad_value"),
        ("/api/v1/nothing", 404, "not_found"),
    ):
        answer = served.get(path)
        assert (answer.status, answer.json["error"]["code"]) == (status, code)
        assert answer.json["error"]["message"].endswith(".")


def test_the_description_names_every_route_with_its_refusals(served):
    described = served.get("/api/v1/openapi.json").json
    paths = described["paths"]
    assert {"/api/v1/reports", "/api/v1/enrolments", "/api/v1/holdings", "/api/v1/overview"} <= paths.keys()
    for path, methods in paths.items():
        for method, told in methods.items():
            assert {"400", "429", "503"} <= told["responses"].keys(), (method, path)
            is_packet = method == "post"
            assert ("401" in told["responses"]) != is_packet
            assert bool(told.get("security")) != is_packet
    assert "HTTPValidationError" not in json.dumps(described)


def test_what_is_long_is_packed_for_whoever_takes_that(served):
    for path in ("/units", "/api/v1/units", "/static/hub.css"):
        plain, packed = served.get(path), served.get(path, accept_encoding="gzip, br")
        assert "content-encoding" not in plain.headers
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
        assert len(packed.body) < len(plain.body) / 2
        same = gzip.decompress(packed.body) == plain.body
        assert same or 'name="token"' in plain.text, "tokens are other letters each time"
    assert "content-encoding" not in served.get("/overview.xlsx", accept_encoding="gzip").headers
    assert "content-encoding" not in served.get("/healthz", accept_encoding="gzip").headers


def test_nothing_that_is_asked_of_it_breaks_it():
    command = [sys.executable, "-m", "tests.hub.fuzz", "--examples", "8", "--phases", "fuzzing"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]


def test_a_hub_that_nobody_has_reported_to_says_so_on_every_page(tmp_path):
    hub = founding.init(tmp_path / "hub", now=NOW)
    password = users.add(hub, "quantri", Role.ADMIN, who="", now=NOW)
    users.change_password(hub, "quantri", password, PASSWORD, now=NOW)
    paths = (
        "/",
        "/units",
        "/fields",
        "/forks",
        "/keys",
        "/people",
        "/overview.xlsx",
        "/api/v1/overview",
        "/api/v1/trend",
    )
    with hub, serve(tmp_path / "hub") as served:
        served.sign_in("quantri", PASSWORD)
        assert {path: served.get(path).status for path in paths} == dict.fromkeys(paths, 200)
        for path in ("/", "/units", "/keys"):
            assert "motcua hub load-units" in served.get(path).text
        units.load(hub, None, who="", now=NOW)
        assert {path: served.get(path).status for path in paths} == dict.fromkeys(paths, 200)
        assert "chưa có hồ sơ nào đã giải quyết" in served.get("/").text
        assert "và 26 đơn vị khác" in served.get("/").text
        assert "Chưa đơn vị nào gửi báo cáo" in served.get("/").text
        assert served.get("/api/v1/overview").json["as_of"] is None
