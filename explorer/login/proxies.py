"""What is believed of a request that came through a proxy: from whom, by https or not, and who the proxy says it is.

Only of proxies whose address the settings name; everybody else could write the same headers.
"""

import ipaddress
from dataclasses import dataclass

from flask import Request

from graph.settings import Settings, listed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Proxies:
    """The proxies that are believed, and the header in which they name the user ("": none does)."""

    networks: tuple[Network, ...] = ()
    header: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "Proxies":
        """The proxies of the settings."""
        networks = tuple(ipaddress.ip_network(one, strict=False) for one in listed(settings.trusted_proxies))
        return cls(networks, settings.trusted_user_header)

    def believes(self, address: str | None) -> bool:
        """Is this the address of one of them?"""
        found = parsed(address)
        return found is not None and any(found in network for network in self.networks)

    def client(self, request: Request) -> str:
        """Where a request began: the last address before our own proxies. Of IPv6, the network of a household."""
        address = request.remote_addr
        if self.believes(address):
            for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
                if parsed(hop.strip()) is None:
                    break
                address = hop.strip()
                if not self.believes(address):
                    break
        found = parsed(address)
        if isinstance(found, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((found, 64), strict=False))
        return str(found)

    def https(self, request: Request) -> bool:
        """Did it come by https?"""
        if self.believes(request.remote_addr) and "X-Forwarded-Proto" in request.headers:
            return request.headers["X-Forwarded-Proto"].rpartition(",")[2].strip().lower() == "https"
        return request.is_secure

    def user(self, request: Request) -> str:
        """Whom the proxy names; "" when it is none of ours, or when the header was sent more than once."""
        if not self.header or not self.believes(request.remote_addr):
            return ""
        name = request.headers.get(self.header, "").strip()
        return "" if "," in name or not name.isprintable() else name


def parsed(address: str | None) -> Address | None:
    """The address, IPv4 within IPv6 as itself; None when it is none."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
