"""The way others open the site: its address, also as a QR code, and any obstacle."""

import io
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import segno

from app.server.addresses import EVERY_ADDRESS, http, in_container, is_link_local, is_own, own_addresses, url
from app.server.settings import Settings

OBSTACLES = {
    "this_computer": (
        "Only this computer can open it: the server listens for nobody else. "
        "Stop it with Ctrl+C, and start `fallline --classroom`."
    ),
    "own_name": (
        "Every computer calls itself by this name. Open this page under the address that this one has on its network, "
        "or give that to `fallline --classroom` as `--address 192.168.1.5`."
    ),
    "unknown_name": (
        "The server does not know that it goes by this name. "
        "Give it the address that others open, as in `fallline --address 192.168.1.5`."
    ),
    "container": (
        "The server runs in a container, whose own address nobody else can reach. Give the address of this computer to "
        "`docker run --rm -p 8000:8000 fallline --classroom` as `--address 192.168.1.5`; `ipconfig` on Windows, "
        "`ipconfig getifaddr en0` on macOS and `hostname -I` on Linux print it."
    ),
    "no_network": "This computer is in no network. Join the Wi-Fi of the room or open a hotspot, then load this again.",
    "link_local": (
        "No network has given this computer an address, so it made this one up, and phones do not find it. "
        "Join the Wi-Fi of the room or open a hotspot, then load this again."
    ),
}
"""Obstacle -> what is wrong, and what to do; commands are in backquotes."""

BLOCKS = "█▀▄"
"""The characters of a QR code in a terminal."""


@dataclass(frozen=True)
class Join:
    """The way others open the site.

    Args:
        address: the address that they open; None if there is none.
        others: further addresses that may work, each with its network card.
        obstacle: the reason why others cannot open it, a key of OBSTACLES; None if none is known.
        path: the path at which they join a room; empty without a room.
    """

    address: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    obstacle: str | None = None
    path: str = ""

    @property
    def whole(self) -> str:
        """The address with the path."""
        return (self.address or "") + self.path

    @property
    def typed(self) -> str:
        """The address as it is typed: browsers add `http://` themselves."""
        return self.whole.removeprefix("http://")

    @property
    def width(self) -> float:
        """The greatest width of the typed address, in heights of its type."""
        return sum(0.28 if sign in ".:/-" else 0.52 if sign.isdigit() else 0.55 for sign in self.typed)

    @property
    def advice(self) -> str:
        """The sentence about the obstacle; empty without one."""
        return OBSTACLES[self.obstacle] if self.obstacle else ""

    def svg(self) -> str:
        """The QR code of the address as SVG, for a page."""
        return _code(self.whole).svg_inline(omitsize=True, border=3, light="#fff", lineclass=None, svgclass=None)

    def text(self) -> list[str]:
        """The QR code of the address as lines of BLOCKS, its light parts, for a dark terminal."""
        out = io.StringIO()
        _code(self.whole).terminal(out, border=2, compact=True)
        return out.getvalue().splitlines()

    def below(self, path: str) -> "Join":
        """The same for a site below a path."""
        others = tuple((address + path, card) for address, card in self.others)
        return replace(self, address=self.address and self.address + path, others=others)

    def of_room(self, code: str) -> "Join":
        """The same for the members of a room."""
        return replace(self, path=f"/join/{code}")


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="l")


def from_here(settings: Settings, port: int) -> Join:
    """Return the way others open the site, as this machine knows it. Args: port: the port it listens on."""
    host = settings.listens_on
    if settings.address:
        return Join(http(settings.address, port), obstacle=_obstacle(urlsplit(f"//{settings.address}").hostname or ""))
    if host not in EVERY_ADDRESS:
        return Join(obstacle="this_computer") if is_own(host) else Join(url(host, port), obstacle=_obstacle(host))
    if in_container():
        return Join(obstacle="container")
    found = [(http(address.host, port), address.card) for address in own_addresses(host)]
    return Join(found[0][0], tuple(found[1:])) if found else Join(obstacle="no_network")


def from_there(address: str) -> Join:
    """Return the way a client opened the site. Args: address: the one the client used, without a slash at its end."""
    return Join(address, obstacle=_obstacle(urlsplit(address).hostname or ""))


def _obstacle(host: str) -> str | None:
    if is_own(host):
        return "own_name"
    if in_container() and any(
        host == address.host.strip("[]") for bound in EVERY_ADDRESS for address in own_addresses(bound)
    ):
        return "container"
    return "link_local" if is_link_local(host) else None
