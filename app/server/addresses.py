"""The addresses of the server, for this machine and for others on its network."""

import contextlib
import ipaddress
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import ifaddr

EVERY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (names them, binds nothing)
"""A host that means all addresses of a machine -> the address by which the machine reaches itself."""

OF_NO_NETWORK = re.compile(
    r"docker|^br-|^veth|virbr|^lxc|vbox|virtualbox|vmnet|vmware|vethernet|hyper-v|^u?tun|^tap|^wg|^ppp|wireguard|vpn",
    re.IGNORECASE,
)
"""Matches names of network cards of containers, virtual machines or a VPN, which people in the same room do not use."""

HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)
LONGEST_NAME = 253
PLACE = re.compile(r"([\w.-]+|\[[^]]+])(?::(\d{1,5}))?", re.ASCII)

MARKS_OF_CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman put into every container."""


@dataclass(frozen=True)
class OwnAddress:
    """An address of this machine.

    Args:
        host: in the form of a URL, so that an IPv6 address is in brackets.
        card: the name of the network card in the system.
    """

    host: str
    card: str


def url(host: str, port: int) -> str:
    """The URL of a server that listens on `host`, for a browser on this machine."""
    return http(_in_url(EVERY_ADDRESS.get(host, host)), port)


def http(place: str, port: int) -> str:
    """A URL. Args: place: a host, perhaps with a port; port: used if `place` has none."""
    named = place if urlsplit(f"//{place}").port else f"{place}:{port}"
    return f"http://{named.removesuffix(':80')}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def outward_address(host: str) -> str | None:
    """The likeliest host for others on the network to reach a server that listens on all addresses; None if none."""
    return next((address.host for address in own_addresses(host)), None)


def own_addresses(host: str) -> list[OwnAddress]:
    """The addresses at which others may reach a server that listens on all addresses, the likeliest first.

    The first is that of the default route. Addresses of containers, virtual machines and a VPN are included only if
    there are no others. Loopback and link-local addresses are never included; a machine gives itself a link-local
    address if no network gives it one.

    Args: host: the host it listens on, "::" for IPv6. For a host that is a single address, the result is empty.
    """
    if host not in EVERY_ADDRESS:
        return []
    cards = [(card.nice_name, ip.ip) for card in ifaddr.get_adapters() for ip in card.ips]
    texts = [
        (card, ip if isinstance(ip, str) else ip[0]) for card, ip in cards if isinstance(ip, str) == (host != "::")
    ]
    found = [OwnAddress(_in_url(text), card) for card, text in texts if _reaches_others(text)]
    near = [address for address in found if not OF_NO_NETWORK.search(address.card)] or found
    way_out = address_on_network()
    return sorted(near, key=lambda address: address.host != way_out)


def _reaches_others(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local)


def address_on_network() -> str | None:
    """The address of this machine on its network, if it has one. (Connecting a datagram socket sends nothing.)"""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("203.0.113.1", 9))  # an address reserved for documentation: only the route to it matters
        return str(probe.getsockname()[0])
    return None


def is_host(text: str) -> bool:
    """Whether a text has the form of a host: a name, an IPv4 or an IPv6 address. It need not exist."""
    return len(text) <= LONGEST_NAME and HOST.fullmatch(text) is not None


def is_place(text: str) -> bool:
    """Whether a text has the form of a host, perhaps with a port; an IPv6 address is in brackets."""
    if not (parts := PLACE.fullmatch(text)):
        return False
    host, port = parts.groups()
    return is_host(host.strip("[]")) and (port is None or 0 < int(port) < 65_536)


def is_address(host: str) -> bool:
    """Whether a host is an IP address, and not a name."""
    return _parsed(host) is not None


def is_nearby(host: str) -> bool:
    """Whether a host is an address of a private network or the name of this machine, and so surely not another site."""
    parsed, name = _parsed(host), socket.gethostname().lower()
    short = name.partition(".")[0]
    return parsed.is_private if parsed else host.lower() in (name, short, f"{short}.local")


def is_own(host: str) -> bool:
    """Whether a host always means the machine that uses it, such as localhost."""
    if host in EVERY_ADDRESS or host == "localhost" or host.endswith(".localhost"):
        return True
    parsed = _parsed(host)
    return parsed is not None and parsed.is_loopback


def is_link_local(host: str) -> bool:
    """Whether a host is a link-local address, which a machine gives itself."""
    parsed = _parsed(host)
    return parsed is not None and parsed.is_link_local


def _parsed(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def in_container() -> bool:
    """Whether this process runs in a container, which has addresses of a network of its own."""
    return any(mark.exists() for mark in MARKS_OF_CONTAINERS)
