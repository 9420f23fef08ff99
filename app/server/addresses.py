"""Under which addresses the server is to be found: by this machine, and by the others on its network."""

import contextlib
import ipaddress
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import ifaddr

EVERY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (names them, binds nothing)
"""Hosts that stand for every address of a machine -> the one it has for itself."""

OF_NO_NETWORK = re.compile(
    r"docker|^br-|^veth|virbr|^lxc|vbox|virtualbox|vmnet|vmware|vethernet|hyper-v|^u?tun|^tap|^wg|^ppp|wireguard|vpn",
    re.IGNORECASE,
)
"""Names of network cards that lead to containers, virtual machines or a VPN, not to who is in the same room."""

HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.IGNORECASE)
LONGEST_NAME = 253
PLACE = re.compile(r"([\w.-]+|\[[^]]+])(?::(\d{1,5}))?", re.ASCII)

MARKS_OF_CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman put into every container."""


@dataclass(frozen=True)
class OwnAddress:
    """An address of this machine.

    Args:
        host: as it stands in an address of the web, an IPv6 one in brackets.
        card: what the system calls the network card.
    """

    host: str
    card: str


def url(host: str, port: int) -> str:
    """Where a browser finds a server that listens on `host`."""
    return http(_in_url(EVERY_ADDRESS.get(host, host)), port)


def http(place: str, port: int) -> str:
    """An address of the web. Args: place: a host, which may have a port of its own. port: for one that has none."""
    named = place if urlsplit(f"//{place}").port else f"{place}:{port}"
    return f"http://{named.removesuffix(':80')}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def outward_address(host: str) -> str | None:
    """Under which address others on the network find a server that listens on every one of this machine."""
    return next((own.host for own in own_addresses(host)), None)


def own_addresses(host: str) -> list[OwnAddress]:
    """The addresses under which others may reach a server that listens on every one, the likeliest first.

    That of the way out comes first. Those of containers, virtual machines and a VPN count where there is no other,
    those of this machine alone and link-local ones never: the latter are what a machine gives itself where no network
    gives it any.

    Args: host: what it listens on; "::" for IPv6. None are given for a host that is one address.
    """
    if host not in EVERY_ADDRESS:
        return []
    cards = [(card.nice_name, ip.ip) for card in ifaddr.get_adapters() for ip in card.ips]
    texts = [
        (card, ip if isinstance(ip, str) else ip[0]) for card, ip in cards if isinstance(ip, str) == (host != "::")
    ]
    found = [OwnAddress(_in_url(text), card) for card, text in texts if _reaches_others(text)]
    near = [own for own in found if not OF_NO_NETWORK.search(own.card)] or found
    way_out = address_on_network()
    return sorted(near, key=lambda own: own.host != way_out)


def _reaches_others(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local)


def address_on_network() -> str | None:
    """This machine's address on its network, where it has one. Connecting a datagram socket sends nothing."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("203.0.113.1", 9))  # an address kept for documentation: only the route to it matters
        return str(probe.getsockname()[0])
    return None


def is_host(text: str) -> bool:
    """Whether a text can be a host: a name, an IPv4 or an IPv6 address. Whether there is such a one is not asked."""
    return len(text) <= LONGEST_NAME and HOST.fullmatch(text) is not None


def is_place(text: str) -> bool:
    """Whether a text can be a host with a port or none, an IPv6 one in brackets."""
    if not (parts := PLACE.fullmatch(text)):
        return False
    host, port = parts.groups()
    return is_host(host.strip("[]")) and (port is None or 0 < int(port) < 65_536)


def is_address(host: str) -> bool:
    """Whether a host is an address and no name."""
    return _parsed(host) is not None


def is_nearby(host: str) -> bool:
    """Whether a host is an address of a private network, or the name of this machine: surely none of another site."""
    parsed, name = _parsed(host), socket.gethostname().lower()
    short = name.partition(".")[0]
    return parsed.is_private if parsed else host.lower() in (name, short, f"{short}.local")


def is_own(host: str) -> bool:
    """Whether a host is this very machine to whoever asks for it, or a request from there comes from it."""
    if host in EVERY_ADDRESS or host == "localhost" or host.endswith(".localhost"):
        return True
    parsed = _parsed(host)
    return parsed is not None and parsed.is_loopback


def is_link_local(host: str) -> bool:
    """Whether a host is an address that a machine gave itself."""
    parsed = _parsed(host)
    return parsed is not None and parsed.is_link_local


def _parsed(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def in_container() -> bool:
    """Whether this process runs in a container, whose addresses are those of its own network."""
    return any(mark.exists() for mark in MARKS_OF_CONTAINERS)
