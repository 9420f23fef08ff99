"""/join and what the command prints: the address that others open, its QR code, and what is in their way."""

import html
import io
import re

import pytest
import segno
from fastapi.testclient import TestClient

from app.__main__ import WHITE_ON_BLACK, _for_others
from app.main import create_app
from app.pages import join
from app.pages.join import BLOCKS, OBSTACLES, Join
from app.server.addresses import OwnAddress
from app.server.settings import Settings

TWO = [OwnAddress("192.168.1.6", "wlan0"), OwnAddress("10.0.0.3", "eth0")]


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """One with two addresses, and no container."""
    at(monkeypatch, *TWO)


def at(monkeypatch: pytest.MonkeyPatch, *own: OwnAddress, container: bool = False) -> None:
    monkeypatch.setattr(join, "own_addresses", lambda host: list(own) if host == "0.0.0.0" else [])
    monkeypatch.setattr(join, "in_container", lambda: container)


def opened(host: str, settings: Settings | None = None, client: str = "127.0.0.1", root_path: str = "") -> str:
    """The page as somebody gets it who has opened it at this host."""
    app = create_app(settings or Settings(host="0.0.0.0"))
    asking = TestClient(app, client=(client, 50000), root_path=root_path)
    reply = asking.get("/join", headers={"Host": host})
    assert reply.status_code == 200
    return reply.text


def large(page: str) -> str | None:
    """The address that stands large, and is that of the code."""
    shown = re.search(r"<h1><svg[^>]*>.*?>(.*?)</text>", page)
    if not shown:
        assert "<h1>Others cannot open this yet</h1>" in page
        return None
    whole = re.search(r'role="img" aria-label="QR code of (.*?)">(<svg.*?</svg>)', page)
    assert whole
    assert whole[1].removeprefix("http://") == shown[1]
    assert whole[2] == Join(html.unescape(whole[1])).svg()
    return shown[1]


def warned(page: str) -> str | None:
    """Which obstacle it names."""
    said = re.search(r'<p class="join-advice" role="alert">\s*(.*?)</p>', page)
    text = html.unescape(re.sub("</?code>", "`", said[1])).strip() if said else None
    return next(name for name, advice in OBSTACLES.items() if advice == text) if text else None


@pytest.mark.parametrize("host", ["192.168.1.6:8000", "teacher.local:9000", "Teacher", "[fd00::2]:8000"])
def test_it_shows_the_address_of_its_own_under_which_it_was_opened(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Teacher.lan")
    page = opened(host, client="192.168.1.77")
    assert large(page) == host
    assert warned(page) is None
    assert "Scan the code, or type the address" in page


def test_behind_a_proxy_the_path_below_which_it_is_shown_belongs_to_it() -> None:
    settings = Settings(root_path="/fallline", address="tools.school")
    page = opened("tools.school", settings, client="192.168.1.77", root_path="/fallline")
    assert large(page) == "tools.school/fallline"
    assert 'href="/fallline/lessons"' in page
    asking = TestClient(create_app(settings), base_url="https://tools.school", root_path="/fallline")
    assert large(asking.get("/join").text) == "https://tools.school/fallline"
    assert large(opened("localhost:8000", root_path="/fallline")) == "192.168.1.6:8000/fallline"


def test_who_joins_a_room_is_led_there() -> None:
    settings = Settings(classroom=True)
    assert large(opened("192.168.1.6:8000", settings, client="192.168.1.77")) == "192.168.1.6:8000/join/class"
    assert large(opened("localhost:8000", settings)) == "192.168.1.6:8000/join/class"
    asking = TestClient(create_app(Settings(host="0.0.0.0", rooms=20)), client=("127.0.0.1", 50000))
    assert "The code on the wall" in asking.get("/join").text
    shown = asking.get("/join?room=abcd", headers={"Host": "192.168.1.6:8000"}).text
    assert large(shown) == "192.168.1.6:8000/join/ABCD"


@pytest.mark.parametrize(("path", "says"), [("/teach", True), ("/join/class", True), ("/nowhere", False)])
def test_without_rooms_a_browser_is_told_how_a_server_comes_to_have_them(path: str, says: bool) -> None:
    asking = TestClient(create_app(Settings()))
    reply = asking.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert reply.status_code == 404
    assert ("fallline --classroom" in reply.text) is says
    assert 'href="/lessons"' in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert asking.get(path).json()["detail"][0]["type"] == "not_found"


def test_a_seat_and_where_it_is_taught_from_are_pages_of_a_server_with_rooms() -> None:
    asking = TestClient(create_app(Settings(classroom=True)))
    assert 'data-code="class"' in asking.get("/join/class").text
    assert "data-offered=" in asking.get("/teach").text
    assert "data-rooms" not in asking.get("/teach").text
    assert [asking.get(path).status_code for path in ("/join/ABCD", "/join/%3Cb%3E")] == [404, 404]
    many = TestClient(create_app(Settings(rooms=20)))
    assert 'data-code="ABCD"' in many.get("/join/abcd").text
    assert "data-rooms" in many.get("/teach").text
    assert many.get("/join/class").status_code == 404
    alone = TestClient(create_app(Settings()))
    assert [alone.get(path).status_code for path in ("/teach", "/join/class", "/join")] == [404, 404, 200]


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "0.0.0.0:8000"])
def test_at_the_machine_itself_it_shows_the_likeliest_of_its_addresses_and_leads_to_the_others(host: str) -> None:
    page = opened(host)
    assert large(page) == "192.168.1.6:8000"
    assert '<a href="http://10.0.0.3:8000/join">10.0.0.3:8000</a> (eth0)' in page


