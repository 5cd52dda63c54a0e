"""How files may be fetched: limits, proxies, who asks. Values only; nothing here opens anything."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file, in seconds and numbers.

    `total_seconds` is for all attempts and redirects together. `attempts` is how often it is asked
    for in all; before the next, `backoff_seconds` pass, and twice as many before the one after.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 600.0
    attempts: int = 4
    backoff_seconds: float = 1.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Proxies:
    """A proxy for each scheme ("https", "http"), and the hosts that are asked without one.

    A name in `bypassed` is that host and every host below it; "*" is every host. This machine is
    never asked through a proxy.
    """

    by_scheme: Mapping[str, str] = field(default_factory=dict)
    bypassed: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Proxies:
        """The proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or these in small letters first."""

        def value(name: str) -> str:
            return environment.get(name.lower()) or environment.get(name) or ""

        given = {"https": value("HTTPS_PROXY"), "http": value("HTTP_PROXY")}
        names = (name.strip().lstrip(".").lower() for name in value("NO_PROXY").split(","))
        return cls(
            {scheme: proxy for scheme, proxy in given.items() if proxy}, tuple(filter(None, names))
        )

    def proxy(self, url: str) -> str | None:
        """The proxy for an address, or None."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        exact = ("*", host, f"{host}:{parts.port}")
        bypassed = any(name in exact or host.endswith(f".{name}") for name in self.bypassed)
        return None if bypassed or _this_machine(host) else self.by_scheme.get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Network:
    """Who asks, through what, within which limits; `plain_http` allows http beyond this machine.

    `clock` counts seconds from anywhere and is only for the limits.
    """

    agent: str
    proxies: Proxies = field(default_factory=Proxies)
    plain_http: bool = False
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def objection(url: str, network: Network, before: str = "") -> str:
    """Why an address is not asked, "" where it may be; `before` is what led to it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "not an address"
    if parts.scheme not in ("https", "http") or not host:
        return "not an https address"
    if parts.username is not None or parts.password is not None:
        return "an address with a name or password in it would be written down"
    if parts.scheme == "https":
        return ""
    if before.startswith("https:"):
        return "led from https to http"
    if not (network.plain_http or _this_machine(host)):
        return "plain http can be changed on its way"
    return ""


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
