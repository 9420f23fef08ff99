import html
import re
from urllib.parse import urljoin

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response

from app.api import BASE
from app.course.lessons import lessons
from app.course.presets import PRESETS
from app.main import create_app
from app.pages import routes as pages
from app.pages.folders import STATIC
from app.pages.routes import OPENING
from app.pages.static_files import StaticFiles
from app.server.refusals import ALL_ERRORS
from app.server.settings import Settings
from fallline.formulas.errors import REASONS
from fallline.notices import NOTICES

OF_A_LESSON = f"/lessons/{next(iter(lessons()))}"
ERRORS_PAGE = f"{BASE}/errors"
PAGES = [
    "/", "/embed", "/docs", ERRORS_PAGE, "/handout", "/handout?preset=opening", "/lessons", "/lessons/glossary", "/lessons/teacher",
    "/lessons/handouts", "/play", "/join", OF_A_LESSON, f"{OF_A_LESSON}/notes", f"{OF_A_LESSON}/handout",
]  # fmt: skip
PLACES = ["Playground", "Lessons", "Glossary", "Teach", "API"]
OTHERS = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/nowhere",
    "/static/LICENSES/katex",
    "/lessons/nowhere",
]
SELF = "'self'"
POLICY = {
    "default-src": "'none'", "script-src": SELF, "worker-src": SELF, "style-src": SELF, "font-src": SELF,
    "img-src": "'self' data: blob:", "frame-src": SELF, "connect-src": SELF, "base-uri": "'none'", "form-action": "'none'",
}  # fmt: skip


@pytest.fixture(scope="module")
def sent(site: TestClient) -> dict[str, Response]:
    """Every page, asked for once."""
    return {path: site.get(path) for path in PAGES}


def test_every_page_there_is_is_asked_for() -> None:
    settings, files = Settings(), StaticFiles()
    routes = pages.page_router(settings, files, BASE, pages.page_responder(settings, files, BASE)).routes
    paths = [route.path.format(name=next(iter(lessons()))) for route in routes if isinstance(route, APIRoute)]
    assert {path for path in paths if not path.startswith("/api") and not path.endswith(".svg")} <= {
        *PAGES,
        "/glossary",
    }


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("/embed", "/handout")])
def test_every_page_leads_to_the_same_places_by_the_same_words(sent: dict[str, Response], path: str) -> None:
    places = sent[path].text.split('<nav class="places"')[1].split("</nav>")[0]
    links = re.findall(r'<a class="word"[^>]* href="([^"]*)"( aria-current="page")?[^>]*>(\w+)</a>', places)
    assert [word for _, _, word in links] == PLACES
    here = [address for address, current, _ in links if current]
    assert here == ([path] if path in ("/", "/docs", "/lessons", "/lessons/glossary", "/lessons/teacher") else [])


def test_who_wants_to_teach_without_a_room_is_told_what_it_takes(site: TestClient) -> None:
    page = site.get("/teach", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "start the server by <code>fallline --classroom</code>, and open the address that it prints" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_inline_code(sent: dict[str, Response], path: str) -> None:
    html = sent[path].text
    assert all("src=" in attributes for attributes in re.findall(r"<script([^>]*)>", html))
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)


@pytest.mark.parametrize("path", PAGES)
def test_page_loads_from_its_own_origin_only(sent: dict[str, Response], path: str) -> None:
    loaded = re.findall(r'<(?!a )[^>]*? (?:src|href)="([^"]*)"', sent[path].text)
    assert loaded
    assert all(address.startswith(("/", "data:", "#")) for address in loaded)


def test_no_style_sheet_loads_from_elsewhere() -> None:
    sheets = list((STATIC / "built").glob("*.css"))
    assert sheets
    for sheet in sheets:
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", sheet.read_text()), sheet.name


@pytest.mark.parametrize("path", PAGES)
def test_policy_names_what_a_page_needs_and_forbids_the_rest(sent: dict[str, Response], path: str) -> None:
    policy = sent[path].headers["content-security-policy"]
    assert dict(rule.split(" ", 1) for rule in policy.split("; ")) == POLICY


def test_nothing_sets_a_cookie(site: TestClient, sent: dict[str, Response]) -> None:
    """Every address there is, asked as it stands and with runs."""
    document = site.get(f"{BASE}/openapi.json").json()
    asked = [("GET", path) for path in OTHERS]
    asked += [(method.upper(), path) for path, methods in document["paths"].items() for method in methods]
    asked += [
        ("GET", f"{path}?surface=bowl&optimizer=gd") for path, methods in document["paths"].items() if "get" in methods
    ]
    replies = [*sent.values(), *(site.request(method, path) for method, path in asked)]
    assert {200, 404, 422} <= {reply.status_code for reply in replies}
    assert [reply.url for reply in replies if "set-cookie" in reply.headers] == []


