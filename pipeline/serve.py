"""The report in a browser: plain files, to this machine only, nothing that can be written."""

from __future__ import annotations

import functools
import http.server
import io
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing about every file asked for."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Nothing for a page from elsewhere whose name was made to lead to this machine: it asks for that name."""
        if self.headers.get("Host", "").rpartition(":")[0] not in ("127.0.0.1", "localhost"):
            self.send_error(http.HTTPStatus.MISDIRECTED_REQUEST)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def serve(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve a folder at 127.0.0.1 until interrupted; ``tell`` gets the address when it can be opened."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        tell(address)
        webbrowser.open(address)
        server.serve_forever()
