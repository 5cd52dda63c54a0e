"""One file from one address, whole or not at all. Needs urllib3, of the extra `fetch`.

Refused at once: a status that is no success, a wrong media type, a redirect in a circle, too many
of them, from https to http, a certificate that does not hold, more bytes than allowed, a coding
that was not asked for. Tried again, with growing pauses: a status of 500 and above, a connection
that fails, an answer that ends before its stated length. Everything ends at the time limit, which
a thread keeps by closing the connection: an answer of one byte a second does not outlast it.
Bytes are kept as received; gzip, where a server sends it unasked, stays gzip for the readers.
"""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from http.client import IncompleteRead
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from urllib3 import (
    BaseHTTPResponse,
    HTTPConnectionPool,
    HTTPSConnectionPool,
    PoolManager,
    ProxyManager,
    Timeout,
    make_headers,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
)
from urllib3.exceptions import TimeoutError as TimedOutError
from urllib3.util import parse_url

from compliance.errors import Problem, WatchlistError
from compliance.watchlists.snapshots.network import Network, objection

_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_BLOCK: Final = 1 << 16
_AGAIN: Final = (ProtocolError, TimedOutError, NewConnectionError, ProxyError)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. No `content_types` takes any; validators make the request conditional."""

    url: str
    content_types: tuple[str, ...]
    maximum_bytes: int
    etag: str | None = None
    last_modified: str | None = None

    @property
    def conditional(self) -> bool:
        """Whether the server may answer that nothing changed."""
        return self.etag is not None or self.last_modified is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: nothing new, or a file; `content_type` is the media type in small letters."""

    changed: bool
    etag: str | None
    last_modified: str | None
    content_type: str


class _PassingError(Exception):
    """A failure that may pass."""


def download(request: Request, into: Path, network: Network) -> Answer:
    """Ask for a file and write it to `into`; nothing is to be read there unless it changed.

    Raises:
        WatchlistError: refused, or failed at every attempt, or too slow; with the address.
    """
    limits = network.limits
    deadline = network.clock() + limits.total_seconds
    failures: list[str] = []
    while len(failures) < limits.attempts:
        if failures:
            pause = limits.backoff_seconds * 2 ** (len(failures) - 1)
            if network.clock() + pause >= deadline:
                break
            network.sleep(pause)
        try:
            return _Attempt(request, into, network, deadline).run()
        except _PassingError as failure:
            failures.append(str(failure))
            if network.clock() >= deadline:
                break
    if network.clock() >= deadline:
        raise _refused(request.url, f"not finished within {limits.total_seconds:g} seconds")
    times = "once" if len(failures) == 1 else f"{len(failures)} times"
    raise _refused(request.url, f"{failures[-1]} (asked {times})")


class _Attempt:
    """One request with its redirects."""

    def __init__(self, request: Request, into: Path, network: Network, deadline: float) -> None:
        self.request, self.into, self.network = request, into, network
        self.deadline = deadline
        self.open: list[socket.socket] = []

    def run(self) -> Answer:
        remaining = max(self.deadline - self.network.clock(), 0.0)
        watch = threading.Timer(remaining, self._close)
        watch.daemon = True
        watch.start()
        try:
            return self._followed()
        except _AGAIN as error:
            raise _PassingError(_said(error)) from error
        except HTTPError as error:
            raise _refused(self.request.url, str(error)) from error
        finally:
            watch.cancel()

    def _close(self) -> None:
        for connection in self.open:
            try:
                # Not the method of a TLS socket, which would drop its state under the reader.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                continue  # closed already

    def _followed(self) -> Answer:
        url, before = self.request.url, ""
        seen: set[str] = set()
        while True:
            if problem := objection(url, self.network, before):
                raise _refused(url, problem)
            if url in seen:
                raise _refused(url, "redirects in a circle")
            if len(seen) > self.network.limits.redirects:
                raise _refused(url, f"more than {self.network.limits.redirects} redirects")
            seen.add(url)
            with self._pools(url) as pools:
                response = self._asked(pools, url)
                try:
                    place = response.headers.get("Location")
                    if response.status not in _REDIRECTS or not place:
                        return self._taken(response, url)
                finally:
                    response.close()
            url, before = urljoin(url, place), url

    def _asked(self, pools: PoolManager, url: str) -> BaseHTTPResponse:
        limits = self.network.limits
        remaining = max(self.deadline - self.network.clock(), 0.001)
        headers = {"User-Agent": self.network.agent, "Accept-Encoding": "identity"}
        if self.request.etag is not None:
            headers["If-None-Match"] = self.request.etag
        if self.request.last_modified is not None:
            headers["If-Modified-Since"] = self.request.last_modified
        timeout = Timeout(
            connect=min(limits.connect_seconds, remaining),
            read=min(limits.read_seconds, remaining),
        )
        return pools.request(
            "GET",
            url,
            headers=headers,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=timeout,
        )

    def _taken(self, response: BaseHTTPResponse, url: str) -> Answer:
        headers, status = response.headers, response.status
        media = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        etag, last_modified = headers.get("ETag"), headers.get("Last-Modified")
        if status == 304 and self.request.conditional:
            return Answer(False, etag, last_modified, media)  # noqa: FBT003 - a field by position
        if status >= 500:
            raise _PassingError(f"status {status}")
        if status != 200:
            raise _refused(url, f"status {status}")
        expected = self.request.content_types
        if expected and media not in expected:
            named = media or "without a media type"
            raise _refused(url, f"{named}, not {', '.join(expected)}", guard="content_type")
        coding = headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise _refused(url, f"coded as {coding}, which was not asked for")
        self._written(response, url)
        return Answer(True, etag, last_modified, media)  # noqa: FBT003 - as above

    def _written(self, response: BaseHTTPResponse, url: str) -> None:
        most = self.request.maximum_bytes
        stated = response.headers.get("Content-Length", "")
        size = int(stated) if stated.isdecimal() else 0
        with self.into.open("wb") as file:
            while size <= most:
                block = response.read1(_BLOCK, decode_content=False)
                if not block:
                    return
                file.write(block)
                size = max(size, file.tell())
                if self.network.clock() >= self.deadline:
                    raise _PassingError("the time is over")
        raise _refused(url, f"larger than {most} bytes")

    def _pools(self, url: str) -> PoolManager:
        proxy = self.network.proxies.proxy(url)
        if proxy is None:
            pools = PoolManager(num_pools=1)
        else:
            auth = parse_url(proxy).auth
            headers = make_headers(proxy_basic_auth=auth) if auth else None
            pools = ProxyManager(proxy, num_pools=1, proxy_headers=headers)
        pools.pool_classes_by_scheme = _watched(self.open)
        return pools


def _watched(connections: list[socket.socket]) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections note their sockets, so that they can be closed from outside."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            connections.append(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            connections.append(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _said(error: HTTPError) -> str:
    """What an error says; urllib3 wraps an answer that ends early in another error."""
    cut = next((part for part in (error, *error.args) if isinstance(part, IncompleteRead)), None)
    return str(error) if cut is None else f"cut off: {cut!r}"


def _refused(url: str, what: str, *, guard: str = "") -> WatchlistError:
    return WatchlistError(Problem.at(what, source=url, path=guard, code="watchlist"))
