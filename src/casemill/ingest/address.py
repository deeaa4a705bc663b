"""Which addresses an attachment may be fetched from: https and public, checked after the name is resolved."""

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Addresses that carry a private one inside: NAT64, 6to4, Teredo.
_CARRIERS = tuple(ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


class Place(NamedTuple):
    """The URL with the checked address in place of the name, or why it is refused."""

    url: str
    refused: str | None = None


def parts_of(url: str) -> SplitResult:
    """The parts of a URL; of one that cannot be read there are none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def joined(url: str, location: str) -> str:
    """Where a redirect leads; nowhere when that cannot be read."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def pinned(url: str) -> Place:
    """A URL tied to the address that was checked, so that a second look-up cannot lead elsewhere."""
    parts = parts_of(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or parts.username:
        return Place(url, "attachments are fetched over https alone")
    try:
        found = socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Place(url, "its name cannot be resolved")
    except ValueError:
        return Place(url, "it is no address")
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        return Place(url, "it is a private address")
    shown = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    return Place(urlunsplit(parts._replace(netloc=f"{shown}:{parts.port}" if parts.port else shown)))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not loopback, private, link-local, reserved or multicast."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _CARRIERS):
            return False
    return found.is_global and not found.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, where nobody listens on the way."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
