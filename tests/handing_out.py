"""A server on this machine that hands out files, and misbehaves as it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Server(ThreadingHTTPServer):
    """Hands out `content`, or what stands for a path in `pages`; remembers from which byte on it was asked."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked may hang up."""

    content = bytes(range(256)) * 4000
    stop_after: int | None = None
    """Bytes after which the connection breaks off."""
    knows_ranges = True
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[int] = []
        self.pages: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        begin = int((self.headers["Range"] or "bytes=0-")[6:-1]) if self.server.knows_ranges else 0
        self.server.asked.append(begin)
        rest = self.server.pages.get(self.path, self.server.content)[begin:]
        partial = begin > 0
        self.send_response(416 if partial and not rest else 206 if partial else self.server.status)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: self.server.stop_after])

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
