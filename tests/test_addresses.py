"""Which addresses of a machine others are told, and which first."""

import ifaddr
import pytest

from app.server import addresses
from app.server.addresses import OwnAddress, http, is_own, is_place, own_addresses, url

CARDS = {
    "lo": ["127.0.0.1", "::1"],
    "docker0": ["172.17.0.1"],
    "wlan1": ["169.254.3.4", "fe80::1"],
    "wg0": ["10.8.0.2"],
    "eth0": ["192.168.1.5", "fd00::5"],
    "wlan0": ["10.0.0.3"],
}


def networked(monkeypatch: pytest.MonkeyPatch, way_out: str | None, *cards: str) -> None:
    """The machine has these of CARDS."""

    def adapter(name: str) -> ifaddr.Adapter:
        ips = [ifaddr.IP((text, 0, 0) if ":" in text else text, 24, name) for text in CARDS[name]]
        return ifaddr.Adapter(name, name, ips)

    monkeypatch.setattr(ifaddr, "get_adapters", lambda: [adapter(name) for name in cards])
    monkeypatch.setattr(addresses, "address_on_network", lambda: way_out)


@pytest.mark.parametrize(
    ("way_out", "order"),
    [
        ("10.0.0.3", ["10.0.0.3", "192.168.1.5"]),
        ("10.8.0.2", ["192.168.1.5", "10.0.0.3"]),
        (None, ["192.168.1.5", "10.0.0.3"]),
    ],
)
def test_the_address_of_the_way_out_is_first_unless_that_is_a_vpn(
    monkeypatch: pytest.MonkeyPatch, way_out: str | None, order: list[str]
) -> None:
    networked(monkeypatch, way_out, *CARDS)
    assert [own.host for own in own_addresses("0.0.0.0")] == order


def test_a_vpn_is_told_where_there_is_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    networked(monkeypatch, None, "lo", "wlan1", "wg0")
    assert own_addresses("0.0.0.0") == [OwnAddress("10.8.0.2", "wg0")]


def test_addresses_of_this_machine_alone_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    networked(monkeypatch, None, "lo", "wlan1")
    assert own_addresses("0.0.0.0") == own_addresses("::") == []


def test_whoever_listens_on_ipv6_has_addresses_of_it_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    networked(monkeypatch, None, *CARDS)
    assert own_addresses("::") == [OwnAddress("[fd00::5]", "eth0")]


def test_a_server_with_one_address_has_no_others() -> None:
    assert own_addresses("127.0.0.1") == []


def test_addresses_as_they_are_opened() -> None:
    assert url("", 8000) == "http://127.0.0.1:8000"
    assert url("::", 8000) == "http://[::1]:8000"
    assert url("192.168.1.5", 80) == "http://192.168.1.5"
    assert http("192.168.1.5:9000", 8000) == "http://192.168.1.5:9000"
    assert http("[fd00::80]", 8000) == "http://[fd00::80]:8000"


@pytest.mark.parametrize("place", ["192.168.1.5", "a.school:81", "My_PC", "[fd00::5]", "[::1]:65535"])
def test_a_place_is_a_host_with_a_port_or_none(place: str) -> None:
    assert is_place(place)
    assert not is_place(f"{place}:65536")


@pytest.mark.parametrize(
    ("host", "own"),
    [("localhost", True), ("a.localhost", True), ("127.9.9.9", True), ("[::1]", True), ("0.0.0.0", True), ("", True),
     ("192.168.1.5", False), ("teacher.local", False), ("localhost.org", False)],
)  # fmt: skip
def test_what_every_machine_calls_itself(host: str, own: bool) -> None:
    assert is_own(host) is own