@pytest.mark.parametrize("logs", [False, True])
def test_the_pages_say_what_is_kept_of_a_reader(logs: bool) -> None:
    client = TestClient(create_app(Settings(access_log=logs)))
    said = client.get("/lessons").text
    assert "keeps nothing of who asked for what" in said
    assert ("switched on a log" in said) is logs
    assert ('name="access-log"' in client.get("/").text) is logs


def test_static_files_are_kept_for_good_and_their_licences_are_not(site: TestClient) -> None:
    reply = site.get(StaticFiles().address("playground.js"))
    assert reply.headers["content-type"].startswith("text/javascript")
    assert "immutable" in reply.headers["cache-control"]
    licence = site.get("/static/LICENSES/katex")
    assert "Copyright" in licence.text
    assert licence.headers["cache-control"] == "no-cache"


def test_scripts_name_source_maps_that_are_served(site: TestClient) -> None:
    address = StaticFiles().address("playground.js")
    named = re.search(r"//# sourceMappingURL=(\S+)", site.get(address).text)
    assert named
    sources = site.get(f"/static/{named[1]}").json()["sources"]
    assert any(source.endswith("page/playground.ts") for source in sources)


def test_only_in_development_a_page_opens_itself_again() -> None:
    for development in (True, False):
        client = TestClient(create_app(Settings(development=development)))
        assert ("/static/development-" in client.get("/").text) is development
        assert (client.get("/development/version").status_code == 200) is development


@pytest.mark.parametrize(
    "path", ["/static/../app/main.py", "/static/%2e%2e/%2e%2e/pyproject.toml", "/static/STAMP", "/static/"]
)
def test_nothing_outside_static_is_served(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/healthz", "/openapi.json", "/nowhere"])
def test_every_answer_carries_the_security_headers(site: TestClient, path: str) -> None:
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "x-frame-options" not in headers


def test_a_document_carries_what_only_documents_need(site: TestClient) -> None:
    headers = site.get("/").headers
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("given", "sent"), [("'none'", "'self'"), ("https://school.example", "'self' https://school.example")]
)
def test_frame_ancestors_is_a_setting_and_a_playlist_frames_the_pages_all_the_same(given: str, sent: str) -> None:
    client = TestClient(create_app(Settings(frame_ancestors=given)))
    for path in PAGES[:4]:
        assert client.get(path).headers["content-security-policy"].endswith(f"frame-ancestors {sent}")


def test_page_works_below_a_path_prefix() -> None:
    client = TestClient(create_app(Settings()), root_path="/tools/fallline")
    html = client.get("/").text
    assert '"/tools/fallline/static/' in html
    assert '"/static/' not in html


def test_an_unchanged_page_is_not_sent_again(site: TestClient) -> None:
    tag = site.get("/").headers["etag"]
    same = site.get("/", headers={"If-None-Match": tag})
    assert same.status_code == 304
    assert not {"content-length", "content-type"} & set(same.headers)
    assert site.get("/", headers={"If-None-Match": 'W/"0"'}).status_code == 200


def test_page_opens_with_the_first_of_the_presets(site: TestClient) -> None:
    opening = re.search(r'<meta name="opening" content="([^"]*)">', site.get("/").text)
    assert opening
    assert html.unescape(opening[1]) == OPENING == next(iter(PRESETS.values())).query


@pytest.mark.parametrize("query", ["", "surface=bowl&optimizer=gd:learning_rate=0.1"])
def test_without_scripts_the_page_shows_the_picture_of_its_address(site: TestClient, query: str) -> None:
    picture = re.search(r'<noscript>.*?<img[^>]* src="([^"]*)"', site.get(f"/?{query}").text, re.S)
    assert picture
    address = html.unescape(picture[1])
    assert address.endswith(query or OPENING)
    assert site.get(address).headers["content-type"].startswith("image/svg+xml")


def test_an_address_cannot_break_out_of_the_page(site: TestClient) -> None:
    assert "<script>alert" not in site.get('/?a="><script>alert(1)</script>').text


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "//evil.example/lessons/", "/lessons/", "/%2F%2Fevil.example/", "/api?next=//evil.example", "//evil.example/..",
     "/\\evil.example/", "//evil.example//healthz/", "/healthz/"],
)  # fmt: skip
def test_no_address_leads_elsewhere(site: TestClient, address: str) -> None:
    reply = site.get(f"http://testserver{address}", follow_redirects=False)
    place = reply.headers.get("location", "/")
    assert re.match("/(?![/\\\\])", place), "a path, whatever the Host field says"


def test_a_slash_too_many_leads_to_the_address_without_it(site: TestClient) -> None:
    for address, leads in {"/lessons/?a=b&c": "/lessons?a=b&c", f"{BASE}/catalog/": f"{BASE}/catalog"}.items():
        reply = site.get(address, headers={"Host": "evil.example"}, follow_redirects=False)
        assert (reply.status_code, reply.headers["location"]) == (307, leads)
    for address in ("/static", "/static/", "/nowhere/", f"{BASE}/nowhere/"):
        assert site.get(address, follow_redirects=False).status_code == 404, address


