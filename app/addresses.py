"""Under which addresses the server is to be found: by this machine, and by the others on its network."""

import contextlib
import ipaddress
import socket

EVERY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (names them, binds nothing)
"""Hosts that stand for every address of a machine -> the one it has for itself."""


def url(host: str, port: int) -> str:
    """Where a browser finds a server that listens on `host`."""
    host = EVERY_ADDRESS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def outward_address(host: str) -> str | None:
    """Under which address others on the network find a server that listens on every one of this machine."""
    return address_on_network() if host in EVERY_ADDRESS else None


def address_on_network() -> str | None:
    """This machine's address on its network, where it has one. Connecting a datagram socket sends nothing."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("203.0.113.1", 9))  # an address kept for documentation: only the route to it matters
        return str(probe.getsockname()[0])
    return None


def is_own(address: str) -> bool:
    """Whether a request from `address` comes from this very machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