def test_who_is_elsewhere_learns_no_address_of_the_machine() -> None:
    page = opened("localhost:8000", client="192.168.1.77")
    assert (large(page), warned(page)) == (None, "own_name")
    assert "192.168.1.6" not in page


@pytest.mark.parametrize("host", ["evil.example", "6.6.6.6", "teacher.local.evil.example:8000", "a" * 60_000])
def test_a_name_that_it_does_not_know_is_not_shown(host: str) -> None:
    page = opened(host, client="192.168.1.77")
    assert (large(page), warned(page)) == (None, "unknown_name")
    assert not {host, "192.168.1.6"} & set(re.split('[ "/<>]', page))
    assert large(opened(host)).startswith("192.168.1.6")


def test_an_address_that_is_given_is_shown_wherever_it_is_opened() -> None:
    settings = Settings(address="192.168.1.9:81")
    for host in ("localhost:8000", "172.17.0.2:8000"):
        assert large(opened(host, settings, client="172.17.0.1")) == "192.168.1.9:81"
    assert large(opened("localhost:8123", Settings(address="teacher.local"))) == "teacher.local:8123"


@pytest.mark.parametrize(
    ("settings", "host", "own", "container", "obstacle", "shown"),
    [
        (Settings(), "localhost:8000", TWO, False, "this_computer", None),
        (Settings(classroom=True, host="127.0.0.1"), "localhost:8000", TWO, False, "this_computer", None),
        (Settings(classroom=True), "localhost:8000", [], False, "no_network", None),
        (Settings(classroom=True), "localhost:8000", [OwnAddress("172.17.0.2", "eth0")], True, "container", None),
        (Settings(), "172.17.0.2:8000", [OwnAddress("172.17.0.2", "eth0")], True, "container", "172.17.0.2:8000"),
        (Settings(), "192.168.1.6:8000", [OwnAddress("172.17.0.2", "eth0")], True, None, "192.168.1.6:8000"),
        (Settings(), "169.254.7.7:8000", [], False, "link_local", "169.254.7.7:8000"),
        (Settings(address="localhost"), "localhost:8000", TWO, False, "own_name", "localhost:8000"),
    ],
)
def test_what_is_in_the_way_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    host: str,
    own: list[OwnAddress],
    container: bool,
    obstacle: str | None,
    shown: str | None,
) -> None:
    at(monkeypatch, *own, container=container)
    page = opened(host, settings)
    assert (warned(page), large(page)) == (obstacle, shown)


@pytest.mark.parametrize("host", ['a"><script>alert(1)</script>', "a" * 60_000, "a b", ":::", "[", "x:99999999"])
def test_what_is_no_host_is_not_shown(host: str) -> None:
    assert large(opened(host, Settings())) in (None, "testserver")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class OldConsole(io.StringIO):
    encoding = "cp1252"


def test_the_command_prints_the_addresses_and_the_code() -> None:
    said = _for_others(Settings(classroom=True), 8000, Terminal()).splitlines()
    assert said[:2] == [
        "Others on this network open http://192.168.1.6:8000/join/class",
        "  or, by eth0, http://10.0.0.3:8000/join/class",
    ]
    assert said[-2:] == ["The same for the wall: http://127.0.0.1:8000/join", "To stop: Ctrl+C"]
    lines = [
        line.removeprefix(WHITE_ON_BLACK).removesuffix("\033[0m") for line in said if line.startswith(WHITE_ON_BLACK)
    ]
    halves = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    rows = [row for line in lines for row in zip(*(halves[sign] for sign in line), strict=True)]
    modules = [row[2:-2] for row in rows[2:]]
    code = segno.make_qr("http://192.168.1.6:8000/join/class", error="l").matrix
    assert modules[: len(code)] == [tuple(row) for row in code]


def test_without_a_class_or_without_blocks_the_command_prints_no_code() -> None:
    for settings, out in ((Settings(host="0.0.0.0"), Terminal()), (Settings(classroom=True), OldConsole())):
        said = _for_others(settings, 8000, out)
        assert not set(said) & {*BLOCKS, "?"}
        assert "http://192.168.1.6:8000" in said


def test_with_a_port_that_a_container_publishes_the_command_leads_there() -> None:
    said = _for_others(Settings(classroom=True, address="192.168.1.9:9000"), 8000, Terminal())
    assert "The same for the wall: http://192.168.1.9:9000/join" in said


def test_the_command_says_what_is_in_the_way_instead_of_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, container=True)
    said = _for_others(Settings(classroom=True), 8000, Terminal())
    assert said.startswith("! The server runs in a container")
    assert "fallline --classroom as --address 192.168.1.5; ipconfig" in " ".join(said.split())
    assert not set(said) & set(BLOCKS)


def test_a_name_that_no_code_page_knows_does_not_stop_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, OwnAddress("10.0.0.1", "eth0"), OwnAddress("10.0.0.2", "Сеть"))
    assert "by ????, http://10.0.0.2:8000" in _for_others(Settings(classroom=True), 8000, OldConsole())