@pytest.mark.parametrize(
    ("host", "client", "told"),
    [
        ("0.0.0.0", "127.0.0.1", True),
        ("::", "::1", True),
        ("0.0.0.0", "192.0.2.9", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("192.0.2.5", "127.0.0.1", False),
    ],
)
def test_who_is_at_a_server_open_to_the_network_is_told_its_address(
    monkeypatch: pytest.MonkeyPatch, host: str, client: str, told: bool
) -> None:
    monkeypatch.setattr(pages, "outward_address", lambda host: "192.0.2.7" if host in ("0.0.0.0", "::") else None)
    with TestClient(create_app(Settings(host=host)), client=(client, 50000)) as asking:
        assert ('<meta name="outward-address" content="192.0.2.7">' in asking.get("/").text) is told


def test_an_address_that_was_given_is_told_to_everybody() -> None:
    with TestClient(create_app(Settings(address="192.0.2.8:81")), client=("172.17.0.1", 50000)) as asking:
        assert '<meta name="outward-address" content="192.0.2.8:81">' in asking.get("/").text


def test_without_a_network_no_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "outward_address", lambda _: None)
    with TestClient(create_app(Settings(host="0.0.0.0")), client=("127.0.0.1", 50000)) as asking:
        assert "outward-address" not in asking.get("/").text


def test_the_pages_are_not_for_other_origins(site: TestClient) -> None:
    assert "access-control-allow-origin" not in site.get("/", headers={"Origin": "http://b"}).headers


@pytest.mark.parametrize("path", ["/", "/static/{0}"])
@pytest.mark.parametrize(("accepted", "compressed"), [("gzip", True), ("*", True), ("gzip;q=0", False), ("br", False)])
def test_pages_and_files_are_compressed_for_those_alone_who_take_gzip(
    site: TestClient, path: str, accepted: str, compressed: bool
) -> None:
    chunk = re.search(r"/static/(chunk-\w+\.js)", site.get("/").text)
    assert chunk
    reply = site.get(path.format(chunk[1]), headers={"Accept-Encoding": accepted})
    assert reply.status_code == 200
    assert ("content-encoding" in reply.headers) is compressed
    assert [part.strip() for part in reply.headers["vary"].split(",")].count("Accept-Encoding") == 1


def test_the_page_of_the_documentation_is_at_the_api_and_leads_to_the_document(site: TestClient) -> None:
    page = site.get(f"{BASE}/docs", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert f'data-openapi="{BASE}/openapi.json"' in page.text
    for short, path in (("/api", f"{BASE}/docs"), ("/glossary", "/lessons/glossary")):
        assert site.get(short, follow_redirects=False).headers["location"] == path
    for reply in (site.get(f"{BASE}/docs", headers={"If-None-Match": page.headers["etag"]}), site.head(f"{BASE}/docs")):
        assert set(reply.headers["vary"].split(", ")) == set(page.headers["vary"].split(", "))


def test_the_codes_of_errors_stand_on_a_page_that_the_documentation_leads_to(site: TestClient) -> None:
    told = site.get(f"{BASE}/openapi.json").json()["info"]["description"]
    assert "](errors)" in told
    assert not [code for code in [*ALL_ERRORS, *NOTICES] if f"| `{code}`" in told]
    page = site.get(urljoin(str(site.get("/docs").url), "errors"))
    assert page.url.path == ERRORS_PAGE
    for code in [*ALL_ERRORS, *NOTICES]:
        assert f'<tr id="{code}"><td><code>{code}</code></td>' in page.text
    for reason in REASONS:
        assert f"<li><code>{reason}</code>" in page.text
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert {"errors", "values", "formulas", "notices"} <= set(ids)


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_method_that_a_page_has_not_is_told_in_the_shape_of_every_error(site: TestClient, path: str) -> None:
    reply = site.post(path)
    (detail,) = reply.json()["detail"]
    assert (reply.status_code, detail["loc"], detail["type"]) == (405, ["path"], "method_not_allowed")
    assert detail["msg"].endswith("takes only GET, HEAD; got POST")


def test_a_fault_of_a_page_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr("app.pages.routes.etag", broken)
    reply = TestClient(create_app(Settings()), raise_server_exceptions=False).get("/")
    assert (reply.status_code, reply.json()["detail"][0]["type"]) == (500, "fault")
    shown = TestClient(create_app(Settings()), raise_server_exceptions=False).get("/", headers={"Accept": "text/html"})
    assert (shown.status_code, shown.headers["cache-control"]) == (500, "no-store")
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<h1>The server met a fault of its own</h1>" in shown.text
    assert "secret" not in reply.text + shown.text


def test_the_page_of_a_network_without_runs_promises_no_picture(site: TestClient) -> None:
    for query in ("surface=bowl", "network=xor&optimizer=gd"):
        assert "og:image" in site.get(f"/?{query}").text
    page = site.get("/?network=xor").text
    assert "og:image" not in page
    assert "plot.svg" not in page
