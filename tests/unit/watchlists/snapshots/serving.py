"""A server on this machine that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say. `sent` is the body without its end; `drip` the pause after each of its bytes.

    `head_drip` is the pause after each byte of an endless header.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: int | None = None
    drip: float = 0.0
    head_drip: float = 0.0


CSV = {"Content-Type": "text/csv; charset=utf-8"}


class Site:
    """Answers by path, one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def say(self, path: str, *answers: Answer) -> str:
        """Prepare answers; the address to ask."""
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def next(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append((path, {name.lower(): value for name, value in headers.items()}))
        waiting = self.answers.get(path, [Answer(404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Handler(BaseHTTPRequestHandler):
    """Gives the answers of the site that its server carries."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        answer = self.server.site.next(self.path, dict(self.headers.items()))
        self.close_connection = True
        try:
            self._give(answer)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client had enough

    def _give(self, answer: Answer) -> None:
        self.send_response(answer.status)
        headers = {"Content-Length": str(len(answer.body)), **answer.headers}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if answer.head_drip:
            self.flush_headers()
            self._drip(b"X-Long: " + b"x" * 1000, answer.head_drip)
        self.end_headers()
        body = answer.body[: answer.sent]
        if answer.drip:
            self._drip(body, answer.drip)
        else:
            self.wfile.write(body)

    def _drip(self, content: bytes, pause: float) -> None:
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(pause)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class SiteServer(ThreadingHTTPServer):
    """A server on a free port of this machine."""

    daemon_threads = True

    def __init__(self, site: Site, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site
        site.url = f"http://127.0.0.1:{self.server_port}"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
            site.url = site.url.replace("http:", "https:")

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that broke off."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """A site that answers until the block ends; https with a certificate (its key in the file)."""
    site = Site()
    server = SiteServer(site, certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
