"""Who may open what: every route against every role, nobody let in by default; forms, sessions, and what slips out."""

import base64
import re
from itertools import count

import pytest

from desktop.hub import founding, units, users
from desktop.hub.users import Role
from desktop.hub.web import application, packets, pages
from tests.hub.conftest import SUNDAY
from tests.hub.province import FORKED, PASSWORD, make
from tests.hub.served import serve

NOBODY, VIEWER, RUNNER, ADMIN = None, "xem", "dieuhanh", "quantri"
WHO = (NOBODY, VIEWER, RUNNER, ADMIN)
_ADDRESSES = count(1)
#: Route → what each of ``WHO`` is answered. A POST without a token is refused as foreign once the role would do.
SIGN_IN_FIRST = 303
TABLE = {
    ("GET", "/sign-in"): (200, 303, 303, 303),
    ("POST", "/sign-in"): (403, 403, 403, 403),
    ("GET", "/static/{name}"): (404, 404, 404, 404),
    ("GET", "/healthz"): (200, 200, 200, 200),
    ("POST", "/sign-out"): (303, 403, 403, 403),
    ("GET", "/password"): (303, 200, 200, 200),
    ("POST", "/password"): (303, 403, 403, 403),
    ("GET", "/"): (303, 200, 200, 200),
    ("GET", "/units"): (303, 200, 200, 200),
    ("GET", "/units/{code}"): (303, 200, 200, 200),
    ("GET", "/fields"): (303, 200, 200, 200),
    ("GET", "/overview.xlsx"): (303, 200, 200, 200),
    ("GET", "/units/{code}/figures.xlsx"): (303, 200, 200, 200),
    ("GET", "/forks"): (303, 200, 200, 200),
    ("POST", "/forks/{code}"): (303, 403, 403, 403),
    ("GET", "/keys"): (303, 403, 200, 200),
    ("POST", "/keys/{code}"): (303, 403, 403, 403),
    ("GET", "/people"): (303, 403, 403, 200),
    ("POST", "/people"): (303, 403, 403, 403),
    ("POST", "/people/{name}"): (303, 403, 403, 403),
    ("GET", "/api/v1/overview"): (401, 200, 200, 200),
    ("GET", "/api/v1/units"): (401, 200, 200, 200),
    ("GET", "/api/v1/units/{code}"): (401, 200, 200, 200),
    ("GET", "/api/v1/fields"): (401, 200, 200, 200),
    ("GET", "/api/v1/procedures"): (401, 200, 200, 200),
    ("GET", "/api/v1/units-of"): (401, 200, 200, 200),
    ("GET", "/api/v1/trend"): (401, 200, 200, 200),
    ("GET", "/api/v1/ranking"): (401, 200, 200, 200),
    ("GET", "/api/v1/openapi.json"): (200, 200, 200, 200),
    **{("POST", path): (400, 400, 400, 400) for path in packets.PATHS},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A province of five days."""
    folder = tmp_path_factory.mktemp("province") / "hub"
    make(folder, days=5).close()
    return folder


@pytest.fixture(scope="module")
def running(home):
    with serve(home, "--behind-proxy") as served:
        yield served


@pytest.fixture
def served(running):
    """The one hub of these tests, asked from an address of the test's own."""
    return running.from_address(f"203.0.113.{next(_ADDRESSES)}")


def _routes(hub):
    application_of_it = application.make(hub, now=lambda: SUNDAY)._application.framework
    found = set()
    for route in application_of_it.routes:
        # The framework keeps what was included as one route with those inside it.
        inner = getattr(getattr(route, "original_router", None), "routes", [route])
        found |= {(method, one.path) for one in inner for method in getattr(one, "methods", ()) if method != "HEAD"}
    return found


def test_every_route_is_in_the_table(home):
    with founding.open_founded(home) as hub:
        assert _routes(hub) == TABLE.keys()


def test_every_page_says_who_may():
    open_to_all = {(page.method, page.path) for page in pages.PAGES if page.role is None}
    assert open_to_all == {("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/static/{name}"), ("GET", "/healthz")}


@pytest.mark.parametrize("who", WHO)
def test_each_route_answers_each_role_as_the_table_says(served, who):
    if who:
        assert served.sign_in(who, PASSWORD).status == 303
    expected = {route: answers[WHO.index(who)] for route, answers in TABLE.items()}
    assert {route: _asked(served, *route) for route in TABLE} == expected


def _asked(served, method, path):
    asked = path.format(code="03618", name="nobody")
    asked += "?field=x" if path.endswith("units-of") else ""
    if path in packets.PATHS:
        return served.send(asked, b"noise").status
    if method == "POST":
        cookies = dict(served.cookies)
        answer = served.post(asked, act="new_code")
        served.cookies = cookies
        return answer.status
    return served.get(asked).status


def test_a_form_of_another_page_or_browser_is_refused(served):
    served.sign_in(ADMIN, PASSWORD)
    token = served.token("/keys")
    for typed in ({}, {"token": ""}, {"token": "x"}, {"token": token[:-1]}, {"token": "đ"}):
        assert served.post("/keys/03618", act="revoke", **typed).status == 403
    body = f"act=new_code&token={token}".encode()
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert served.ask("POST", "/keys/03618", body, sec_fetch_site="cross-site", **form).status == 403
    assert served.ask("POST", "/keys/03618", body, content_type="text/plain").status == 415
    assert served.ask("POST", "/keys/03618", body, sec_fetch_site="same-origin", **form).status == 200


def test_no_page_shows_a_token_in_the_same_letters_as_another(served):
    """So that a packed page, shorter where something stands twice, cannot be asked for it letter by letter."""
    served.sign_in(ADMIN, PASSWORD)
    tokens = re.findall(r'name="token" value="([^"]+)"', served.get("/people").text)
    tokens += [served.token("/people"), served.token("/keys")]
    assert len({token[:40] for token in tokens[-3:]}) == 3
    for token in tokens[-3:]:
        assert served.post("/people/xem", token=token, act="marry").status == 400


def test_the_sign_in_form_needs_its_own_cookie(served):
    token = served.token("/sign-in")
    served.cookies.clear()
    answer = served.post("/sign-in", name=ADMIN, password=PASSWORD, token=token, next="/")
    assert (answer.status, served.cookies) == (403, {})


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [
        ("/units?kind=day&on=2026-11-20", "/units?kind=day&on=2026-11-20"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_on_this_hub(served, wanted, gone_to):
    token = served.token("/sign-in")
    answer = served.post("/sign-in", name=VIEWER, password=PASSWORD, token=token, next=wanted)
    assert (answer.status, answer.headers["location"]) == (303, gone_to)


def test_guessing_passwords_is_slowed_and_says_the_same_of_names_that_nobody_has(served):
    told = {served.sign_in(name, "wrong").text.split('role="alert"')[1].split("</p>")[0] for name in (ADMIN, "nobody")}
    assert len(told) == 1
    statuses = [served.sign_in(ADMIN, f"guess {number}").status for number in range(12)]
    assert statuses == [401] * 9 + [429] * 3
    assert served.sign_in(ADMIN, PASSWORD).status == 429
    assert served.sign_in(VIEWER, PASSWORD).status == 303


def test_a_session_ends_when_one_signs_out_or_is_let_in_no_more(served, home):
    served.sign_in(VIEWER, PASSWORD)
    cookies = dict(served.cookies)
    assert served.post("/sign-out", token=served.token("/")).headers["location"] == "/sign-in"
    served.cookies = cookies
    assert served.get("/").status == SIGN_IN_FIRST
    served.sign_in(VIEWER, PASSWORD)
    with founding.open_founded(home) as hub:
        users.change(hub, VIEWER, who="", now=SUNDAY, active=False)
        assert served.get("/").status == SIGN_IN_FIRST
        users.change(hub, VIEWER, who="", now=SUNDAY, active=True)
    assert served.get("/").status == SIGN_IN_FIRST


def test_the_cookie_is_for_this_hub_alone_and_no_script(served):
    answer = served.sign_in(VIEWER, PASSWORD)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "domain" not in cookie


def test_behind_tls_the_cookie_never_travels_without_it(served):
    answer = served.get("/sign-in", x_forwarded_proto="https")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_a_first_password_is_good_for_choosing_ones_own_and_nothing_else(served, home):
    with founding.open_founded(home) as hub:
        first = users.add(hub, "moi", Role.ADMIN, who="", now=SUNDAY)
    served.sign_in("moi", first)
    for method, path in TABLE:
        if (
            method == "GET"
            and path not in ("/sign-in", "/static/{name}", "/healthz", "/password")
            and "api" not in path
        ):
            answer = served.get(path.format(code="03618"))
            assert (answer.status, answer.headers["location"]) == (303, "/password")
    assert served.get("/api/v1/overview").status == 403
    token = served.token("/password")
    assert served.post("/password", token=token, old=first, new="ngắn", again="ngắn").status == 400
    assert served.post("/password", token=token, old="sai", new=PASSWORD, again=PASSWORD).status == 400
    assert served.post("/password", token=token, old=first, new=PASSWORD, again="khác").status == 400
    assert served.post("/password", token=token, old=first, new=PASSWORD, again=PASSWORD).headers["location"] == "/"
    assert served.get("/people").status == 200


def test_a_program_signs_in_with_each_request(served):
    def basic(name, password):
        return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()

    assert served.get("/api/v1/overview", authorization=basic(VIEWER, PASSWORD)).status == 200
    for wrong in (basic(VIEWER, "sai"), basic("nobody", PASSWORD), "Basic !", "Basic /w==", "Bearer x", "Basic"):
        assert served.get("/api/v1/overview", authorization=wrong).status == 401


def test_whoever_has_a_part_of_the_tree_sees_and_does_nothing_beside_it(served):
    served.sign_in("motxa", PASSWORD)
    assert [unit["code"] for unit in served.get("/api/v1/units").json["units"]] == [FORKED]
    assert served.get("/units/03618").status == 404
    assert served.get("/api/v1/units/03618").status == 404
    assert served.get("/api/v1/trend?code=03618").status == 404
    assert served.get("/units/03618/figures.xlsx").status == 404
    assert "03618" not in served.get("/keys").text
    assert served.post("/keys/03618", token=served.token("/"), act="new_code").status == 404
    assert served.post("/forks/03618", token=served.token("/"), choice="keep", reason="x", seen="").status == 404
    fields = served.get("/api/v1/fields").json["rows"]
    own = served.get(f"/api/v1/units/{FORKED}").json["unit"]["total"]["received_total"]
    assert sum(row["total"]["received_total"] for row in fields) == own


def test_an_administrator_of_a_part_of_the_tree_names_and_lets_in_nobody_beside_it(served, home):
    served.sign_in("motxa", PASSWORD)
    page = served.get("/people").text
    assert re.findall(r'role="rowheader">(\w+)<', page) == ["motxa"]
    assert re.findall(r'option value="(\d*)"', page) == [FORKED]
    token = served.token("/people")
    for act in ("reset", "close", "open"):
        assert served.post(f"/people/{ADMIN}", token=token, act=act).status == 404
    for unit in ("", "03618"):
        assert served.post("/people/xem", token=token, act="change", role="admin", unit=unit).status == 404
    for unit in ("", "03618", "nowhere"):
        typed = {"name": "ketmoi", "full_name": "Người Thử", "role": "admin", "unit": unit}
        assert served.post("/people", token=token, **typed).status == 404
    with founding.open_founded(home) as hub:
        assert "ketmoi" not in {one.name for one in users.everyone(hub)}
    typed = {"name": "canbo", "full_name": "Người Thử", "role": "view", "unit": FORKED}
    assert served.post("/people", token=token, **typed).status == 200
    for unit in ("", "03618", "nowhere"):
        assert served.post("/people/canbo", token=token, act="change", role="admin", unit=unit).status == 404
    assert served.post("/people/canbo", token=token, act="change", role="run", unit=FORKED).status == 303
    assert served.post("/people/canbo", token=token, act="close").headers["location"] == "/people"


def test_the_head_alone_is_answered_like_the_page_and_has_no_body(served):
    for path, status in (("/healthz", 200), ("/", 303), ("/static/hub.css", 200)):
        answer = served.ask("HEAD", path)
        assert (answer.status, answer.body) == (status, b"")


def test_every_answer_keeps_scripts_frames_and_strangers_out(served):
    for path in ("/sign-in", "/nothing", "/api/v1/overview", "/static/hub.css", "/?kind=x"):
        headers = served.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_what_somebody_typed_is_shown_as_text(served, home):
    evil = "<script>alert('x')</script>"
    with founding.open_founded(home) as hub:
        units.add(hub, "EVIL", f"xã {evil}", who="", now=SUNDAY)
    served.sign_in(ADMIN, PASSWORD)
    for path in ("/units", "/keys", f"/fields?field={evil.replace(' ', '+')}", "/people", f"/units/EVIL?field={evil}"):
        text = served.get(path).text
        assert evil not in text
        assert "<script" not in text
    assert not re.search(r"\son[a-z]+=|style=", served.get("/").text)
